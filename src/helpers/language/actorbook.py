"""An analyst's book of actors: canonical names, aliases, source types and groups, read from YAML."""

import re
from functools import lru_cache
from pathlib import Path
from typing import Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from helpers.errors import ParallaxError

SHIPPED = Path(__file__).resolve().parents[1] / "codebooks" / "actors.yaml"
OWN = "actors.yaml"


class ActorGroup(BaseModel):
    """One group (a camp, office or side) and the words that place an unnamed source in it ("Israeli")."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(min_length=1)
    words: tuple[str, ...] = ()


class Actor(BaseModel):
    """One actor; `aliases` are matched as written, `type` is its source type ("" leaves that to the rules)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(min_length=1)
    kind: Literal["PER", "ORG", "LOC"]
    group: str = ""
    type: str = ""
    aliases: tuple[str, ...] = ()


class ActorBook(BaseModel):
    """All actors and groups of a book; no name, alias or word may stand for two of them."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = "actors"
    description: str = ""
    groups: tuple[ActorGroup, ...] = ()
    actors: tuple[Actor, ...] = ()

    @model_validator(mode="after")
    def _unambiguous(self) -> Self:
        given = [(actor.name, alias) for actor in self.actors for alias in {actor.name, *actor.aliases}]
        check_owners(given)
        check_owners([(group.name, word) for group in self.groups for word in set(group.words)])
        return self

    def by_alias(self) -> dict[str, Actor]:
        """Every name and alias with its actor."""
        return {alias: actor for actor in self.actors for alias in (actor.name, *actor.aliases)}

    def by_name(self) -> dict[str, Actor]:
        """Every actor by its canonical name."""
        return {actor.name: actor for actor in self.actors}

    def group_of(self, name: str) -> str:
        """The group of an actor by canonical name, "" when unknown."""
        return next((actor.group for actor in self.actors if actor.name == name), "")

    def group_in(self, text: str) -> str:
        """The group one of whose words stands first in a text, as written and whole; "" when none does."""
        found = [
            (match.start(), group.name)
            for group in self.groups
            for word in group.words
            if (match := re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text))
        ]
        return min(found)[1] if found else ""


def check_owners(pairs: list[tuple[str, str]]) -> None:
    """Raise ValueError when a word is empty or stands for two owners."""
    owner: dict[str, str] = {}
    for name, word in pairs:
        if not word.strip():
            raise ValueError(f"{name}: an alias or word is empty")
        if owner.setdefault(word, name) != name:
            raise ValueError(f"{word!r} stands for both {owner[word]!r} and {name!r}")


def book_for(corpus: Path) -> ActorBook:
    """The book of a corpus: the file actors.yaml in its folder, else the shipped one."""
    own = corpus / OWN
    return read_actors(own) if corpus.is_dir() and own.is_file() else read_actors()


@lru_cache(maxsize=8)
def read_actors(path: Path = SHIPPED) -> ActorBook:
    """Read a book of actors from YAML; raises ParallaxError with file, place and cure when it is not one."""
    try:
        given = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ParallaxError(
            f"{path}: cannot be read ({type(error).__name__}): give a UTF-8 YAML file"
        ) from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" at line {mark.line + 1}" if mark else ""
        raise ParallaxError(f"{path}: not valid YAML{where}: mend it there") from None
    if not isinstance(given, dict):
        raise ParallaxError(f"{path}: no mapping at the top: start with `actors:` and a list under it")
    try:
        return ActorBook.model_validate(given)
    except ValidationError as error:
        first = error.errors()[0]
        place = " > ".join(str(part) for part in first["loc"]) or "book"
        raise ParallaxError(f"{path}: {place}: {first['msg']}") from None
