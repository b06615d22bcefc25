"""Marked words over pieces, long texts cut around them, pinned chances of the shipped tone model."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from helpers.language.sentence import LONGEST_TEXT, Mark, Marked, cropped, roles_of, tone_model, trunk


def test_pieces_take_the_role_of_the_mark_they_touch() -> None:
    offsets = np.array([[0, 0], [0, 3], [4, 9], [9, 12], [0, 0]])
    assert roles_of([Mark(4, 10, 0), Mark(0, 3, 2)], offsets).tolist() == [0, 3, 1, 1, 0]
    assert roles_of([], offsets).tolist() == [0] * 5


@given(st.text(max_size=3000), st.data())
def test_a_cut_text_keeps_the_marked_words(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 40)))
    asked = Marked(text, (Mark(start, end, 0),))
    found = cropped(asked, trunk())
    assert found.text in text
    for mark in found.marks:
        assert 0 <= mark.start < mark.end <= len(found.text) or found == asked
        assert found.text[mark.start : mark.end] in text[start:end]


def test_a_mark_behind_the_longest_text_is_still_seen() -> None:
    text = "word " * 3 * LONGEST_TEXT + "Brenn lied."
    start = text.index("Brenn")
    found = cropped(Marked(text, (Mark(start, start + 5, 0),)), trunk())
    assert [found.text[m.start : m.end] for m in found.marks] == ["Brenn"]
    assert len(trunk().tokenizer.encode(found.text).ids) <= LONGEST_TEXT


def test_chances_are_pinned_and_do_not_hang_on_the_batch() -> None:
    asked = [
        Marked("Everyone praised the brave captain Ines Dahl.", (Mark(35, 44, 0),)),
        Marked("The corrupt captain Ines Dahl lied again.", (Mark(20, 29, 0),)),
        Marked("Ines Dahl lives in Velmora.", (Mark(0, 9, 0),)),
    ]
    together = tone_model().portrayal(asked)
    assert together.argmax(axis=1).tolist() == [2, 0, 1]
    alone = np.concatenate([tone_model().portrayal([one]) for one in asked])
    assert np.allclose(together, alone, atol=1e-4)
    assert np.allclose(together.sum(axis=1), 1, atol=1e-5)
    assert tone_model().portrayal([]).shape == (0, 3)
    assert tone_model().directed([]).shape == (0, 5)
