"""Print how many cues of PolNeAR train the codebook of reporting verbs has a class for, and the most frequent it lacks.

python -m training.verb_coverage --gold ../shared/gold
"""

import re
from collections import Counter
from functools import lru_cache

from lemminflect import getLemma
from training.gold import arguments, articles

from helpers.codebook import ReportingVerbs, load_codebooks

SHOWN = 30
WORD = re.compile(r"[a-z]+(?:-[a-z]+)*|:", re.IGNORECASE)


@lru_cache(maxsize=100_000)
def lemmas(word: str) -> frozenset[str]:
    """The lemmas a word can have as verb or noun, and the word itself."""
    return frozenset({word, *getLemma(word, "VERB"), *getLemma(word, "NOUN")})


def classed(verbs: ReportingVerbs) -> frozenset[str]:
    """Every word the codebook has a class for."""
    groups = verbs.classes.values()
    return frozenset(word for group in groups for word in (*group.verbs, *group.nouns, *group.others))


def main() -> None:
    """Print the coverage and the words most often last in a cue without class."""
    known = classed(load_codebooks().verbs)
    total, missing = 0, Counter[str]()
    for row in articles(arguments(__doc__).gold, "polnear_train").values():
        for one in row["attributions"]:
            words = [w.lower() for a, b in one["cue"] for w in WORD.findall(row["text"][a:b])]
            total += 1
            if not any(lemmas(word) & known for word in words):
                missing[words[-1] if words else "(mark)"] += 1
    covered = total - missing.total()
    print(f"cues with a class: {covered:,} of {total:,} ({covered / total:.1%})")
    print("most frequent last words of cues without one:")
    print(", ".join(f"{word} {n}" for word, n in missing.most_common(SHOWN)))


if __name__ == "__main__":
    main()
