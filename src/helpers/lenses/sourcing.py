"""Sourcing: the attributions of an article, with whom each source stands for and the stance of its verb."""

from collections.abc import Mapping, Sequence
from typing import Any

from spacy.tokens import Doc

from helpers.codebook import Codebooks
from helpers.language.actorbook import ActorBook
from helpers.lenses.attribution import Attribution
from helpers.lenses.extraction import find_attributions
from helpers.lenses.sources import Resolver
from helpers.lenses.spans import SentenceIndex, Text, form_of


def attribution_rows(
    article: Text,
    doc: Doc,
    mentions: Sequence[Mapping[str, Any]],
    codebooks: Codebooks,
    actors: ActorBook | None = None,
) -> list[dict[str, Any]]:
    """Rows of table `attributions`: outermost attributions in text order.

    `start` to `end` runs from the first to the last character of the content; where its cue breaks a
    content ("A", he said, "B"), the cue lies within. `doc.text` must be `article.text`.
    """
    index = SentenceIndex(doc)
    resolver = Resolver(doc, mentions, codebooks.sources, actors)
    found = find_attributions(doc, codebooks.verbs)
    known = {one: resolver.resolve(one) for one in sorted(found, key=lambda a: a.source or a.cue)}
    rows = []
    for number, one in enumerate(found):
        who = known[one]
        verb_class = codebooks.verbs.class_of_cue(one.lemma, noun=one.rule == "noun")
        rows.append(
            {
                "article_id": article.article_id,
                "sentence": index.at(one.whole[0]),
                **spans(article.text, one),
                "attribution": number,
                "cue_lemma": one.lemma,
                "form": form_of(article.text, one.content),
                "verb_class": verb_class,
                "stance": codebooks.verbs.stance_of(verb_class),
                "source_type": who.source_type,
                "naming": who.naming,
                "reference": who.reference,
                "actor": who.actor,
                "speaker": who.speaker,
                "group": who.group,
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
