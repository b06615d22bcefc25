"""The typed parameters of every notebook, checked before a kernel starts."""

import ast
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    create_model,
    field_validator,
)

from helpers.errors import ParallaxError

TYPES: dict[str, Any] = {"str": str, "int": int, "float": float, "bool": bool}
WORDS = {
    "int_parsing": "must be a whole number",
    "int_type": "must be a whole number",
    "int_from_float": "must be a whole number",
    "float_parsing": "must be a number",
    "float_type": "must be a number",
    "bool_parsing": "must be true or false",
    "bool_type": "must be true or false",
    "string_type": "must be text (put it in quotes in the YAML file)",
}


class Parameters(BaseModel):
    """What every notebook takes: the corpus, the run folder, and the seed and number of bootstrap draws."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    corpus: str = "seeds"
    out: str = ""
    seed: int = Field(default=1, ge=0)
    resamples: int = Field(default=1000, ge=1, le=100_000)

    @field_validator("seed", "resamples", mode="before")
    @classmethod
    def _no_truth_value(cls, value: object) -> object:
        if isinstance(value, bool):
            raise ValueError("must be a whole number")
        return value


class CorpusParameters(Parameters):
    """Parameters of 00_corpus."""


class FramingParameters(Parameters):
    """Parameters of 01_framing: a codebook's name, a folder of one's own, and the score from which a sentence counts.

    An empty `codebooks` takes the folder of that name beside the articles, where there is one.
    """

    codebooks: str = ""
    codebook: str = Field(default="generic", min_length=1)
    threshold: float = Field(default=0.5, ge=0.0, le=1.0)

    @field_validator("codebook")
    @classmethod
    def _known_codebook(cls, value: str, given: ValidationInfo) -> str:
        if value != cls.model_fields["codebook"].default:
            from helpers.codebook import frame_names, own_codebooks
            from helpers.paths import resolve

            corpus = resolve(given.data.get("corpus", "seeds"))
            _among(value, frame_names(own_codebooks(corpus, given.data.get("codebooks", ""))))
        return value


class SourcingParameters(Parameters):
    """Parameters of 02_sourcing: what the figures group sources by, and the two groups weighed against each other.

    Empty `first` and `second` take the groups with most attributed words.
    """

    group_by: Literal["group", "source_type", "naming", "speaker"] = "group"
    first: str = ""
    second: str = ""


class BlameParameters(Parameters):
    """Parameters of 03_blame."""


class ReadabilityParameters(Parameters):
    """Parameters of 04_readability: the measure that is shown first."""

    measure: str = Field(default="flesch_kincaid_grade", min_length=1)

    @field_validator("measure")
    @classmethod
    def _known_measure(cls, value: str) -> str:
        if value != cls.model_fields["measure"].default:
            from helpers.lenses.readability import MEASURES

            _among(value, MEASURES)
        return value


class ComparisonParameters(Parameters):
    """Parameters of 05_comparison."""


NOTEBOOKS: dict[str, type[Parameters]] = {
    "00_corpus": CorpusParameters,
    "01_framing": FramingParameters,
    "02_sourcing": SourcingParameters,
    "03_blame": BlameParameters,
    "04_readability": ReadabilityParameters,
    "05_comparison": ComparisonParameters,
}


def _among(value: str, names: Iterable[str]) -> None:
    known = sorted(names)
    if value not in known:
        raise ValueError(f"must be one of {', '.join(known)}")


def declared(notebook: Path) -> dict[str, Any]:
    """The parameters a notebook's own cell declares, as papermill reads them: name to its description.

    Raises ParallaxError when the file is no notebook or does not name its language.
    """
    from papermill.inspection import inspect_notebook

    try:
        return dict(inspect_notebook(str(notebook)))
    except Exception as error:
        reason = " ".join(str(error).split())[:200]
        raise ParallaxError(
            f"{notebook.name}: cannot be read as a notebook ({reason}); save it again"
        ) from None


def model_for(notebook: Path, names: Mapping[str, Any]) -> type[BaseModel]:
    """The model of a notebook: the one in NOTEBOOKS, or for a notebook of the analyst's own one built from its cell."""
    known = NOTEBOOKS.get(notebook.stem)
    if known is not None:
        return known
    fields: dict[str, Any] = {
        name: (TYPES.get(str(found.get("inferred_type_name")), Any), _literal(str(found.get("default"))))
        for name, found in names.items()
    }
    return create_model(f"Parameters of {notebook.stem}", __base__=_Free, **fields)


def _literal(source: str) -> object:
    """The value of a default as written in the cell; its source when it is not a literal."""
    try:
        return ast.literal_eval(source)
    except (ValueError, SyntaxError):
        return source


class _Free(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


def check(notebook: Path, values: Mapping[str, object]) -> BaseModel:
    """Validate values for one notebook, converting text by the declared type.

    Raises ParallaxError in one line naming notebook, parameter and what is allowed, when a name is unknown to the
    model or missing in the notebook's parameters cell, or when a value has the wrong type.
    """
    names = declared(notebook)
    model = model_for(notebook, names)
    allowed = sorted(set(names) & set(model.model_fields))
    for name in values:
        if name not in allowed:
            raise ParallaxError(
                f"{notebook.name}: unknown parameter {name!r}; allowed: {', '.join(allowed) or 'none'}"
            )
    try:
        return model.model_validate(dict(values))
    except ValidationError as error:
        raise ParallaxError(f"{notebook.name}: {_sentence(error)}") from None


def _sentence(error: ValidationError) -> str:
    first = error.errors(include_url=False)[0]
    name = ".".join(str(part) for part in first["loc"])
    reason = WORDS.get(
        first["type"], first["msg"].removeprefix("Value error, ").replace("Input should", "should")
    )
    return f"parameter {name} {reason}, got {first['input']!r}"
