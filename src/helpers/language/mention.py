"""What a mention and a group of mentions are, and the words that tell about the person named."""

import re
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

TITLE_WORDS = frozenset(
    {
        "mr", "mrs", "ms", "miss", "dr", "prof", "professor", "sir", "lord", "lady", "president",
        "vice", "prime", "minister", "foreign", "defense", "defence", "finance", "interior", "justice",
        "health", "secretary", "state", "general", "gen", "senator", "sen", "rep", "representative",
        "governor", "gov", "mayor", "king", "queen", "prince", "princess", "pope", "ambassador",
        "envoy", "chancellor", "premier", "judge", "chief", "colonel", "col", "captain",
        "capt", "major", "maj", "sergeant", "sgt", "lieutenant", "lt", "admiral", "commander",
        "spokesman", "spokeswoman", "spokesperson", "rabbi", "imam", "sheikh", "ayatollah", "special",
        "national", "security", "adviser", "advisor", "director", "chairman", "chairwoman",
    }
)  # fmt: skip
SIGNS = {"mr": "man", "sir": "man", "lord": "man", "king": "man", "prince": "man", "spokesman": "man",
         "husband": "man", "father": "man", "son": "man", "brother": "man", "congressman": "man",
         "businessman": "man", "chairman": "man", "widower": "man",
         "mrs": "woman", "ms": "woman", "miss": "woman", "lady": "woman", "queen": "woman",
         "princess": "woman", "spokeswoman": "woman", "wife": "woman", "mother": "woman",
         "daughter": "woman", "sister": "woman", "congresswoman": "woman", "chairwoman": "woman",
         "widow": "woman", "actress": "woman"}  # fmt: skip
ALSO = {
    "rep": ("representative", "congressman", "congresswoman", "lawmaker"),
    "representative": ("congressman", "congresswoman", "lawmaker"),
    "sen": ("senator", "lawmaker"),
    "senator": ("lawmaker",),
    "gov": ("governor",),
    "gen": ("general",),
    "justice": ("judge",),
    "candidate": ("nominee",),
}
PREMODIFIERS = ("compound", "amod", "nmod:desc", "nummod", "nmod:poss")


@dataclass(frozen=True)
class Descriptor:
    """A noun said of an actor ("envoy") with the words before it ("U.S.", "special"), all lower-cased."""

    noun: str
    words: frozenset[str]


@dataclass
class Group:
    """One actor of an article: all its names so far and what is said of it."""

    name: str
    label: str
    keys: set[str] = field(default_factory=set)
    titles: set[str] = field(default_factory=set)
    gender: str = ""
    said: set[Descriptor] = field(default_factory=set)


@dataclass(frozen=True)
class Mention:
    """A span of tokens [start, end) with its group and form; `core` is where the name proper begins."""

    start: int
    end: int
    group: Group
    form: str
    core: int


def plain(text: str) -> str:
    """A name for comparing: no article, possessive, full stops or case."""
    text = re.sub(r"['\u2019]s?$", "", text.strip().strip("\"'\u201c\u201d\u2018\u2019"))
    text = re.sub(r"^the\s+", "", text, flags=re.IGNORECASE)
    return re.sub(r"[\s\-]+", " ", text.replace(".", "")).strip().casefold()


def top(doc: Doc, mention: Mention) -> Token:
    """The head of the noun phrase a mention belongs to ("envoy" for a name in apposition to it)."""
    token = doc[mention.core : mention.end].root
    while token.dep_ in ("appos", "flat", "compound", "nmod:desc") and token.head.i != token.i:
        token = token.head
    return token


def is_subject(doc: Doc, mention: Mention) -> bool:
    """Whether the mention's noun phrase is a subject."""
    return top(doc, mention).dep_.startswith("nsubj")


def descriptor(noun: Token) -> Descriptor:
    """A noun with the words that stand before it and belong to it."""
    words = {c.lower_.rstrip(".") for c in noun.children if c.i < noun.i and c.dep_ in PREMODIFIERS}
    return Descriptor(noun.lemma_.lower().rstrip("."), frozenset(words))


def describe(doc: Doc, mention: Mention) -> set[Descriptor]:
    """What a mention's own noun phrase and clause say of the actor: titles, appositions, "X is a Y"."""
    root = doc[mention.core : mention.end].root
    nouns = [c for c in root.children if c.dep_ in ("compound", "nmod:desc", "appos") and c.pos_ == "NOUN"]
    if root.dep_ in ("appos", "flat", "nmod:desc") and root.head.pos_ == "NOUN":
        nouns.append(root.head)
    if root.dep_ == "nsubj" and root.head.pos_ == "NOUN" and any(c.dep_ == "cop" for c in root.head.children):
        nouns.append(root.head)
    nouns += [c for noun in nouns for c in noun.children if c.dep_ == "conj" and c.pos_ == "NOUN"]
    found = {descriptor(noun) for noun in nouns}
    before = [t.lower_.rstrip(".") for t in doc[mention.start : mention.core] if t.is_alpha or "." in t.text]
    if before:
        outer = {
            c.lower_.rstrip(".") for c in root.children if c.i < mention.start and c.dep_ in PREMODIFIERS
        }
        found.add(Descriptor(before[-1], frozenset({*before[:-1], *outer})))
    return found | {Descriptor(also, d.words) for d in found for also in ALSO.get(d.noun, ())}
