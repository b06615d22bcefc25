"""Mentions without a name: descriptions ("the senator", "the group") and pronouns, with whom they mean.

A pronoun goes to the candidate of highest salience (after Lappin & Leass 1994: subjects, nearness, what was
already taken up by a pronoun); where two are close, or none is in reach, it is left alone. Words in quotation marks
are another's: a pronoun in them does not mean their speaker, and one outside does not mean whom they speak of.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from helpers.language.mention import SIGNS, Group, Mention, describe, descriptor, is_subject, top

MEN, WOMEN, MANY = (
    frozenset({"he", "him", "his", "himself"}),
    frozenset({"she", "her", "hers", "herself"}),
    frozenset({"they", "them", "their", "theirs", "themselves"}),
)
BODIES = frozenset({"group", "organization", "organisation", "agency", "movement", "company", "firm"})
NAMED_BODIES = BODIES | {
    "bank", "ministry", "newspaper", "department", "administration", "council", "court", "party", "militia",
    "campaign", "committee", "foundation", "government", "university", "commission", "union",
}  # fmt: skip
POINTING = frozenset({"the", "this", "that"})
REACH = 2
NEAR, SUBJECT, TAKEN_UP, OWN_CLAUSE, MAIN, MARGIN = 1.5, 2.0, 0.75, 1.0, 0.5, 0.3
RECENT = 0.05  # for each word between, within the sentence
OPENING, CLOSING = "\u201c\u201e\u00ab", "\u201d\u00bb"


@dataclass
class Text:
    """A Doc with what resolving needs to know of each token: sentence, paragraph, and quotation (0 for none).

    `told` counts sentences as `sentence` does, those that stand whole in quotation marks left out.
    """

    doc: Doc
    sentence: list[int]
    told: list[int]
    paragraph: list[int]
    quote: list[int]


def read(doc: Doc) -> Text:
    """Number the sentences, paragraphs and quotations of a Doc."""
    sentence = [i for i, sent in enumerate(doc.sents) for _ in sent]
    paragraph, quote = [], []
    number, current, count = 0, 0, 0
    for token in doc:
        if token.is_space and token.text.count("\n") >= 2:
            number, current = number + 1, 0
        opens = token.text in OPENING or (token.text in ('"', "''") and not current)
        if opens and not current:
            count += 1
            current = count
        quote.append(current)
        if not opens and (token.text in CLOSING or token.text in ('"', "''")):
            current = 0
        paragraph.append(number)
    told, number = [], -1
    for sent in doc.sents:
        number += any(not quote[t.i] and t.is_alpha for t in sent)
        told += [max(0, number)] * len(sent)
    return Text(doc, sentence, told, paragraph, quote)


def apart(text: Text, mention: Mention, token: Token) -> int:
    """How many sentences lie between a mention and a token; outside quotations, quoted sentences do not count."""
    count = text.sentence if text.quote[token.i] else text.told
    return count[token.i] - count[mention.core]


def references(doc: Doc, named: list[Mention]) -> list[Mention]:
    """The descriptions and pronouns that stand for the actors of these named mentions, in text order."""
    text = read(doc)
    for mention in named:
        mention.group.said |= describe(doc, mention)
    for group in {id(m.group): m.group for m in named}.values():
        signs = {SIGNS[d.noun] for d in group.said if d.noun in SIGNS}
        group.gender = group.gender or (signs.pop() if len(signs) == 1 else "")
    known = sorted([*named, *descriptions(text, named)], key=lambda m: (m.start, m.end))
    votes: dict[int, Counter[str]] = {}
    pronouns(text, known, votes)
    for mention in known:
        seen = votes.get(id(mention.group))
        if not mention.group.gender and seen:
            mention.group.gender = max(sorted(seen), key=seen.__getitem__)
    return [*(m for m in known if m.form == "description"), *pronouns(text, known, {})]


def descriptions(text: Text, named: list[Mention]) -> list[Mention]:
    """Definite noun phrases that stand for exactly one actor named before."""
    covered = {i for m in named for i in range(m.start, m.end)}
    found: list[Mention] = []
    for token in text.doc:
        if token.pos_ not in ("NOUN", "PROPN") or token.i in covered or not pointed_at(token):
            continue
        before = [m for m in named if m.end <= token.i]
        group = bearer(text, token, before) or body(text, token, before)
        if group is not None:
            start = token.left_edge.i
            found.append(Mention(start, token.i + 1, group, "description", token.i))
    return found


def pointed_at(noun: Token) -> bool:
    """Whether a noun is definite, singular, closed ("the president", not "the president of X") and no one's title."""
    if not any(c.dep_ == "det" and c.lower_ in POINTING for c in noun.children):
        return False
    if noun.pos_ == "NOUN" and noun.lower_ != noun.lemma_.lower():
        return False
    after = ("nmod", "flat", "appos", "compound", "acl", "acl:relcl", "nmod:desc")
    follows = any(c.i > noun.i and c.dep_ in after for c in noun.children)
    return not follows and noun.dep_ not in ("compound", "flat", "nmod:desc", "appos")


def bearer(text: Text, noun: Token, before: list[Mention]) -> Group | None:
    """The one person of whom this noun was said; of several, the one it was said of in these very words, or nearest."""
    given = descriptor(noun)
    people = {id(m.group): m.group for m in before if m.group.label == "PER"}
    fitting = [g for g in people.values() if any(d.noun == given.noun for d in g.said)]
    if len(fitting) > 1:
        exact = [g for g in fitting if any(d.noun == given.noun and d.words == given.words for d in g.said)]
        fitting = exact or fitting
    if len(fitting) > 1:
        near = {id(m.group) for m in before if text.sentence[noun.i] - text.sentence[m.core] <= REACH}
        fitting = [g for g in fitting if id(g) in near]
    return fitting[0] if len(fitting) == 1 else None


def body(text: Text, noun: Token, before: list[Mention]) -> Group | None:
    """The organisation "the group" means: the one with the word in its name, else the only one just named."""
    word = noun.lemma_.lower()
    if word not in NAMED_BODIES:
        return None
    near = [m for m in before if text.sentence[noun.i] - text.sentence[m.core] <= REACH]
    bodies = {id(m.group): m.group for m in near if m.group.label == "ORG"}
    same = [g for g in bodies.values() if any(word in key.split() for key in g.keys)]
    fitting = same or (list(bodies.values()) if word in BODIES else [])
    return fitting[0] if len(fitting) == 1 else None


def pronouns(text: Text, known: list[Mention], votes: dict[int, Counter[str]]) -> list[Mention]:
    """Pronouns of the third person with the actor they most likely mean: outside quotations first, then inside.

    Where only one person was in reach, the pronoun's gender is counted in `votes`.
    """
    found: list[Mention] = []
    marked = [token for token in text.doc if gender_of(token)]
    for token in sorted(marked, key=lambda t: (bool(text.quote[t.i]), t.i)):
        gender = gender_of(token)
        before = candidates(text, [*known, *found], token)
        group = several(text, before, token) if gender == "many" else one(text, before, token, gender, votes)
        if group is not None:
            found.append(Mention(token.i, token.i + 1, group, "pronoun", token.i))
    return sorted(found, key=lambda m: m.start)


def gender_of(token: Token) -> str:
    """Tell "man", "woman" or "many" for a pronoun of the third person, else ""."""
    sets = (("man", MEN), ("woman", WOMEN), ("many", MANY))
    return next((name for name, words in sets if token.pos_ in ("PRON", "DET") and token.lower_ in words), "")


def candidates(text: Text, known: Iterable[Mention], token: Token) -> list[Mention]:
    """The mentions in reach before a pronoun that it may mean, in text order."""
    here = text.quote[token.i]
    said = [m for m in known if m.end <= token.i and apart(text, m, token) <= REACH]
    if not here:
        return sorted((m for m in said if not text.quote[m.core]), key=lambda m: m.start)
    speakers = speaking(text, known, token)
    return sorted((m for m in said if id(m.group) not in speakers), key=lambda m: m.start)


def speaking(text: Text, known: Iterable[Mention], token: Token) -> set[int]:
    """Who speaks the quotation a token stands in: the subjects beside the quotations of its paragraph."""
    place = text.paragraph[token.i]
    outside = [
        m for m in known if not text.quote[m.core] and is_subject(text.doc, m) and m.group.label == "PER"
    ]
    own = [m for m in outside if text.paragraph[m.core] == place]
    if not own:
        own = [m for m in outside if text.paragraph[m.core] < place][-1:]
    return {id(m.group) for m in own}


def one(
    text: Text, before: list[Mention], token: Token, gender: str, votes: dict[int, Counter[str]]
) -> Group | None:
    """The person of highest salience whose gender fits; None when two are close."""
    people = [m for m in before if m.group.label == "PER" and m.group.gender in ("", gender)]
    if token.dep_ not in ("nmod:poss", "det") and not token.lower_.endswith("self"):
        clause = subject_beside(token)
        people = [m for m in people if clause is None or top(text.doc, m).i != clause.i]
    best: dict[int, float] = {}
    groups = {id(m.group): m.group for m in people}
    for mention in people:
        key = id(mention.group)
        best[key] = max(best.get(key, float("-inf")), salience(text, mention, token))
    ranked = sorted(best, key=lambda key: -best[key])
    if not ranked or (len(ranked) > 1 and best[ranked[0]] - best[ranked[1]] < MARGIN):
        return None
    if len(ranked) == 1:
        votes.setdefault(ranked[0], Counter())[gender] += 1
    return groups[ranked[0]]


def subject_beside(token: Token) -> Token | None:
    """The subject of the clause in which a pronoun is an object or complement."""
    if token.dep_ not in ("obj", "iobj", "obl"):
        return None
    return next((c for c in token.head.children if c.dep_.startswith("nsubj")), None)


def salience(text: Text, mention: Mention, token: Token) -> float:
    """How much a mention stands out at a pronoun."""
    distance = apart(text, mention, token)
    score = -NEAR * distance if distance else -min(1.0, RECENT * (token.i - mention.end))
    head = top(text.doc, mention)
    if head.dep_.startswith("nsubj"):
        score += SUBJECT + (MAIN if distance and main(head.head) else 0)
        if distance == 0 and head.head in token.ancestors:
            score += OWN_CLAUSE if head.head.i == clause_of(token).i else OWN_CLAUSE / 2
    elif distance == 0 and text.quote[token.i] and not text.quote[mention.core]:
        score += SUBJECT  # a name just before the quotation is what the quotation speaks of
    return score + (TAKEN_UP if mention.form == "pronoun" else 0)


def clause_of(token: Token) -> Token:
    """The head of the nearest clause above a token that has a subject of its own other than the token."""
    for above in token.ancestors:
        if any(c.dep_.startswith("nsubj") and c.i != token.i for c in above.children):
            return above
    return token


def main(verb: Token) -> bool:
    """Whether a clause is no relative or adverbial clause."""
    return not any(t.dep_ in ("acl:relcl", "advcl", "acl", "advcl:relcl") for t in (verb, *verb.ancestors))


def several(text: Text, before: list[Mention], token: Token) -> Group | None:
    """The organisation "they" takes up: it must be the nearest subject before, and no plural noun between."""
    bodies = [m for m in before if m.group.label == "ORG" and is_subject(text.doc, m)]
    if not bodies:
        return None
    last = bodies[-1]
    own = {m.core for m in before if m.group is last.group}
    between = [t for t in text.doc[last.end : token.i] if t.i not in own and not text.quote[t.i]]
    subjects = [t for t in between if t.dep_.startswith("nsubj") and main(t.head)]
    plurals = [
        t for t in between if t.pos_ == "NOUN" and t.lower_ != t.lemma_.lower() and t.sent == token.sent
    ]
    return None if subjects or plurals else last.group
