"""What holds for every codebook: known fields only, nothing said twice."""

from collections.abc import Iterable

from pydantic import BaseModel, ConfigDict


class Strict(BaseModel):
    """What holds for every part of a codebook: known fields only, nothing changed after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def repeated(names: Iterable[str]) -> str:
    """The first name that occurs a second time, or the empty string."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            return name
        seen.add(name)
    return ""
