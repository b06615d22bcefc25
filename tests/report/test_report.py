"""A report from a run of small notebooks, read as a browser would."""

import json
import re
import xml.etree.ElementTree as ET
from itertools import pairwise

import html5lib
import pandas as pd
import pytest

from helpers import batch
from helpers.errors import ParallaxError
from helpers.report import glance, grid, render
from tests.batch.conftest import corpus, notebooks, prepared, use

__all__ = ["corpus", "notebooks", "prepared"]
HOSTILE = "<img src=x onerror=alert(1)> & co"


@pytest.fixture
def run_folder(corpus, notebooks, prepared, tmp_path):
    use(notebooks, "fine", "chart", "breaks")
    out = tmp_path / "out"
    assert batch.run(corpus, out, {}, jobs=2) == 1
    (out / "tables").mkdir()
    article = {"article_id": "a", "title": HOSTILE, "outlet": "", "published": "", "words": 8, "sentences": 1,
               "file": "one.txt"}  # fmt: skip
    pd.DataFrame([article]).to_parquet(out / "tables" / "articles.parquet")
    glance = {"article": "a", "title": HOSTILE, "words": "8", "reading grade": "15 (14–16)"}
    pd.DataFrame([glance]).to_parquet(out / "tables" / "at_a_glance.parquet")
    pd.DataFrame({"sentence": [f"It is {HOSTILE}."]}).to_parquet(out / "tables" / "in_short.parquet")
    pd.DataFrame([{"file": "two.txt", "article_id": "", "reason": "empty file"}]).to_parquet(
        out / "tables" / "left_out.parquet"
    )
    return out


def parsed(path) -> ET.Element:
    return html5lib.HTMLParser(namespaceHTMLElements=False).parse(path.read_text(encoding="utf-8"))


def test_every_page_stands_alone_in_one_outline_with_described_pictures(run_folder):
    index = render(run_folder)
    pages = sorted(index.parent.glob("*.html"))
    assert [path.stem for path in pages] == ["chart", "fine", "index"]
    for path in pages:
        text, page = path.read_text(encoding="utf-8"), parsed(path)
        levels = [int(e.tag[1]) for e in page.iter() if re.fullmatch(r"h[1-6]", str(e.tag))]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))
        assert not re.search(r"@import|url\((?!data:)", text)
        assert all(e.get("src", "data:").startswith("data:") for e in page.iter())
        assert not list(page.iter("script"))
        assert all(e.get("href").startswith("data:") for e in page.iter("link"))
        hrefs = [e.get("href") for e in page.iter("a")]
        ids = {e.get("id") for e in page.iter() if e.get("id")}
        assert all(h[1:] in ids if h.startswith("#") else (path.parent / h).is_file() for h in hrefs)
        assert all((e.get("alt") or "").strip() for e in page.iter("img"))
        assert "No description has been provided for this image" not in text
        for table in page.iter("table"):
            assert all(e.get("scope") in ("col", "row") for e in table.iter("th"))
        assert str(run_folder.parent) not in text


def test_the_index_names_what_failed_and_what_was_left_out_and_escapes(run_folder):
    text = render(run_folder).read_text(encoding="utf-8")
    words = "".join(parsed(run_folder / "report" / "index.html").itertext())
    assert "ZeroDivisionError: division by zero" in words
    assert "empty file" in words
    assert HOSTILE in words
    assert "<img" not in text


def test_code_is_folded_but_there(run_folder):
    render(run_folder)
    folded = [
        e for e in parsed(run_folder / "report" / "fine.html").iter("details") if e.get("class") == "code"
    ]
    assert any("import pandas" in "".join(e.itertext()) for e in folded)
    assert all(e.get("open") is None for e in folded)


def test_the_same_run_gives_the_same_bytes(run_folder):
    first = {path.name: path.read_bytes() for path in render(run_folder).parent.glob("*.html")}
    second = {path.name: path.read_bytes() for path in render(run_folder).parent.glob("*.html")}
    assert first == second


def test_a_changed_notebook_is_not_shown_as_a_result(run_folder):
    path = run_folder / "notebooks" / "fine.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    notebook["cells"][0]["source"] = "# Another title"
    path.write_text(json.dumps(notebook), encoding="utf-8")
    with pytest.raises(ParallaxError, match="changed since the run"):
        render(run_folder)


def test_the_glance_is_lines_of_plain_text(run_folder):
    assert glance(run_folder) == [
        f"article  {'title':<{len(HOSTILE)}}  words  reading grade",
        f"a        {HOSTILE}  8      15 (14–16)",
    ]


def test_the_index_says_what_stands_out(run_folder):
    page = parsed(render(run_folder).parent / "index.html")
    assert f"It is {HOSTILE}." in ["".join(item.itertext()) for item in page.iter("li")]


def test_the_head_of_a_column_leads_to_its_page():
    made = str(grid.table([{"words": "8", "ties": "1"}], "C", head="", pages={"words": "00_corpus"}))
    assert '<a href="00_corpus.html">words</a>' in made
    assert made.count("<a ") == 1
