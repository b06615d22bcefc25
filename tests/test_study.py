"""The study: every table on the seeds keeps its contract, is kept on disk, and is the same each time."""

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers import tables
from helpers.notebook import begin
from helpers.overview import at_a_glance, in_short
from helpers.study import MAKERS, Study, prepare

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    return Study(ROOT / "seeds", kept=tmp_path_factory.mktemp("kept"), resamples=50)


@pytest.mark.parametrize("name", sorted(MAKERS))
def test_every_table_of_the_seeds_keeps_its_schema_and_offsets(study, name):
    frame = tables.check(name, study.table(name))
    if issubclass(tables.SCHEMAS[name], tables.Finding):
        assert len(frame)
        tables.check_offsets(name, frame, dict(study.articles[["article_id", "text"]].to_numpy().tolist()))


def test_parts_of_an_article_follow_its_layout(study):
    parts = study.sentences.groupby("article_id")["part"].agg(list)
    assert all(row.count("lead") >= 1 for row in parts)
    assert all("headline" not in row[1:] for row in parts if row[0] != "headline")


def test_a_second_study_reads_what_the_first_kept(study, monkeypatch):
    wanted = study.table("attributions")
    again = Study(ROOT / "seeds", kept=study._kept, resamples=50)
    monkeypatch.setitem(MAKERS, "attributions", lambda _: pytest.fail("computed again"))
    pd.testing.assert_frame_equal(again.table("attributions"), wanted)


def test_a_damaged_file_is_computed_again(study):
    wanted = study.table("sentences")
    path = study._kept / "tables" / study._key / "sentences.parquet"
    path.write_bytes(b"damaged")
    pd.testing.assert_frame_equal(
        Study(ROOT / "seeds", kept=study._kept, resamples=50).table("sentences"), wanted
    )


def test_a_changed_table_does_not_change_the_study(study):
    changed = study.sentences
    changed.loc[:, "text"] = "gone"
    assert "gone" not in set(study.sentences["text"])


def test_an_unknown_table_is_an_attribute_error(study):
    with pytest.raises(AttributeError):
        _ = study.nothing


def test_prepare_writes_the_same_bytes_twice_and_csv_is_safe(tmp_path, monkeypatch):
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "a.txt").write_text(
        "=SUM(A1) is how the clerk of Exampleton began.\n\nThe mayor said that the council was to blame for it.\n",
        encoding="utf-8",
    )
    (corpus / "empty.txt").write_text("", encoding="utf-8")
    for run in ("one", "two"):
        monkeypatch.setenv("PARALLAX_CACHE", str(tmp_path / f"cache {run}"))
        prepare(corpus, tmp_path / run)
    first, second = (sorted((tmp_path / run / "tables").iterdir()) for run in ("one", "two"))
    assert {path.stem for path in first} == {*MAKERS, "at_a_glance", "in_short"}
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]
    assert "'=SUM(A1)" in (tmp_path / "one" / "tables" / "sentences.csv").read_text(encoding="utf-8")
    assert "empty" in (tmp_path / "one" / "tables" / "left_out.csv").read_text(encoding="utf-8")


def test_the_glance_has_a_row_an_article(study):
    glance = at_a_glance(study)
    assert glance["article"].tolist() == [key.split("_")[0] for key in study.articles["article_id"]]
    assert set(glance["title"]) & {"(no headline)"}
    assert glance["words attributed"].str.fullmatch(r"\d+%( \(\d+–\d+%\))?").all()


def test_what_stands_out_is_said_in_five_sentences(study):
    said = in_short(study)["sentence"].tolist()
    assert len(said) == 5
    assert all(sentence.endswith(".") for sentence in said)


PIECES = st.sampled_from(
    [
        "The mayor said that",
        " “we did nothing”",
        ", ",
        "the council",
        " blamed ",
        "Ann Example",
        ".",
        "\n\n",
        " 3.5",
        " U.S.",
        " é😀",
        "—",
        " it was ",
        "to blame",
        "!",
        " (",
        ")",
        "\t",
        " and ",
    ]
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(PIECES, min_size=1, max_size=40))
def test_offsets_hold_for_any_text(tmp_path_factory, pieces):
    folder = tmp_path_factory.mktemp("any")
    text = "The clerk of Exampleton wrote to the council and to the mayor about the bridge again. " * 2
    (folder / "a.txt").write_text(text + "".join(pieces), encoding="utf-8")
    study = Study(folder, kept=folder / ".kept", resamples=2)
    for name in ("sentences", "mentions", "attributions", "blame_ties", "frames"):
        study.table(name)  # raises when an offset does not hold


OWN = """
name: rain
title: Rain
citation: none
frames:
- {frame: rain, definition: Rain is spoken of., questions: ["Does it rain?"], lemmas: [rain]}
"""


def test_a_codebook_beside_the_articles_is_scored_and_is_no_article(tmp_path):
    (tmp_path / "one.txt").write_text(
        "It will rain in Ottertown, the mayor said on Monday.", encoding="utf-8"
    )
    before = Study(tmp_path, kept=tmp_path / ".kept")
    assert "rain" not in set(before.frames["codebook"])
    (tmp_path / "codebooks").mkdir()
    (tmp_path / "codebooks" / "frames_rain.yaml").write_text(OWN, encoding="utf-8")
    after = Study(tmp_path, kept=tmp_path / ".kept")
    [row] = after.frames[after.frames["codebook"] == "rain"].to_dict("records")
    assert (row["cues"], row["basis"], row["part"]) == ("rain", "cues and likeness", "lead")
    assert after.left_out.empty


def test_a_codebook_in_a_named_folder_is_scored(tmp_path):
    corpus, books = tmp_path / "corpus", tmp_path / "books"
    corpus.mkdir()
    books.mkdir()
    (corpus / "one.txt").write_text("It will rain in Ottertown, the mayor said on Monday.", encoding="utf-8")
    (books / "frames_rain.yaml").write_text(OWN, encoding="utf-8")
    named = Study(corpus, kept=tmp_path / ".kept", codebooks=str(books), wanted="gvfc")
    assert set(named.frames["codebook"]) == {"generic", "policy", "peace_journalism", "rain", "gvfc"}


WORDS = """
name: wording
citation: none
marks: {threshold: 0.5}
classes:
- {kind: weather, group: loaded, definition: Rain., weight: 1, nouns: [drizzle]}
plain: [The mayor met the council.]
loaded: [What a shameful mayor.]
"""


def test_cues_of_wording_beside_the_articles_replace_the_shipped_ones(tmp_path):
    (tmp_path / "one.txt").write_text("A shocking drizzle fell on Ottertown on Monday.", encoding="utf-8")
    (tmp_path / "codebooks").mkdir()
    (tmp_path / "codebooks" / "wording.yaml").write_text(WORDS, encoding="utf-8")
    study = Study(tmp_path, kept=tmp_path / ".kept")
    assert study.wording["cue"].tolist() == ["drizzle"]
    assert study.wording_scores["words"].tolist() == ["drizzle"]


def test_findings_are_shown_in_their_sentences_at_their_own_place():
    page = begin("01_framing", corpus=str(ROOT / "seeds"))
    tone = page.study.portrayal
    shown = page.in_sentences(tone)
    assert len(shown) == len(tone)
    for row in shown.to_dict("records"):
        place = row["found_start"] - row["start"]
        assert row["text"][place : place + len(row["found"])] == row["found"]
