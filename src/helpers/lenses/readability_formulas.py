"""The readability formulas, each as a function of sums, so that a resampled text costs additions only."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from helpers.lenses.readability_words import COLUMNS

Array = NDArray[np.float64]

SMOG_MIN_SENTENCES = 3
SMOG_NORMED_SENTENCES = 30
LINSEAR_MIN_WORDS = 100


@dataclass(frozen=True)
class Totals:
    """Sums over one text per entry, every field an array of the same shape; sentences and words are > 0."""

    sentences: Array
    words: Array
    letters: Array
    characters: Array
    syllables: Array
    polysyllables: Array
    complex_words: Array
    unfamiliar: Array
    long_words: Array
    unknown: Array
    clauses: Array
    passives: Array


def totals(counts: Array, weights: Array) -> Totals:
    """Sums of counts (sentences, columns) under weights (texts, sentences): copies of each."""
    sums = weights @ counts
    return Totals(weights.sum(axis=1), *(sums[:, column] for column in range(len(COLUMNS))))


def flesch_reading_ease(t: Totals) -> Array:
    """206.835 - 1.015 words/sentence - 84.6 syllables/word; higher is easier.

    Flesch 1948, "A new readability yardstick", Journal of Applied Psychology 32(3), doi:10.1037/h0057532.
    """
    return 206.835 - 1.015 * t.words / t.sentences - 84.6 * t.syllables / t.words


def flesch_kincaid_grade(t: Totals) -> Array:
    """0.39 words/sentence + 11.8 syllables/word - 15.59; a US school grade.

    Kincaid, Fishburne, Rogers & Chissom 1975, Research Branch Report 8-75, Naval Technical Training.
    """
    return 0.39 * t.words / t.sentences + 11.8 * t.syllables / t.words - 15.59


def gunning_fog(t: Totals) -> Array:
    """0.4 (words/sentence + 100 complex words/words); a US school grade.

    Gunning 1952, The Technique of Clear Writing. Complex words as textstat has them: 3 or more syllables and
    not on its list of easy words (Gunning: 3 or more, without names, compounds and endings -es, -ed, -ing).
    """
    return 0.4 * (t.words / t.sentences + 100 * t.complex_words / t.words)


def smog_index(t: Totals) -> Array:
    """1.043 sqrt(30 polysyllables/sentences) + 3.1291; a US school grade.

    McLaughlin 1969, "SMOG grading: a new readability formula", Journal of Reading 12(8). Normed on 30
    sentences: from 3 to 29 the value is an extrapolation, below 3 it is given as NaN.
    """
    return 1.043 * np.sqrt(30 * t.polysyllables / t.sentences) + 3.1291


def automated_readability_index(t: Totals) -> Array:
    """4.71 characters/word + 0.5 words/sentence - 21.43; a US school grade.

    Characters are letters and digits. Senter & Smith 1967, Automated Readability Index, AMRL-TR-66-220.
    """
    return 4.71 * t.characters / t.words + 0.5 * t.words / t.sentences - 21.43


def coleman_liau_index(t: Totals) -> Array:
    """0.0588 letters per 100 words - 0.296 sentences per 100 words - 15.8; a US school grade.

    Coleman & Liau 1975, "A computer readability formula designed for machine scoring", Journal of Applied
    Psychology 60(2), doi:10.1037/h0076540. textstat 0.7.13 has 0.058 for 0.0588, about 0.4 lower on news.
    """
    return 0.0588 * 100 * t.letters / t.words - 0.296 * 100 * t.sentences / t.words - 15.8


def dale_chall(t: Totals) -> Array:
    """0.1579 u + 0.0496 words/sentence, + 3.6365 if u > 5; u is the percentage of unfamiliar words.

    Dale & Chall 1948, "A formula for predicting readability", Educational Research Bulletin 27. The list is
    textstat's; inflected forms and names count as unfamiliar, which puts news higher than the original does.
    """
    unfamiliar = 100 * t.unfamiliar / t.words
    return 0.1579 * unfamiliar + 0.0496 * t.words / t.sentences + np.where(unfamiliar > 5, 3.6365, 0.0)


def linsear_write(t: Totals) -> Array:
    """With r = (words + 2 polysyllables)/sentences: r/2 if r > 20, else r/2 - 1; a US school grade.

    O'Hayre 1966, Gobbledygook Has Gotta Go, US Bureau of Land Management; scale as in Klare 1974. The
    original takes a sample of 100 words; here the whole text is the sample; NaN below 100 words.
    """
    points = (t.words + 2 * t.polysyllables) / t.sentences
    return np.where(points > 20, points / 2, points / 2 - 1)


def syllables_per_word(t: Totals) -> Array:
    """Mean number of syllables in a word."""
    return t.syllables / t.words


def long_word_share(t: Totals) -> Array:
    """Share of words with more than 6 letters, as in Björnsson's LIX (1968)."""
    return t.long_words / t.words


def unknown_word_share(t: Totals) -> Array:
    """Share of words outside the pronouncing dictionary, whose syllables pyphen only estimates."""
    return t.unknown / t.words


def passive_share(t: Totals) -> Array:
    """Passive clauses over clauses with a subject; NaN where there is no such clause."""
    share = np.full(t.clauses.shape, np.nan)
    np.divide(t.passives, t.clauses, out=share, where=t.clauses > 0)
    return share


def consensus_grade(t: Totals) -> Array:
    """The grade most formulas agree on, by textstat's vote, over the formulas defined for the text.

    Each grade votes for its floor, its ceiling and its nearest whole; Flesch ease for the school grade of its
    band; most votes win, the first cast wins a tie. textstat gives an ease of 100 or more the vote 13, as if
    it were the hardest band; here it is 5.
    """
    grades = {name: formula(t) for name, formula in GRADES.items()}
    ease = flesch_reading_ease(t)
    sizes = enumerate(zip(t.sentences, t.words, strict=True))
    return np.array(
        [_vote([g[i] for name, g in grades.items() if defined(name, *size)], ease[i]) for i, size in sizes]
    )


def _vote(grades: list[float], ease: float) -> float:
    first, *rest = [[float(np.floor(g)), float(np.ceil(g)), float(np.round(g))] for g in grades]
    votes = [*first, *_ease_votes(ease), *(vote for three in rest for vote in three)]
    return Counter(votes).most_common(1)[0][0]


def _ease_votes(ease: float) -> list[float]:
    """School grades of a band of Flesch ease: 90 up 5, 80s 6, 70s 7, 60s 8 and 9, 50s 10, 40s 11, 30s 12."""
    if 60 <= ease < 70:
        return [8.0, 9.0]
    bands = ((90, 5.0), (80, 6.0), (70, 7.0), (50, 10.0), (40, 11.0), (30, 12.0))
    return [next((grade for floor, grade in bands if ease >= floor), 13.0)]


Formula = Callable[[Totals], Array]

# Grade formulas in the order in which they vote.
GRADES: Mapping[str, Formula] = {
    "flesch_kincaid_grade": flesch_kincaid_grade,
    "smog_index": smog_index,
    "coleman_liau_index": coleman_liau_index,
    "automated_readability_index": automated_readability_index,
    "dale_chall": dale_chall,
    "linsear_write": linsear_write,
    "gunning_fog": gunning_fog,
}
FORMULAS: Mapping[str, Formula] = {
    "flesch_reading_ease": flesch_reading_ease,
    **GRADES,
    "consensus_grade": consensus_grade,
    "syllables_per_word": syllables_per_word,
    "long_word_share": long_word_share,
    "unknown_word_share": unknown_word_share,
    "passive_share": passive_share,
}


def defined(measure: str, sentences: float, words: float) -> bool:
    """Whether the measure has a value for a text of this size; all need one sentence with a word."""
    least_sentences = SMOG_MIN_SENTENCES if measure == "smog_index" else 1
    least_words = LINSEAR_MIN_WORDS if measure == "linsear_write" else 1
    return bool(sentences >= least_sentences and words >= least_words)
