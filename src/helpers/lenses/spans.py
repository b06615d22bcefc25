"""Spans of text: quotations, trimming, overlap, and the sentence an offset stands in."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from spacy.tokens import Doc

Span = tuple[int, int]


class Text(Protocol):
    """What a lens needs of an article: its id and its text."""

    @property
    def article_id(self) -> str:
        """The article's id."""

    @property
    def text(self) -> str:
        """The clean text."""


@dataclass(frozen=True)
class PlainText:
    """A text that is no article of a corpus."""

    article_id: str
    text: str


Form = Literal["direct", "mixed", "indirect"]

OPENING, CLOSING = "“„«", "”»"
MARKS = re.compile(r"“|”|„|«|»|\"|''")
WORD_OR_MARK = re.compile(r"\w+|[\"“”„«»]")
EDGE = " \t\r\n\xa0,;:-–—.…"
PARAGRAPH = re.compile(r"\n\s*\n|\Z")


def quotations(text: str) -> list[Span]:
    """Double-quoted passages with their marks, in order; marks may be curly, straight or doubled single.

    A quotation left open at the end of a paragraph ends there when the next paragraph opens with a mark (the
    newspaper custom for quotations that run on) or when a curly mark opened it; else it is passed over.
    """
    found: list[Span] = []
    start = 0
    for border in PARAGRAPH.finditer(text):
        rest = text[border.end() :].lstrip()[:2]
        found += _in_paragraph(text, start, border.start(), bool(MARKS.match(rest)))
        start = border.end()
    return found


def _in_paragraph(text: str, start: int, end: int, goes_on: bool) -> list[Span]:
    found: list[Span] = []
    opened = -1
    for mark in MARKS.finditer(text, start, end):
        sign = mark.group()
        opens = sign in OPENING or (sign not in CLOSING and opened < 0)
        if opens and opened < 0:
            opened = mark.start()
        elif not opens and opened >= 0:
            found.append((opened, mark.end()))
            opened = -1
    if opened >= 0 and (goes_on or text[opened] in OPENING):
        stop = end - (len(text[opened:end]) - len(text[opened:end].rstrip()))
        found.append((opened, stop))
    return found


def trimmed(text: str, span: Span, edge: str = EDGE) -> Span | None:
    """The span without blanks and punctuation at its edges; None if nothing is left."""
    start, end = span
    while start < end and text[start] in edge:
        start += 1
    while end > start and text[end - 1] in edge:
        end -= 1
    return (start, end) if start < end else None


def overlap(a: Span, b: Span) -> int:
    """How many characters two spans share."""
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def inside(inner: Span, outer: Span) -> bool:
    """Whether the first span lies within the second."""
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def merged(text: str, spans: Iterable[Span]) -> list[Span]:
    """The spans in order, those that touch or have only blanks between them as one."""
    out: list[Span] = []
    for start, end in sorted(spans):
        if out and not text[out[-1][1] : start].strip():
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def form_of(text: str, fragments: Sequence[Span]) -> Form:
    """Direct when every word stands between quotation marks, mixed when some do, indirect without marks."""
    marks = held = free = 0
    is_open = False
    for start, end in fragments:
        for match in WORD_OR_MARK.finditer(text, start, end):
            sign = match.group()
            if sign in OPENING or (sign == '"' and not is_open):
                marks, is_open = marks + 1, True
            elif sign in CLOSING or sign == '"':
                held, free = (held + free, 0) if not marks else (held, free)
                marks, is_open = marks + 1, False
            elif is_open:
                held += 1
            else:
                free += 1
    if not marks:
        return "indirect"
    return "mixed" if free or not held else "direct"


class SentenceIndex:
    """Which sentence an offset stands in: 0-based over `doc.sents` without those of whitespace alone."""

    def __init__(self, doc: Doc) -> None:
        self.spans = [sentence_span(s.text, s.start_char) for s in doc.sents if s.text.strip()]
        self._starts = [start for start, _ in self.spans]

    def at(self, offset: int) -> int:
        """The index of the sentence at a character offset; 0 before the first."""
        return max(0, bisect_right(self._starts, offset) - 1)


def sentence_span(text: str, start: int) -> Span:
    """The span of a sentence without blanks at its edges."""
    left = len(text) - len(text.lstrip())
    return start + left, start + len(text.rstrip())
