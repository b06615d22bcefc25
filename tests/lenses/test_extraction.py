"""Attributions of the model, and what the rules add to them."""

import pytest
from spacy.tokens import Span

from helpers.codebook import load_codebooks
from helpers.lenses.extraction import find_attributions
from tests.lenses.ud_trees import QUOTE_FIRST, SAID_THAT, doc_of

VERBS = load_codebooks().verbs


def with_spans(sentences: tuple[str, ...], *spans: tuple[int, int, str, str]):
    doc = doc_of(*sentences)
    doc.spans["attributions"] = [Span(doc, a, b, role, span_id=number) for a, b, role, number in spans]
    return doc


def test_spans_of_the_model_become_an_attribution():
    doc = with_spans((SAID_THAT,), (0, 2, "source", "0"), (2, 3, "cue", "0"), (3, 7, "content", "0"))
    [one] = find_attributions(doc, VERBS)
    text = doc.text
    assert one.source is not None
    assert [text[slice(*span)] for span in (one.source, one.cue, *one.content)] == [
        "The mayor", "said", "that the bridge held",
    ]  # fmt: skip
    assert (one.lemma, doc[one.head].text) == ("say", "mayor")


def test_a_doc_without_the_model_s_spans_is_read_by_rule():
    assert len(find_attributions(doc_of(SAID_THAT), VERBS)) == 1
    assert find_attributions(with_spans((SAID_THAT,)), VERBS) == []


@pytest.mark.parametrize("first", [1, 2])
def test_a_quotation_is_made_whole(first):
    doc = doc_of(QUOTE_FIRST)
    quote = [t.i for t in doc if t.text in "\u201c\u201d"]
    said = next(t.i for t in doc if t.text == "said")
    made = with_spans((QUOTE_FIRST,), (said, said + 1, "cue", "0"), (first - 1, quote[1], "content", "0"))
    [one] = find_attributions(made, VERBS)
    assert made.text[slice(*one.whole)] == "\u201cIt will hold,\u201d"
