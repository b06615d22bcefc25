"""The CMU Pronouncing Dictionary shipped with the package, handed to textstat so that it asks no network."""

import hashlib
import importlib
import zipfile
from functools import lru_cache
from pathlib import Path
from types import ModuleType

from helpers.errors import ParallaxError

CORPUS = Path(__file__).resolve().parents[1] / "data" / "nltk_data" / "corpora" / "cmudict.zip"
MEMBER = "cmudict/cmudict"
SHA256 = "0194723cfb2fc8cf4a9be8f44885d2647d05eee06eb452514847783a2206c285"
CURE = "reinstall Parallax, or build the file again with training/cmudict.py"

Pronunciations = dict[str, list[list[str]]]


def read_dictionary(path: Path) -> Pronunciations:
    """Word in lower case -> its pronunciations as lists of ARPAbet phones, first choice first.

    Raises ParallaxError, naming the file and the cure, when it is absent, damaged or not the expected one.
    """
    try:
        with zipfile.ZipFile(path) as corpus:
            content = corpus.read(MEMBER)
    except (OSError, KeyError, zipfile.BadZipFile) as error:
        raise ParallaxError(
            f"{path}: pronouncing dictionary missing or unreadable ({error}); {CURE}"
        ) from error
    if hashlib.sha256(content).hexdigest() != SHA256:
        raise ParallaxError(
            f"{path}: {MEMBER} in it is not the dictionary this version was made with; {CURE}"
        )
    words: Pronunciations = {}
    for line in content.decode("utf-8").splitlines():
        word, _, *phones = line.split()
        words.setdefault(word.lower(), []).append(phones)
    return words


@lru_cache(maxsize=1)
def pronunciations() -> Pronunciations:
    """The shipped dictionary, read once per process (about 0.5 s)."""
    return read_dictionary(CORPUS)


@lru_cache(maxsize=1)
def textstat_offline() -> ModuleType:
    """The module textstat, with the shipped dictionary as its English one; loads both at the first call only.

    textstat asks NLTK for the folder "corpora/cmudict" and starts a download when NLTK does not find it. NLTK
    finds no zipped corpus under that name, and refuses folders that a group may write to (any checkout under
    umask 002), so the one function that asks (textstat.backend.counts._count_syllables.get_cmudict) is given
    the dictionary directly. Raises ParallaxError when the dictionary is not there.
    """
    words = pronunciations()
    counter = importlib.import_module("textstat.backend.counts._count_syllables")
    if not callable(getattr(counter, "get_cmudict", None)):
        raise ParallaxError(
            "this textstat keeps its dictionary elsewhere; install the version in requirements.lock"
        )
    vars(counter)["get_cmudict"] = lambda lang: words if lang.split("_")[0] == "en" else None
    return importlib.import_module("textstat")
