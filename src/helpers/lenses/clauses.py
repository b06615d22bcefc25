"""Walks over Universal Dependencies trees: clauses, subjects, roles and noun phrases as character spans."""

from collections.abc import Container, Iterable

from spacy.tokens import Token

from helpers.lenses.spans import EDGE, Span

SUBJECTS = ("nsubj", "nsubj:pass", "nsubj:outer", "csubj", "expl")
LINKS = ("conj", "xcomp", "advcl", "advcl:relcl", "aux", "cop")
LOOSE = ("acl:relcl", "parataxis", "punct", "dep")
SIDE = ("cc", "punct", "conj", "parataxis", "dep", "discourse")
RELATIVES = ("who", "which", "that", "whom")
AGENTS = ("obl:agent", "obl")
TIMES = frozenset({
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "today", "yesterday",
    "tomorrow", "week", "month", "year", "day", "night", "morning", "afternoon", "evening", "weekend",
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december", "interview", "statement", "speech", "email", "tweet", "conference",
    "debate", "rally", "event",
})  # fmt: skip


def children(token: Token, *labels: str) -> list[Token]:
    """The children of a token with one of these relations, in text order."""
    return [child for child in token.children if child.dep_ in labels]


def role_marks(token: Token) -> list[str]:
    """The prepositions or conjunctions that mark a phrase or clause, lower-cased ("according to" as two)."""
    return [m.lower_ for c in children(token, "case", "mark") for m in [c, *children(c, "fixed")]]


def tree(token: Token, without: Iterable[Token] = ()) -> list[Token]:
    """The tokens under a token, itself included, in text order, without the subtrees of `without`."""
    cut = {t.i for root in without for t in root.subtree}
    return sorted((t for t in token.subtree if t.i not in cut and not t.is_space), key=lambda t: t.i)


def span_of(tokens: list[Token], edge: str = EDGE) -> Span | None:
    """The character span from the first to the last token, punctuation at its edges left out."""
    held = [token for token in tokens if token.text.strip(edge)]
    if not held:
        return None
    return held[0].idx, held[-1].idx + len(held[-1])


def runs(tokens: list[Token]) -> list[Span]:
    """The spans of the unbroken runs of these tokens (whitespace tokens do not break a run)."""
    groups: list[list[Token]] = []
    for token in sorted(tokens, key=lambda t: t.i):
        before = groups[-1][-1] if groups else None
        if before is not None and all(token.doc[i].is_space for i in range(before.i + 1, token.i)):
            groups[-1].append(token)
        else:
            groups.append([token])
    return [span for group in groups if (span := span_of(group))]


def phrase(head: Token, *, whole: bool = False, without: Iterable[Token] = ()) -> Span | None:
    """A noun phrase as a span: without its preposition and, unless `whole`, without what follows loosely.

    Loose are relative clauses, appositions after a comma, and anything else set off by a comma or dash.
    `without` names subtrees to leave out.
    """
    cut = [c for c in head.children if c.dep_ in ("case", "mark", "cc", "punct") and c.i < head.i]
    cut += [c for c in head.children if c.i > head.i and c.dep_ in ("parataxis", "dep")]
    cut += without
    cut += [c for c in head.children if c.i > head.i and c.dep_ == "case"]
    if not whole:
        cut += [c for c in head.children if c.i > head.i and (c.dep_ in LOOSE or _set_off(c))]
    return span_of([t for t in tree(head, cut) if t.i >= _left_edge(head, cut)])


def _left_edge(head: Token, cut: list[Token]) -> int:
    return max(
        [t.i + 1 for c in cut if c.i < head.i and c.dep_ in ("case", "mark", "cc") for t in c.subtree],
        default=0,
    )


def _set_off(token: Token) -> bool:
    first = token.left_edge
    marks = [c for c in token.children if c.dep_ == "punct" and c.i < token.i]
    edge = marks[0] if marks else first
    before = token.doc[edge.i - 1] if edge.i else edge
    return token.dep_ in ("appos", "acl", "advcl", "nmod", "conj") and (
        (edge.text in ",–—(-" or before.text in ",–—(") and token.dep_ != "conj"
    )


def subject(verb: Token) -> Token | None:
    """Who does what the verb says: its own subject, else that of the clause it hangs on."""
    seen: set[int] = set()
    at = verb
    while at.i not in seen:
        seen.add(at.i)
        own = [c for c in children(at, "nsubj", "nsubj:pass", "nsubj:outer") if c.i < at.i or at.i == verb.i]
        own = [c for c in own if not role_marks(c)]
        own = ([c for c in own if c.i < at.i] or own)[-1:]
        if own and not (at.i != verb.i and own[0].dep_ == "nsubj:pass" and at.dep_ == "conj"):
            return antecedent(own[0], at)
        if at.dep_ == "acl":
            return at.head
        if at.dep_ == "acl:relcl":
            return at.head
        if at.dep_ == "xcomp" and (objects := children(at.head, "obj", "iobj")) and at.i == verb.i:
            return objects[0]
        if at.dep_ not in LINKS or at.head.i == at.i:
            return None
        at = at.head
    return None


def branches(token: Token, below: Token) -> list[Token]:
    """The child of a token on the way down to another token, if that stands under it."""
    line = {t.i for t in (below, *below.ancestors)}
    return [child for child in token.children if child.i in line]


def antecedent(token: Token, verb: Token) -> Token:
    """The noun a relative pronoun stands for, else the token itself."""
    if token.lower_ in RELATIVES and token.pos_ == "PRON":
        at = verb
        while at.dep_ in ("conj", "xcomp") and at.head.i != at.i:
            at = at.head
        if at.dep_ == "acl:relcl":
            return nearest_person(token, at.head) if token.lower_ == "who" else at.head
    return token


def nearest_person(pronoun: Token, head: Token) -> Token:
    """The name that stands right before "who", when it belongs to the phrase; else the phrase's head."""
    at = next((t for t in reversed(pronoun.doc[head.i : pronoun.i]) if not t.is_punct), head)
    while at.dep_ in ("flat", "compound") and at.head.i > head.i:
        at = at.head
    return at if at.pos_ == "PROPN" and at.ent_type_ == "PER" else head


def agent(verb: Token) -> Token | None:
    """The by-phrase of a passive verb or a participle."""
    for child in children(verb, *AGENTS):
        if child.dep_ == "obl:agent" or role_marks(child) == ["by"]:
            return child
    return None


def is_passive(verb: Token) -> bool:
    """Whether the verb is passive: by its subject or auxiliary, or as a bare participle with a by-phrase."""
    if children(verb, "nsubj:pass", "aux:pass", "csubj:pass"):
        return True
    return verb.dep_ == "acl" and agent(verb) is not None


def verb_group(verb: Token, particles: Container[str] = ()) -> list[Token]:
    """The verb with its auxiliaries, negation, particle, and one of `particles` right after it."""
    group = [verb]
    for child in verb.children:
        near = abs(child.i - verb.i) <= 4 and not any(
            t.is_punct for t in verb.doc[min(child.i, verb.i) : max(child.i, verb.i)]
        )
        if near and (
            child.dep_ in ("aux", "aux:pass", "compound:prt")
            or (child.lemma_ in ("not", "never"))
            or (child.dep_ == "advmod" and abs(child.i - verb.i) == 1 and child.i < verb.i)
        ):
            group.append(child)
    after = verb.doc[max(t.i for t in group) + 1 :][:1]
    if len(after) and after[0].lower_ in particles:
        group.append(after[0])
    return sorted(group, key=lambda t: t.i)


def is_time(token: Token) -> bool:
    """Whether a phrase only says when or on what occasion something was said."""
    return token.dep_ in ("obl:unmarked", "obl:tmod") or token.lemma_.lower() in TIMES
