"""Rows of JSON, one a line, plain or gzipped: read with line numbers, written to a temporary name and renamed."""

import gzip
import io
import json
import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from helpers.errors import ParallaxError

Row = dict[str, Any]


def read_rows(path: Path) -> Iterator[Row]:
    """The rows of a .jsonl or .jsonl.gz file; empty lines are passed over.

    Raises ParallaxError naming file and line when a line is not a JSON object or the file cannot be read.
    """
    number = 0
    try:
        with _open(path, "r") as stream:
            for number, line in enumerate(stream, start=1):
                if line.strip():
                    yield _row(line, path, number)
    except (OSError, EOFError, UnicodeDecodeError) as error:
        where = f" after line {number}" if number else ""
        raise ParallaxError(f"{path}: cannot be read{where} ({type(error).__name__})") from None


def _row(line: str, path: Path, number: int) -> Row:
    try:
        row = json.loads(line)
    except ValueError:
        raise ParallaxError(f"{path}, line {number}: not valid JSON: mend or delete the line") from None
    if re.search(r"\\ud[89a-f]", line, re.IGNORECASE) and _has_surrogate(row):
        raise ParallaxError(
            f"{path}, line {number}: holds half of a character (a lone surrogate): mend the line"
        )
    if not isinstance(row, dict):
        raise ParallaxError(f"{path}, line {number}: must be a JSON object with an id and text or words")
    return row


def _has_surrogate(row: object) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in json.dumps(row, ensure_ascii=False))


def write_rows(path: Path, rows: Iterable[Row]) -> int:
    """Write rows and return their number; the file appears only when all are written."""
    draft = path.with_name(f".{os.getpid()}.{path.name}")
    count = 0
    try:
        with _open(draft, "w") as stream:
            for row in rows:
                stream.write(json.dumps(row, ensure_ascii=False) + "\n")
                count += 1
        draft.replace(path)
    except OSError as error:
        raise ParallaxError(f"{path}: cannot be written ({error.strerror or type(error).__name__})") from None
    finally:
        draft.unlink(missing_ok=True)
    return count


def annotate_file(annotate: Callable[[Iterable[Row]], Iterator[Row]], source: Path, target: Path) -> int:
    """Read rows, annotate them, write the findings; returns how many rows were written.

    Raises ParallaxError naming the file and the row that cannot be used.
    """
    try:
        return write_rows(target, annotate(read_rows(source)))
    except ParallaxError as error:
        named = str(error).startswith((str(source), str(target)))
        raise error if named else ParallaxError(f"{source}, {error}") from None


@contextmanager
def _open(path: Path, mode: str) -> Iterator[IO[str]]:
    """A text stream; gzip by suffix, without time or name in the header, so that the same rows give the same bytes."""
    if path.suffix != ".gz":
        with path.open(mode, encoding="utf-8", newline="\n" if mode == "w" else None) as stream:
            yield stream
        return
    with (
        path.open(f"{mode}b") as raw,
        gzip.GzipFile(filename="", mode=f"{mode}b", fileobj=raw, mtime=0) as packed,
        io.TextIOWrapper(packed, encoding="utf-8", newline="\n" if mode == "w" else None) as stream,
    ):
        yield stream
