"""Cleaning: which paragraphs stay and what each is, with every removal on record.

Nothing but white space changes in what stays; a headline that a page prints below its summary comes first.
"""

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field

from helpers.corpus import metadata, rules
from helpers.corpus.article import BREAK, Block, Removal
from helpers.corpus.forms import HEADLINE_WORDS, is_body, is_heading, long_words, same_text, sentences
from helpers.corpus.layout import Paragraph, Span, paragraphs

REPEAT_WORDS = 8
STANDFIRST_WORDS = (8, 35)
TOP_PARAGRAPHS = 6
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]+|[\x00-\x08\x0e-\x1b\x7f\x80-\x84\x86-\x9f]+")


@dataclass(frozen=True)
class Cleaned:
    """A clean text with its blocks, its removals in the raw text, and what it says of itself."""

    text: str
    blocks: tuple[Block, ...]
    removed: tuple[Removal, ...]
    title: str = ""
    outlet: str = ""
    published: str = ""
    author: str = ""
    credit: str = ""


@dataclass
class _Sheet:
    """The paragraphs on the desk: the reason for which each goes, or "" and its kind."""

    paras: list[Paragraph]
    reasons: list[str]
    kinds: list[str]
    found: dict[str, str] = field(default_factory=dict)

    def kept(self) -> list[int]:
        return [i for i, reason in enumerate(self.reasons) if not reason]

    def top(self) -> list[int]:
        """What stands before the first paragraph of body text."""
        out: list[int] = []
        for i in self.kept():
            if is_body(self.paras[i].text):
                return out
            out.append(i)
        return out[:TOP_PARAGRAPHS]


def clean(
    raw: str,
    title: str = "",
    marks: tuple[Removal, ...] = (),
    hints: Mapping[int, str] | None = None,
) -> Cleaned:
    """The clean text of a raw one.

    `title` is what is known beforehand; `marks` are spans that markup took out already; `hints` give the kind
    of a paragraph ("headline", "heading", "body") by a place of the raw text inside its first line.
    """
    invisible = tuple(
        Removal(m.start(), m.end(), "invisible character", m.group())
        for m in _INVISIBLE.finditer(raw)
        if not any(m.start() < mark.end and mark.start < m.end() for mark in marks)
    )
    gone = tuple(sorted((*marks, *invisible), key=lambda r: r.start))
    spans: tuple[Span, ...] = tuple((r.start, r.end) for r in gone)
    paras = paragraphs(raw, spans)
    sheet = _Sheet(paras, [rules.furniture(p.text) for p in paras], ["body"] * len(paras))
    _apply_hints(sheet, hints or {})
    _take_credits(sheet)
    _take_top(sheet, title)
    _take_repeats(sheet)
    _set_kinds(sheet)
    return _assembled(raw, sheet, gone)


def _apply_hints(sheet: _Sheet, hints: Mapping[int, str]) -> None:
    sheet.found["hinted"] = "yes" if hints else ""
    starts = [para.start for para in sheet.paras]
    for place, kind in hints.items():
        i = bisect_right(starts, place) - 1
        if i >= 0 and place < sheet.paras[i].end:
            sheet.kinds[i] = kind


def _take_credits(sheet: _Sheet) -> None:
    """Credit lines in the second half, or last, become metadata."""
    credits: list[str] = []
    kept = sheet.kept()
    for rank, i in enumerate(kept):
        if rank and 2 * rank >= len(kept) - 1 and rules.is_credit(sheet.paras[i].text):
            repeat = same_text(sheet.paras[i].text) in map(same_text, credits)
            sheet.reasons[i] = "repeated paragraph" if repeat else "credit line"
            credits += [] if repeat else [sheet.paras[i].text]
    sheet.found["credit"] = " ".join(credits)


def _take_top(sheet: _Sheet, title: str) -> None:
    """Above the first body text: masthead, motto, byline and date become metadata; the headline is found."""
    top = sheet.top()
    if len(top) > 1 and rules.is_outlet(sheet.paras[top[0]].text) and _headline_like(sheet, top[1:]):
        _take(sheet, top[0], "masthead", "outlet", sheet.paras[top[0]].text)
        if len(top) > 2 and rules.is_tagline(sheet.paras[top[1]].text):
            sheet.reasons[top[1]] = "masthead tagline"
    for i in top:
        text = sheet.paras[i].text
        if not sheet.reasons[i] and metadata.byline(text) and i != top[0]:
            _take(sheet, i, "byline", "author", metadata.byline(text))
        if not sheet.reasons[i] and metadata.date_line(text):
            _take(sheet, i, "date line", "published", metadata.date_line(text))
    for i in sheet.kept():
        text = sheet.paras[i].text
        if metadata.has_date_label(text) and metadata.date_line(text):
            _take(sheet, i, "date line", "published", metadata.date_line(text))
    headline = _headline(sheet, title)
    if headline is not None:
        sheet.kinds[headline] = "headline"
        sheet.found["title"] = sheet.paras[headline].text


def _take(sheet: _Sheet, i: int, reason: str, name: str, value: str) -> None:
    """Take a paragraph out and keep what it says, the first time it is said."""
    sheet.reasons[i] = reason
    sheet.found[name] = sheet.found.get(name) or value


def _headline_like(sheet: _Sheet, places: list[int]) -> bool:
    texts = [sheet.paras[i].text for i in places]
    return any(
        is_heading(t, HEADLINE_WORDS)
        and not metadata.date_line(t)
        and not metadata.byline(t)
        and len(t.split()) > 4
        for t in texts
    )


def _headline(sheet: _Sheet, title: str) -> int | None:
    """The headline: marked as such, or equal to the known title, or the first heading above the body.

    Below the first paragraph it is one only when it is the known title or stands there twice.
    """
    kept = sheet.kept()
    early = kept[: TOP_PARAGRAPHS - 2]
    for i in kept:
        if sheet.kinds[i] == "headline":
            return i
    for i in early:
        if title and same_text(sheet.paras[i].text) == same_text(title):
            return i
    if sheet.found["hinted"]:
        return None
    top = sheet.top()
    for i in top:
        if i != kept[-1] and is_heading(sheet.paras[i].text.rstrip("?!"), HEADLINE_WORDS):
            return i
    for i, following in zip(early, kept[1:], strict=False):
        text = sheet.paras[i].text
        if is_heading(text, HEADLINE_WORDS) and same_text(text) == same_text(sheet.paras[following].text):
            return i
    return None


def _take_repeats(sheet: _Sheet) -> None:
    """The headline said again as a line of its own, and long paragraphs said before."""
    headline = same_text(sheet.found.get("title", ""))
    seen: set[str] = set()
    for i in sheet.kept():
        text = same_text(sheet.paras[i].text)
        if text == headline and sheet.kinds[i] != "headline":
            sheet.reasons[i] = "duplicate headline"
        elif text in seen and sheet.paras[i].words >= REPEAT_WORDS:
            sheet.reasons[i] = "repeated paragraph"
        seen.add(text)


def _set_kinds(sheet: _Sheet) -> None:
    """Headings, and the standfirst: what a page prints around the headline before the story starts."""
    kept = sheet.kept()
    if not sheet.found["hinted"]:
        forms = [is_heading(sheet.paras[i].text) for i in kept]
        for rank, i in enumerate(kept):
            if sheet.kinds[i] == "body" and forms[rank] and _heads_text(forms, rank):
                sheet.kinds[i] = "heading"
    headline = next((i for i in kept if sheet.kinds[i] == "headline"), None)
    if headline is None:
        return
    after = [i for i in kept if i > headline]
    for i in kept:
        if i < headline:
            sheet.kinds[i] = "standfirst" if after else "body"
    if (
        len(after) > 2
        and sheet.kinds[after[0]] == sheet.kinds[after[1]] == "body"
        and _is_standfirst(sheet, after)
    ):
        sheet.kinds[after[0]] = "standfirst"


def _heads_text(forms: list[bool], rank: int) -> bool:
    """Whether something follows the line and it is not one of a list of three or more such lines."""
    if rank + 1 >= len(forms):
        return False
    first = last = rank
    while first and forms[first - 1]:
        first -= 1
    while last + 1 < len(forms) and forms[last + 1]:
        last += 1
    return last - first < 2 and last + 1 < len(forms)


def _is_standfirst(sheet: _Sheet, after: list[int]) -> bool:
    """One sentence below the headline that takes up two of its words, in an article of longer paragraphs."""
    first, *rest = (sheet.paras[i].text for i in after)
    body = [text for text in rest if is_body(text)]
    words = len(first.split())
    if not STANDFIRST_WORDS[0] <= words <= STANDFIRST_WORDS[1] or first.endswith(":") or len(body) < 2:
        return False
    if sentences(first) > 1 or len(long_words(first) & long_words(sheet.found["title"])) < 2:
        return False
    longer = sum(sentences(text) > 1 for text in body)
    return 2 * longer > len(body) and len(body[0].split()) >= 2 * words and sentences(body[0]) > 1


def _assembled(raw: str, sheet: _Sheet, gone: tuple[Removal, ...]) -> Cleaned:
    order = sorted(sheet.kept(), key=lambda i: (sheet.kinds[i] != "headline", i))
    blocks: list[Block] = []
    place = 0
    for i in order:
        length = len(sheet.paras[i].text)
        blocks.append(Block(place, place + length, sheet.kinds[i]))
        place += length + len(BREAK)
    removed: list[Removal] = []
    for i, reason in enumerate(sheet.reasons):
        if reason:
            start, end = _trimmed(raw, sheet.paras[i])
            removed.append(Removal(start, end, reason, raw[start:end]))
    outside = [piece for mark in gone for piece in _outside(mark, removed)]
    return Cleaned(
        text=BREAK.join(sheet.paras[i].text for i in order),
        blocks=tuple(blocks),
        removed=tuple(sorted((*removed, *outside), key=lambda r: r.start)),
        title=sheet.found.get("title", ""),
        outlet=sheet.found.get("outlet", ""),
        published=sheet.found.get("published", ""),
        author=sheet.found.get("author", ""),
        credit=sheet.found.get("credit", ""),
    )


def _outside(mark: Removal, removed: list[Removal]) -> list[Removal]:
    """What of a mark lies outside the paragraphs taken out."""
    places = [(r.start, r.end) for r in removed if r.start < mark.end and mark.start < r.end]
    out, place = [], mark.start
    for start, end in [*places, (mark.end, mark.end)]:
        if start > place:
            text = mark.text[place - mark.start : start - mark.start]
            out.append(Removal(place, start, mark.reason, text))
        place = max(place, end)
    return out


def _trimmed(raw: str, para: Paragraph) -> Span:
    """The paragraph's place in the raw text without the white space around it."""
    whole = raw[para.start : para.end]
    return para.start + len(whole) - len(whole.lstrip()), para.end - len(whole) + len(whole.rstrip())
