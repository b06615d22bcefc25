"""What the network of blame and the panels of framing draw."""

import matplotlib.pyplot as plt
import pandas as pd

from helpers.figures import most_ties
from helpers.figures_framing import keyness, profiles, tones

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


def test_tones_stack_the_counts_of_each_actor_and_leave_an_absent_one_empty() -> None:
    rows = pd.DataFrame(
        [("a", "Brenn", "negative", 2), ("a", "Brenn", "positive", 1), ("b", "Quill", "neutral", 3)],
        columns=["article_id", "actor", "tone", "count"],
    )
    fig = tones(rows, ["Brenn", "Quill"])
    first, second = (ax for ax in fig.axes if ax.axison)
    assert [(bar.get_x(), bar.get_width()) for bar in first.patches] == [
        (0, 2),
        (0, 0),
        (2, 0),
        (0, 0),
        (2, 1),
        (0, 0),
    ]
    assert [bar.get_width() for bar in second.patches] == [0, 0, 0, 3, 0, 0]
    assert [text.get_text() for text in fig.legends[0].texts] == [
        "negative tone",
        "neutral tone",
        "positive tone",
    ]
    plt.close(fig)


def test_profiles_set_the_article_beside_the_mean_of_the_others() -> None:
    rows = pd.DataFrame(
        {
            "article_id": ["a", "b"],
            "frame": "conflict",
            "share": [0.5, 0.25],
            "low": 0.1,
            "high": 0.6,
            "others": [0.25, 0.5],
        }
    )
    fig = profiles(rows.assign(low=0.1, high=0.6), "share")
    shown = [ax for ax in fig.axes if ax.axison]
    assert [[line.get_xdata()[0] for line in ax.lines] for ax in shown] == [[0.5, 0.25], [0.25, 0.5]]
    plt.close(fig)
