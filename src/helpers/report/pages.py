"""One executed notebook as the inside of a page, through nbconvert and the project's own template."""

import base64
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import escape, unescape
from pathlib import Path
from typing import Any

TEMPLATES = Path(__file__).parent / "template"
HEADING = re.compile(r"<h([1-6])\b[^>]*>(.*?)</h\1>", re.DOTALL | re.IGNORECASE)
TAG = re.compile(r"<[^>]+>")
STYLE = re.compile(r"<style\b.*?</style>", re.DOTALL | re.IGNORECASE)
FRAME = re.compile(r'<table border="1" class="dataframe">(.*?)</table>', re.DOTALL)
NO_ALT = "Figure without a description; the notebook that drew it gave none."


@dataclass(frozen=True)
class Page:
    """The inside of a page: HTML, the text of its one h1, and its h2 headings as (id, text)."""

    body: str
    title: str
    contents: tuple[tuple[str, str], ...]


def label(name: str) -> str:
    """What a notebook is called in the navigation: 01_framing is Framing."""
    number, _, rest = name.partition("_")
    words = (rest if number.isdigit() and rest else name).replace("_", " ")
    return words[:1].upper() + words[1:]


def page(notebook: Path) -> Page:
    """Read an executed notebook and convert it; headings are made one outline with one h1."""
    import nbformat

    exporter = _exporter()
    node = nbformat.read(notebook, as_version=4)
    body, _ = exporter.from_notebook_node(node)
    return outline(body, label(notebook.stem))


def outline(body: str, name: str) -> Page:
    """Give the headings of a body ids and an order without gaps; the first h1 is the title, any later one an h2.

    Without an h1 one is made from the name.
    """
    contents: list[tuple[str, str]] = []
    used: dict[str, int] = {}
    title = ""
    level = 0

    def place(found: re.Match[str]) -> str:
        nonlocal title, level
        text = unescape(TAG.sub("", found[2])).strip()
        wanted = int(found[1])
        level = _level(wanted, level, has_title=bool(title))
        anchor = _anchor(text, used)
        if level == 1:
            title = text or name
        elif level == 2:
            contents.append((anchor, text))
        return f'<h{level} id="{anchor}">{found[2]}</h{level}>'

    first = HEADING.search(body)
    if first is None or first[1] != "1":
        body = f"<h1>{escape(name)}</h1>\n{body}"
    return Page(HEADING.sub(place, body), title, tuple(contents))


def _level(wanted: int, before: int, *, has_title: bool) -> int:
    return min(max(wanted, 2), before + 1) if has_title else 1


def _anchor(text: str, used: dict[str, int]) -> str:
    slug = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or "section"
    slug = f"{slug}-part" if slug == "main" else slug
    used[slug] = used.get(slug, 0) + 1
    return slug if used[slug] == 1 else f"{slug}-{used[slug]}"


def tidy_html(source: str | list[str]) -> str:
    """An HTML output of a notebook: pandas' tables get scopes and a scroll container, style elements go."""
    text = STYLE.sub("", source if isinstance(source, str) else "".join(source))
    return FRAME.sub(_scoped, text)


def _scoped(found: re.Match[str]) -> str:
    head, closing, rest = found[1].partition("</thead>")
    head = head.replace("<th>", '<th scope="col">')
    rest = rest.replace("<th>", '<th scope="row">')
    return (
        '<div class="scroll" role="region" aria-label="Table" tabindex="0">'
        f'<table class="dataframe">{head}{closing}{rest}</table></div>'
    )


def alt_text(output: Mapping[str, Any], mime: str) -> str:
    """The alternative text in an output's metadata, under its type or at the top; if there is none, NO_ALT."""
    metadata = output.get("metadata", {})
    found = metadata.get(mime, {})
    given = found.get("alt") if isinstance(found, Mapping) else None
    return str(given or metadata.get("alt") or NO_ALT)


def base64_text(source: str | list[str]) -> str:
    """Text as base64 of its UTF-8 bytes."""
    return base64.b64encode("".join(source).encode()).decode("ascii")


def safe_markdown(source: str | list[str]) -> str:
    """Markdown that code has put out, with any HTML in it shown as text."""
    from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

    renderer = IPythonRenderer(escape=True, allow_harmful_protocols=False, exclude_anchor_links=True)
    return str(MarkdownWithMath(renderer=renderer).render("".join(source)))


@lru_cache(maxsize=1)
def _exporter() -> Any:
    """Nbconvert's HTML exporter with our template, less its pass over images (ours have their text)."""
    from nbconvert.exporters import HTMLExporter, TemplateExporter
    from nbconvert.filters import Highlight2HTML
    from nbconvert.filters.widgetsdatatypefilter import WidgetsDataTypeFilter

    class PageExporter(HTMLExporter):  # type: ignore[misc]
        def from_notebook_node(self, nb: Any, resources: Any = None, **kw: Any) -> tuple[str, Any]:
            resources = self._init_resources(resources)
            shown = WidgetsDataTypeFilter(notebook_metadata=nb.metadata, parent=self, resources=resources)
            self.register_filter("filter_data_type", shown)
            self.register_filter("highlight_code", Highlight2HTML(pygments_lexer="ipython3", parent=self))
            return TemplateExporter.from_notebook_node(self, nb, resources, **kw)  # type: ignore[no-any-return]

    exporter = PageExporter(
        template_name="parallax", extra_template_basedirs=[str(TEMPLATES)], exclude_anchor_links=True
    )
    for function in (tidy_html, alt_text, base64_text, safe_markdown):
        exporter.register_filter(function.__name__, function)
    return exporter
