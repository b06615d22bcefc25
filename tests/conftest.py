"""Fixtures of all tests."""

from pathlib import Path

import pytest
from training.data import GOLD


@pytest.fixture
def gold() -> Path:
    """The folder of annotated texts; the test is passed over where it is not at hand."""
    if not (GOLD / "sourcing").is_dir():
        pytest.skip("needs the annotated texts: set PARALLAX_GOLD to the folder that holds sourcing/")
    return GOLD
