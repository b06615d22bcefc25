"""Events of harm from the parse: who is harmed, how many, by whom, and in which grammatical form."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Doc, Token

from helpers.codebook_blame import BlamePredicates, HarmEvents
from helpers.lenses import clauses as ud
from helpers.lenses.blaming_roles import NEGATORS, realised, role
from helpers.lenses.spans import Span

Form = Literal["active", "passive_agent", "passive_no_agent", "nominal", "intransitive"]
NUMBERS = ("nummod",)
ABOUT = ("at", "least", "more", "than", "over", "about", "some", "nearly", "almost", "around", "up", "to", "hundreds",
         "tens", "dozens", "thousands", "scores")  # fmt: skip
NO_ONE = frozenset(("it", "there", "what"))


@dataclass(frozen=True)
class Harm:
    """One event: the word that tells it, its kind and form, head tokens of victim and agent, and the number's span."""

    cue: Token
    kind: str
    form: Form
    victim: Token | None
    number: Span | None
    agent: Token | None


def find_harm(doc: Doc, book: HarmEvents, words: BlamePredicates) -> list[Harm]:
    """The events a text tells as done, in text order; what is denied, wished for or to come is left out.

    `words` gives the modals, conditions and verbs of wishing.
    """
    found: list[Harm] = []
    for token in doc:
        if any(c.lower_ in NEGATORS and c.dep_ in ("advmod", "det") for c in token.children):
            continue
        found += [harm for harm in harm_at(token, book, words) if bodily(token, book)]
    return found


def harm_at(token: Token, book: HarmEvents, words: BlamePredicates) -> Iterator[Harm]:
    """The event at one token, if any."""
    lemma = token.lemma_.lower()
    verbs, suffers, nouns = (book.kind_of(part) for part in ("verbs", "suffers", "nouns"))
    adjectives = book.kind_of("adjectives")
    if token.pos_ == "VERB" and token.dep_ not in ("amod", "compound") and lemma in {**verbs, **suffers}:
        if realised(token, words) and not (
            token.dep_ in ("xcomp", "advcl", "acl") and "to" in ud.role_marks(token)
        ):
            yield of_verb(token, verbs.get(lemma, ""), suffers.get(lemma, ""), book)
    elif token.dep_ == "amod" and (kind := adjectives.get(token.lower_) or participle(token, verbs)):
        yield Harm(token, kind, "passive_no_agent", token.head, number_of(token.head), None)
    elif token.lower_ in adjectives and token.pos_ == "ADJ" and ud.children(token, "nsubj", "cop"):
        subject = ud.subject(token)
        yield Harm(token, adjectives[token.lower_], "intransitive", subject, number_of(subject), None)
    elif (
        token.pos_ in ("NOUN", "PROPN")
        and lemma in nouns
        and (token.dep_ != "compound" or token.head.lemma_ == "toll")
    ):
        yield of_noun(token, nouns[lemma], book)


def participle(token: Token, verbs: dict[str, str]) -> str:
    """The kind of a participle before its noun ("bombed buildings"), or the empty string."""
    return (
        verbs.get(token.lemma_.lower(), "")
        if token.pos_ == "VERB" and token.lower_.endswith(("ed", "en"))
        else ""
    )


def bodily(token: Token, book: HarmEvents) -> bool:
    """Whether a word is meant bodily: it is not loose, or a sign of violence stands in its sentence."""
    loose = book.loose()
    if token.lemma_.lower() not in loose:
        return True
    sure = {w for part in ("verbs", "suffers", "nouns") for w in book.kind_of(part)} - loose
    return any(t.i != token.i and t.lemma_.lower() in {*book.signs, *sure} for t in token.sent)


def of_verb(token: Token, kind: str, suffered: str, book: HarmEvents) -> Harm:
    """The event of a verb: active, passive, or said of the victim alone."""
    objects = ud.children(token, "obj")
    if suffered and not objects:
        victim = ud.subject(token)
        return Harm(token, suffered, "intransitive", victim, number_of(victim), behind(token, book))
    first = token.head if token.dep_ == "conj" and not ud.children(token, "nsubj", "nsubj:pass") else token
    bare = first.dep_ == "acl" and not objects and not token.lower_.endswith("ing")
    passive = ud.is_passive(token) or bare or (ud.is_passive(first) and not objects)
    if passive:
        own = ud.children(first, "nsubj:pass", "nsubj")
        victim = ud.antecedent(own[0], first) if own else passive_subject(first)
        agent = ud.agent(token) or ud.agent(first) or behind(token, book)
        form: Form = "passive_agent" if agent is not None else "passive_no_agent"
        return Harm(token, kind or suffered, form, victim, number_of(victim), agent)
    victim = objects[0] if objects else None
    agent = ud.subject(token)
    if agent is not None and (agent.lower_ in NO_ONE - {"it"} or agent == victim):
        agent = None
    return Harm(token, kind or suffered, "active", victim, number_of(victim), agent)


def passive_subject(token: Token) -> Token | None:
    """Who undergoes a passive without a subject of its own: the noun it describes, or the subject it shares."""
    return token.head if token.dep_ in ("acl", "acl:relcl") else ud.subject(token)


def behind(token: Token, book: HarmEvents) -> Token | None:
    """The doer named with the event that did the harm: "killed in a raid by X", "displaced due to X's operations"."""
    acts = {*book.kind_of("nouns"), *book.events_that_act}
    for child in ud.children(token, "obl"):
        marks = ud.role_marks(child)
        if child.lemma_ in acts and marks and marks[0] in ("in", "by", "during", "due", "from", "because"):
            return doer(child, book)
    return None


def doer(noun: Token, book: HarmEvents) -> Token | None:
    """Who does what an event noun tells: by-phrase, owner, nation or force before it, subject of "carried out"."""
    described = next(iter(ud.children(noun, "acl")), None)
    by_phrase = role(noun, ("by",)) or (ud.agent(described) if described is not None else None)
    if by_phrase is not None:
        return by_phrase
    owners = ud.children(noun, "nmod:poss")
    before = [c for c in ud.children(noun, "amod", "compound", "nmod:desc") if force(c)]
    for found in (owners, before):
        if found:
            return found[0]
    verb = noun.head
    if noun.dep_ == "obj" and verb.lemma_ in book.doing and verb.pos_ == "VERB":
        return ud.agent(verb) if ud.is_passive(verb) else ud.subject(verb)
    return None


def force(token: Token) -> bool:
    """Whether a word before an event noun names who acts: a nation, a group, or "coalition"; no month or place."""
    named = token.text[:1].isupper() and token.ent_type_ in ("", "ORG", "LOC") and not ud.is_time(token)
    known = token.pos_ == "ADJ" or token.text.isupper() or "." in token.text or token.ent_type_ == "ORG"
    return token.lemma_ == "coalition" or (named and known and token.i > token.sent.start)


def of_noun(token: Token, kind: str, book: HarmEvents) -> Harm:
    """The event of a noun with its victim ("strike on X", "death of X", "X's death") and doer."""
    owners = ud.children(token, "nmod:poss")
    if token.lemma_ == "hostage":
        near = [*ud.children(token, "acl"), *ud.children(token.head, "acl")]
        held = next((c for c in near if c.i == token.i + 1), None)
        return Harm(
            token, kind, "nominal", token, number_of(token), ud.agent(held) if held is not None else None
        )
    if kind in ("killing", "injury") and owners:
        return Harm(token, kind, "nominal", owners[0], number_of(token), role(token, ("by",)))
    prepositions = ("on", "against", "of", "at") if kind == "attack" else ("of",)
    victim = role(token, prepositions)
    if victim is None and token.dep_ == "nsubj" and token.head.lemma_ in ("target", "hit", "strike"):
        victim = next(iter(ud.children(token.head, "obj")), None)
    if victim is not None and ud.is_time(victim):
        victim = None
    if victim is None and kind == "killing":
        victim = next((c for c in ud.children(token, "amod", "compound") if c.text[:1].isupper()), None)
    agent = doer(token, book)
    return Harm(token, kind, "nominal", victim, number_of(token), agent if agent != victim else None)


def number_of(head: Token | None) -> Span | None:
    """The number with the words that soften it ("at least 10"), of a noun or of a number that stands alone."""
    if head is None:
        return None
    numbers = [head] if head.pos_ == "NUM" else ud.children(head, *NUMBERS)
    if not numbers and head.lower_ in ABOUT:
        numbers = [head]
    if not numbers:
        return None
    if numbers[0].lower_ in ABOUT:  # "tens of thousands"
        parts = [
            t for c in ud.children(head, "nmod") if c.lower_ in ABOUT for t in (c, *ud.children(c, "case"))
        ]
        return ud.span_of(sorted([head, *parts], key=lambda t: t.i))
    tokens = [
        t
        for t in numbers[0].subtree
        if (t.i <= numbers[0].i or t.pos_ == "NUM") and (t.dep_ != "case" or t.lower_ in ABOUT)
    ]
    soft = [c for c in ud.children(head, "advmod") if c.i < numbers[0].i and c.lower_ in ABOUT]
    return ud.span_of(sorted({*tokens, *soft}, key=lambda t: t.i))
