"""The pronouncing dictionary works offline, from an empty home, and says what is wrong if absent."""

import os
import sys
import zipfile
from pathlib import Path
from subprocess import run

import pytest

from helpers.errors import ParallaxError
from helpers.lenses import readability_dictionary as dictionary

OFFLINE = """
import socket, sys
def refuse(*args, **kwargs):
    raise AssertionError("a socket was opened")
socket.socket.connect = socket.create_connection = socket.getaddrinfo = refuse
import helpers.lenses.readability
assert "textstat" not in sys.modules and "nltk" not in sys.modules
from helpers.lenses.readability_dictionary import textstat_offline
print(textstat_offline().flesch_reading_ease("The area had an idea about the media."))
"""


def test_syllables_without_network_corpus_or_home(tmp_path: Path) -> None:
    """Import loads nothing; the first use needs neither a socket nor NLTK data anywhere."""
    environment = {k: v for k, v in os.environ.items() if k not in {"NLTK_DATA", "HF_HOME"}} | {
        "HOME": str(tmp_path)
    }
    done = run(
        [sys.executable, "-W", "error", "-c", OFFLINE],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    # 8 words, 1 sentence; the 1, area 3, had 1, an 1, idea 3, about 2, the 1, media 3.
    assert float(done.stdout) == pytest.approx(206.835 - 1.015 * 8 - 84.6 * 15 / 8)
    assert not list(tmp_path.iterdir())


def test_the_dictionary_is_whole() -> None:
    words = dictionary.pronunciations()
    assert len(words) > 120_000
    assert words["peace"] == [["P", "IY1", "S"]]
    assert len(words["either"]) == 2


def test_the_licence_is_shipped_beside_it() -> None:
    licence = dictionary.CORPUS.parents[2] / "cmudict.LICENSE"
    assert "Carnegie Mellon" in licence.read_text(encoding="utf-8")
    with zipfile.ZipFile(dictionary.CORPUS) as corpus:
        assert corpus.read("cmudict/LICENSE").decode() == licence.read_text(encoding="utf-8")


def test_its_group_may_write_to_the_folder(tmp_path: Path) -> None:
    """NLTK itself refuses such folders, which any checkout under umask 002 has."""
    copy = tmp_path / "shared" / "cmudict.zip"
    copy.parent.mkdir()
    copy.parent.chmod(0o775)
    copy.write_bytes(dictionary.CORPUS.read_bytes())
    copy.chmod(0o664)
    assert dictionary.read_dictionary(copy) == dictionary.pronunciations()


def test_missing_damaged_or_other_file_is_named_with_the_cure(tmp_path: Path) -> None:
    with pytest.raises(ParallaxError, match=r"absent\.zip: .*training/cmudict\.py"):
        dictionary.read_dictionary(tmp_path / "absent.zip")
    broken = tmp_path / "broken.zip"
    broken.write_bytes(b"PK not a zip")
    with pytest.raises(ParallaxError, match=r"broken\.zip: "):
        dictionary.read_dictionary(broken)
    other = tmp_path / "other.zip"
    with zipfile.ZipFile(other, "w") as corpus:
        corpus.writestr(dictionary.MEMBER, "RAIN 1 R EY1 N\n")
    with pytest.raises(ParallaxError, match=r"other\.zip: .*not the dictionary"):
        dictionary.read_dictionary(other)
