"""Bytes to text: UTF-8 first, then a recorded guess; what cannot be text is named in one line."""

import charset_normalizer

LIMIT_MB = 20
LIMIT = LIMIT_MB * 1_000_000
ARCHIVES = {".zip", ".gz", ".tgz", ".bz2", ".xz", ".7z", ".rar", ".tar", ".zst"}
_MAGIC = (b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00", b"7z\xbc\xaf\x27\x1c", b"Rar!")
_WIDE = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


class UnreadableError(Exception):
    """A file or row that cannot be used; the message is the reason and the cure."""


def decode(data: bytes) -> tuple[str, str]:
    """The text of a file's bytes and its encoding ("utf-8", "utf-8-sig", or "cp1252 (guessed)").

    Raises UnreadableError when the bytes are empty, an archive, binary, or in no encoding that fits.
    """
    if not data.strip():
        raise UnreadableError("the file is empty: put the article's text in it or take it out")
    if data.startswith(_MAGIC):
        raise UnreadableError("this is an archive: unpack it and give the files in it")
    for mark, name in _WIDE:
        if data.startswith(mark):
            return _strictly(data, name), name
    if b"\x00" in data:
        raise UnreadableError("this is a binary file, not text: save the article as plain text in UTF-8")
    try:
        return data.decode("utf-8-sig"), "utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "utf-8"
    except UnicodeDecodeError:
        return _guessed(data)


def _strictly(data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        raise UnreadableError(f"not valid {name} at byte {error.start}: save it again in UTF-8") from error


def _guessed(data: bytes) -> tuple[str, str]:
    best = charset_normalizer.from_bytes(data).best()
    if best is None:
        raise UnreadableError("no text encoding fits, this seems a binary file: save the article in UTF-8")
    text = str(best)
    name = "cp1252" if _decodes_to(data, "cp1252", text) else best.encoding
    return text, f"{name} (guessed)"


def _decodes_to(data: bytes, encoding: str, text: str) -> bool:
    """Whether an encoding reads the bytes as the same text: the commonest name is then the one to give."""
    try:
        return data.decode(encoding) == text
    except UnicodeDecodeError:
        return False
