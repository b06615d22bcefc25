"""Mentions by name: the names of an analyst's book first, then the names the parse found, grouped by whom they mean."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span

from helpers.language.actorbook import ActorBook
from helpers.language.mention import SIGNS, TITLE_WORDS, Group, Mention, plain

LABELS = ("PER", "ORG", "LOC")
SHORTEST = 3
OFFICES = frozenset({"administration", "campaign", "government", "cabinet", "foundation", "coalition"})


def named_mentions(doc: Doc, actors: ActorBook | None) -> list[Mention]:
    """Every mention by name in text order, with titles; names the parse overlooked are taken from those it found."""
    groups: list[Group] = []
    named = [*book_mentions(doc, actors, groups)]
    taken = {i for m in named for i in range(m.core, m.end)}
    named += entity_mentions(doc, groups, taken)
    named += overlooked(doc, named)
    return sorted(named, key=lambda m: (m.start, m.end))


def initials(text: str) -> str:
    """The acronym of a name of several capitalised words, "" otherwise."""
    words = re.findall(r"[A-Z][\w'\u2019]*", text)
    return "".join(word[0] for word in words).casefold() if len(words) > 1 else ""


def book_mentions(doc: Doc, actors: ActorBook | None, groups: list[Group]) -> Iterator[Mention]:
    """Mentions of the book's actors, longest first; a name inside a longer entity is left to that entity."""
    if actors is None:
        return
    owners = actors.by_alias()
    kinds = {actor.name: actor.kind for actor in actors.actors}
    made: dict[str, Group] = {}
    used: set[int] = set()
    spans = matches(doc, sorted(owners))
    for span in sorted(spans, key=lambda s: (s.start - s.end, s.start)):
        actor = owners.get(span.text)
        if actor is None or used & set(range(span.start, span.end)) or inside_longer(doc, span):
            continue
        if kinds[actor.name] == "PER" and office(doc, span):
            continue
        used |= set(range(span.start, span.end))
        if actor.name not in made:
            keys = {plain(alias) for alias in (actor.name, *actor.aliases)}
            made[actor.name] = Group(actor.name, actor.kind, keys)
            groups.append(made[actor.name])
        form = "name" if span.text == actor.name else "alias"
        yield with_title(doc, span, made[actor.name], form)


def matches(doc: Doc, phrases: list[str]) -> list[Span]:
    """Where these phrases stand, word by word as written."""
    matcher = PhraseMatcher(doc.vocab, attr="ORTH")
    maker = _tokenizer()
    matcher.add("actor", [maker(phrase) for phrase in phrases])
    return [doc[a:b] for _, a, b in matcher(doc)]


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
    free = [e for e in doc.ents if usable(e) and not taken & set(range(e.start, e.end))]
    entities = [grown(doc, e) for e in agreed(doc, free)]
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
        form = "name" if plain(entity.text) == plain(group.name) else "alias"
        found.append(with_title(doc, strip_tail(entity), group, form))
    return found


def overlooked(doc: Doc, named: list[Mention]) -> list[Mention]:
    """Further mentions of known names, and of the last names of known persons, where the parse saw no entity."""
    taken = {i for m in named for i in range(m.core, m.end)} | {
        i for e in doc.ents for i in range(e.start, e.end)
    }
    owners: dict[str, set[int]] = {}
    groups = {id(m.group): m.group for m in named}
    for mention in named:
        core = doc[mention.core : mention.end]
        for text in {core.text, core[-1].text if mention.group.label == "PER" else core.text}:
            if len(text) >= SHORTEST and text[0].isupper():
                owners.setdefault(text, set()).add(id(mention.group))
    certain = {text: groups[next(iter(ids))] for text, ids in owners.items() if len(ids) == 1}
    lower = {t.text for t in doc if t.is_lower}
    found = []
    for span in sorted(matches(doc, sorted(certain)), key=lambda s: (s.start - s.end, s.start)):
        free = not taken & set(range(span.start, span.end))
        if free and (span.root.pos_ == "PROPN" or not {t.lower_ for t in span} & lower):
            taken |= set(range(span.start, span.end))
            group = certain[span.text]
            if group.label == "PER" and office(doc, span):
                continue
            form = "name" if plain(span.text) == plain(group.name) else "alias"
            found.append(with_title(doc, span, group, form))
    return found


def agreed(doc: Doc, entities: list[Span]) -> list[Span]:
    """The entities with one label for each name: a known person's last name is a person, else most mentions decide.

    Of a single word tagged both person and organisation, with no longer name of a person, an organisation is made.
    """
    votes: dict[str, Counter[str]] = {}
    for entity in entities:
        votes.setdefault(plain(entity.text), Counter())[entity.label_] += 1
    last = {key.split()[-1] for key, seen in votes.items() if len(key.split()) > 1 and seen["PER"]}
    chosen = {}
    for key, seen in votes.items():
        single = len(key.split()) == 1
        if single and key in last:
            chosen[key] = "PER"
        elif single and seen["PER"] and seen["ORG"]:
            chosen[key] = "ORG"
        else:
            chosen[key] = max(sorted(seen), key=seen.__getitem__)
    return [Span(doc, e.start, e.end, chosen[plain(e.text)]) for e in entities]


def office(doc: Doc, span: Span) -> bool:
    """Whether a person's name is the first part of the name of an office ("the Keller administration")."""
    return (
        span.end < len(doc)
        and doc[span.end].lower_ in OFFICES
        and doc[span.end - 1].lower_ not in ("'s", "\u2019s")
    )


def grown(doc: Doc, entity: Span) -> Span:
    """The entity, or the name of an office where a person's name is the first part of one."""
    if entity.label_ == "PER" and office(doc, entity):
        return Span(doc, entity.start, entity.end + 1, "ORG")
    return entity


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
        same = [g for g in groups if g.label == "ORG" and initials(g.name) == key]
        return same[0] if len(same) == 1 else None
    return None


def shorter_name(key: str, groups: list[Group]) -> Group | None:
    """The one person whose full name ends with `key`, or begins with it when none ends so."""
    people = [g for g in groups if g.label == "PER"]
    for found in (
        [g for g in people if any(k.endswith(" " + key) for k in g.keys)],
        [g for g in people if any(k.startswith(key + " ") for k in g.keys)],
    ):
        if found:
            return found[0] if len(found) == 1 else None
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
