"""Comparison: one measure of each lens, article against article, with what the difference is worth."""

from typing import Any

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
SUBJECTS = {
    GRADE: "The reading grade",
    CONFLICT: "The share of sentences in the conflict frame",
    ATTRIBUTED: "The share of words attributed to sources",
    BLAME: "The number of blame ties per 100 sentences",
}
OPENING = ("headline", "standfirst", "lead")
NAMED = 4
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


def opening_measures(
    frames: pd.DataFrame,
    attributions: pd.DataFrame,
    ties: pd.DataFrame,
    sentences: pd.DataFrame,
    readability: pd.DataFrame,
    seed: int = 1,
) -> pd.DataFrame:
    """`headline_measures` of headline, standfirst and lead alone; the reading grade is the lead's."""
    first = sentences[sentences["part"].isin(OPENING)]
    keys = first[["article_id", "sentence"]]
    frames, attributions, ties = (
        table.merge(keys, on=["article_id", "sentence"]) for table in (frames, attributions, ties)
    )
    lead = readability[readability["part"] == "lead"].assign(part="all")
    return headline_measures(frames, attributions, ties, first, lead, seed)


def differences(measures: pd.DataFrame) -> pd.DataFrame:
    """Each article against the mean of the others.

    Columns: article_id, lens, value, others, difference, low, high, apart. The interval of a difference is put together
    from the intervals of the values (Zou & Donner 2008, doi:10.1002/sim.3095); NaN where one of them has none. `apart`
    says that it does not hold 0.
    """
    rows = [
        {"article_id": row["article_id"], "lens": lens, **_against(row, group.drop(index=place))}
        for lens, group in measures.groupby("lens", sort=False)
        for place, row in group.iterrows()
    ]
    columns = ["article_id", "lens", "value", "others", "difference", "low", "high", "apart"]
    return pd.DataFrame(rows, columns=columns)


def _against(row: "pd.Series[Any]", rest: pd.DataFrame) -> dict[str, Any]:
    below, above = rest["value"] - rest["low"], rest["high"] - rest["value"]
    count = max(len(rest), 1)
    others = float(rest["value"].mean())
    difference = float(row["value"]) - others
    low = difference - _length(float(row["value"] - row["low"]), above / count)
    high = difference + _length(float(row["high"] - row["value"]), below / count)
    return {
        "value": row["value"],
        "others": others,
        "difference": difference,
        "low": low,
        "high": high,
        "apart": bool(low > 0 or high < 0),
    }


def _length(own: float, others: "pd.Series[float]") -> float:
    """The length of a vector of independent errors; NaN when one of them is."""
    return float((own**2 + (others**2).sum(skipna=False)) ** 0.5)


def side_by_side(found: pd.DataFrame) -> pd.DataFrame:
    """The rows of `differences` as text, an article a row and a lens a column; a star marks what lies apart.

    Shares differ in percentage points.
    """
    parts = []
    for row in found.to_dict("records"):
        factor, spec = (100, "+.0f") if "share" in row["lens"] else (1, "+.1f")
        value, low, high = (f"{factor * row[name]:{spec}}" for name in ("difference", "low", "high"))
        known = f" ({low} to {high})" if row["low"] == row["low"] else ""
        parts.append(f"{value}{known}{' *' if row['apart'] else ''}".replace("-", "−"))
    wide = found.assign(shown=parts).pivot(index="article_id", columns="lens", values="shown")
    return wide[list(dict.fromkeys(found["lens"]))]


def both_ways(measures: pd.DataFrame, other: pd.DataFrame) -> pd.DataFrame:
    """Two results for the same articles and lenses as text, "first → second", an article a row and a lens a column."""
    joined = measures.merge(other, on=["article_id", "lens"], how="left", suffixes=("", "_other"))
    shown = joined["shown"] + " → " + joined["shown_other"].fillna("–").replace(["nan", "nan%"], "–")
    wide = joined.assign(both=shown).pivot(index="article_id", columns="lens", values="both")
    return wide[list(dict.fromkeys(measures["lens"]))]


def chance(found: pd.DataFrame) -> str:
    """One sentence on how many of the differences lie apart, and how many would by chance alone."""
    known = found.dropna(subset=["low", "high"])
    return (
        f"{int(known['apart'].sum())} of {len(known)} differences with an interval lie apart; "
        f"about {0.05 * len(known):.1f} would by chance alone, if no article differed."
    )


def prose(measures: pd.DataFrame, reuse: pd.DataFrame) -> list[str]:
    """Sentences computed from the measures: highest and lowest of each lens, then the shared passages."""
    labels = short_labels(measures["article_id"])
    found = differences(measures)
    named = measures.assign(name=measures["article_id"].map(labels))
    said = [
        _range(str(lens), group, _apart(found[found["lens"] == lens], labels))
        for lens, group in named.groupby("lens", sort=False)
    ]
    return [*said, _shared(reuse, labels)]


def _apart(found: pd.DataFrame, labels: dict[str, str]) -> str:
    names = [labels[key] for key in found[found["apart"]]["article_id"]]
    if names:
        return f"{_listed(names)} {'differs' if len(names) == 1 else 'differ'} clearly from the others"
    if found["low"].isna().all():
        return "there is too little of it to tell the articles apart"
    return "no article differs clearly from the others"


def _range(lens: str, group: pd.DataFrame, apart: str) -> str:
    subject = SUBJECTS.get(lens, f"The {lens}")
    known = group.dropna(subset=["value"]).sort_values(["value", "article_id"])
    if known.empty:
        return f"{subject} is undefined in every article."
    low, high = known["shown"].iloc[0], known["shown"].iloc[-1]
    if low == high:
        return f"{subject} is {low} in {_listed(known['name'].tolist())}."
    top, bottom = (_listed(known[known["shown"] == shown]["name"].tolist()) for shown in (high, low))
    return f"{subject} is highest in {top} ({high}) and lowest in {bottom} ({low}); {apart}."


def _shared(reuse: pd.DataFrame, labels: dict[str, str]) -> str:
    between = reuse[reuse["article_a"] != reuse["article_b"]]
    if between.empty:
        return "No passage stands, word for word or nearly, in two articles."
    pairs = between[["article_a", "article_b"]].drop_duplicates().to_dict("records")
    names = _listed([f"{labels[pair['article_a']]} with {labels[pair['article_b']]}" for pair in pairs])
    return f"Passages that stand in two articles, word for word or nearly: {len(between)} ({names})."


def _listed(names: list[str]) -> str:
    if len(names) > NAMED:
        return f"{len(names)} articles"
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
