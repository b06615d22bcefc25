"""Comparison: one measure of each lens, article against article, with what the difference is worth."""

import pandas as pd

from helpers.labels import short_labels
from helpers.lenses.framing import THRESHOLD, frame_profile
from helpers.lenses.rollup import bootstrap_ratio
from helpers.lenses.voices import attributed_share

GRADE, CONFLICT, ATTRIBUTED, BLAME = (
    "reading grade",
    "conflict frame, share of sentences",
    "attributed, share of words",
    "blame, ties per 100 sentences",
)
COLUMNS = ["article_id", "lens", "value", "low", "high", "shown"]


def headline_measures(
    frames: pd.DataFrame,
    attributions: pd.DataFrame,
    ties: pd.DataFrame,
    sentences: pd.DataFrame,
    readability: pd.DataFrame,
    seed: int = 1,
) -> pd.DataFrame:
    """One measure a lens for every article, from the tables: columns article_id, lens, value, low, high, shown.

    `shown` is the value as text. Intervals are 95% bootstrap over sentences.
    """
    grade = readability[(readability["part"] == "all") & (readability["measure"] == "flesch_kincaid_grade")]
    profile = frame_profile(frames[frames["codebook"] == "generic"], THRESHOLD, seed)
    conflict = profile[profile["frame"] == "conflict"].rename(columns={"share": "value"})
    share = attributed_share(attributions, sentences, seed).rename(columns={"share": "value"})
    found = (
        (GRADE, grade, "{:.1f}"),
        (CONFLICT, conflict, "{:.0%}"),
        (ATTRIBUTED, share, "{:.0%}"),
        (BLAME, blame_rate(ties, sentences, seed), "{:.1f}"),
    )
    tables = [
        table.assign(lens=lens, shown=[form.format(value) for value in table["value"]])[COLUMNS]
        for lens, table, form in found
    ]
    return pd.concat(tables, ignore_index=True)


def blame_rate(ties: pd.DataFrame, sentences: pd.DataFrame, seed: int = 1) -> pd.DataFrame:
    """Ties per 100 sentences of every article, with a 95% bootstrap interval over sentences."""
    rows = []
    for article_id, group in sentences.groupby("article_id", sort=True):
        counts = ties[ties["article_id"] == article_id]["sentence"].value_counts()
        held = [100.0 * counts.get(number, 0) for number in group["sentence"]]
        value, low, high = bootstrap_ratio(held, [1.0] * len(held), seed)
        rows.append({"article_id": article_id, "value": value, "low": low, "high": high})
    return pd.DataFrame(rows, columns=["article_id", "value", "low", "high"])


def differences(measures: pd.DataFrame) -> pd.DataFrame:
    """Each article against the mean of the others: columns article_id, lens, value, others, difference, apart.

    `apart` says that the article's 95% interval does not hold the mean of the others.
    """
    rows = []
    for row in measures.to_dict("records"):
        rest = measures[(measures["lens"] == row["lens"]) & (measures["article_id"] != row["article_id"])][
            "value"
        ]
        others = float(rest.mean())
        rows.append(
            {
                "article_id": row["article_id"],
                "lens": row["lens"],
                "value": row["value"],
                "others": others,
                "difference": row["value"] - others,
                "apart": bool(row["low"] > others or row["high"] < others),
            }
        )
    return pd.DataFrame(rows, columns=["article_id", "lens", "value", "others", "difference", "apart"])


def prose(measures: pd.DataFrame, reuse: pd.DataFrame) -> str:
    """Five sentences computed from the measures: a range for each lens, then the shared passages."""
    labels = short_labels(measures["article_id"])
    said = [_range(lens, group, labels) for lens, group in measures.groupby("lens", sort=False)]
    between = reuse[reuse["article_a"] != reuse["article_b"]]
    pairs = len(between[["article_a", "article_b"]].drop_duplicates())
    return " ".join(
        [*said, f"Passages that stand in two articles alike: {len(between)}, in pairs of articles: {pairs}."]
    )


def _range(lens: object, group: pd.DataFrame, labels: dict[str, str]) -> str:
    known = group.dropna(subset=["value"]).sort_values(["value", "article_id"]).to_dict("records")
    if not known:
        return f"{str(lens).capitalize()}: no article has a value."
    low, high = known[0], known[-1]
    if low["value"] == high["value"]:
        return f"{str(lens).capitalize()}: {low['shown']} in every article."
    return (
        f"{str(lens).capitalize()}: from {low['shown']} ({labels[low['article_id']]}) "
        f"to {high['shown']} ({labels[high['article_id']]})."
    )
