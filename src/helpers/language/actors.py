"""Mentions of persons, organisations and places, grouped by whom they mean."""

from collections.abc import Iterable, Mapping
from typing import Any

from spacy.tokens import Doc

from helpers.language.actorbook import Actor, ActorBook, read_actors
from helpers.language.mention import Mention, plain
from helpers.language.names import named_mentions
from helpers.language.references import references

__all__ = ["Actor", "ActorBook", "across_articles", "group_mentions", "plain", "read_actors"]


def group_mentions(doc: Doc, actors: ActorBook | None = None, article_id: str = "") -> list[dict[str, Any]]:
    """Rows of the table `mentions` (all its columns), in text order, for a Doc of the pipeline.

    Names of the book come first, as written there; other names are grouped within the article by full name, last
    name, acronym or "Name (Alias)". Titles before a person's name belong to the mention. A description or pronoun
    goes to the one actor it can mean (see `helpers.language.references`); when unclear it gives no row.
    """
    named = named_mentions(doc, actors)
    mentions = sorted([*named, *references(doc, named)], key=lambda m: (m.start, m.end))
    numbers = {sent.start: i for i, sent in enumerate(doc.sents)}
    return [row(doc, mention, numbers, article_id) for mention in mentions]


def row(doc: Doc, mention: Mention, numbers: Mapping[int, int], article_id: str) -> dict[str, Any]:
    """One row of the table."""
    span = doc[mention.start : mention.end]
    return {
        "article_id": article_id,
        "sentence": numbers[doc[mention.core].sent.start],
        "start": span.start_char,
        "end": span.end_char,
        "text": span.text,
        "label": mention.group.label,
        "actor": mention.group.name,
        "form": mention.form,
    }


def across_articles(rows: Iterable[dict[str, Any]], actors: ActorBook | None = None) -> list[dict[str, Any]]:
    """The mentions of several articles with one name for each actor.

    Names that differ in case, full stops or article are one; a person's last name alone joins the one full name of the
    other articles that ends with it. Names of the book stay as they are.
    """
    given = list(rows)
    fixed = {actor.name for actor in actors.actors} if actors else set()
    names = sorted(
        {(row["actor"], row["label"]) for row in given}, key=lambda pair: (pair[0] not in fixed, pair)
    )
    first: dict[tuple[str, str], str] = {}
    for name, label in names:
        first.setdefault((plain(name), label), name)
    chosen = {(name, label): first[plain(name), label] for name, label in names}
    full = sorted(
        {chosen[name, label] for name, label in names if label == "PER" and len(plain(name).split()) > 1}
    )
    for name, label in names:
        if label == "PER" and name not in fixed and len(plain(name).split()) == 1:
            longer = [other for other in full if plain(other).split()[-1] == plain(name)]
            chosen[name, label] = longer[0] if len(longer) == 1 else chosen[name, label]
    return [{**row, "actor": chosen[row["actor"], row["label"]]} for row in given]
