"""Reading a corpus: a folder or one file, in any of the forms articles come in."""

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from helpers.corpus import metadata, rows
from helpers.corpus.article import Article, Corpus, LeftOut
from helpers.corpus.clean import clean
from helpers.corpus.decode import ARCHIVES, LIMIT, LIMIT_MB, UnreadableError, decode
from helpers.corpus.markup import Markup, from_html, from_markdown
from helpers.corpus.tongue import other_language
from helpers.errors import ParallaxError

SIDECAR = "articles.csv"
CODEBOOKS = "codebooks"  # the YAML files of this folder are read by helpers.codebook
BOOKS = ("actors.yaml", "referents.yaml")  # read by helpers.language.actorbook and helpers.codebook_wording
ID_LENGTH = 80
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


@dataclass(frozen=True)
class Source:
    """One raw article as found: where, under which id, its markup, what is known of it, its bytes' hash."""

    file: str
    article_id: str
    markup: Markup
    encoding: str
    sha256: str
    known: Mapping[str, str] = field(default_factory=dict)


Found = Source | LeftOut


def read_corpus(path: Path) -> Corpus:
    """The articles of a folder or a single file, cleaned, and what was left out and why.

    Reads .txt, .md, .html, .htm, .jsonl and .csv; hidden files and symbolic links in a folder are passed
    over. `articles.csv` beside the files may hold metadata, keyed by `file` or `article_id`. What an analyst
    states there stands before a row's columns, and these before what the text says, except for the title,
    where the text's headline comes first. Raises ParallaxError when the path is missing
    or no article is left.
    """
    path = Path(path)
    if not path.exists():
        raise ParallaxError(f"{path}: no such file or folder: check the path")
    root = path if path.is_dir() else path.parent
    files = sorted(_files(path)) if path.is_dir() else [path]
    side = root / SIDECAR
    stated, problems = _sidecar(side) if side != path else (None, [])
    sidecar = stated or {}
    found: list[Found] = [*problems]
    for file in files:
        own = file in [root / book for book in BOOKS] or _is_codebook(file, root)
        if (stated is None or file != side) and not own:
            name = file.relative_to(root).as_posix()
            found += _read_file(file, name.encode("utf-8", "replace").decode("utf-8"))
    articles, left = _articles(found, sidecar)
    left += _unused(sidecar, found) if path.is_dir() else []
    left.sort(key=lambda row: (row.file, row.article_id, row.reason))
    if not articles:
        first = f": {left[0].file}: {left[0].reason}" if left else ""
        more = f" (and {len(left) - 1} more)" if len(left) > 1 else ""
        raise ParallaxError(f"{path.name or path}: no article could be read{first}{more}")
    return Corpus(tuple(articles), tuple(left))


def safe_id(name: str) -> str:
    """A name made safe for paths, tables and pages: letters, figures, dot, dash, underscore; 80 at most."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^A-Za-z0-9._-]+", "-", plain).strip("-._")[:ID_LENGTH].rstrip("-._")
    if not slug:
        return "article-" + hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:8]
    return f"article-{slug}" if _RESERVED.fullmatch(slug) else slug


def _is_codebook(file: Path, root: Path) -> bool:
    return file.parent == root / CODEBOOKS and file.suffix == ".yaml"


def _files(folder: Path) -> Iterator[Path]:
    for item in folder.iterdir():
        if item.name.startswith(".") or item.is_symlink():
            continue
        if item.is_dir():
            yield from _files(item)
        elif item.is_file():
            yield item


def _bytes(file: Path) -> bytes:
    try:
        size = file.stat().st_size
        if size > LIMIT:
            raise UnreadableError(
                f"{size / 1_000_000:.1f} MB, over the limit of {LIMIT_MB} MB a file: split it"
            )
        return file.read_bytes()
    except OSError as error:
        raise UnreadableError(f"the file cannot be read ({error.strerror}): check its permissions") from error


def _read_file(file: Path, name: str) -> list[Found]:
    """What one file holds; a problem with the whole file is one LeftOut."""
    kind = file.suffix.lower()
    try:
        if kind in ARCHIVES:
            raise UnreadableError("this is an archive: unpack it and give the files in it")
        if kind not in READERS:
            known = ", ".join(sorted(READERS))
            raise UnreadableError(f"files of kind {kind or '(no suffix)'} are not read: use one of {known}")
        data = _bytes(file)
        text, encoding = decode(data)
        return READERS[kind](name, file.stem, text, encoding, hashlib.sha256(data).hexdigest())
    except UnreadableError as error:
        return [LeftOut(name, "", str(error))]


def _one(markup: Markup | None, name: str, stem: str, encoding: str, sha256: str) -> list[Found]:
    if markup is None:
        raise UnreadableError(
            "no article text was found in this page: save the page again or give it as .txt"
        )
    return [Source(name, safe_id(stem), markup, encoding, sha256, markup.known)]


def _text(name: str, stem: str, text: str, encoding: str, sha256: str) -> list[Found]:
    return _one(Markup(text), name, stem, encoding, sha256)


def _markdown(name: str, stem: str, text: str, encoding: str, sha256: str) -> list[Found]:
    return _one(from_markdown(text), name, stem, encoding, sha256)


def _html(name: str, stem: str, text: str, encoding: str, sha256: str) -> list[Found]:
    return _one(from_html(text), name, stem, encoding, sha256)


def _table(parse: Callable[[str], Iterator[tuple[int, rows.Row | str]]], unit: str) -> "Reader":
    """A reader of many articles: each row stands or falls alone; its id is its column or stem and number."""

    def read(name: str, stem: str, text: str, encoding: str, sha256: str) -> list[Found]:
        found: list[Found] = []
        for number, row in parse(text):
            if isinstance(row, str):
                found.append(LeftOut(name, "", f"{unit} {number}: {row}"))
                continue
            article_id = safe_id(row["article_id"] or f"{stem}-{number}")
            if not row["text"].strip():
                found.append(
                    LeftOut(
                        name, article_id, f"{unit} {number}: the text is empty: fill it or take the row out"
                    )
                )
                continue
            known = {field: row[field] for field in metadata.FIELDS}
            row_hash = hashlib.sha256(row["text"].encode("utf-8", "surrogatepass")).hexdigest()
            found.append(Source(name, article_id, Markup(row["text"]), encoding, row_hash, known))
        if not found:
            raise UnreadableError("there is no row in this table: add articles or take the file out")
        return found

    return read


Reader = Callable[[str, str, str, str, str], list[Found]]
READERS: dict[str, Reader] = {
    ".txt": _text,
    ".md": _markdown,
    ".html": _html,
    ".htm": _html,
    ".jsonl": _table(rows.from_jsonl, "line"),
    ".csv": _table(rows.from_csv, "row"),
}


def _sidecar(file: Path) -> tuple[dict[str, dict[str, str]] | None, list[LeftOut]]:
    """Metadata by file and by id; None when there is no sidecar or it is itself a table of articles."""
    if file.is_symlink() or not file.is_file():
        return None, []
    try:
        text, _ = decode(_bytes(file))
        return rows.sidecar(text), []
    except UnreadableError as error:
        return {}, [LeftOut(file.name, "", str(error))]


def _unused(sidecar: Mapping[str, Mapping[str, str]], found: Iterable[Found]) -> list[LeftOut]:
    names = {name for item in found for name in (item.file, item.article_id)}
    cure = "names no file or article_id of this corpus: mend or delete the row"
    return [LeftOut(SIDECAR, safe_id(key), f"row {key!r} {cure}") for key in sidecar if key not in names]


def _articles(
    found: Iterable[Found], sidecar: Mapping[str, Mapping[str, str]]
) -> tuple[list[Article], list[LeftOut]]:
    articles: list[Article] = []
    left: list[LeftOut] = []
    owners: dict[str, str] = {}
    for item in found:
        if isinstance(item, LeftOut):
            left.append(item)
            continue
        key = item.article_id.casefold()
        if key in owners:
            reason = f"article_id {item.article_id!r} is used already in {owners[key]}: give it another"
            left.append(LeftOut(item.file, item.article_id, reason))
            continue
        owners[key] = item.file
        stated = sidecar.get(item.article_id) or sidecar.get(item.file) or {}
        known = {name: _plain(stated.get(name) or item.known.get(name, "")) for name in metadata.FIELDS}
        result, notes = _article(item, known)
        left += notes
        articles += [result] if result else []
    return sorted(articles, key=lambda article: article.article_id), left


def _plain(value: str) -> str:
    """A value of metadata on one line, without control characters."""
    return " ".join("".join(c for c in value if c.isprintable() or c.isspace()).split())


def _article(item: Source, known: Mapping[str, str]) -> tuple[Article | None, list[LeftOut]]:
    markup = item.markup
    done = clean(markup.raw, known["title"], markup.marks, markup.hints)
    if not done.text:
        return None, [LeftOut(item.file, item.article_id, "nothing is left after cleaning: check the file")]
    language, other = other_language(done.text)
    if other:
        return None, [LeftOut(item.file, item.article_id, other)]
    notes = []
    published = metadata.parse_date(known["published"])
    if known["published"].strip() and not published:
        reason = (
            f"published {known['published']!r} is no clear date: write it 2025-07-31 (the article is kept)"
        )
        notes.append(LeftOut(item.file, item.article_id, reason))
    article = Article(
        article_id=item.article_id,
        title=done.title or known["title"],
        text=done.text,
        outlet=known["outlet"] or done.outlet,
        published=published or done.published,
        url=known["url"],
        author=known["author"] or done.author,
        credit=done.credit,
        language=language,
        file=item.file,
        encoding=item.encoding,
        sha256=item.sha256,
        removed=done.removed,
        blocks=done.blocks,
    )
    return article, notes
