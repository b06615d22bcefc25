"""Loaded wording on rows of text in the shape of annotated data, so that anyone can score it."""

from collections.abc import Iterable, Iterator
from typing import Any

from helpers.codebook_wording import wording_cues
from helpers.language import sentence_encoder
from helpers.lenses.annotate import Row, parsed, text_field
from helpers.lenses.wording import annotated


def annotate_loaded(rows: Iterable[Row]) -> Iterator[dict[str, Any]]:
    """Rows {"id", "text"} in; {"id", "biased", "words"} out, in order: whether the text is loaded, by which words.

    The text is judged as one sentence, however the parse cuts it. Raises ParallaxError for a row without id or text.
    """
    book, encoder = wording_cues(), sentence_encoder()
    for row, doc in parsed(rows, lambda row, number: text_field(row, "text", number)):
        biased, words = annotated(doc, book, encoder)
        yield {"id": row["id"], "biased": biased, "words": words}
