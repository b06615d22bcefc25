"""The codebooks of wording: cue classes, and the names that stand for the same thing."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from helpers.codebook import codebook_file, read_codebook
from helpers.codebook_base import Strict, repeated

GROUPS = ("loaded", "doubt", "intensifying", "hedging", "factive", "assertive", "plain")
REFERENTS = "referents.yaml"
Part = Literal["verbs", "nouns", "adjectives", "adverbs", "phrases"]
PARTS: tuple[Part, ...] = ("verbs", "nouns", "adjectives", "adverbs", "phrases")


class CueClass(Strict):
    """One class of cues: lemmas by part of speech, phrases of lemmas, and the points that each cue adds.

    `group` is what the class is counted as; `weight` are points for how loaded the sentence is (0: none).
    """

    kind: str = Field(min_length=1)
    group: Literal["loaded", "doubt", "intensifying", "hedging", "factive", "assertive", "plain"]
    definition: str = Field(min_length=1)
    citation: str = ""
    weight: float = Field(ge=-5, le=5)
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    adverbs: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()

    def cues(self) -> Iterator[tuple[str, Part]]:
        """Every cue with the part of speech it must have; phrases may have any."""
        return ((cue, part) for part in PARTS for cue in getattr(self, part))


class Marks(Strict):
    """Points for what a sentence shows beside its cues; each mark is told in `helpers.lenses.wording`."""

    scare_quotes: float = 0.0
    question: float = 0.0
    exclamation: float = 0.0
    you_and_us: float = 0.0
    figures: float = 0.0
    description: float = 0.0
    quoted: float = Field(default=0.5, ge=0, le=1)
    likeness: float = 0.0
    threshold: float = 0.0


class WordingCues(Strict):
    """Cue classes, the points of marks, and sentences that show plain and loaded writing."""

    name: str
    citation: str
    marks: Marks
    classes: tuple[CueClass, ...]
    plain: tuple[str, ...] = Field(min_length=1)
    loaded: tuple[str, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _unique(self) -> "WordingCues":
        if twice := repeated(one.kind for one in self.classes):
            raise ValueError(f"classes: {twice!r} is defined twice")
        for part in PARTS:
            if twice := repeated(cue for one in self.classes for cue in getattr(one, part)):
                raise ValueError(f"classes: {part}: {twice!r} stands in two places")
        if any(not cue.strip() for one in self.classes for cue, _ in one.cues()):
            raise ValueError("classes: a cue is empty")
        return self


class Referent(Strict):
    """One thing and the names for it: nouns and phrases, and `verbs` that name an act ("disarm"), all by lemma.

    A `loose` name counts only where the sentence also holds one of `signs` or another one-word name of the referent.
    """

    referent: str = Field(min_length=1)
    kind: Literal["event", "act", "place", "group"]
    definition: str = Field(min_length=1)
    names: tuple[str, ...] = Field(min_length=1)
    verbs: tuple[str, ...] = ()
    loose: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()

    def all_names(self) -> tuple[str, ...]:
        """Every name, loose ones and verbs included."""
        return (*self.names, *self.verbs, *self.loose)


class Referents(Strict):
    """The things a story names in several ways; no name may stand for two of them."""

    name: str
    citation: str
    referents: tuple[Referent, ...]

    @model_validator(mode="after")
    def _unambiguous(self) -> "Referents":
        if twice := repeated(one.referent for one in self.referents):
            raise ValueError(f"referents: {twice!r} is defined twice")
        if twice := repeated(name.lower() for one in self.referents for name in one.all_names()):
            raise ValueError(f"referents: the name {twice!r} stands in two places")
        if any(not name.strip() for one in self.referents for name in one.all_names()):
            raise ValueError("referents: a name is empty")
        return self


@lru_cache(maxsize=8)
def wording_cues(folder: Path | None = None) -> WordingCues:
    """The cue classes: wording.yaml of `folder` if it has one, else the shipped file; may raise ParallaxError."""
    return read_codebook(codebook_file("wording.yaml", folder), WordingCues)


def referents_for(corpus: Path) -> Referents:
    """The book of referents of a corpus: the file referents.yaml in its folder, else the shipped one."""
    return read_codebook(codebook_file(REFERENTS, corpus), Referents)
