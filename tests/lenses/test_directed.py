import pytest

from helpers.errors import ParallaxError
from helpers.language.sentence import DIRECTIONS
from helpers.lenses.directed import annotate_directed

ROW = {"id": "a", "sentence": "Bo thanked Al.", "p": {"start": 0, "end": 2}, "q": {"start": 11, "end": 13}}


def test_every_row_gets_one_label():
    assert [row["id"] for row in annotate_directed([ROW, {**ROW, "id": "b"}])] == ["a", "b"]
    assert {row["label"] for row in annotate_directed([ROW])} <= set(DIRECTIONS)


def test_who_praises_whom_turns_with_the_sentence():
    sentence = "Senator Orla Brandt praised Governor Tomas Vell for his courage."
    p, q = {"start": 8, "end": 19}, {"start": 37, "end": 47}
    (active,) = annotate_directed([{"id": "a", "sentence": sentence, "p": p, "q": q}])
    assert active["label"] == "p positive to q"
    sentence = "Senator Orla Brandt was sharply criticized by Governor Tomas Vell."
    p, q = {"start": 8, "end": 19}, {"start": 55, "end": 65}
    (passive,) = annotate_directed([{"id": "b", "sentence": sentence, "p": p, "q": q}])
    assert passive["label"] == "q negative to p"


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"sentence": "x"}, 'row 1: no "id"'),
        ({**ROW, "sentence": 3}, 'no "sentence"'),
        ({**ROW, "q": None}, '"q" must be an object'),
        ({**ROW, "q": {"start": 1, "end": 2}}, "p must come before q"),
        ({**ROW, "q": {"start": 11, "end": 99}}, "within the sentence"),
    ],
)
def test_a_row_that_does_not_fit_is_named(row, message):
    with pytest.raises(ParallaxError, match=message):
        list(annotate_directed([row]))
