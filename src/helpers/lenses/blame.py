"""Blame: who holds whom responsible for what, as the text reports it, and in whose voice."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from spacy.tokens import Doc, Token

from helpers.codebook import Codebooks, ReportingVerbs
from helpers.language.sentence import Encoder
from helpers.lenses import clauses as ud
from helpers.lenses.blaming import find_ties, set_against
from helpers.lenses.blaming_implied import Hint, find_hints, shipped_judge
from helpers.lenses.blaming_roles import Tie, blamer_of
from helpers.lenses.blaming_voice import enclosing, voice_of
from helpers.lenses.spans import SentenceIndex, Span, Text, overlap, quotations


def blame_rows(
    article: Text,
    doc: Doc,
    attributions: Sequence[Mapping[str, Any]],
    mentions: Sequence[Mapping[str, Any]],
    codebooks: Codebooks,
    encoder: Encoder | None = None,
) -> list[dict[str, Any]]:
    """Rows of table `blame_ties` in text order, one per blamer, target, polarity and sentence.

    The blamer is the one the words name; for a statement of guilt without one ("X is to blame") it is the
    source of the attribution around it; else it is empty, and `own_voice` tells the article's own statement
    of guilt from a blaming whose author is left out (a passive, a bare noun, a quotation whose speaker is not
    found). Without an encoder only explicit ties are found.
    """
    index = SentenceIndex(doc)
    explicit = [
        row
        for tie in find_ties(doc, codebooks.blame)
        if (row := tie_row(article, tie, index, attributions, mentions, codebooks.verbs)) is not None
    ]
    implied = implied_rows(article, doc, index, attributions, mentions, codebooks, encoder) if encoder else []
    held = {
        (row["sentence"], row[name], row["negated"])
        for row in explicit
        for name in ("target_start", "blamer_start")
    }
    rows = explicit + [
        row for row in implied if (row["sentence"], row["target_start"], row["negated"]) not in held
    ]
    rows.sort(key=lambda row: (row["cue_start"], row["voice"]))
    unique: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in rows:
        key = (row["sentence"], row["blamer"].lower(), row["target"].lower(), row["negated"])
        unique.setdefault(key, row)
    return [{**row, "tie": number} for number, row in enumerate(unique.values())]


def implied_hints(doc: Doc, attributions: Sequence[Mapping[str, Any]], codebooks: Codebooks) -> list[Hint]:
    """The candidates of implied blame of a text, quotations without a known speaker included."""
    return find_hints(doc, codebooks.blame, codebooks.verbs, attributions, quotations(doc.text))


def implied_rows(
    article: Text,
    doc: Doc,
    index: SentenceIndex,
    attributions: Sequence[Mapping[str, Any]],
    mentions: Sequence[Mapping[str, Any]],
    codebooks: Codebooks,
    encoder: Encoder,
) -> list[dict[str, Any]]:
    """Rows of the candidates judged to be blame, the likeliest first where several aim at one target."""
    judge = shipped_judge()
    hints = implied_hints(doc, attributions, codebooks)
    chances = judge.chances(hints, codebooks.blame, encoder)
    quoted = quotations(doc.text)
    best: dict[tuple[int, str], dict[str, Any]] = {}
    for n in sorted(range(len(hints)), key=lambda k: (-chances[k], hints[k].cue.i)):
        if chances[n] < judge.threshold:
            break
        hint = hints[n]
        around = enclosing(hint.cue, attributions)
        blamer = blamer_of(hint.cue, codebooks.blame) if hint.kind == "label" else None
        denied = hint.negated or (around is not None and around["cue_lemma"] in codebooks.blame.deniers)
        spoken = hint.attributed or any(start <= hint.cue.idx < end for start, end in quoted)
        spared = set_against(hint.target)
        for target, no in ((hint.target, denied), (spared, not denied)):
            if target is None:
                continue
            tie = Tie(hint.cue, blamer, target, hint.issue, no, True)
            row = tie_row(article, tie, index, attributions, mentions, codebooks.verbs)
            if row is not None and row["target"] != row["blamer"]:
                own = row["own_voice"] and not spoken
                key = (row["sentence"], row["target"].lower())
                best.setdefault(key, {**row, "voice": "implicit", "own_voice": own})
    return list(best.values())


def tie_row(
    article: Text,
    tie: Tie,
    index: SentenceIndex,
    attributions: Sequence[Mapping[str, Any]],
    mentions: Sequence[Mapping[str, Any]],
    verbs: ReportingVerbs,
) -> dict[str, Any] | None:
    """One row, without its number; None when the target is no phrase of its own."""
    spare = [c for c in tie.target.children if c.lower_ == "not" and c.i < tie.target.i]
    target = ud.phrase(tie.target, without=[*ud.branches(tie.target, tie.cue), *spare, *beyond(tie)])
    if target is None:
        return None
    blamer = (
        ud.phrase(tie.blamer, without=ud.branches(tie.blamer, tie.cue)) if tie.blamer is not None else None
    )
    blamer_actor = actor_of(tie.blamer, mentions)
    voice = voice_of(tie.cue, attributions, verbs)
    if blamer is None and tie.inherits and voice is not None:
        blamer = voice.span
        blamer_actor = voice.actor or actor_of(voice.head, mentions)
    number = index.at(tie.cue.idx)
    start, end = index.spans[number]
    return {
        "article_id": article.article_id,
        "sentence": number,
        **part(article.text, "", (start, end)),
        **part(article.text, "cue", (tie.cue.idx, tie.cue.idx + len(tie.cue))),
        **part(article.text, "blamer", blamer),
        **part(article.text, "target", target),
        **part(article.text, "issue", tie.issue),
        "voice": "explicit",
        "own_voice": blamer is None and tie.inherits and voice is None,
        "negated": tie.negated,
        "blamer_actor": blamer_actor,
        "target_actor": actor_of(tie.target, mentions),
    }


def beyond(tie: Tie) -> list[Token]:
    """What the parse hangs on a target that is none of it: the issue, and words on the far side of the blaming word."""
    side = tie.target.i < tie.cue.i
    crossed = [c for c in tie.target.children if (c.i < tie.cue.i) != side]
    if tie.issue is None:
        return crossed
    after = [
        c for c in tie.target.children if c.i > tie.target.i and c.dep_ in ("nmod", "acl", "obl", "advcl")
    ]
    inner = [
        c
        for c in after
        if c.left_edge.idx <= tie.issue[0] < c.right_edge.idx + len(c.right_edge) and ud.role_marks(c)
    ]
    return crossed + inner


def part(text: str, name: str, span: Span | None) -> dict[str, Any]:
    """A span as three columns; "" and -1 when there is none."""
    start, end = span or (-1, -1)
    prefix = f"{name}_" if name else ""
    return {name or "text": text[start:end] if span else "", f"{prefix}start": start, f"{prefix}end": end}


def actor_of(head: Token | None, mentions: Iterable[Mapping[str, Any]]) -> str:
    """The actor mentioned at a token, or the empty string."""
    if head is None:
        return ""
    span = (head.idx, head.idx + len(head))
    return next((str(row["actor"]) for row in mentions if overlap(span, (row["start"], row["end"]))), "")
