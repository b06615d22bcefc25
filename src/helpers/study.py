"""Study: one corpus, its tables computed when asked for and kept on disk."""

import hashlib
import json
from collections.abc import Callable, Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from helpers import tables
from helpers.codebook import frame_files, load_codebooks, own_codebooks
from helpers.paths import PACKAGE, cache_folder

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from helpers.codebook import Codebooks
    from helpers.corpus import Article, Corpus
    from helpers.language.actorbook import ActorBook

Rows = list[dict[str, Any]]


class Study:
    """The articles of a folder or file and every table of findings about them.

    A table is computed when it is first asked for and kept as Parquet under a key made of the corpus's files,
    this package's files, seed and resamples; asked for again, also by another process, it is read. seed and
    resamples shape the intervals of table `readability`. `kept` is the folder for parses and tables; None takes
    PARALLAX_CACHE or else the user's cache folder. `codebooks` is a folder of one's own, empty for the folder of that
    name beside the articles if there is one; `wanted` names a shipped frame codebook to score beside the general ones.
    """

    def __init__(
        self,
        corpus: Path,
        *,
        seed: int = 1,
        resamples: int = 1000,
        kept: Path | None = None,
        codebooks: str = "",
        wanted: str = "",
    ) -> None:
        self.path = corpus
        self.own_codebooks = own_codebooks(corpus, codebooks)
        self.wanted = wanted
        self.seed = seed
        self.resamples = resamples
        self._kept = cache_folder(kept)
        self._made: dict[str, pd.DataFrame] = {}

    @cached_property
    def corpus(self) -> "Corpus":
        """The articles, cleaned, and what was left out."""
        from helpers.corpus import read_corpus

        return read_corpus(self.path)

    @cached_property
    def docs(self) -> "dict[str, Doc]":
        """The parse of every article by its id."""
        from helpers.language import parse

        return parse(self.corpus.articles, self._kept)

    @cached_property
    def codebooks(self) -> "Codebooks":
        """The codebooks of the lenses."""
        return load_codebooks(self.own_codebooks, frame_files(self.own_codebooks, self.wanted))

    @cached_property
    def actors(self) -> "ActorBook":
        """The book of actors: actors.yaml beside the articles, else the shipped one."""
        from helpers.language.actorbook import book_for

        return book_for(self.path)

    @property
    def groups(self) -> dict[str, str]:
        """The group of each actor of the book."""
        return {actor.name: actor.group for actor in self.actors.actors}

    def table(self, name: str) -> pd.DataFrame:
        """The table of that name (a key of `tables.SCHEMAS`), checked by its schema and by its offsets."""
        if name not in self._made:
            place = self._kept / "tables" / self._key / f"{name}.parquet"
            self._made[name] = self._read(name, place) if place.is_file() else self._compute(name, place)
        return self._made[name].copy()

    def __getattr__(self, name: str) -> pd.DataFrame:
        """Every table as an attribute: `study.sentences`."""
        if name in MAKERS:
            return self.table(name)
        raise AttributeError(name)

    @cached_property
    def _key(self) -> str:
        from helpers.lenses.framing_heads import own_heads

        heads = own_heads()
        own = [line for folder in (self.own_codebooks, heads) if folder for line in _hashes(folder)]
        files = frame_files(self.own_codebooks, self.wanted)
        parts = [*_hashes(self.path), *_hashes(PACKAGE), *own, *files, self.seed, self.resamples]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()

    def _read(self, name: str, place: Path) -> pd.DataFrame:
        try:
            return tables.read(name, place)
        except Exception:  # a damaged file of any kind only means computing again
            return self._compute(name, place)

    def _compute(self, name: str, place: Path) -> pd.DataFrame:
        frame = tables.make(name, MAKERS[name](self))
        if issubclass(tables.SCHEMAS[name], tables.Finding):
            tables.check_offsets(name, frame, {a.article_id: a.text for a in self.corpus.articles})
        try:
            tables.write_parquet(frame, place)
        except OSError:  # a folder that cannot be written only costs time
            return frame
        return frame

    def longest_sentences(self) -> pd.DataFrame:
        """The longest sentence of each article, the first of several; rows of table `sentences`."""
        ordered = self.table("sentences").sort_values(
            ["article_id", "words"], ascending=[True, False], kind="stable"
        )
        return ordered.groupby("article_id").head(1).reset_index(drop=True)

    def rows_of(self, name: str, article_id: str) -> Rows:
        """The rows of one article in a table, as a lens takes them."""
        frame = self.table(name)
        return [
            {str(k): v for k, v in row.items()}
            for row in frame[frame["article_id"] == article_id].to_dict("records")
        ]


def _hashes(path: Path) -> list[str]:
    """Name and sha256 of a file or of every file in a folder, hidden files and compiled code left out."""
    files = [path] if path.is_file() else sorted(p for p in path.rglob("*") if p.is_file())
    base = path.parent if path.is_file() else path
    names = [(file.relative_to(base), file) for file in files]
    return [
        f"{name.as_posix()} {hashlib.sha256(file.read_bytes()).hexdigest()}"
        for name, file in names
        if not any(part.startswith(".") or part == "__pycache__" for part in name.parts)
    ]


def _each(study: Study, lens: Callable[["Article"], Iterable[dict[str, Any]]]) -> Rows:
    return [row for article in study.corpus.articles for row in lens(article)]


def _sentences(study: Study) -> Rows:
    from helpers.lenses.rollup import count_words
    from helpers.lenses.spans import SentenceIndex

    def lens(article: "Article") -> Iterable[dict[str, Any]]:
        for number, (start, end) in enumerate(SentenceIndex(study.docs[article.article_id]).spans):
            text = article.text[start:end]
            yield {
                "article_id": article.article_id,
                "sentence": number,
                "start": start,
                "end": end,
                "text": text,
                "part": part_at(article, start),
                "words": count_words(text),
            }

    return _each(study, lens)


def part_at(article: "Article", offset: int) -> str:
    """The part of the article an offset lies in; the first block of the body is the lead."""
    bodies = [block for block in article.blocks if block.kind == "body"]
    for block in article.blocks:
        if block.start <= offset < block.end:
            return "lead" if bodies and block == bodies[0] else block.kind
    return "body"


def _articles(study: Study) -> Rows:
    sizes = study.table("sentences").groupby("article_id")["words"].agg(["sum", "size"])

    def lens(article: "Article") -> Iterable[dict[str, Any]]:
        fields = ("article_id", "title", "outlet", "published", "url", "author", "credit", "language", "encoding",
                  "file", "sha256", "text")  # fmt: skip
        words, sentences = sizes.loc[article.article_id] if article.article_id in sizes.index else (0, 0)
        yield {
            **{field: getattr(article, field) for field in fields},
            "characters": len(article.text),
            "words": words,
            "sentences": sentences,
            "removals": len(article.removed),
        }

    return _each(study, lens)


def _removals(study: Study) -> Rows:
    return [
        {"article_id": a.article_id, "start": r.start, "end": r.end, "reason": r.reason, "text": r.text}
        for a in study.corpus.articles
        for r in a.removed
    ]


def _left_out(study: Study) -> Rows:
    return [{"file": x.file, "article_id": x.article_id, "reason": x.reason} for x in study.corpus.left_out]


def _mentions(study: Study) -> Rows:
    from helpers.language.actors import across_articles, group_mentions

    book = study.actors
    return across_articles(
        _each(study, lambda a: group_mentions(study.docs[a.article_id], book, a.article_id)), book
    )


def _attributions(study: Study) -> Rows:
    from helpers.lenses.sourcing import attribution_rows

    return _each(
        study,
        lambda a: attribution_rows(
            a,
            study.docs[a.article_id],
            study.rows_of("mentions", a.article_id),
            study.codebooks,
            study.actors,
        ),
    )


def _sourcing(name: str) -> Callable[[Study], Rows]:
    """The maker of one of the tables that sum up the attributions."""

    def maker(study: Study) -> Rows:
        from helpers.lenses import voices

        said, draws = study.table("attributions"), (study.seed, study.resamples)
        frames: dict[str, Callable[[], pd.DataFrame]] = {
            "share": lambda: voices.attributed_share(said, study.table("sentences"), *draws),
            "voices": lambda: voices.voices(said, *draws),
            "speakers": lambda: voices.speakers(said, study.table("sentences")),
            "concentration": lambda: voices.concentrations(said, *draws),
            "unheard": lambda: voices.unheard(study.table("mentions"), said, study.groups),
        }
        return [{str(k): v for k, v in row.items()} for row in frames[name]().to_dict("records")]

    return maker


def _blame_ties(study: Study) -> Rows:
    from helpers.language import sentence_encoder
    from helpers.lenses.blame import blame_rows

    def lens(article: "Article") -> Rows:
        key = article.article_id
        given = study.rows_of("attributions", key), study.rows_of("mentions", key)
        return blame_rows(article, study.docs[key], *given, study.codebooks, sentence_encoder())

    return _each(study, lens)


def _harm_events(study: Study) -> Rows:
    from helpers.lenses.harm import harm_rows

    def lens(article: "Article") -> Rows:
        key = article.article_id
        rows = harm_rows(article, study.docs[key], study.rows_of("mentions", key), study.codebooks)
        return [{**row, "part": part_at(article, row["start"])} for row in rows]

    return _each(study, lens)


def _frames(study: Study) -> Rows:
    from helpers.language import sentence_encoder
    from helpers.lenses.framing import frame_rows

    def lens(article: "Article") -> Rows:
        key = article.article_id
        given = study.docs[key], study.rows_of("attributions", key), study.codebooks, sentence_encoder()
        return [{**row, "part": part_at(article, row["start"])} for row in frame_rows(article, *given)]

    return _each(study, lens)


def _portrayal(study: Study) -> Rows:
    from helpers.language.sentence import tone_model
    from helpers.lenses.portrayal import portrayal_rows

    def lens(article: "Article") -> Rows:
        key = article.article_id
        given = study.rows_of("mentions", key), study.rows_of("attributions", key), tone_model()
        rows = portrayal_rows(article, study.docs[key], *given)
        return [{**row, "part": part_at(article, row["start"])} for row in rows]

    return _each(study, lens)


def _naming(study: Study) -> Rows:
    from helpers.codebook_wording import referents_for
    from helpers.lenses.naming import naming_rows

    book = referents_for(study.path)

    def lens(article: "Article") -> Rows:
        key = article.article_id
        return naming_rows(article, study.docs[key], study.rows_of("mentions", key), book)

    return _each(study, lens)


def _wording(study: Study) -> Rows:
    from helpers.codebook_wording import wording_cues
    from helpers.lenses.wording import wording_rows

    book = wording_cues(study.own_codebooks)
    return _each(study, lambda a: wording_rows(a, study.docs[a.article_id], book))


def _wording_scores(study: Study) -> Rows:
    from helpers.codebook_wording import wording_cues
    from helpers.language import sentence_encoder
    from helpers.lenses.wording import score_rows

    book = wording_cues(study.own_codebooks)
    return _each(study, lambda a: score_rows(a, study.docs[a.article_id], book, sentence_encoder()))


def _keyness(study: Study) -> Rows:
    from helpers.lenses.keyness import keyness_rows

    return keyness_rows(study.docs)


def _readability(study: Study) -> Rows:
    from helpers.lenses.readability import readability_rows

    return _each(
        study,
        lambda a: readability_rows(a, study.docs[a.article_id], seed=study.seed, resamples=study.resamples),
    )


def _reuse(study: Study) -> Rows:
    from helpers.corpus.reuse import text_reuse

    return text_reuse(study.corpus.articles)


MAKERS: dict[str, Callable[[Study], Rows]] = {
    "articles": _articles,
    "removals": _removals,
    "left_out": _left_out,
    "sentences": _sentences,
    "mentions": _mentions,
    "attributions": _attributions,
    "sourcing_share": _sourcing("share"),
    "sourcing_voices": _sourcing("voices"),
    "sourcing_speakers": _sourcing("speakers"),
    "sourcing_concentration": _sourcing("concentration"),
    "sourcing_unheard": _sourcing("unheard"),
    "blame_ties": _blame_ties,
    "harm_events": _harm_events,
    "frames": _frames,
    "portrayal": _portrayal,
    "naming": _naming,
    "wording": _wording,
    "wording_scores": _wording_scores,
    "keyness": _keyness,
    "readability": _readability,
    "reuse": _reuse,
}


def prepare(corpus: Path, out: Path) -> None:
    """Compute every table of a corpus and write OUT/tables/ as Parquet and CSV, with `at_a_glance` and `in_short`."""
    from helpers.overview import at_a_glance, in_short

    study = Study(corpus)
    made = {name: study.table(name) for name in MAKERS}
    tables.write({**made, "at_a_glance": at_a_glance(study), "in_short": in_short(study)}, out / "tables")
