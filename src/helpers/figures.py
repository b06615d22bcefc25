"""The house style and every figure: each takes tidy data, draws, and returns the Figure."""

from collections.abc import Sequence
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from helpers.labels import short_labels

# Okabe & Ito (2008): apart for colour-blind readers; markers and hatches say the same in grey.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000", "#999999")
MARKERS = "osD^vPX*"
HATCHES = ("", "///", "||", "xx", "\\\\\\", "++", "-/", "--")  # lines only: dots make an SVG ten times larger
STYLE = {
    "font.family": "DejaVu Sans",
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "figure.facecolor": "white",
    "savefig.facecolor": "white",
    "legend.frameon": False,
    "svg.hashsalt": "parallax",
}
FINE_STYLE = {**STYLE, "hatch.linewidth": 0.6}


def bars(table: pd.DataFrame, label: str) -> Figure:
    """Stacked horizontal bars: a row an article (the index), a part a column."""
    with mpl.rc_context(STYLE):  # type: ignore[arg-type, unused-ignore]
        fig, ax = plt.subplots(figsize=(7.5, 0.9 + 0.45 * len(table)))
        left = np.zeros(len(table))
        for i, column in enumerate(table.columns):
            values = table[column].to_numpy(dtype=float)
            ax.barh(
                list(short_labels(table.index).values()),
                values,
                left=left,
                color=COLOURS[i % 8],
                hatch=HATCHES[(i + i // 8) % 8],
                edgecolor="white",
                label=str(column).replace("_", " "),
            )
            left += values
        ax.invert_yaxis()
        ax.set_xlabel(label)
        ax.legend(loc="upper left", bbox_to_anchor=(1, 1))
    return fig


def strip(rows: pd.DataFrame, order: Sequence[str], plain: str) -> Figure:
    """A strip an article from its first word to its last, coloured by voice: article_id, left, right, voice.

    `order` gives each voice its colour and hatch, as the columns of `bars` do; `plain` is the voice left pale. Wide
    pieces carry their voice's name.
    """
    with mpl.rc_context(FINE_STYLE):  # type: ignore[arg-type, unused-ignore]
        known = short_labels(rows["article_id"])
        fig, ax = plt.subplots(figsize=(7.5, 0.9 + 0.5 * len(known)))
        seen: set[str] = set()
        for place, article in enumerate(sorted(known)):
            own = rows[rows["article_id"] == article].sort_values("left")
            for row in runs(own):
                number = order.index(row["voice"]) if row["voice"] in order else -1
                pale = row["voice"] == plain
                ax.barh(
                    place,
                    row["right"] - row["left"],
                    left=row["left"],
                    height=0.8,
                    color="0.93" if pale else COLOURS[number % 8],
                    hatch="" if pale else HATCHES[(number + number // 8) % 8],
                    edgecolor="white",
                    linewidth=0.8,
                    label=None if row["voice"] in seen else row["voice"],
                )
                seen.add(row["voice"])
                if not pale and row["right"] - row["left"] > 0.012 * len(row["voice"]):
                    ax.text(
                        (row["left"] + row["right"]) / 2,
                        place,
                        row["voice"],
                        ha="center",
                        va="center",
                        fontsize=7,
                        bbox={"facecolor": "white", "edgecolor": "none", "pad": 1},
                    )
        ax.set_yticks(range(len(known)), [known[key] for key in sorted(known)])
        ax.invert_yaxis()
        ax.set_xlim(0, 1)
        ax.set_xlabel("from first word to last")
        handles = dict(zip(*ax.get_legend_handles_labels()[::-1], strict=True))
        names = [name for name in (*order, plain) if name in handles]
        ax.legend([handles[n] for n in names], names, loc="upper left", bbox_to_anchor=(1, 1))
    return fig


def runs(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of one article in order, neighbours of the same voice as one piece."""
    pieces: list[dict[str, Any]] = []
    for row in rows.to_dict("records"):
        if pieces and pieces[-1]["voice"] == row["voice"]:
            pieces[-1]["right"] = row["right"]
        else:
            pieces.append({"voice": str(row["voice"]), "left": row["left"], "right": row["right"]})
    return pieces


def intervals(rows: pd.DataFrame, series: str, label: str, *, percent: bool = False) -> Figure:
    """Values with their intervals: columns article_id, <series>, value, low, high; a marker a series."""
    with mpl.rc_context(STYLE):  # type: ignore[arg-type, unused-ignore]
        articles = sorted(rows["article_id"].unique())
        kinds = list(dict.fromkeys(rows[series]))
        fig, ax = plt.subplots(figsize=(7.5, 1 + 0.22 * len(articles) * (len(kinds) + 1)))
        offsets = np.linspace(-0.3, 0.3, len(kinds)) if len(kinds) > 1 else np.zeros(1)
        for i, (kind, offset) in enumerate(zip(kinds, offsets, strict=True)):
            own = rows[rows[series] == kind].set_index("article_id").reindex(articles)
            place = np.arange(len(articles)) + offset
            ax.hlines(place, own["low"], own["high"], color=COLOURS[i % 8], linewidth=1.5)
            ax.plot(
                own["value"], place, MARKERS[i % 8], color=COLOURS[i % 8], label=str(kind).replace("_", " ")
            )
        ax.set_yticks(range(len(articles)), list(short_labels(articles).values()))
        ax.invert_yaxis()
        ax.set_xlabel(label)
        if percent:
            ax.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
        ax.grid(axis="x", color="0.88")
        if len(kinds) > 1:
            ax.legend(loc="upper left", bbox_to_anchor=(1, 1))
    return fig


def matrix(table: pd.DataFrame, label: str) -> Figure:
    """Counts as a shaded matrix with the number in each cell."""
    with mpl.rc_context(STYLE):  # type: ignore[arg-type, unused-ignore]
        fig, ax = plt.subplots(figsize=(1.8 + 0.75 * len(table.columns), 1.2 + 0.5 * len(table)))
        values = table.to_numpy(dtype=float)
        top = max(float(values.max()) if values.size else 0.0, 1.0)
        ax.imshow(values, cmap="Greys", vmin=0, vmax=top * 1.4, aspect="auto")
        for i, j in np.ndindex(values.shape):
            ax.text(
                j,
                i,
                f"{values[i, j]:g}",
                ha="center",
                va="center",
                color="white" if values[i, j] > top * 0.8 else "black",
            )
        ax.set_xticks(range(len(table.columns)), names(table.columns), rotation=30, ha="right")
        ax.set_yticks(range(len(table)), names(table.index))
        ax.set_title(label, fontsize=9, loc="left")
    return fig


def lengths(sentences: pd.DataFrame) -> Figure:
    """Words in a sentence: a dot a sentence in a fixed pattern, a box of the quartiles, by article."""
    with mpl.rc_context(STYLE):  # type: ignore[arg-type, unused-ignore]
        articles = sorted(sentences["article_id"].unique())
        groups = [sentences.loc[sentences["article_id"] == a, "words"].to_numpy() for a in articles]
        fig, ax = plt.subplots(figsize=(7.5, 0.9 + 0.55 * len(articles)))
        for place, words in enumerate(groups):
            ax.plot(
                words,
                place + 0.26 * np.sin(np.arange(len(words)) * 2.399963),
                ".",
                color="0.45",
                markersize=4,
            )
        ax.boxplot(
            groups,
            positions=range(len(groups)),
            orientation="horizontal",
            widths=0.62,
            whis=0,
            showfliers=False,
            showcaps=False,
            patch_artist=True,
            boxprops={"facecolor": "#dcebf5", "edgecolor": COLOURS[0], "zorder": 0},
            medianprops={"color": COLOURS[0], "linewidth": 2, "zorder": 1},
        )
        ax.set_yticks(range(len(articles)), list(short_labels(articles).values()))
        ax.invert_yaxis()
        ax.set_xlabel("words in a sentence")
    return fig


def names(labels: "pd.Index[str]") -> list[str]:
    """The labels of an axis, articles by their short names."""
    known = short_labels(labels)
    return [known[label] for label in labels]


def in_words(rows: pd.DataFrame, series: Sequence[str], value: str = "value", *, spec: str = ".1f") -> str:
    """A figure's data in words for its alternative text: every row's labels and value, formatted by `spec`."""
    known = short_labels(rows["article_id"])
    said = []
    for row in rows.to_dict("records"):
        label = ", ".join(known.get(str(row[s]), str(row[s])).replace("_", " ") for s in series)
        said.append(f"{label}: {row[value]:{spec}}")
    return "; ".join(said) + "."


def small_multiples(rows: pd.DataFrame) -> Figure:
    """A panel a lens, two beside each other, a row an article: columns article_id, lens, value, low, high.

    NaN bounds draw no line; a lens with "share" in its name is shown in per cent.
    """
    with mpl.rc_context(STYLE):  # type: ignore[arg-type, unused-ignore]
        articles = sorted(rows["article_id"].unique())
        lenses = list(dict.fromkeys(rows["lens"]))
        across = min(2, len(lenses))
        down = -(-len(lenses) // across)
        size = (7.5, down * (0.9 + 0.3 * len(articles)))
        fig, axes = plt.subplots(down, across, figsize=size, sharey=True, squeeze=False)
        for ax in axes.flat[len(lenses) :]:
            ax.axis("off")
        for ax, lens in zip(axes.flat, lenses, strict=False):
            own = rows[rows["lens"] == lens].set_index("article_id").reindex(articles)
            place = np.arange(len(articles))
            ax.axvline(own["value"].mean(), color="0.6", linewidth=1, linestyle=":")
            ax.hlines(place, own["low"], own["high"], color=COLOURS[0], linewidth=1.5)
            ax.plot(own["value"], place, "o", color=COLOURS[0])
            ax.set_title(lens, fontsize=9, loc="left")
            ax.grid(axis="x", color="0.9")
            if "share" in lens:
                ax.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
        axes[0][0].set_yticks(range(len(articles)), list(short_labels(articles).values()))
        axes[0][0].invert_yaxis()
        fig.tight_layout()
    return fig


def most_ties(edges: pd.DataFrame, most: int = 14) -> pd.DataFrame:
    """The edges with most ties that `most` parties take part in: columns blamer_party, target_party, ties."""
    ranked = edges.sort_values(["ties", "blamer_party", "target_party"], ascending=[False, True, True])
    parties: set[str] = set()
    kept = []
    for row in ranked.to_dict("records"):
        ends = {str(row["blamer_party"]), str(row["target_party"])}
        if len(parties | ends) <= most:
            parties |= ends
            kept.append(row)
    return pd.DataFrame(kept, columns=edges.columns)


def network(edges: pd.DataFrame) -> Figure:
    """Who points at whom, on a circle in the order of the alphabet: columns blamer_party, target_party, ties.

    An arrow's width and the number on it say how many ties.
    """
    shown = sorted({*edges["blamer_party"], *edges["target_party"]})
    turn = 2 * np.pi * np.arange(len(shown)) / max(len(shown), 1)
    place = {name: (float(np.cos(a)), float(np.sin(a))) for name, a in zip(shown, turn, strict=True)}
    with mpl.rc_context(STYLE):  # type: ignore[arg-type, unused-ignore]
        fig, ax = plt.subplots(figsize=(7.5, 5.5))
        for row in edges.to_dict("records"):
            start, end = place[row["blamer_party"]], place[row["target_party"]]
            bend = {
                "arrowstyle": "-|>",
                "connectionstyle": "arc3,rad=0.12",
                "color": "0.35",
                "shrinkA": 7,
                "shrinkB": 9,
            }
            ax.annotate("", end, start, arrowprops={**bend, "linewidth": 0.8 + 0.6 * row["ties"]})
            near = [0.4 * start[i] + 0.6 * end[i] for i in (0, 1)]
            ax.text(
                near[0],
                near[1],
                str(row["ties"]),
                fontsize=8,
                ha="center",
                va="center",
                backgroundcolor="white",
            )
        for name, (x, y) in place.items():
            ax.plot(x, y, "o", color="black", markersize=6)
            side = "left" if x > 0.05 else "right" if x < -0.05 else "center"
            ax.text(1.1 * x, 1.1 * y, shortened(name), ha=side, va="center", fontsize=8)
        ax.set_xlim(-2, 2)
        ax.set_ylim(-1.3, 1.3)
        ax.axis("off")
    return fig


def shortened(label: str, longest: int = 34) -> str:
    """A label cut after a word when it is too long for a figure."""
    return label if len(label) <= longest else f"{label[:longest].rsplit(' ', 1)[0]} …"
