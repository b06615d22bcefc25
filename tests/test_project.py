"""The project's files agree with each other: dependencies, lock, environment, README, licences."""

import ast
import os
import re
import subprocess
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
import typer.main
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from helpers.cli import app

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
DECLARED = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
# A package may be pinned once for each range of Python versions.
PINS = {(m[1].lower(), m[2]) for m in re.finditer(r"^([\w.-]+)==([^\s;\\]+)", LOCK, re.MULTILINE)}
PACKAGE = ROOT / "src" / "helpers"
BINARY = {".onnx", ".npy", ".npz", ".png", ".zip"}
PERMISSIVE = re.compile(
    r"MIT|BSD|Apache|PSF|Python Software|ISC|MPL|Mozilla|LGPL|Lesser|Zlib|CC0|CNRI", re.IGNORECASE
)
STRICT = re.compile(r"(?<!L)GPL|Affero|GNU General Public", re.IGNORECASE)


def closure(requirements: list[str]) -> set[str]:
    """The names of these packages and of all they need on this machine, extras asked for included."""
    todo, seen = [Requirement(line) for line in requirements], set()
    while todo:
        wanted = todo.pop()
        key = (canonicalize_name(wanted.name), frozenset(wanted.extras))
        if key in seen:
            continue
        seen.add(key)
        for line in metadata.distribution(wanted.name).requires or []:
            need = Requirement(line)
            extras = wanted.extras or {""}
            if need.marker is None or any(need.marker.evaluate({"extra": extra}) for extra in extras):
                todo.append(need)
    return {name for name, _ in seen}


def terms(about: metadata.PackageMetadata) -> list[str]:
    """The licences a user may choose among: an expression's alternatives, else the classifiers, else the field."""
    classifiers = [line for line in about.get_all("Classifier") or [] if line.startswith("License ::")]
    if expression := about.get("License-Expression"):
        return str(expression).split(" OR ")
    return classifiers or str(about.get("License") or "")[:100].split(" OR ")


def permissive(licences: list[str]) -> bool:
    return any(
        all(PERMISSIVE.search(part) and not STRICT.search(part) for part in choice.split(" AND "))
        for choice in licences
    )


def tracked() -> list[Path]:
    """The committed files; in a copy without git's records those of the project's own folders."""
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    names = [ROOT / name for name in done.stdout.split("\0") if name]
    own = ("src", "tests", "notebooks", "training", "seeds")
    unlisted = (p for folder in own for p in (ROOT / folder).rglob("*") if "__pycache__" not in p.parts)
    return [path for path in names or (*ROOT.glob("*.*"), *unlisted) if path.is_file()]


@pytest.mark.parametrize("line", DECLARED)
def test_every_declared_dependency_is_pinned_and_installed_as_pinned(line):
    wanted = Requirement(line)
    version = metadata.version(wanted.name)
    assert (canonicalize_name(wanted.name), version) in PINS
    assert wanted.specifier.contains(version)


def test_the_lock_pins_all_that_the_dependencies_need():
    pinned = {canonicalize_name(name) for name, _ in PINS}
    assert closure(DECLARED) - pinned == set()


def test_every_pin_has_a_hash_and_no_index_is_named():
    blocks = [block for block in re.split(r"\n(?=[\w.-]+==)", LOCK.strip()) if "==" in block]
    assert len(blocks) >= len(PINS) > 0
    assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == []
    assert "://" not in LOCK
    assert "index-url" not in LOCK
    assert "find-links" not in LOCK


def test_the_conda_environment_takes_every_version_from_the_lock():
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    python, pip, packages = environment["dependencies"]
    assert (environment["name"], environment["channels"]) == ("parallax", ["conda-forge"])
    assert pip == "pip"
    assert packages == {"pip": ["-r requirements.lock"]}
    assert python.startswith("python >=3.11,<3.")
    lowest = {str(one) for one in SpecifierSet(PROJECT["requires-python"]) if one.operator == ">="}
    assert lowest == {
        str(one) for one in SpecifierSet(python.removeprefix("python ")) if one.operator == ">="
    }


def test_run_time_dependencies_have_permissive_licences():
    found = {name: terms(metadata.metadata(name)) for name in closure(PROJECT["dependencies"])}
    offenders = {name: licences for name, licences in sorted(found.items()) if not permissive(licences)}
    assert offenders == {}


@pytest.mark.parametrize(
    ("licences", "allowed"),
    [
        (["MIT"], True),
        (["MPL-1.1", "GPL-2.0-only"], True),
        (["LGPL-2.1-or-later"], True),
        (["MIT AND GPL-3.0-only"], False),
        (["GNU Affero General Public License v3"], False),
        ([""], False),
    ],
)
def test_which_licences_pass(licences, allowed):
    assert permissive(licences) is allowed


def test_the_citation_names_this_version():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert (citation["version"], citation["license"]) == (PROJECT["version"], PROJECT["license"])
    assert citation["cff-version"] == "1.2.0"
    assert {"message", "title", "authors"} <= citation.keys()


def test_make_targets_that_the_documents_name_exist():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    documents = README + (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    named = set(re.findall(r"(?:^    |`)make ([a-z]+)", documents, re.MULTILINE))
    assert {"report", "test", "lab", "setup", "lint"} <= named
    assert named - targets == set()


def test_commands_that_the_readme_names_exist_with_their_options():
    commands = typer.main.get_command(app).commands
    lines = re.findall(r"^    \S*bin/parallax ([a-z]+)(.*)$", README, re.MULTILINE)
    assert {name for name, _ in lines} == set(commands)
    for name, rest in lines:
        options = {option for parameter in commands[name].params for option in parameter.opts}
        assert set(re.findall(r"(?<=\s)--?[a-z]+", rest)) - options == set(), name


def test_files_folders_and_notebooks_that_the_readme_names_exist():
    tree = README.split("## What is where")[1].split("\n## ")[0]
    rows = re.findall(r"^    (\S.*)$", tree, re.MULTILINE)
    names = [name for row in rows for name in (row.split()[:1] if "/ " in row else row.split())]
    assert {"README.md", "seeds/", "src/helpers/", "tests/"} <= set(names)
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", README)
    notebooks = [f"notebooks/{name}.ipynb" for name in re.findall(r"\b(\d\d_[a-z]+)\b", README)]
    assert pictures
    assert notebooks
    assert [name for name in (*names, *pictures, *notebooks) if not (ROOT / name).exists()] == []


def test_the_readme_names_every_top_folder():
    folders = {path.relative_to(ROOT).parts[0] for path in tracked() if path.parent != ROOT}
    assert [
        name for name in sorted(folders) if not name.startswith(".") and f"    {name}/" not in README
    ] == []


def test_models_are_small_and_each_has_a_card_with_licence_and_scores():
    models = PACKAGE / "models"
    assert sum(path.stat().st_size for path in models.rglob("*") if path.is_file()) <= 60 * 10**6
    parts = [path for path in models.iterdir() if path.is_dir() and path.name != "__pycache__"]
    assert parts
    for part in parts:
        card = (part / "README.md").read_text(encoding="utf-8")
        assert (part / "LICENSE").is_file(), part.name
        assert re.search(r"(F1|LAS|accuracy|cosine)[^\n]*(\n[^\n#]+)?\d\.\d", card), part.name


def test_every_module_of_the_package_says_what_it_is():
    modules = sorted(PACKAGE.rglob("*.py"))
    silent = [path for path in modules if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))]
    assert modules
    assert [path.relative_to(ROOT).as_posix() for path in silent] == []


def test_the_hooks_and_the_check_run_what_is_locked():
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    hooks = [hook for repo in config["repos"] for hook in repo["hooks"]]
    assert {repo["repo"] for repo in config["repos"]} == {"local"}
    assert {hook["language"] for hook in hooks} == {"system"}
    tools = {hook["entry"].split()[0].removeprefix(".venv/bin/") for hook in hooks}
    assert tools == {"ruff", "mypy"}
    assert tools <= {canonicalize_name(Requirement(line).name) for line in DECLARED}
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
    assert (PACKAGE / "py.typed").is_file()


def test_no_committed_text_names_a_registry_a_place_on_one_machine_or_unfinished_work():
    registries = "|".join(("pypi" + r"\.org", "python" + "hosted", "anaconda" + r"\.org"))
    unfinished = "|".join(("TO" + "DO", "FIX" + "ME"))
    faults = re.compile(rf"(?<![\w.)~-])/(?:work|root|home|Users)/\w|{registries}|\b(?:{unfinished})\b")
    paths = [path for path in tracked() if path.suffix not in BINARY and path.parent.name != "seeds"]
    assert paths
    found = {
        path.relative_to(ROOT).as_posix(): fault.group()
        for path in paths
        if (fault := faults.search(path.read_text(encoding="utf-8")))
    }
    assert found == {}
