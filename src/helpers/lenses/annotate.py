"""Sourcing and blame on rows of text in the shape of annotated data, so that anyone can score them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from spacy.tokens import Doc

from helpers.codebook import Codebooks, load_codebooks
from helpers.errors import ParallaxError
from helpers.language import load, sentence_encoder
from helpers.lenses.blame import blame_rows
from helpers.lenses.extraction import find_attributions
from helpers.lenses.sourcing import attribution_rows
from helpers.lenses.spans import PlainText

Row = Mapping[str, Any]
ROWS_AT_ONCE = 64
GAP = "\n\n"


def annotate_sourcing(rows: Iterable[Row]) -> Iterator[dict[str, Any]]:
    """Rows {"id", "text"} in; {"id", "attributions": [{"id", "source", "cue", "content"}]} out, in order.

    Source, cue and content are lists of [start, end] in code points of the text; a source may be empty.
    Raises ParallaxError for a row without id or text.
    """
    books = load_codebooks()
    for row, doc in parsed(rows, lambda row, number: text_field(row, "text", number)):
        yield {"id": row["id"], "attributions": attributions_of(doc, books)}


def annotate_blame(rows: Iterable[Row]) -> Iterator[dict[str, Any]]:
    """Rows {"id", "sentence", "context"} in; {"id", "ties": [{"blamer", "target", "issue", "negated"}]} out.

    The phrases are strings as in the sentence; blamer and issue may be null. The context, the sentence before
    (it may be missing or empty), is read but gives no ties and no phrases.
    """
    books = load_codebooks()
    for row, doc in parsed(rows, sentence_in_context):
        yield {"id": row["id"], "ties": ties_of(doc, len(doc.text) - len(row["sentence"]), books)}


def parsed(rows: Iterable[Row], text_of: Callable[[Row, int], str]) -> Iterator[tuple[Row, Doc]]:
    """Each row with the parse of its text."""
    waiting = iter(rows)
    number = 0
    while batch := list(islice(waiting, ROWS_AT_ONCE)):
        texts = [text_of(row, number + i) for i, row in enumerate(batch, start=1)]
        number += len(batch)
        yield from zip(batch, load().pipe(texts), strict=True)


def text_field(row: Row, field: str, number: int) -> str:
    """A row's text; raises ParallaxError when id or text are missing."""
    if "id" not in row:
        raise ParallaxError(f'row {number}: no "id": give each row one')
    if not isinstance(row.get(field), str):
        raise ParallaxError(f'row {number} ({row["id"]}): no "{field}" (a string): add it')
    return str(row[field])


def sentence_in_context(row: Row, number: int) -> str:
    """The sentence with the one before it, a blank line apart."""
    sentence = text_field(row, "sentence", number)
    context = row.get("context") or ""
    return f"{context}{GAP}{sentence}" if context else sentence


def attributions_of(doc: Doc, books: Codebooks) -> list[dict[str, Any]]:
    """The attributions of a parsed text as lists of spans."""
    return [
        {
            "id": str(number),
            "source": [list(one.source)] if one.source else [],
            "cue": [list(one.cue)],
            "content": [list(span) for span in one.content],
        }
        for number, one in enumerate(find_attributions(doc, books.verbs))
    ]


def ties_of(doc: Doc, start: int, books: Codebooks) -> list[dict[str, Any]]:
    """The ties of a parsed text whose blaming word stands at or after `start`."""
    article = PlainText("", doc.text)
    attributions = attribution_rows(article, doc, [], books)
    return [
        {
            "blamer": row["blamer"] if row["blamer_start"] >= start else None,
            "target": row["target"],
            "issue": row["issue"] or None,
            "negated": row["negated"],
        }
        for row in blame_rows(article, doc, attributions, [], books, sentence_encoder())
        if row["cue_start"] >= start and row["target_start"] >= start
    ]
