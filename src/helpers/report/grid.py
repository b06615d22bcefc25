"""Rows of a table as HTML for the index, or as lines of plain text for the terminal."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

NUMBER = re.compile(r"[-+−]?[\d,]*\.?\d+ ?%?(?: ?\(.*\))?")
WORDS = {"article_id": "article", "left_out": "left out", "sha256": "SHA-256"}
SHORT = 12
WIDEST = 34


def table(
    found: Sequence[Mapping[str, Any]],
    caption: str,
    head: str,
    note: str = "",
    pages: Mapping[str, str] | None = None,
) -> Any:
    """Rows as an HTML table (markupsafe.Markup, empty without rows); cells that read as numbers are right-aligned.

    `pages` names the notebook whose page the head of a column leads to.
    """
    from markupsafe import Markup, escape

    if not found:
        return Markup("")
    names = list(found[0])
    right = {
        name
        for name in names
        if name not in (head, "article") and all(_reads_as_number(row[name]) for row in found)
    }
    top = "".join(
        f'<th scope="col"{_side(name in right)}>{_head(name, (pages or {}).get(name, ""))}</th>'
        for name in names
    )
    body = "".join(
        "<tr>" + "".join(_cell(row[name], name, name == head, name in right) for name in names) + "</tr>"
        for row in found
    )
    foot = f'<p class="note">{escape(note)}</p>' if note else ""
    return Markup(  # noqa: S704
        f'<div class="table"><div class="scroll" role="region" aria-label="{escape(caption)}" tabindex="0"><table>'
        f"<caption>{escape(caption)}</caption><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>"
        f"{foot}</div>"
    )


def _head(name: str, page: str) -> str:
    from markupsafe import escape

    shown = escape(WORDS.get(name, name))
    return f'<a href="{escape(page)}.html">{shown}</a>' if page else str(shown)


def _cell(value: Any, name: str, is_head: bool, right: bool) -> str:
    from markupsafe import escape

    shown = "–" if value is None or value != value else f"{value:,}" if type(value) is int else str(value)
    inside = f'<span class="hash">{escape(shown)}</span>' if name == "sha256" else escape(shown)
    wide = ' class="title"' if name == "title" else ""
    place = _side(right) or (' class="short"' if len(shown) <= SHORT else "")
    return f'<th scope="row"{wide}>{inside}</th>' if is_head else f"<td{place}>{inside}</td>"


def _side(right: bool) -> str:
    return ' class="num" style="text-align:right"' if right else ""


def _reads_as_number(value: Any) -> bool:
    if isinstance(value, str):
        return value in ("", "–") or NUMBER.fullmatch(value.strip()) is not None
    return value is None or (isinstance(value, int | float) and not isinstance(value, bool))


def plain(found: Sequence[Mapping[str, Any]]) -> list[str]:
    """Rows as lines of plain text in columns, long texts cut; none without rows."""
    if not found:
        return []
    lines = [list(found[0]), *([str(value) for value in row.values()] for row in found)]
    cut = [[cell if len(cell) <= WIDEST else f"{cell[: WIDEST - 1]}…" for cell in line] for line in lines]
    widths = [max(map(len, column)) for column in zip(*cut, strict=True)]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in cut
    ]
