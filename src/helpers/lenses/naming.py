"""Names for the same thing: how each article calls each actor, place, act, group and event."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

import pandas as pd
from spacy.tokens import Doc, Token

from helpers.codebook_wording import Referent, Referents
from helpers.lenses.cues import CueIndex, keys_of, words_of
from helpers.lenses.spans import SentenceIndex, Text, inside, quotations

ACTOR_KINDS = {"PER": "actor", "ORG": "actor", "LOC": "place"}
UNNAMED = frozenset({"pronoun"})
LEADING = frozenset({"ADP", "DET", "PRON"})
HYPHENS = "-‐‑–—"
Known = tuple[Referent, str]


@lru_cache(maxsize=8)
def index_of(book: Referents) -> CueIndex[Known]:
    """The names of a codebook, ready to be looked for: single words as nouns, or as verbs where the book has them."""
    parts = (("nouns", "names"), ("verbs", "verbs"), ("nouns", "loose"))
    return CueIndex(
        (name, part, (one, name))
        for one in book.referents
        for part, field in parts
        for name in getattr(one, field)
    )


@lru_cache(maxsize=256)
def signs_of(referent: Referent) -> frozenset[str]:
    """The words beside which a loose name counts."""
    names = (name for name in (*referent.names, *referent.verbs) if " " not in name)
    return frozenset(words_of(word)[0] for word in (*referent.signs, *names))


def naming_rows(
    article: Text, doc: Doc, mentions: Iterable[Mapping[str, Any]], book: Referents
) -> list[dict[str, Any]]:
    """Rows of table `naming`, in text order: names of actors and places out of `mentions`, the rest out of `book`.

    `name` is the codebook's, or an actor's as printed but for inflection and articles; `family` is the name without
    hyphens and blanks, the same for "cease-fire" and "ceasefire". A name of the book within the name of an actor
    belongs to the actor. Pronouns name nothing and give no row.
    """
    sentences, speech = SentenceIndex(doc), quotations(article.text)
    named = [
        {
            **base(row),
            "referent": row["actor"],
            "kind": ACTOR_KINDS[row["label"]],
            "name": actor_name(doc, row),
        }
        for row in mentions
        if row["form"] not in UNNAMED
    ]
    taken = [(row["start"], row["end"]) for row in named]
    found = [
        row
        for row in book_rows(article, doc, book, sentences)
        if not any(inside((row["start"], row["end"]), span) for span in taken)
    ]
    rows = sorted([*named, *found], key=lambda row: (row["start"], row["end"], row["referent"]))
    return [
        {
            **row,
            "family": family(row["name"]),
            "quoted": any(inside((row["start"], row["end"]), span) for span in speech),
        }
        for row in rows
    ]


def base(row: Mapping[str, Any]) -> dict[str, Any]:
    """The columns that every finding has."""
    return {key: row[key] for key in ("article_id", "sentence", "start", "end", "text")}


def actor_name(doc: Doc, row: Mapping[str, Any]) -> str:
    """A mention without its article or possessive: proper names as printed, descriptions by lemma."""
    span = doc.char_span(row["start"], row["end"], alignment_mode="expand")
    tokens = [t for t in span if not t.is_space] if span is not None else []
    while len(tokens) > 1 and tokens[0].pos_ in LEADING:
        tokens = tokens[1:]
    while len(tokens) > 1 and tokens[-1].pos_ == "PART":
        tokens = tokens[:-1]
    return printed(tokens, lower=row["form"] == "description") if tokens else str(row["text"])


def printed(tokens: list[Token], *, lower: bool) -> str:
    """Tokens as printed, the last one by its lemma unless it is a proper name."""
    words = [token.text_with_ws for token in tokens[:-1]]
    last = tokens[-1]
    words.append(last.text if last.pos_ == "PROPN" and not lower else last.lemma_)
    text = " ".join("".join(words).split())
    return text.lower() if lower else text


def book_rows(article: Text, doc: Doc, book: Referents, sentences: SentenceIndex) -> list[dict[str, Any]]:
    """The names of the codebook in a text, with a loose one only where its sentence holds a sign."""
    rows = []
    for hit in index_of(book).find(doc):
        referent, name = hit.what
        tokens = list(doc[hit.start : hit.end])
        if name in referent.loose and not signed(doc, hit.start, hit.end, referent):
            continue
        start, end = tokens[0].idx, tokens[-1].idx + len(tokens[-1])
        if len(tokens) == 1 and article.text[start - 1 : start] in tuple(HYPHENS):
            continue  # the end of a compound: "long-term"
        rows.append(
            {
                "article_id": article.article_id,
                "sentence": sentences.at(start),
                "start": start,
                "end": end,
                "text": article.text[start:end],
                "referent": referent.referent,
                "kind": referent.kind,
                "name": name,
            }
        )
    return rows


def signed(doc: Doc, start: int, end: int, referent: Referent) -> bool:
    """Whether the sentence of a loose name holds a sign of its referent or another name for it."""
    signs = signs_of(referent)
    return any(keys_of(token) & signs for token in doc[start].sent if not start <= token.i < end)


def family(name: str) -> str:
    """A name without hyphens, dashes, blanks and capitals: spellings of one name are one family."""
    return "".join(letter for letter in name.lower() if letter not in f"{HYPHENS} ")


def name_counts(naming: pd.DataFrame) -> pd.DataFrame:
    """One row an article, referent and name: columns article_id, kind, referent, family, name, count, quoted."""
    by = ["article_id", "kind", "referent", "family", "name"]
    found = naming.groupby(by, sort=True)["quoted"].agg(["size", "sum"]).reset_index()
    return found.rename(columns={"size": "count", "sum": "quoted"}).astype({"count": int, "quoted": int})


def naming_table(naming: pd.DataFrame, kinds: Iterable[str], least: int = 2) -> pd.DataFrame:
    """Referents (rows) by article (columns): "ceasefire 5, truce 2 (1 quoted)", the most used name first.

    Only referents of these kinds that go by at least `least` different names in the corpus, or in as many articles;
    the most mentioned first.
    """
    counts = name_counts(naming[naming["kind"].isin(list(kinds))])
    spread = counts.groupby("referent").agg(names=("family", "nunique"), total=("count", "sum"))
    kept = (
        spread[spread["names"] >= least].sort_values(["total", "names"], ascending=False, kind="stable").index
    )
    ordered = counts.sort_values(["count", "name"], ascending=[False, True])
    shown = [
        f"{row['name']} {row['count']}" + (f" ({row['quoted']} quoted)" if row["quoted"] else "")
        for row in ordered.to_dict("records")
    ]
    wide = ordered.assign(shown=shown).groupby(["referent", "article_id"])["shown"].agg(", ".join)
    return wide.unstack(fill_value="none").reindex(kept)
