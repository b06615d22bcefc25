"""Lemmas from lemminflect's rules and word list, with a small table for pronouns and contracted forms."""

import warnings
from functools import lru_cache

PRONOUNS = {
    "me": "I", "us": "we", "him": "he", "them": "they", "'em": "they", "i": "I", "'s": "'s",
}  # fmt: skip
CONTRACTED = {
    "'s": "be", "'re": "be", "'m": "be", "'ll": "will", "'ve": "have", "'d": "would", "ca": "can",
    "wo": "will",
    "sha": "shall", "ai": "be", "could": "could", "would": "would", "should": "should", "might": "might",
    "may": "may", "must": "must", "can": "can", "will": "will", "shall": "shall",
}  # fmt: skip
INFLECTED = frozenset({"NOUN", "VERB", "AUX", "ADJ", "ADV"})


@lru_cache(maxsize=100_000)
def lemma(word: str, tag: str) -> str:
    """The lemma of a word given its universal part of speech; names keep their spelling."""
    plain = word.replace("\u2019", "'")
    low = plain.lower()
    if tag == "PROPN":
        return word
    if tag == "PRON":
        return PRONOUNS.get(low, low)
    if low in ("n't", "nt", "n'") and tag == "PART":
        return "not"
    if tag == "AUX" and low in CONTRACTED:
        return CONTRACTED[low]
    if tag == "DET" and low == "an":
        return "a"
    if tag not in INFLECTED or not low.isalpha():
        return low
    found = _rules()(low, upos=tag)
    return str(found[0]) if found else low


@lru_cache(maxsize=1)
def _rules():  # type: ignore[no-untyped-def]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from lemminflect import getLemma
    return getLemma
