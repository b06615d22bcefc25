"""What is to be run: which notebooks, with which parameters, under which key."""

import hashlib
import json
import platform
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path
from typing import Any

from helpers.errors import ParallaxError
from helpers.lenses.framing_heads import own_heads
from helpers.parameters import check, declared
from helpers.paths import PACKAGE, project_root, resolve

PACKAGES = ("parallax-media", "papermill", "nbclient", "ipykernel", "spacy", "onnxruntime", "numpy", "pandas",
            "pyarrow", "scipy", "matplotlib", "textstat")  # fmt: skip
RESERVED = {"corpus": "the CORPUS argument", "out": "--out"}


@dataclass(frozen=True)
class Task:
    """One notebook to run: its file, what is injected, the full parameters, and the key of its result."""

    name: str
    notebook: Path
    inject: dict[str, Any] = field(hash=False)
    parameters: dict[str, Any] = field(hash=False)
    key: str = ""


def find_notebooks(chosen: Sequence[str] | None, folder: Path | None = None) -> list[Path]:
    """The notebooks to run, in order of name: all of the folder, or those chosen by stem or file name."""
    folder = folder or project_root() / "notebooks"
    found = {path.stem: path for path in sorted(folder.glob("*.ipynb"))}
    if not found:
        raise ParallaxError(f"{folder.name}/: no notebooks found")
    if chosen is None:
        return list(found.values())
    names = [Path(name.strip()).name.removesuffix(".ipynb") for name in chosen if name.strip()]
    if not names:
        raise ParallaxError(f"--notebooks names none; there are: {', '.join(found)}")
    for name in names:
        if name not in found:
            raise ParallaxError(f"--notebooks: no notebook {name!r}; there are: {', '.join(found)}")
    return [path for stem, path in found.items() if stem in names]


def input_files(corpus: Path) -> list[dict[str, Any]]:
    """Every file of the corpus with its size in bytes and sha256, sorted by path; hidden files are left out."""
    if not corpus.exists():
        raise ParallaxError(
            f"{corpus}: no such file or folder; give the folder or file that holds the articles"
        )
    files = [corpus] if corpus.is_file() else sorted(p for p in corpus.rglob("*") if p.is_file())
    base = corpus.parent if corpus.is_file() else corpus
    shown = [(path.relative_to(base).as_posix(), path) for path in files]
    return [
        {"file": name, "bytes": path.stat().st_size, "sha256": file_hash(path)}
        for name, path in shown
        if not any(part.startswith(".") for part in name.split("/"))
    ]


def plan(
    notebooks: Sequence[Path],
    values: Mapping[str, object],
    corpus: Path,
    out: Path,
    inputs: Iterable[Mapping[str, Any]],
) -> list[Task]:
    """Check every parameter and give each notebook its task.

    Raises ParallaxError when no chosen notebook declares a given name, when a name is set elsewhere on the command
    line, or when a value does not fit.
    """
    for name, where in RESERVED.items():
        if name in values:
            raise ParallaxError(f"parameter {name!r} is set by {where}, not by -p or --params")
    cells = {path: set(declared(path)) for path in notebooks}
    everywhere = set().union(*cells.values())
    for name in values:
        if name not in everywhere:
            allowed = ", ".join(sorted(everywhere - set(RESERVED))) or "none"
            raise ParallaxError(
                f"unknown parameter {name!r}: no chosen notebook declares it; allowed: {allowed}"
            )
    shared = _shared_key(inputs)
    return [_task(path, cells[path], values, corpus, out, shared) for path in notebooks]


def _task(
    notebook: Path, names: set[str], values: Mapping[str, object], corpus: Path, out: Path, shared: str
) -> Task:
    own = {name: value for name, value in values.items() if name in names}
    places = {name: str(path) for name, path in (("corpus", corpus), ("out", out)) if name in names}
    checked = check(notebook, own | places).model_dump()
    inject = {name: checked[name] for name in own} | places
    parameters = {name: value for name, value in checked.items() if name in names and name not in RESERVED}
    given = [resolve(value) for value in parameters.values() if isinstance(value, str) and value]
    files = [input_files(path) for path in given if path.exists()]
    key = digest([shared, file_hash(notebook), parameters, files])
    return Task(name=notebook.stem, notebook=notebook, inject=inject, parameters=parameters, key=key)


def _shared_key(inputs: Iterable[Mapping[str, Any]]) -> str:
    """One hash of all inputs, of this package's files, of heads built locally, of the lock and of Python."""
    code = {
        path.relative_to(PACKAGE).as_posix(): file_hash(path)
        for path in sorted(PACKAGE.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }
    lock = PACKAGE.parents[1] / "requirements.lock"
    packages = file_hash(lock) if lock.is_file() else versions()
    heads = own_heads()
    own = input_files(heads) if heads and heads.exists() else []
    return digest([list(inputs), code, packages, own, platform.python_version()])


def versions() -> dict[str, str]:
    """The installed versions of the packages that shape results; "" for one that is absent."""

    def version(name: str) -> str:
        try:
            return metadata.version(name)
        except metadata.PackageNotFoundError:
            return ""

    return {name: version(name) for name in PACKAGES}


def digest(value: object) -> str:
    """sha256 of a JSON value in its one sorted form."""
    return hashlib.sha256(json.dumps(value, sort_keys=True, default=str).encode()).hexdigest()


def file_hash(path: Path) -> str:
    """sha256 of a file's bytes."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
