"""The language check."""

from helpers.corpus.tongue import NAMES, language_of, other_language
from tests.corpus.texts import FIRST, GERMAN


def test_english_stays_and_other_languages_are_named() -> None:
    assert other_language(FIRST) == ("en", "")
    code, reason = other_language(GERMAN)
    assert code == "de"
    assert reason.startswith("written in German (de,")


def test_too_short_to_judge() -> None:
    assert language_of("Der Rat tagt.") == ("", 0.0)
    assert other_language("Der Rat tagt.") == ("", "")


def test_scripts_without_spaces_are_judged_by_letters() -> None:
    assert other_language("市议会星期一就旧港口围墙的争议举行会议。" * 10)[0] == "zh"


def test_what_is_no_language_is_not_left_out() -> None:
    assert other_language("12 34 56 78 90 " * 10) == ("", "")


def test_names_are_names() -> None:
    assert all(name[0].isupper() and code.islower() for code, name in NAMES.items())
