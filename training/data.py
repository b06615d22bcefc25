"""The training data: treebanks, named entities and silver, as sentences of words with the labels each has."""

import gzip
import os
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import spacy

GOLD = Path(os.environ.get("PARALLAX_GOLD", Path(__file__).parents[2] / "shared" / "gold"))
TITLES = frozenset(
    {
        "mr", "mrs", "ms", "miss", "dr", "prof", "professor", "president", "vice", "prime", "minister",
        "foreign", "defense", "defence", "secretary", "state", "king", "queen", "prince", "princess",
        "pope", "sir", "lord", "lady", "senator", "sen", "rep", "representative", "congressman",
        "congresswoman", "gov", "governor", "general", "gen", "lt", "col", "colonel", "maj", "major",
        "capt", "captain", "sgt", "staff", "chief", "chairman", "judge", "justice", "mayor",
        "ambassador", "imam", "sheikh", "shaikh", "sheik", "ayatollah", "rabbi", "rev", "reverend",
        "father", "st", "spc", "pfc", "cpl", "adm", "admiral", "former",
    }
)  # fmt: skip
GUM_TYPES = {"person": "PER", "organization": "ORG", "place": "LOC"}
RE3D_TYPES = {"Person": "PER", "Organisation": "ORG", "Location": "LOC"}
SILVER_TYPES = {"PERSON": "PER", "ORGANIZATION": "ORG", "LOCATION": "LOC"}
LINKS = {
    "ORG": {"of", "for", "and", "&", "the", "-"},
    "LOC": {"of", "-"},
    "PER": {"-", "van", "von", "bin", "al", "de"},
}
GUM_LEFT_OUT = frozenset({"essay", "letter", "podcast"})


@dataclass
class Attribution:
    """Source, cue and content as places of words in the document; only the source may be empty."""

    source: set[int]
    cue: set[int]
    content: set[int]

    @property
    def anchor(self) -> int:
        """The word the attribution hangs on: the first of the cue."""
        return min(self.cue)


@dataclass
class Sentence:
    """Words with the labels known for them; an empty list (or None) is a layer that is unknown.

    `place` numbers the words through the document; `attributions` are those anchored here.
    """

    words: list[str]
    tag: list[str] = field(default_factory=list)
    head: list[int] = field(default_factory=list)
    label: list[str] = field(default_factory=list)
    name: list[str] = field(default_factory=list)
    mention: list[str] = field(default_factory=list)
    block: bool = False
    borders: bool = True
    space: list[bool] = field(default_factory=list)
    plural: list[bool] = field(default_factory=list)
    entity: list[str] = field(default_factory=list)
    reference: list[str] = field(default_factory=list)
    place: list[int] = field(default_factory=list)
    attributions: list[Attribution] | None = None


@dataclass
class Document:
    """Consecutive sentences of one text."""

    name: str
    sentences: list[Sentence]


def lines(path: Path) -> Iterator[str]:
    """Lines of a gzipped UTF-8 text file without their line ends."""
    with gzip.open(path, "rt", encoding="utf-8") as source:
        for line in source:
            yield line.rstrip("\n")


def bio(size: int, spans: list[tuple[int, int, str]]) -> list[str]:
    """BIO tags of `size` words from spans (first, end-exclusive, type); earlier spans win."""
    tags = ["O"] * size
    for start, end, kind in spans:
        if all(tag == "O" for tag in tags[start:end]):
            tags[start:end] = ["B-" + kind] + ["I-" + kind] * (end - start - 1)
    return tags


def conllu(path: Path) -> list[Document]:
    """Documents of a treebank; GUM's `Entity=` becomes name tags (span of proper nouns, titles left out)."""
    documents: list[Document] = []
    rows: list[list[str]] = []
    block = entities = False
    for line in [*lines(path), ""]:
        if line.startswith("# newdoc"):
            documents.append(Document(line.split("=")[1].strip(), []))
            block = True
        elif line.startswith("# newpar") and not line.startswith("# newpar_block"):
            block = True
        elif line and not line.startswith("#"):
            rows.append(line.split("\t"))
            entities = entities or "Entity=" in line
        elif not line and rows:
            documents[-1].sentences.append(sentence(rows, block))
            rows, block = [], False
    for document in documents:
        if entities:
            add_names(document)
        for s in document.sentences:
            s.entity, s.plural = [], []
    return documents


def spaces(rows: list[list[str]]) -> list[bool]:
    """Whether a space follows each word; inside a multiword token none does."""
    inside: dict[int, bool] = {}
    for row in rows:
        if "-" in row[0]:
            first, last = map(int, row[0].split("-"))
            inside.update(dict.fromkeys(range(first, last), False))
            inside[last] = "SpaceAfter=No" not in row[9]
    words = [row for row in rows if row[0].isdigit()]
    return [inside.get(i, "SpaceAfter=No" not in row[9]) for i, row in enumerate(words, 1)]


def sentence(rows: list[list[str]], block: bool) -> Sentence:
    """One treebank sentence from its rows; empty nodes and multiword lines are not words."""
    words = [row for row in rows if row[0].isdigit()]
    return Sentence(
        words=[r[1] for r in words],
        tag=[r[3] for r in words],
        head=[int(r[6]) - 1 if r[6] != "0" else i for i, r in enumerate(words)],
        label=[r[7].lower() for r in words],
        block=block,
        space=spaces(rows),
        plural=["Number=Plur" in r[5] for r in words],
        entity=[next((p[7:] for p in r[9].split("|") if p.startswith("Entity=")), "") for r in words],
    )


def add_names(document: Document) -> None:
    """Fill the layers of names and of outermost referents of a GUM document from its nested entity brackets.

    Several people count as an organisation in the second, as in re3d.
    """
    for s in document.sentences:
        spans = entity_spans(s)
        names = {named for span in spans if (named := name_of(s, span))}
        s.name = bio(len(s.words), sorted(names, key=lambda n: (n[0] - n[1], n)))
        referents = {
            (a, b, "ORG" if kind == "PER" and s.plural[top(s, a, b)] else kind) for a, b, kind in spans
        }
        s.reference = bio(len(s.words), sorted(referents, key=lambda n: (n[0] - n[1], n)))


def entity_spans(s: Sentence) -> list[tuple[int, int, str]]:
    """Every mention of a person, organisation or place in a GUM sentence, nested ones too."""
    spans: list[tuple[int, int, str]] = []
    opened: dict[str, list[tuple[int, str]]] = {}
    for i, text in enumerate(s.entity):
        for event, key, kind in brackets(text):
            if event in "(*":
                opened.setdefault(key, []).append((i, kind))
            if event in ")*" and opened.get(key):
                start, found = opened[key].pop()
                if found in GUM_TYPES:
                    spans.append((start, i + 1, GUM_TYPES[found]))
    return spans


def top(s: Sentence, start: int, end: int) -> int:
    """The first word of a span whose head lies outside it."""
    return next(i for i in range(start, end) if not start <= s.head[i] < end or s.head[i] == i)


def brackets(text: str) -> Iterator[tuple[str, str, str]]:
    """Events of one `Entity=` value: ("(" opens, ")" closes, "*" both; entity id; type)."""
    position = 0
    while position < len(text):
        if text[position] == "(":
            end = position + 1
            while end < len(text) and text[end] not in "()":
                end += 1
            parts = text[position + 1 : end].split("-")
            closed = end < len(text) and text[end] == ")"
            yield ("*" if closed else "("), parts[0], parts[1] if len(parts) > 1 else ""
            position = end + closed
        else:
            end = text.index(")", position)
            yield ")", text[position:end], ""
            position = end + 1


def name_of(s: Sentence, span: tuple[int, int, str]) -> tuple[int, int, str] | None:
    """The proper name inside an entity span, or None when its head is no proper noun."""
    start, end, kind = span
    head = name_head(s, span)
    if head < 0 or (kind == "PER" and s.plural[head]):
        return None

    def inside(i: int) -> bool:
        if not start <= i < end or s.tag[i] != "PROPN":
            return False
        return kind != "PER" or i == head or s.label[i].split(":")[0] in ("flat", "compound", "punct")

    def grow(i: int, step: int) -> int:
        while True:
            if inside(i + step):
                i += step
            elif inside(i + 2 * step) and s.words[i + step].lower() in LINKS[kind]:
                i += 2 * step
            else:
                return i

    low, high = grow(head, -1), grow(head, 1)
    if kind == "PER":
        titles = [i for i in range(low, high + 1) if s.words[i].lower().rstrip(".") in TITLES]
        low = max([low - 1, *titles]) + 1
    return (low, high + 1, kind) if low <= high else None


def name_head(s: Sentence, span: tuple[int, int, str]) -> int:
    """The proper noun that heads an entity span (or is flat under a person's noun), -1 when there is none."""
    start, end, kind = span
    heads = [i for i in range(start, end) if not start <= s.head[i] < end or s.head[i] == i]
    if heads and kind == "PER" and s.tag[heads[0]] != "PROPN":
        later = range(heads[0] + 1, end)
        heads = [i for i in later if s.head[i] == heads[0] and s.label[i].startswith("flat")]
    return heads[0] if heads and s.tag[heads[0]] == "PROPN" else -1


def outermost(entities: list[list[object]], types: dict[str, str]) -> list[tuple[int, int, str]]:
    """Mentions of the given types that no other such mention holds, one type a span, longest first."""
    order = ["ORG", "LOC", "PER"]
    spans = sorted(
        {(int(str(a)), int(str(b)), types[str(t)]) for a, b, t in entities if str(t) in types},
        key=lambda x: (x[0] - x[1], x[0], order.index(x[2])),
    )
    kept: list[tuple[int, int, str]] = []
    for a, b, t in spans:
        if not any(c < b and a < d for c, d, _ in kept):
            kept.append((a, b, t))
    return sorted(kept)


def offsets(rows: Iterable[dict[str, Any]], types: dict[str, str], layer: str) -> list[Document]:
    """Documents of offset annotations: one unit a line of text, sentence borders unknown inside it.

    Rows have `id` and `text` and may have `entities` (for `layer`) and `attributions`.
    """
    nlp = spacy.blank("en")
    documents = []
    for row in rows:
        spans = outermost(row["entities"], types) if "entities" in row else None
        document = Document(row["id"], [])
        position = 0
        at: list[tuple[int, int]] = []
        for line in row["text"].split("\n"):
            words = [t for t in nlp.make_doc(line) if not t.is_space]
            if words:
                starts = [position + t.idx for t in words]
                ends = [position + t.idx + len(t) for t in words]
                unit = Sentence([t.text for t in words], block=True, borders=False)
                unit.space = [bool(t.whitespace_) for t in words]
                unit.place = list(range(len(at), len(at) + len(words)))
                at += zip(starts, ends, strict=True)
                if spans is not None:
                    setattr(unit, layer, bio(len(words), covered(spans, starts, ends)))
                document.sentences.append(unit)
            position += len(line) + 1
        if "attributions" in row:
            told = attributions_of(row["attributions"], at)
            for unit in document.sentences:
                unit.attributions = [one for one in told if unit.place[0] <= one.anchor <= unit.place[-1]]
        documents.append(document)
    return documents


def covered(
    spans: list[tuple[int, int, str]], starts: list[int], ends: list[int]
) -> list[tuple[int, int, str]]:
    """Spans of characters as spans of the words they touch."""
    inside = []
    for a, b, kind in spans:
        held = [i for i in range(len(starts)) if starts[i] < b and a < ends[i]]
        if held:
            inside.append((held[0], held[-1] + 1, kind))
    return inside


def attributions_of(rows: list[dict[str, list[list[int]]]], at: list[tuple[int, int]]) -> list[Attribution]:
    """Annotated offsets as words; `at` holds the offsets of every word of the document."""

    def words(spans: list[list[int]]) -> set[int]:
        return {i for i, (a, b) in enumerate(at) if any(a < end and start < b for start, end in spans)}

    made = [Attribution(words(r["source"]), words(r["cue"]), words(r["content"])) for r in rows]
    return [one for one in made if one.cue and one.content]


def uner(path: Path) -> list[Document]:
    """Documents of Universal NER (IOB2), cut where the name of the document in `sent_id` changes."""
    documents: list[Document] = []
    words: list[str] = []
    names: list[str] = []
    for line in [*lines(path), ""]:
        if line.startswith("# sent_id"):
            name = line.split("=")[1].strip().rpartition("-")[0]
            if not documents or documents[-1].name != name:
                documents.append(Document(name, []))
        elif line and not line.startswith("#"):
            parts = line.split("\t")
            words.append(parts[1])
            names.append(parts[2] if parts[2][2:] in ("PER", "ORG", "LOC") else "O")
        elif not line and words:
            documents[-1].sentences.append(Sentence(words, name=names, borders=False))
            words, names = [], []
    return documents


def shuffled_windows(
    documents: list[Document], pieces: "dict[str, int]", rng: random.Random, limit: int = 190
) -> list[list[Sentence]]:
    """Cut documents anew: half of them into single sentences, half into windows of random size."""
    made: list[list[Sentence]] = []
    for document in documents:
        single = rng.random() < (0.5 if document.sentences[0].attributions is None else 0.1)
        target = 0 if single else rng.randint(60, limit)
        window: list[Sentence] = []
        size = 0
        for s in document.sentences:
            own = sum(pieces[w] for w in s.words) + 1
            if window and (size + own > target or len(window) > 40):
                made.append(window)
                window, size = [], 0
                target = 0 if single else rng.randint(60, limit)
            window.append(s)
            size += own
        if window:
            made.append(window)
    return made
