"""What the ties of blame add up to: who blames whom, in whose voice, who blames back, who gets no word in reply."""

import pandas as pd

from helpers.lenses.rollup import bootstrap_ratio

NOBODY = "(article)"
UNNAMED = "(not said)"
BY_ARTICLE = ["article_id", "ties", "implicit", "own_voice", "not_said", "negated", "sentences", "per_100_sentences",
              "low", "high"]  # fmt: skip


def parties(ties: pd.DataFrame) -> pd.DataFrame:
    """The ties with columns `blamer_party` and `target_party`: the actor where one is known, else the words.

    An empty blamer is "(article)" in the article's own voice and "(not said)" otherwise.
    """
    rows = ties.to_dict("records")
    return ties.assign(
        blamer_party=[
            r["blamer_actor"] or r["blamer"] or (NOBODY if r["own_voice"] else UNNAMED) for r in rows
        ],
        target_party=[r["target_actor"] or r["target"] for r in rows],
    )


def blame_matrix(ties: pd.DataFrame, *, negated: bool = False) -> pd.DataFrame:
    """How often each blamer blames each target: rows blamers, columns targets; denied ties are left out.

    `negated` counts the denied ties instead.
    """
    table = parties(ties[ties["negated"] == negated])
    return pd.crosstab(table["blamer_party"], table["target_party"])


def edges(ties: pd.DataFrame) -> pd.DataFrame:
    """The arrows of the network, denied ties left out: blamer_party, target_party, ties, articles, most first."""
    table = parties(ties[~ties["negated"].astype(bool)])
    counts = table.groupby(["blamer_party", "target_party"], sort=True)["article_id"].agg(["size", "nunique"])
    named = counts.rename(columns={"size": "ties", "nunique": "articles"}).reset_index()
    order = ["ties", "blamer_party", "target_party"]
    return named.sort_values(order, ascending=[False, True, True], ignore_index=True)


def mutual(ties: pd.DataFrame) -> pd.DataFrame:
    """Pairs of parties that blame each other, each pair once: party_a, party_b, a_blames_b, b_blames_a."""
    count = {(r["blamer_party"], r["target_party"]): r["ties"] for r in edges(ties).to_dict("records")}
    rows = [(a, b, n, count[(b, a)]) for (a, b), n in sorted(count.items()) if a < b and (b, a) in count]
    return pd.DataFrame(rows, columns=["party_a", "party_b", "a_blames_b", "b_blames_a"])


def unanswered(ties: pd.DataFrame, attributions: pd.DataFrame) -> pd.DataFrame:
    """Actors blamed in an article, with the words the article gives them: article_id, target_actor, ties, attributions.

    A target without a known actor cannot be looked for among the sources and has no row.
    """
    blamed = ties[~ties["negated"].astype(bool) & (ties["target_actor"] != "")]
    rows = []
    for (article_id, actor), group in blamed.groupby(["article_id", "target_actor"], sort=True):
        said = attributions[(attributions["article_id"] == article_id) & (attributions["actor"] == actor)]
        rows.append((article_id, actor, len(group), len(said)))
    return pd.DataFrame(rows, columns=["article_id", "target_actor", "ties", "attributions"])


def blame_by_article(ties: pd.DataFrame, sentences: pd.DataFrame, seed: int = 1) -> pd.DataFrame:
    """Per article: ties by kind, and ties per 100 sentences with a 95% bootstrap interval over sentences.

    Every article of `sentences` has a row; the columns are those of `BY_ARTICLE`.
    """
    out = []
    for article_id, group in sentences.groupby("article_id", sort=True):
        own = ties[ties["article_id"] == article_id]
        held = own["sentence"].value_counts()
        rate = [100.0 * held.get(number, 0) for number in group["sentence"]]
        value, low, high = bootstrap_ratio(rate, [1.0] * len(rate), seed)
        spoken = own["own_voice"].astype(bool)
        out.append(
            (article_id, len(own), int((own["voice"] == "implicit").sum()), int(spoken.sum()),
             int(((own["blamer"] == "") & ~spoken).sum()), int(own["negated"].sum()), len(group), value, low, high)
        )  # fmt: skip
    return pd.DataFrame(out, columns=BY_ARTICLE)
