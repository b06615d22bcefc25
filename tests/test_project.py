"""The project's files agree with each other: dependencies, lock, environment, README, licences."""

import re
import subprocess
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
# A package may be pinned once for each range of Python versions.
PINS = {(m[1].lower(), m[2]) for m in re.finditer(r"^([\w.-]+)==([^\s;\\]+)", LOCK, re.MULTILINE)}


def plain(requirement: str) -> str:
    return re.split(r"[\[<>=!~; ]", requirement)[0].lower().replace("_", "-")


def closure(names: list[str]) -> set[str]:
    """The installed packages that these need, themselves included; extras are left out."""
    todo, seen = [plain(name) for name in names], set()
    while todo:
        name = todo.pop()
        if name in seen:
            continue
        try:
            needed = metadata.distribution(name).requires or []
        except metadata.PackageNotFoundError:
            continue
        seen.add(name)
        todo += [plain(item) for item in needed if "extra ==" not in item]
    return seen


@pytest.mark.parametrize("name", [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]])
def test_every_declared_dependency_is_pinned_and_installed_as_pinned(name):
    assert (plain(name), metadata.version(plain(name))) in PINS


def test_every_pin_has_a_hash_and_no_index_is_named():
    assert all(
        "--hash=sha256:" in block for block in re.split(r"\n(?=[\w.-]+==)", LOCK.strip()) if "==" in block
    )
    assert "://" not in LOCK
    assert "index-url" not in LOCK


def test_the_conda_environment_takes_every_version_from_the_lock():
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    python, pip, packages = environment["dependencies"]
    assert environment["channels"] == ["conda-forge"]
    assert python.removeprefix("python ") == PROJECT["requires-python"]
    assert pip == "pip"
    assert packages == {"pip": ["--requirement requirements.lock"]}


def test_run_time_dependencies_have_permissive_licences():
    found = {}
    for name in closure(PROJECT["dependencies"]):
        about = metadata.metadata(name)
        words = [about.get("License-Expression") or "", *(about.get_all("Classifier") or [])]
        text = " ".join(word for word in words if word and ("License ::" in word or "::" not in word))
        found[name] = text or (about.get("License") or "")[:60]
    strict = re.compile(r"(?<!L)\b(A?GPL|GNU (Affero )?General Public)", re.IGNORECASE)
    choice = re.compile(r"\bOR\b|MIT|BSD|Apache|MPL|Mozilla", re.IGNORECASE)
    offenders = {
        name: text for name, text in found.items() if strict.search(text) and not choice.search(text)
    }
    assert not offenders


def test_the_citation_names_this_version():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert (citation["version"], citation["license"]) == (PROJECT["version"], PROJECT["license"])


def test_what_the_readme_names_exists():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z]+)\b(?=[`   ])", readme)) <= targets
    tree = readme.split("## What is where")[1].split("##")[0]
    for name in re.findall(r"^    ([\w./]+/)", tree, re.MULTILINE):
        assert (ROOT / name).is_dir(), name
    for name in re.findall(r"\b(\d\d_[a-z]+)\b", readme):
        assert (ROOT / "notebooks" / f"{name}.ipynb").is_file(), name
    for picture in re.findall(r"!\[[^\]]+\]\(([^)]+)\)", readme):
        assert (ROOT / picture).is_file(), picture


def test_models_are_small_and_each_has_a_card_with_scores_or_source():
    models = ROOT / "src" / "helpers" / "models"
    assert sum(path.stat().st_size for path in models.rglob("*") if path.is_file()) <= 60 * 2**20
    for part in (path for path in models.iterdir() if path.is_dir() and path.name != "__pycache__"):
        assert "icence" in (part / "README.md").read_text(encoding="utf-8") or (part / "LICENSE").is_file()


def tracked() -> list[Path]:
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    return [ROOT / name for name in done.stdout.split("\0") if name]


def test_no_tracked_text_names_a_registry_or_a_place_on_one_machine():
    places = re.compile(
        r"(?<![\w.)~-])/(?:work|root|home|Users)/\w|" + "|".join(("pypi" + r"\.org", "python" + "hosted"))
    )
    for path in tracked():
        if (
            path.suffix in (".onnx", ".npy", ".png", ".zip")
            or not path.is_file()
            or path.parent.name == "seeds"
        ):
            continue
        found = places.search(path.read_text(encoding="utf-8"))
        assert found is None, f"{path.relative_to(ROOT)}: {found}"
