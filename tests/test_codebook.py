import re

import pytest
import yaml

from helpers.codebook import (
    FOLDER,
    FRAME_FILES,
    FrameCodebook,
    frame_files,
    frame_names,
    load_codebooks,
    own_codebooks,
    read_codebook,
)
from helpers.errors import ParallaxError

FRAME = {"frame": "weather", "definition": "Rain is spoken of.", "questions": ["Does it rain?"]}
BOOK = {"name": "mine", "title": "Mine", "citation": "none", "frames": [FRAME]}


def written(folder, data, name="frames_generic.yaml"):
    path = folder / name
    path.write_text(data if isinstance(data, str) else yaml.safe_dump(data), encoding="utf-8")
    return path


def test_the_shipped_codebooks_are_whole():
    books = load_codebooks()
    assert [len(book.frames) for book in books.frames] == [5, 9, 2]
    assert set(books.verbs.class_of().values()) == set(books.verbs.classes)
    assert {"government", "military", "armed_group", "media", "company"} <= {
        t.type for t in books.sources.types
    }
    assert set(books.sources.naming.definition) == {"named", "unnamed", "collective", "vague", "none"}
    assert "on" in {verb.target for verb in books.blame.verbs}


def test_every_shipped_frame_has_questions_and_a_counter_example():
    books = load_codebooks(frames=frame_files(wanted="gvfc")).frames
    assert [book.name for book in books] == ["generic", "policy", "peace_journalism", "gvfc"]
    for frame in (frame for book in books for frame in book.frames):
        assert frame.questions and frame.counter_examples and len(set(frame.lemmas)) == len(frame.lemmas)


def test_an_analysts_file_replaces_the_shipped_one(tmp_path):
    written(tmp_path, BOOK)
    assert [frame.frame for frame in load_codebooks(tmp_path).frames[0].frames] == ["weather"]
    assert load_codebooks(tmp_path).verbs == load_codebooks().verbs


def test_on_and_no_are_words(tmp_path):
    path = written(tmp_path, yaml.safe_dump(BOOK).replace("name: mine", "name: on"))
    assert read_codebook(path, FrameCodebook).name == "on"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({**BOOK, "color": "red"}, "frames_generic.yaml: color: is not a known field"),
        ({**BOOK, "frames": [{**FRAME, "lemmata": []}]}, "frames[weather].lemmata: is not a known field"),
        ({**BOOK, "frames": [{**FRAME, "lemmas": "rain"}]}, "frames[weather].lemmas: input should be"),
        ({**BOOK, "frames": [{**FRAME, "definition": " "}]}, "frames[weather].definition: must not be empty"),
        ({**BOOK, "frames": [FRAME, FRAME]}, "'weather' is defined twice"),
        ({**BOOK, "frames": []}, "at least one frame is needed"),
        ({**BOOK, "frames": [{**FRAME, "head": "gvfc"}]}, "frames[weather].head: string should match"),
        ({"name": "x"}, "title: field required"),
        ("- a\n- b\n", "must hold fields such as name:"),
        ("name: [", "line 1: is not valid YAML"),
        ("", "must hold fields"),
    ],
)
def test_faults_are_one_line_with_file_and_place(tmp_path, data, message):
    path = written(tmp_path, data)
    with pytest.raises(ParallaxError, match=re.escape(message)) as caught:
        read_codebook(path, FrameCodebook)
    assert str(caught.value).startswith("frames_generic.yaml") and "\n" not in str(caught.value)


def test_a_missing_or_binary_file_is_named(tmp_path):
    with pytest.raises(ParallaxError, match=r"none\.yaml: cannot be read"):
        read_codebook(tmp_path / "none.yaml", FrameCodebook)
    (tmp_path / "b.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ParallaxError, match=r"b.yaml: is not UTF-8"):
        read_codebook(tmp_path / "b.yaml", FrameCodebook)


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        (
            "reporting_verbs.yaml",
            "default_class: neutral",
            "default_class: calm",
            "'calm' is not one of the classes",
        ),
        ("reporting_verbs.yaml", "verbs: [say,", "verbs: [say, add,", "verb 'add' stands in two places"),
        (
            "reporting_verbs.yaml",
            "object: [confirm,",
            "object: [confirm, hum,",
            "verb 'hum' stands in no class",
        ),
        ("source_types.yaml", "type: company", "type: media", "'media' is defined twice"),
        ("source_types.yaml", "type: company", "type: unknown", "'unknown' is kept"),
        ("blame_predicates.yaml", "shape: adjective", "shape: odd", "states[1].shape: input should be"),
    ],
)
def test_faults_in_the_shipped_shapes(tmp_path, name, old, new, message):
    text = (FOLDER / name).read_text(encoding="utf-8")
    assert old in text
    written(tmp_path, text.replace(old, new, 1), name)
    with pytest.raises(ParallaxError, match=re.escape(message)):
        load_codebooks(tmp_path)


def test_two_frame_codebooks_of_one_name_are_refused(tmp_path):
    written(tmp_path, BOOK)
    written(tmp_path, BOOK, FRAME_FILES[1])
    with pytest.raises(ParallaxError, match="two frame codebooks are called 'mine'"):
        load_codebooks(tmp_path)


def test_a_codebook_of_ones_own_is_added_by_its_file_alone(tmp_path):
    written(tmp_path, BOOK, "frames_mine.yaml")
    assert frame_files(tmp_path) == (*FRAME_FILES, "frames_mine.yaml")
    assert [book.name for book in load_codebooks(tmp_path).frames][-1] == "mine"
    assert set(frame_names(tmp_path)) == {"generic", "policy", "peace_journalism", "gvfc", "mine"}
    assert "mine" not in frame_names()


def test_a_codebook_of_one_topic_is_read_only_when_wanted():
    assert frame_files() == FRAME_FILES
    assert frame_files(wanted="gvfc") == (*FRAME_FILES, "frames_gvfc.yaml")
    assert frame_files(wanted="generic") == FRAME_FILES
    assert frame_files(wanted="none of these") == FRAME_FILES


def test_own_codebooks_lie_beside_the_articles_or_where_they_are_named(tmp_path):
    assert own_codebooks(tmp_path) is None
    beside, other = tmp_path / "codebooks", tmp_path / "other"
    for folder in (beside, other):
        folder.mkdir()
    assert own_codebooks(tmp_path) == beside
    with pytest.raises(ParallaxError, match=r"other: no folder with \.yaml files"):
        own_codebooks(tmp_path, str(other))
    written(other, BOOK, "frames_mine.yaml")
    assert own_codebooks(tmp_path, str(other)) == other
