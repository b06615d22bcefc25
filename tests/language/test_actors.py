"""Mentions grouped by actor, and the analyst's book."""

from pathlib import Path

import pytest
from spacy.language import Language

from helpers import tables
from helpers.errors import ParallaxError
from helpers.language.actors import ActorBook, group_mentions, plain, read_actors

TEXT = (
    "President Maria Keller met Tomas Brandt in Velmora on Monday. Mr. Brandt said that he had no plan. "
    "The Northern Fishing Council (NFC) called for calm. The NFC later left Velmora. "
    "Keller said she would return. The president left."
)
BOOK = {"actors": [{"name": "Maria Keller", "kind": "PER", "group": "A", "aliases": ["Keller"]}]}


def found(nlp: Language, text: str, book: ActorBook | None = None) -> list[tuple[str, str, str]]:
    return [(row["text"], row["form"], row["actor"]) for row in group_mentions(nlp(text), book, "x")]


def test_titles_last_names_and_pronouns(nlp: Language) -> None:
    rows = found(nlp, TEXT)
    assert ("President Maria Keller", "title", "Maria Keller") in rows
    assert ("Mr. Brandt", "title", "Tomas Brandt") in rows
    assert ("he", "pronoun", "Tomas Brandt") in rows
    assert ("Keller", "alias", "Maria Keller") in rows
    assert ("she", "pronoun", "Maria Keller") in rows
    assert ("The president", "description", "Maria Keller") in rows


def test_an_acronym_in_brackets_joins_its_name(nlp: Language) -> None:
    actors = {actor for text, _, actor in found(nlp, TEXT) if text == "NFC"}
    assert len(actors) == 1
    assert actors.pop().endswith("Fishing Council")


def test_the_book_names_and_finds(nlp: Language) -> None:
    rows = found(nlp, "Old Keller spoke. Keller left.", ActorBook.model_validate(BOOK))
    assert [row for row in rows if row[0] == "Keller"] == [("Keller", "alias", "Maria Keller")] * 2


def test_rows_fit_the_table(nlp: Language) -> None:
    import pandas as pd

    doc = nlp(TEXT)
    rows = group_mentions(doc, read_actors(), "x")
    frame = tables.Mentions.validate(pd.DataFrame(rows))
    assert all(doc.text[r["start"] : r["end"]] == r["text"] for r in rows)
    assert len(frame) == len(rows)
    assert [r["start"] for r in rows] == sorted(r["start"] for r in rows)


def test_no_mentions_in_an_empty_text(nlp: Language) -> None:
    assert group_mentions(nlp(""), read_actors()) == []


@pytest.mark.parametrize(
    ("text", "key"),
    [("the U.S.", "us"), ("Keller\u2019s", "keller"), ("Al-Noor", "al noor"), ("The Hague", "hague")],
)
def test_plain_names(text: str, key: str) -> None:
    assert plain(text) == key


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("actors: [", "not valid YAML"),
        ("- a", "no mapping at the top"),
        ("actors: [{name: A, kind: TOWN}]", "actors > 0 > kind"),
        ("actors: [{name: A, kind: PER, colour: red}]", "colour"),
        ("actors: [{name: A, kind: PER, aliases: [B]}, {name: B, kind: PER}]", "stands for both"),
    ],
)
def test_a_bad_book_is_refused_in_one_line(tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / "book.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ParallaxError) as caught:
        read_actors(file)
    assert message in str(caught.value)
    assert str(file) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_book_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ParallaxError, match="cannot be read"):
        read_actors(tmp_path / "none.yaml")


def test_the_shipped_book_is_unambiguous() -> None:
    book = read_actors()
    assert book.group_of("Benjamin Netanyahu") == "Israel"
    assert book.group_of("nobody") == ""
