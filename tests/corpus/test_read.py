"""Reading every form of corpus, and one clear line for whatever cannot be read."""

import json
import logging
from pathlib import Path

import pytest

from helpers.corpus import Corpus, read_corpus
from helpers.corpus.read import safe_id
from helpers.errors import ParallaxError
from tests.corpus.texts import FIRST, GERMAN, SECOND, STORY

PAGE = """<!doctype html><html><head><title>Wall stands | Norwick Post</title>
<meta property="og:site_name" content="Norwick Post"><meta name="author" content="Ana Moreno">
<meta property="article:published_time" content="2025-07-07T10:00:00Z"></head>
<body><nav><a href="/">Home</a> <a href="/coast">Coast</a></nav>
<article><h1>Wall stands</h1>{}<h2>What Lies Ahead</h2>{}</article>
<div id="comments"><p>What a fine wall, I love it so much that I could live there!</p></div></body></html>"""


def paragraph(text: str) -> str:
    return f"<p>{text}</p>"


def corpus(folder: Path, **files: str | bytes) -> Corpus:
    """Write files (a double underscore stands for the dot) and read the folder."""
    for name, content in files.items():
        data = content.encode() if isinstance(content, str) else content
        (folder / name.replace("__", ".")).write_bytes(data)
    return read_corpus(folder)


def left(found: Corpus) -> dict[str, str]:
    return {row.file: row.reason for row in found.left_out}


def test_a_folder_is_read_in_order_of_id(tmp_path: Path) -> None:
    found = corpus(
        tmp_path, b__txt=STORY, a__md=STORY, c__htm=PAGE.format(paragraph(FIRST), paragraph(SECOND))
    )
    assert [article.article_id for article in found.articles] == ["a", "b", "c"]
    assert [article.file for article in found.articles] == ["a.md", "b.txt", "c.htm"]
    assert found.left_out == ()


def test_a_single_file_is_a_corpus(tmp_path: Path) -> None:
    corpus(tmp_path, b__txt=STORY, articles__csv="file,outlet\nb.txt,Norwick Post\n")
    (article,) = read_corpus(tmp_path / "b.txt").articles
    assert (article.article_id, article.file, article.text, article.outlet) == (
        "b",
        "b.txt",
        STORY,
        "Norwick Post",
    )


def test_the_same_corpus_reads_the_same(tmp_path: Path) -> None:
    found = corpus(tmp_path, b__txt=STORY, a__html=PAGE.format(paragraph(FIRST), paragraph(SECOND)))
    assert found == read_corpus(tmp_path)


def test_a_saved_page(tmp_path: Path) -> None:
    page = PAGE.format(paragraph(FIRST.replace("old", "<b>old</b>")), paragraph(SECOND))
    (article,) = corpus(tmp_path, page__html=page).articles
    assert (article.title, article.outlet, article.author, article.published) == (
        "Wall stands",
        "Norwick Post",
        "Ana Moreno",
        "2025-07-07",
    )
    assert article.text == "\n\n".join(("Wall stands", FIRST, "What Lies Ahead", SECOND))
    assert [block.kind for block in article.blocks] == ["headline", "body", "heading", "body"]


def test_a_page_with_broken_markup_is_still_read(tmp_path: Path) -> None:
    page = f"<html><h1>Wall stands<p>{FIRST}<p>{SECOND}<div class='comments'><p>Nice <b>one!"
    (article,) = corpus(tmp_path, page__html=page).articles
    assert article.text == "\n\n".join(("Wall stands", FIRST, SECOND))


def test_markdown(tmp_path: Path) -> None:
    front = '---\ntitle: "Wall stands"\ndate: 7 July 2025\nsource: Norwick Post\nlayout: x\n---\n'
    body = f"# Wall **stands**\n\n{FIRST}\n\n## What next?\n\n> {SECOND}\n\nSee [the minutes](http://example.org/a)."
    (article,) = corpus(tmp_path, a__md=f"{front}{body}\n\n![wall](wall.png)\n\n---\n").articles
    assert article.text == "\n\n".join(("Wall stands", FIRST, "What next?", SECOND, "See the minutes."))
    assert [block.kind for block in article.blocks] == ["headline", "body", "heading", "body", "body"]
    assert (article.title, article.published, article.outlet) == ("Wall stands", "2025-07-07", "Norwick Post")
    assert {removal.reason for removal in article.removed} == {
        "front matter",
        "Markdown heading mark",
        "Markdown emphasis mark",
        "Markdown quote mark",
        "Markdown link address",
        "Markdown image",
        "Markdown rule",
    }


def test_a_table_of_articles(tmp_path: Path) -> None:
    table = f'Text,article_id,outlet,published,url\n"{FIRST}",one,Norwick Post,2025-07,http://example.org/1\n'
    found = corpus(tmp_path, t__csv=table + f'"{SECOND}",,,,\n')
    assert [article.article_id for article in found.articles] == ["one", "t-2"]
    assert (found.articles[0].outlet, found.articles[0].published) == ("Norwick Post", "2025-07")
    assert found.articles[0].url == "http://example.org/1"


def test_a_table_with_semicolons(tmp_path: Path) -> None:
    (article,) = corpus(tmp_path, t__csv=f'text;outlet\n"{FIRST}";Norwick Post\n').articles
    assert (article.text, article.outlet) == (FIRST, "Norwick Post")


def test_lines_of_json_stand_or_fall_alone(tmp_path: Path) -> None:
    lines = [
        json.dumps({"text": FIRST, "article_id": 7, "title": None}),
        "{broken",
        "[1]",
        json.dumps({"text": 5}),
        json.dumps({"text": " "}),
        json.dumps({"text": FIRST + "\ud800"}),
        json.dumps({"text": FIRST, "url": ["a"]}),
        "",
        json.dumps({"text": SECOND}),
    ]
    found = corpus(tmp_path, rows__jsonl="\n".join(lines))
    assert [article.article_id for article in found.articles] == ["7", "rows-9"]
    assert [row.reason for row in found.left_out] == [
        "line 2: not valid JSON at column 2: mend or delete the line",
        'line 3: not a JSON object: write {"text": "..."}',
        "line 4: no field 'text' that holds a string: add it",
        "line 6: holds half of a character (a lone surrogate): mend the line",
        "line 7: field 'url' is not a string: mend the line",
        "line 5: the text is empty: fill it or take the row out",
    ]


def test_the_sidecar_adds_what_an_analyst_knows(tmp_path: Path) -> None:
    head = "file,article_id,title,outlet,published,url,author"
    side = f"{head}\na.txt,,Given,Norwick Post,7 July 2025,u,Ana\n,b,,Coast,,,\n"
    found = corpus(
        tmp_path, a__txt=STORY, b__txt=STORY + "\nAnother last line of the story.", articles__csv=side
    )
    a, b = found.articles
    assert (a.title, a.outlet, a.published, a.url, a.author) == (
        "Given",
        "Norwick Post",
        "2025-07-07",
        "u",
        "Ana",
    )
    assert (b.outlet, b.title) == ("Coast", "")
    assert found.left_out == ()


def test_the_headline_of_the_text_stands_before_a_given_title(tmp_path: Path) -> None:
    side = "file,title\na.txt,Another title\n"
    (article,) = corpus(tmp_path, a__txt=f"Harbour Wall Stands\n\n{STORY}", articles__csv=side).articles
    assert article.title == "Harbour Wall Stands"


def test_a_sidecar_row_for_no_article_and_an_unclear_date_are_named(tmp_path: Path) -> None:
    found = corpus(tmp_path, a__txt=STORY, articles__csv="file,published\na.txt,07/08/2025\nz.txt,\n")
    assert found.articles[0].published == ""
    assert left(found) == {
        "a.txt": "published '07/08/2025' is no clear date: write it 2025-07-31 (the article is kept)",
        "articles.csv": "row 'z.txt' names no file or article_id of this corpus: mend or delete the row",
    }


def test_a_sidecar_without_a_key_is_named(tmp_path: Path) -> None:
    assert (
        "no column 'file' or 'article_id'"
        in left(corpus(tmp_path, a__txt=STORY, articles__csv="title\nx\n"))["articles.csv"]
    )


def test_articles_csv_with_texts_is_a_corpus(tmp_path: Path) -> None:
    (article,) = corpus(tmp_path, articles__csv=f'text,article_id\n"{FIRST}",x\n').articles
    assert article.article_id == "x"


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.txt", b"", "the file is empty"),
        ("a.txt", b" \n\n", "the file is empty"),
        ("a.txt", b"\x89PNG\x00\x01", "this is a binary file"),
        ("a.txt", b"\x1f\x8b\x08zzz", "this is an archive: unpack it"),
        ("a.zip", b"PK\x03\x04", "this is an archive: unpack it"),
        ("a.tar.gz", b"x", "this is an archive: unpack it"),
        ("a.txt", b"\xff\xfea", "not valid utf-16 at byte 2"),
        ("a.pdf", b"%PDF", "files of kind .pdf are not read"),
        ("readme", b"x", "files of kind (no suffix) are not read"),
        ("a.html", b"<html><p>", "no article text was found in this page"),
        ("a.html", b"<html><body><p>Wall <b>st", "no article text was found in this page"),
        ("a.csv", b"body,id\nx,1\n", "no column 'text' (columns found: 'body', 'id')"),
        ("a.csv", b"text,id\n", "there is no row in this table"),
        ("a.csv", b'text,id\n"x,1\n', "row 1: not valid CSV"),
        ("a.csv", b"text\nx,1,2\n", "row 1: more values than columns"),
        ("a.csv", b'text,id\n"",1\n', "row 1: the text is empty"),
        ("a.jsonl", b"{}", "line 1: no field 'text'"),
        ("a.txt", b"Comments (0)\nSign in\n", "nothing is left after cleaning"),
        ("a.txt", GERMAN.encode(), "written in German (de, probability 1.00): only English articles"),
    ],
)
def test_bad_input_is_left_out_with_one_line_and_the_rest_goes_on(
    tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    (tmp_path / name).write_bytes(content)
    found = corpus(tmp_path, good__txt=STORY)
    assert [article.article_id for article in found.articles] == ["good"]
    ((file, text),) = left(found).items()
    assert file == name
    assert text.startswith(reason)
    assert "\n" not in text


def test_a_file_over_the_limit_is_not_opened(tmp_path: Path) -> None:
    with (tmp_path / "big.txt").open("wb") as file:
        file.truncate(50_000_000)
    found = corpus(tmp_path, good__txt=STORY)
    assert left(found) == {"big.txt": "50.0 MB, over the limit of 20 MB a file: split it"}


def test_duplicate_ids_keep_the_first(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "A.txt").write_text(STORY)
    found = corpus(tmp_path, a__txt=STORY)
    assert [article.file for article in found.articles] == ["a.txt"]
    assert left(found) == {"sub/A.txt": "article_id 'A' is used already in a.txt: give it another"}


def test_hidden_files_and_links_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / ".hidden.txt").write_text(STORY)
    (tmp_path / "link.txt").symlink_to(tmp_path / ".hidden.txt")
    (tmp_path / "loop").symlink_to(tmp_path)
    found = corpus(tmp_path, a__txt=STORY)
    assert ([article.file for article in found.articles], found.left_out) == (["a.txt"], ())


def test_nothing_to_read_is_an_error_with_the_first_reason(tmp_path: Path) -> None:
    with pytest.raises(ParallaxError, match="no such file or folder"):
        read_corpus(tmp_path / "nowhere")
    with pytest.raises(ParallaxError, match=r"no article could be read$"):
        read_corpus(tmp_path)
    with pytest.raises(
        ParallaxError, match=r"no article could be read: a\.txt: the file is empty.* \(and 1 more\)"
    ):
        corpus(tmp_path, a__txt="", b__txt="")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("000_22080ab9aa80b605", "000_22080ab9aa80b605"),
        ("=cmd|'/C calc'!A0", "cmd-C-calc-A0"),
        ("<b>x</b>", "b-x-b"),
        ("../../etc/passwd", "etc-passwd"),
        ("Ünï côde", "Uni-code"),
        ("CON", "article-CON"),
        ("nul.txt", "article-nul.txt"),
        ("-rf", "rf"),
        ("x" * 200, "x" * 80),
    ],
)
def test_ids_are_safe(name: str, expected: str) -> None:
    assert safe_id(name) == expected


def test_an_id_without_a_safe_letter_is_a_hash() -> None:
    assert safe_id("☃") == safe_id("☃") != safe_id("☂")
    assert safe_id("☃").startswith("article-")


def test_metadata_is_one_printable_line(tmp_path: Path) -> None:
    row = json.dumps({"text": FIRST, "outlet": " Norwick\n\x00Post\t"})
    assert corpus(tmp_path, rows__jsonl=row).articles[0].outlet == "Norwick Post"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (STORY.encode(), "utf-8"),
        (STORY.encode("utf-8-sig"), "utf-8-sig"),
        (STORY.encode("utf-16"), "utf-16"),
        (STORY.encode("cp1252"), "cp1252 (guessed)"),
    ],
)
def test_encodings_are_recorded(tmp_path: Path, data: bytes, encoding: str) -> None:
    (article,) = corpus(tmp_path, a__txt=data).articles
    assert (article.encoding, article.text) == (encoding, STORY)


def test_a_short_text_is_kept_in_whatever_language(tmp_path: Path) -> None:
    (article,) = corpus(tmp_path, a__txt="Der Rat tagt.").articles
    assert article.language == ""


def test_reading_says_nothing_aloud(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        corpus(
            tmp_path, a__txt=STORY, b__html=PAGE.format(paragraph(FIRST), paragraph(SECOND)), c__html="<p>"
        )
    assert not caplog.records
