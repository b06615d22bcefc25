"""The form of a paragraph: running text, heading, title case; and when two paragraphs are the same."""

import re

from helpers.corpus.layout import TERMINAL

BODY_WORDS = 12
HEADLINE_WORDS = 25
HEADING_WORDS = 12
_SMALL = "a an and as at by for from if in into is its of on or over per the to up via vs with"
_SMALL_WORDS = frozenset(_SMALL.split(" "))
_COMMON = frozenset(("will", "with", "that", "this", "from", "have", "been", "says", "said", "over", "after"))


def is_body(text: str) -> bool:
    """Whether a paragraph is running text: a long one, or BODY_WORDS words that end as a sentence."""
    words = len(text.split())
    return words > HEADLINE_WORDS or (words >= BODY_WORDS and TERMINAL.search(text) is not None)


def is_heading(text: str, limit: int = HEADING_WORDS) -> bool:
    """Whether a line has the form of a heading: short, not a sentence, not a list item or a quotation."""
    words = text.split()
    if not words or len(words) > limit or (not text[0].isalnum() and text[0] not in "'‘“\"¿¡"):
        return False
    if text[0].islower() or re.search(r"[.…:;,][\"'”’)]*(?:\[\d+\])*$|[”\"]$", text):
        return False
    return not re.search(r"[?!]$", text) or is_title_case(text)


def is_title_case(text: str) -> bool:
    """Whether every word but the small ones (of, the, and ...) begins with a capital or a figure."""
    words = [w.strip("'‘’“”\"(),:;?!") for w in text.split()]
    return all(w[0].isupper() or not w[0].isalpha() for w in words if w and w.lower() not in _SMALL_WORDS)


def same_text(text: str) -> str:
    """A text in the form in which repeats are compared: no case, plain quotes, one space."""
    plain = text.translate(str.maketrans("‘’“”–—", "''\"\"--"))
    return " ".join(plain.casefold().split()).rstrip(".")


def long_words(text: str) -> set[str]:
    """The words of four letters or more that say what a text is about, without case."""
    return set(re.findall(r"\w[\w-]{3,}", text.casefold())) - _COMMON


def sentences(text: str) -> int:
    """A rough count of sentences: enough to tell one from several."""
    return 1 + len(re.findall(r"(?<![A-Z])[.!?][\"'”’]*\s+[\"'“‘]?[A-Z]", text))
