"""spaCy's English tokenizer with a few splits and joins that Universal Dependencies makes."""

import re
from typing import Any

import spacy
from spacy.language import Language
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

DIGIT_HYPHEN = (r"(?<=[0-9])[-\u2013](?=[A-Za-z])", r"(?<=[A-Za-z])[-\u2013](?=[0-9])")
RUNS = (r"[!?]{2,}", r"={2,}", r"\*{2,}", r"_{2,}", r"#{2,}", r"~{2,}", r"\${2,}", r"<{2,}", r">{2,}")
ABBREVIATIONS = (
    "Brig.", "Capt.", "Col.", "Cmdr.", "Cpl.", "Maj.", "Pfc.", "Pvt.", "Sgt.", "Spc.", "Insp.", "Supt.",
    "Amb.",
    "Gov.", "Sen.", "Rep.", "Reps.", "Sens.", "Hon.", "Atty.", "Dist.", "Ave.", "Blvd.", "Sr.", "Jr.", "Ret.",
)  # fmt: skip

# Prefixes that the treebanks keep in one word with what follows ("anti-war", but "cease - fire").
PREFIXES = "anti|co|counter|cross|e|ex|mid|mini|multi|non|over|post|pre|pro|re|semi|sub"
WHOLE = re.compile(rf"(?:(?:{PREFIXES})-[^\W\d_]+|\+?\d+(?:-\d{{3,4}}){{2,}})$", re.IGNORECASE)


def blank_english() -> Language:
    """A blank English pipeline whose tokenizer splits "60-day", keeps "!!!" and "anti-war" whole, knows "Brig."."""
    nlp = spacy.blank("en")
    defaults = nlp.Defaults
    tokenizer: Any = nlp.tokenizer
    rules = {
        "prefix_search": compile_prefix_regex([*RUNS, *(defaults.prefixes or [])]).search,
        "suffix_search": compile_suffix_regex([*RUNS, *(defaults.suffixes or [])]).search,
        "infix_finditer": compile_infix_regex([*RUNS, *(defaults.infixes or []), *DIGIT_HYPHEN]).finditer,
    }
    for name, rule in rules.items():
        setattr(tokenizer, name, rule)
    tokenizer.token_match = WHOLE.match
    for word in ABBREVIATIONS:
        tokenizer.add_special_case(word, [{"ORTH": word}])
    return nlp
