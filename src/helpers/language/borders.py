"""Where sentences start: the model's scores, held to what quotation marks and closing punctuation allow."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

ENDS = frozenset((".", "!", "?", "...", "…", ":", ";"))
CLOSING = frozenset(('"', "''", "”", "’", "'", ")", "]"))
OPENING = frozenset(("“", "``", "‘"))
STRAIGHT = frozenset(('"', "''"))
BEFORE_CLOSING = frozenset((",", ".", "!", "?"))
SAID = frozenset(
    ("said", "says", "asked", "asks", "told", "added", "wrote", "replied", "warned", "tweeted", "shouted")
)
NEAR = 4  # a speaker's name of up to three words may stand between a quotation and its verb
# Borders of the treebanks fall where a sentence mark stands with less than even scores, elsewhere seldom.
AFTER_WORD, AFTER_MARK, USUAL, ELSEWHERE = 0.002, 0.1, 0.3, 0.5


def sentence_starts(scores: NDArray[np.float32], words: Sequence[str], block: Sequence[bool]) -> list[bool]:
    """Whether a sentence starts at each word, from its score (a logit); every block starts one.

    An opening quotation mark belongs to the sentence it opens. No sentence starts after a comma and a closing mark,
    nor at the speaker of a question or an exclamation ("Why?" the clerk asked).
    """
    chance = 1 / (1 + np.exp(-scores.astype(np.float64)))
    opening = opening_marks(words, block)
    for i in range(1, len(words)):
        if opening[i - 1] and not block[i]:
            chance[i - 1], chance[i] = max(chance[i - 1], chance[i]), 0.0
    likely = chance > AFTER_WORD  # the lowest of the thresholds
    return [
        block[i] or bool(likely[i] and chance[i] > threshold(words, opening, i)) for i in range(len(words))
    ]


def opening_marks(words: Sequence[str], block: Sequence[bool]) -> list[bool]:
    """Whether each word is an opening quotation mark.

    Straight marks open and close in turn within a block; where one was forgotten, a mark between punctuation and a
    speaker closes all the same.
    """
    found, inside = [], False
    for i, (word, new) in enumerate(zip(words, block, strict=True)):
        inside = inside and not new
        if word in STRAIGHT:
            inside = not inside and not (
                i > 0 and not new and words[i - 1] in BEFORE_CLOSING and names_speaker(words, i + 1)
            )
        found.append(word in OPENING or (word in STRAIGHT and inside))
    return found


def threshold(words: Sequence[str], opening: Sequence[bool], i: int) -> float:
    """The chance above which a sentence starts at word i."""
    if words[i] in CLOSING and not opening[i]:
        return 1.0
    last = i - 1
    while last > 0 and words[last] in CLOSING and not opening[last]:
        last -= 1
    closed = last < i - 1
    mark = words[last]
    if closed and (mark == "," or (mark in ("?", "!") and names_speaker(words, i))):
        return 1.0
    if mark not in ENDS:
        return ELSEWHERE
    if mark == ":" or mark == ";" or words[i][:1].islower():
        return USUAL
    return AFTER_WORD if last > 0 and is_word(words[last - 1]) else AFTER_MARK


def is_word(word: str) -> bool:
    """Whether a full stop after this is not the mark of an abbreviation ("Lt .", "J ."), by its letters."""
    return len(word) > 3 or (len(word) > 1 and word.islower()) or word.isdigit()


def names_speaker(words: Sequence[str], i: int) -> bool:
    """Whether a verb of saying stands at word i or right after a short run of words."""
    return any(word in SAID for word in words[i : i + NEAR])
