"""The readability lens on docs from a blank pipeline and on hand-built parses."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from helpers import tables
from helpers.errors import ParallaxError
from helpers.lenses import readability as lens
from helpers.lenses import readability_formulas as formulas
from helpers.lenses.readability_diversity import jackknife_interval, mattr, mtld
from helpers.lenses.readability_words import count_sentences, words_of

NLP = spacy.blank("en")
NLP.add_pipe("sentencizer")

# Abraham Lincoln, 19 November 1863, Bliss copy (public domain).
GETTYSBURG = """\
Four score and seven years ago our fathers brought forth on this continent, a new nation, conceived in
Liberty, and dedicated to the proposition that all men are created equal. Now we are engaged in a great
civil war, testing whether that nation, or any nation so conceived and so dedicated, can long endure. We are
met on a great battle-field of that war. We have come to dedicate a portion of that field, as a final
resting place for those who here gave their lives that that nation might live. It is altogether fitting and
proper that we should do this. But, in a larger sense, we can not dedicate -- we can not consecrate -- we
can not hallow -- this ground. The brave men, living and dead, who struggled here, have consecrated it, far
above our poor power to add or detract. The world will little note, nor long remember what we say here, but
it can never forget what they did here. It is for us the living, rather, to be dedicated here to the
unfinished work which they who fought here have thus far so nobly advanced. It is rather for us to be here
dedicated to the great task remaining before us -- that from these honored dead we take increased devotion
to that cause for which they gave the last full measure of devotion -- that we here highly resolve that
these dead shall not have died in vain -- that this nation, under God, shall have a new birth of freedom --
and that government of the people, by the people, for the people, shall not perish from the earth.""".replace(
    "\n", " "
)

NEWS = (
    "The U.S. economy grew 3.5 percent in Jan. 2024, Dr. Smith said.",
    "Officials of the harbour town did not comment.",
    "Residents were evacuated before the bridge collapsed, and nobody was hurt.",
    "“We don’t know yet,” a spokeswoman told reporters.",
)


@dataclass(frozen=True)
class FakeBlock:
    start: int
    end: int
    kind: str


@dataclass(frozen=True)
class FakeArticle:
    """The fields of an Article that the lens reads."""

    text: str
    article_id: str = "a1"
    blocks: tuple[FakeBlock, ...] = field(default=())


def article_of(*blocks: tuple[str, str]) -> FakeArticle:
    found, start = [], 0
    for kind, text in blocks:
        found.append(FakeBlock(start, start + len(text), kind))
        start += len(text) + 2
    return FakeArticle("\n\n".join(text for _, text in blocks), blocks=tuple(found))


def rows_of(article: Any, doc: Doc | None = None, **options: int) -> dict[tuple[str, str], dict[str, Any]]:
    doc = NLP(article.text) if doc is None else doc
    rows = lens.readability_rows(article, doc, **{"resamples": 50, **options})
    return {(row["part"], row["measure"]): row for row in rows}


def value(text: str, measure: str) -> float:
    return float(rows_of(FakeArticle(text))["all", measure]["value"])


def split_doc(sentences: Sequence[str]) -> Doc:
    """A doc whose sentence borders are given, as the parser would set them."""
    doc = Doc(NLP.vocab, words=[t.text for t in NLP.tokenizer(" ".join(sentences))],
              spaces=[bool(t.whitespace_) for t in NLP.tokenizer(" ".join(sentences))])  # fmt: skip
    starts = {sum(len(s) + 1 for s in sentences[:i]) for i in range(len(sentences))}
    for token in doc:
        token.is_sent_start = token.idx in starts
    return doc


# Published passages -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "measure", "published", "tolerance"),
    [
        # https://en.wikipedia.org/wiki/Flesch-Kincaid_readability_tests: worked examples of both formulas.
        ("The cat sat on the mat.", "flesch_reading_ease", 116.0, 0.5),
        ("The cat sat on the mat.", "flesch_kincaid_grade", -1.45, 0.01),
        (
            "This sentence, taken as a reading passage unto itself, is being used to prove a point.",
            "flesch_reading_ease",
            69.0,
            0.8,
        ),
        (
            "The Australian platypus is seemingly a hybrid of a mammal and reptilian creature.",
            "flesch_reading_ease",
            37.5,
            0.05,
        ),
        (
            "The Australian platypus is seemingly a hybrid of a mammal and reptilian creature.",
            "flesch_kincaid_grade",
            11.3,
            0.05,
        ),
    ],
)
def test_published_sentences(text: str, measure: str, published: float, tolerance: float) -> None:
    assert value(text, measure) == pytest.approx(published, abs=tolerance)


def test_gettysburg_address_as_published() -> None:
    """Word counts 271 words, 10 sentences, 27 words each, ease 65 (edbarr.blogspot.com, 10 November 2009)."""
    rows = rows_of(FakeArticle(GETTYSBURG))
    ease = rows["all", "flesch_reading_ease"]
    assert (ease["sentences"], ease["words"]) == (10, 271)
    assert rows["all", "sentence_length_mean"]["value"] == pytest.approx(27.1)
    assert ease["value"] == pytest.approx(65, abs=1)
    assert ease["value"] == pytest.approx(ease["textstat_value"], abs=1e-6)
    assert not ease["disagrees"]


def test_coleman_liau_of_the_worked_example() -> None:
    """Wikipedia, "Coleman-Liau index": an abstract of 639 letters, 119 words and 5 sentences has 14.5."""
    assert formulas.coleman_liau_index(sums(5, 119, letters=639))[0] == pytest.approx(14.5, abs=0.06)


def sums(sentences: float, words: float, **others: float) -> formulas.Totals:
    fields = dict.fromkeys(formulas.Totals.__dataclass_fields__, 0.0) | others
    fields |= {"sentences": sentences, "words": words}
    return formulas.Totals(**{name: np.array([number]) for name, number in fields.items()})


# Arithmetic of the other formulas, by hand -------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "totals", "expected"),
    [
        ("gunning_fog", sums(5, 100, complex_words=10), 0.4 * (20 + 10)),
        ("smog_index", sums(30, 400, polysyllables=36.0), 1.043 * 6 + 3.1291),
        ("automated_readability_index", sums(5, 100, characters=450), 4.71 * 4.5 + 10 - 21.43),
        ("dale_chall", sums(5, 100, unfamiliar=5), 0.1579 * 5 + 0.0496 * 20),
        ("dale_chall", sums(5, 100, unfamiliar=6), 0.1579 * 6 + 0.0496 * 20 + 3.6365),
        ("linsear_write", sums(5, 100), 20 / 2 - 1),
        ("linsear_write", sums(4, 100), 25 / 2),
        ("linsear_write", sums(5, 100, polysyllables=10), 24 / 2),
        ("passive_share", sums(2, 20, clauses=4, passives=1), 0.25),
        ("long_word_share", sums(2, 20, long_words=5), 0.25),
    ],
)
def test_formula_arithmetic(name: str, totals: formulas.Totals, expected: float) -> None:
    assert formulas.FORMULAS[name](totals)[0] == pytest.approx(expected)


def test_consensus_is_the_first_most_frequent_vote() -> None:
    # Kincaid -1.45 votes -2, -1, -1; Coleman-Liau -4.07 votes -5, -4, -4; ARI -5.09 votes -6, -5, -5.
    assert value("The cat sat on the mat.", "consensus_grade") == -5.0


@pytest.mark.parametrize(("ease", "votes"), [(116, [5]), (90, [5]), (65, [8, 9]), (50, [10]), (29.9, [13])])
def test_ease_bands(ease: float, votes: list[float]) -> None:
    assert formulas._ease_votes(ease) == votes


# Words and sentences -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (NEWS[0], "The U.S. economy grew percent in Jan Dr Smith said"),
        ("We don’t know; don't ask.", "We don't know don't ask"),
        (
            "The cease-fire held, a U.S.-led team said at 7 a.m.",
            "The cease-fire held a U.S.-led team said at a.m.",
        ),
        ("— *** 3.5 % €", ""),
        ("G7 talks, the 1990s, O'Neill's plan_b", "G7 talks the 1990s O'Neill's plan b"),
        ("Café cafe\u0301", "Café café"),
    ],
)
def test_words(text: str, words: str) -> None:
    assert " ".join(words_of(text)) == words


def test_abbreviations_and_numbers_do_not_end_our_sentences() -> None:
    row = rows_of(FakeArticle(NEWS[0]), split_doc(NEWS[:1]))["all", "flesch_kincaid_grade"]
    assert (row["sentences"], row["words"], row["textstat_sentences"], row["disagrees"]) == (1, 10, 2, True)
    assert row["value"] == pytest.approx(0.39 * 10 + 11.8 * 15 / 10 - 15.59)


def test_initials_are_read_letter_by_letter() -> None:
    assert value("U.N.", "syllables_per_word") == 2.0
    assert value("Cease-fire.", "syllables_per_word") == 3.0


def test_words_outside_the_dictionary() -> None:
    assert value("Zorvanians met the Blixtown council.", "unknown_word_share") == pytest.approx(2 / 5)


def test_passive_clauses_over_clauses_with_a_subject() -> None:
    # "Homes were hit and people fled": two clauses, one of them passive. "Gone by dawn": none.
    doc = Doc(
        NLP.vocab,
        words=["Homes", "were", "hit", "and", "people", "fled", ".", "Gone", "by", "dawn", "."],
        heads=[2, 2, 2, 5, 5, 2, 2, 7, 9, 7, 7],
        deps=[
            "nsubj:pass",
            "aux:pass",
            "ROOT",
            "cc",
            "nsubj",
            "conj",
            "punct",
            "ROOT",
            "case",
            "obl",
            "punct",
        ],
        sent_starts=[True, *[False] * 6, True, *[False] * 3],
    )
    rows = rows_of(FakeArticle(doc.text), doc)
    assert rows["all", "passive_share"]["value"] == 0.5
    assert rows["all", "passive_share"]["sentences"] == 2


# Undefined values and their thresholds -----------------------------------------------------------------


@pytest.mark.parametrize("text", ["", " \n", "*** — 3.5", "12 34"])
def test_no_words_means_no_values(text: str) -> None:
    rows = rows_of(FakeArticle(text))
    assert all(math.isnan(row[key]) for row in rows.values() for key in ("value", "low", "high"))
    assert {row["words"] for row in rows.values()} == {0}


def test_one_word_has_values_but_no_interval() -> None:
    rows = rows_of(FakeArticle("Rain"))
    row = rows["all", "flesch_reading_ease"]
    assert row["value"] == pytest.approx(206.835 - 1.015 - 84.6)
    assert math.isnan(row["low"])
    assert math.isnan(rows["all", "sentence_length_sd"]["value"])


@pytest.mark.parametrize(("measure", "enough"), [("smog_index", 3), ("sentence_length_sd", 2)])
def test_least_sentences(measure: str, enough: int) -> None:
    assert math.isnan(value("Officials disagreed. " * (enough - 1), measure))
    assert not math.isnan(value("Officials disagreed. " * enough, measure))


@pytest.mark.parametrize(("measure", "enough"), [("linsear_write", 100), ("mtld", 50), ("mattr", 50)])
def test_least_words(measure: str, enough: int) -> None:
    words = ["rain", "fell", "on", "the", "harbour"] * 20
    assert math.isnan(value(" ".join(words[: enough - 1]), measure))
    assert not math.isnan(value(" ".join(words[:enough]), measure))


def test_a_doc_without_borders_is_refused() -> None:
    with pytest.raises(ParallaxError, match="sentencizer"):
        count_sentences(spacy.blank("en")("No borders here."))


# Diversity ---------------------------------------------------------------------------------------------


def test_mattr_and_mtld_on_texts_whose_values_are_plain() -> None:
    """50 different words: ratio 1, MTLD the whole length. 5 words over and over: 5/50 and runs of 7."""
    different = [tuple(chr(97 + i // 26) + chr(97 + i % 26) for i in range(50))]
    assert (mattr(different), mtld(different)) == (1.0, 50.0)
    # After 7 words with 5 types the ratio 5/7 falls under 0.72: 14 runs of 7 in 98 words.
    same = [("a", "b", "c", "d", "e")] * 20
    assert mattr(same) == pytest.approx(0.1)
    assert mtld(same) == pytest.approx(7.0, abs=0.2)


def test_jackknife_needs_two_sentences_and_enough_words_without_one() -> None:
    assert math.isnan(jackknife_interval(mattr, [tuple("abcde") * 20])[0])
    assert math.isnan(jackknife_interval(mattr, [tuple("abcde") * 8, tuple("fghij") * 8])[0])


# Parts, intervals, repeatability, schema ---------------------------------------------------------------


def test_parts_are_measured_apart() -> None:
    article = article_of(
        ("headline", "Bridge falls"), ("body", NEWS[1]), ("heading", "Aid"), ("body", NEWS[2])
    )
    rows = rows_of(article)
    words = {part: rows[part, "flesch_kincaid_grade"]["words"] for part in lens.PARTS}
    # The sentencizer sees no border after a heading, so "all" has three sentences for four.
    assert words["headline"] + words["lead"] >= 9
    assert words["all"] == 2 + 8 + 1 + 11
    assert set(rows) == {(part, measure) for part in lens.PARTS for measure in lens.MEASURES}


def test_parts_follow_the_blocks_when_borders_do() -> None:
    article = article_of(("headline", "Bridge falls"), ("body", NEWS[1]), ("body", NEWS[2]))
    doc = NLP(article.text)
    for token in doc:
        token.is_sent_start = token.idx in {block.start for block in article.blocks}
    rows = rows_of(article, doc)
    assert {p: rows[p, "mattr"]["words"] for p in lens.PARTS} == {
        "all": 21,
        "headline": 2,
        "lead": 8,
        "body": 11,
    }


def test_rows_fit_the_table() -> None:
    article = article_of(("headline", "Bridge falls."), *(("body", text) for text in NEWS))
    rows = lens.readability_rows(article, NLP(article.text), resamples=20)  # type: ignore[arg-type]
    assert len(tables.make("readability", rows)) == len(lens.PARTS) * len(lens.MEASURES)


def test_same_seed_same_rows_and_other_seed_other_interval() -> None:
    article = FakeArticle(" ".join(NEWS * 3))
    first, again, other = rows_of(article), rows_of(article), rows_of(article, seed=1)
    assert repr(first) == repr(again)
    key = ("all", "flesch_reading_ease")
    assert first[key]["value"] == other[key]["value"]
    assert first[key]["low"] != other[key]["low"]


SENTENCES = [*NEWS, "Rain.", "It is over!", "Negotiators reconvened."]


@settings(deadline=None, max_examples=40)
@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=12))
def test_intervals_hold_the_value_and_shares_stay_on_their_scale(texts: list[str]) -> None:
    for (part, measure), row in rows_of(FakeArticle(" ".join(texts)), split_doc(texts)).items():
        assert part != "all" or row["sentences"] == len(texts)
        if not math.isnan(row["low"]):
            assert row["low"] <= row["value"] <= row["high"]
        if measure.endswith("_share") and not math.isnan(row["value"]):
            assert 0 <= row["low" if len(texts) > 1 else "value"] <= row["value"] <= 1


@settings(deadline=None, max_examples=40)
@given(st.lists(st.sampled_from(NEWS), min_size=1, max_size=4))
def test_a_text_said_twice_reads_the_same(texts: list[str]) -> None:
    """Averages do not depend on length, so a text and its double have one score (NaN thresholds apart)."""
    once = rows_of(FakeArticle(" ".join(texts)), split_doc(texts))
    twice = rows_of(FakeArticle(" ".join(texts * 2)), split_doc(texts * 2))
    for measure in (
        "flesch_reading_ease",
        "gunning_fog",
        "dale_chall",
        "sentence_length_median",
        "long_word_share",
    ):
        assert once["all", measure]["value"] == pytest.approx(twice["all", measure]["value"])


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=80))
def test_any_text_at_all_gives_rows(text: str) -> None:
    assert len(rows_of(FakeArticle(text), resamples=5)) == len(lens.PARTS) * len(lens.MEASURES)
