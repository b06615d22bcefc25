"""What a notebook opens with: parameters checked, the study, and ways to show tables, evidence and figures."""

from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd
from IPython.display import HTML
from matplotlib.figure import Figure

from helpers.errors import ParallaxError
from helpers.labels import short_labels
from helpers.parameters import NOTEBOOKS, Parameters
from helpers.paths import resolve
from helpers.report import html
from helpers.study import Study

ARTICLE = ("article_id", "article_a", "article_b", "article")
CODED = ("source_type", "naming", "verb_class", "form", "frame", "measure", "reason", "part")


class Notebook:
    """One open notebook: its parameters and its study, and what it shows, saved to OUT/figures when out is set."""

    def __init__(self, name: str, parameters: Parameters) -> None:
        self.name = name
        self.parameters = parameters
        self.out = resolve(parameters.out) if parameters.out else None
        self.study = Study(
            resolve(parameters.corpus),
            seed=parameters.seed,
            resamples=parameters.resamples,
            codebooks=getattr(parameters, "codebooks", ""),
            wanted=getattr(parameters, "codebook", ""),
        )
        self.labels = short_labels(self.study.table("articles")["article_id"])

    def frames_of(self, codebook: str) -> pd.DataFrame:
        """The rows of one codebook in the table `frames`; raises ParallaxError naming those there are."""
        frames = self.study.table("frames")
        found = frames[frames["codebook"] == codebook]
        if found.empty:
            names = ", ".join(sorted(frames["codebook"].unique()))
            raise ParallaxError(f"no codebook {codebook!r}; there are: {names}")
        return found

    def table(
        self, df: pd.DataFrame, caption: str, row_header: str | None = None, note: str = "", digits: int = 2
    ) -> HTML:
        """A table with its caption, articles by their short names; see `helpers.report.html.table`."""
        return html.table(readable(df, self.labels), caption, row_header, note, digits)

    def evidence(self, df: pd.DataFrame, by: str, marks: Sequence[str] = (), label: str = "{value}") -> HTML:
        """The words behind counts, folded; see `helpers.report.html.evidence`."""
        return html.evidence(df, by, marks, label)

    def in_sentences(self, found: pd.DataFrame) -> pd.DataFrame:
        """Findings as evidence: the text is their sentence, found_start and found_end their own place; same order."""
        own = found.rename(columns={"start": "found_start", "end": "found_end", "text": "found"})
        whole = self.study.table("sentences")[["article_id", "sentence", "start", "end", "text"]]
        return own.merge(whole, on=["article_id", "sentence"], how="left")

    def folded(self, inner: HTML, summary: str) -> HTML:
        """HTML of ours folded away under a summary, for long lists of evidence."""
        return HTML(f'<details class="evidence"><summary>{escape(summary)}</summary>{inner.data}</details>')

    def figure(self, fig: Figure, name: str, alt: str, caption: str) -> HTML:
        """A figure with alternative text and caption, also written as OUT/figures/<notebook>_<name>.svg."""
        if self.out:
            save(self.out / "figures" / f"{self.name}_{name}.svg", html.svg(fig))
        return html.figure(fig, alt, caption)


def readable(df: pd.DataFrame, labels: Mapping[str, str]) -> pd.DataFrame:
    """Articles by their labels, as values and as columns, and the values of codebooks without underscores."""
    flat = df.reset_index() if df.index.names != [None] else df
    articles = {name: flat[name].map(lambda key: labels.get(key, key)) for name in ARTICLE if name in flat}
    coded = {name: flat[name].str.replace("_", " ") for name in CODED if name in flat}
    return flat.assign(**articles, **coded).rename(columns=labels)


def save(path: Path, data: bytes) -> None:
    """Write bytes under a temporary name, then rename."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}")
    draft.write_bytes(data)
    draft.replace(path)


def begin(name: str, **values: Any) -> Notebook:
    """Open the notebook of that name with the values of its parameters cell.

    Raises ParallaxError when a value does not fit or the corpus holds no article.
    """
    page = Notebook(name, NOTEBOOKS[name].model_validate(values))
    if not page.labels:
        raise ParallaxError(
            f"{page.study.path.name}: no article could be read; see the table left_out for the reasons"
        )
    return page
