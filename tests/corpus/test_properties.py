"""What must hold for any text at all."""

import re
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.corpus import Article, Removal
from helpers.corpus.article import BREAK
from helpers.corpus.clean import Cleaned, clean
from helpers.corpus.markup import from_markdown
from helpers.corpus.read import safe_id
from helpers.corpus.reuse import text_reuse
from tests.corpus.texts import FIRST, SECOND, STORY, THIRD

LINES = st.sampled_from(
    [
        FIRST,
        SECOND,
        THIRD,
        FIRST[:70],
        FIRST[70:],
        "Comments (0)",
        "ALSO READ | Six lamps",
        "Sign in",
        "The Norwick Post",
        "Clear. Calm. Yours.",
        "July 7, 2025",
        "By Ana Moreno",
        "Harbour Wall To Stand Until Spring",
        "What Lies Ahead",
        "Ana Moreno and Tom Reed contributed to this report.",
        "# Wall **stands**",
        "[link](http://example.org) and <!-- note --> more",
        "![pic](a.png)",
        "---",
        "> quoted _text_ here",
        "",
    ]
)
WILD = st.text(st.characters(codec="utf-8"), max_size=60)
RAW = st.lists(st.one_of(LINES, WILD), max_size=14).flatmap(
    lambda lines: st.sampled_from(["\n", "\n\n", "\r\n", "\u2028", "\n \n"]).map(lambda gap: gap.join(lines))
)


def kept(raw: str, removed: tuple[Removal, ...]) -> list[str]:
    """The spans of the raw text between the removals, in order, one more than there are removals."""
    places = [0, *(place for removal in removed for place in (removal.start, removal.end)), len(raw)]
    return [raw[start:end] for start, end in zip(places[::2], places[1::2], strict=True)]


def bare(text: str) -> str:
    return re.sub(r"\s+", "", text)


def check(raw: str, done: Cleaned) -> None:
    spans = kept(raw, done.removed)
    rebuilt = spans[0] + "".join(r.text + span for r, span in zip(done.removed, spans[1:], strict=True))
    assert rebuilt == raw
    blocks = [done.text[block.start : block.end] for block in done.blocks]
    assert BREAK.join(blocks) == done.text
    left = bare("".join(spans))
    assert sorted(left) == sorted(bare(done.text))
    assert all(bare(block) in left for block in blocks)
    moved = [block for block in done.blocks if block.kind == "headline"]
    if not moved:
        assert bare(done.text) == left
    for block in blocks:
        assert block == " ".join(block.split())


@given(RAW)
@settings(max_examples=300, deadline=None)
def test_removed_and_kept_spans_make_the_raw_text(raw: str) -> None:
    check(raw, clean(raw))


@given(RAW)
@settings(max_examples=300, deadline=None)
def test_the_same_holds_for_markdown(raw: str) -> None:
    found = from_markdown(raw)
    check(raw, clean(found.raw, "", found.marks, found.hints))


@given(RAW)
@settings(max_examples=100, deadline=None)
def test_clean_text_makes_a_sound_article(raw: str) -> None:
    done = clean(raw)
    Article("a", "", done.text, "", done.published, "", "", "", "", "", "", "", done.removed, done.blocks)


@given(st.text(max_size=120))
@settings(deadline=None)
def test_any_name_makes_a_safe_id(name: str) -> None:
    assert re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,90}", safe_id(name))
    assert safe_id(name) == safe_id(name)


@given(
    st.lists(st.sampled_from([*FIRST.split(), *SECOND.split(), "wall", "the"]), max_size=120),
    st.integers(0, 60),
)
@settings(max_examples=60, deadline=None)
def test_reuse_rows_stand_where_they_say(words: list[str], cut: int) -> None:
    base = clean(STORY)
    make = Article("a", "", base.text, "", "", "", "", "", "", "", "", "", (), base.blocks)
    other = clean(" ".join([*words[:cut], *FIRST.split()[:40], *words[cut:]]))
    articles = [make, replace(make, article_id="b", text=other.text, blocks=other.blocks)]
    texts = {article.article_id: article.text for article in articles}
    for row in text_reuse(articles):
        for side in "ab":
            text = texts[row[f"article_{side}"]][row[f"start_{side}"] : row[f"end_{side}"]]
            assert text == row[f"text_{side}"]
        assert 0.8 <= row["similarity"] <= 1
        assert row["words"] >= 8
