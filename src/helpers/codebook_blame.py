"""The codebooks of blame and of harm: their words and where they put who did what."""

from typing import Literal

from pydantic import model_validator

from helpers.codebook_base import Strict, repeated


class BlameVerb(Strict):
    """Verbs of blaming and where they put the target and the issue.

    `target` is "object", "subject", "clause_subject" or a preposition; `issue` holds prepositions, "object" or
    "clause"; `particle` names a particle that must follow, `company` nouns and adjectives that must depend on it;
    with `person` the target must be a person (the verb has a bodily sense too); with `clears` the verb takes blame
    away.
    """

    lemmas: tuple[str, ...]
    target: str
    issue: tuple[str, ...]
    particle: tuple[str, ...] = ()
    company: tuple[str, ...] = ()
    person: bool = False
    clears: bool = False


class BlameNoun(Strict):
    """Nouns of blaming; the roles hold prepositions, or "clause_subject" (target) and "clause" (issue).

    With `aimed` blamer or target must be a person (the noun has a bodily sense too).
    """

    lemmas: tuple[str, ...]
    target: tuple[str, ...]
    blamer: tuple[str, ...]
    issue: tuple[str, ...]
    aimed: bool = False


class BlameState(Strict):
    """States of being to blame, said of the target: "is to blame", "is at fault", "took the blame" (`verbs`)."""

    lemmas: tuple[str, ...]
    shape: Literal["to_infinitive", "adjective", "at_noun", "owned", "accepted"]
    issue: tuple[str, ...]
    verbs: tuple[str, ...] = ()


class BlamePredicates(Strict):
    """Words of blaming with their roles, and the words that deny, withhold or merely imagine a blaming."""

    name: str
    citation: str
    verbs: tuple[BlameVerb, ...]
    nouns: tuple[BlameNoun, ...]
    states: tuple[BlameState, ...]
    judging: tuple[str, ...]
    parties: tuple[str, ...]
    receivers: tuple[str, ...]
    bad_outcomes: tuple[str, ...]
    deniers: tuple[str, ...]
    disclaimed: tuple[str, ...]
    occasions: tuple[str, ...]
    carriers: tuple[str, ...]
    causes: tuple[str, ...]
    labels: tuple[str, ...]
    likening: tuple[str, ...]
    unanswered: tuple[str, ...]
    wrongs: tuple[str, ...]
    praises: tuple[str, ...]
    withheld: tuple[str, ...]
    unrealised: tuple[str, ...]
    modals: tuple[str, ...]
    conditionals: tuple[str, ...]


class HarmKind(Strict):
    """One kind of harm: verbs, verbs said of the victim alone, nouns and adjectives; `loose` may be figurative."""

    kind: str
    verbs: tuple[str, ...]
    suffers: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    loose: tuple[str, ...] = ()


class HarmEvents(Strict):
    """Words for harm by kind, the signs that a loose one is meant bodily, and where else a doer is named."""

    name: str
    citation: str
    kinds: tuple[HarmKind, ...]
    signs: tuple[str, ...]
    doing: tuple[str, ...]
    events_that_act: tuple[str, ...]

    @model_validator(mode="after")
    def _unique(self) -> "HarmEvents":
        for words in (
            [w for k in self.kinds for w in (*k.verbs, *k.suffers)],
            [w for k in self.kinds for w in k.nouns],
        ):
            if twice := repeated(words):
                raise ValueError(f"kinds: {twice!r} stands in two places")
        return self

    def kind_of(self, part: Literal["verbs", "suffers", "nouns", "adjectives"]) -> dict[str, str]:
        """The kind of each word in one part of the kinds."""
        return {word: group.kind for group in self.kinds for word in getattr(group, part)}

    def loose(self) -> frozenset[str]:
        """The words that count only beside a sign."""
        return frozenset(word for group in self.kinds for word in group.loose)
