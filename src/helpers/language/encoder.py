"""The transformer behind the pipeline: word pieces, windows of words, one onnxruntime session."""

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from helpers.errors import ParallaxError

Floats = NDArray[np.float32]

MODELS = Path(__file__).resolve().parents[1] / "models"
LONGEST_WORD = 12
WINDOW = 192
LONGEST_WINDOW = 320
BATCH_PIECES = 400
ANCHOR = -1.0  # logit above which a word anchors an attribution
PLAIN = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2026": "..."})
CLOSING = frozenset("\"'”’)]")
ENDS = frozenset((".", "!", "?", "...", "…"))


@lru_cache(maxsize=100_000)
def case_shape(word: str) -> int:
    """A class from 1 to 11 for how a word is written (the encoder itself sees lower case only)."""
    tests = (
        (word.islower(), 1),
        (word.istitle(), 2 if len(word) > 1 else 3),
        (word.isupper(), 4 if word.isalpha() else 5),
        (word.isdigit(), 6),
        (any(c.isdigit() for c in word), 7),
        (not any(c.isalnum() for c in word), 8 if len(word) == 1 else 9),
        (word[:1].isupper(), 10),
    )
    return next((shape for true, shape in tests if true), 11)


@dataclass(frozen=True)
class Window:
    """Consecutive words given to the model at once: `block[i]` says that a block starts at word i."""

    first_word: int
    words: tuple[str, ...]
    block: tuple[bool, ...]


@dataclass(frozen=True)
class Labels:
    """The label sets of the shipped parser."""

    tags: tuple[str, ...]
    relations: tuple[str, ...]
    entities: tuple[str, ...]


class Session(Protocol):
    """What is used of an onnxruntime session."""

    def run(self, names: Sequence[str] | None, inputs: dict[str, Any]) -> list[Any]:
        """Run the graph."""
        ...


def model_file(*parts: str) -> Path:
    """A shipped model file; raises ParallaxError with the cure when the installation lacks it."""
    path = MODELS.joinpath(*parts)
    if not path.is_file():
        raise ParallaxError(
            f"model file {'/'.join(parts)} is missing from the installed package: install Parallax again"
        )
    return path


def open_session(path: Path) -> Session:
    """An onnxruntime session on one thread (PARALLAX_THREADS sets another number)."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    given = os.environ.get("PARALLAX_THREADS", "1")
    if not given.isdigit() or given == "0":
        raise ParallaxError(
            f"PARALLAX_THREADS is {given!r}: set it to a whole number from 1 on, or leave it out"
        )
    options.intra_op_num_threads = int(given)
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    session: Session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    return session


class Pieces:
    """Word pieces of single words, remembered up to a bound."""

    def __init__(self, path: Path) -> None:
        from tokenizers import Tokenizer

        self.tokenizer = Tokenizer.from_file(str(path))
        self.tokenizer.no_truncation()
        self.tokenizer.no_padding()
        vocabulary: dict[str, int] = self.tokenizer.get_vocab()
        self.cls, self.sep, self.unknown = (vocabulary[name] for name in ("[CLS]", "[SEP]", "[UNK]"))
        self._known: dict[str, tuple[int, ...]] = {}

    def __call__(self, word: str) -> tuple[int, ...]:
        """Ids of a word's pieces: at least one, at most LONGEST_WORD."""
        found = self._known.get(word)
        if found is None:
            if len(self._known) > 200_000:
                self._known.clear()
            ids = self.tokenizer.encode(word[:200].translate(PLAIN), add_special_tokens=False).ids
            found = self._known[word] = tuple(ids[:LONGEST_WORD]) or (self.unknown,)
        return found


def cut_windows(words: Sequence[str], block: Sequence[bool], sizes: Sequence[int]) -> Iterator[Window]:
    """Windows of whole blocks up to WINDOW pieces; a longer block is cut after a sentence end if any."""
    start = 0
    while start < len(words):
        end = window_end(words, block, sizes, start)
        yield Window(start, tuple(words[start:end]), tuple(block[start:end]))
        start = end


def window_end(words: Sequence[str], block: Sequence[bool], sizes: Sequence[int], start: int) -> int:
    """Where the window from word `start` ends: the last block border in reach, else the last sentence end."""
    total, at_block, at_sentence = 0, 0, 0
    for i in range(start, len(words)):
        if total >= WINDOW and (at_block or at_sentence):
            return at_block or at_sentence
        if total + sizes[i] > LONGEST_WINDOW:
            return at_block or at_sentence or i
        if i > start and block[i]:
            at_block = i
        elif i > start and ends_sentence(words, i):
            at_sentence = i
        total += sizes[i] + (1 if block[i] else 0)
    if total > WINDOW and (at_block or at_sentence):
        return at_block or at_sentence
    return len(words)


def ends_sentence(words: Sequence[str], i: int) -> bool:
    """Whether the words before word i look like the end of a sentence (only used to cut long blocks)."""
    before = i - 1
    while before > 0 and words[before] in CLOSING:
        before -= 1
    return words[before] in ENDS and not words[i][:1].islower() and words[i] not in CLOSING


def as_arrays(windows: Sequence[Window], pieces: Pieces) -> dict[str, NDArray[np.int64]]:
    """Windows as padded arrays: `ids`, `mask` (B, P) and `first`, `last`, `shape` (B, W)."""
    rows = []
    for window in windows:
        ids, first, last = [pieces.cls], list[int](), list[int]()
        for i, word in enumerate(window.words):
            if i and window.block[i]:
                ids.append(pieces.sep)
            first.append(len(ids))
            ids.extend(pieces(word))
            last.append(len(ids) - 1)
        rows.append(([*ids, pieces.sep], first, last, [case_shape(word) for word in window.words]))
    most_pieces, most_words = max(len(r[0]) for r in rows), max(len(r[1]) for r in rows)
    made = {name: np.zeros((len(rows), most_pieces), np.int64) for name in ("ids", "mask")}
    made |= {name: np.zeros((len(rows), most_words), np.int64) for name in ("first", "last", "shape")}
    for i, (ids, first, last, shape) in enumerate(rows):
        made["ids"][i, : len(ids)] = ids
        made["mask"][i, : len(ids)] = 1
        for name, values in (("first", first), ("last", last), ("shape", shape)):
            made[name][i, : len(values)] = values
    return made


class ParserModel:
    """The shipped joint model over windows of words."""

    outputs = (
        "tag",
        "start",
        "name",
        "mention",
        "arc_dependent",
        "arc_head",
        "root",
        "rel_dependent",
        "rel_head",
        "told",
        "anchor",
    )

    def __init__(self, folder: Path) -> None:
        given = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
        self.labels = Labels(tuple(given["tags"]), tuple(given["relations"]), tuple(given["entities"]))
        self.pieces = Pieces(folder / "tokenizer.json")
        self.relation_weight: Floats = np.load(folder / "relations.npy").astype(np.float32)
        self.session = open_session(folder / "parser.onnx")
        self.role_session = open_session(folder / "roles.onnx")

    def windows(self, words: Sequence[str], block: Sequence[bool]) -> list[Window]:
        """Cut one text's words into windows."""
        return list(cut_windows(words, block, [len(self.pieces(word)) for word in words]))

    def run(self, windows: Sequence[Window]) -> Iterator[tuple[int, dict[str, Floats]]]:
        """Yield (index of the window, outputs of its words), windows of like length together.

        Beside the outputs, `anchors` (N,) are the words on which an attribution hangs and `roles` (N, W, 4) the
        scores of every word for being nothing, source, cue and content to each.
        """
        lengths = [
            sum(len(self.pieces(w)) for w in window.words) + sum(window.block) + 1 for window in windows
        ]
        for batch in batches(lengths, BATCH_PIECES):
            arrays = as_arrays([windows[i] for i in batch], self.pieces)
            found = dict(zip(self.outputs, self.session.run(list(self.outputs), arrays), strict=True))
            sizes = np.array([len(windows[i].words) for i in batch])
            rows, anchors, roles = self.roles(found["told"], found["anchor"], sizes)
            for row, i in enumerate(batch):
                own = {name: found[name][row, : sizes[row]] for name in self.outputs if name != "told"}
                mine = rows == row
                yield i, own | {"anchors": anchors[mine], "roles": roles[mine, : sizes[row]]}

    def roles(
        self, told: Floats, anchor: Floats, sizes: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], Floats]:
        """Windows and words of the anchors in a batch, and the scores (N, W, 4) of the words around each."""
        inside = np.arange(told.shape[1])[None] < sizes[:, None]
        rows, anchors = ((anchor > ANCHOR) & inside).nonzero()
        if not len(rows):
            return rows, anchors, np.zeros((0, told.shape[1], 4), np.float32)
        given = {"told": told, "inside": inside.astype(np.int64), "rows": rows, "anchors": anchors}
        return rows, anchors, self.role_session.run(None, given)[0]


def batches(lengths: Sequence[int], budget: int) -> Iterator[list[int]]:
    """Indices in batches of like length, longest last, each padded batch within `budget` pieces."""
    batch: list[int] = []
    for i in sorted(range(len(lengths)), key=lambda k: (lengths[k], k)):
        if batch and (len(batch) + 1) * lengths[i] > budget:
            yield batch
            batch = []
        batch.append(i)
    if batch:
        yield batch


@lru_cache(maxsize=1)
def parser_model() -> ParserModel:
    """The shipped parser, loaded once a process."""
    return ParserModel(model_file("parser", "parser.onnx").parent)


@lru_cache(maxsize=1)
def model_digest() -> str:
    """A sha256 over the parser's files and this room's code, which decodes its scores: part of every cache key."""
    folder = model_file("parser", "labels.json").parent
    names = ("labels.json", "parser.onnx", "roles.onnx", "relations.npy", "tokenizer.json")
    digest = hashlib.sha256()
    for path in (*(folder / name for name in names), *sorted(Path(__file__).parent.glob("*.py"))):
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
