"""What the tables of wording sum to: rates and shares."""

import pandas as pd

from helpers.codebook_wording import GROUPS
from helpers.lenses.rollup import bootstrap_ratio, interval_text

COUNTED = tuple(group for group in GROUPS if group != "plain")


def group_rates(wording: pd.DataFrame, sentences: pd.DataFrame, seed: int, resamples: int) -> pd.DataFrame:
    """Per article and group of cues: cues per 100 sentences in the article's own words, with 95% interval.

    Columns: article_id, group, value, low, high, cues (own words), quoted (cues inside quotations), sentences.
    Signs of plain reporting are no group here. Intervals: bootstrap over sentences.
    """
    own = wording[~wording["quoted"]]
    rows = []
    for article, inside_it in sentences.groupby("article_id", sort=True):
        places = sorted(inside_it["sentence"])
        for group in COUNTED:
            mine = own[(own["article_id"] == article) & (own["group"] == group)]
            held = wording[
                (wording["article_id"] == article) & (wording["group"] == group) & wording["quoted"]
            ]
            per = mine["sentence"].value_counts().reindex(places, fill_value=0).tolist()
            value, low, high = bootstrap_ratio(per, [0.01] * len(per), seed, resamples)
            rows.append(
                {
                    "article_id": article,
                    "group": group,
                    "value": value,
                    "low": low,
                    "high": high,
                    "cues": len(mine),
                    "quoted": len(held),
                    "sentences": len(per),
                }
            )
    columns = ["article_id", "group", "value", "low", "high", "cues", "quoted", "sentences"]
    return pd.DataFrame(rows, columns=columns)


def loaded_shares(scores: pd.DataFrame, seed: int, resamples: int) -> pd.DataFrame:
    """Per article the share of sentences that count as loaded, with 95% interval and base, quoted ones left out.

    Columns: article_id, share, low, high, loaded, sentences, quoted (sentences left out since most of them is speech).
    """
    rows = []
    for article, group in scores.groupby("article_id", sort=True):
        own = group[~group["quoted"]]
        flags = own["loaded"].astype(int).tolist()
        share, low, high = bootstrap_ratio(flags, [1] * len(flags), seed, resamples)
        rows.append(
            {
                "article_id": article,
                "share": share,
                "low": low,
                "high": high,
                "loaded": sum(flags),
                "sentences": len(flags),
                "quoted": len(group) - len(flags),
            }
        )
    return pd.DataFrame(rows, columns=["article_id", "share", "low", "high", "loaded", "sentences", "quoted"])


def cue_table(rates: pd.DataFrame) -> pd.DataFrame:
    """The counts of `group_rates` as text, "5 own, 2 quoted": an article a row, a group a column."""
    shown = [f"{row['cues']} own, {row['quoted']} quoted" for row in rates.to_dict("records")]
    wide = rates.assign(shown=shown).pivot(index="article_id", columns="group", values="shown")
    return wide[list(COUNTED)]


def shares_table(shares: pd.DataFrame) -> pd.DataFrame:
    """The shares of `loaded_shares` as text, with counts: an article a row."""
    return pd.DataFrame(
        {
            "article_id": shares["article_id"],
            "share": [interval_text(r["share"], r["low"], r["high"]) for r in shares.to_dict("records")],
            "loaded": shares["loaded"],
            "sentences": shares["sentences"],
            "quoted, left out": shares["quoted"],
        }
    )
