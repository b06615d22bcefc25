"""Lines to paragraphs."""

import textwrap

import pytest

from helpers.corpus.layout import paragraphs
from tests.corpus.texts import FIRST, SECOND, STORY, THIRD


def texts(raw: str) -> list[str]:
    return [paragraph.text for paragraph in paragraphs(raw)]


@pytest.mark.parametrize("width", [60, 66, 72, 80, 100])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_hard_wrapped_paragraphs_are_joined(width: int, ending: str) -> None:
    story = [FIRST, SECOND, "What Lies Ahead", THIRD]
    raw = "\n\n".join(textwrap.fill(text, width, break_on_hyphens=False) for text in story)
    assert texts(raw.replace("\n", ending)) == story


@pytest.mark.parametrize("gap", ["\n", "\n\n", "\r\n", "\r", "\u2028"])
def test_one_line_is_one_paragraph(gap: str) -> None:
    assert texts(gap.join((FIRST, SECOND, THIRD))) == [FIRST, SECOND, THIRD]


def test_a_sentence_broken_over_a_blank_line_is_joined() -> None:
    place = FIRST.index("nobody")
    assert texts(FIRST[:place].strip() + "\n\n" + FIRST[place:]) == [FIRST]


@pytest.mark.parametrize(
    "lines",
    [
        ("Government says that talks about the old harbour have stalled again", "al-Amal fighters left."),
        ("A long headline about the phone that everybody in the town wanted to buy", "iPhone prices fell."),
        ("A short headline", "lower case began the story."),
        ("The council met on Monday. It was late.", "and so they went home."),
        ("The council met on Monday. These were there:", "the mayor"),
        ("The council met on Monday. It was there that they", "The Mayor spoke."),
    ],
)
def test_lines_that_are_not_one_sentence_stay_apart(lines: tuple[str, str]) -> None:
    assert texts("\n\n".join(lines)) == list(lines)


def test_furniture_is_never_joined_to_a_sentence() -> None:
    raw = f"{STORY}\n\nThe council met and said that the wall\n\nshare this article"
    assert texts(raw)[-1] == "share this article"


def test_a_hyphen_at_a_lines_end_takes_no_space() -> None:
    raw = "The council met on Monday to talk about a cease-\nfire in the harbour."
    assert texts(raw) == ["The council met on Monday to talk about a cease-fire in the harbour."]


def test_white_space_inside_a_line_becomes_one_space() -> None:
    assert texts("The  wall\tof\u00a0Norwick ") == ["The wall of Norwick"]


def test_spans_taken_out_are_not_in_the_text() -> None:
    assert [p.text for p in paragraphs("The **wall** stands.", ((4, 6), (10, 12)))] == ["The wall stands."]
