"""The type and naming of a source's own words, by the rules of the codebook of source types."""

import re
from functools import lru_cache

from spacy.tokens import Token

from helpers.codebook import SourceTypes
from helpers.lenses import clauses as ud
from helpers.lenses.spans import Span

UNKNOWN = "unknown"
OWNED = ("nmod", "nmod:poss", "acl", "acl:relcl", "obl", "appos", "conj")
TITLES = ("flat", "fixed", "compound", "nmod:desc")
EXAMPLES = ("like", "including", "such", "include")
AFTER_NAME = 14
MEMBERS = ("member", "head", "chief", "chair", "leader")
LOOSE_ROLES = (
    "supporter",
    "opponent",
    "critic",
    "friend",
    "fan",
    "man",
    "woman",
    "american",
    "victim",
    "observer",
)


def type_of(head: Token, span: Span, book: SourceTypes) -> str:
    """The type of a source by its own words; "unknown" when no rule fires."""
    text = head.doc.text
    titles = said_of(head)
    if kind := by_heads([head], book, decides=True):
        return kind
    if head.lemma_.lower() in book.proxies:
        return spoken_for(head, span, book)
    core = text[min(span[0], head.idx) : core_end(head)]
    appositions = " | ".join(text[slice(*p)] for t in titles if t.dep_ == "appos" and (p := ud.phrase(t)))
    if kind := by_pattern(f"{core} | {appositions}", book):
        return kind
    if kind := by_heads([head, *titles], book):
        return kind
    if head.ent_type_ == "LOC":
        return "government"
    if kind := by_pattern(text[span[0] : span[1]], book):
        return kind
    if kind := by_heads([c for c in ud.children(head, "nmod") if c.i > head.i], book):
        return kind
    return next((book.proxies[w] for t in titles if (w := word(t)) in book.proxies), UNKNOWN)


def word(token: Token) -> str:
    """A token's lemma without capitals and full stop."""
    return token.lemma_.lower().rstrip(".")


def said_of(head: Token) -> list[Token]:
    """The nouns that are titles or appositions of a source's head ("envoy", "Sen.")."""
    nouns = [c for c in head.children if c.dep_ in (*TITLES, "appos") and c.pos_ in ("NOUN", "PROPN")]
    if head.dep_ in ("appos", *TITLES) and head.head.pos_ == "NOUN" and head.pos_ == "PROPN":
        nouns.append(head.head)
    nouns += [c for noun in nouns if word(noun) in MEMBERS for c in ud.children(noun, "nmod")]
    nouns += [noun for noun in predicates(head) if word(noun) not in LOOSE_ROLES]
    return nouns + [c for noun in nouns for c in noun.children if c.dep_ == "conj" and c.pos_ == "NOUN"]


def predicates(head: Token) -> list[Token]:
    """What a clause says a source is or was ("X, who was the chairman", "X, acting as mediator")."""
    clauses = [c for c in head.children if c.dep_ in ("acl:relcl", "acl")]
    clauses += [head.head] if head.dep_ == "nsubj" else []
    nouns = [c for c in clauses if c.pos_ == "NOUN" and ud.children(c, "cop")]
    served = [c for c in clauses if c.lemma_ in ("serve", "work", "act")]
    return nouns + [o for c in served for o in ud.children(c, "obl") if ud.role_marks(o) == ["as"]]


def spoken_for(head: Token, span: Span, book: SourceTypes) -> str:
    """The type of whom a spokesperson or official speaks for, else the type given for the word."""
    rest = head.doc.text[span[0] : span[1]].replace(head.text, " ")
    if kind := by_pattern(rest, book):
        return kind
    others = [
        t
        for t in head.subtree
        if t.i != head.i and t.pos_ in ("NOUN", "PROPN") and span[0] <= t.idx < span[1]
    ]
    return by_heads([t for t in others if word(t) not in book.proxies], book) or book.proxies[word(head)]


def by_heads(tokens: list[Token], book: SourceTypes, decides: bool = False) -> str:
    """The first type that has the first of these words that any type has, or the empty string."""
    for token in tokens:
        if token.ent_type_ == "PER":
            continue  # a name is no word ("Bill")
        words = {word(token), token.lower_.rstrip(".")}
        for group in book.types:
            if words & set(group.heads) and (group.decides or not decides):
                return group.type
    return ""


def core_end(head: Token) -> int:
    """Where a noun phrase ends without what follows its head, names and titles included."""
    last = max([head, *(t for c in ud.children(head, *TITLES) for t in c.subtree)], key=lambda t: t.i)
    return last.idx + len(last)


def by_pattern(text: str, book: SourceTypes) -> str:
    """The type whose pattern stands in the text, of several the longest, then the first; else the empty string."""
    found = [
        (-len(match.group()), place, group.type)
        for place, group in enumerate(book.types)
        if group.patterns
        for match in _pattern(group.patterns).finditer(text)
    ]
    return min(found)[2] if found else ""


@lru_cache(maxsize=64)
def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    body = "|".join(re.escape(p) for p in sorted(phrases, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{body})(?!\w)", re.IGNORECASE)


def by_sign_after(head: Token, end: int, book: SourceTypes) -> str:
    """The type told by what stands right after a name that ends at `end` ("(R-", as of a party); else ""."""
    follows = head.doc.text[end : end + AFTER_NAME].lower().lstrip()
    return next((g.type for g in book.types if any(follows.startswith(sign) for sign in g.after)), "")


def by_possession(head: Token, book: SourceTypes) -> str:
    """The type told by what a name owns ("X's campaign"); else ""."""
    owned = word(head.head) if head.dep_ in ("nmod:poss", "compound") else ""
    return next((group.type for group in book.types if owned and owned in group.owns), "")


def naming_of(head: Token, named_here: bool, book: SourceTypes) -> str:
    """How a source is named: `named_here` says that its head belongs to a name or stands for one."""
    lemma, plural = head.lemma_.lower(), head.lower_ != head.lemma_.lower()
    if named_here and (head.pos_ == "PROPN" or head.ent_type_ or not common(head, book)):
        return "named"
    if head.ent_type_ or any(t.ent_type_ == "PER" for t in head.subtree if belongs(t, head)):
        return "named"
    if head.pos_ == "PROPN" and not (plural and common(head, book)):
        return "named"
    if document(head, book) and any(t.ent_type_ or t.pos_ == "PROPN" for t in head.subtree):
        return "named"
    if lemma in book.naming.collective_heads and not plural and proper_body(head):
        return "named"
    if lemma in book.naming.vague_heads or (lemma in book.naming.vague_alone and bare(head)):
        return "vague"
    return "collective" if lemma in book.naming.collective_heads else "unnamed"


def proper_body(head: Token) -> bool:
    """Whether a body carries a name of its own ("the Senate banking committee")."""
    return any(c.pos_ == "PROPN" for c in ud.children(head, "compound", "flat"))


def common(head: Token, book: SourceTypes) -> bool:
    """Whether a head is a common noun of the codebook ("official"), which describes and does not name."""
    words = {head.lemma_.lower(), head.lower_}
    lists = (*(group.heads for group in book.types), book.proxies, book.naming.vague_heads,
             book.naming.collective_heads)  # fmt: skip
    return any(words & set(known) for known in lists)


def document(head: Token, book: SourceTypes) -> bool:
    """Whether a head is a text or data, which its author or publisher names."""
    return bool(by_heads([head], book, decides=True)) or (
        head.pos_ == "NOUN" and head.lemma_.lower() in ("report", "article", "story", "column")
    )


def bare(head: Token) -> bool:
    """Whether nothing but an article or quantity is said with a noun."""
    return not any(
        c.dep_ in ("amod", "compound", "nmod", "nmod:poss", "acl", "acl:relcl", "appos")
        for c in head.children
    )


def belongs(token: Token, head: Token) -> bool:
    """Whether a name in a noun phrase is the head's own or its example, not an owner's or a place's."""
    while token.i != head.i and token.head.i != token.i:
        example = token.dep_ == "nmod" and set(ud.role_marks(token)) & set(EXAMPLES)
        name = token.dep_ in ("appos", "conj") and token.pos_ == "PROPN"
        if token.dep_ in OWNED and not example and not name:
            return False
        token = token.head
    return True
