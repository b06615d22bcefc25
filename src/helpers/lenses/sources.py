"""Who a source is: the actor it stands for, its group, its type and how it is named."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from spacy.tokens import Doc, Token

from helpers.codebook import SourceTypes
from helpers.errors import ParallaxError
from helpers.language.actorbook import ActorBook
from helpers.lenses import clauses as ud
from helpers.lenses.attribution import Attribution
from helpers.lenses.source_types import (
    UNKNOWN,
    by_possession,
    by_sign_after,
    common,
    document,
    naming_of,
    type_of,
    word,
)
from helpers.lenses.spans import Span, overlap

Reference = Literal["name", "description", "pronoun", "none"]
ONE = frozenset({"he", "she", "him", "her", "his", "hers"})
MANY = frozenset({"they", "them", "their", "both", "all", "each", "neither", "these", "those"})
EITHER = frozenset({"it", "its", "this", "that", "which", "who", "one"})
WRITER = frozenset({"i", "we", "me", "us", "my", "our"})
FIRST = "the writer"
DEFINITE = frozenset({"the", "this", "that", "these", "those"})
LINKED = frozenset({"link", "tie", "base", "ally", "privy", "close"})


@dataclass(frozen=True)
class Source:
    """What is known of a source.

    `actor` is the named actor ("" without one); `speaker` whom its words are counted for: the actor or, for a source
    that is not named, its first description. `reference` says how this mention of it refers.
    """

    actor: str = ""
    speaker: str = ""
    group: str = ""
    source_type: str = UNKNOWN
    naming: str = "none"
    reference: Reference = "none"


class Resolver:
    """Resolves the sources of one article; call `resolve` in document order of the sources."""

    def __init__(
        self,
        doc: Doc,
        mentions: Sequence[Mapping[str, Any]],
        book: SourceTypes,
        actors: ActorBook | None = None,
    ) -> None:
        self.doc, self.mentions, self.book = doc, mentions, book
        self.actors = actors or ActorBook()
        check_types(self.actors, book)
        self.known = self.actors.by_name()
        self.types = self._types_of_actors()
        self.first: dict[str, str] = {}
        self.before: list[tuple[Token, Source]] = []

    def resolve(self, one: Attribution) -> Source:
        """The source of one attribution."""
        if one.source is None or one.head < 0:
            return Source()
        head = ud.antecedent(self.doc[one.head], self.doc[one.head].head)
        if head.dep_ == "appos" and head.head.pos_ == "PROPN" and head.pos_ == "NOUN":
            head = head.head  # "Northern Bank, another lender, which said ..."
        span = one.source if head.i == one.head else ud.phrase(head, whole=True) or one.source
        found = self._source(head, span)
        self.before.append((head, found))
        return found

    def _source(self, head: Token, span: Span) -> Source:
        mention = self.mention_at(head)
        pronoun = head.lower_ in ONE | MANY | EITHER and head.pos_ in ("PRON", "DET")
        if head.lower_ in WRITER and head.pos_ == "PRON":
            return Source("", FIRST, "", "media", "named", "pronoun")
        if mention is None and (earlier := self.earlier(head)) is not None:
            return replace(earlier, reference="pronoun" if pronoun else "description")
        actor = str(mention["actor"]) if mention else ""
        if pronoun and mention is None:
            return Source("", self.doc.text[slice(*span)].lower(), "", UNKNOWN, "vague", "pronoun")
        stands_for = mention is not None and mention["form"] in ("pronoun", "description")
        naming = "named" if stands_for or self._signed(head, span) else ""
        naming = naming or naming_of(head, mention is not None, self.book)
        speaker = actor if naming in ("named", "collective") and actor else self.described(head, span)
        return Source(
            actor,
            speaker,
            self.group_of(actor, head, span),
            self.type_for(actor if naming == "named" or pronoun else "", head, span),
            naming,
            "pronoun" if pronoun else "name" if naming == "named" and not stands_for else "description",
        )

    def _signed(self, head: Token, span: Span) -> bool:
        """Whether a source carries a handle, or is a text that belongs to a named actor ("her account")."""
        owners = ud.children(head, "nmod:poss") if document(head, self.book) else []
        return "@" in self.doc.text[slice(*span)] or any(self.mention_at(t) is not None for t in owners)

    def mention_at(self, head: Token) -> Mapping[str, Any] | None:
        """The mention that names the source: at its head, or of a person beside a title as head."""
        names = [head, *ud.children(head, "flat", "appos", "nmod:desc", "compound")]
        for token in names:
            span = (token.idx, token.idx + len(token))
            for row in self.mentions:
                if overlap(span, (row["start"], row["end"])) and (token.i == head.i or row["label"] == "PER"):
                    return row
        return None

    def earlier(self, head: Token) -> Source | None:
        """The source before that an unresolved pronoun, or "the official", takes up."""
        if head.pos_ in ("PRON", "DET") and head.lower_ in ONE | MANY | EITHER:
            fitting = [s for h, s in self.before if s.naming != "none" and agrees(head, h, s)]
            return fitting[-1] if fitting else None
        if head.pos_ == "NOUN" and any(c.lower_ in DEFINITE for c in ud.children(head, "det")):
            same = [s for h, s in self.before if h.pos_ == "NOUN" and word(h) == word(head)]
            return same[-1] if same and common(head, self.book) and simple(head) else None
        return None

    def described(self, head: Token, span: Span) -> str:
        """A source that is not named, as first described: without article and what follows loosely, on one line."""
        start, end = ud.phrase(head) or span
        words = self.doc.text[max(start, span[0]) : min(end, span[1])].split()
        text = " ".join(words[1:] if len(words) > 1 and words[0].lower() in ("the", "a", "an") else words)
        return self.first.setdefault(text.casefold(), text)

    def type_for(self, actor: str, head: Token, span: Span) -> str:
        """The type: as the book of actors says, else by the source's own words, else by the actor's other mentions."""
        if actor in self.known and self.known[actor].type:
            return self.known[actor].type
        kind = type_of(head, span, self.book) if head.pos_ != "PRON" else UNKNOWN
        return self.types.get(actor, UNKNOWN) if kind == UNKNOWN else kind

    def group_of(self, actor: str, head: Token, span: Span) -> str:
        """The group: the actor's in the book, else the one whose word stands in the phrase itself."""
        if actor in self.known:
            return self.known[actor].group
        cut = [c for t in head.subtree for c in ud.children(t, "acl", "acl:relcl") if not self._links(c)]
        own = [t for t in ud.tree(head, cut) if span[0] <= t.idx < span[1]]
        return self.actors.group_in("".join(t.text_with_ws for t in own))

    def _links(self, token: Token) -> bool:
        return token.lemma_.lower() in LINKED

    def _types_of_actors(self) -> dict[str, str]:
        """The type of each actor from its mentions: first by the words with its name, then by the signs beside it."""
        named = [row for row in self.mentions if row["form"] in ("name", "alias", "title")]
        spans = [
            (row, self.doc.char_span(row["start"], row["end"], alignment_mode="expand")) for row in named
        ]
        votes: dict[str, Counter[str]] = {}
        for row, place in spans:
            if place is not None:
                whole = ud.phrase(place.root, whole=True) or (row["start"], row["end"])
                kinds = (
                    by_sign_after(place.root, row["end"], self.book),
                    type_of(place.root, (min(whole[0], row["start"]), row["end"]), self.book),
                )
                votes.setdefault(row["actor"], Counter()).update(k for k in kinds if k and k != UNKNOWN)
        types = {actor: seen.most_common(1)[0][0] for actor, seen in votes.items() if seen}
        for row, place in spans:
            if (
                place is not None
                and row["actor"] not in types
                and (kind := by_possession(place.root, self.book))
            ):
                types[row["actor"]] = kind
        return types


def agrees(pronoun: Token, head: Token, source: Source) -> bool:
    """Whether a pronoun can take up an earlier source, by number and kind."""
    plural = head.lower_ != head.lemma_.lower() or source.naming == "collective" or head.lower_ in MANY
    if pronoun.lower_ in MANY:
        return plural
    body = source.source_type in ("document", "company", "media") or source.naming == "collective"
    if pronoun.lower_ in ("it", "its", "which"):
        return body or head.ent_type_ == "ORG"
    return not plural and head.ent_type_ not in ("ORG", "LOC") and source.source_type != "document"


def simple(head: Token) -> bool:
    """Whether a definite noun stands without words that set it apart from others."""
    return not ud.children(
        head, "amod", "compound", "nmod", "nmod:poss", "acl:relcl", "appos", "flat", "conj"
    )


def check_types(actors: ActorBook, book: SourceTypes) -> None:
    """Raise ParallaxError when the book of actors uses a type that the codebook of source types does not have."""
    known = [group.type for group in book.types]
    for actor in actors.actors:
        if actor.type and actor.type not in (*known, UNKNOWN):
            raise ParallaxError(
                f"actors.yaml: actor {actor.name!r} has type {actor.type!r}; use one of: {', '.join(known)}"
            )
