"""Shared by the language tests: the pipeline, loaded once."""

import pytest
from spacy.language import Language

from helpers.language import load


@pytest.fixture(scope="session")
def nlp() -> Language:
    return load()
