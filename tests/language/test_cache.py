"""Parsed texts on disk: the same Doc comes back, damage is mended, texts are never mixed up."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language

from helpers import language
from helpers.language import cache
from helpers.paths import cache_folder


@dataclass
class Piece:
    """What parse() uses of an article."""

    article_id: str
    text: str


TEXT = "Mayor Ida Brandt left Dunholm. \u201cI am tired,\u201d she said.\n\nNo successor was named."


def seen(doc: Any) -> list[Any]:
    spans = [
        [(s.start, s.end, s.label_) for s in group] for group in (doc.ents, doc.spans["mentions"], doc.sents)
    ]
    told = [(s.start, s.end, s.label_, s.id_) for s in doc.spans["attributions"]]
    return [told, [(t.text, t.pos_, t.lemma_, t.dep_, t.head.i, t.whitespace_) for t in doc], spans]


def test_round_trip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    articles: Any = [Piece("b", TEXT), Piece("a", "Nobody came."), Piece("c", "")]
    first = language.parse(articles, tmp_path)
    assert list(first) == ["b", "a", "c"]
    assert len(list((tmp_path / "parses").glob("*.spacy"))) == 3
    assert not list((tmp_path / "parses").glob("*.tmp"))
    monkeypatch.setattr("helpers.language.component.parse_words", None)
    second = language.parse(articles, tmp_path)
    assert [seen(doc) for doc in first.values()] == [seen(doc) for doc in second.values()]


def test_a_damaged_file_is_parsed_again(tmp_path: Path) -> None:
    articles: Any = [Piece("a", TEXT)]
    first = language.parse(articles, tmp_path)
    file = next((tmp_path / "parses").iterdir())
    file.write_bytes(b"not a parse")
    assert seen(language.parse(articles, tmp_path)["a"]) == seen(first["a"])
    assert file.read_bytes() != b"not a parse"


def test_another_text_or_model_has_another_file(tmp_path: Path) -> None:
    files = {cache.cache_file(tmp_path, text, model) for text in ("a", "b") for model in ("1", "2")}
    assert len(files) == 4


def test_a_text_that_does_not_match_is_not_taken(tmp_path: Path, nlp: Language) -> None:
    file = tmp_path / "x.spacy"
    cache.save(file, nlp("One text."))
    assert cache.load(file, nlp.vocab, "Other text.") is None


def test_the_environment_names_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARALLAX_CACHE", str(tmp_path))
    assert cache_folder() == tmp_path
    assert cache_folder(tmp_path / "own") == tmp_path / "own"


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("x", encoding="utf-8")
    articles: Any = [Piece("a", "Nobody came.")]
    assert language.parse(articles, blocked)["a"].text == "Nobody came."
