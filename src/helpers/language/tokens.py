"""spaCy's English tokenizer with a few splits and joins that Universal Dependencies makes."""

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


def blank_english() -> Language:
    """A blank English pipeline whose tokenizer also splits "60-day", keeps "!!!" whole and knows "Brig."."""
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
    for word in ABBREVIATIONS:
        tokenizer.add_special_case(word, [{"ORTH": word}])
    return nlp
