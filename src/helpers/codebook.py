"""Codebooks: the word lists and definitions an analyst edits as YAML, read and checked in one place."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, TypeVar

import yaml
from pydantic import Field, ValidationError, field_validator, model_validator

from helpers.codebook_base import Strict, repeated
from helpers.codebook_blame import BlamePredicates, HarmEvents
from helpers.errors import ParallaxError
from helpers.paths import resolve

FOLDER = Path(__file__).resolve().parent / "codebooks"
FRAME_FILES = ("frames_generic.yaml", "frames_policy.yaml", "frames_peace_journalism.yaml")
OWN = "codebooks"  # a folder of this name beside the articles holds the analyst's own codebooks
NAMINGS = ("named", "unnamed", "collective", "vague", "none")
SHAPES = ("object", "infinitive")
STANCES = ("neutral", "assertive", "doubting", "acknowledging", "evaluative")


class Words(yaml.SafeLoader):
    """YAML in which on, off, yes and no are the words they are, not truth values."""


Words.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if tag != "tag:yaml.org,2002:bool"]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


class Frame(Strict):
    """One frame: what it is, the questions a coder asks, cue lemmas and phrases, and what is not it.

    `head` names a trained head and its label, as in nfc/conflict; it is used where its weights are at hand.
    """

    frame: str
    definition: str
    questions: tuple[str, ...]
    lemmas: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    counter_examples: tuple[str, ...] = ()
    head: str = Field(default="", pattern=r"^([a-z]+/[a-z_]+)?$")

    @field_validator("frame", "definition")
    @classmethod
    def _not_empty(cls, value: str) -> str:
        if not value.strip():
            raise ValueError("must not be empty")
        return value

    def descriptions(self) -> list[str]:
        """The texts a sentence is compared with: the definition and each question."""
        return [self.definition, *self.questions]


class FrameCodebook(Strict):
    """A set of frames with its citation."""

    name: str
    title: str
    citation: str
    frames: tuple[Frame, ...]

    @model_validator(mode="after")
    def _unique(self) -> "FrameCodebook":
        if not self.frames:
            raise ValueError("frames: at least one frame is needed")
        if twice := repeated(frame.frame for frame in self.frames):
            raise ValueError(f"frames: {twice!r} is defined twice")
        return self


class VerbClass(Strict):
    """One class of reporting verbs and nouns: its definition, its stance towards the content, and its lemmas."""

    definition: str
    stance: Literal["neutral", "assertive", "doubting", "acknowledging", "evaluative"]
    verbs: tuple[str, ...]
    nouns: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


class Complements(Strict):
    """Which verbs take a content that is no clause: an object, an infinitive, a prepositional phrase."""

    object: tuple[str, ...]
    infinitive: tuple[str, ...]
    prepositional: dict[str, tuple[str, ...]]


class ReportingVerbs(Strict):
    """Reporting verbs by class, the shapes their contents take, and reporting nouns."""

    name: str
    citation: str
    default_class: str
    classes: dict[str, VerbClass]
    complements: Complements

    @model_validator(mode="after")
    def _consistent(self) -> "ReportingVerbs":
        if self.default_class not in self.classes:
            raise ValueError(f"default_class: {self.default_class!r} is not one of the classes")
        if twice := repeated(verb for group in self.classes.values() for verb in group.verbs):
            raise ValueError(f"classes: verb {twice!r} stands in two places")
        if twice := repeated(noun for group in self.classes.values() for noun in group.nouns):
            raise ValueError(f"classes: noun {twice!r} stands in two places")
        if twice := repeated(word for group in self.classes.values() for word in group.others):
            raise ValueError(f"classes: {twice!r} stands in two places")
        known = self.class_of()
        shapes = [*self.complements.object, *self.complements.infinitive, *self.complements.prepositional]
        if unknown := [verb for verb in shapes if verb not in known]:
            raise ValueError(f"complements: verb {unknown[0]!r} stands in no class")
        return self

    def class_of(self) -> dict[str, str]:
        """The class of each verb lemma."""
        return {verb: name for name, group in self.classes.items() for verb in group.verbs}

    def class_of_cue(self, lemma: str, noun: bool = False) -> str:
        """The class of a cue by its lemma, verbs before nouns before the others unless `noun`; else the default."""
        others = {word: name for name, group in self.classes.items() for word in group.others}
        verbs, nouns = self.class_of(), self.class_of_noun()
        order = (nouns, verbs, others) if noun else (verbs, nouns, others)
        return next((known[lemma] for known in order if lemma in known), self.default_class)

    def stance_of(self, name: str) -> str:
        """The stance of a class towards the content."""
        return self.classes[name].stance

    def class_of_noun(self) -> dict[str, str]:
        """The class of each noun lemma."""
        return {noun: name for name, group in self.classes.items() for noun in group.nouns}


class SourceType(Strict):
    """One type of source: its definition, head nouns (lemmas), phrases, and signs beside an actor's name.

    `decides` puts the head nouns before everything else; `after` is what stands right after a name, `owns` the nouns
    that an actor of this type has ("X's campaign").
    """

    type: str
    definition: str
    heads: tuple[str, ...]
    patterns: tuple[str, ...]
    decides: bool = False
    after: tuple[str, ...] = ()
    owns: tuple[str, ...] = ()


class Naming(Strict):
    """How the naming of a source is told: what each form means and the head nouns that decide."""

    definition: dict[Literal["named", "unnamed", "collective", "vague", "none"], str]
    vague_heads: tuple[str, ...]
    vague_alone: tuple[str, ...] = ()
    collective_heads: tuple[str, ...]


class SourceTypes(Strict):
    """Types of sources, in the order in which they are tried, and the rule for naming."""

    name: str
    citation: str
    types: tuple[SourceType, ...]
    proxies: dict[str, str] = Field(default_factory=dict)
    naming: Naming

    @model_validator(mode="after")
    def _unique(self) -> "SourceTypes":
        if twice := repeated(group.type for group in self.types):
            raise ValueError(f"types: {twice!r} is defined twice")
        if "unknown" in {group.type for group in self.types}:
            raise ValueError("types: 'unknown' is kept for sources no rule fits; give the type another name")
        return self


Book = TypeVar("Book", bound=Strict)


@dataclass(frozen=True)
class Codebooks:
    """Every codebook the lenses of framing, sourcing and blame read."""

    frames: tuple[FrameCodebook, ...]
    verbs: ReportingVerbs
    sources: SourceTypes
    blame: BlamePredicates
    harm: HarmEvents


def read_codebook(path: Path, model: type[Book]) -> Book:
    """One YAML file as a checked codebook; raises ParallaxError naming file, place and fault."""
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=Words)  # noqa: S506 (a SafeLoader)
    except OSError as error:
        raise ParallaxError(f"{path.name}: cannot be read ({error.strerror})") from None
    except UnicodeDecodeError:
        raise ParallaxError(f"{path.name}: is not UTF-8 text; save it as UTF-8") from None
    except yaml.YAMLError as error:
        line = _line_of(error)
        raise ParallaxError(f"{path.name}{line}: is not valid YAML; check indentation and quotes") from None
    if not isinstance(data, dict):
        raise ParallaxError(f"{path.name}: must hold fields such as name: and citation:")
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise ParallaxError(f"{path.name}: {_first_fault(error, data)}") from None


def codebook_file(name: str, folder: Path | None = None) -> Path:
    """The file of that name in `folder` if there is one, else the shipped one."""
    own = folder / name if folder else None
    return own if own and own.is_file() else FOLDER / name


def load_codebooks(folder: Path | None = None, frames: Iterable[str] | None = None) -> Codebooks:
    """The shipped codebooks, each replaced by the file of the same name in `folder` when there is one.

    `frames` names the frame codebooks to read, as files of `folder` or of the package; None takes `frame_files`.
    """
    return _load(folder, tuple(frame_files(folder) if frames is None else frames))


def frame_files(folder: Path | None = None, wanted: str = "") -> tuple[str, ...]:
    """The files of the frame codebooks to score: the general ones, the analyst's own, and the one wanted.

    The analyst's own are every frames_*.yaml of `folder`; `wanted` names one that ships but is made for one topic, as
    gvfc, and is therefore scored only when asked for.
    """
    own = sorted(path.name for path in folder.glob("frames_*.yaml")) if folder else []
    named = f"frames_{wanted}.yaml"
    return tuple(dict.fromkeys([*FRAME_FILES, *own, *([named] if (FOLDER / named).is_file() else [])]))


def frame_names(folder: Path | None = None) -> list[str]:
    """The names a frame codebook can be asked for by: those of `folder` and all that ship, in that order."""
    shipped = [path.name for path in sorted(FOLDER.glob("frames_*.yaml"))]
    books = load_codebooks(folder, dict.fromkeys([*frame_files(folder), *shipped])).frames
    return [book.name for book in books]


def own_codebooks(corpus: Path, named: str = "") -> Path | None:
    """The folder of the analyst's own codebooks: the one named, else `codebooks` beside the articles, else none.

    Raises ParallaxError when the folder named is not there or holds no YAML file.
    """
    if named:
        folder = resolve(named)
        if not folder.is_dir() or not any(folder.glob("*.yaml")):
            raise ParallaxError(
                f"codebooks: {named}: no folder with .yaml files; give one that holds codebooks"
            )
        return folder
    beside = corpus / OWN
    return beside if beside.is_dir() else None


@lru_cache(maxsize=8)
def _load(folder: Path | None, frames: tuple[str, ...]) -> Codebooks:
    books = tuple(read_codebook(codebook_file(name, folder), FrameCodebook) for name in frames)
    if twice := repeated(book.name for book in books):
        raise ParallaxError(f"two frame codebooks are called {twice!r}: give one of them another name")
    return Codebooks(
        books,
        read_codebook(codebook_file("reporting_verbs.yaml", folder), ReportingVerbs),
        read_codebook(codebook_file("source_types.yaml", folder), SourceTypes),
        read_codebook(codebook_file("blame_predicates.yaml", folder), BlamePredicates),
        read_codebook(codebook_file("harm_events.yaml", folder), HarmEvents),
    )


def _line_of(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    return f", line {mark.line + 1}" if mark is not None else ""


def _first_fault(error: ValidationError, data: dict[str, Any]) -> str:
    """Place and fault of the first error, in words."""
    first = error.errors()[0]
    place = _place(first["loc"], data)
    message = str(first["msg"]).removeprefix("Value error, ")
    if first["type"] == "extra_forbidden":
        return f"{place}: is not a known field; remove it or mend its spelling"
    return f"{place}: {message[:1].lower()}{message[1:]}" if place else message


def _place(location: tuple[int | str, ...], data: Any) -> str:
    """A location such as frames[1].lemmas, an entry of a list named by its own name where it has one."""
    out = ""
    for step in location:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            data = None
        if isinstance(step, int):
            name = next(
                (data[k] for k in ("frame", "type", "kind") if isinstance(data, dict) and k in data), step
            )
            out += f"[{name}]"
        else:
            out += f".{step}" if out else str(step)
    return out
