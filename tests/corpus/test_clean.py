"""What cleaning takes out and what it leaves, on invented pages."""

import pytest

from helpers.corpus.clean import Cleaned, clean
from helpers.corpus.forms import is_heading, is_title_case
from tests.corpus.texts import FIRST, SECOND, STORY, THIRD


def kinds(done: Cleaned) -> list[tuple[str, str]]:
    return [(block.kind, done.text[block.start : block.end]) for block in done.blocks]


def reasons(done: Cleaned) -> list[tuple[str, str]]:
    return [(removal.reason, removal.text) for removal in done.removed]


def test_a_plain_story_stays_as_it_is() -> None:
    done = clean(STORY)
    assert (done.text, done.removed) == (STORY, ())
    assert {block.kind for block in done.blocks} == {"body"}


def test_the_top_of_a_page_becomes_metadata() -> None:
    top = "The Norwick Post\nClear. Calm. Yours.\nOld Harbour Wall Will Stand Until Spring\n"
    done = clean(
        f"{top}By Ana Moreno and Tom de la Cruz\nPublished: Monday, 7 July 2025 at 10:30 GMT\n{STORY}"
    )
    assert (done.outlet, done.author, done.published) == (
        "The Norwick Post",
        "Ana Moreno and Tom de la Cruz",
        "2025-07-07",
    )
    assert done.title == "Old Harbour Wall Will Stand Until Spring"
    assert [reason for reason, _ in reasons(done)] == ["masthead", "masthead tagline", "byline", "date line"]
    assert kinds(done)[0] == ("headline", done.title)
    assert [kind for kind, _ in kinds(done)[1:]] == ["body"] * 3


def test_an_outlets_name_alone_above_the_story_is_the_headline() -> None:
    done = clean(f"Norwick Daily News\n{STORY}")
    assert (done.title, done.outlet, done.removed) == ("Norwick Daily News", "", ())


def test_dates_and_names_inside_the_story_stay() -> None:
    lines = (
        FIRST,
        "July 7, 2025",
        SECOND,
        "By Ana Moreno",
        THIRD,
        "The Norwick Post",
        FIRST[:60] + " again.",
    )
    raw = "\n".join(lines)
    done = clean(raw)
    assert done.removed == ()
    assert ("heading", "July 7, 2025") in kinds(done)


def test_repeats_go_and_short_refrains_stay() -> None:
    done = clean("\n".join((FIRST, "“Never again.”", SECOND, "“Never again.”", FIRST.upper(), THIRD)))
    assert reasons(done) == [("repeated paragraph", FIRST.upper())]
    assert done.text.count("“Never again.”") == 2


def test_a_headline_below_the_first_paragraph_is_one_when_it_stands_twice() -> None:
    headline = "Harbour Wall To Stand Until Spring"
    done = clean(f"{FIRST}\n{headline}\n\n{headline}\n{SECOND}\n{THIRD}")
    assert kinds(done)[:2] == [("headline", headline), ("standfirst", FIRST)]
    assert reasons(done) == [("duplicate headline", headline)]
    once = clean(f"{FIRST}\n{headline}\n\n{SECOND}\n{THIRD}")
    assert once.title == ""
    assert kinds(once)[1] == ("heading", headline)


def test_a_known_title_finds_the_headline() -> None:
    done = clean(f"{FIRST}\nThe wall of Norwick\n{SECOND}", title="The Wall of Norwick")
    assert (done.title, kinds(done)[0]) == ("The wall of Norwick", ("headline", "The wall of Norwick"))


def test_standfirst_and_one_sentence_lead_are_told_apart() -> None:
    headline = "Harbour Wall In Norwick To Stand Until Spring"
    stand = "The harbour wall of Norwick survives a long night of quarrels in the council."
    assert kinds(clean(f"{headline}\n{stand}\n{STORY}"))[1] == ("standfirst", stand)
    short = "The mayor said so on Monday evening after the long meeting ended."
    wire = "\n".join(
        (headline, stand, short, short.replace("mayor", "clerk"), short.replace("mayor", "cook"))
    )
    assert kinds(clean(wire))[1] == ("body", stand)


def test_lists_and_quotations_are_body() -> None:
    raw = "\n".join((FIRST, "Bread", "Salt", "Rope", "Nails", SECOND, "“We stay”", THIRD))
    assert {kind for kind, _ in kinds(clean(raw))} == {"body"}


def test_credit_lines_are_kept_as_credit() -> None:
    done = clean(f"{STORY}\n\n(Reporting by Ana Moreno; Editing by Tom Reed)")
    assert done.credit == "(Reporting by Ana Moreno; Editing by Tom Reed)"
    assert reasons(done) == [("credit line", done.credit)]


def test_a_credit_line_alone_is_text() -> None:
    assert clean("Ana Moreno and Tom Reed contributed to this report.").removed == ()


def test_invisible_characters_go_with_their_place() -> None:
    done = clean("The har\u00adbour wall\u200b stands\x00.")
    assert done.text == "The harbour wall stands."
    assert [(r.start, r.end) for r in done.removed] == [(7, 8), (17, 18), (25, 26)]


def test_a_removed_line_swallows_the_marks_in_it() -> None:
    done = clean(f"{STORY}\n\nCom\u200bments (0)")
    assert reasons(done) == [("comment widget", "Com\u200bments (0)")]


def test_a_line_of_marks_is_no_headline() -> None:
    assert clean(f"?!\n{STORY}").title == ""


def test_nothing_but_furniture_leaves_nothing() -> None:
    done = clean("Comments (0)\nSign in")
    assert (done.text, done.blocks) == ("", ())


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("What Lies Ahead", True),
        ("Did You Know?", True),
        ("The Rafah Issue: A Major Stumbling Block", True),
        ("A quiet night", True),
        ("2. The wall", True),
        ("Why now?", False),
        ("He won.", False),
        ("The list was short:", False),
        ("“We stay”", False),
        ("- a list item", False),
        ("lower case words", False),
        ("", False),
        ("It was built by the old town in the north of Norwick long ago", False),
    ],
)
def test_headings(line: str, expected: bool) -> None:
    assert is_heading(line) is expected


def test_title_case() -> None:
    assert is_title_case("The End of the Wall")
    assert not is_title_case("The end of the Wall")
