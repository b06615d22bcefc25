"""Score the typing and naming of sources on 150 sources of PolNeAR dev coded by hand (training/source_coding.md).

python -m training.source_score --gold ../shared/gold [--errors]

The annotated attributions are fed through the resolver, so that errors of extraction do not count here; no book of
actors is used. Items 1-75 served to mend rules; the headline is items 76-150.
"""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from spacy.tokens import Doc
from training.gold import arguments, articles, kappa, labels, parses, share

from helpers.codebook import Codebooks, load_codebooks
from helpers.language.actors import group_mentions
from helpers.lenses.attribution import Attribution
from helpers.lenses.sources import Resolver, Source

HALVES = (("items 76-150 (untouched)", range(76, 151)), ("items 1-75 (tuned on)", range(1, 76)))
SCHEMES = ("type", "naming")
UNTYPED = ("unknown", "none")


def annotated(doc: Doc, row: dict[str, Any]) -> Iterable[tuple[str, Attribution]]:
    """The annotated attributions of an article that have a source, in order of their sources."""
    for one in sorted(row["attributions"], key=lambda a: (a["source"] or a["cue"])[0]):
        start, end = (
            one["source"][0][0] if one["source"] else -1,
            one["source"][-1][1] if one["source"] else -1,
        )
        place = doc.char_span(start, end, alignment_mode="expand") if one["source"] else None
        cue = (
            doc.char_span(one["cue"][0][0], one["cue"][-1][1], alignment_mode="expand")
            if one["cue"]
            else None
        )
        if place is None or cue is None or not one["content"]:
            continue
        content = tuple((a, b) for a, b in one["content"])
        span = (cue.start_char, cue.end_char)
        yield one["id"], Attribution("annotated", span, cue.root.lemma_, (start, end), place.root.i, content)


def resolved(doc: Doc, row: dict[str, Any], books: Codebooks) -> dict[str, Source]:
    """What the resolver says of each annotated attribution."""
    resolver = Resolver(doc, group_mentions(doc, None, row["id"]), books.sources)
    return {key: resolver.resolve(one) for key, one in annotated(doc, row)}


def confusions(pairs: Iterable[tuple[str, str]]) -> str:
    """The codes that people and rules disagree on, most frequent first."""
    wrong = Counter(
        f"{a} taken for {b}: {n}" for (a, b), n in Counter(p for p in pairs if p[0] != p[1]).items()
    )
    return "; ".join(sorted(wrong, key=lambda text: (-int(text.rsplit(" ", 1)[1]), text))) or "none"


def coded(gold: Path) -> tuple[list[dict[str, str]], dict[str, Any], dict[str, dict[str, Source]]]:
    """The labels, the annotated articles they lie in, and what the resolver says of each of their attributions."""
    rows, known = labels("source_labels.csv"), articles(gold)
    used = {key: known[key] for key in sorted({row["article_id"] for row in rows})}
    docs, books = parses({key: row["text"] for key, row in used.items()}), load_codebooks()
    return rows, used, {key: resolved(docs[key], row, books) for key, row in used.items()}


def pairs_of(
    rows: Iterable[dict[str, str]], said: dict[str, dict[str, Source]], scheme: str
) -> list[tuple[str, str]]:
    """The code people gave and the code the rules give, of each row."""
    return [(row[scheme], code(said[row["article_id"]].get(row["attribution_id"]), scheme)) for row in rows]


def measured(gold: Path) -> Iterable[tuple[str, int, int]]:
    """Name, hits and cases of each figure on the untouched half."""
    rows, _, said = coded(gold)
    half = [row for row in rows if int(row["item"]) in HALVES[0][1]]
    kinds, names = pairs_of(half, said, "type"), pairs_of(half, said, "naming")
    given = [pair for pair in kinds if pair[1] not in UNTYPED]
    yield "type of source, accuracy", sum(a == b for a, b in kinds), len(kinds)
    yield "type of source, right where one is given", sum(a == b for a, b in given), len(given)
    yield "naming of source, accuracy", sum(a == b for a, b in names), len(names)


def main() -> None:
    """Print accuracy, kappa and confusions of both schemes on both halves."""
    given = arguments(__doc__)
    rows, used, said = coded(given.gold)
    for name, numbers in HALVES:
        print(f"\n{name}")
        half = [row for row in rows if int(row["item"]) in numbers]
        for scheme in SCHEMES:
            pairs = pairs_of(half, said, scheme)
            print(
                f"  {scheme}: accuracy {share(sum(a == b for a, b in pairs), len(pairs))}, kappa {kappa(pairs):.2f}"
            )
            if scheme == "type":
                typed = [(a, b) for a, b in pairs if b not in UNTYPED]
                print(f"    of those given a type: {share(sum(a == b for a, b in typed), len(typed))}")
            print(f"    {confusions(pairs)}")
            if given.errors and numbers.start == 1:
                for row, (a, b) in zip(half, pairs, strict=True):
                    if a != b:
                        print(f"    item {row['item']}: {a} taken for {b}: {words(used, row)}")


def code(source: Source | None, scheme: str) -> str:
    """The code of a source in one scheme, "none" when the attribution could not be placed."""
    if source is None:
        return "none"
    return source.source_type if scheme == "type" else source.naming


def words(used: dict[str, Any], row: dict[str, str]) -> str:
    """A source with the words around it."""
    one = next(a for a in used[row["article_id"]]["attributions"] if a["id"] == row["attribution_id"])
    start, end = one["source"][0][0], one["source"][-1][1]
    text = used[row["article_id"]]["text"]
    return f"...{text[max(0, start - 60) : start]}[{text[start:end]}]{text[end : end + 40]}...".replace(
        "\n", " "
    )


if __name__ == "__main__":
    main()
