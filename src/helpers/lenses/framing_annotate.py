"""Frames on rows of text in the shape of annotated data, so that anyone can score them."""

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from spacy.tokens import Doc, Span

from helpers.codebook import FrameCodebook, load_codebooks
from helpers.errors import ParallaxError
from helpers.language import sentence_encoder
from helpers.lenses.annotate import Row, parsed, text_field
from helpers.lenses.framing import THRESHOLD
from helpers.lenses.framing_scores import Scores, article_chances, score_book

# What is scored for each set: the codebook, and whether a row is a headline, a sentence or an article.
SETS = {"gvfc": "headline", "nfc": "article", "policy": "sentence"}
BOOKS = {"gvfc": "frames_gvfc.yaml", "nfc": "frames_generic.yaml", "policy": "frames_policy.yaml"}
OTHER = "other"
OTHER_BELOW = 0.3  # a sentence whose best score of a policy frame is lower is "other"; chosen on frac train


def annotate_frames(rows: Iterable[Row], codebook: str = "") -> Iterator[dict[str, Any]]:
    """Rows {"id", "text"} in; {"id", "labels"} out, in order; `codebook` is gvfc, nfc or policy.

    gvfc: the frames of a headline on gun violence, one at least. nfc: the generic frames of an article, as its corpus
    calls them. policy: the one frame of a sentence, or other. Raises ParallaxError for another codebook or a row
    without id or text.
    """
    if codebook not in SETS:
        raise ParallaxError(f"--codebook {codebook or '(none)'}: choose one of {', '.join(SETS)}")
    book = load_codebooks(frames=[BOOKS[codebook]]).frames[0]
    decide = {"gvfc": headline_labels, "nfc": article_labels, "policy": sentence_label}[codebook]
    for row, doc in parsed(rows, lambda row, number: text_field(row, "text", number)):
        yield {"id": row["id"], "labels": decide(book, doc) if doc.text.strip() else []}


def whole(book: FrameCodebook, doc: Doc) -> Scores:
    """The scores of a text taken as one sentence."""
    return score_book(book, [doc[:]], [doc.text], sentence_encoder().encode([doc.text]), sentence_encoder())


def headline_labels(book: FrameCodebook, doc: Doc) -> list[str]:
    """The labels that reach the threshold; where none does, the likeliest."""
    scores = whole(book, doc).score[0]
    return [
        frame.frame
        for frame, score in zip(book.frames, scores, strict=True)
        if score >= min(THRESHOLD, scores.max())
    ]


def sentence_label(book: FrameCodebook, doc: Doc) -> list[str]:
    """The label of the greatest score, or other when none is great enough."""
    found = whole(book, doc)
    scores = found.score[0]
    least = OTHER_BELOW if np.isnan(found.trained).any() else THRESHOLD
    return [book.frames[int(np.argmax(scores))].frame if scores.max() >= least else OTHER]


def article_labels(book: FrameCodebook, doc: Doc) -> list[str]:
    """The labels the head of articles gives."""
    sentences: list[Span] = [sentence for sentence in doc.sents if sentence.text.strip()]
    texts = [sentence.text.strip() for sentence in sentences]
    vectors = sentence_encoder().encode(texts)
    scores = score_book(book, sentences, texts, vectors, sentence_encoder())
    chances = article_chances(scores, doc.text, vectors)
    return [frame.head.partition("/")[2] for frame in book.frames if chances.get(frame.frame, 0) >= THRESHOLD]
