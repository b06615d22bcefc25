"""Markdown and saved web pages: what is markup and what is text."""

import logging
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import trafilatura
from trafilatura.settings import Document

from helpers.corpus import metadata
from helpers.corpus.article import BREAK, Removal

_FRONT = re.compile(r"\A\s*---[ \t]*\r?\n(?P<body>.*?\r?\n)---[ \t]*(?=\r?\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"^(?P<name>[A-Za-z_]+)\s*:[ \t]*(?P<value>[^\r\n]*)$", re.MULTILINE)
_HEADING = re.compile(r"^[ ]{0,3}(?P<mark>#{1,6}[ \t]+)(?P<text>\S[^\r\n]*)", re.MULTILINE)
_NAMES = {
    "date": "published",
    "site": "outlet",
    "source": "outlet",
    "publisher": "outlet",
    "byline": "author",
}
_SAFE_DATES = {"max_date": "2100-01-01", "extensive_search": False, "original_date": True}

# Each pattern's groups are the marks; what stands between them is text.
MARKS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("Markdown comment", re.compile(r"(<!--[^\r\n]*?-->)")),
    ("Markdown image", re.compile(r"(!\[[^\]\r\n]*\]\([^)\r\n]*\))")),
    ("Markdown link address", re.compile(r"(?<!!)(\[)[^\[\]\r\n]+(\]\([^)\s]*(?:[ \t]+\"[^\"\r\n]*\")?\))")),
    ("Markdown rule", re.compile(r"^[ ]{0,3}((?:[-*_][ \t]*){3,})$", re.MULTILINE)),
    ("Markdown quote mark", re.compile(r"^[ ]{0,3}((?:>[ \t]?)+)", re.MULTILINE)),
    ("Markdown emphasis mark", re.compile(r"(?<![\w*])(\*{1,3})(?=[^\s*])[^*\r\n]+(?<=[^\s*])(\1)(?![\w*])")),
    ("Markdown emphasis mark", re.compile(r"(?<![\w_])(_{1,3})(?=[^\s_])[^_\r\n]+(?<=[^\s_])(\1)(?![\w_])")),
)

LEAST_WORDS = 10


@dataclass(frozen=True)
class Markup:
    """A text, the marks in it, the kinds its markup tells (by place), and the metadata it states."""

    raw: str
    marks: tuple[Removal, ...] = ()
    hints: Mapping[int, str] = field(default_factory=dict)
    known: Mapping[str, str] = field(default_factory=dict)


def from_markdown(raw: str) -> Markup:
    """Markdown as text: front matter, marks and link addresses become removals; `#` lines are headings."""
    spans: list[tuple[int, int, str]] = []
    known: dict[str, str] = {}
    front = _FRONT.match(raw)
    body = 0
    if front and _FIELD.search(front["body"]):
        body = front.end()
        spans.append((front.start(), body, "front matter"))
        known = dict(_front_fields(front["body"]))
    hints: dict[int, str] = {}
    for match in _HEADING.finditer(raw, body):
        spans.append((*match.span("mark"), "Markdown heading mark"))
        first = len(match["mark"].strip()) == 1 and "headline" not in hints.values()
        hints[match.start("text")] = "headline" if first else "heading"
    for reason, pattern in MARKS:
        for match in pattern.finditer(raw, body):
            groups = range(1, (match.re.groups or 0) + 1)
            spans += [(*match.span(group), reason) for group in groups]
    return Markup(raw, _apart(raw, spans), hints, known)


def from_html(page: str) -> Markup | None:
    """The article of a saved page, by trafilatura on the string (nothing is fetched); None if there is none.

    A page with fewer than LEAST_WORDS words of text has none.

    The raw text of a page is its title and the paragraphs found, a blank line apart: offsets refer to that.
    """
    with _quiet("trafilatura"), _quiet("htmldate"):
        document = trafilatura.bare_extraction(
            page,
            include_comments=False,
            include_tables=False,
            with_metadata=True,
            date_extraction_params=_SAFE_DATES,
        )
    if not isinstance(document, Document) or document.body is None:
        return None
    parts = list(_parts(document.body))
    if sum(len(text.split()) for kind, text in parts if kind == "body") < LEAST_WORDS:
        return None
    title = _clean(document.title)
    if title and all(text.casefold() != title.casefold() for _, text in parts[:3]):
        parts.insert(0, ("headline", title))
    hints: dict[int, str] = {}
    place = 0
    for kind, text in parts:
        first = title and text.casefold() == title.casefold() and "headline" not in hints.values()
        hints[place] = "headline" if first else kind
        place += len(text) + len(BREAK)
    known = {
        "title": title,
        "outlet": _clean(document.sitename),
        "author": _clean(document.author),
        "published": metadata.parse_date(document.date or ""),
        "url": _clean(document.url),
    }
    return Markup(BREAK.join(text for _, text in parts), (), hints, known)


@contextmanager
def _quiet(name: str) -> Iterator[None]:
    """No log lines from a library whose failure is reported here in our own words."""
    logger = logging.getLogger(name)
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(level)


def _parts(body: Any) -> Iterator[tuple[str, str]]:
    """The kind and text of each paragraph of trafilatura's tree, in order."""
    for element in body:
        if element.tag in ("list", "quote") and len(element):
            for item in element:
                yield from _lines("body", item)
        else:
            yield from _lines("heading" if element.tag == "head" else "body", element)


def _lines(kind: str, element: Any) -> Iterator[tuple[str, str]]:
    for broken in element.iter("lb"):
        broken.text = "\n" + (broken.text or "")
    for line in "".join(element.itertext()).split("\n"):
        if _clean(line):
            yield kind, _clean(line)


def _clean(value: str | None) -> str:
    return " ".join((value or "").split())


def _front_fields(text: str) -> Iterator[tuple[str, str]]:
    for match in _FIELD.finditer(text):
        name = _NAMES.get(match["name"].lower(), match["name"].lower())
        value = match["value"].strip().strip("\"'")
        if name in metadata.FIELDS and value:
            yield name, value


def _apart(raw: str, spans: list[tuple[int, int, str]]) -> tuple[Removal, ...]:
    """The spans as removals in order; where two overlap the first stands."""
    out: list[Removal] = []
    for start, end, reason in sorted(spans):
        if end > start and (not out or start >= out[-1].end):
            out.append(Removal(start, end, reason, raw[start:end]))
    return tuple(out)
