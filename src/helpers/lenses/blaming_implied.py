"""Implied blame: what a source says somebody did, how it labels somebody, and what a text says was caused by whom.

Candidates come from the parse; whether one is blame is judged by a logistic regression on frozen sentence vectors
and a few marks of form (models/blame/README.md says how it was made and how often it errs).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc, Token

from helpers.codebook import ReportingVerbs
from helpers.codebook_blame import BlamePredicates
from helpers.language.encoder import model_file
from helpers.language.sentence import Encoder
from helpers.lenses import clauses as ud
from helpers.lenses.blaming_roles import NEGATORS, actor_first, negated, predicate, question, realised
from helpers.lenses.blaming_voice import voice_of
from helpers.lenses.spans import Span

KINDS = ("clause", "label", "cause", "agent", "because")
BECAUSE = (["because", "of"], ["due", "to"], ["thanks", "to"], ["as", "result", "of"])
EMPTY = frozenset(("it", "there", "who", "which", "what", "that", "this", "one", "nobody", "everyone"))
FIRST = frozenset(("i", "we", "me", "us", "my", "our"))
SECOND = frozenset(("you", "your"))
SIDE = ("cc", "mark", "punct", "parataxis")


@dataclass(frozen=True)
class Hint:
    """A candidate: the word that carries it, who would be blamed for what, and the words to be judged."""

    kind: str
    cue: Token
    target: Token
    issue: Span | None
    negated: bool
    act: str
    attributed: bool


def find_hints(
    doc: Doc,
    book: BlamePredicates,
    verbs: ReportingVerbs,
    attributions: Sequence[Mapping[str, Any]],
    quoted: Sequence[Span] = (),
) -> list[Hint]:
    """The candidates of a text, in text order; questions and what is merely imagined are left out.

    `attributions` are rows of the table; a candidate that nobody is said to utter must tell a cause, unless it stands
    in one of the spans `quoted`, whose speaker is then not known.
    """
    found: list[Hint] = []
    for token in doc:
        if token.pos_ not in ("VERB", "ADJ", "NOUN", "AUX") or question(token):
            continue
        spoken = any(start <= token.idx < end for start, end in quoted)
        spoken = spoken or voice_of(token, attributions, verbs) is not None
        found += hints_at(token, book, spoken)
    return found


def hints_at(token: Token, book: BlamePredicates, spoken: bool) -> Iterator[Hint]:
    """The candidates one token carries."""
    lemma = token.lemma_.lower()
    if token.pos_ == "VERB" and lemma in book.labels and realised(token, book):
        yield from label(token, book, spoken)
    agent = ud.agent(token) if token.pos_ == "VERB" else None
    if agent is not None and (spoken or causal(token, book)) and realised(token, book):
        yield from make("agent", token, agent, book, spoken)
        return
    if not realised(token, book):
        return
    yield from because(token, book, spoken)
    subject = own_subject(token)
    if subject is None:
        return
    if causal(token, book) and token.pos_ == "VERB":
        if not spoken and not ud.children(token, "obj") and lemma not in ("lead", "result", "fail"):
            return
        yield from make("cause", token, subject, book, spoken)
    elif spoken:
        yield from make("clause", token, subject, book, spoken)


def causal(token: Token, book: BlamePredicates) -> bool:
    """Whether a word tells that its subject made things worse, with its particle if it needs one ("hold up")."""
    lemma = token.lemma_.lower()
    phrases = {f"{lemma} {c.lower_}" for c in ud.children(token, "compound:prt", "advmod")}
    return lemma in book.causes or bool(phrases & set(book.causes))


def own_subject(token: Token) -> Token | None:
    """The subject of a clause, of a shared predicate, or the noun a clause describes."""
    own = ud.children(token, "nsubj", "nsubj:pass")
    if own:
        return ud.antecedent(own[0], token)
    if token.dep_ in ("conj", "advcl", "xcomp") and token.pos_ == "VERB":
        return ud.subject(token)
    if token.dep_ != "acl" or not token.lower_.endswith("ing") or ud.role_marks(token):
        return None
    if token.head.lower_ == "one" and (
        who := ud.children(token.head, "nsubj")
    ):  # "X is the one holding it up"
        return who[0]
    return token.head


def because(token: Token, book: BlamePredicates, spoken: bool) -> Iterator[Hint]:
    """The candidate of "X happened because of Y's neglect": Y, for the clause."""
    for child in ud.children(token, "obl", "nmod", "advcl"):
        if ud.role_marks(child)[:3] not in BECAUSE or child.lower_ in EMPTY or child.lower_ in FIRST:
            continue
        tokens = ud.tree(token, [c for c in token.children if c.i >= child.i or c.dep_ in SIDE])
        issue = ud.span_of([t for t in tokens if t.i <= child.i])
        if issue is None:
            continue
        head, owned = actor_first(child, None, book)
        if unanswered(head, book):
            continue
        text = token.doc.text
        who = f"Someone's {text[slice(*owned)]}" if owned else "Someone"
        yield Hint(
            "because", child, head, issue, negated(token, book), f"{who} caused {text[slice(*issue)]}", spoken
        )


def unanswered(target: Token, book: BlamePredicates) -> bool:
    """Whether nobody answers for a cause: a relation, a state of affairs or a time without a party ("a rift")."""
    return target.pos_ == "NOUN" and (target.lemma_.lower() in book.unanswered or ud.is_time(target))


def make(kind: str, token: Token, target: Token, book: BlamePredicates, spoken: bool) -> Iterator[Hint]:
    """A candidate with the owner of an act as its target, unless the target is an empty word or the speaker."""
    whole = predicate(token)
    if target.lower_ in EMPTY or whole is None:
        return
    subject = ud.phrase(target, without=ud.branches(target, token))
    head, owned = actor_first(target, None, book)
    if head.lower_ in FIRST or subject is None or unanswered(head, book):
        return
    text = token.doc.text
    act = text[slice(*whole)]
    who = f"Someone's {text[slice(*owned)]}" if owned else "Someone"
    if kind == "agent":
        thing = next(iter(ud.children(token, "nsubj:pass")), token.head)
        act = f"did this: {' '.join(t.text for t in thing.subtree if t.i < token.i)} {token.text}"
    yield Hint(kind, token, head, whole, negated(token, book), f"{who} {act}", spoken)


def label(token: Token, book: BlamePredicates, spoken: bool) -> Iterator[Hint]:
    """The candidate of "called X a liar", "portrayed X as reckless"."""
    target, said = labelled(token, book)
    if target is None or said is None or target.lower_ in EMPTY - {"it"} or target.lower_ in FIRST:
        return
    after = max(target.i, token.i) if target.i < said.i else token.i
    tokens = [t for t in ud.tree(said, [target]) if t.lower_ not in ("as", "to") and t.i > after]
    issue = ud.span_of(tokens)
    if issue is None:
        return
    head, owned = actor_first(target, None, book)
    who = f"Someone's {token.doc.text[slice(*owned)]}" if owned else "Someone"
    yield Hint(
        "label", token, head, issue, negated(token, book), f"{who} is {token.doc.text[slice(*issue)]}", True
    )


def labelled(token: Token, book: BlamePredicates) -> tuple[Token | None, Token | None]:
    """Who is given a label and the label: "called X a liar", "likened X to a thief", "a move X called a breach"."""
    joined = "to" if token.lemma_ in book.likening else "as"
    after = [c for c in ud.children(token, "xcomp", "obl", "advcl", "obj", "ccomp", "nmod") if c.i > token.i]
    target = next(iter(ud.children(token, "obj", "nsubj:pass")), None)
    if token.dep_ == "acl:relcl" and target in after and not ud.children(token, "xcomp") and joined == "as":
        return token.head, target
    if target is not None and target.lower_ in ud.RELATIVES:
        target = ud.antecedent(target, token)
    below = [c for c in (*after, *(ud.children(target, "nmod") if target else ())) if c != target]
    said = [c for c in below if (joined == "as" and c.dep_ in ("xcomp", "obj")) or joined in ud.role_marks(c)]
    return target, said[0] if said else None


def marks(hint: Hint, book: BlamePredicates) -> list[float]:
    """Marks of form: kind, attributed or not, target, negation, shape of the clause, and bad and good words in it."""
    words = [t for t in hint.cue.subtree if t.i not in {u.i for u in hint.target.subtree} or t == hint.cue]
    lemmas = {t.lemma_.lower() for t in words}
    lower, lemma = hint.target.lower_, hint.cue.lemma_.lower()
    return [
        *(float(hint.kind == kind) for kind in KINDS),
        float(hint.attributed),
        float(hint.negated or any(t.lower_ in NEGATORS for t in hint.cue.children)),
        float(hint.target.ent_type_ in ("PER", "ORG")),
        float(hint.target.pos_ == "PROPN"),
        float(hint.target.pos_ == "PRON"),
        float(lower in SECOND),
        float(lower in ("they", "he", "she")),
        float(bool(lemmas & set(book.bad_outcomes))),
        float(causal(hint.cue, book)),
        float(hint.cue.dep_ in ("ROOT", "ccomp")),
        float(hint.cue.pos_ == "VERB"),
        float(lemma in book.wrongs),
        float(min(len(lemmas & set(book.wrongs)), 3)),
        float(min(len(lemmas & set(book.praises)), 3)),
        float(hint.target.dep_ == "nsubj:pass"),
        float(bool(ud.children(hint.cue, "obj"))),
        float(bool(ud.children(hint.cue, "cop"))),
        float(bool(ud.children(hint.cue, "aux"))),
    ]


def features(hints: Sequence[Hint], book: BlamePredicates, encoder: Encoder) -> NDArray[np.float32]:
    """Rows (n, 384 + 384 + marks) of the candidates: the act, the sentence it stands in, and marks of form."""
    form = np.array([marks(hint, book) for hint in hints], np.float32)
    around = [hint.cue.sent.text for hint in hints]
    once = sorted(set(around))
    place = {text: number for number, text in enumerate(once)}
    sentences = encoder.encode(once)[[place[text] for text in around]]
    return np.hstack([encoder.encode([hint.act for hint in hints]), sentences, form])


@dataclass(frozen=True)
class Judge:
    """A logistic regression: `weights` (m,), `bias`, and the chance from which a candidate counts as blame."""

    weights: NDArray[np.float32]
    bias: float
    threshold: float

    def chances(self, hints: Sequence[Hint], book: BlamePredicates, encoder: Encoder) -> NDArray[np.float32]:
        """The chance that each candidate is blame, between 0 and 1."""
        if not hints:
            return np.zeros(0, np.float32)
        scores = features(hints, book, encoder) @ self.weights + self.bias
        return np.asarray(1 / (1 + np.exp(-scores)), np.float32)


@lru_cache(maxsize=1)
def shipped_judge() -> Judge:
    """The judge that comes with the package, loaded once a process."""
    with np.load(model_file("blame", "implied.npz")) as held:
        return Judge(held["weights"].astype(np.float32), float(held["bias"]), float(held["threshold"]))
