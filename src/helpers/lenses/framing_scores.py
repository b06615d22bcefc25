"""The parts of a frame's score: cue words, likeness to the codebook's text, and trained heads where there are any."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
from spacy.tokens import Span

from helpers.codebook import Frame, FrameCodebook
from helpers.errors import ParallaxError
from helpers.language.sentence import Encoder
from helpers.lenses.framing_heads import head

Floats = npt.NDArray[np.float64]
Vectors = npt.NDArray[np.float32]

# What a head was trained on decides what it may score: headlines and sentences, or whole articles.
SENTENCE_HEADS, ARTICLE_HEADS = frozenset({"gvfc", "frac"}), frozenset({"nfc"})
LIKEST = 5
UNTRAINED = "cues and likeness"
CUE_HALF = 0.5  # each further cue halves what is left to 1: one cue 0.5, two 0.75, three 0.875
# Greatest cosine of a news sentence to the texts of a frame, over the frames of generic and peace_journalism and
# 571 sentences of US political news: the median is 0.12, the 99.9th percentile 0.43.
BASELINE, CEILING = 0.12, 0.43
CUE_WEIGHT = 0.6  # the rest of the score is likeness


@lru_cache(maxsize=256)
def described(frame: Frame, encoder: Encoder) -> npt.NDArray[np.float32]:
    """The vectors of a frame's definition and coding questions, the same for every article."""
    return encoder.encode(frame.descriptions())


@dataclass(frozen=True)
class Scores:
    """What a codebook of F frames finds in n units: cues (n lists of F lists), the rest (n, F), NaN for no head."""

    book: FrameCodebook
    cues: list[list[list[str]]]
    cue_score: Floats
    similarity: Floats
    trained: Floats

    @property
    def score(self) -> Floats:
        """The head's chance where there is one, else cues and likeness."""
        mixed = CUE_WEIGHT * self.cue_score + (1 - CUE_WEIGHT) * self.similarity
        return np.where(np.isnan(self.trained), mixed, self.trained)

    def rows(self, number: int) -> Iterator[dict[str, Any]]:
        """The rows of one unit, a frame each."""
        for j, frame in enumerate(self.book.frames):
            trained = float(self.trained[number, j])
            yield {
                "codebook": self.book.name,
                "frame": frame.frame,
                "score": round(float(self.score[number, j]), 4),
                "cue_score": round(float(self.cue_score[number, j]), 4),
                "similarity": round(float(self.similarity[number, j]), 4),
                "trained": round(trained, 4),
                "basis": UNTRAINED if np.isnan(trained) else f"head {frame.head}",
                "cues": "; ".join(self.cues[number][j]),
            }


def score_book(
    book: FrameCodebook, units: Sequence[Span], texts: Sequence[str], vectors: Vectors, encoder: Encoder
) -> Scores:
    """The scores of every frame of a codebook in stretches of a Doc, whose texts and vectors are given."""
    cues = [[cues_in(unit, frame) for frame in book.frames] for unit in units]
    cue_score = 1 - CUE_HALF ** np.array([[len(found) for found in row] for row in cues], dtype=float)
    alike = np.stack([similarity(vectors, described(frame, encoder)) for frame in book.frames], axis=1)
    return Scores(book, cues, cue_score, alike, trained_scores(book, texts, vectors, cue_score, alike))


def trained_scores(
    book: FrameCodebook, texts: Sequence[str], vectors: Vectors, cue_score: Floats, alike: Floats
) -> Floats:
    """Chances (n, F) by the heads of sentences that the frames name; NaN for a frame without one at hand."""
    out = np.full(cue_score.shape, np.nan)
    for name in sorted({frame.head.partition("/")[0] for frame in book.frames} & SENTENCE_HEADS):
        model = head(name)
        if model is None:
            continue
        chances = model.chances(texts, vectors, marks_for(model.labels, name, book, cue_score, alike))
        for j, frame in enumerate(book.frames):
            if frame.head.startswith(f"{name}/"):
                out[:, j] = chances[:, label_index(model.labels, frame, book)]
    return out


def marks_for(
    labels: Sequence[str], name: str, book: FrameCodebook, cue_score: Floats, alike: Floats
) -> Vectors:
    """Cue scores and likeness (n, 2L) in the order of a head's labels; 0 for a label no frame of the book has."""
    column = {frame.head: j for j, frame in enumerate(book.frames)}
    out = np.zeros((len(cue_score), 2 * len(labels)), np.float32)
    for i, label in enumerate(labels):
        if (j := column.get(f"{name}/{label}")) is not None:
            out[:, i], out[:, len(labels) + i] = cue_score[:, j], alike[:, j]
    return out


def article_chances(scores: Scores, text: str, vectors: Vectors) -> dict[str, float]:
    """The chance of each frame of a codebook in a whole article, by the head trained on articles; {} without one.

    `scores` and `vectors` are of its sentences, `text` is all of it. The head sees the mean vector, the words, the mean
    cue score and the mean of the `LIKEST` greatest likenesses of each frame.
    """
    found = {}
    for name in sorted({frame.head.partition("/")[0] for frame in scores.book.frames} & ARTICLE_HEADS):
        model = head(name)
        if model is None:
            continue
        marks = marks_for(model.labels, name, scores.book, *article_marks(scores))
        chances = model.chances([text], article_vector(vectors), marks)[0]
        for frame in scores.book.frames:
            if frame.head.startswith(f"{name}/"):
                found[frame.frame] = float(chances[label_index(model.labels, frame, scores.book)])
    return found


def article_vector(vectors: Vectors) -> Vectors:
    """The mean (1, 384) of the vectors of an article's sentences, at unit length."""
    mean = vectors.mean(axis=0, keepdims=True)
    unit: Vectors = mean / max(float(np.linalg.norm(mean)), 1e-9)
    return unit


def article_marks(scores: Scores) -> tuple[Floats, Floats]:
    """Mean cue score and mean of the greatest likenesses (1, F) over an article's sentences."""
    likest = np.sort(scores.similarity, axis=0)[-LIKEST:]
    return scores.cue_score.mean(axis=0, keepdims=True), likest.mean(axis=0, keepdims=True)


def label_index(labels: Sequence[str], frame: Frame, book: FrameCodebook) -> int:
    """Where the label that a frame names stands in its head; raises ParallaxError when the head has no such label."""
    name, _, label = frame.head.partition("/")
    if label not in labels:
        known = ", ".join(labels)
        raise ParallaxError(
            f"codebook {book.name}, frame {frame.frame}: head {name} has no label {label!r}; it has {known}"
        )
    return list(labels).index(label)


def cues_in(sentence: Span, frame: Frame) -> list[str]:
    """The different cues of a frame in a sentence, sorted: phrases, and lemmas of the words outside them."""
    words = frozenset(cue.lower() for cue in frame.lemmas)
    pattern = _phrases((*frame.phrases, *(cue for cue in frame.lemmas if not cue.isalnum())))
    matches = list(pattern.finditer(sentence.text)) if pattern is not None else []
    held = [(match.start() + sentence.start_char, match.end() + sentence.start_char) for match in matches]
    found = {re.sub(r"\s+", " ", match.group().lower()) for match in matches}
    for token in sentence:
        lemma = token.lemma_.lower()
        if (lemma in words or token.lower_ in words) and not any(a <= token.idx < b for a, b in held):
            found.add(lemma if lemma in words else token.lower_)
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
