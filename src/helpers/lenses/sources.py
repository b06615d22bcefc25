"""Who a source is: the actor it stands for, its type and how it is named."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from spacy.tokens import Doc, Token

from helpers.codebook import SourceTypes
from helpers.lenses import clauses as ud
from helpers.lenses.attribution import Attribution
from helpers.lenses.spans import Span, overlap

PRONOUNS = frozenset(
    [
        "he",
        "she",
        "they",
        "i",
        "we",
        "you",
        "him",
        "her",
        "them",
        "me",
        "us",
        "this",
        "that",
        "who",
        "which",
        "one",
    ]
)
OWNED = ("nmod", "nmod:poss", "acl", "acl:relcl", "obl", "appos", "conj")


@dataclass(frozen=True)
class Source:
    """What is known of a source: actor ("" when unresolved), type and naming."""

    actor: str
    source_type: str
    naming: str


class Resolver:
    """Types and names the sources of one article; keeps the source before, for pronouns."""

    def __init__(self, doc: Doc, mentions: Sequence[Mapping[str, Any]], book: SourceTypes) -> None:
        self.doc, self.mentions, self.book = doc, mentions, book
        self.types = self._types_of_actors()
        self.before = Source("", "unknown", "none")

    def resolve(self, one: Attribution) -> Source:
        """The source of one attribution; call in document order of the sources."""
        if one.source is None or one.head < 0:
            return Source("", "unknown", "none")
        head = self.doc[one.head]
        mention = self.mention_at(head)
        pronoun = head.lower_ in PRONOUNS
        if pronoun and mention is None and self.before.naming != "none":
            return self.before
        actor = str(mention["actor"]) if mention else ""
        kind = type_of(head, one.source, self.book)
        if kind == "unknown":
            kind = self.types.get(actor, "unknown")
        found = Source(actor, kind, naming_of(head, mention, self.book))
        self.before = found
        return found

    def mention_at(self, head: Token) -> Mapping[str, Any] | None:
        """The mention that names the source: at its head, or of a person beside a title as head."""
        names = [head, *ud.children(head, "flat", "appos", "nmod:desc", "compound")]
        for token in names:
            span = (token.idx, token.idx + len(token))
            for row in self.mentions:
                if overlap(span, (row["start"], row["end"])) and (token.i == head.i or row["label"] == "PER"):
                    return row
        return None

    def _types_of_actors(self) -> dict[str, str]:
        """The type of each actor from the first mention whose noun phrase tells it."""
        types: dict[str, str] = {}
        for row in self.mentions:
            place = self.doc.char_span(row["start"], row["end"], alignment_mode="expand")
            if place is None or types.get(row["actor"]):
                continue
            span = ud.phrase(place.root, whole=True) or (row["start"], row["end"])
            kind = type_of(place.root, span, self.book, place_counts=row["label"] == "LOC")
            if kind != "unknown":
                types[row["actor"]] = kind
        return types


def type_of(head: Token, span: Span, book: SourceTypes, place_counts: bool = True) -> str:
    """The type of a source, by the rule the codebook states; "unknown" when nothing fires."""
    text = head.doc.text
    core = text[min(span[0], head.idx) : _core_end(head)]
    if kind := by_pattern(core, book):
        return kind
    words = {head.lemma_.lower(), head.lower_}
    for group in book.types:
        if words & set(group.heads):
            return group.type
    if place_counts and head.ent_type_ == "LOC":
        return "government"
    return by_pattern(text[span[0] : span[1]], book) or "unknown"


def _core_end(head: Token) -> int:
    """Where a noun phrase ends without what follows its head, names and titles included."""
    last = max([head, *ud.children(head, "flat", "fixed", "compound")], key=lambda t: t.i)
    return last.idx + len(last)


def by_pattern(text: str, book: SourceTypes) -> str:
    """The first type one of whose patterns stands in the text, or the empty string."""
    return next((g.type for g in book.types if g.patterns and _pattern(g.patterns).search(text)), "")


@lru_cache(maxsize=64)
def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    body = "|".join(re.escape(p) for p in sorted(phrases, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{body})(?!\w)", re.IGNORECASE)


def naming_of(head: Token, mention: Mapping[str, Any] | None, book: SourceTypes) -> str:
    """How a source is named; a name that only describes it ("a Hamas official") does not count."""
    lemma = head.lemma_.lower()
    if mention is not None or head.pos_ == "PROPN":
        return "named"
    if any(t.ent_type_ == "PER" for t in head.subtree if _belongs(t, head)):
        return "named"
    if lemma in book.naming.vague_heads:
        return "vague"
    if lemma in book.naming.collective_heads:
        return "collective"
    return "unnamed"


def _belongs(token: Token, head: Token) -> bool:
    """Whether a name in a noun phrase is the head's own, not an owner's or a place's."""
    while token.i != head.i and token.head.i != token.i:
        if token.dep_ in OWNED and not (token.dep_ == "appos" and token.pos_ == "PROPN"):
            return False
        token = token.head
    return True
