"""The measures of sourcing on a small table worked by hand."""

import pandas as pd
import pytest

from helpers import tables
from helpers.lenses import voices

TEXT = (
    "Ann Example said one two three. The mayor claimed four. Officials insist five six. Nobody speaks here."
)
WORDS = {"one two three": "Ann Example", "four": "mayor", "five six": "officials"}
KNOWN = {
    "Ann Example": ("North", "government", "named", "say", "neutral", "direct"),
    "mayor": ("South", "government", "unnamed", "claim", "doubting", "indirect"),
    "officials": ("South", "government", "unnamed", "insist", "assertive", "indirect"),
}


@pytest.fixture
def said():
    rows = []
    for number, (content, speaker) in enumerate(WORDS.items()):
        group, kind, naming, lemma, stance, form = KNOWN[speaker]
        start = TEXT.index(content)
        cue = TEXT.index(" ", start - 10)
        rows.append(
            {
                "article_id": "a", "sentence": number, "start": start, "end": start + len(content),
                "text": content, "attribution": number, "cue": lemma, "cue_start": cue, "cue_end": cue + 1,
                "cue_lemma": lemma, "source": speaker, "source_start": -1, "source_end": -1, "form": form,
                "verb_class": stance, "stance": stance, "source_type": kind, "naming": naming,
                "reference": "name", "actor": speaker if naming == "named" else "", "speaker": speaker,
                "group": group,
            }
        )  # fmt: skip
    return tables.make("attributions", rows)


@pytest.fixture
def sentences():
    rows, start = [], 0
    for number, text in enumerate(TEXT.split(". ")):
        text = text if text.endswith(".") else f"{text}."
        rows.append(
            {"article_id": "a", "sentence": number, "start": start, "end": start + len(text), "text": text}
            | {"part": "body", "words": len(text.split())}
        )
        start += len(text) + 1
    return tables.make("sentences", rows)


def test_share_of_words_and_sentences(said, sentences):
    [row] = voices.attributed_share(said, sentences, 1, 50).to_dict("records")
    assert (row["attributed_words"], row["words"], row["share"]) == (6, 17, pytest.approx(6 / 17))
    assert (row["attributed_sentences"], row["sentences"], row["sentence_share"]) == (3, 4, 0.75)
    assert row["low"] <= row["share"] <= row["high"]
    tables.make("sourcing_share", [row])


def test_voice_by_group_counts_words_and_quotations(said):
    found = voices.voice_by(said, "group", 1, 50).set_index("group")
    assert found.loc["North", ["attributions", "quotations", "words", "base_words"]].tolist() == [1, 1, 3, 6]
    assert found.loc["South", "share"] == pytest.approx(2 / 3)
    assert found["word_share"].tolist() == [0.5, 0.5]


def test_voices_keep_their_schema_and_name_what_is_empty(said):
    found = tables.make(
        "sourcing_voices", voices.voices(said.assign(group=["North", "", ""]), 1, 20).to_dict("records")
    )
    assert voices.OTHERS in set(found[found["grouping"] == "group"]["value"])
    assert voices.NOBODY in set(found[found["grouping"] == "actor"]["value"])
    assert voices.wide(found, "group").loc["a", "North"] == 3


def test_speakers_come_in_order_with_their_place(said, sentences):
    found = voices.speakers(said, sentences)
    tables.make("sourcing_speakers", found.to_dict("records"))
    assert found["speaker"].tolist() == ["Ann Example", "mayor", "officials"]
    assert found["position"].tolist() == [0, pytest.approx(1 / 3), pytest.approx(2 / 3)]
    assert found["word_share"].sum() == pytest.approx(1)


def test_concentration_of_three_one_and_two_words(said):
    found = voices.concentrations(said, 1, 50).set_index("measure")
    assert found.loc["gini", "value"] == pytest.approx(2 * (1 + 4 + 9) / (3 * 6) - 4 / 3)
    assert found.loc["effective", "sources"] == 3
    tables.make("sourcing_concentration", found.reset_index().to_dict("records"))


def test_balance_is_the_share_of_the_first_of_two(said):
    assert voices.loudest(said) == ("North", "South")
    assert voices.loudest(said, second="North") == ("North", "South")
    [row] = voices.balance(said, "North", "South", 1, 50).to_dict("records")
    assert (row["words"], row["base_words"], row["share"]) == (3, 6, 0.5)
    assert voices.balance(said, "East", "West").empty


def test_unnamed_words(said):
    [row] = voices.share_of(said, "naming", ["unnamed", "vague"], 1, 50).to_dict("records")
    assert (row["attributions"], row["words"], row["share"]) == (2, 3, 0.5)


def test_stance_by_group(said):
    found = voices.stance_by(said, "group", 1, 50)
    south = found[found["group"] == "South"].set_index("stance")["share"]
    assert south.to_dict() == {"assertive": 0.5, "doubting": 0.5}


def test_who_is_spoken_about_but_never_heard(said):
    mention = {"article_id": "a", "sentence": 3, "start": 80, "end": 82, "text": "No", "form": "name"}
    rows = [
        mention | {"label": "PER", "actor": "Ann Example"},
        mention | {"label": "ORG", "actor": "Guild"},
        mention | {"label": "LOC", "actor": "Exampleton"},
    ]
    found = voices.unheard(tables.make("mentions", rows), said, {"Guild": "North"})
    assert found[["actor", "group", "mentions"]].to_numpy().tolist() == [["Guild", "North", 1]]
    tables.make("sourcing_unheard", found.to_dict("records"))


def test_each_sentence_takes_the_voice_of_most_of_its_words(said, sentences):
    found = voices.sentence_voices(said, sentences)
    assert found["voice"].tolist() == ["North", "South", "South", voices.ARTICLE]
    assert (found["left"].iloc[0], found["right"].iloc[-1]) == (0, 1)
    assert (found["right"].iloc[:-1].to_numpy() == found["left"].iloc[1:].to_numpy()).all()


def test_evidence_holds_cue_and_content(said):
    shown = voices.in_context(said, pd.DataFrame({"article_id": ["a"], "text": [TEXT]}))
    assert all(row["text"] == TEXT[row["start"] : row["end"]] for row in shown.to_dict("records"))
    assert all(row["cue_start"] >= row["start"] for row in shown.to_dict("records"))


def test_nothing_said_gives_empty_tables(sentences):
    none = tables.make("attributions", [])
    for name, found in (
        ("sourcing_voices", voices.voices(none)),
        ("sourcing_speakers", voices.speakers(none, sentences)),
        ("sourcing_concentration", voices.concentrations(none)),
    ):
        assert tables.make(name, found.to_dict("records")).empty
    assert voices.attributed_share(none, sentences)["share"].tolist() == [0.0]
