"""One small transformer reads every sentence once, for all lenses; a frozen encoder gives vectors."""

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.language.sentence import SentenceEncoder, sentence_encoder

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from helpers.corpus.article import Article

__all__ = ["SentenceEncoder", "load", "parse", "sentence_encoder"]


@lru_cache(maxsize=1)
def load() -> "Language":
    """The pipeline, made once a process: Docs carry UD tags, trees and PER, ORG, LOC.

    `doc.ents` are names without titles, `doc.spans["mentions"]` the longest mentions with their titles.
    """
    from helpers.language.component import NAME
    from helpers.language.tokens import blank_english

    nlp = blank_english()
    nlp.add_pipe(NAME)
    nlp.max_length = 50_000_000
    return nlp


def parse(articles: "Iterable[Article]", cache: Path | None = None) -> "dict[str, Doc]":
    """Parse articles into Docs by article_id, out of the disk cache if there; Doc.text == Article.text.

    `cache` is the folder; None takes PARALLAX_CACHE or else the user's cache folder.
    """
    from helpers.language import cache as store
    from helpers.language.encoder import model_digest
    from helpers.paths import cache_folder

    nlp, folder, model = load(), cache_folder(cache), model_digest()
    given = {article.article_id: article.text for article in articles}
    places = {key: store.cache_file(folder, text, model) for key, text in given.items()}
    found = {key: store.load(places[key], nlp.vocab, text) for key, text in given.items()}
    missing = [key for key, doc in found.items() if doc is None]
    for key, doc in zip(missing, nlp.pipe(given[key] for key in missing), strict=True):
        store.save(places[key], doc)
        found[key] = doc
    return {key: doc for key, doc in found.items() if doc is not None}
