"""A lens's findings for rows of text in the shape of annotated data, so that anyone can score the suite."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from spacy.tokens import Doc

from helpers.errors import ParallaxError
from helpers.language import load
from helpers.language.component import annotate, parse_words
from helpers.language.encoder import parser_model

ROWS_AT_ONCE = 64


def annotate_language(rows: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Parse rows {"id", "text"} or {"id", "words"} and give one row of offsets for each, in order.

    A row out has "id", "sentences" [[start, end]], "words" [[start, end]], "lemma", "tag" (UPOS), "head"
    (0-based index into the row's words; a root is its own head), "label" (UD relation, "root" for roots),
    "entities" [[start, end, PER|ORG|LOC]] (names without titles) and "mentions" (the longest, with titles).
    Offsets are code points of "text"; a row of words is one sentence of exactly these words joined by single
    spaces.
    """
    waiting = iter(rows)
    number = 0
    while batch := list(islice(waiting, ROWS_AT_ONCE)):
        for row in batch:
            number += 1
            check(row, number)
        texts = iter(load().pipe(row["text"] for row in batch if "words" not in row))
        words = iter(docs_of_words([row["words"] for row in batch if "words" in row]))
        for row in batch:
            yield {"id": row["id"], **offsets(next(words if "words" in row else texts))}


def check(row: Mapping[str, Any], number: int) -> None:
    """Raise ParallaxError for a row that has not what is needed."""
    words = row.get("words")
    if "id" not in row:
        raise ParallaxError(f'row {number}: no "id": give each row one')
    if words is None and not isinstance(row.get("text"), str):
        raise ParallaxError(
            f'row {number} ({row["id"]}): neither "text" (a string) nor "words" (a list): add one'
        )
    if words is not None and not (
        isinstance(words, list) and all(isinstance(w, str) and w and not w.isspace() for w in words)
    ):
        raise ParallaxError(
            f'row {number} ({row["id"]}): "words" must be a list of strings that are not blank'
        )


def docs_of_words(texts: list[list[str]]) -> list[Doc]:
    """Docs of exactly these words, each text one sentence."""
    vocab = load().vocab
    parses = parse_words(
        parser_model(), [(words, [i == 0 for i in range(len(words))]) for words in texts], True
    )
    docs = []
    for words, parse in zip(texts, parses, strict=True):
        doc = Doc(vocab, words=words, spaces=[True] * (len(words) - 1) + [False] * bool(words))
        annotate(doc, range(len(words)), parse)
        docs.append(doc)
    return docs


def offsets(doc: Doc) -> dict[str, Any]:
    """The annotation of a Doc as lists; whitespace tokens are left out."""
    words = [token for token in doc if token.pos_ != "SPACE"]
    index = {token.i: i for i, token in enumerate(words)}
    sentences = []
    for sent in doc.sents:
        inside = [token for token in sent if token.pos_ != "SPACE"]
        if inside:
            sentences.append([inside[0].idx, inside[-1].idx + len(inside[-1])])
    return {
        "sentences": sentences,
        "words": [[token.idx, token.idx + len(token)] for token in words],
        "lemma": [token.lemma_ for token in words],
        "tag": [token.pos_ for token in words],
        "head": [index[token.head.i] for token in words],
        "label": ["root" if token.dep_ == "ROOT" else token.dep_ for token in words],
        "entities": [[span.start_char, span.end_char, span.label_] for span in doc.ents],
        "mentions": [[span.start_char, span.end_char, span.label_] for span in doc.spans.get("mentions", [])],
    }
