"""Loaded, hedged, intensified and factive wording: cues by class, and how loaded each sentence is."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.special import expit
from spacy.tokens import Doc
from spacy.tokens import Span as Words

from helpers.codebook_wording import CueClass, WordingCues
from helpers.language.sentence import Encoder
from helpers.lenses.cues import CueIndex
from helpers.lenses.spans import SentenceIndex, Span, Text, inside, overlap, quotations, sentence_span

SCARE_WORDS = 3  # a quotation of at most so many words holds up a word and is no speech
WEIGHTY = 1.0  # a cue of this weight or more is given as a loaded word
WE = frozenset({"we", "us", "our", "ours", "you", "your", "yours", "ourselves", "yourself"})
DESCRIBING = frozenset({"ADJ", "ADV"})
WORD = re.compile(r"\w")


@dataclass(frozen=True)
class Cue:
    """One cue: its offsets, the cue as in the codebook, its class, and whether it stands in a quotation."""

    start: int
    end: int
    cue: str
    kind: CueClass
    quoted: bool


@dataclass(frozen=True)
class Judged:
    """One sentence: offsets, cues, points of cues and marks, likeness to loaded writing, score (0 to 1)."""

    start: int
    end: int
    cues: tuple[Cue, ...]
    points: float
    likeness: float
    score: float
    loaded: bool
    quoted: bool


@lru_cache(maxsize=8)
def index_of(book: WordingCues) -> CueIndex[tuple[str, CueClass]]:
    """The cues of a codebook, ready to be looked for."""
    return CueIndex((cue, part, (cue, kind)) for kind in book.classes for cue, part in kind.cues())


@lru_cache(maxsize=8)
def prototypes(
    book: WordingCues, encoder: Encoder
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Vectors of the codebook's loaded and of its plain sentences."""
    vectors = encoder.encode([*book.loaded, *book.plain]).astype(np.float64)
    return vectors[: len(book.loaded)], vectors[len(book.loaded) :]


def likeness(
    vectors: npt.NDArray[np.float32], book: WordingCues, encoder: Encoder
) -> npt.NDArray[np.float64]:
    """How much more a sentence is like the loaded than like the plain sentences: difference of mean cosines."""
    loaded, plain = prototypes(book, encoder)
    given = vectors.astype(np.float64)
    found: npt.NDArray[np.float64] = (given @ loaded.T).mean(axis=1) - (given @ plain.T).mean(axis=1)
    return found


def cues_of(doc: Doc, book: WordingCues) -> list[Cue]:
    """Every cue of a text in order; names of persons, bodies and places hold none."""
    speech = quotations(doc.text)
    found = []
    for hit in index_of(book).find(doc):
        span = doc[hit.start : hit.end]
        if all(token.ent_type_ for token in span):
            continue
        place = span.start_char, span.end_char
        quoted = any(inside(place, one) for one in speech)
        found.append(Cue(*place, *hit.what, quoted))
    return found


def speeches(text: str) -> list[Span]:
    """Quotations that are speech: longer than a word or phrase held up in marks."""
    return [span for span in quotations(text) if len(text[slice(*span)].split()) > SCARE_WORDS]


def judged(doc: Doc, book: WordingCues, encoder: Encoder) -> Iterator[Judged]:
    """Every sentence of a text that holds more than blanks, with its cues and its score."""
    sentences = [one for one in doc.sents if one.text.strip()]
    if sentences:
        yield from _judged(doc, sentences, book, encoder)


def annotated(doc: Doc, book: WordingCues, encoder: Encoder) -> tuple[bool, list[str]]:
    """Whether a text, taken as one sentence, is loaded, and the words that made it so."""
    if not doc.text.strip():
        return False, []
    one = _judged(doc, [doc[:]], book, encoder)[0]
    return one.loaded, marking(doc.text, one.cues)


def _judged(doc: Doc, sentences: Sequence[Words], book: WordingCues, encoder: Encoder) -> list[Judged]:
    """Points = weights of cues and marks, a cue inside a quotation times `quoted`; score = logistic function of
    points + weight of likeness * likeness - threshold, so 0.5 is the border of what counts as loaded.
    """
    places = [sentence_span(one.text, one.start_char) for one in sentences]
    alike = likeness(encoder.encode([doc.text[slice(*place)] for place in places]), book, encoder)
    cues, speech = cues_of(doc, book), speeches(doc.text)
    found = []
    for sentence, place, near in zip(sentences, places, alike.tolist(), strict=True):
        own = tuple(cue for cue in cues if inside((cue.start, cue.end), place))
        points = sum(cue.kind.weight * (book.marks.quoted if cue.quoted else 1) for cue in own)
        points += sum(mark_points(sentence, book, speech).values())
        total = points + book.marks.likeness * near - book.marks.threshold
        held = sum(overlap(span, place) for span in speech)
        score = float(expit(total))
        found.append(Judged(*place, own, points, near, score, total >= 0, 2 * held > place[1] - place[0]))
    return found


def mark_points(sentence: Words, book: WordingCues, speech: Sequence[Span]) -> dict[str, float]:
    """The points of what a sentence shows beside its cues, outside speech.

    scare_quotes: a phrase of at most three words in quotation marks; question and exclamation: its last mark;
    you_and_us: the reader spoken to or counted in; figures: a number; description: for each tenth of its words that
    is an adjective or adverb.
    """
    marks, text = book.marks, sentence.text
    base = sentence.start_char
    own = [
        token
        for token in sentence
        if WORD.search(token.text) and not any(a <= token.idx < b for a, b in speech)
    ]
    held_up = sum(
        len(text[a:b].split()) <= SCARE_WORDS and any(c.islower() for c in text[a:b])
        for a, b in quotations(text)
    )
    last = text.rstrip().rstrip("\"'”’)")[-1:]
    outside = not any(a <= base + len(text.rstrip()) - 1 < b for a, b in speech)
    describing = sum(token.pos_ in DESCRIBING for token in own)
    return {
        "scare_quotes": marks.scare_quotes * bool(held_up),
        "question": marks.question * (last == "?" and outside),
        "exclamation": marks.exclamation * (last == "!" and outside),
        "you_and_us": marks.you_and_us * any(t.lower_ in WE for t in own),
        "figures": marks.figures * any(t.pos_ == "NUM" for t in own),
        "description": marks.description * (10 * describing / max(len(own), 10)),
    }


def wording_rows(article: Text, doc: Doc, book: WordingCues) -> list[dict[str, Any]]:
    """Rows of table `wording`, one a cue in text order: lemmas, class, group, weight, whether quoted."""
    sentences = SentenceIndex(doc)
    return [
        {
            "article_id": article.article_id,
            "sentence": sentences.at(cue.start),
            "start": cue.start,
            "end": cue.end,
            "text": article.text[cue.start : cue.end],
            "cue": cue.cue,
            "kind": cue.kind.kind,
            "group": cue.kind.group,
            "weight": cue.kind.weight,
            "quoted": cue.quoted,
        }
        for cue in cues_of(doc, book)
    ]


def score_rows(article: Text, doc: Doc, book: WordingCues, encoder: Encoder) -> list[dict[str, Any]]:
    """Rows of table `wording_scores`, one a sentence: score with its parts, and the words that made it loaded."""
    return [
        {
            "article_id": article.article_id,
            "sentence": number,
            "start": one.start,
            "end": one.end,
            "text": article.text[one.start : one.end],
            "score": round(one.score, 4),
            "points": round(one.points, 4),
            "likeness": round(one.likeness, 4),
            "loaded": one.loaded,
            "quoted": one.quoted,
            "words": "; ".join(marking(article.text, one.cues)),
        }
        for number, one in enumerate(judged(doc, book, encoder))
    ]


def marking(text: str, cues: Sequence[Cue]) -> list[str]:
    """The words of cues of weight, as printed, each once, in order."""
    return list(dict.fromkeys(text[cue.start : cue.end] for cue in cues if cue.kind.weight >= WEIGHTY))
