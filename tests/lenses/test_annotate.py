import pytest

from helpers.errors import ParallaxError
from helpers.lenses.annotate import annotate_blame, annotate_sourcing

TEXT = "The mayor said that the bridge was safe. “It will hold,” she added."


def test_sourcing_rows_have_spans_of_the_text():
    [row] = annotate_sourcing([{"id": "r1", "text": TEXT}])
    found = [
        {role: [TEXT[a:b] for a, b in one[role]] for role in ("source", "cue", "content")}
        for one in row["attributions"]
    ]
    assert row["id"] == "r1"
    assert found == [
        {"source": ["The mayor"], "cue": ["said"], "content": ["that the bridge was safe"]},
        {"source": ["she"], "cue": ["added"], "content": ["“It will hold,”"]},
    ]


def test_blame_rows_take_phrases_from_the_sentence_alone():
    rows = [
        {"id": 1, "sentence": "The union blamed the company for the crash.", "context": "Bo blamed Al."},
        {"id": 2, "sentence": "The union met on Monday.", "context": ""},
        {"id": 3, "sentence": "The company was accused of fraud."},
    ]
    first, second, third = annotate_blame(rows)
    assert first == {
        "id": 1,
        "ties": [{"blamer": "The union", "target": "the company", "issue": "the crash", "negated": False}],
    }
    assert second == {"id": 2, "ties": []}
    assert third["ties"] == [{"blamer": None, "target": "The company", "issue": "fraud", "negated": False}]


@pytest.mark.parametrize(
    ("row", "message"),
    [({"text": "x"}, 'row 1: no "id"'), ({"id": "a", "text": 3}, r'row 1 \(a\): no "text"')],
)
def test_a_row_that_lacks_something_is_named(row, message):
    with pytest.raises(ParallaxError, match=message):
        list(annotate_sourcing([row]))
