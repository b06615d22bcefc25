"""Tables of articles: rows of .jsonl and .csv, and the sidecar `articles.csv`."""

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

from helpers.corpus import metadata
from helpers.corpus.decode import LIMIT, UnreadableError

COLUMNS = ("text", "article_id", *metadata.FIELDS)
Row = dict[str, str]


def from_jsonl(text: str) -> Iterator[tuple[int, Row | str]]:
    """Each line's number with its row, or with what is wrong with it and the cure."""
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield number, _json_row(line)


def from_csv(text: str) -> Iterator[tuple[int, Row | str]]:
    """Each row's number, from 1, with the row; raises UnreadableError when there is no column `text`."""
    reader = _reader(text)
    if "text" not in (reader.fieldnames or []):
        raise UnreadableError(
            f"no column 'text' (columns found: {', '.join(map(repr, reader.fieldnames or [])) or 'none'}): "
            "name the column that holds the article 'text'"
        )
    number = 0
    try:
        for number, row in enumerate(reader, start=1):
            if None in row:
                yield number, "more values than columns: put quotation marks around text with commas"
            else:
                yield number, {name: row.get(name) or "" for name in COLUMNS}
    except csv.Error as error:
        yield number + 1, f"not valid CSV ({error}): mend the row; the rows after it were not read"


def sidecar(text: str) -> dict[str, dict[str, str]] | None:
    """Metadata by `file` or else `article_id`; None when there is a column `text` (it is a corpus then).

    Raises UnreadableError when neither key column is there.
    """
    reader = _reader(text)
    names = reader.fieldnames or []
    if "text" in names:
        return None
    if "file" not in names and "article_id" not in names:
        raise UnreadableError("no column 'file' or 'article_id' (nor 'text'): name the article of each row")
    out: dict[str, dict[str, str]] = {}
    for row in _rows(reader):
        key = (row.get("file") or row.get("article_id") or "").strip()
        if key:
            out.setdefault(key, {name: (row.get(name) or "").strip() for name in metadata.FIELDS})
    return out


def _reader(text: str) -> "csv.DictReader[str]":
    csv.field_size_limit(LIMIT)
    head = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        reader.fieldnames = [name.strip().lower() for name in reader.fieldnames or []]
    except csv.Error as error:
        raise UnreadableError(f"not valid CSV in the first row ({error}): mend it") from error
    return reader


def _rows(reader: "csv.DictReader[str]") -> Iterator[Row]:
    try:
        yield from reader
    except csv.Error as error:
        raise UnreadableError(f"not valid CSV at line {reader.line_num} ({error}): mend it") from error


def _json_row(line: str) -> Row | str:
    try:
        value: Any = json.loads(line)
    except (json.JSONDecodeError, RecursionError) as error:
        where = f" at column {error.colno}" if isinstance(error, json.JSONDecodeError) else ""
        return f"not valid JSON{where}: mend or delete the line"
    if not isinstance(value, dict):
        return 'not a JSON object: write {"text": "..."}'
    if not isinstance(value.get("text"), str):
        return "no field 'text' that holds a string: add it"
    bad = [name for name in COLUMNS[1:] if not isinstance(value.get(name, ""), str | int | float | None)]
    if bad:
        return f"field {bad[0]!r} is not a string: mend the line"
    row = {name: "" if value.get(name) is None else str(value[name]) for name in COLUMNS}
    if any("\ud800" <= character <= "\udfff" for field in row.values() for character in field):
        return "holds half of a character (a lone surrogate): mend the line"
    return row
