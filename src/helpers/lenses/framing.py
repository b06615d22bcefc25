"""Framing: how strongly each sentence carries each frame of a codebook, by cues and likeness to its text."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
import pandas as pd
from spacy.tokens import Doc, Span

from helpers.codebook import Codebooks, Frame, FrameCodebook
from helpers.lenses.rollup import bootstrap_ratio
from helpers.lenses.spans import Text, overlap, sentence_span

CUE_HALF = 0.5  # each further cue halves what is left to 1: one cue 0.5, two 0.75, three 0.875
# Greatest cosine of a news sentence to the texts of a frame, over the seven shipped frames and 571 sentences
# of US political news: the median is 0.12, the 99.9th percentile 0.43.
BASELINE, CEILING = 0.12, 0.43
CUE_WEIGHT = 0.6  # the rest of the score is likeness
THRESHOLD = 0.5  # from this score on a sentence counts as carrying the frame


class Encoder(Protocol):
    """What turns sentences into vectors: rows of unit length."""

    def encode(self, texts: list[str], /) -> npt.NDArray[np.float32]:
        """One row a text."""
        ...

    def __hash__(self) -> int:
        """Told apart from other encoders, so that vectors can be remembered."""
        ...


@lru_cache(maxsize=256)
def described(frame: Frame, encoder: Encoder) -> npt.NDArray[np.float32]:
    """The vectors of a frame's definition and coding questions, the same for every article."""
    return encoder.encode(frame.descriptions())


def frame_rows(
    article: Text,
    doc: Doc,
    attributions: Sequence[Mapping[str, Any]],
    codebooks: Codebooks,
    encoder: Encoder,
) -> list[dict[str, Any]]:
    """Rows of table `frames`: one per sentence and frame of every frame codebook, in that order.

    score = 0.6 cue_score + 0.4 similarity, each in 0..1 and rounded to 4 decimals. cue_score is 1 - 0.5^n
    for n different cues; similarity is the greatest cosine between the sentence and the frame's definition
    and coding questions, from `BASELINE` (0) to `CEILING` (1). `quoted` says that more than half of the
    sentence is attributed to a source.
    """
    sentences = [sentence for sentence in doc.sents if sentence.text.strip()]
    if not sentences:
        return []
    places = [sentence_span(sentence.text, sentence.start_char) for sentence in sentences]
    vectors = encoder.encode([article.text[start:end] for start, end in places])
    rows = []
    likeness = {
        (book.name, frame.frame): similarity(vectors, described(frame, encoder))
        for book in codebooks.frames
        for frame in book.frames
    }
    for number, (sentence, (start, end)) in enumerate(zip(sentences, places, strict=True)):
        held = sum(overlap((start, end), (row["start"], row["end"])) for row in attributions)
        common = {
            "article_id": article.article_id,
            "sentence": number,
            "start": start,
            "end": end,
            "text": article.text[start:end],
        }
        for book in codebooks.frames:
            for frame in book.frames:
                alike = float(likeness[book.name, frame.frame][number])
                rows.append(
                    {**common, **scored(sentence, book, frame, alike), "quoted": 2 * held > end - start}
                )
    return rows


def scored(sentence: Span, book: FrameCodebook, frame: Frame, alike: float) -> dict[str, Any]:
    """The score of one frame in one sentence, with its parts."""
    cues = cues_in(sentence, frame)
    cue_score = 1 - CUE_HALF ** len(cues)
    return {
        "codebook": book.name,
        "frame": frame.frame,
        "score": round(CUE_WEIGHT * cue_score + (1 - CUE_WEIGHT) * alike, 4),
        "cue_score": round(cue_score, 4),
        "similarity": round(alike, 4),
        "cues": "; ".join(cues),
    }


def cues_in(sentence: Span, frame: Frame) -> list[str]:
    """The different cues of a frame in a sentence, sorted: lemmas of its words, and phrases."""
    words = frozenset(cue.lower() for cue in frame.lemmas)
    found = {
        lemma if lemma in words else token.lower_
        for token in sentence
        if (lemma := token.lemma_.lower()) in words or token.lower_ in words
    }
    pattern = _phrases((*frame.phrases, *(cue for cue in frame.lemmas if not cue.isalnum())))
    if pattern is not None:
        found |= {re.sub(r"\s+", " ", match.group().lower()) for match in pattern.finditer(sentence.text)}
    return sorted(found)


@lru_cache(maxsize=256)
def _phrases(phrases: tuple[str, ...]) -> re.Pattern[str] | None:
    if not phrases:
        return None
    ordered = sorted(phrases, key=len, reverse=True)
    body = "|".join(r"\s+".join(re.escape(word) for word in phrase.split()) for phrase in ordered)
    return re.compile(rf"(?<!\w)(?:{body})(?!\w)", re.IGNORECASE)


def similarity(sentences: npt.NDArray[np.float32], texts: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
    """For each sentence the greatest cosine to any of the texts, from `BASELINE` to `CEILING` as 0 to 1."""
    cosine = (sentences.astype(np.float64) @ texts.astype(np.float64).T).max(axis=1)
    alike: npt.NDArray[np.float64] = np.clip((cosine - BASELINE) / (CEILING - BASELINE), 0.0, 1.0)
    return alike


def share_table(profile: pd.DataFrame) -> pd.DataFrame:
    """The shares of `frame_profile` as text, "22% (5 of 23)": an article a row, a frame a column."""
    shown = profile.assign(
        shown=[f"{r.share:.0%} ({r.carrying} of {r.sentences})" for r in profile.itertuples()]
    )
    return shown.pivot(index="article_id", columns="frame", values="shown")


def voice_table(strong: pd.DataFrame) -> pd.DataFrame:
    """Sentences that carry a frame as text, "4 own, 3 attributed": an article a row, a frame a column."""
    counts = strong.groupby(["article_id", "frame", "quoted"]).size().unstack(fill_value=0)
    counts = counts.reindex(columns=[False, True], fill_value=0)
    shown = [f"{own} own, {held} attributed" for own, held in counts.to_numpy().tolist()]
    return pd.Series(shown, index=counts.index, dtype=object).unstack(fill_value="none")


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
