"""Framing: how strongly each sentence carries each frame of a codebook, and what that makes of an article."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from spacy.tokens import Doc

from helpers.codebook import Codebooks
from helpers.language.sentence import Encoder
from helpers.lenses.framing_scores import article_chances, score_book
from helpers.lenses.rollup import bootstrap_ratio, interval_text
from helpers.lenses.spans import Text, overlap, sentence_span

THRESHOLD = 0.5  # from this score on a sentence counts as carrying the frame


def frame_rows(
    article: Text,
    doc: Doc,
    attributions: Sequence[Mapping[str, Any]],
    codebooks: Codebooks,
    encoder: Encoder,
) -> list[dict[str, Any]]:
    """Rows of table `frames` but for `part`: one per sentence and frame of every frame codebook, in that order.

    cue_score is 1 - 0.5^n for n different cues; similarity is the greatest cosine between the sentence and the frame's
    definition and coding questions, from `BASELINE` (0) to `CEILING` (1); trained is the chance a trained head gives,
    NaN where the frame has none at hand. score is trained where there is one, else 0.6 cue_score + 0.4 similarity;
    `basis` says which. All are in 0..1 and rounded to 4 decimals. `quoted` says that more than half of the sentence is
    attributed to a source. article_chance is what a head trained on whole articles gives the article, the same in all
    its rows, NaN without one.
    """
    sentences = [sentence for sentence in doc.sents if sentence.text.strip()]
    if not sentences:
        return []
    places = [sentence_span(sentence.text, sentence.start_char) for sentence in sentences]
    texts = [article.text[start:end] for start, end in places]
    vectors = encoder.encode(texts)
    scores = [score_book(book, sentences, texts, vectors, encoder) for book in codebooks.frames]
    wholes = [article_chances(scored, article.text, vectors) for scored in scores]
    rows = []
    for number, (start, end) in enumerate(places):
        held = sum(overlap((start, end), (row["start"], row["end"])) for row in attributions)
        common = {
            "article_id": article.article_id,
            "sentence": number,
            "start": start,
            "end": end,
            "text": texts[number],
            "quoted": 2 * held > end - start,
        }
        rows += [
            {**common, **row, "article_chance": round(whole.get(row["frame"], np.nan), 4)}
            for scored, whole in zip(scores, wholes, strict=True)
            for row in scored.rows(number)
        ]
    return rows


def share_table(profile: pd.DataFrame) -> pd.DataFrame:
    """The shares of `frame_profile` as text, "22% (5 of 23)": an article a row, a frame a column."""
    shown = profile.assign(
        shown=[f"{r.share:.0%} ({r.carrying} of {r.sentences})" for r in profile.itertuples()]
    )
    return shown.pivot(index="article_id", columns="frame", values="shown")


def frame_profile(frames: pd.DataFrame, threshold: float = THRESHOLD, seed: int = 1) -> pd.DataFrame:
    """Per article, codebook and frame: the share of sentences that score at least `threshold`, with its base.

    Columns: article_id, codebook, frame, sentences, carrying, share, low, high (95% bootstrap over
    sentences), mean (of the score).
    """
    out = []
    for (article_id, codebook, frame), group in frames.groupby(
        ["article_id", "codebook", "frame"], sort=True
    ):
        carrying = (group["score"] >= threshold).astype(int).tolist()
        share, low, high = bootstrap_ratio(carrying, [1] * len(carrying), seed)
        out.append(
            {
                "article_id": article_id,
                "codebook": codebook,
                "frame": frame,
                "sentences": len(carrying),
                "carrying": sum(carrying),
                "share": share,
                "low": low,
                "high": high,
                "mean": float(group["score"].mean()),
            }
        )
    columns = ["article_id", "codebook", "frame", "sentences", "carrying", "share", "low", "high", "mean"]
    return pd.DataFrame(out, columns=columns)


def with_others(profile: pd.DataFrame) -> pd.DataFrame:
    """A profile with `others`: the mean share of the other articles in the same frame, NaN for a single article."""
    groups = profile.groupby(["codebook", "frame"])["share"]
    total, count = groups.transform("sum"), groups.transform("size")
    return profile.assign(others=(total - profile["share"]) / (count - 1).where(count > 1))


def left_out(profile: pd.DataFrame) -> pd.DataFrame:
    """Frames that no sentence of an article carries though most of the other articles carry them.

    `profile` is that of `frame_profile`. Columns: article_id, frame, sentences, others (that carry it), of (others in
    all), others_share (mean of theirs).
    """
    rows = []
    for row in profile[profile["carrying"] == 0].to_dict("records"):
        same = (profile["codebook"] == row["codebook"]) & (profile["frame"] == row["frame"])
        others = profile[same & (profile["article_id"] != row["article_id"])]
        using = int((others["carrying"] > 0).sum())
        if 2 * using > len(others):
            shared = {"others": using, "of": len(others), "others_share": float(others["share"].mean())}
            rows.append({key: row[key] for key in ("article_id", "frame", "sentences")} | shared)
    columns = ["article_id", "frame", "sentences", "others", "of", "others_share"]
    return pd.DataFrame(rows, columns=columns)


def part_table(frames: pd.DataFrame, threshold: float = THRESHOLD) -> pd.DataFrame:
    """Sentences that carry a frame, as "1 of 3": a part of an article a row, a frame a column.

    The parts are headline, lead (with the standfirst) and the rest, in the order of the text.
    """
    places = {"headline": "1 headline", "standfirst": "2 lead", "lead": "2 lead"}
    placed = frames.assign(
        part=frames["part"].map(places).fillna("3 rest"), held=frames["score"] >= threshold
    )
    counts = placed.groupby(["article_id", "part", "frame"])["held"].agg(["sum", "size"])
    shown = pd.Series(
        [f"{held} of {n}" for held, n in counts.to_numpy().tolist()], index=counts.index, dtype=object
    ).unstack()
    return shown.rename(index=lambda part: part[2:], level="part")


def voice_profile(frames: pd.DataFrame, threshold: float = THRESHOLD, seed: int = 1) -> pd.DataFrame:
    """`frame_profile` of the sentences in the article's own voice and of those a source says, column `voice`.

    A frame in words that are for the most part attributed is the source's.
    """
    parts = [
        frame_profile(frames[frames["quoted"] == quoted], threshold, seed).assign(voice=voice)
        for quoted, voice in ((False, "own voice"), (True, "attributed"))
    ]
    return pd.concat(parts, ignore_index=True)


def voice_shares(voices: pd.DataFrame) -> pd.DataFrame:
    """The shares of `voice_profile` as text with interval and base: an article and voice a row, a frame a column."""
    shown = voices.assign(
        shown=[
            f"{interval_text(row['share'], row['low'], row['high'])} of {row['sentences']}"
            for row in voices.to_dict("records")
        ]
    )
    return shown.pivot(index=["article_id", "voice"], columns="frame", values="shown").fillna("–")


def basis_table(frames: pd.DataFrame) -> pd.DataFrame:
    """What the score of each frame rests on: columns frame, sentence, article (the head of articles, or none)."""
    rows = [
        {
            "frame": frame,
            "sentence": "; ".join(sorted(group["basis"].unique())),
            "article": "trained head" if group["article_chance"].notna().any() else "none",
        }
        for frame, group in frames.groupby("frame", sort=False)
    ]
    return pd.DataFrame(rows, columns=["frame", "sentence", "article"])


def article_table(frames: pd.DataFrame) -> pd.DataFrame:
    """The chances that the head of articles gives, as text, "0.62 carries": an article a row, a frame a column."""
    chances = frames.groupby(["article_id", "frame"])["article_chance"].first().dropna()
    shown = [f"{chance:.2f}{' carries' if chance >= THRESHOLD else ''}" for chance in chances]
    return pd.Series(shown, index=chances.index, dtype=object).unstack()
