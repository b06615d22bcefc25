"""Lines to paragraphs: hard-wrapped lines are joined, also where a blank line breaks a sentence."""

import re
from dataclasses import dataclass
from itertools import pairwise

from helpers.corpus import rules

LINE = re.compile(r"[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
TERMINAL = re.compile(r"[.!?…:;][\"'”’»)\]]*(?:\[\d+\])*$|[”\"]$")
_BULLET = re.compile(r"(?:[-*•–—▪]|\d{1,2}[.)])\s")
_LOWER_NAME = re.compile(
    r"(?:al|el|as|ar|an|at)-[A-Z]|[a-z]+[A-Z]|(?:al|bin|da|de|del|den|der|di|el|la|van|von)\s+[A-Z]"
)
WRAP_LIMIT = 120
WRAP_SHARE = 0.6
LONG_LINE = 8
LONG_PARAGRAPH = 15

Span = tuple[int, int]


@dataclass(frozen=True)
class Paragraph:
    """Lines of the raw text that are one paragraph: the spans of its kept characters, and its clean text."""

    pieces: tuple[Span, ...]
    text: str

    @property
    def start(self) -> int:
        """Where its first line starts in the raw text."""
        return self.pieces[0][0]

    @property
    def end(self) -> int:
        """Where its last line ends in the raw text."""
        return self.pieces[-1][1]

    @property
    def words(self) -> int:
        """Its number of words, counted between spaces."""
        return len(self.text.split())


@dataclass(frozen=True)
class _Line:
    start: int
    end: int
    text: str
    after_blank: bool


def paragraphs(raw: str, marks: tuple[Span, ...] = ()) -> list[Paragraph]:
    """The paragraphs of a text in order; `marks` are spans already taken out (sorted, not overlapping)."""
    lines = _lines(raw, marks)
    width = wrap_width(lines)
    groups: list[list[_Line]] = []
    for line in lines:
        if groups and _continues(groups[-1], line, width):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [Paragraph(tuple((x.start, x.end) for x in group), _joined(group)) for group in groups]


def visible(raw: str, start: int, end: int, marks: tuple[Span, ...]) -> str:
    """The raw text between two places without the spans taken out."""
    out, place = [], start
    for left, right in marks:
        if right > start and left < end:
            out.append(raw[place : max(left, place)])
            place = max(place, right)
    out.append(raw[place:end])
    return "".join(out)


def wrap_width(lines: list[_Line]) -> int:
    """The column at which the whole text was hard-wrapped, 0 when it was not.

    A break is a wrap when the next line's first word would not have fitted. The text counts as wrapped when
    its lines are at most WRAP_LIMIT characters and WRAP_SHARE of the breaks inside paragraphs are wraps.
    """
    breaks = [(a, b) for a, b in pairwise(lines) if not b.after_blank]
    width = max((len(line.text) for line in lines), default=0)
    if len(breaks) < 3 or width > WRAP_LIMIT or width < 40:
        return 0
    wraps = [a for a, b in breaks if _full(a, b, width)]
    unfinished = any(not TERMINAL.search(line.text) for line in wraps)
    return width if unfinished and len(wraps) >= WRAP_SHARE * len(breaks) else 0


def _lines(raw: str, marks: tuple[Span, ...]) -> list[_Line]:
    """Lines with something to read, without the white space around it."""
    lines: list[_Line] = []
    last = 0
    for match in LINE.finditer(raw):
        start, end = match.span()
        text = " ".join(visible(raw, start, end, marks).split())
        if text:
            breaks = raw[last:start].replace("\r\n", "\n")
            blank = sum(c in "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029" for c in breaks) > 1
            lines.append(_Line(start, end, text, blank))
            last = end
    return lines


def _full(line: _Line, following: _Line, width: int) -> bool:
    return len(line.text) + 1 + len(following.text.split()[0]) > width


def _continues(group: list[_Line], line: _Line, width: int) -> bool:
    """Whether the line goes on with the sentence or paragraph above it."""
    above = group[-1]
    if rules.furniture(line.text) or rules.furniture(above.text) or _BULLET.match(line.text):
        return False
    lower = line.text[0].islower() and not _LOWER_NAME.match(line.text)
    if line.after_blank:
        text = _joined(group[-3:])
        inside = re.search(r"[.!?][\"'”’]*\s", text) is not None
        long = len(text.split()) >= (LONG_LINE if inside else LONG_PARAGRAPH)
        return lower and long and not TERMINAL.search(text) and text[-1] not in ")]"
    if width and _full(above, line, width):
        return True
    return lower and len(above.text.split()) >= LONG_LINE and not TERMINAL.search(above.text)


def _joined(group: list[_Line]) -> str:
    """The lines as one text; a hyphen at a line's end stays and takes no space after it."""
    parts = [group[0].text]
    for above, line in pairwise(group):
        hyphen = re.search(r"\w-$", above.text[-2:]) is not None and line.text[0].islower()
        parts.append(("" if hyphen else " ") + line.text)
    return "".join(parts)
