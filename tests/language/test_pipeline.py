"""The shipped pipeline: a pinned parse, and what holds for any text at all."""

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from helpers.language import load
from helpers.language.encoder import LONGEST_WINDOW, Pieces, cut_windows, model_file, parser_model
from helpers.language.lemmas import lemma

TEXT = (
    "Talks stall again in Velmora\n\n"
    "Prime Minister Anna Keller told reporters on Monday that the rebels had rejected the offer. "
    "\u201cWe are not surprised,\u201d she said.\n\n"
    "The offer was drafted by the Northern Council."
)


def roots(doc: Doc) -> list[int]:
    return [sum(token.head.i == token.i for token in sent) for sent in doc.sents]


def check(doc: Doc, text: str) -> None:
    assert doc.text == text
    assert all(count == 1 for count in roots(doc))
    for sent in doc.sents:
        assert all(sent.start <= token.head.i < sent.end for token in sent)
        assert sent.root.dep_ == "ROOT"
    assert all(token.pos_ and token.dep_ and (token.is_space == (token.pos_ == "SPACE")) for token in doc)
    assert all(entity.label_ in ("PER", "ORG", "LOC") for entity in doc.ents)


def test_a_pinned_parse(nlp: Language) -> None:
    doc = nlp(TEXT)
    check(doc, TEXT)
    words = {token.text: token for token in doc}
    told, rejected = words["told"], words["rejected"]
    assert [s.text.strip().split()[0] for s in doc.sents] == ["Talks", "Prime", "\u201cWe", "The"]
    assert (told.dep_, told.pos_, told.lemma_) == ("ROOT", "VERB", "tell")
    assert (rejected.dep_, rejected.head.text, rejected.lemma_) == ("ccomp", "told", "reject")
    assert (words["rebels"].dep_, words["rebels"].head.text) == ("nsubj", "rejected")
    assert words["drafted"].dep_ == "ROOT"
    assert [t.dep_ for t in words["drafted"].children if t.dep_.startswith("nsubj")] == ["nsubj:pass"]
    assert ("Anna Keller", "PER") in {(e.text, e.label_) for e in doc.ents}
    assert ("Velmora", "LOC") in {(e.text, e.label_) for e in doc.ents}
    assert any(span.text.endswith("Anna Keller") for span in doc.spans["mentions"])
    told_spans = {(span.id_, span.label_, span.text) for span in doc.spans["attributions"]}
    assert ("0", "source", "Prime Minister Anna Keller") in told_spans
    assert ("0", "content", "that the rebels had rejected the offer") in told_spans
    assert {text for number, role, text in told_spans if number == "1"} >= {"she", "said"}


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=200))
@example("")
@example(" \n\n\t ")
@example("\n\n")
@example("\n\n Hello.")
@example("\U0001f600 \U0001f469\u200d\U0001f680!!! \u0627\u0644\u0633\u0644\u0627\u0645")
@example("a" * 5000)
@example("\x00\u2028\u200b\ufeff\u00ad")
def test_any_text_gives_trees(text: str) -> None:
    check(load()(text), text)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.sampled_from(["The", "council", "met", ".", "\n\n", "\n", " ", "He", "said", "so", "!"]),
        max_size=60,
    )
)
def test_any_order_of_words_gives_trees(words: list[str]) -> None:
    text = " ".join(words)
    doc = load()(text)
    check(doc, text)
    if text.strip():
        assert all(sent.text.strip() for sent in doc.sents)


def test_a_paragraph_longer_than_any_window(nlp: Language) -> None:
    for text in ("The council of Velmora met on Monday. " * 200, "word " * 3000):
        check(nlp(text), text)


def test_a_block_border_is_a_sentence_border(nlp: Language) -> None:
    doc = nlp("Talks about the\n\nharbour ended")
    assert [s.text.strip() for s in doc.sents] == ["Talks about the", "harbour ended"]


def test_pipe_gives_what_single_calls_give(nlp: Language) -> None:
    texts = [TEXT, "Short one.", "", "The mayor of Dunholm resigned. Nobody knew why."]
    for doc, text in zip(nlp.pipe(texts), texts, strict=True):
        alone = nlp(text)
        assert (
            doc.to_array(["HEAD", "DEP", "POS"]).tolist() == alone.to_array(["HEAD", "DEP", "POS"]).tolist()
        )
        assert [e.text for e in doc.ents] == [e.text for e in alone.ents]


def test_windows_hold_every_word_once() -> None:
    pieces = Pieces(model_file("parser", "tokenizer.json"))
    words = ["One", "more", "thing", "."] * 300
    sizes = [len(pieces(word)) for word in words]
    windows = list(cut_windows(words, [i == 0 for i in range(len(words))], sizes))
    assert [word for window in windows for word in window.words] == words
    assert all(len(window.words) <= LONGEST_WINDOW for window in windows)
    assert len(windows) > 1


def test_the_shipped_files_are_those_exported() -> None:
    model = parser_model()
    assert len(model.labels.tags) == 17
    assert "nsubj:pass" in model.labels.relations
    assert model.relation_weight.dtype == np.float32


@pytest.mark.parametrize(
    ("word", "tag", "expected"),
    [
        ("told", "VERB", "tell"), ("was", "AUX", "be"), ("children", "NOUN", "child"),
        ("them", "PRON", "they"),
        ("n\u2019t", "PART", "not"), ("\u2019s", "AUX", "be"), ("Keller", "PROPN", "Keller"),
        ("An", "DET", "a"),
        ("60", "NUM", "60"), ("worse", "ADJ", "bad"),
    ],
)  # fmt: skip
def test_lemmas(word: str, tag: str, expected: str) -> None:
    assert lemma(word, tag) == expected
