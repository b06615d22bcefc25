"""The spaCy component `parallax_parser`: tags, trees, sentence borders, entities and lemmas from one pass."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from helpers.language.borders import sentence_starts
from helpers.language.decode import best_tree, name_spans, relation_scores, sentence_spans
from helpers.language.encoder import Floats, ParserModel, Window, parser_model
from helpers.language.lemmas import lemma
from helpers.language.roles import Part, attributions

DOCS_AT_ONCE = 32
ROOT = "root"
NAME = "parallax_parser"
LONGEST_SENTENCE = 500
LOW = 0xFFFFFFFFFFFFFFFF  # offsets of heads as unsigned 64-bit numbers, as spaCy takes them
ATTRIBUTES = ("HEAD", "DEP", "POS", "LEMMA", "ENT_IOB", "ENT_TYPE")


@dataclass
class Parse:
    """What was found for the words of one text (whitespace tokens left out); heads are word indices."""

    tags: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    names: list[tuple[int, int, str]] = field(default_factory=list)
    mentions: list[tuple[int, int, str]] = field(default_factory=list)
    attributions: list[tuple[Part, ...]] = field(default_factory=list)


def decode_window(
    model: ParserModel, out: dict[str, Floats], words: Sequence[str], block: Sequence[bool], whole: bool
) -> Parse:
    """Decode one window; with `whole` it is one sentence whatever the border scores say."""
    starts = [False] * len(words) if whole else sentence_starts(out["start"], words, block)
    parse = Parse(tags=[model.labels.tags[i] for i in out["tag"].argmax(axis=1)])
    for first, end in sentence_spans(starts):
        scores = out["arc_dependent"][first:end] @ out["arc_head"][first:end].T
        np.fill_diagonal(scores, out["root"][first:end])
        parse.heads += [first + head for head in best_tree(scores)]
    heads = np.array(parse.heads)
    scores = relation_scores(model.relation_weight, out["rel_dependent"], out["rel_head"][heads])
    root = model.labels.relations.index(ROOT)
    scores[:, root] = -np.inf
    best = scores.argmax(axis=1)
    parse.labels = [
        "ROOT" if head == i else model.labels.relations[best[i]] for i, head in enumerate(parse.heads)
    ]
    parse.names = name_spans(out["name"], model.labels.entities)
    parse.mentions = name_spans(out["mention"], model.labels.entities)
    anchors = out["anchors"].astype(np.int64)
    found = attributions(anchors, out["anchor"][anchors], out["roles"])
    parse.attributions = [one.parts for one in found]
    return parse


def parse_words(
    model: ParserModel, texts: Sequence[tuple[Sequence[str], Sequence[bool]]], whole: bool = False
) -> list[Parse]:
    """Parse texts given as (words, block starts); with `whole` each text is one sentence in one window."""
    windows = []
    for number, (words, block) in enumerate(texts):
        cut = model.windows(words, block)
        if whole and len(cut) > 1 and sum(len(model.pieces(word)) for word in words) <= LONGEST_SENTENCE:
            cut = [Window(0, tuple(words), tuple(block))]
        windows += [(number, window) for window in cut]
    parts: list[Parse] = [Parse()] * len(windows)
    for i, out in model.run([window for _, window in windows]):
        parts[i] = decode_window(model, out, windows[i][1].words, windows[i][1].block, whole)
    parses = [Parse() for _ in texts]
    for (number, window), part in zip(windows, parts, strict=True):
        parse, base = parses[number], window.first_word
        parse.tags += part.tags
        parse.heads += [base + head for head in part.heads]
        parse.labels += part.labels
        parse.names += [(base + a, base + b, kind) for a, b, kind in part.names]
        parse.mentions += [(base + a, base + b, kind) for a, b, kind in part.mentions]
        parse.attributions += [
            tuple((base + a, base + b, role) for a, b, role in parts) for parts in part.attributions
        ]
    return parses


def words_of(doc: Doc) -> tuple[list[int], list[str], list[bool]]:
    """Indices and forms of the tokens that are not whitespace, and whether a block starts at each."""
    places, words, block = [], [], []
    new = True
    for token in doc:
        if token.is_space:
            new = new or token.text.count("\n") > 1
            continue
        places.append(token.i)
        words.append(token.text)
        block.append(new)
        new = False
    return places, words, block


class ParallaxParser:
    """Sets pos_, dep_, head, sentence borders, ents, lemma_, spans["mentions"] and spans["attributions"] on a Doc.

    The latter hold spans labelled source, cue or content; those of one attribution share `id_`.
    """

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, doc: Doc) -> Doc:
        """Annotate one Doc in place."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = DOCS_AT_ONCE) -> Iterator[Doc]:
        """Annotate Docs, windows of like length together across `batch_size` Docs."""
        waiting = iter(stream)
        while docs := list(islice(waiting, batch_size)):
            seen = [words_of(doc) for doc in docs]
            parses = parse_words(parser_model(), [(words, block) for _, words, block in seen])
            for doc, (places, _, _), parse in zip(docs, seen, parses, strict=True):
                annotate(doc, places, parse)
            yield from docs


def annotate(doc: Doc, places: Sequence[int], parse: Parse) -> None:
    """Write a parse into a Doc; whitespace tokens hang on a neighbouring token as SPACE/dep."""
    doc.spans["mentions"], doc.spans["attributions"] = [], []
    if not len(doc):
        return
    add = doc.vocab.strings.add
    values = np.zeros((len(doc), 6), dtype="uint64")
    for place, tag, head, label in zip(places, parse.tags, parse.heads, parse.labels, strict=True):
        values[place, :4] = (
            (places[head] - place) & LOW,
            add(label),
            add(tag),
            add(lemma(doc[place].text, tag)),
        )
    words = set(places)
    for i in range(len(doc)):
        if i not in words:
            anchor = i - 1 if i else (places[0] if places else 0)
            label = "dep" if anchor != i else "ROOT"
            values[i, :4] = ((anchor - i) & LOW, add(label), add("SPACE"), add(doc[i].text))
    values[:, 4] = 2
    for a, b, kind in parse.names:
        first, last = places[a], places[b - 1]
        values[first : last + 1, 4] = 1
        values[first, 4] = 3
        values[first : last + 1, 5] = add(kind)
    doc.from_array(list(ATTRIBUTES), values)  # type: ignore[arg-type]
    doc.spans["mentions"] = [Span(doc, places[a], places[b - 1] + 1, kind) for a, b, kind in parse.mentions]
    doc.spans["attributions"] = [
        Span(doc, places[a], places[b - 1] + 1, role, span_id=str(number))
        for number, parts in enumerate(parse.attributions)
        for a, b, role in parts
    ]


@Language.factory(
    NAME,
    assigns=["token.pos", "token.dep", "token.head", "token.lemma", "doc.ents", "doc.sents"],
)
def make_parser(nlp: Language, name: str) -> ParallaxParser:
    """The component's factory."""
    return ParallaxParser(nlp.vocab)
