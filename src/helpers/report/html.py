"""What notebooks show: tables, evidence and figures as plain HTML that escapes every text it is given."""

import base64
import io
import re
from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING, Any

import pandas as pd
from IPython.display import HTML

if TYPE_CHECKING:
    from matplotlib.figure import Figure

UNDEFINED = "–"
NUMBER = re.compile(r"[-+−]?[\d,]*\.?\d+ ?%?(?: ?\(.*\))?(?: \*)?")
SHORT, LONG = 12, 40
SVG_RULES = {"svg.hashsalt": "parallax", "svg.fonttype": "path"}


def table(
    df: pd.DataFrame, caption: str, row_header: str | None = None, note: str = "", digits: int = 2
) -> HTML:
    """A data frame as a table with caption, scopes and right-aligned numbers.

    row_header names the column whose cells head their rows; without it a named index does. Fractions are shown with
    `digits` decimals, an undefined number as a dash that the note then explains. Without rows one line says so.
    Raises ValueError without a caption or when row_header is no column.
    """
    if not caption.strip():
        raise ValueError("a table needs a caption")
    framed = (
        df.reset_index() if row_header is None and any(name is not None for name in df.index.names) else df
    )
    headers = (
        [str(name) for name in df.index.names] if framed is not df else [row_header] if row_header else []
    )
    names = [_name(column) for column in framed.columns]
    missing = [name for name in headers if name not in names]
    if missing:
        raise ValueError(f"row_header {missing[0]!r} is no column; there are: {', '.join(names)}")
    if framed.empty:
        return HTML(f"<p><strong>{escape(caption)}:</strong> none. {escape(note)}</p>")
    columns = [_cells(framed.iloc[:, place], digits) for place in range(len(names))]
    marks = [
        ""
        if name in headers or name.startswith("article")
        else column_mark(cells, number=_is_number(framed.iloc[:, place]))
        for place, (name, cells) in enumerate(zip(names, columns, strict=True))
    ]
    head = "".join(
        f'<th scope="col"{mark}>{escape(shown_name(name))}</th>'
        for name, mark in zip(names, marks, strict=True)
    )
    rows = [_row(cells, [name in headers for name in names], marks) for cells in zip(*columns, strict=True)]
    notes = [note.strip()] if note.strip() else []
    if any(cell == UNDEFINED for column in columns for cell in column):
        notes.append(f"{UNDEFINED} means undefined.")
    return HTML(wrap_table(caption, head, rows, " ".join(notes)))


def wrap_table(caption: str, head: str, rows: Sequence[str], note: str) -> str:
    """The table's outer HTML; head and rows are HTML already, caption and note are text."""
    foot = f'<p class="note">{escape(note)}</p>' if note else ""
    return (
        f'<div class="table"><div class="scroll" role="region" aria-label="{escape(caption)}" tabindex="0">'
        f"<table><caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{''.join(rows)}</tbody></table></div>{foot}</div>"
    )


def column_mark(cells: Sequence[str], *, number: bool = False) -> str:
    """The HTML attributes of a column: numbers to the right, short values in one line, long texts with room."""
    if number or (any(map(NUMBER.fullmatch, cells)) and all(map(_reads_as_number, cells))):
        return ' class="num" style="text-align:right"'
    longest = max(map(len, cells), default=0)
    return ' class="short"' if longest <= SHORT else ' class="long"' if longest > LONG else ""


def _reads_as_number(cell: str) -> bool:
    return cell in ("", UNDEFINED) or NUMBER.fullmatch(cell.strip()) is not None


def _row(cells: Sequence[str], heads: Sequence[bool], marks: Sequence[str]) -> str:
    return (
        "<tr>"
        + "".join(
            f'<th scope="row">{escape(cell)}</th>' if head else f"<td{mark}>{escape(cell)}</td>"
            for cell, head, mark in zip(cells, heads, marks, strict=True)
        )
        + "</tr>"
    )


def _name(column: object) -> str:
    parts = column if isinstance(column, tuple) else (column,)
    return " ".join(str(part) for part in parts if str(part))


def shown_name(column: str) -> str:
    """How the head of a column reads: no underscores, and an article rather than its id."""
    return "article" if column == "article_id" else column.replace("_", " ")


def _is_number(column: "pd.Series[Any]") -> bool:
    return bool(pd.api.types.is_numeric_dtype(column)) and not bool(pd.api.types.is_bool_dtype(column))


def _cells(column: "pd.Series[Any]", digits: int) -> list[str]:
    values = column.tolist()
    whole = all(isinstance(v, int) or (isinstance(v, float) and (v != v or v.is_integer())) for v in values)
    return [_cell(value, 0 if whole else digits) for value in values]


def _cell(value: Any, digits: int) -> str:
    if value is None or value is pd.NaT or value is pd.NA or (isinstance(value, float) and value != value):
        return UNDEFINED
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return f"{value:,.{digits}f}"
    return str(value)


def quotes(df: pd.DataFrame, summary: str, marks: Sequence[str] = (), *, opened: bool = False) -> HTML:
    """The words behind one number, folded: every row's text with its article and sentence.

    df has the columns of a finding (article_id, sentence, start, text); marks names spans of theirs, such as "cue" for
    the columns cue_start and cue_end, to be marked where they lie inside the text. Raises ValueError without a summary.
    """
    if not summary.strip():
        raise ValueError("evidence needs a summary: say what the sentences are evidence of")
    items = "".join(_quote(row, marks) for row in df.to_dict("records"))
    body = f"<ol>{items}</ol>" if items else "<p>No sentence.</p>"
    state = " open" if opened else ""
    return HTML(
        f'<details class="evidence"{state}><summary>{escape(summary)} ({len(df):,})</summary>{body}</details>'
    )


def evidence(df: pd.DataFrame, by: str, marks: Sequence[str] = (), label: str = "{value}") -> HTML:
    """The words behind a column of counts: one folded list for each value of `by`, largest first, ties by name.

    label is the summary of a list, with {value} where the value stands.
    """
    counts = df.groupby(by, sort=True).size().sort_values(ascending=False, kind="stable")
    folded = [
        str(quotes(df[df[by] == value], label.format(value=str(value).replace("_", " ")), marks).data)
        for value in counts.index.tolist()
    ]
    return HTML("".join(folded) or "<p>No evidence: nothing was found.</p>")


def _quote(row: dict[Any, Any], marks: Sequence[str]) -> str:
    text, start = str(row["text"]), int(row.get("start", 0))
    spans = [
        (int(row[f"{mark}_start"]) - start, int(row[f"{mark}_end"]) - start)
        for mark in marks
        if int(row.get(f"{mark}_start", -1)) >= 0
    ]
    place = escape(str(row.get("article_id", "")))
    if "sentence" in row:
        place += f", sentence {int(row['sentence']) + 1}"
    return f"<li><q>{_marked(text, spans)}</q> <cite>{place}</cite></li>"


def _marked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    parts, done = [], 0
    for start, end in sorted(spans):
        if done <= start < end <= len(text):
            parts += [escape(text[done:start]), "<mark>", escape(text[start:end]), "</mark>"]
            done = end
    return "".join(parts) + escape(text[done:])


def figure(fig: "Figure", alt: str, caption: str) -> HTML:
    """A matplotlib figure as an SVG image with alternative text and caption; the figure is closed.

    Raises ValueError when alt or caption is empty or both are the same.
    """
    import matplotlib.pyplot as plt

    plt.close(fig)
    if not alt.strip() or not caption.strip():
        raise ValueError("a figure needs alt (what it shows, for those who do not see it) and a caption")
    if alt.strip().casefold() == caption.strip().casefold():
        raise ValueError("alt must say what the figure shows, not repeat the caption")
    source = base64.b64encode(svg(fig)).decode("ascii")
    return HTML(
        '<figure><div class="scroll" role="region" aria-label="Figure" tabindex="0">'
        f'<img src="data:image/svg+xml;base64,{source}" alt="{escape(alt.strip())}"></div>'
        f"<figcaption>{escape(caption.strip())}</figcaption></figure>"
    )


def svg(fig: "Figure") -> bytes:
    """The figure as SVG bytes that are the same each time: fixed salt for its ids, no date, no version."""
    import matplotlib as mpl

    out = io.BytesIO()
    with mpl.rc_context(SVG_RULES):  # type: ignore[arg-type, unused-ignore]
        fig.savefig(out, format="svg", bbox_inches="tight", metadata={"Date": None, "Creator": None})
    return out.getvalue()
