"""Attributions of a text: those the model found, and by rule what it left (quotations and labels above all)."""

from itertools import groupby

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from helpers.codebook import ReportingVerbs
from helpers.lenses.attribution import Attribution, outermost
from helpers.lenses.attribution_rules import rule_attributions
from helpers.lenses.spans import Span, merged, overlap, quotations

KEY = "attributions"
HELD = 0.3  # share of a quotation that a content must hold to be given the whole of it
SECOND_OPINION = frozenset(("quotation", "label", "object"))
CUE_TAGS = ("VERB", "NOUN", "AUX", "ADP")


def find_attributions(doc: Doc, verbs: ReportingVerbs) -> list[Attribution]:
    """The outermost attributions of a parsed text, in order of their contents.

    A Doc of another pipeline, which holds no attributions of the model, is read by the rules alone.
    """
    if KEY not in doc.spans:
        return rule_attributions(doc, verbs)
    found = model_attributions(doc, verbs)
    held = [part for one in found for part in (*one.content, one.cue)]
    for one in rule_attributions(doc, verbs):
        if one.rule in SECOND_OPINION and not any(
            overlap(part, mine) for part in one.content for mine in held
        ):
            found.append(one)
    return outermost(found)


def model_attributions(doc: Doc, verbs: ReportingVerbs) -> list[Attribution]:
    """The attributions in `doc.spans["attributions"]`, quotations made whole."""
    quotes = quotations(doc.text)
    grouped = groupby(doc.spans[KEY], key=lambda span: span.id_)
    return [from_spans(doc, list(spans), quotes, verbs) for _, spans in grouped]


def from_spans(doc: Doc, spans: list[Tokens], quotes: list[Span], verbs: ReportingVerbs) -> Attribution:
    """One attribution from its spans of tokens."""
    by_role = {role: [s for s in spans if s.label_ == role] for role in ("source", "cue", "content")}
    cue = max(by_role["cue"], key=len)
    source = max(by_role["source"], key=len, default=None)
    head = cue_head(cue, verbs)
    return Attribution(
        "noun" if head.pos_ == "NOUN" else "verb",
        (cue.start_char, cue.end_char),
        head.lemma_,
        (source.start_char, source.end_char) if source is not None else None,
        source.root.i if source is not None else -1,
        tuple(with_marks(doc.text, [(s.start_char, s.end_char) for s in by_role["content"]], quotes)),
    )


def cue_head(cue: Tokens, verbs: ReportingVerbs) -> Token:
    """The word of a cue that says: one the codebook knows, else the first verb, noun or preposition."""
    known = {*verbs.class_of(), *verbs.class_of_noun()}
    ranked = [t for t in cue if t.lemma_ in known]
    for tag in CUE_TAGS:
        ranked += [t for t in cue if t.pos_ == tag]
    return (ranked or list(cue))[0]


def with_marks(text: str, content: list[Span], quotes: list[Span]) -> list[Span]:
    """The content with the whole of every quotation of which it holds a good part."""
    for quote in quotes:
        shared = sum(overlap(part, quote) for part in content)
        if shared >= HELD * (quote[1] - quote[0] - 2) > 0:
            content = merged(text, [*content, quote])
    return content
