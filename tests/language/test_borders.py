"""Borders follow the scores, within what quotation marks and closing punctuation allow."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.language.borders import opening_marks, sentence_starts


def starts(text: str, chance: float) -> list[str]:
    """The sentences of a text of words when every word has the same chance of starting one."""
    words = text.split()
    score = np.full(len(words), np.log(chance / (1 - chance)), dtype=np.float32)
    flags = sentence_starts(score, words, [i == 0 for i in range(len(words))])
    out: list[list[str]] = []
    for word, flag in zip(words, flags, strict=True):
        if flag:
            out.append([])
        out[-1].append(word)
    return [" ".join(sentence) for sentence in out]


@pytest.mark.parametrize(
    ("text", "chance", "wanted"),
    [
        ("The bridge shut . Carter left .", 0.05, ["The bridge shut .", "Carter left ."]),
        ("J . Carter left .", 0.05, ["J . Carter left ."]),
        ("Lt . Carter left .", 0.05, ["Lt . Carter left ."]),
        ("It shut . “ Why ? ” Carter asked .", 0.2, ["It shut .", "“ Why ? ” Carter asked ."]),
        ('" It shut . " " We left . "', 0.2, ['" It shut . "', '" We left . "']),
        ("three of them left", 0.45, ["three of them left"]),
    ],
)
def test_sentences(text, chance, wanted):
    assert starts(text, chance) == wanted


@pytest.mark.parametrize(
    "text", ["“ It shut , ” Carter said .", "“ Why ? ” Carter asked .", '" It shut ! " the clerk said .']
)
def test_no_sentence_starts_between_a_quotation_and_its_speaker(text):
    after = text.split("”" if "”" in text else '! "')[1].split()[0]
    assert not any(sentence.startswith(after) for sentence in starts(text, 0.9))


def test_a_straight_mark_between_a_comma_and_a_speaker_closes():
    words = ["end", '"', ",", "it", "shut", ",", '"', "Carter", "said", ".", '"']
    assert opening_marks(words, [True] + [False] * (len(words) - 1))[6] is False


@given(
    st.lists(st.sampled_from(['"', "“", "”", ".", "?", ",", "A", "said", "bridge", ")"]), min_size=1),
    st.data(),
)
def test_blocks_always_start_a_sentence_and_no_mark_is_left_alone(words, data):
    block = [True, *(data.draw(st.booleans()) for _ in words[1:])]
    scores = np.array([data.draw(st.floats(-9, 9)) for _ in words], dtype=np.float32)
    flags = sentence_starts(scores, words, block)
    assert all(flag for flag, new in zip(flags, block, strict=True) if new)
    opening = opening_marks(words, block)
    for i in range(len(words) - 1):
        if flags[i] and opening[i] and not opening[i + 1]:
            assert not flags[i + 1] or block[i + 1]
