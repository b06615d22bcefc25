"""How readable an article is: formulas, sentence length, vocabulary and passives, with intervals."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from helpers.lenses.readability_dictionary import textstat_offline
from helpers.lenses.readability_diversity import DIVERSITY, jackknife_interval
from helpers.lenses.readability_formulas import FORMULAS, Totals, defined, totals
from helpers.lenses.readability_words import SentenceCounts, as_matrix, count_sentences
from helpers.lenses.rollup import interval_text

if TYPE_CHECKING:
    import pandas as pd

    from helpers.corpus.article import Article

Array = NDArray[np.float64]
Spans = Sequence[tuple[int, int]]
Interval = tuple[float, float, float]

PARTS = ("all", "headline", "lead", "body")
UNDEFINED: Interval = (float("nan"), float("nan"), float("nan"))
LENGTHS: Mapping[str, Callable[[Array], Array]] = {
    "sentence_length_mean": lambda lengths: lengths.mean(axis=1),
    "sentence_length_median": lambda lengths: np.median(lengths, axis=1),
    "sentence_length_sd": lambda lengths: lengths.std(axis=1, ddof=1),
    "sentence_length_max": lambda lengths: lengths.max(axis=1),
}
MEASURES = (*FORMULAS, *LENGTHS, *DIVERSITY)
NAMES = {
    "flesch_reading_ease": "Flesch reading ease",
    "flesch_kincaid_grade": "Flesch-Kincaid grade",
    "smog_index": "SMOG",
    "coleman_liau_index": "Coleman-Liau",
    "automated_readability_index": "ARI",
    "dale_chall": "Dale-Chall",
    "linsear_write": "Linsear Write",
    "gunning_fog": "Gunning fog",
    "consensus_grade": "consensus",
    "long_word_share": "long words",
    "passive_share": "passive clauses",
    "mtld": "MTLD",
    "mattr": "MATTR",
}
STYLE = {"long_word_share": ".0%", "passive_share": ".0%", "mtld": ".0f", "mattr": ".2f"}
# What textstat itself gives for the raw text of a part; the other measures it does not have.
TEXTSTAT: Mapping[str, Callable[[Any, str], float]] = {
    "flesch_reading_ease": lambda library, text: library.flesch_reading_ease(text),
    "flesch_kincaid_grade": lambda library, text: library.flesch_kincaid_grade(text),
    "smog_index": lambda library, text: library.smog_index(text),
    "coleman_liau_index": lambda library, text: library.coleman_liau_index(text),
    "automated_readability_index": lambda library, text: library.automated_readability_index(text),
    "dale_chall": lambda library, text: library.dale_chall_readability_score(text),
    "linsear_write": lambda library, text: library.linsear_write_formula(text),
    "gunning_fog": lambda library, text: library.gunning_fog(text),
    "consensus_grade": lambda library, text: library.text_standard(text, float_output=True),
    "sentence_length_mean": lambda library, text: library.words_per_sentence(text),
    "syllables_per_word": lambda library, text: library.avg_syllables_per_word(text),
}


def readability_rows(
    article: "Article", doc: Doc, *, seed: int = 0, resamples: int = 1000
) -> list[dict[str, Any]]:
    """The rows of table `readability` for one article: each part, each measure.

    Parts: all (the whole text), headline, lead (first body block), body (the body blocks after the lead).
    A sentence without a word does not count. `value` is NaN where the measure is undefined. `low` and `high`
    are the 95% interval: for most measures percentiles of `resamples` bootstrap texts of whole sentences,
    widened to hold the value; for mtld and mattr a jackknife over sentences; NaN with fewer than 2 sentences.
    The draw depends on `seed`, the article's id and the part only. `textstat_value` is what textstat gives
    for the raw text of the part, `disagrees` says that its number of sentences is not ours.
    """
    sentences = count_sentences(doc)
    rows = []
    for part, spans in part_spans(article).items():
        own = [s for s in sentences if any(start <= s.start < end for start, end in spans)]
        text = "\n\n".join(article.text[start:end] for start, end in spans)
        rng = np.random.default_rng(_stable_seed(seed, article.article_id, part))
        rows += [
            {"article_id": article.article_id, "part": part, **row}
            for row in _part_rows(own, text, rng, resamples)
        ]
    return rows


def name_of(measure: str) -> str:
    """The name of a measure as its field writes it."""
    return NAMES.get(measure, measure.replace("_", " "))


def style_table(whole: "pd.DataFrame") -> "pd.DataFrame":
    """The measures of `STYLE` with their intervals as text: an article a row, a measure a column."""
    rows = whole[whole["measure"].isin(STYLE)]
    shown = [
        interval_text(row["value"], row["low"], row["high"], STYLE[row["measure"]])
        for row in rows.to_dict("records")
    ]
    wide = rows.assign(shown=shown).pivot(index="article_id", columns="measure", values="shown")
    return wide[list(STYLE)].rename(columns=NAMES)


def part_spans(article: "Article") -> dict[str, Spans]:
    """The offsets of each part of `PARTS` in the article's text; a part that is not there has none."""
    headline = [(b.start, b.end) for b in article.blocks if b.kind == "headline"]
    body = [(b.start, b.end) for b in article.blocks if b.kind == "body"]
    return {"all": [(0, len(article.text))], "headline": headline, "lead": body[:1], "body": body[1:]}


def measure_sentences(
    sentences: Sequence[SentenceCounts], rng: np.random.Generator, resamples: int
) -> dict[str, Interval]:
    """Every measure as (value, low, high) for a text given by its counted sentences."""
    if not sentences:
        return dict.fromkeys(MEASURES, UNDEFINED)
    n = len(sentences)
    counts = as_matrix(sentences)
    draws = rng.integers(0, n, size=(resamples, n)) if n > 1 else np.empty((0, n), dtype=np.int64)
    whole = totals(counts, np.ones((1, n)))
    drawn = totals(counts, _weights(draws))
    lengths = counts[:, 0]
    found = {name: _formula_interval(name, whole, drawn) for name in FORMULAS}
    for name, length in LENGTHS.items():
        if name == "sentence_length_sd" and n < 2:
            found[name] = UNDEFINED
        else:
            resampled = length(lengths[draws]) if len(draws) else np.empty(0)
            found[name] = _interval(float(length(lengths[None, :])[0]), resampled)
    words = [sentence.words for sentence in sentences]
    for name, measure in DIVERSITY.items():
        found[name] = (measure(words), *jackknife_interval(measure, words))
    return {name: found[name] for name in MEASURES}


def _formula_interval(name: str, whole: Totals, drawn: Totals) -> Interval:
    if not defined(name, whole.sentences[0], whole.words[0]):
        return UNDEFINED
    resampled = FORMULAS[name](drawn) if drawn.sentences.size else np.empty(0)
    return _interval(float(FORMULAS[name](whole)[0]), resampled)


def _interval(value: float, resampled: Array) -> Interval:
    """The value with the 2.5th and 97.5th percentile of its resampled values, widened to hold it."""
    usable = resampled[~np.isnan(resampled)]
    if np.isnan(value) or not usable.size:
        return value, float("nan"), float("nan")
    low, high = np.percentile(usable, (2.5, 97.5))
    return value, min(float(low), value), max(float(high), value)


def _weights(draws: NDArray[np.int64]) -> Array:
    """How often each sentence was drawn: (resamples, sentences)."""
    n = draws.shape[1]
    return np.array([np.bincount(draw, minlength=n) for draw in draws], dtype=np.float64).reshape(-1, n)


def _part_rows(
    sentences: list[SentenceCounts], text: str, rng: np.random.Generator, resamples: int
) -> Iterator[dict[str, Any]]:
    library = textstat_offline()
    theirs = int(library.sentence_count(text))
    words = int(as_matrix(sentences)[:, 0].sum())
    for measure, (value, low, high) in measure_sentences(sentences, rng, resamples).items():
        yield {
            "measure": measure,
            "value": value,
            "low": low,
            "high": high,
            "sentences": len(sentences),
            "words": words,
            "textstat_value": textstat_value(measure, text),
            "textstat_sentences": theirs,
            "disagrees": theirs != len(sentences),
        }


def textstat_value(measure: str, text: str) -> float:
    """What textstat gives for the text as it stands; NaN for blank text and for measures it does not have."""
    if measure not in TEXTSTAT or not text.strip():
        return float("nan")
    return float(TEXTSTAT[measure](textstat_offline(), text))


def _stable_seed(seed: int, article_id: str, part: str) -> list[int]:
    digest = hashlib.sha256(f"{article_id}\0{part}".encode()).digest()
    return [seed, int.from_bytes(digest[:8], "big")]
