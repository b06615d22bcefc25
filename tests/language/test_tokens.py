"""Where the tokenizer keeps words whole and where it splits them, as the treebanks do."""

import pytest

from helpers.language.tokens import blank_english


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("the anti-war, pro-council march", ["the", "anti-war", ",", "pro-council", "march"]),
        ("a cease-fire in 2031-32", ["a", "cease", "-", "fire", "in", "2031", "-", "32"]),
        ("a 60-day pause", ["a", "60", "-", "day", "pause"]),
        ("call 555-010-0199.", ["call", "555-010-0199", "."]),
        ("Brig. Gen. Orlo", ["Brig.", "Gen.", "Orlo"]),
        ("Why?!", ["Why", "?!"]),
        ("the ex-mayor\u2019s plan", ["the", "ex-mayor", "\u2019s", "plan"]),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    assert [token.text for token in blank_english()(text)] == words
