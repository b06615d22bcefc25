"""Every article on every lens: what the index and the comparison open with."""

import pandas as pd

from helpers.labels import short_labels
from helpers.study import Study


def measures(study: Study) -> pd.DataFrame:
    """One measure a lens for every article; see `helpers.lenses.comparison.headline_measures`."""
    from helpers.lenses.comparison import headline_measures

    return headline_measures(
        study.table("frames"),
        study.table("attributions"),
        study.table("blame_ties"),
        study.table("sentences"),
        study.table("readability"),
        study.seed,
    )


def in_short(study: Study) -> pd.DataFrame:
    """Sentences that say what stands out: column `sentence`."""
    from helpers.lenses.comparison import prose

    return pd.DataFrame({"sentence": prose(measures(study), study.table("reuse"))})


def at_a_glance(study: Study) -> pd.DataFrame:
    """One row an article with one finding of every lens, as text for the index of the report."""
    from helpers.lenses.framing import frame_profile

    articles = study.table("articles")
    read = study.table("readability")
    grade = read[(read["part"] == "all") & (read["measure"] == "flesch_kincaid_grade")]
    grades = _with_intervals(grade, "value", ".0f")
    frames = frame_profile(study.table("frames"), seed=study.seed)
    shares = _with_intervals(study.table("sourcing_share"), "share", ".0%")
    said = study.table("attributions")
    named = said[said["naming"] == "named"].groupby("article_id")["source"].nunique()
    ties = study.table("blame_ties").groupby("article_id").size()
    labels = short_labels(articles["article_id"])
    rows = [
        {
            "article": labels[article["article_id"]],
            "title": article["title"] or "(no headline)",
            "words": f"{article['words']:,}",
            "reading grade": grades.get(article["article_id"], "–"),
            "leading frame": _leading(frames, article["article_id"]),
            "words attributed": shares.get(article["article_id"], "–"),
            "named sources": str(named.get(article["article_id"], 0)),
            "blame ties": str(ties.get(article["article_id"], 0)),
        }
        for article in articles.to_dict("records")
    ]
    return pd.DataFrame(rows)


def _leading(frames: pd.DataFrame, article_id: str) -> str:
    """The generic frame most sentences of an article carry, with the share; "none" when no sentence carries one."""
    own = frames[(frames["article_id"] == article_id) & (frames["codebook"] == "generic")]
    best = own.sort_values(["share", "frame"], ascending=[False, True]).head(1).to_dict("records")
    if not best or best[0]["carrying"] == 0:
        return "none"
    return f"{str(best[0]['frame']).replace('_', ' ')}, {best[0]['share']:.0%}"


def _with_intervals(found: pd.DataFrame, value: str, spec: str) -> dict[str, str]:
    """The value of every article with its interval, as text."""
    from helpers.lenses.rollup import interval_text

    rows = found.to_dict("records")
    return {row["article_id"]: interval_text(row[value], row["low"], row["high"], spec) for row in rows}
