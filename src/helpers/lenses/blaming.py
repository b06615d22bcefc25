"""Explicit blame from the parse: a word of blaming with the roles around it (Liang et al. 2019)."""

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from helpers.codebook_blame import BlamePredicates, BlameVerb
from helpers.lenses import clauses as ud
from helpers.lenses.blaming_nouns import of_judgement, of_noun, of_state
from helpers.lenses.blaming_roles import (
    NOBODY,
    Tie,
    actor_first,
    bare,
    blamer_of,
    has_object,
    named,
    negated,
    predicate,
    question,
    realised,
    role,
)
from helpers.lenses.spans import Span


def find_ties(doc: Doc, book: BlamePredicates) -> list[Tie]:
    """The explicit blame ties of a parsed text, in text order; questions and imagined blame are left out."""
    found: list[Tie] = []
    for token in doc:
        if not question(token):
            found += ties_at(token, book)
    return found


def ties_at(token: Token, book: BlamePredicates) -> Iterator[Tie]:
    """The ties the word at one token carries."""
    lemma = token.lemma_.lower()
    if token.pos_ in ("VERB", "NOUN", "ADJ") and any(lemma in s.lemmas for s in book.states):
        states = [tie for s in book.states if lemma in s.lemmas for tie in of_state(token, s, book)]
        if states:
            yield from states
            return
    if token.pos_ == "VERB" and realised(token, book):
        for verb in book.verbs:
            if lemma in verb.lemmas and (ties := list(of_verb(token, verb, book))):
                yield from ties
                return
        yield from of_denial(token, book)
    elif token.pos_ == "NOUN":
        for noun in book.nouns:
            if lemma in noun.lemmas:
                yield from of_noun(token, noun, book)
    elif token.pos_ == "ADJ" and lemma in book.judging:
        yield from of_judgement(token, book)


def of_verb(token: Token, verb: BlameVerb, book: BlamePredicates) -> Iterator[Tie]:
    """Ties of a verb of blaming: active, passive, participle and relative clause."""
    if not accompanied(token, verb):
        return
    passive = is_passive(token)
    target = verb_target(token, verb, passive)
    if target is None or (target.lower_ in NOBODY and target.dep_ != "nsubj:pass"):
        return
    issue = verb_issue(token, target, verb, passive)
    spared = set_against(target)
    target, issue = actor_first(target, issue, book)
    blamer = ud.agent(token) if passive else blamer_of(token, book)
    if verb.target == "subject":
        blamer = role(token, ("from", "by"))
    if verb.person and not named(target) and not (target.pos_ == "PROPN" and named(blamer)):
        return
    if blamer is not None and blamer.i == target.i:
        blamer = None
    inherits = not passive and verb.target != "subject"
    denied = negated(token, book) != verb.clears
    yield Tie(token, blamer, target, issue, denied, inherits)
    if spared is not None:
        yield Tie(token, blamer, spared, issue, True, inherits)
    for other, act in gapped(target, verb):
        yield Tie(token, blamer, other, act, denied, inherits)


def accompanied(token: Token, verb: BlameVerb) -> bool:
    """Whether the particle and the noun or adjective that an idiom needs stand by its verb."""
    particles = {c.lower_ for c in ud.children(token, "compound:prt", "advmod")}
    if verb.particle and not particles & set(verb.particle):
        return False
    gap = token.dep_ == "acl:relcl" and ud.children(token, "nsubj") and has_object(token)
    if verb.particle and gap:  # "the toll it took on her": the noun before is the object
        return False
    near = {t.lemma_ for c in token.children for t in (c, *c.children)}
    return not verb.company or bool(near & set(verb.company))


def is_passive(token: Token) -> bool:
    """Whether a verb is passive, or a participle that describes what undergoes it ("the crew blamed for it")."""
    if token.dep_ == "acl" and token.lower_.endswith("ing"):
        return False
    if has_object(token) and not ud.children(token, "aux:pass"):
        return False
    return ud.is_passive(token) or (token.dep_ == "acl" and not has_object(token))


def gapped(target: Token, verb: BlameVerb) -> Iterator[tuple[Token, Span | None]]:
    """Further parties with an issue of their own where the verb is not said again: "accused A of X and B of Y"."""
    for issue in ud.children(target, "nmod", "obl"):
        if not set(ud.role_marks(issue)) & set(verb.issue):
            continue
        for other in ud.children(issue, "conj"):
            act = role(other, verb.issue)
            if act is not None and not ud.role_marks(other):
                yield other, bare(act)


def set_against(target: Token) -> Token | None:
    """The party a contrast spares: "blamed speed, not the driver" gives the driver."""
    siblings = [c for c in target.head.children if c.i > target.i]
    marks = ud.role_marks(target)
    siblings = [c for c in siblings if c.dep_ == target.dep_ or (marks and ud.role_marks(c) == marks)]
    for other in (*ud.children(target, "conj", "appos"), *siblings):
        if any(c.lower_ == "not" and c.i < other.i for c in other.children):
            return other
    return None


def thing(token: Token, passive: bool) -> Token | None:
    """What undergoes the verb: its object, or the subject of the passive."""
    if not passive:
        found = next(iter(ud.children(token, "obj", "iobj")), None)
        return early_object(token) if found is None else found
    own = ud.children(token, "nsubj:pass", "nsubj")
    if own:
        return ud.antecedent(own[0], token)
    return token.head if token.dep_ in ("acl", "acl:relcl") else ud.subject(token)


def early_object(token: Token) -> Token | None:
    """The object that the parse gives to the clause after it: Ann in "blasting Ann for promoting it"."""
    for clause in ud.children(token, "advcl", "xcomp", "ccomp"):
        marks = ud.children(clause, "mark")
        for found in ud.children(clause, "obj"):
            if marks and token.i < found.i < marks[0].i:
                return found
    return None


def verb_target(token: Token, verb: BlameVerb, passive: bool) -> Token | None:
    """The token of the blamed party."""
    if verb.target == "subject":
        return ud.subject(token)
    if verb.target == "object":
        if (any("that" in ud.role_marks(c) for c in ud.children(token, "ccomp"))) and not has_object(token):
            return None
        return thing(token, passive)
    if verb.target == "clause_subject":
        clause = next(iter(ud.children(token, "ccomp")), None)
        return ud.subject(clause) if clause is not None else None
    objects = ud.children(token, "obj")
    below = [t for held in objects for t in held.subtree if "object" in verb.issue]
    found = (role(holder, (verb.target,)) for holder in (token, *objects, *below))
    return next((one for one in found if one is not None and not ud.is_time(one)), None)


def verb_issue(token: Token, target: Token, verb: BlameVerb, passive: bool) -> Span | None:
    """What the target is blamed for."""
    if "object" in verb.issue:
        head = thing(token, passive)
        return (
            ud.phrase(head, without=[target] if target in head.subtree else ()) if head is not None else None
        )
    if "clause" in verb.issue:
        return predicate(next(iter(ud.children(token, "ccomp")), None))
    holders = [token, target, *ud.children(token, "obj")]
    head = next((found for holder in holders if (found := role(holder, verb.issue)) is not None), None)
    return bare(head) if head is not None else None


def of_denial(token: Token, book: BlamePredicates) -> Iterator[Tie]:
    """The denied tie of "denied any role in Y": who denies clears himself."""
    if token.lemma_ not in book.deniers or (subject := ud.subject(token)) is None:
        return
    for denied in ud.children(token, "obj"):
        if denied.lemma_ in book.disclaimed and not ud.children(denied, "acl", "ccomp", "nmod:poss"):
            issue = role(denied, ("in", "for", "of"))
            yield Tie(token, subject, subject, bare(issue) if issue is not None else None, True, False)
