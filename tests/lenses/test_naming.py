"""Names for the same thing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import tables
from helpers.codebook import FOLDER, read_codebook
from helpers.codebook_wording import Referents, referents_for
from helpers.errors import ParallaxError
from helpers.language import load
from helpers.lenses.naming import family, name_counts, naming_rows, naming_table
from helpers.lenses.spans import PlainText

BOOK = referents_for(FOLDER)


def rows_of(text, mentions=(), book=BOOK):
    return naming_rows(PlainText("a", text), load()(text), mentions, book)


def names_of(text):
    return [(row["referent"], row["name"]) for row in rows_of(text)]


def test_spellings_are_told_apart_and_joined_in_a_family():
    rows = rows_of("The cease-fire held. A ceasefire is not a truce, said the mayor of Ostwick.")
    kept = [row for row in rows if row["referent"] == "halt to the fighting"]
    assert [row["name"] for row in kept] == ["cease-fire", "ceasefire", "truce"]
    assert [row["family"] for row in kept] == ["ceasefire", "ceasefire", "truce"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The army wants a pause before it resumes the war.", True),
        ("After a pause the violinist played on.", False),
        ("The protesters began a march through Ostwick.", True),
        ("The shop in Ostwick opened in March.", False),
    ],
)
def test_a_loose_name_counts_only_beside_a_sign(text, found):
    assert bool({"pause", "march"} & {name for _, name in names_of(text)}) is found


def test_the_end_of_a_compound_is_no_name():
    assert "term" not in {name for _, name in names_of("They refused the long-term offer.")}


def test_quoted_names_are_told_apart_and_counted():
    rows = rows_of("The militants left. “These militants are fighters of ours,” she said of the truce.")
    counts = name_counts(tables.make("naming", rows))
    kept = counts.set_index("name")[["count", "quoted"]].to_dict("index")
    assert kept["militant"] == {"count": 2, "quoted": 1} and kept["fighter"] == {"count": 1, "quoted": 1}
    table = naming_table(tables.make("naming", rows), ["group"])
    assert table.loc["armed members of a group", "a"] == "militant 2 (1 quoted), fighter 1 (1 quoted)"


def test_a_name_within_the_name_of_an_actor_is_the_actors():
    text = "The Talks Party of Ostwick met."
    mention = {"article_id": "a", "sentence": 0, "start": 0, "end": 26, "text": text[:26], "label": "ORG",
               "actor": "Talks Party", "form": "name"}  # fmt: skip
    assert [(row["kind"], row["name"]) for row in rows_of(text, [mention])] == [
        ("actor", "Talks Party of Ostwick")
    ]


def test_pronouns_name_nothing():
    mention = {"article_id": "a", "sentence": 0, "start": 0, "end": 2, "text": "He", "label": "PER",
               "actor": "Abel Quist", "form": "pronoun"}  # fmt: skip
    assert rows_of("He slept.", [mention]) == []


def test_an_analysts_book_replaces_the_shipped_one(tmp_path):
    (tmp_path / "referents.yaml").write_text(
        "name: mine\ncitation: none\nreferents:\n"
        "  - {referent: rain, kind: event, definition: Water falls., names: [rain, drizzle]}\n",
        encoding="utf-8",
    )
    assert [one.referent for one in referents_for(tmp_path).referents] == ["rain"]


def test_a_name_for_two_things_is_refused(tmp_path):
    path = tmp_path / "referents.yaml"
    entry = "  - {{referent: {0}, kind: event, definition: x, names: [rain]}}\n"
    path.write_text(
        "name: x\ncitation: x\nreferents:\n" + entry.format("a") + entry.format("b"), encoding="utf-8"
    )
    with pytest.raises(ParallaxError, match=r"referents.yaml: .*'rain' stands in two places"):
        read_codebook(path, Referents)


def test_family_joins_hyphen_blank_and_case():
    assert {family(name) for name in ("Cease-fire", "cease fire", "ceasefire", "cease‑fire")} == {"ceasefire"}


WORDS = st.sampled_from(
    ["truce", "cease-fire", "the", "war", "“", "”", "talks", ".", "\n\n", "pause", "é", "-"]
)


@settings(max_examples=25, deadline=None)
@given(st.lists(WORDS, max_size=14).map(" ".join))
def test_offsets_hold_for_any_text(text):
    for row in rows_of(text):
        assert row["text"] == text[row["start"] : row["end"]] and row["text"]
