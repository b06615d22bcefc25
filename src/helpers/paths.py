"""Where the project's own folders are, found from the place of files and never from the working directory."""

import os
from pathlib import Path

from helpers.errors import ParallaxError

PACKAGE = Path(__file__).resolve().parent


def project_root() -> Path:
    """The checkout that holds notebooks/ and seeds/; raises ParallaxError when the package was installed alone."""
    for folder in (Path.cwd(), *Path.cwd().parents, *PACKAGE.parents):
        if (folder / "notebooks").is_dir() and (folder / "pyproject.toml").is_file():
            return folder
    raise ParallaxError("no folder with notebooks/ and pyproject.toml found: run inside a Parallax checkout")


def resolve(path: str) -> Path:
    """A path given by a user: as it stands if it exists from here, else from the project root."""
    given = Path(path).expanduser()
    if given.is_absolute() or given.exists():
        return given.resolve()
    return project_root() / given


def cache_folder(given: Path | None = None) -> Path:
    """Where parses and tables are kept: the folder asked for, else PARALLAX_CACHE, else the user's cache folder."""
    if given is not None:
        return given
    if folder := os.environ.get("PARALLAX_CACHE"):
        return Path(folder)
    from platformdirs import user_cache_path

    return user_cache_path("parallax")
