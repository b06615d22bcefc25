"""A run folder as a report: a page for each finished notebook and an index, each one file that needs no other."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from typing import Any

from helpers.batch import RUN_FILE, describe, read_record
from helpers.errors import ParallaxError
from helpers.report.grid import plain, table
from helpers.report.pages import TEMPLATES, Page, label, page

LISTED = 500
LENS_PAGES = {
    "words": "00_corpus",
    "reading grade": "04_readability",
    "leading frame": "01_framing",
    "words attributed": "02_sourcing",
    "named sources": "02_sourcing",
    "blame ties": "03_blame",
}


@dataclass(frozen=True)
class Link:
    """A page in the navigation: notebook name, file, short label, and the title it gives itself."""

    name: str
    file: str
    label: str
    title: str


def render(run_folder: Path) -> Path:
    """Write RUN_FOLDER/report/ and return the path of its index.html.

    Only notebooks that run.json calls done, and whose file is the one it describes, become pages. Raises
    ParallaxError when the folder holds no run.
    """
    folder = run_folder.expanduser().resolve()
    record = read_record(folder)
    if not record:
        raise ParallaxError(
            f"{run_folder}: no {RUN_FILE} that can be read; first: parallax run CORPUS --out {run_folder}"
        )
    names = [
        name for name in sorted(record["notebooks"]) if _is_done(folder, name, record["notebooks"][name])
    ]
    made = {name: page(folder / "notebooks" / f"{name}.ipynb") for name in names}
    links = [
        Link(name, f"{name}.html", label(name), _question(made[name].title, label(name))) for name in names
    ]
    files = {"index.html": _index(folder, record, links)}
    files |= {link.file: _page(made[link.name], link, links) for link in links}
    return _write(folder / "report", files)


def _question(title: str, name: str) -> str:
    """A page's title without the page's name in front of it."""
    rest = title.removeprefix(f"{name}: ")
    return rest[:1].upper() + rest[1:]


def _is_done(folder: Path, name: str, entry: Mapping[str, Any]) -> bool:
    from helpers.batch.plan import file_hash

    path = folder / "notebooks" / f"{name}.ipynb"
    if entry["status"] != "done":
        return False
    if not path.is_file() or file_hash(path) != entry["sha256"]:
        raise ParallaxError(
            f"{path}: missing or changed since the run; repeat parallax run, then parallax report"
        )
    return True


def _write(target: Path, files: Mapping[str, str]) -> Path:
    target.mkdir(parents=True, exist_ok=True)
    for old in target.glob("*.html"):
        if old.name not in files:
            old.unlink()
    for name, text in files.items():
        draft = target / f".{name}"
        draft.write_text(text, encoding="utf-8", newline="\n")
        draft.replace(target / name)
    return target / "index.html"


def _page(made: Page, link: Link, links: Sequence[Link]) -> str:
    place = [one.name for one in links].index(link.name)
    return shell(
        f"{made.title} – Parallax",
        made.body,
        made.contents,
        links,
        current=link.name,
        before=links[place - 1] if place else Link("index", "index.html", "Overview", ""),
        after=links[place + 1] if place + 1 < len(links) else None,
    )


def shell(
    title: str,
    body: str,
    contents: Sequence[tuple[str, str]],
    links: Sequence[Link],
    *,
    current: str,
    before: Link | None = None,
    after: Link | None = None,
) -> str:
    """The whole HTML document around a body that is HTML already."""
    from markupsafe import Markup

    css = (TEMPLATES / "style.css").read_text(encoding="utf-8")
    return str(
        environment()
        .get_template("shell.html.j2")
        .render(
            title=title,
            body=Markup(body),  # noqa: S704
            css=Markup(css),  # noqa: S704
            contents=contents,
            pages=links,
            current=current,
            before=before,
            after=after,
            version=metadata.version("parallax-media"),
        )
    )


@lru_cache(maxsize=1)
def environment() -> Any:
    """The jinja environment of shell and index, which escapes everything not marked as HTML."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined)


def _index(folder: Path, record: Mapping[str, Any], links: Sequence[Link]) -> str:
    articles, left_out = rows(folder, "articles"), rows(folder, "left_out")
    body = (
        environment()
        .get_template("index_page.html.j2")
        .render(
            heading=f"How {_count(len(articles), 'article')} tell{'s' if len(articles) == 1 else ''} the story"
            if articles
            else f"Report on {record['corpus']}",
            summary=_summary(record, articles, left_out),
            failures=_failures(record),
            short=[row["sentence"] for row in rows(folder, "in_short")],
            glance=table(
                rows(folder, "at_a_glance"),
                "Each article on every lens",
                head="title",
                note="In brackets the 95% interval. The head of a column leads to its page, with the words behind it.",
                pages={name: page for name, page in LENS_PAGES.items() if any(page == x.name for x in links)},
            ),
            pages=links,
            articles=table(_listed(articles), "Articles in this report", head="title", note=_cut(articles)),
            left_out=table(left_out, "Files and articles that were left out", head="file"),
            inputs=_facts("Files that were read", record["inputs"], "file"),
            parameters=_facts("Parameters of each notebook", _parameters(record), "notebook"),
            versions=_facts("Versions", _versions(record), "package"),
        )
    )
    contents = re.findall(r'<h2 id="([^"]+)">([^<]+)</h2>', body)
    return shell(f"Parallax report: {record['corpus']}", body, contents, links, current="index",
                 after=links[0] if links else None)  # fmt: skip


def glance(run_folder: Path) -> list[str]:
    """The table `at_a_glance` of a run folder as lines of plain text; none when the run wrote none."""
    return plain(rows(run_folder.expanduser().resolve(), "at_a_glance")[:LISTED])


def rows(folder: Path, name: str) -> list[dict[str, Any]]:
    """The rows of a table of the run folder; none when the run wrote no such table."""
    import pyarrow.parquet as pq

    path = folder / "tables" / f"{name}.parquet"
    return list(pq.read_table(path).to_pylist()) if path.is_file() else []


def _count(number: int, noun: str) -> str:
    small = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    word = small[number] if number < len(small) else f"{number:,}"
    return f"{word} {noun}{'' if number == 1 else 's'}"


def _summary(record: Mapping[str, Any], articles: Sequence[Any], left_out: Sequence[Any]) -> str:
    words = sum(int(row.get("words") or 0) for row in articles)
    text = f"Corpus {record['corpus']}: {_count(len(record['inputs']), 'file')}, {_count(len(articles), 'article')}"
    text += f" of {words:,} words" if words else ""
    return text + (f"; {_count(len(left_out), 'item')} left out." if left_out else ".")


def _failures(record: Mapping[str, Any]) -> list[dict[str, str]]:
    return [
        {"label": label(name), "error": describe(entry["error"])}
        for name, entry in sorted(record["notebooks"].items())
        if entry["status"] == "failed"
    ]


def _listed(articles: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    columns = ("article_id", "title", "outlet", "published", "words", "sentences", "file")
    kept = [name for name in columns if any(row.get(name) not in ("", None) for row in articles)]
    if all(Path(str(row.get("file"))).stem == row["article_id"] for row in articles):
        kept.remove("file")
    return [{name: row[name] for name in kept} for row in articles[:LISTED]]


def _cut(articles: Sequence[Any]) -> str:
    return (
        f"The first {LISTED} of {len(articles):,}; all are in tables/articles.csv."
        if len(articles) > LISTED
        else ""
    )


def _parameters(record: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [
        {"notebook": name, "parameter": key, "value": value}
        for name, entry in sorted(record["notebooks"].items())
        for key, value in sorted(entry["parameters"].items())
    ]


def _versions(record: Mapping[str, Any]) -> list[dict[str, Any]]:
    packages = {"python": record["python"], **record["versions"]}
    return [{"package": name, "version": version} for name, version in sorted(packages.items()) if version]


def _facts(summary: str, found: Sequence[Mapping[str, Any]], head: str) -> Any:
    from markupsafe import Markup, escape

    if not found:
        return Markup("")
    return Markup('<details class="facts"><summary>{} ({})</summary>{}</details>').format(
        escape(summary), len(found), table(found, summary, head=head)
    )
