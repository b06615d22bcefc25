"""An analyst's book of actors: canonical names, aliases and groups, read from YAML."""

from functools import lru_cache
from pathlib import Path
from typing import Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from helpers.errors import ParallaxError

SHIPPED = Path(__file__).resolve().parents[1] / "codebooks" / "actors.yaml"


class Actor(BaseModel):
    """One actor; `aliases` are matched as written."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(min_length=1)
    kind: Literal["PER", "ORG", "LOC"]
    group: str = ""
    aliases: tuple[str, ...] = ()


class ActorBook(BaseModel):
    """All actors of a book; no name or alias may stand for two of them."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = "actors"
    description: str = ""
    actors: tuple[Actor, ...] = ()

    @model_validator(mode="after")
    def _unambiguous(self) -> Self:
        owner: dict[str, str] = {}
        for actor in self.actors:
            for alias in {actor.name, *actor.aliases}:
                if not alias.strip():
                    raise ValueError(f"{actor.name}: an alias is empty")
                if owner.setdefault(alias, actor.name) != actor.name:
                    raise ValueError(f"{alias!r} stands for both {owner[alias]!r} and {actor.name!r}")
        return self

    def by_alias(self) -> dict[str, Actor]:
        """Every name and alias with its actor."""
        return {alias: actor for actor in self.actors for alias in (actor.name, *actor.aliases)}

    def group_of(self, name: str) -> str:
        """The group of an actor by canonical name, "" when unknown."""
        return next((actor.group for actor in self.actors if actor.name == name), "")


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
