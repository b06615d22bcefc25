"""The language check."""

from corpus.texts import FIRST, GERMAN
from helpers.corpus.tongue import NAMES, language_of, other_language


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


def test_every_code_has_a_name_of_its_own_length() -> None:
    assert all(len(code) == 2 and name for code, name in NAMES.items())
