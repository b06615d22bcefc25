"""Attributions by rule from the parse: which words say, who says, and what is said (Pareti 2012).

One rule per shape: clause ("said that ..."), infinitive ("urged them to ..."), parenthesis ("..., he said"),
quotation beside a verb, preposition ("called for ..."), object ("rejected the plan"), "according to", noun
("claims that ..."), and label ("Name: ..."). Only the outermost attributions are kept.
"""

import re

from spacy.tokens import Doc, Token

from helpers.codebook import ReportingVerbs
from helpers.lenses import clauses as ud
from helpers.lenses.attribution import Attribution, outermost, spoken
from helpers.lenses.quoting import attach_quotations
from helpers.lenses.spans import Span, quotations, trimmed

LABEL_WORDS = 6
CREDIT = re.compile(
    r"[\s]*(?P<cue>[\u2015\u2014\u2013-]{1,2})\s*(?P<source>[^\n\"\u201c]{2,60}?)[.\s]*(?:\n|\Z)"
)
NOUN_LINKS = ("of", "for", "to", "on", "about", "against", "over")
BREAK = re.compile(r"\n\s*\n")


def rule_attributions(doc: Doc, verbs: ReportingVerbs) -> list[Attribution]:
    """The outermost attributions that the rules find in a parsed text, in order of their contents."""
    known, nouns = verbs.class_of(), verbs.class_of_noun()
    found: list[Attribution] = []
    for token in doc:
        if token.pos_ == "VERB" and token.lemma_ in known:
            found += from_verb(token, verbs)
        elif token.lower_ in ("according", "per") and token.dep_ == "case":
            found += from_according(token)
        elif token.pos_ == "NOUN" and token.lemma_ in nouns:
            found += from_noun(token)
    found += labels(doc)
    quotes = quotations(doc.text)
    found += credited(doc, quotes)
    found = [one for one in found if not any(spoken(one, quote) for quote in quotes)]
    found = attach_quotations(doc, found, quotes, known)
    return outermost(found)


def from_verb(verb: Token, verbs: ReportingVerbs) -> list[Attribution]:
    """The attribution a reporting verb makes, by the first shape that fits; at most one."""
    passive = ud.is_passive(verb)
    speaker = ud.agent(verb) if passive else ud.subject(verb)
    for rule, content in shapes(verb, verbs, passive):
        needs_speaker = rule in ("parenthesis", "object", "preposition") or (
            rule == "infinitive" and not passive
        )
        if content and not (needs_speaker and speaker is None):
            return [make(rule, verb, verbs, speaker, content)]
    return []


def make(
    rule: str, verb: Token, verbs: ReportingVerbs, speaker: Token | None, content: list[Span]
) -> Attribution:
    """An attribution of a verb with its whole cue."""
    follow = verbs.complements.prepositional.get(verb.lemma_, ()) if rule == "preposition" else ()
    cue = ud.span_of(ud.verb_group(verb, follow)) or (verb.idx, verb.idx + len(verb))
    source = (
        ud.phrase(speaker, whole=True, without=ud.branches(speaker, verb))
        if speaker is not None and speaker.lower_ not in ("it", "there")
        else None
    )
    return Attribution(
        rule, cue, verb.lemma_, source, speaker.i if source and speaker else -1, tuple(content)
    )


def shapes(verb: Token, verbs: ReportingVerbs, passive: bool) -> list[tuple[str, list[Span]]]:
    """The contents each rule finds for a verb, in order of trust; empty lists where a rule does not fit."""
    more = verbs.complements
    return [
        ("clause", clause(verb)),
        ("infinitive", infinitive(verb, passive) if verb.lemma_ in more.infinitive else []),
        ("parenthesis", parenthesis(verb) if verb.lemma_ not in more.object else []),
        ("preposition", prepositional(verb, more.prepositional.get(verb.lemma_, ()))),
        ("object", direct_object(verb, passive) if verb.lemma_ in more.object else []),
    ]


def clause(verb: Token) -> list[Span]:
    """A clausal complement, or a clause set beside the verb after a colon or in quotation marks."""
    heads = [c for c in ud.children(verb, "ccomp") if c.pos_ != "PUNCT"]
    if not heads:
        heads = [c for c in ud.children(verb, "parataxis") if c.i > verb.i and _announced(c)]
    for head in heads[:1]:
        tokens = ud.tree(head, [verb] if head.i in _line(verb) else [])
        for more in ud.children(verb, "conj"):
            if head.i > verb.i and "that" in ud.role_marks(more):  # "said he came but that it was late"
                tokens = sorted({*tokens, *ud.tree(more)}, key=lambda t: t.i)
        return ud.runs([t for t in tokens if t.i > verb.i] if head.i > verb.i else tokens)
    return []


def _announced(token: Token) -> bool:
    """Whether a colon or an opening mark stands right before this clause."""
    before = token.doc[max(0, token.left_edge.i - 1) : token.left_edge.i + 2]
    return any(t.text in (":", "“", '"', "''") for t in before)


def _line(token: Token) -> set[int]:
    return {t.i for t in token.ancestors}


def infinitive(verb: Token, passive: bool) -> list[Span]:
    """The infinitive asked for or intended, from its object on ("urged [the group to stop]")."""
    for child in ud.children(verb, "xcomp"):
        if child.i > verb.i and (child.pos_ in ("VERB", "AUX") or ud.children(child, "mark")):
            tokens = ud.tree(child)
            for obj in ud.children(verb, "obj", "iobj"):
                tokens = ud.tree(obj) + tokens if obj.i > verb.i else tokens
            span = ud.span_of(sorted(tokens, key=lambda t: t.i))
            return [span] if span else []
    return []


def parenthesis(verb: Token) -> list[Span]:
    """The clause that a "..., he said" or an "as he said" is set into."""
    head = verb.head
    as_clause = verb.dep_ == "advcl" and "as" in ud.role_marks(verb)
    if not (verb.dep_ == "parataxis" or (as_clause and verb.lemma_ != "continue")) or not ud.children(
        verb, "nsubj", "nsubj:pass"
    ):
        return []
    if ud.children(verb, "obj", "ccomp") and not as_clause:
        return []
    if verb.dep_ == "parataxis" and not as_clause and _announced(verb) and verb.i > head.i:
        return []
    return ud.runs(ud.tree(head, [verb]))


def prepositional(verb: Token, prepositions: tuple[str, ...]) -> list[Span]:
    """What is called for, spoken of or pointed to."""
    for child in ud.children(verb, "obl", "advcl", "ccomp", "nmod"):
        marks = ud.role_marks(child)
        if child.i > verb.i and marks and marks[0] in prepositions and not ud.is_time(child):
            cut = [c for c in ud.children(child, "case", "mark") if c.i < child.i]
            span = ud.span_of(ud.tree(child, cut))
            return [span] if span else []
    return []


def direct_object(verb: Token, passive: bool) -> list[Span]:
    """The object with what completes it ("blamed [the crew for the delay]"); of a passive, its subject."""
    objects = (
        ud.children(verb, "nsubj:pass") if passive else [c for c in ud.children(verb, "obj") if c.i > verb.i]
    )
    if not objects or objects[0].lower_ in ("himself", "herself", "themselves", "itself"):
        return []
    tokens = ud.tree(objects[0])
    for child in verb.children:
        if (
            child.i < tokens[-1].i
            or child.dep_ not in ("obl", "advcl", "xcomp", "ccomp")
            or ud.is_time(child)
        ):
            continue
        near = child.left_edge.i - tokens[-1].i <= 1
        if near and (
            child.dep_ == "xcomp" or set(ud.role_marks(child)) & {"for", "over", "as", "of", "on", "with"}
        ):
            tokens += ud.tree(child)
    return ud.runs(tokens)


def from_according(marker: Token) -> list[Attribution]:
    """Phrases such as "according to X, content": the content is the clause it belongs to."""
    head = marker.head
    fixed = [c for c in marker.children if c.dep_ == "fixed"]
    cue = ud.span_of([marker, *fixed])
    source = ud.phrase(head, whole=True)
    clause_head = head.head
    if head.dep_ not in ("obl", "nmod", "advcl", "parataxis") or clause_head.i == head.i or not cue:
        return []
    while (
        clause_head.dep_ in ("nmod", "obj", "obl", "nsubj", "appos", "compound")
        and head.i < clause_head.sent.end
    ):
        clause_head = clause_head.head
    content = ud.runs(ud.tree(clause_head, [head]))
    if len(content) > 1 and len(marker.doc.text[slice(*content[0])].split()) < 3:
        content = content[1:]  # "However, according to X, ..."
    return (
        [Attribution("according", cue, "accord", source, head.i, tuple(content))]
        if content and source
        else []
    )


def from_noun(noun: Token) -> list[Attribution]:
    """A reporting noun with a content ("claims that", "criticism of") and a source that owns it."""
    owners = ud.children(noun, "nmod:poss") or [
        c for c in ud.children(noun, "nmod") if ud.role_marks(c) in (["by"], ["from"])
    ]
    content = noun_content(noun)
    source = ud.phrase(owners[0], whole=True) if owners else None
    if content is None or source is None:
        return []
    cue = (noun.idx, noun.idx + len(noun))
    return [Attribution("noun", cue, noun.lemma_, source, owners[0].i, (content,))]


def noun_content(noun: Token) -> Span | None:
    """The clause, infinitive or prepositional phrase a reporting noun governs, its preposition left out."""
    for child in ud.children(noun, "acl", "ccomp", "nmod"):
        marks = ud.role_marks(child)
        if child.i < noun.i or not marks or (child.dep_ == "nmod" and marks[0] not in NOUN_LINKS):
            continue
        cut = [c for c in ud.children(child, "case") if c.i < child.i]
        return ud.span_of(ud.tree(child, cut))
    return None


def labels(doc: Doc) -> list[Attribution]:
    """Labels ("Name: content") at the start of a sentence, content to the end of the paragraph."""
    found = []
    for sent in doc.sents:
        words = [t for t in sent if not t.is_space]
        at = next((n for n, t in enumerate(words[: LABEL_WORDS + 1]) if t.text == ":"), 0)
        names = words[:at]
        if not names or not all(t.pos_ in ("PROPN", "PUNCT") for t in names):
            continue
        named = any(t.ent_type_ == "PER" for t in names) or all(t.text.isupper() for t in names)
        follow = words[at + 1 :]
        if not named or len(follow) < 3:
            continue
        border = BREAK.search(doc.text, follow[0].idx)
        content = trimmed(doc.text, (follow[0].idx, border.start() if border else len(doc.text)), " \n")
        source = ud.span_of(names)
        if content and source:
            colon = words[at].idx
            found.append(Attribution("label", (colon, colon + 1), ":", source, names[-1].i, (content,)))
    return found


def credited(doc: Doc, quotes: list[Span]) -> list[Attribution]:
    """Quotations with their speaker's name behind a dash at the end of the line ("..." \u2014 Name)."""
    found = []
    for quote in quotes:
        match = CREDIT.match(doc.text, quote[1])
        source = doc.char_span(*match.span("source"), alignment_mode="expand") if match else None
        if match and source is not None and any(t.pos_ == "PROPN" for t in source) and source[0].is_title:
            name = (source.start_char, source.end_char)
            found.append(Attribution("label", match.span("cue"), match["cue"], name, source.root.i, (quote,)))
    return found
