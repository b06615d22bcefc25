from hypothesis import given
from hypothesis import strategies as st

from helpers.labels import short_labels


def test_the_part_before_the_first_underscore_is_enough_when_it_tells_articles_apart():
    assert short_labels(["000_ab", "001_cd"]) == {"000_ab": "000", "001_cd": "001"}
    assert short_labels(["news_a", "news_b"]) == {"news_a": "news_a", "news_b": "news_b"}


@given(st.lists(st.text(min_size=1, max_size=60)))
def test_no_two_articles_share_a_label(ids):
    labels = short_labels(ids)
    assert set(labels) == set(ids)
    assert len(set(labels.values())) == len(labels)
