"""What the network of blame draws."""

import pandas as pd

from helpers.figures import most_ties

COLUMNS = ["blamer_party", "target_party", "ties"]


def test_the_network_keeps_whole_edges_with_most_ties() -> None:
    edges = pd.DataFrame(
        [("Ada", "Bo", 1), ("Cy", "Di", 3), ("Di", "Cy", 1), ("Eve", "Cy", 2)], columns=COLUMNS
    )
    kept = most_ties(edges, most=3)
    assert kept[COLUMNS].values.tolist() == [["Cy", "Di", 3], ["Eve", "Cy", 2], ["Di", "Cy", 1]]
    assert most_ties(edges.iloc[:0]).empty
