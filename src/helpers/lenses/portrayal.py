"""Portrayal: how each sentence speaks of each actor it mentions, and shares of tone by actor and voice."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

import pandas as pd
from spacy.tokens import Doc

from helpers.errors import ParallaxError
from helpers.language.sentence import ROLES, TONES, Mark, Marked, ToneModel, tone_model
from helpers.lenses.annotate import Row, text_field
from helpers.lenses.rollup import bootstrap_ratio, interval_text
from helpers.lenses.spans import SentenceIndex, Text, inside

TARGET = ROLES.index("target")
ROWS_AT_ONCE = 128
LEAST = 5  # mentions from which shares of an actor are shown


def portrayal_rows(
    article: Text,
    doc: Doc,
    mentions: Sequence[Row],
    attributions: Sequence[Row],
    model: ToneModel,
) -> list[dict[str, Any]]:
    """Rows of table `portrayal`: one per mention of an actor, in the order of the mentions.

    tone is the likeliest of `TONES`, negative, neutral and positive their chances (rounded to 4 decimals; they sum
    to 1). `quoted` says that the mention stands in what an attribution gives to a source.
    """
    sentences = SentenceIndex(doc).spans
    held = [(row["start"], row["end"]) for row in attributions]
    asked = []
    for row in mentions:
        start, end = sentences[row["sentence"]]
        mark = Mark(max(row["start"], start) - start, min(row["end"], end) - start, TARGET)
        asked.append(Marked(article.text[start:end], (mark,)))
    kept = ("article_id", "sentence", "start", "end", "text", "actor", "form")
    return [
        {
            **{name: row[name] for name in kept},
            "tone": TONES[int(chances.argmax())],
            **{tone: round(float(chance), 4) for tone, chance in zip(TONES, chances, strict=True)},
            "quoted": any(inside((row["start"], row["end"]), span) for span in held),
        }
        for row, chances in zip(mentions, model.portrayal(asked), strict=True)
    ]


def tone_by_actor(portrayal: pd.DataFrame, by: Sequence[str], seed: int = 1) -> pd.DataFrame:
    """Shares of tone in groups of mentions: columns `by`, tone, mentions, count, share, low, high.

    The interval is a 95% bootstrap over sentences, empty where there is nothing to resample.
    """
    out = []
    for key, group in portrayal.groupby(list(by), sort=True):
        units = group.groupby(["article_id", "sentence"], sort=True)["tone"]
        sizes = units.size().tolist()
        for tone in TONES:
            hits = [int((tones == tone).sum()) for _, tones in units]
            share, low, high = bootstrap_ratio(hits, sizes, seed)
            named = dict(zip(by, key if isinstance(key, tuple) else (key,), strict=True))
            counts = {"tone": tone, "mentions": sum(sizes), "count": sum(hits)}
            out.append({**named, **counts, "share": share, "low": low, "high": high})
    return pd.DataFrame(out, columns=[*by, "tone", "mentions", "count", "share", "low", "high"])


def tone_table(portrayal: pd.DataFrame, by: Sequence[str], seed: int = 1) -> pd.DataFrame:
    """The shares of `tone_by_actor` as text, "38% (20–55%)": a group of `LEAST` mentions a row, a tone a column."""
    found = tone_by_actor(portrayal, by, seed)
    found = found[found["mentions"] >= LEAST]
    shares = zip(found["share"], found["low"], found["high"], strict=True)
    shown = found.assign(shown=[interval_text(*share) for share in shares])
    wide = shown.pivot(index=[*by, "mentions"], columns="tone", values="shown").reset_index()
    return wide.reindex(columns=[*by, "mentions", *TONES])


def most_mentioned(portrayal: pd.DataFrame, number: int) -> list[str]:
    """The actors with the most mentions over all articles, ties by name."""
    counts = portrayal.groupby("actor").size().rename("n").reset_index()
    return counts.sort_values(["n", "actor"], ascending=[False, True])["actor"].head(number).tolist()


def annotate_portrayal(rows: Iterable[Row]) -> Iterator[dict[str, Any]]:
    """Rows {"id", "sentence", "targets": [{"start", "end"}]} in; {"id", "targets": [{"start", "end", "label"}]} out.

    label is one of TONES. Raises ParallaxError for a row that lacks one of these or a target outside its sentence.
    """
    waiting, number = iter(rows), 0
    while batch := list(islice(waiting, ROWS_AT_ONCE)):
        spans = [targets_of(row, number + i) for i, row in enumerate(batch, start=1)]
        number += len(batch)
        asked = [
            Marked(row["sentence"], (Mark(*span, TARGET),))
            for row, own in zip(batch, spans, strict=True)
            for span in own
        ]
        found = iter(tone_model().portrayal(asked).argmax(axis=1).tolist())
        for row, own in zip(batch, spans, strict=True):
            targets = [{"start": start, "end": end, "label": TONES[next(found)]} for start, end in own]
            yield {"id": row["id"], "targets": targets}


def targets_of(row: Row, number: int) -> list[tuple[int, int]]:
    """The offsets of a row's targets; raises ParallaxError naming the row and what to mend."""
    sentence = text_field(row, "sentence", number)
    name = f"row {number} ({row['id']})"
    if not isinstance(row.get("targets"), list):
        raise ParallaxError(f'{name}: no "targets" (a list): add it')
    spans = []
    for target in row["targets"]:
        start, end = (target.get("start"), target.get("end")) if isinstance(target, Mapping) else (None, None)
        if type(start) is not int or type(end) is not int or not 0 <= start < end <= len(sentence):
            raise ParallaxError(f'{name}: a target needs "start" and "end" within the sentence, start first')
        spans.append((start, end))
    return spans
