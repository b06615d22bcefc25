"""Figures of the notebook on framing, in the house style of `helpers.figures`: a panel an article."""

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, PercentFormatter

from helpers.figures import COLOURS, FINE_STYLE, STYLE, shortened
from helpers.labels import short_labels

# Colour and hatch of a tone; the neutral one is pale and plain.
TONE_STYLES = {"negative": (COLOURS[1], "///"), "neutral": ("0.85", ""), "positive": (COLOURS[0], "xx")}


def panels(rows: pd.DataFrame, height: float, *, shared: bool) -> tuple[Figure, dict[str, Axes]]:
    """Panels of `height` inches, two beside each other, one an article, titled with its short name."""
    known = short_labels(rows["article_id"])
    across = min(2, len(known))
    down = -(-len(known) // across)
    size = (7.5, 0.6 + down * height)
    fig, axes = plt.subplots(down, across, figsize=size, sharex=shared, sharey=shared, squeeze=False)
    for ax in axes.flat[len(known) :]:
        ax.axis("off")
    used = dict(zip(sorted(known), axes.flat, strict=False))
    for article, ax in used.items():
        ax.set_title(known[article], fontsize=9, loc="left")
        ax.tick_params(labelbottom=True)
    return fig, used


def profiles(rows: pd.DataFrame, label: str) -> Figure:
    """A row a frame: columns article_id, frame, share, low, high, others (mean of the others).

    The dot with its line is the article's share with its interval, the open diamond the mean of the other articles.
    """
    with mpl.rc_context(STYLE):  # type: ignore[arg-type, unused-ignore]
        kinds = list(dict.fromkeys(rows["frame"]))
        fig, axes = panels(rows, 0.6 + 0.24 * len(kinds), shared=True)
        place = np.arange(len(kinds))
        for article, ax in axes.items():
            own = rows[rows["article_id"] == article].set_index("frame").reindex(kinds)
            ax.hlines(place, own["low"], own["high"], color=COLOURS[0], linewidth=1.5)
            ax.plot(own["share"], place, "o", color=COLOURS[0], label="this article")
            ax.plot(own["others"], place, "D", color=COLOURS[1], fillstyle="none", label="mean of the others")
            ax.set_yticks(place, [str(kind).replace("_", " ") for kind in kinds])
            ax.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
            ax.grid(axis="x", color="0.9")
        finish(fig, axes, label)
    return fig


def tones(rows: pd.DataFrame, actors: list[str]) -> Figure:
    """A bar an actor: mentions by tone; columns article_id, actor, tone, count."""
    with mpl.rc_context(FINE_STYLE):  # type: ignore[arg-type, unused-ignore]
        fig, axes = panels(rows, 0.6 + 0.26 * len(actors), shared=True)
        place = np.arange(len(actors))
        for article, ax in axes.items():
            own = rows[rows["article_id"] == article]
            left = np.zeros(len(actors))
            for tone, (colour, hatch) in TONE_STYLES.items():
                counts = own[own["tone"] == tone].set_index("actor")["count"].reindex(actors).fillna(0)
                ax.barh(
                    place,
                    counts.to_numpy(),
                    left=left,
                    color=colour,
                    hatch=hatch,
                    edgecolor="white",
                    label=f"{tone} tone",
                )
                left += counts.to_numpy()
            ax.set_yticks(place, [shortened(actor, 22) for actor in actors])
            ax.xaxis.set_major_locator(MaxNLocator(integer=True))
        finish(fig, axes, "mentions")
    return fig


def finish(fig: Figure, axes: dict[str, Axes], label: str) -> None:
    """Turn shared rows top down, name the axis, and put one legend in the corner that no panel takes."""
    first = next(iter(axes.values()))
    first.invert_yaxis()
    fig.supxlabel(label, fontsize=9)
    fig.tight_layout()
    handles, names = first.get_legend_handles_labels()
    room = len(axes) > 1 and len(axes) % 2  # an odd number of panels leaves a place empty
    place = {"loc": "lower right"} if room else {"loc": "upper right", "bbox_to_anchor": (1, 0)}
    fig.legend(handles, names, ncols=1 if room else 3, **place)


def keyness(rows: pd.DataFrame) -> Figure:
    """The key words of each article by z score, the longest bar on top.

    Columns article_id, word, z, count, rest_count, p_corrected. A filled bar has p_corrected under 0.05, a hatched one
    has not; the numbers are the uses in the article and in the others.
    """
    with mpl.rc_context(FINE_STYLE):  # type: ignore[arg-type, unused-ignore]
        most = int(rows.groupby("article_id").size().max())
        fig, axes = panels(rows, 0.8 + 0.22 * most, shared=False)
        top = float(rows["z"].max())
        for article, ax in axes.items():
            own = rows[rows["article_id"] == article]
            clear = (own["p_corrected"] < 0.05).tolist()
            bars = ax.barh(
                range(len(own)),
                own["z"],
                color=[COLOURS[0] if one else "white" for one in clear],
                hatch=["" if one else "///" for one in clear],
                edgecolor=COLOURS[0],
                height=0.7,
            )
            uses = [f"{n} : {rest}" for n, rest in zip(own["count"], own["rest_count"], strict=True)]
            ax.bar_label(bars, uses, padding=3, fontsize=7)
            ax.set_yticks(range(len(own)), own["word"])
            ax.set_ylim(most - 0.5, -0.5)
            ax.set_xlim(0, 1.18 * top)
        fig.supxlabel("z of the log-odds ratio", fontsize=9)
        fig.tight_layout()
    return fig
