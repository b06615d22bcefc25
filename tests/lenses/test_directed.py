import pytest

from helpers.errors import ParallaxError
from helpers.lenses.directed import LABELS, annotate_directed, views

ROW = {"id": "a", "sentence": "Bo thanked Al.", "p": {"start": 0, "end": 2}, "q": {"start": 11, "end": 13}}


def test_views_put_stand_ins_for_the_names():
    assert views(ROW["sentence"], (0, 2), (11, 13)) == [
        "Alice thanked Bob.",
        "Alice thanked Bob",
        "Alice",
        "Bob.",
    ]


def test_every_row_gets_one_label():
    assert [row["id"] for row in annotate_directed([ROW, {**ROW, "id": "b"}])] == ["a", "b"]
    assert {row["label"] for row in annotate_directed([ROW])} <= set(LABELS)


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
