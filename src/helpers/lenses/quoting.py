"""Quotations joined to attributions: marks belong to the content, what runs on keeps its speaker."""

import re
from collections.abc import Mapping
from dataclasses import replace

from spacy.tokens import Doc, Token

from helpers.lenses import clauses as ud
from helpers.lenses.attribution import Attribution
from helpers.lenses.spans import Span, inside, merged, overlap

SHORT = 4  # words; a shorter quotation on its own is a term or a title
WORDS = re.compile(r"\w+")
SENTENCE_END = re.compile(r"[.!?…,]['\"”»’]*\Z")
SAID = ("clause", "parenthesis", "quotation", "label")


def attach_quotations(
    doc: Doc, found: list[Attribution], quotes: list[Span], verbs: Mapping[str, str]
) -> list[Attribution]:
    """The attributions with their quotations whole, and new ones for quotations beside a verb."""
    text = doc.text
    found = [replace(one, content=tuple(from_border(text, one, quotes))) for one in found]
    found = [
        replace(one, content=tuple(completed(text, list(one.content), quotes, one.rule))) for one in found
    ]
    found += beside_verbs(doc, found, quotes, verbs)
    return run_on(text, found, quotes)


def from_border(text: str, one: Attribution, quotes: list[Span]) -> list[Span]:
    """The content without what a missed sentence border put before a quotation that the cue follows."""
    content = []
    for start, end in one.content:
        opens = [q[0] for q in quotes if start < q[0] < end and q[1] <= end + 2 and end <= one.cue[0]]
        borders = [at for at in opens if text[start:at].rstrip().endswith((".", "!", "?"))]
        content.append((borders[-1] if borders else start, end))
    return content


def completed(text: str, content: list[Span], quotes: list[Span], rule: str) -> list[Span]:
    """The content with each quotation it lies in or mostly covers made whole, marks included."""
    for quote in quotes:
        shared = sum(overlap(quote, part) for part in content)
        if not shared:
            continue
        size = quote[1] - quote[0]
        if shared >= size - 4 or (rule in SAID and shared >= 0.3 * size):
            content = merged(
                text, [*(p for p in content if not inside(p, quote)), quote, *_outside(content, quote)]
            )
    if rule in SAID:
        held = [q for q in quotes if any(overlap(q, part) for part in content)]
        words = sum(len(WORDS.findall(text[s:e])) for s, e in content)
        quoted = sum(len(WORDS.findall(text[s:e])) for s, e in held)
        if held and words - quoted <= 2 and quoted > 3:
            return merged(text, held)
    return content


def _outside(content: list[Span], quote: Span) -> list[Span]:
    return [part for part in content if overlap(part, quote) and not inside(part, quote)]


def beside_verbs(
    doc: Doc, found: list[Attribution], quotes: list[Span], verbs: Mapping[str, str]
) -> list[Attribution]:
    """Attributions of verbs whose content is a quotation next to them that the parse did not hang on them."""
    taken = {one.cue[0] for one in found}
    out: list[Attribution] = []
    for quote in quotes:
        if any(overlap(quote, part) for one in [*found, *out] for part in one.content):
            continue
        if len(WORDS.findall(doc.text[slice(*quote)])) < SHORT:
            continue
        verb = _verb_near(doc, quote, verbs, taken)
        if verb is None:
            continue
        speaker = ud.subject(verb)
        source = ud.phrase(speaker, whole=True) if speaker is not None else None
        cue = ud.span_of(ud.verb_group(verb)) or (verb.idx, verb.idx + len(verb))
        head = speaker.i if speaker is not None else -1
        out.append(Attribution("quotation", cue, verb.lemma_, source, head, (quote,)))
        taken.add(cue[0])
    return out


def _verb_near(doc: Doc, quote: Span, verbs: Mapping[str, str], taken: set[int]) -> Token | None:
    """The reporting verb in the clause right after the quotation, else right before it."""
    after = doc.char_span(quote[0], quote[1], alignment_mode="expand")
    if after is None:
        return None
    ahead = _until_stop(doc, after.end, 1)
    behind = _until_stop(doc, after.start - 1, -1)
    for group in (ahead, behind):
        for token in group:
            free = token.idx not in taken and token.lemma_ in verbs and token.pos_ == "VERB"
            if free and ud.subject(token) is not None:
                return token
    return None


def _until_stop(doc: Doc, start: int, step: int, reach: int = 14) -> list[Token]:
    """Tokens from a place on, until a sentence or paragraph ends or another quotation begins."""
    out: list[Token] = []
    at = start
    while 0 <= at < len(doc) and len(out) < reach:
        token = doc[at]
        if token.text in '.!?“”"' or (token.is_space and token.text.count("\n") > 1):
            break
        out.append(token)
        at += step
    return out


def run_on(text: str, found: list[Attribution], quotes: list[Span]) -> list[Attribution]:
    """Quotations without a speaker of their own that go on with the one before them in the same paragraph.

    In the same paragraph they become a further part of its content. A paragraph that is one quotation and
    follows a quotation left open, or one that ends its paragraph, goes on with it too.
    """
    found = sorted(found, key=lambda one: one.whole)
    for quote in quotes:
        if any(overlap(quote, part) for one in found for part in one.content):
            continue
        if len(WORDS.findall(text[slice(*quote)])) < SHORT:
            continue
        at = _speaker_before(text, found, quote, quotes)
        if at is not None:
            found[at] = replace(found[at], content=tuple(merged(text, [*found[at].content, quote])))
    return found


def _speaker_before(text: str, found: list[Attribution], quote: Span, quotes: list[Span]) -> int | None:
    """The attribution with a quotation that this one follows, a cue and a stop between them at most."""
    best: int | None = None
    for at, one in enumerate(found):
        end = max(one.whole[1], one.cue[1], one.source[1] if one.source else 0)
        quoted = any(overlap(q, part) for q in quotes for part in one.content)
        if (
            end <= quote[0]
            and quoted
            and one.rule in SAID
            and (best is None or one.whole > found[best].whole)
        ):
            between = text[end : quote[0]]
            paragraphs = between.count("\n\n")
            open_before = paragraphs == 1 and text[one.whole[1] - 1] not in '”"»'
            if (not paragraphs and len(WORDS.findall(between)) <= 12) or (
                open_before and not WORDS.search(between)
            ):
                best = at
    return best
