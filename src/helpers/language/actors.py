"""Mentions of persons, organisations and places, grouped by whom they mean: name, alias, title, pronoun."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span, Token

from helpers.language.actorbook import Actor, ActorBook, read_actors

__all__ = ["Actor", "ActorBook", "group_mentions", "read_actors"]

LABELS = ("PER", "ORG", "LOC")
TITLE_WORDS = frozenset(
    {
        "mr", "mrs", "ms", "miss", "dr", "prof", "professor", "sir", "lord", "lady", "president",
        "vice", "prime", "minister", "foreign", "defense", "defence", "finance", "interior", "justice",
        "health", "secretary", "state", "general", "senator", "sen", "rep", "representative",
        "governor", "gov", "mayor", "king", "queen", "prince", "princess", "pope", "ambassador",
        "envoy", "chancellor", "premier", "judge", "chief", "colonel", "col", "captain",
        "capt", "major", "maj", "sergeant", "sgt", "lieutenant", "lt", "admiral", "commander",
        "spokesman", "spokeswoman", "spokesperson", "rabbi", "imam", "sheikh", "ayatollah", "special",
        "national", "security", "adviser", "advisor", "director", "chairman", "chairwoman",
    }
)  # fmt: skip
MEN, WOMEN, MANY = (
    frozenset({"he", "him", "his", "himself"}),
    frozenset({"she", "her", "hers", "herself"}),
    frozenset({"they", "them", "their", "theirs", "themselves"}),
)
SIGNS = {"mr": "man", "sir": "man", "lord": "man", "king": "man", "prince": "man", "spokesman": "man",
         "mrs": "woman", "ms": "woman", "miss": "woman", "lady": "woman", "queen": "woman",
         "princess": "woman", "spokeswoman": "woman"}  # fmt: skip
REACH = 2


@dataclass
class Group:
    """One actor of an article: all its names so far."""

    name: str
    label: str
    keys: set[str] = field(default_factory=set)
    titles: set[str] = field(default_factory=set)
    gender: str = ""


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


def initials(text: str) -> str:
    """The acronym of a name of several capitalised words, "" otherwise."""
    words = re.findall(r"[A-Z][\w'\u2019]*", text)
    return "".join(word[0] for word in words).casefold() if len(words) > 1 else ""


def group_mentions(doc: Doc, actors: ActorBook | None = None, article_id: str = "") -> list[dict[str, Any]]:
    """Rows of the table `mentions` (all its columns), in text order, for a Doc of the pipeline.

    Names of the book come first, as written there; other names are grouped within the article by full name,
    last name, acronym or "Name (Alias)". Titles before a person's name belong to the mention. A pronoun goes
    to the nearest person that fits within the sentence or the two before; when none fits it gives no row.
    """
    groups: list[Group] = []
    named = [*book_mentions(doc, actors, groups)]
    taken = {i for m in named for i in range(m.core, m.end)}
    named += entity_mentions(doc, groups, taken)
    named.sort(key=lambda m: m.start)
    covered = {i for m in named for i in range(m.start, m.end)}
    named += list(titles_alone(doc, named, covered))
    named.sort(key=lambda m: m.start)
    mentions = sorted([*named, *pronouns(doc, named)], key=lambda m: (m.start, m.end))
    numbers = {sent.start: i for i, sent in enumerate(doc.sents)}
    return [row(doc, mention, numbers, article_id) for mention in mentions]


def row(doc: Doc, mention: Mention, numbers: dict[int, int], article_id: str) -> dict[str, Any]:
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


def book_mentions(doc: Doc, actors: ActorBook | None, groups: list[Group]) -> Iterator[Mention]:
    """Mentions of the book's actors, longest first; a name inside a longer entity is left to that entity."""
    if actors is None:
        return
    owners = actors.by_alias()
    matcher = PhraseMatcher(doc.vocab, attr="ORTH")
    maker = _tokenizer()
    matcher.add("actor", [maker(alias) for alias in sorted(owners)])
    made: dict[str, Group] = {}
    used: set[int] = set()
    spans = [doc[a:b] for _, a, b in matcher(doc)]
    for span in sorted(spans, key=lambda s: (s.start - s.end, s.start)):
        if used & set(range(span.start, span.end)) or inside_longer(doc, span):
            continue
        used |= set(range(span.start, span.end))
        actor = owners.get(span.text)
        if actor is None:
            continue
        if actor.name not in made:
            keys = {plain(alias) for alias in (actor.name, *actor.aliases)}
            made[actor.name] = Group(actor.name, actor.kind, keys)
            groups.append(made[actor.name])
        form = "name" if span.text == actor.name else "alias"
        yield with_title(doc, span, made[actor.name], form)


def _tokenizer() -> Any:
    from helpers.language import load

    return load().make_doc


def inside_longer(doc: Doc, span: Span) -> bool:
    """Whether the span is part of a longer name ("Gaza" in "Gaza Humanitarian Foundation")."""
    for entity in doc.ents:
        if entity.start <= span.start and span.end <= entity.end and len(entity) > len(span):
            before = [t.lower_ for t in entity if t.i < span.start]
            after = [t for t in entity if t.i >= span.end]
            if after or any(word.rstrip(".") not in TITLE_WORDS | {"the"} for word in before):
                return True
    return False


def entity_mentions(doc: Doc, groups: list[Group], taken: set[int]) -> list[Mention]:
    """Mentions of the other entities; full names anywhere in the article take their short forms along."""
    entities = [e for e in doc.ents if usable(e) and not taken & set(range(e.start, e.end))]
    aliases = bracketed(doc)
    full = sorted(entities, key=lambda e: (-len(plain(e.text).split()), e.start))
    place: dict[int, Group] = {}
    for entity in full:
        group = find_group(entity, groups, aliases)
        if group is None:
            group = Group(re.sub(r"^[Tt]he\s+", "", strip_tail(entity).text), entity.label_)
            groups.append(group)
        group.keys.add(plain(entity.text))
        place[entity.start] = group
    found = []
    for entity in entities:
        group = place[entity.start]
        core = strip_tail(entity)
        form = "name" if plain(entity.text) == plain(group.name) else "alias"
        found.append(with_title(doc, core, group, form))
    return found


def usable(entity: Span) -> bool:
    """Whether an entity is a name that can be grouped: of our labels, with letters, not titles alone."""
    words = plain(entity.text).split()
    return entity.label_ in LABELS and any(w.isalnum() for w in words) and not TITLE_WORDS.issuperset(words)


def strip_tail(entity: Span) -> Span:
    """The entity without a closing possessive."""
    while len(entity) > 1 and entity[-1].lower_ in ("'s", "\u2019s", "'", "\u2019"):
        entity = entity[:-1]
    return entity


def bracketed(doc: Doc) -> dict[str, str]:
    """Aliases given as "Long Name (LN)": the alias's key and the long name's."""
    found = {}
    for entity in doc.ents:
        after = doc[entity.end : entity.end + 3]
        if len(after) == 3 and after[0].text == "(" and after[2].text == ")" and after[1].text[:1].isupper():
            found[plain(after[1].text)] = plain(entity.text)
    return found


def find_group(entity: Span, groups: list[Group], aliases: dict[str, str]) -> Group | None:
    """The group an entity belongs to: same key, declared alias, acronym, or a person's shorter name."""
    key = plain(entity.text)
    for group in groups:
        if key in group.keys or aliases.get(key) in group.keys:
            return group
    if entity.label_ == "PER":
        return shorter_name(key, groups)
    if entity.label_ == "ORG" and key.isalpha() and entity.text.isupper():
        matches = [g for g in groups if g.label == "ORG" and initials(g.name) == key]
        return matches[0] if len(matches) == 1 else None
    return None


def shorter_name(key: str, groups: list[Group]) -> Group | None:
    """The one person whose full name ends with `key`, or begins with it when none ends so."""
    people = [g for g in groups if g.label == "PER"]
    for matches in (
        [g for g in people if any(k.endswith(" " + key) for k in g.keys)],
        [g for g in people if any(k.startswith(key + " ") for k in g.keys)],
    ):
        if matches:
            return matches[0] if len(matches) == 1 else None
    return None


def with_title(doc: Doc, span: Span, group: Group, form: str) -> Mention:
    """The mention with the titles that stand before a person's name."""
    start = span.start
    if group.label == "PER":
        while start > span.sent.start and doc[start - 1].lower_.rstrip(".") in TITLE_WORDS:
            start -= 1
    if start < span.start:
        form = "title"
        words = [t.lower_.rstrip(".") for t in doc[start : span.start]]
        group.titles.add(" ".join(words))
        group.gender = next((SIGNS[w] for w in words if w in SIGNS), group.gender)
    return Mention(start, span.end, group, form, span.start)


def titles_alone(doc: Doc, named: list[Mention], covered: set[int]) -> Iterator[Mention]:
    """Find "the prime minister" where one earlier person, and no other in the article, has that title."""
    bearers: dict[str, list[Group]] = {}
    for mention in named:
        for title in mention.group.titles:
            if mention.group not in bearers.setdefault(title, []):
                bearers[title].append(mention.group)
    for title, groups in sorted(bearers.items()):
        words = title.split()
        if len(groups) != 1 or title.rstrip(".") in SIGNS or words == ["dr"]:
            continue
        earliest = min(m.start for m in named if m.group is groups[0])
        for token in doc[earliest:]:
            end = token.i + 1 + len(words)
            same = [t.lower_ for t in doc[token.i + 1 : end]] == words
            free = not covered & set(range(token.i, end)) and (end >= len(doc) or doc[end].pos_ != "PROPN")
            if token.lower_ == "the" and same and free:
                yield Mention(token.i, end, groups[0], "title", token.i + 1)


def pronouns(doc: Doc, named: list[Mention]) -> Iterator[Mention]:
    """Pronouns of the third person with the actor they most likely mean."""
    numbers = {t.i: i for i, sent in enumerate(doc.sents) for t in sent}
    last: dict[str, Mention] = {}
    for token in doc:
        gender = gender_of(token)
        if not gender:
            continue
        before = [m for m in named if m.end <= token.i and numbers[token.i] - numbers[m.core] <= REACH]
        chosen = nearest(doc, before, numbers, token, gender, last.get(gender))
        if chosen is not None:
            if gender != "many":
                chosen.gender = gender
            mention = Mention(token.i, token.i + 1, chosen, "pronoun", token.i)
            last[gender] = mention
            yield mention


def gender_of(token: Token) -> str:
    """Tell "man", "woman" or "many" for a pronoun of the third person, else ""."""
    sets = (("man", MEN), ("woman", WOMEN), ("many", MANY))
    return next((name for name, words in sets if token.pos_ in ("PRON", "DET") and token.lower_ in words), "")


def nearest(
    doc: Doc, before: list[Mention], numbers: dict[int, int], token: Token, gender: str, last: Mention | None
) -> Group | None:
    """The group a pronoun means: subjects of the nearest sentence first, then the only person in reach."""
    if gender == "many":
        return many(doc, before, numbers, token)
    people = [m for m in before if m.group.label == "PER" and m.group.gender in ("", gender)]
    chain = last if last is not None and numbers[token.i] - numbers[last.core] <= 1 else None
    subjects = [m for m in people if subject(doc, m)]
    if chain is not None:
        newer = [m for m in subjects if m.start > chain.start]
        return newer[-1].group if newer else chain.group
    if subjects:
        return subjects[-1].group
    return people[0].group if len({id(m.group) for m in people}) == 1 else None


def many(doc: Doc, before: list[Mention], numbers: dict[int, int], token: Token) -> Group | None:
    """Resolve "they" as a subject: the organisation that was the only named subject just before."""
    if token.dep_.split(":")[0] != "nsubj":
        return None
    subjects = [m for m in before if numbers[token.i] - numbers[m.core] == 1 and subject(doc, m)]
    same = [m for m in before if numbers[token.i] == numbers[m.core]]
    return subjects[0].group if len(subjects) == 1 and not same and subjects[0].group.label == "ORG" else None


def subject(doc: Doc, mention: Mention) -> bool:
    """Whether the mention's head is a subject."""
    return any(t.dep_.startswith("nsubj") for t in doc[mention.start : mention.end])
