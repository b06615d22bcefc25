"""Score the grouping of actors on fifteen articles of PolNeAR dev whose mentions were grouped by eye.

python -m training.actors_score --gold ../shared/gold [--errors]

`actor_labels.csv` holds every name, every pronoun of the third person and the definite descriptions of named actors by
article id and offsets, with the number of the actor; "-" marks a pronoun that stands for no named actor. Ten articles
served to mend rules; the five of FRESH were drawn and labelled afterwards, only to measure. No book of actors is used.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from training.gold import arguments, articles, labels, parses, share

from helpers.language.actors import group_mentions

NOBODY = "-"
FRESH = (
    "breitbart_2016-09-12_stealth-over-health-hillary-clin",
    "breitbart_2016-09-15_pat-caddell-democrat-voters-worr",
    "breitbart_2016-10-04_bill-clinton-calls-obamacare-cra",
    "politico_2016-09-17_de-blasio-says-chelsea-explosion",
    "west-journal_2016-09-15_retired-general-reveals-demorali",
)
Item = tuple[int, int]


@dataclass
class Counts:
    """Hits and cases of each figure, and the B-cubed sums."""

    hits: Counter[str] = field(default_factory=Counter)
    cases: Counter[str] = field(default_factory=Counter)
    precision: list[float] = field(default_factory=list)
    recall: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def count(self, name: str, hit: bool) -> None:
        """One case of a figure."""
        self.cases[name] += 1
        self.hits[name] += hit


def matched(gold: Iterable[Mapping[str, str]], found: list[dict[str, Any]]) -> dict[Item, str]:
    """Each labelled span with the actor of the mention that ends with it or overlaps it most, "" for none."""
    out = {}
    for row in gold:
        start, end = int(row["start"]), int(row["end"])
        over = [
            (min(end, m["end"]) - max(start, m["start"]), m)
            for m in found
            if m["start"] < end and start < m["end"]
        ]
        same = [(n, m) for n, m in over if (m["form"] == "pronoun") == (row["form"] == "pronoun")]
        out[start, end] = max(same, key=lambda pair: pair[0])[1]["actor"] if same else ""
    return out


def bcubed(gold: Mapping[Item, str], said: Mapping[Item, str], counts: Counts) -> None:
    """Add the B-cubed precision and recall of every item (Bagga & Baldwin 1998); an item not found stands alone."""
    for item, actor in gold.items():
        own = {i for i, a in said.items() if a and a == said[item]} or {item}
        true = {item} if actor == NOBODY else {i for i, a in gold.items() if a == actor}
        if said[item]:
            counts.precision.append(len(own & true) / len(own))
        if actor != NOBODY:
            counts.recall.append(len(own & true) / len(true))


def meaning(gold: Iterable[Mapping[str, str]], said: Mapping[Item, str]) -> dict[str, str]:
    """What each found actor stands for: the labelled actor of most of its names."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for row in gold:
        actor = said[int(row["start"]), int(row["end"])]
        if actor and row["form"] == "name":
            votes[actor][row["actor"]] += 1
    return {actor: max(sorted(c), key=c.__getitem__) for actor, c in votes.items()}


def score(rows: list[dict[str, str]], text: str, found: list[dict[str, Any]], counts: Counts) -> None:
    """Add one article."""
    said = matched(rows, found)
    stands_for = meaning(rows, said)
    bcubed({(int(r["start"]), int(r["end"])): r["actor"] for r in rows}, said, counts)
    for row in rows:
        start, end = int(row["start"]), int(row["end"])
        actor = said[start, end]
        right = bool(actor) and stands_for.get(actor) == row["actor"]
        if row["actor"] != NOBODY:
            counts.count(f"{row['form']}: right actor, of all", right)
        if actor:
            counts.count(f"{row['form']}: right actor, of those given one", right)
        if not right and not (row["actor"] == NOBODY and not actor):
            near = text[max(0, start - 60) : end + 30].replace("\n", " ")
            counts.errors.append(
                f"{row['form']:11} {text[start:end]!r} is {row['actor']}, given {actor!r}: ...{near}..."
            )


def scored(gold: Path, ids: Iterable[str]) -> Counts:
    """The counts of some of the labelled articles."""
    chosen, counts = sorted(ids), Counts()
    rows = labels("actor_labels.csv")
    texts = {key: row["text"] for key, row in articles(gold).items() if key in chosen}
    docs = parses(texts)
    for key in chosen:
        own = [row for row in rows if row["article_id"] == key]
        score(own, texts[key], group_mentions(docs[key], None, key), counts)
    return counts


def measured(gold: Path) -> Iterable[tuple[str, float, int]]:
    """Name, share and cases of each figure on the untouched articles."""
    counts = scored(gold, FRESH)
    for name, values in (("precision", counts.precision), ("recall", counts.recall)):
        yield f"grouping of actors, B-cubed {name}", sum(values) / len(values), len(values)
    for name in ("all", "those given one"):
        figure = f"pronoun: right actor, of {name}"
        yield (
            f"pronouns with the right actor, of {name}",
            counts.hits[figure] / counts.cases[figure],
            counts.cases[figure],
        )


def main() -> None:
    """Print precision, recall and accuracy for the untouched and the other articles."""
    given = arguments(__doc__)
    used = {row["article_id"] for row in labels("actor_labels.csv")} - set(FRESH)
    for name, half in (("five articles (untouched)", set(FRESH)), ("ten articles (tuned on)", used)):
        counts = scored(given.gold, half)
        p, r = (sum(values) / len(values) for values in (counts.precision, counts.recall))
        print(f"\n{name}\n  B-cubed precision {p:.3f} recall {r:.3f} F1 {2 * p * r / (p + r):.3f}")
        for figure in sorted(counts.cases):
            print(f"  {figure:45} {share(counts.hits[figure], counts.cases[figure])}")
        if given.errors and half is used:
            print(*counts.errors, sep="\n")


if __name__ == "__main__":
    main()
