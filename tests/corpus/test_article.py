"""An article whose offsets do not hold cannot be made."""

from typing import Any

import pytest

from helpers.corpus import Article, Block, Removal


def article(**changes: Any) -> Article:
    fields: dict[str, Any] = dict.fromkeys(
        ("title", "outlet", "published", "url", "author", "credit", "language", "file", "encoding", "sha256"),
        "",
    )
    fields |= {"article_id": "a", "text": "One.\n\nTwo.", "removed": ()}
    fields["blocks"] = (Block(0, 4, "headline"), Block(6, 10, "body"))
    return Article(**fields | changes)


def test_a_sound_article() -> None:
    assert [article().text[b.start : b.end] for b in article().blocks] == ["One.", "Two."]


@pytest.mark.parametrize(
    "changes",
    [
        {"blocks": ()},
        {"blocks": (Block(0, 4, "body"),)},
        {"blocks": (Block(0, 10, "body"),)},
        {"blocks": (Block(0, 4, "body"), Block(5, 10, "body"))},
        {"blocks": (Block(0, 4, "body"), Block(6, 11, "body"))},
        {"blocks": (Block(0, 4, "body"), Block(6, 10, "headline"))},
        {"published": "soon"},
        {"removed": (Removal(0, 3, "x", "abc"), Removal(2, 4, "x", "cd"))},
    ],
)
def test_unsound_articles(changes: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="article a"):
        article(**changes)


def test_unsound_parts() -> None:
    with pytest.raises(ValueError, match="not a block"):
        Block(0, 4, "footer")
    with pytest.raises(ValueError, match="not a block"):
        Block(4, 4, "body")
    with pytest.raises(ValueError, match="does not fit its text"):
        Removal(0, 4, "x", "abc")
