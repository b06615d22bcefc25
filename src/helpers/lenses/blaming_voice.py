"""Who says what a clause says: the source of the attribution around it, or one that a clause inside it names."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from spacy.tokens import Token

from helpers.codebook import ReportingVerbs
from helpers.lenses import clauses as ud
from helpers.lenses.spans import Span

THROUGH = ("conj", "xcomp", "advcl", "acl:relcl", "acl", "obl:agent", "obl")
STEPS = 6


class Voice(NamedTuple):
    """The span that names a source (None when the words give none), its head, and the actor it is known to be."""

    span: Span | None
    head: Token | None
    actor: str


def enclosing(token: Token, attributions: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """The shortest attribution whose content holds a token but not as its own cue."""
    held = [
        row
        for row in attributions
        if row["start"] <= token.idx < row["end"] and not row["cue_start"] <= token.idx < row["cue_end"]
    ]
    return min(held, key=lambda row: row["end"] - row["start"], default=None)


def voice_of(token: Token, attributions: Sequence[Mapping[str, Any]], verbs: ReportingVerbs) -> Voice | None:
    """Whose words a token belongs to: the nearest source, None when nobody is said to say it.

    A source within another's words ("she said auditors found ...") is nearer than the one around it.
    """
    around = enclosing(token, attributions)
    near = reporter(token, verbs)
    if near is not None and (around is None or around["start"] <= near.idx < around["end"]):
        return Voice(ud.phrase(near, without=ud.branches(near, token)), near, "")
    if around is None:
        return None
    if around["source_start"] < 0:
        return Voice(None, None, "")
    span, doc = (int(around["source_start"]), int(around["source_end"])), token.doc
    words = doc.char_span(*span, alignment_mode="expand")
    if around["source"].lower() in ud.RELATIVES and words is not None:
        noun = ud.antecedent(words[0], words[0].head)
        if noun.i != words[0].i:
            return Voice(ud.phrase(noun, without=ud.branches(noun, words[0])), noun, around["actor"])
    return Voice(span, words.root if words is not None else None, around["actor"])


def reporter(token: Token, verbs: ReportingVerbs) -> Token | None:
    """The subject of the verb of saying or thinking whose clause holds a token."""
    known, at = verbs.class_of(), token
    for _ in range(STEPS):
        above = at.head
        if above.i == at.i:
            return None
        if at.dep_ == "ccomp" and above.pos_ == "VERB" and above.lemma_.lower() in known:
            found = ud.subject(above)
            return found if found is not None and found.i != at.i and not ud.is_time(found) else None
        if at.dep_ not in THROUGH:
            return None
        at = above
    return None
