"""spaCy's English tokenizer with the one split that Universal Dependencies makes and spaCy does not."""

import spacy
from spacy.language import Language
from spacy.util import compile_infix_regex

DIGIT_HYPHEN = (r"(?<=[0-9])[-\u2013](?=[A-Za-z])", r"(?<=[A-Za-z])[-\u2013](?=[0-9])")


def blank_english() -> Language:
    """A blank English pipeline whose tokenizer also splits "60-day" at the hyphen, as the treebanks do."""
    nlp = spacy.blank("en")
    infixes = [*(nlp.Defaults.infixes or []), *DIGIT_HYPHEN]
    nlp.tokenizer.infix_finditer = compile_infix_regex(infixes).finditer  # type: ignore[attr-defined]
    return nlp
