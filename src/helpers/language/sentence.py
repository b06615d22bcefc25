"""Vectors of sentences, and the tone of a sentence towards words in it: two small tops on one frozen trunk."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.special import softmax

from helpers.language.encoder import BATCH_PIECES, Floats, batches, model_file, open_session

LONGEST_TEXT = 256  # pieces
ROLES = ("target", "p", "q")  # what marked words may be: role i is number i + 1, 0 is any other word
TONES = ("negative", "neutral", "positive")
DIRECTIONS = ("neutral", "p positive to q", "q positive to p", "p negative to q", "q negative to p")


class Mark(NamedTuple):
    """Words of a text, as offsets in code points, and their role (a place in `ROLES`)."""

    start: int
    end: int
    role: int


class Marked(NamedTuple):
    """A text and the words in it that are asked about."""

    text: str
    marks: tuple[Mark, ...]


class States(NamedTuple):
    """Which texts a batch holds, and for each piece: real or padding, its state, its start and end in the text."""

    texts: list[int]
    mask: NDArray[np.int64]
    states: Floats
    offsets: NDArray[np.int64]


class Encoder(Protocol):
    """What turns texts into vectors: rows of unit length; hashable, so that its vectors can be remembered."""

    def encode(self, texts: list[str], /) -> Floats:
        """One row a text."""
        ...

    def __hash__(self) -> int:
        """Told apart from other encoders."""
        ...


class Trunk:
    """The embeddings and lower layers of all-MiniLM-L6-v2 over whole texts, at most `LONGEST_TEXT` pieces of each."""

    def __init__(self, model: Path, tokenizer: Path) -> None:
        from tokenizers import Tokenizer

        self.tokenizer = Tokenizer.from_file(str(tokenizer))
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(LONGEST_TEXT)
        self.session = open_session(model)

    def states(self, texts: Iterable[str]) -> Iterator[States]:
        """Texts of like length together, shortest first; each text in one batch."""
        rows = self.tokenizer.encode_batch(list(texts))
        for batch in batches([len(row.ids) for row in rows], BATCH_PIECES):
            width = max(len(rows[i].ids) for i in batch)
            ids, mask = np.zeros((2, len(batch), width), np.int64)
            offsets = np.zeros((len(batch), width, 2), np.int64)
            for row, i in enumerate(batch):
                size = len(rows[i].ids)
                ids[row, :size], mask[row, :size], offsets[row, :size] = rows[i].ids, 1, rows[i].offsets
            yield States(batch, mask, self.session.run(None, {"ids": ids, "mask": mask})[0], offsets)


class SentenceEncoder:
    """The frozen sentence encoder all-MiniLM-L6-v2 (mean pooling, unit norm), at most 256 pieces a text."""

    def __init__(self, trunk: Trunk, model: Path) -> None:
        self.trunk, self._session = trunk, open_session(model)

    def encode(self, texts: Iterable[str]) -> Floats:
        """Unit-norm rows float32 (n, 384), one a text in the order given."""
        given = list(texts)
        vectors = np.zeros((len(given), 384), np.float32)
        for batch in self.trunk.states(given):
            found = self._session.run(None, {"states": batch.states, "mask": batch.mask})
            vectors[batch.texts] = found[0]
        return vectors


class ToneModel:
    """Four layers on the trunk, taught on sentences with marked words: tone to a target, tone between two names."""

    def __init__(self, trunk: Trunk, model: Path) -> None:
        self.trunk, self._session = trunk, open_session(model)

    def portrayal(self, asked: Sequence[Marked]) -> Floats:
        """Chances (n, 3) of each of `TONES` towards the words marked "target"."""
        return self._judge(asked, 0)

    def directed(self, asked: Sequence[Marked]) -> Floats:
        """Chances (n, 5) of each of `DIRECTIONS` between the words marked "p" and "q"."""
        return self._judge(asked, 1)

    def _judge(self, asked: Sequence[Marked], head: int) -> Floats:
        cut = [cropped(one, self.trunk) for one in asked]
        texts = sorted({one.text for one in cut})
        found = np.zeros((len(cut), len((TONES, DIRECTIONS)[head])), np.float32)
        holders: dict[str, list[int]] = {}
        for i, one in enumerate(cut):
            holders.setdefault(one.text, []).append(i)
        for batch in self.trunk.states(texts):
            pairs = [(row, i) for row, text in enumerate(batch.texts) for i in holders[texts[text]]]
            step = max(1, BATCH_PIECES // batch.mask.shape[1])
            for at in range(0, len(pairs), step):
                rows, chosen = (list(column) for column in zip(*pairs[at : at + step], strict=True))
                roles = np.stack(
                    [roles_of(cut[i].marks, batch.offsets[row]) for row, i in pairs[at : at + step]]
                )
                given = {"states": batch.states[rows], "mask": batch.mask[rows], "roles": roles}
                found[chosen] = softmax(self._session.run(None, given)[head], axis=-1)
        return found


def roles_of(marks: Iterable[Mark], offsets: NDArray[np.int64]) -> NDArray[np.int64]:
    """The role of each piece (P,), from pieces' offsets (P, 2): 0, or 1 + a place in `ROLES`."""
    roles = np.zeros(len(offsets), np.int64)
    real = offsets[:, 0] < offsets[:, 1]
    for mark in marks:
        roles[real & (offsets[:, 0] < mark.end) & (offsets[:, 1] > mark.start)] = mark.role + 1
    return roles


def cropped(asked: Marked, trunk: Trunk) -> Marked:
    """The text unless it is longer than the trunk reads; then the part around the middle of the marks."""
    if len(asked.text) <= LONGEST_TEXT:
        return asked
    whole = trunk.tokenizer.encode(asked.text)
    offsets = [*whole.offsets[1:-1], *(pair for more in whole.overflowing for pair in more.offsets[1:-1])]
    room = LONGEST_TEXT - 2
    if len(offsets) <= room or not asked.marks:
        return asked
    middle = (min(mark.start for mark in asked.marks) + max(mark.end for mark in asked.marks)) // 2
    at = next((i for i, (_, end) in enumerate(offsets) if end > middle), len(offsets) - 1)
    first = min(max(0, at - room // 2), len(offsets) - room)
    start, end = offsets[first][0], offsets[first + room - 1][1]
    moved = (Mark(max(0, m.start - start), min(end, m.end) - start, m.role) for m in asked.marks)
    return Marked(asked.text[start:end], tuple(mark for mark in moved if mark.start < mark.end))


@lru_cache(maxsize=1)
def trunk() -> Trunk:
    """The shipped trunk, loaded once a process."""
    return Trunk(model_file("sentence", "trunk.onnx"), model_file("parser", "tokenizer.json"))


@lru_cache(maxsize=1)
def sentence_encoder() -> SentenceEncoder:
    """The shipped sentence encoder, loaded once a process."""
    return SentenceEncoder(trunk(), model_file("sentence", "sentence.onnx"))


@lru_cache(maxsize=1)
def tone_model() -> ToneModel:
    """The shipped tone model, loaded once a process."""
    return ToneModel(trunk(), model_file("tone", "tone.onnx"))
