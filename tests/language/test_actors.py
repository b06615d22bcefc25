"""Mentions grouped by actor, and the analyst's book."""

from pathlib import Path

import pytest
from spacy.language import Language

from helpers import tables
from helpers.errors import ParallaxError
from helpers.language.actorbook import book_for
from helpers.language.actors import ActorBook, across_articles, group_mentions, plain, read_actors

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


def test_a_pronoun_in_a_quotation_does_not_mean_its_speaker(nlp: Language) -> None:
    text = "Maria Keller spoke of Tomas Brandt. \u201cHe has no plan,\u201d said Paul Adler. He left Velmora."
    rows = [(word, actor) for word, form, actor in found(nlp, text) if form == "pronoun"]
    assert rows == [("He", "Tomas Brandt"), ("He", "Paul Adler")]


def test_a_pronoun_between_two_equals_is_left_alone(nlp: Language) -> None:
    rows = found(nlp, "Letters came from Maria Keller and from Tomas Brandt. Later he called.")
    assert not [row for row in rows if row[1] == "pronoun"]


def test_the_group_is_the_only_body_named_before(nlp: Language) -> None:
    text = "The Northern Fishing Council left the talks. The group wants more time."
    assert ("The group", "description", found(nlp, text)[0][2]) in found(nlp, text)


def test_the_administration_of_a_person_is_not_the_person(nlp: Language) -> None:
    rows = found(nlp, "Maria Keller left. The Keller administration stayed in Velmora.")
    assert ("Keller administration", "Keller administration") in [(text, actor) for text, _, actor in rows]


def test_one_name_for_an_actor_across_articles() -> None:
    mention = {"sentence": 0, "start": 0, "end": 1, "text": "x", "form": "name", "label": "PER"}
    names = ["Maria Keller", "Keller", "Brandt", "N.F.C.", "NFC"]
    labels = ["PER", "PER", "PER", "ORG", "ORG"]
    rows = [
        mention | {"article_id": str(i), "actor": n, "label": k}
        for i, (n, k) in enumerate(zip(names, labels, strict=True))
    ]
    assert [row["actor"] for row in across_articles(rows)] == [
        "Maria Keller",
        "Maria Keller",
        "Brandt",
        "N.F.C.",
        "N.F.C.",
    ]


def test_a_last_name_two_persons_share_joins_neither() -> None:
    mention = {
        "sentence": 0,
        "start": 0,
        "end": 1,
        "text": "x",
        "form": "name",
        "label": "PER",
        "article_id": "a",
    }
    rows = [mention | {"actor": name} for name in ("Maria Keller", "Tomas Keller", "Keller")]
    assert across_articles(rows)[2]["actor"] == "Keller"


def test_a_book_beside_the_articles_is_used(tmp_path: Path) -> None:
    assert book_for(tmp_path) == read_actors()
    (tmp_path / "actors.yaml").write_text(
        "actors: [{name: Guild, kind: ORG, group: North}]", encoding="utf-8"
    )
    assert book_for(tmp_path).group_of("Guild") == "North"


def test_a_word_of_a_group_places_a_phrase() -> None:
    groups = [{"name": "North", "words": ["Northland"]}, {"name": "South", "words": ["South"]}]
    book = ActorBook.model_validate({"groups": groups})
    assert book.group_in("two Northland officials in the South") == "North"
    assert book.group_in("Southern officials") == ""
