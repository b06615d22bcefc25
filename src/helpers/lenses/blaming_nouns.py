"""Explicit blame in nouns and states: "criticism of X", "claims that X did", "X is to blame", "critical of X"."""

from collections.abc import Iterator

from spacy.tokens import Token

from helpers.codebook_blame import BlameNoun, BlamePredicates, BlameState
from helpers.lenses import clauses as ud
from helpers.lenses.blaming_roles import (
    NOBODY,
    Tie,
    actor_first,
    bare,
    blamer_of,
    named,
    negated,
    owner,
    predicate,
    realised,
    role,
)
from helpers.lenses.spans import Span

VOICING = ("repeat", "make", "level", "voice", "renew", "reiterate", "continue", "launch", "press", "have")
AMOUNTS = ("lot", "deal", "share", "storm", "wave", "barrage", "flood", "part", "rest", "bulk", "burden")


def of_judgement(token: Token, book: BlamePredicates) -> Iterator[Tie]:
    """The tie of "X is critical of Y"."""
    target = role(token, ("of", "at", "with"))
    if target is not None and realised(token, book):
        head, issue = actor_first(target, None, book)
        yield Tie(token, ud.subject(token), head, issue, negated(token, book), True)


def of_noun(token: Token, noun: BlameNoun, book: BlamePredicates) -> Iterator[Tie]:
    """Ties of a noun of blaming: "Y's criticism of X", "claims that X did", "X drew criticism from Y"."""
    verb = governor(token)
    target, issue = noun_target(token, noun, book)
    if target is None or target.lower_ in NOBODY or any(c.lower_ == "no" for c in token.children):
        return
    if ud.role_marks(token) == ["in"] or (verb.pos_ in ("VERB", "ADJ", "NOUN") and not realised(verb, book)):
        return
    named_issue = role(token, tuple(p for p in noun.issue if p != "clause"))
    if named_issue is None and verb.lemma_ in book.receivers:
        named_issue = role(verb, ("for", "over"))
    if named_issue is not None and named_issue.i != target.i:
        issue = bare(named_issue) or issue
    target, issue = actor_first(target, issue, book)
    blamer = owner(token) or role(token, noun.blamer) or noun_voice(token, verb, noun, book)
    if noun.aimed and not named(target) and not (target.pos_ == "PROPN" and named(blamer)):
        return
    yield Tie(token, blamer, target, issue, False, False)
    denier = blamer_of(verb, book) if token.dep_ in ("obj", "obl") and verb.lemma_ in book.deniers else None
    if denier is not None:
        yield Tie(verb, denier, target, issue, True, False)


def governor(token: Token) -> Token:
    """The verb a noun depends on, past a word of amount ("a lot of criticism")."""
    through = token.dep_ == "nmod" and token.head.lemma_ in AMOUNTS
    return token.head.head if through else token.head


def noun_voice(token: Token, verb: Token, noun: BlameNoun, book: BlamePredicates) -> Token | None:
    """Who utters a blame: the from-phrase of "drew criticism", the subject of "voiced criticism"."""
    found = role(verb, noun.blamer)
    if found is not None and (verb.lemma_ in book.receivers or found.left_edge.i == token.i + 1):
        return found
    return ud.subject(verb) if verb.lemma_ in VOICING and token.dep_ in ("obj", "obl") else None


def noun_target(token: Token, noun: BlameNoun, book: BlamePredicates) -> tuple[Token | None, Span | None]:
    """Who a noun of blaming is aimed at, and the act when a clause tells it."""
    for child in [c for t in token.subtree for c in ud.children(t, "acl", "ccomp", "acl:relcl")]:
        if "clause_subject" in noun.target and "that" in ud.role_marks(child) and child.i > token.i:
            subjects = [c for c in ud.children(child, "nsubj", "nsubj:pass") if c.lower_ != "that"]
            return next(iter(subjects), None), predicate(child)
    found = role(token, tuple(p for p in noun.target if p != "clause_subject")) or met_with(token, noun)
    verb = governor(token)
    received = verb.lemma_ in book.receivers and verb.pos_ == "VERB" and token.dep_ != "nsubj"
    if found is None and received and (not noun.aimed or verb.lemma_ == "come"):
        found = ud.subject(verb)
    return (found, None) if found is None or found.pos_ in ("NOUN", "PROPN", "PRON") else (None, None)


def met_with(token: Token, noun: BlameNoun) -> Token | None:
    """Who meets a blame: "X was subject to criticism from Y", "the criticism X received", "X amid attacks from Y"."""
    verb, marks = token.head, ud.role_marks(token)
    if verb.lemma_ == "subject" and marks == ["to"]:
        return next(iter(ud.children(verb, "nsubj")), None)
    for clause in ud.children(token, "acl:relcl", "acl"):
        if clause.lemma_ in ("receive", "face", "draw", "get", "take", "endure") and has_subject(clause):
            return ud.subject(clause)
    above = verb.head if verb.lemma_ in ("face", "wave", "barrage") else verb
    if (marks == ["amid"] or verb.lemma_ == "face") and role(token, noun.blamer) is not None:
        return ud.subject(above) if above.pos_ == "VERB" else None
    return None


def has_subject(clause: Token) -> bool:
    """Whether a relative clause has a subject beside the pronoun."""
    return any(c.lower_ not in ud.RELATIVES for c in ud.children(clause, "nsubj"))


def of_state(token: Token, state: BlameState, book: BlamePredicates) -> Iterator[Tie]:
    """Ties of being to blame: "X is to blame for Y", "X is responsible for the deaths", "Y is X's fault"."""
    target, issue_head = state_roles(token, state)
    if target is None or target.lower_ in NOBODY or not realised(token, book):
        return
    if state.shape == "adjective":
        words = {t.lemma_.lower() for t in issue_head.subtree} if issue_head is not None else set()
        if not words & set(book.bad_outcomes) or token.head.lemma_ == "hold":
            return
    issue = bare(issue_head) if issue_head is not None else None
    confessed = state.shape == "accepted" and token.head.lemma_ not in ("bear", "share", "deserve")
    blamer = target if confessed else None
    yield Tie(token, blamer, target, issue, negated(token, book) or negated(token.head, book), True)


def state_roles(token: Token, state: BlameState) -> tuple[Token | None, Token | None]:
    """Target and issue of a state of guilt, (None, None) when the shape is not there."""
    subject = next(iter(ud.children(token, "nsubj", "nsubj:outer")), None)
    has_be = bool(ud.children(token, "cop")) or token.head.lemma_ == "be"
    marks = ud.role_marks(token)
    issue = role(token, state.issue)
    if state.shape == "accepted":
        taken = token.dep_ == "obj" and token.head.lemma_ in state.verbs
        whole = issue or role(token.head, state.issue)
        return (ud.subject(token.head), whole) if taken and role(token, ("on",)) is None else (None, None)
    if state.shape == "owned":
        owners = ud.children(token, "nmod:poss") or [t for t in (role(token, ("of",)),) if t is not None]
        return (owners[0], subject) if owners and has_be else (None, None)
    if state.shape == "to_infinitive" and not ("to" in marks and has_be):
        return None, None
    if state.shape == "at_noun" and not ("at" in marks and has_be):
        return None, None
    if subject is not None and has_be:
        return ud.antecedent(subject, token), issue
    described = token.dep_ in ("amod", "acl", "acl:relcl") and state.shape == "adjective"
    return (token.head, issue) if described else (ud.subject(token) if has_be else None, issue)
