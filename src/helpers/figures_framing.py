"""Figures of the notebook on framing, in the house style of `helpers.figures`."""

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from helpers.figures import COLOURS, FINE_STYLE, shortened
from helpers.labels import short_labels

# Colour and hatch of a tone; the neutral one is pale and plain.
TONE_STYLES = {"negative": (COLOURS[1], "///"), "neutral": ("0.85", ""), "positive": (COLOURS[0], "xx")}


def tones(rows: pd.DataFrame, actors: list[str]) -> Figure:
    """A panel an article, a bar an actor: mentions by tone; columns article_id, actor, tone, count."""
    with mpl.rc_context(FINE_STYLE):  # type: ignore[arg-type, unused-ignore]
        known = short_labels(rows["article_id"])
        down = -(-len(known) // 2)
        size = (7.5, 0.7 + down * (0.6 + 0.26 * len(actors)))
        fig, axes = plt.subplots(down, 2, figsize=size, sharex=True, sharey=True, squeeze=False)
        for ax in axes.flat[len(known) :]:
            ax.axis("off")
        place = np.arange(len(actors))
        for ax, (article, title) in zip(axes.flat, sorted(known.items()), strict=False):
            own = rows[rows["article_id"] == article]
            left = np.zeros(len(actors))
            for tone, (colour, hatch) in TONE_STYLES.items():
                counts = own[own["tone"] == tone].set_index("actor")["count"].reindex(actors).fillna(0)
                style = {"color": colour, "hatch": hatch, "edgecolor": "white", "label": f"{tone} tone"}
                ax.barh(place, counts.to_numpy(), left=left, **style)
                left += counts.to_numpy()
            ax.set_title(title, fontsize=9, loc="left")
            ax.set_yticks(place, [shortened(actor, 22) for actor in actors])
            ax.xaxis.set_major_locator(MaxNLocator(integer=True))
            ax.tick_params(labelbottom=True)
        axes[0][0].invert_yaxis()
        fig.supxlabel("mentions", fontsize=9)
        fig.tight_layout()
        handles, labels = axes[0][0].get_legend_handles_labels()
        fig.legend(handles, labels, loc="lower right", ncols=1 if len(known) % 2 else 3)
    return fig
