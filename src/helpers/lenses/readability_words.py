"""Words and sentences as readability counts them: one row of counts per sentence of a Doc."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc, Span

from helpers.errors import ParallaxError
from helpers.lenses.readability_dictionary import pronunciations, textstat_offline

LETTER = r"[^\W\d_]"
INITIALISM = rf"(?:{LETTER}\.)+{LETTER}\.?(?![^\W_])"
WORD = re.compile(rf"(?<![^\W_])(?:{INITIALISM}|[^\W_]+)(?:['’ʼ‐‑-](?:{INITIALISM}|[^\W_]+))*")
HYPHENS = re.compile("[‐‑-]")
SUBJECTS = frozenset(
    {"nsubj", "csubj", "nsubj:pass", "csubj:pass", "nsubj:outer", "csubj:outer", "nsubjpass", "csubjpass"}
)
PASSIVES = frozenset({"nsubj:pass", "csubj:pass", "aux:pass", "nsubjpass", "csubjpass", "auxpass"})
LONG_WORD_LETTERS = 6
COLUMNS = (
    "words",
    "letters",
    "characters",
    "syllables",
    "polysyllables",
    "complex_words",
    "unfamiliar",
    "long_words",
    "unknown",
    "clauses",
    "passives",
)


@dataclass(frozen=True)
class SentenceCounts:
    """One sentence: start offset in the text, its words, and its counts in the order of `COLUMNS`."""

    start: int
    words: tuple[str, ...]
    counts: NDArray[np.float64]


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text: runs with at least one letter, straight apostrophes.

    "don't", "cease-fire" and "U.S." are one word each; numerals and symbols are none.
    """
    plain = unicodedata.normalize("NFC", text).replace("\u00ad", "")
    found = (match.group().replace("’", "'").replace("ʼ", "'") for match in WORD.finditer(plain))
    return tuple(word for word in found if any(map(str.isalpha, word)))


def parts_of(word: str) -> list[str]:
    """What is looked up for a word: its hyphenated parts, dotted initials letter by letter."""
    parts = HYPHENS.split(word)
    return [piece for part in parts for piece in (part.split(".") if "." in part else [part]) if piece]


@lru_cache(maxsize=100_000)
def word_counts(word: str) -> tuple[int, ...]:
    """The counts of one word, in the order of `COLUMNS` without the last two.

    Syllables: textstat's (CMU dictionary, else pyphen), summed over `parts_of`. Polysyllable: 3 or more.
    Complex (Fog) and unfamiliar (Dale-Chall): textstat's `is_difficult_word` with 3 and 0 syllables for any
    hyphenated part; dotted initials are unfamiliar and never complex. Unknown: a part outside the dictionary.
    """
    textstat, dictionary = textstat_offline(), pronunciations()
    parts = parts_of(word)
    syllables = sum(max(1, textstat.syllable_count(part)) for part in parts)
    initials = "." in word
    letters = sum(map(str.isalpha, word))
    return (
        1,
        letters,
        sum(map(str.isalnum, word)),
        syllables,
        int(syllables >= 3),
        int(not initials and any(textstat.is_difficult_word(part, 3) for part in parts)),
        int(initials or any(textstat.is_difficult_word(part, 0) for part in parts)),
        int(letters > LONG_WORD_LETTERS),
        int(any(part.lower() not in dictionary for part in parts)),
    )


def clause_counts(sentence: Span) -> tuple[int, int]:
    """Clauses with a subject of their own, and the passive ones among them, by dependency labels.

    A clause is a head with a subject (nsubj, csubj and subtypes); it is passive when that head also has a
    child nsubj:pass, csubj:pass or aux:pass (de Marneffe et al. 2021, doi:10.1162/coli_a_00402).
    """
    clauses = {token.head.i for token in sentence if token.dep_ in SUBJECTS}
    passives = {token.head.i for token in sentence if token.dep_ in PASSIVES}
    return len(clauses), len(clauses & passives)


def count_sentences(doc: Doc) -> list[SentenceCounts]:
    """Counts of each sentence of the doc that has a word; raises ParallaxError if the doc has no borders."""
    if len(doc) and not doc.has_annotation("SENT_START"):
        raise ParallaxError(
            "the parsed text has no sentence borders; add a parser or a sentencizer to the pipeline"
        )
    sentences = list(doc.sents) if len(doc) else []
    return [counted for sentence in sentences if (counted := _counted(sentence)).words]


def as_matrix(sentences: Iterable[SentenceCounts]) -> NDArray[np.float64]:
    """The counts as an array (sentences, len(COLUMNS))."""
    return np.array([sentence.counts for sentence in sentences], dtype=np.float64).reshape(-1, len(COLUMNS))


def _counted(sentence: Span) -> SentenceCounts:
    words = words_of(sentence.text)
    per_word = np.array([word_counts(word) for word in words], dtype=np.float64).reshape(-1, len(COLUMNS) - 2)
    counts = np.concatenate([per_word.sum(axis=0), np.array(clause_counts(sentence), dtype=np.float64)])
    lead = len(sentence.text) - len(sentence.text.lstrip())
    return SentenceCounts(sentence.start_char + lead, words, counts)
