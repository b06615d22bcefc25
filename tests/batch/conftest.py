import shutil
import sys
from pathlib import Path
from types import ModuleType

import pytest

from helpers.batch import plan

FIXTURES = Path(__file__).parents[1] / "notebooks"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "my corpus"
    folder.mkdir()
    (folder / "one.txt").write_text("The mayor of Exampleton opened a bridge.\n", encoding="utf-8")
    return folder


@pytest.fixture
def notebooks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of notebooks that stands in for the project's own; copy fixtures into it with `use`."""
    folder = tmp_path / "notebooks"
    folder.mkdir()
    real = plan.find_notebooks
    monkeypatch.setattr(plan, "find_notebooks", lambda chosen: real(chosen, folder))
    return folder


@pytest.fixture
def prepared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stands in for the preparation of a study; the file it returns has a line for each call."""
    calls = tmp_path / "calls.txt"

    def prepare(corpus: Path, out: Path) -> None:
        with calls.open("a", encoding="utf-8") as stream:
            stream.write(f"{corpus.name}\n")

    study = ModuleType("helpers.study")
    study.prepare = prepare  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "helpers.study", study)
    return calls


def use(folder: Path, *names: str) -> None:
    for name in names:
        shutil.copy(FIXTURES / f"{name}.ipynb", folder)
