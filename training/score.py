"""Score the shipped pipeline on the dev sets: `python -m training.score [--write] [--gold DIR] [--speed]`."""

import argparse
import json
import time
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

import numpy as np
import spacy
from spacy.tokens import Doc
from training.data import GOLD, RE3D_TYPES, Document, Sentence, conllu, lines, outermost, uner
from training.gold import into_card

from helpers.annotate import docs_of_words
from helpers.language import load
from helpers.language.component import parse_words
from helpers.language.decode import bio_spans
from helpers.language.encoder import MODELS, parser_model

Spans = set[tuple[object, ...]]


def f1(gold: Spans, found: Spans) -> float:
    """F1 in percent of two sets."""
    return 200 * len(gold & found) / max(1, len(gold) + len(found))


def attachment(documents: Iterable[Document]) -> dict[str, float]:
    """UPOS, UAS and LAS on gold words and sentences, punctuation counted, relation subtypes counted."""
    sentences = [s for d in documents for s in d.sentences]
    right = np.zeros(3)
    total = 0
    for base in range(0, len(sentences), 256):
        chunk = sentences[base : base + 256]
        for s, parse in zip(
            chunk, parse_words(parser_model(), [(s.words, first(s)) for s in chunk], True), strict=True
        ):
            for i, tag in enumerate(s.tag):
                head = parse.heads[i] == s.head[i]
                right += [parse.tags[i] == tag, head, head and parse.labels[i].lower() == s.label[i]]
                total += 1
    return dict(zip(("UPOS", "UAS", "LAS"), 100 * right / total, strict=True))


def first(s: Sentence) -> list[bool]:
    """Block starts of one sentence."""
    return [i == 0 for i in range(len(s.words))]


def raw(documents: list[Document], blocks: bool) -> dict[str, float]:
    """LAS, UPOS, words and sentence borders from raw text (F1 by characters; spaces ignored).

    With `blocks` the treebank's paragraph borders are given as blank lines, else one space.
    """
    gold: dict[str, Spans] = {k: set() for k in ("words", "tags", "LAS", "sentences", "borders", "inner")}
    mine: dict[str, Spans] = {k: set() for k in gold}
    texts = []
    for d in documents:
        text = ""
        for s in d.sentences:
            if text:
                text = text.rstrip() + ("\n\n" if s.block and blocks else " ")
            for word, space in zip(s.words, s.space, strict=True):
                text += word + (" " if space else "")
        texts.append(text.strip())
    for n, (d, doc) in enumerate(zip(documents, load().pipe(texts), strict=True)):
        position = 0
        for s in d.sentences:
            ends = np.cumsum([position, *(len("".join(w.split())) for w in s.words)]).tolist()
            spans = [(n, a, b) for a, b in pairwise(ends)]
            collect(gold, spans, s.tag, s.head, s.label, (n, ends[0], ends[-1]), s.block and blocks)
            position = ends[-1]
        places = np.cumsum([0, *(not c.isspace() for c in doc.text)]).tolist()
        for sent in doc.sents:
            words = [t for t in sent if t.pos_ != "SPACE"]
            index = {t.i: k for k, t in enumerate(words)}
            spans = [(n, places[t.idx], places[t.idx + len(t)]) for t in words]
            labels = [t.dep_.lower() for t in words]
            heads = [index[t.head.i] for t in words]
            if spans:
                block = blocks and (sent.start == 0 or doc[sent.start - 1].text.count("\n") > 1)
                whole = (n, spans[0][1], spans[-1][2])
                collect(mine, spans, [t.pos_ for t in words], heads, labels, whole, block)
    return {k: f1(gold[k], mine[k]) for k in gold}


def collect(
    into: dict[str, Spans], spans: list[tuple[int, int, int]], tags: list[str], heads: list[int],
    labels: list[str], whole: tuple[int, int, int], block: bool,
) -> None:  # fmt: skip
    """Add one sentence; "borders" holds sentence starts, "inner" those that no blank line gives away."""
    into["sentences"].add(whole)
    if not block:
        into["inner"].add(whole[:2])
    into["borders"].add(whole[:2])
    for i, span in enumerate(spans):
        into["words"].add(span)
        into["tags"].add((span, tags[i]))
        into["LAS"].add((span, spans[heads[i]], labels[i]))


def borders_polnear(gold: Path) -> dict[str, float]:
    """F1 of sentence starts on 12 PolNeAR dev articles, against `borders.jsonl` (marked by eye, see README.md)."""
    texts = {
        row["id"]: row["text"] for row in map(json.loads, lines(gold / "sourcing" / "polnear_dev.jsonl.gz"))
    }
    marked = [
        json.loads(line) for line in (Path(__file__).parent / "borders.jsonl").read_text("utf-8").splitlines()
    ]
    made: tuple[Spans, Spans] = (set(), set())
    inner: tuple[Spans, Spans] = (set(), set())
    for row, doc in zip(marked, load().pipe(texts[row["id"]] for row in marked), strict=True):
        found = {s.start_char + len(s.text) - len(s.text.lstrip()) for s in doc.sents if s.text.strip()}
        for layer, (all_of, inside) in zip(
            (row["starts"], found), zip(made, inner, strict=True), strict=True
        ):
            all_of.update((row["id"], start) for start in layer)
            before = {start: texts[row["id"]][:start].rstrip(" \t\xa0") for start in layer}
            inside.update(
                (row["id"], start) for start in layer if before[start] and before[start][-1] != "\n"
            )
    return {"borders": f1(*made), "inner": f1(*inner), "n": float(len(made[0]))}


def names_uner(gold: Path) -> dict[str, float]:
    """NER F1 on the half of UNER dev that is not trained on: gold words, one sentence at a time, exact spans."""
    sentences = [s for d in uner(gold / "language" / "uner_en_ewt-dev.iob2.gz")[1::2] for s in d.sentences]
    made: tuple[Spans, Spans] = (set(), set())
    docs = docs_of_words([s.words for s in sentences])
    for n, (s, doc) in enumerate(zip(sentences, docs, strict=True)):
        made[0].update((n, *span) for span in bio_spans(s.name))
        made[1].update((n, e.start, e.end, e.label_) for e in doc.ents)
    return by_type(*made)


def by_type(gold: Spans, found: Spans) -> dict[str, float]:
    """F1 over all and for each type (the last item of a span)."""
    scores = {"F1": f1(gold, found)}
    for kind in ("PER", "ORG", "LOC"):
        scores[kind] = f1({s for s in gold if s[-1] == kind}, {s for s in found if s[-1] == kind})
    return scores


def names_re3d(gold: Path) -> dict[str, float]:
    """NER F1 on re3d dev from raw text: outermost mentions, exact offsets but for an opening "the".

    BBC rows are scored too (they are left out of training only); `ents` scores the names instead.
    """
    rows = [json.loads(line) for line in lines(gold / "language" / "re3d_dev.jsonl.gz")]
    spans: dict[str, Spans] = {"gold": set(), "mentions": set(), "ents": set()}
    for n, (row, doc) in enumerate(zip(rows, load().pipe(r["text"] for r in rows), strict=True)):
        spans["gold"].update(
            (n, *trim(row["text"], a, b), t) for a, b, t in outermost(row["entities"], RE3D_TYPES)
        )
        for layer, found in (("mentions", doc.spans["mentions"]), ("ents", doc.ents)):
            spans[layer].update((n, *trim(row["text"], e.start_char, e.end_char), e.label_) for e in found)
    scores = by_type(spans["gold"], spans["mentions"])
    return scores | {"names": f1(spans["gold"], spans["ents"])}


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Offsets without an opening "the" and without outer white space or a closing possessive."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if text[start:end].lower().startswith("the "):
        start += 4
    for tail in ("'s", "\u2019s"):
        if text[start:end].endswith(tail):
            end -= 2
    return start, end


def speed(gold: Path) -> dict[str, float]:
    """Words a second of the whole pipe on one thread, and against spaCy's tokenizer and sentencizer."""
    rows = [json.loads(line)["text"] for line in lines(gold / "sourcing" / "polnear_dev.jsonl.gz")][:40]
    plain = spacy.blank("en")
    plain.add_pipe("sentencizer")
    seconds, words = {}, 0
    for name, nlp in (("plain", plain), ("own", load())):
        list(nlp.pipe(rows[:2]))
        begun = time.perf_counter()
        docs: list[Doc] = list(nlp.pipe(rows))
        seconds[name] = time.perf_counter() - begun
        words = sum(not t.is_space for d in docs for t in d)
    return {"words/s": words / seconds["own"], "plain words/s": words / seconds["plain"],
            "ratio": seconds["plain"] / seconds["own"]}  # fmt: skip


def main() -> None:
    """Print every score as one line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, default=GOLD)
    parser.add_argument("--speed", action="store_true", help="measure speed only")
    parser.add_argument("--write", action="store_true", help="print the scores into the model card")
    given = parser.parse_args()
    table: dict[str, dict[str, float]] = {}
    if not given.speed:
        ewt = conllu(given.gold / "language" / "en_ewt-ud-dev.conllu.gz")
        gum = conllu(given.gold / "language" / "en_gum-ud-dev.conllu.gz")
        news = [d for d in gum if "_news_" in d.name]
        table["EWT dev, gold words"] = attachment(ewt)
        table["GUM news dev, gold words"] = attachment(news)
        table["GUM dev (all genres), gold words"] = attachment(gum)
        table["EWT dev, raw text"] = raw(ewt, True)
        table["GUM news dev, raw text"] = raw(news, True)
        table["GUM news dev, raw text, no paragraphs"] = raw(news, False)
        table["PolNeAR, 12 dev articles, raw text"] = borders_polnear(given.gold)
        table["NER UNER dev, held-out half"] = names_uner(given.gold)
        table["NER re3d dev, outermost mentions"] = names_re3d(given.gold)
    table["speed, one thread"] = speed(given.gold)
    report = [
        f"{name}: " + ", ".join(f"{k} {v:.3g}" if v < 1 else f"{k} {v:.1f}" for k, v in row.items())
        for name, row in table.items()
    ]
    print("\n".join(report))
    if given.write:
        into_card(MODELS / "parser" / "README.md", "scores", [f"- {line}" for line in report])


if __name__ == "__main__":
    main()
