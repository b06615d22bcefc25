"""Finding words and phrases of a codebook in a parsed text, by lemma and part of speech, the longest first."""

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

from spacy.tokens import Doc, Token

from helpers.language.lemmas import lemma
from helpers.language.tokens import blank_english

TAGS = {
    "verbs": frozenset({"VERB", "AUX"}),
    "nouns": frozenset({"NOUN", "PROPN"}),
    "adjectives": frozenset({"ADJ"}),
    "adverbs": frozenset({"ADV"}),
}
ANY = frozenset({""})
What = TypeVar("What")


class Entry(NamedTuple, Generic[What]):
    """The words of one cue, the tags its one word may have (`ANY`: every tag), and what it stands for."""

    words: tuple[str, ...]
    tags: frozenset[str]
    what: What


class Hit(NamedTuple, Generic[What]):
    """A cue in a text: its first token, the one after its last, and what it stands for."""

    start: int
    end: int
    what: What


class CueIndex(Generic[What]):
    """Cues by their first word; `find` gives those of a Doc in order, none within another."""

    def __init__(self, cues: Iterable[tuple[str, str, What]]) -> None:
        """Each cue with its part of speech (a key of `TAGS`, else any) and what it stands for."""
        self._by_first: dict[str, list[Entry[What]]] = {}
        for cue, part, what in cues:
            words = words_of(cue)
            tags = TAGS.get(part, ANY) if len(words) == 1 else ANY
            self._by_first.setdefault(words[0], []).append(Entry(words, tags, what))
        for entries in self._by_first.values():
            entries.sort(key=lambda entry: -len(entry.words))

    def find(self, doc: Doc) -> Iterator[Hit[What]]:
        """The cues of a text, left to right."""
        keys = [keys_of(token) for token in doc]
        place = 0
        while place < len(doc):
            entry = self._at(doc, keys, place)
            if entry is None:
                place += 1
                continue
            yield Hit(place, place + len(entry.words), entry.what)
            place += len(entry.words)

    def _at(self, doc: Doc, keys: list[frozenset[str]], place: int) -> Entry[What] | None:
        held = [entry for key in keys[place] for entry in self._by_first.get(key, ())]
        fitting = [
            entry
            for entry in held
            if (entry.tags is ANY or doc[place].pos_ in entry.tags)
            and place + len(entry.words) <= len(doc)
            and all(word in keys[place + i] for i, word in enumerate(entry.words))
        ]
        return max(fitting, key=lambda entry: (len(entry.words), entry.words), default=None)


def keys_of(token: Token) -> frozenset[str]:
    """What a token can be found by: its form and its lemma, in lower case; capitals of a headline are no name."""
    return _keys(token.text, token.lemma_, token.pos_)


@lru_cache(maxsize=100_000)
def _keys(form: str, base: str, tag: str) -> frozenset[str]:
    found = {form.lower(), base.lower()}
    if tag == "PROPN":
        found.add(lemma(form.lower(), "NOUN"))
    return frozenset(found)


@lru_cache(maxsize=10_000)
def words_of(cue: str) -> tuple[str, ...]:
    """The words of a cue as the pipeline cuts them, in lower case: "cease-fire" is three."""
    return tuple(token.lower_ for token in _tokenizer()(cue) if not token.is_space)


@lru_cache(maxsize=1)
def _tokenizer() -> Callable[[str], Doc]:
    return blank_english().tokenizer
