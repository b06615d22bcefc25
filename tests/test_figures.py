"""What the network of blame and the panels of keyness draw."""

import matplotlib.pyplot as plt
import pandas as pd

from helpers.figures import keyness, most_ties

COLUMNS = ["blamer_party", "target_party", "ties"]


def test_the_network_keeps_whole_edges_with_most_ties() -> None:
    edges = pd.DataFrame(
        [("Ada", "Bo", 1), ("Cy", "Di", 3), ("Di", "Cy", 1), ("Eve", "Cy", 2)], columns=COLUMNS
    )
    kept = most_ties(edges, most=3)
    assert kept[COLUMNS].values.tolist() == [["Cy", "Di", 3], ["Eve", "Cy", 2], ["Di", "Cy", 1]]
    assert most_ties(edges.iloc[:0]).empty


def test_keyness_draws_a_panel_an_article_and_fills_only_what_is_clear() -> None:
    rows = pd.DataFrame(
        {
            "article_id": ["a", "a", "b"],
            "word": ["pier", "boat", "rain"],
            "z": [3.0, 2.0, 1.5],
            "count": [4, 2, 2],
            "rest_count": [0, 1, 0],
            "p_corrected": [0.01, 0.2, 0.3],
        }
    )
    fig = keyness(rows)
    shown = [ax for ax in fig.axes if ax.axison]
    assert [len(ax.patches) for ax in shown] == [2, 1]
    assert [bar.get_hatch() or "" for bar in shown[0].patches] == ["", "///"]
    assert [text.get_text() for text in shown[0].texts] == ["4 : 0", "2 : 1"]
    plt.close(fig)
