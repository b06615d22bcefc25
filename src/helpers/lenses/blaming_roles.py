"""What the words of blaming share: a tie, the phrases around a word, its negation, and whether it took place."""

from dataclasses import dataclass

from spacy.tokens import Token

from helpers.codebook_blame import BlamePredicates
from helpers.lenses import clauses as ud
from helpers.lenses.spans import Span

PHRASES = ("obl", "nmod", "advcl", "acl", "xcomp", "ccomp", "obl:agent")
UNFIT = frozenset(("hard", "impossible", "wrong", "unfair", "reason"))
NOBODY = frozenset(("those", "people", "anyone", "who", "what", "that", "everyone", "someone", "somebody"))
NEGATORS = frozenset(("not", "never", "no", "n't", "n’t", "without", "neither", "nor", "hardly"))


@dataclass(frozen=True)
class Tie:
    """One tie: head tokens of blamer (None when the words give none) and target, and what it is for.

    `inherits` says whether a missing blamer is the source of the attribution around it (a statement of
    guilt) and not simply left out (a passive without agent).
    """

    cue: Token
    blamer: Token | None
    target: Token
    issue: Span | None
    negated: bool
    inherits: bool


def has_object(token: Token) -> bool:
    """Whether a verb has an object of its own."""
    return bool(ud.children(token, "obj", "iobj"))


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
    left = ("mark", "nsubj", "nsubj:pass", "aux", "cc", "advmod", "punct")
    cut = [c for c in clause.children if c.i < clause.i and c.dep_ in left]
    cut += [c for c in clause.children if c.i > clause.i and c.dep_ in ("parataxis", "conj")]
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


def owner(token: Token) -> Token | None:
    """The possessor of a noun; "whose" stands for the noun its clause describes."""
    found = next(iter(ud.children(token, "nmod:poss")), None)
    if found is not None and found.lower_ == "whose":
        before = found.nbor(-1) if found.i > found.sent.start else found
        near = before.nbor(-1) if before.is_punct and before.i > found.sent.start else before
        clause = next((t for t in token.ancestors if t.dep_ == "acl:relcl"), None)
        return clause.head if clause is not None else (near if near.pos_ in ("PROPN", "NOUN") else None)
    return found


def blamer_of(verb: Token, book: BlamePredicates) -> Token | None:
    """Who utters a verb of blaming: its subject, who stands behind "a speech denouncing", who withholds it."""
    if verb.dep_ == "xcomp" and verb.head.lemma_ in (*book.withheld, *book.deniers):
        return ud.subject(verb.head)
    if verb.dep_ in ("xcomp", "csubj") and verb.head.lemma_ in UNFIT:
        return None
    if verb.dep_ == "conj" and ud.subject(verb) is None and verb.i > verb.sent.start:
        return subject_before(verb)
    if verb.dep_ != "acl" or not verb.lower_.endswith("ing"):
        return ud.subject(verb)
    carrier, after_comma = verb.head, verb.i > 0 and verb.nbor(-1).text == ","
    if carrier.lemma_ not in book.carriers and not after_comma:
        return carrier
    if carrier.lemma_ in book.carriers and (whose := owner(carrier)) is not None:
        return whose
    above = next((t for t in carrier.ancestors if t.pos_ in ("VERB", "AUX", "ADJ")), None)
    found = ud.subject(above) if above is not None else None
    return found if found is not None and found.i != carrier.i else carrier


def subject_before(verb: Token) -> Token | None:
    """The subject of the nearest verb before one that shares it ("which said ... and also accused")."""
    for at in reversed(verb.doc[verb.sent.start : verb.i]):
        if at.pos_ == "VERB" and at.dep_ in ("acl:relcl", "conj", "ROOT") and at.head.i != verb.i:
            found = ud.subject(at)
            if found is not None and found.i < at.i:
                return found
    return None


def named(token: Token | None) -> bool:
    """Whether a phrase names a person, or is the pronoun of one, or belongs to one."""
    if token is None:
        return False
    near = (token, *ud.children(token, "flat", "appos", "nmod:poss", "compound", "conj"))
    return any(t.ent_type_ == "PER" or (t.pos_ == "PRON" and t.lower_ in PERSONS) for t in near)


PERSONS = frozenset(
    ("he", "him", "his", "she", "her", "me", "i", "you", "us", "them", "they", "each", "other")
)


def question(token: Token) -> bool:
    """Whether the sentence asks: its last word is a question mark."""
    last = next((t for t in reversed(token.sent) if not t.is_space and t.text not in "”\"'’"), None)
    return last is not None and last.text == "?"


def negated(token: Token, book: BlamePredicates) -> bool:
    """Whether the blaming is said not to hold: a negation, a verb of denying or of withholding above it."""
    near = [*token.children, *(c for aux in ud.children(token, "aux", "cop") for c in aux.children)]
    if any(c.lower_ in NEGATORS or c.lemma_ in NEGATORS for c in near if c.dep_ != "conj"):
        return True
    above = token.head
    if token.dep_ in ("xcomp", "ccomp", "csubj", "advcl", "acl") and above.i != token.i:
        if above.lemma_ in (*book.deniers, *book.withheld) and token.dep_ in ("xcomp", "ccomp"):
            return True
        return above.lemma_ in UNFIT and token.dep_ != "advcl"
    return False


def realised(token: Token, book: BlamePredicates) -> bool:
    """Whether the blaming is told as done: not under a modal, a condition, a wish or a request."""
    if token.dep_ == "acl" and "to" in ud.role_marks(token) and token.head.head.lemma_ not in book.occasions:
        return False
    at = token
    for _ in range(4):
        for child in ud.children(at, "aux", "mark"):
            if child.lower_ in book.conditionals or (child.dep_ == "aux" and child.lower_ in book.modals):
                return False
        if at.head.lemma_ in book.unrealised and wished(at):
            return False
        if at.dep_ not in ("conj", "xcomp", "advcl") or at.head.i == at.i:
            return True
        at = at.head
    return True


def wished(token: Token) -> bool:
    """Whether a clause says what is wanted or asked for, not what is."""
    if token.dep_ == "advcl":
        return "to" in ud.role_marks(token)
    return token.dep_ == "xcomp" or (token.dep_ == "ccomp" and bool(ud.children(token, "mark")))
