"""Explicit blame from the parse: a word of blaming with the roles around it (Liang et al. 2019)."""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from helpers.codebook import BlameNoun, BlamePredicates, BlameState, BlameVerb
from helpers.lenses import clauses as ud
from helpers.lenses.attribution import is_time
from helpers.lenses.spans import Span

CLAUSES = ("ccomp", "acl", "acl:relcl", "advcl", "xcomp")
PHRASES = ("obl", "nmod", "advcl", "acl", "xcomp", "ccomp", "obl:agent")
NOBODY = frozenset(("those", "people", "anyone", "who", "what", "that", "everyone"))
NEGATORS = frozenset(("not", "never", "no", "n't", "without", "neither", "nor", "hardly"))


@dataclass(frozen=True)
class Tie:
    """One explicit tie: head tokens of blamer (None when the words give none) and target, and what it is for.

    `inherits` says whether a missing blamer is the source of the attribution around it (a statement of
    guilt) and not simply left out (a passive without agent).
    """

    cue: Token
    blamer: Token | None
    target: Token
    issue: Span | None
    negated: bool
    inherits: bool


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
    elif token.pos_ == "NOUN":
        for noun in book.nouns:
            if lemma in noun.lemmas:
                yield from of_noun(token, noun, book)
    elif token.pos_ == "ADJ" and lemma in book.judging:
        yield from of_judgement(token, book)


def of_judgement(token: Token, book: BlamePredicates) -> Iterator[Tie]:
    """The tie of "X is critical of Y"."""
    target = role(token, ("of",))
    if target is not None and realised(token, book):
        head, issue = actor_first(target, None, book)
        yield Tie(token, ud.subject(token), head, issue, negated(token, book), True)


def of_verb(token: Token, verb: BlameVerb, book: BlamePredicates) -> Iterator[Tie]:
    """Ties of a verb of blaming: active, passive, participle and relative clause."""
    passive = ud.is_passive(token) or (token.dep_ == "acl" and not has_object(token) and token.tag_ != "VBG")
    if token.dep_ == "acl" and token.lower_.endswith("ing"):
        passive = False
    if verb.particle and not {c.lower_ for c in ud.children(token, "compound:prt", "advmod")} & set(
        verb.particle
    ):
        return
    if verb.company and not {t.lemma_ for c in token.children for t in (c, *c.children)} & set(verb.company):
        return
    target = verb_target(token, verb, passive)
    if target is None or (target.lower_ in NOBODY and target.dep_ != "nsubj:pass"):
        return
    issue = verb_issue(token, target, verb, passive)
    target, issue = actor_first(target, issue, book)
    blamer = ud.agent(token) if passive else ud.subject(token)
    if blamer is not None and blamer.i == target.i:
        blamer = None
    yield Tie(token, blamer, target, issue, negated(token, book), not passive)


def has_object(token: Token) -> bool:
    """Whether a verb has an object of its own."""
    return bool(ud.children(token, "obj", "iobj"))


def thing(token: Token, passive: bool) -> Token | None:
    """What undergoes the verb: its object, or the subject of the passive."""
    if not passive:
        return next(iter(ud.children(token, "obj", "iobj")), None)
    own = ud.children(token, "nsubj:pass", "nsubj")
    if own:
        return ud.antecedent(own[0], token)
    return token.head if token.dep_ in ("acl", "acl:relcl") else ud.subject(token)


def verb_target(token: Token, verb: BlameVerb, passive: bool) -> Token | None:
    """The token of the blamed party."""
    if verb.target == "object":
        if (any("that" in ud.role_marks(c) for c in ud.children(token, "ccomp"))) and not has_object(token):
            return None
        return thing(token, passive)
    if verb.target == "clause_subject":
        clause = next(iter(ud.children(token, "ccomp")), None)
        return ud.subject(clause) if clause is not None else None
    holders = [token, *ud.children(token, "obj")]
    found = (role(holder, (verb.target,)) for holder in holders)
    return next((one for one in found if one is not None and not is_time(one)), None)


def verb_issue(token: Token, target: Token, verb: BlameVerb, passive: bool) -> Span | None:
    """What the target is blamed for."""
    if "object" in verb.issue:
        head = thing(token, passive)
        return ud.phrase(head) if head is not None else None
    if "clause" in verb.issue:
        return predicate(next(iter(ud.children(token, "ccomp")), None))
    head = role(token, verb.issue) or role(target, verb.issue)
    return bare(head) if head is not None else None


def role(token: Token, prepositions: tuple[str, ...]) -> Token | None:
    """The first phrase or clause after a word that one of these prepositions introduces."""
    for child in ud.children(token, *PHRASES):
        marks = ud.role_marks(child)
        if child.i > token.i and marks and marks[0] in prepositions:
            return child
    return None


def bare(head: Token) -> Span | None:
    """A phrase or clause without its preposition and without looser clauses that follow it."""
    cut = [c for c in head.children if c.dep_ in ("case", "mark") and c.i < head.i]
    cut += [c for c in head.children if c.dep_ in ("parataxis",) or (c.dep_ == "conj" and c.pos_ == "VERB")]
    return ud.span_of(
        [t for t in ud.tree(head, cut) if t.i > max((c.i for c in cut if c.i < head.i), default=-1)]
    )


def predicate(clause: Token | None) -> Span | None:
    """A clause without its subject and conjunction: the act it tells."""
    if clause is None:
        return None
    cut = [
        c
        for c in clause.children
        if c.i < clause.i and c.dep_ in ("mark", "nsubj", "nsubj:pass", "aux", "cc")
    ]
    return ud.span_of(ud.tree(clause, cut))


def actor_first(target: Token, issue: Span | None, book: BlamePredicates) -> tuple[Token, Span | None]:
    """An owned act gives its owner as target, and itself as the issue when there is no other."""
    if target.pos_ == "PROPN" or target.lemma_ in book.parties:
        return target, issue
    owners = ud.children(target, "nmod:poss")
    if not owners:
        return target, issue
    rest = ud.span_of([t for t in ud.tree(target, owners) if t.i > owners[0].right_edge.i])
    return owners[0], issue or rest


def of_noun(token: Token, noun: BlameNoun, book: BlamePredicates) -> Iterator[Tie]:
    """Ties of a noun of blaming: "Y's criticism of X", "claims that X did", "X drew criticism from Y"."""
    target, issue = noun_target(token, noun, book)
    if target is None or target.lower_ in NOBODY or any(c.lower_ == "no" for c in token.children):
        return
    named = role(token, tuple(p for p in noun.issue if p != "clause"))
    if named is not None and named.i != target.i:
        issue = bare(named) or issue
    target, issue = actor_first(target, issue, book)
    blamer = owner(token) or role(token, noun.blamer)
    verb = token.head
    mine = verb.lemma_ not in book.deniers and verb.lemma_ in (
        "repeat",
        "make",
        "level",
        "voice",
        "renew",
        "reiterate",
    )
    if blamer is None and mine and token.dep_ == "obj":
        blamer = ud.subject(verb)
    yield Tie(token, blamer, target, issue, False, False)
    if (
        token.dep_ in ("obj", "obl")
        and verb.lemma_ in book.deniers
        and (denier := ud.subject(verb)) is not None
    ):
        yield Tie(verb, denier, target, issue, True, False)


def noun_target(token: Token, noun: BlameNoun, book: BlamePredicates) -> tuple[Token | None, Span | None]:
    """Who a noun of blaming is aimed at, and the act when a clause tells it."""
    for child in ud.children(token, "acl", "ccomp", "acl:relcl"):
        if "clause_subject" in noun.target and "that" in [t.lower_ for t in (child.left_edge, token.nbor())]:
            return next(iter(ud.children(child, "nsubj", "nsubj:pass")), None), predicate(child)
    found = role(token, tuple(p for p in noun.target if p != "clause_subject"))
    if found is None and token.head.lemma_ in book.receivers and token.dep_ in ("obj", "obl"):
        found = ud.subject(token.head)
    return (found, None) if found is None or found.pos_ in ("NOUN", "PROPN", "PRON") else (None, None)


def owner(token: Token) -> Token | None:
    """The possessor of a noun; "whose" stands for the noun its clause describes."""
    found = next(iter(ud.children(token, "nmod:poss")), None)
    if found is not None and found.lower_ == "whose":
        clause = next((t for t in token.ancestors if t.dep_ == "acl:relcl"), None)
        return clause.head if clause is not None else None
    return found


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
    yield Tie(token, None, target, issue, negated(token, book), True)


def state_roles(token: Token, state: BlameState) -> tuple[Token | None, Token | None]:
    """Target and issue of a state of guilt, (None, None) when the shape is not there."""
    subject = next(iter(ud.children(token, "nsubj", "nsubj:outer")), None)
    has_be = bool(ud.children(token, "cop")) or token.head.lemma_ == "be"
    marks = ud.role_marks(token)
    issue = role(token, state.issue)
    if state.shape == "owned":
        owners = ud.children(token, "nmod:poss")
        return (owners[0], subject) if owners and has_be else (None, None)
    if state.shape == "to_infinitive" and not ("to" in marks and has_be):
        return None, None
    if state.shape == "at_noun" and not ("at" in marks and has_be):
        return None, None
    if subject is not None and has_be:
        return ud.antecedent(subject, token), issue
    described = token.dep_ in ("amod", "acl", "acl:relcl") and state.shape == "adjective"
    return (token.head, issue) if described else (ud.subject(token) if has_be else None, issue)


def question(token: Token) -> bool:
    """Whether the sentence asks: its last word is a question mark."""
    last = next((t for t in reversed(token.sent) if not t.is_space and t.text not in "”\"'’"), None)
    return last is not None and last.text == "?"


def negated(token: Token, book: BlamePredicates) -> bool:
    """Whether the blaming is said not to hold: a negation, a verb of denying or of withholding above it."""
    if any(c.lower_ in NEGATORS or c.lemma_ in NEGATORS for c in token.children):
        return True
    above = token.head
    if token.dep_ in ("xcomp", "ccomp", "csubj", "advcl") and above.i != token.i:
        if above.lemma_ in (*book.deniers, *book.withheld) and token.dep_ in ("xcomp", "ccomp"):
            return True
        return above.lemma_ in ("hard", "impossible", "wrong", "unfair") and token.dep_ in (
            "csubj",
            "xcomp",
            "ccomp",
        )
    return False


def realised(token: Token, book: BlamePredicates) -> bool:
    """Whether the blaming is told as done: not under a modal, a condition, a wish or a request."""
    if token.dep_ == "acl" and "to" in ud.role_marks(token):
        return False
    at = token
    for _ in range(4):
        for child in ud.children(at, "aux", "mark"):
            if child.lower_ in book.conditionals or (child.dep_ == "aux" and child.lower_ in book.modals):
                return False
        if at.dep_ in ("xcomp", "ccomp", "advcl") and at.head.lemma_ in book.unrealised and _wished(at):
            return False
        if at.dep_ not in ("conj", "xcomp", "advcl") or at.head.i == at.i:
            return True
        at = at.head
    return True


def _wished(token: Token) -> bool:
    return token.dep_ == "xcomp" or "to" in ud.role_marks(token) or bool(ud.children(token, "mark"))
