"""Agency in harm: who is harmed, by whom, and how often the words leave out who did it."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from spacy.tokens import Doc, Token

from helpers.codebook import Codebooks
from helpers.lenses import clauses as ud
from helpers.lenses.blame import part
from helpers.lenses.harming import Harm, find_harm
from helpers.lenses.rollup import bootstrap_ratio
from helpers.lenses.spans import SentenceIndex, Span, Text, overlap

NO_ACTOR = "(no actor named)"
SHARE = ("events", "with_agent", "share", "low", "high")


def harm_rows(
    article: Text, doc: Doc, mentions: Sequence[Mapping[str, Any]], codebooks: Codebooks
) -> list[dict[str, Any]]:
    """Rows of table `harm_events` in text order, without the column `part`; `doc.text` is `article.text`."""
    index = SentenceIndex(doc)
    rows = []
    for number, harm in enumerate(find_harm(doc, codebooks.harm, codebooks.blame)):
        sentence = index.at(harm.cue.idx)
        victim, agent = words(harm.victim, harm), words(harm.agent, harm)
        rows.append(
            {
                "article_id": article.article_id,
                "sentence": sentence,
                **part(article.text, "", index.spans[sentence]),
                "event": number,
                "kind": harm.kind,
                "form": harm.form,
                **part(article.text, "cue", (harm.cue.idx, harm.cue.idx + len(harm.cue))),
                **part(article.text, "victim", victim),
                **part(article.text, "number", harm.number),
                **part(article.text, "agent", agent),
                "victim_actor": actor_within(victim, mentions),
                "agent_actor": actor_within(agent, mentions),
            }
        )
    return rows


def words(head: Token | None, harm: Harm) -> Span | None:
    """The phrase of a victim or agent without the event's own words and, of who stands before them, what follows."""
    if head is None:
        return None
    after = [c for c in ud.children(head, "acl", "conj") if c.i > harm.cue.i >= head.i]
    return ud.phrase(head, without=[*ud.branches(head, harm.cue), *after])


def actor_within(span: Span | None, mentions: Sequence[Mapping[str, Any]]) -> str:
    """The first actor mentioned in a span, or the empty string."""
    found = (str(row["actor"]) for row in mentions if span and overlap(span, (row["start"], row["end"])))
    return next(found, "")


def agency(events: pd.DataFrame, by: Sequence[str], seed: int = 1) -> pd.DataFrame:
    """How often the doer is named, per group: events, with_agent, share and its 95% interval over sentences.

    `by` names columns of table `harm_events`; an empty `victim_actor` counts as "(no actor named)". The
    interval is NaN where resampling has nothing to draw from.
    """
    table = events.assign(
        victim_actor=events["victim_actor"].replace("", NO_ACTOR), named=(events["agent"] != "").astype(int)
    )
    out = []
    for key, group in table.groupby(list(by), sort=True):
        per = group.groupby(["article_id", "sentence"])["named"].agg(["sum", "size"])
        share, low, high = bootstrap_ratio(per["sum"].tolist(), per["size"].tolist(), seed)
        values = (len(group), int(group["named"].sum()), share, low, high)
        out.append({**dict(zip(by, key, strict=True)), **dict(zip(SHARE, values, strict=True))})
    return pd.DataFrame(out, columns=[*by, *SHARE])


def where(part_of: str) -> str:
    """Headline and lead apart, everything else as the rest."""
    return part_of if part_of in ("headline", "lead") else "rest"


def agency_by_part(events: pd.DataFrame, seed: int = 1) -> pd.DataFrame:
    """The shares of `agency` per article for headline, lead and the rest."""
    return agency(events.assign(part=events["part"].map(where)), ["article_id", "part"], seed)


def forms(events: pd.DataFrame) -> pd.DataFrame:
    """How many events each article tells in each form: rows articles, columns forms in the order of grammar."""
    order = ["active", "passive_agent", "passive_no_agent", "nominal", "intransitive"]
    counts = pd.crosstab(events["article_id"], events["form"])
    return counts.reindex(columns=order, fill_value=0)
