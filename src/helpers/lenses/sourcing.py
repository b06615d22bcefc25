"""Sourcing: who speaks in an article, how much, under what name, in whose words and with which verbs."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from spacy.tokens import Doc

from helpers.codebook import Codebooks
from helpers.lenses.attribution import Attribution
from helpers.lenses.extraction import find_attributions
from helpers.lenses.rollup import bootstrap_ratio, count_words, word_starts
from helpers.lenses.sources import Resolver
from helpers.lenses.spans import SentenceIndex, Text, form_of

SHARE = (
    "article_id",
    "attributions",
    "attributed_words",
    "words",
    "attributed_sentences",
    "sentences",
    "share",
    "low",
    "high",
)
GROUPINGS = ("source_type", "naming", "verb_class", "form", "actor")


def attribution_rows(
    article: Text, doc: Doc, mentions: Sequence[Mapping[str, Any]], codebooks: Codebooks
) -> list[dict[str, Any]]:
    """Rows of table `attributions`: outermost attributions in text order.

    `start` to `end` runs from the first to the last character of the content; where its cue breaks a
    content ("A", he said, "B"), the cue lies within. `doc.text` must be `article.text`.
    """
    index = SentenceIndex(doc)
    resolver = Resolver(doc, mentions, codebooks.sources)
    found = find_attributions(doc, codebooks.verbs)
    kinds = {one: resolver.resolve(one) for one in sorted(found, key=lambda a: a.source or a.cue)}
    classes = {**codebooks.verbs.class_of_noun(), **codebooks.verbs.class_of()}
    nouns = codebooks.verbs.class_of_noun()
    rows = []
    for number, one in enumerate(found):
        who = kinds[one]
        verb_class = (nouns if one.rule == "noun" else classes).get(one.lemma, codebooks.verbs.default_class)
        rows.append(
            {
                "article_id": article.article_id,
                "sentence": index.at(one.whole[0]),
                **spans(article.text, one),
                "attribution": number,
                "cue_lemma": one.lemma,
                "form": form_of(article.text, one.content),
                "verb_class": verb_class,
                "source_type": who.source_type,
                "naming": who.naming,
                "actor": who.actor,
            }
        )
    return rows


def spans(text: str, one: Attribution) -> dict[str, Any]:
    """Content, cue and source of an attribution as text and offsets; "" and -1 for no source."""
    start, end = one.whole
    source = one.source or (-1, -1)
    return {
        "start": start,
        "end": end,
        "text": text[start:end],
        "cue": text[slice(*one.cue)],
        "cue_start": one.cue[0],
        "cue_end": one.cue[1],
        "source": text[slice(*source)] if one.source else "",
        "source_start": source[0],
        "source_end": source[1],
    }


def attributed_share(attributions: pd.DataFrame, sentences: pd.DataFrame, seed: int = 1) -> pd.DataFrame:
    """Per article the share of words inside attributions, with a 95% bootstrap interval over sentences.

    The columns are those of `SHARE`. An article without words has NaN.
    """
    out = []
    for article_id, group in sentences.groupby("article_id", sort=True):
        own = attributions[attributions["article_id"] == article_id]
        held = {at for row in own.to_dict("records") for at in word_starts(row["text"], row["start"])}
        starts = [word_starts(row["text"], row["start"]) for row in group.to_dict("records")]
        attributed = [len(held & set(words)) for words in starts]
        words = [len(words) for words in starts]
        share, low, high = bootstrap_ratio(attributed, words, seed)
        out.append(
            {
                "article_id": article_id,
                "attributions": len(own),
                "attributed_words": sum(attributed),
                "words": sum(words),
                "attributed_sentences": sum(n > 0 for n in attributed),
                "sentences": len(words),
                "share": share,
                "low": low,
                "high": high,
            }
        )
    return pd.DataFrame(out, columns=list(SHARE))


def voice_by(attributions: pd.DataFrame, column: str) -> pd.DataFrame:
    """Per article and value of `column` (one of `GROUPINGS`): attributions, words, their shares and base.

    Columns: article_id, <column>, attributions, words, base_attributions, base_words, share, word_share.
    """
    if column not in GROUPINGS:
        raise ValueError(f"column must be one of {', '.join(GROUPINGS)}, not {column!r}")
    table = attributions.assign(words=[count_words(text) for text in attributions["text"]])
    grouped = table.groupby(["article_id", column], sort=True)["words"].agg(["size", "sum"]).reset_index()
    grouped.columns = pd.Index(["article_id", column, "attributions", "words"])
    base = grouped.groupby("article_id")[["attributions", "words"]].transform("sum")
    return grouped.assign(
        base_attributions=base["attributions"],
        base_words=base["words"],
        share=grouped["attributions"] / base["attributions"],
        word_share=grouped["words"] / base["words"].where(base["words"] > 0),
    )
