"""What a corpus is made of: articles with their blocks and removals, and what was left out."""

import re
from dataclasses import dataclass
from itertools import pairwise

KINDS = ("headline", "standfirst", "heading", "body")
BREAK = "\n\n"
PUBLISHED = re.compile(r"(\d{4}(-\d{2}(-\d{2}.*)?)?)?")


@dataclass(frozen=True)
class Removal:
    """A span cleaning took out; `text == raw[start:end]`, offsets in code points of the decoded raw text."""

    start: int
    end: int
    reason: str
    text: str

    def __post_init__(self) -> None:
        if self.start < 0 or self.end - self.start != len(self.text) or not self.text:
            raise ValueError(f"removal {self.start}-{self.end} does not fit its text {self.text!r}")


@dataclass(frozen=True)
class Block:
    """A paragraph of the clean text: offsets in `Article.text` and its kind, one of `KINDS`."""

    start: int
    end: int
    kind: str

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end or self.kind not in KINDS:
            raise ValueError(f"not a block: {self.start}-{self.end} {self.kind!r}")


@dataclass(frozen=True)
class Article:
    """One clean article; what is unknown of it is the empty string.

    `text` is its blocks joined by a blank line, a headline always first. `published` is an ISO date,
    `file` is relative to the corpus, `sha256` is of the file's bytes (of the row's text in a table of rows).
    Raises ValueError when blocks or removals do not fit.
    """

    article_id: str
    title: str
    text: str
    outlet: str
    published: str
    url: str
    author: str
    credit: str
    language: str
    file: str
    encoding: str
    sha256: str
    removed: tuple[Removal, ...]
    blocks: tuple[Block, ...]

    def __post_init__(self) -> None:
        if not PUBLISHED.fullmatch(self.published):
            raise ValueError(f"article {self.article_id}: published {self.published!r} is not an ISO date")
        _check_blocks(self.article_id, self.text, self.blocks)
        for before, after in pairwise(self.removed):
            if before.end > after.start:
                raise ValueError(f"article {self.article_id}: removals overlap at {after.start}")


@dataclass(frozen=True)
class LeftOut:
    """A file, row or value that could not be used, with the reason and the cure in one line."""

    file: str
    article_id: str
    reason: str


@dataclass(frozen=True)
class Corpus:
    """The articles, sorted by id, and what was left out, sorted by file, id and reason."""

    articles: tuple[Article, ...]
    left_out: tuple[LeftOut, ...]


def _check_blocks(name: str, text: str, blocks: tuple[Block, ...]) -> None:
    """Raise ValueError unless the blocks cover the text, a blank line apart, a headline only in front."""
    place = 0
    for number, block in enumerate(blocks):
        if number and text[place : place + len(BREAK)] != BREAK:
            raise ValueError(f"article {name}: no blank line before the block at {block.start}")
        place += len(BREAK) if number else 0
        if block.start != place or block.end > len(text) or BREAK in text[block.start : block.end]:
            raise ValueError(f"article {name}: block {block.start}-{block.end} does not fit the text")
        if block.kind == "headline" and number:
            raise ValueError(f"article {name}: the headline is not the first block")
        place = block.end
    if place != len(text):
        raise ValueError(f"article {name}: the blocks end at {place}, the text at {len(text)}")
