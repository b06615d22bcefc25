"""How much blame and harm cost beside the parse alone, in processor time, in one run over the same articles.

python -m benchmarks.blame_ratio [CORPUS] [--rounds 3]
"""

import argparse
import statistics
import time
from pathlib import Path

from helpers.codebook import load_codebooks
from helpers.corpus import read_corpus
from helpers.language import load, sentence_encoder
from helpers.lenses.blame import blame_rows
from helpers.lenses.harm import harm_rows
from helpers.lenses.sourcing import attribution_rows


def main() -> None:
    """Print the median over rounds of seconds for parse, blame and harm, and the ratio of the last two to the first."""
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    given.add_argument("corpus", nargs="?", type=Path, default=Path("seeds"))
    given.add_argument("--rounds", type=int, default=3)
    options = given.parse_args()
    articles = read_corpus(options.corpus).articles
    books, pipeline, encoder = load_codebooks(), load(), sentence_encoder()
    spent: dict[str, list[float]] = {"parse": [], "blame": [], "harm": []}
    list(pipeline.pipe([a.text for a in articles]))
    for _ in range(options.rounds):
        at = time.process_time()
        docs = list(pipeline.pipe([a.text for a in articles]))
        spent["parse"].append(time.process_time() - at)
        said = [attribution_rows(a, d, [], books) for a, d in zip(articles, docs, strict=True)]
        at = time.process_time()
        for article, doc, rows in zip(articles, docs, said, strict=True):
            blame_rows(article, doc, rows, [], books, encoder)
        spent["blame"].append(time.process_time() - at)
        at = time.process_time()
        for article, doc in zip(articles, docs, strict=True):
            harm_rows(article, doc, [], books)
        spent["harm"].append(time.process_time() - at)
    middle = {name: statistics.median(values) for name, values in spent.items()}
    print(
        ", ".join(f"{name} {seconds:.2f} s" for name, seconds in middle.items()),
        f"({len(articles)} articles)",
    )
    print(f"blame and harm / parse: {(middle['blame'] + middle['harm']) / middle['parse']:.2f}")


if __name__ == "__main__":
    main()
