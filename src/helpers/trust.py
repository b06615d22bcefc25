"""How often each lens errs on data annotated by people, as measured by `python -m training.lens_scores`."""

import pandas as pd

from helpers.paths import PACKAGE


def measured(lens: str) -> pd.DataFrame:
    """The scores of one lens: measure, value (0 to 1), n, data, and what two people reach; NaN where not known."""
    scores = pd.read_csv(PACKAGE / "data" / "lens_scores.csv")
    return scores[scores["lens"] == lens].drop(columns="lens").reset_index(drop=True)
