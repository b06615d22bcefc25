"""Concordance lines (keyword in context) and collocations, by regular expression or by lemma, on any parsed corpus."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Literal

import numpy as np
import pandas as pd
from spacy.tokens import Doc

from helpers.errors import ParallaxError
from helpers.lenses.cues import CueIndex
from helpers.lenses.keyness import units
from helpers.lenses.spans import SentenceIndex, Span, quotations

By = Literal["lemma", "regex"]
LINES = ["article_id", "start", "end", "left", "match", "right", "quoted"]
PAIRS = ["word", "together", "node_count", "word_count", "log_dice", "mi", "t", "g2"]


def concordance(docs: Mapping[str, Doc], query: str, by: By = "lemma", width: int = 50) -> pd.DataFrame:
    """Every place where the query stands, a row a place: article_id, start, end, left, match, right, quoted.

    `by` "lemma": words found by form or lemma, several as a phrase; "regex": a regular expression, case aside, over
    the text. left and right hold `width` code points of the text around it; start and end are code points of the
    text. Raises ParallaxError when the query is empty or no regular expression.
    """
    places = _finder(query, by)
    rows = []
    for key, doc in sorted(docs.items()):
        speech = quotations(doc.text)
        for start, end in places(doc):
            rows.append(
                {
                    "article_id": key,
                    "start": start,
                    "end": end,
                    "left": doc.text[max(0, start - width) : start],
                    "match": doc.text[start:end],
                    "right": doc.text[end : end + width],
                    "quoted": any(a <= start and end <= b for a, b in speech),
                }
            )
    return pd.DataFrame(rows, columns=LINES)


def key_lines(docs: Mapping[str, Doc], words: pd.DataFrame, most: int = 3, width: int = 40) -> pd.DataFrame:
    """Concordance lines of words in their articles: of each row (article_id, word) the first `most` places.

    Columns: article_id, word, left, match, right.
    """
    found = [
        concordance({row["article_id"]: docs[row["article_id"]]}, row["word"], width=width)
        .head(most)
        .assign(word=row["word"])
        for row in words.to_dict("records")
    ]
    columns = ["article_id", "word", "left", "match", "right"]
    return pd.concat(found, ignore_index=True)[columns] if found else pd.DataFrame(columns=columns)


def _finder(query: str, by: By) -> Callable[[Doc], list[Span]]:
    """What gives the spans of a query in a Doc."""
    if not query.strip():
        raise ParallaxError("the query is empty: give a word, a phrase or a regular expression")
    if by == "regex":
        pattern = _compiled(query)
        return lambda doc: [m.span() for m in pattern.finditer(doc.text) if m.end() > m.start()]
    if by != "lemma":
        raise ParallaxError(f"by={by!r}: choose lemma or regex")
    index: CueIndex[str] = CueIndex([(query, "", query)])
    return lambda doc: [_span(doc, hit.start, hit.end) for hit in index.find(doc)]


def _compiled(query: str) -> re.Pattern[str]:
    try:
        return re.compile(query, re.IGNORECASE)
    except (re.error, OverflowError, RecursionError) as error:
        raise ParallaxError(
            f"query {query!r} is no regular expression ({error}): put \\ before signs meant as they are"
        ) from None


def _span(doc: Doc, start: int, end: int) -> Span:
    span = doc[start:end]
    return span.start_char, span.end_char


def collocations(
    docs: Mapping[str, Doc], query: str, by: By = "lemma", window: int = 5, least: int = 2
) -> pd.DataFrame:
    """The words that stand within `window` words of the query more than by chance, a row a word, by log-dice.

    Windows end with the sentence; a word near two places of the query counts once. Columns: word (lemma), together (O),
    node_count (places of the query, R), word_count (C), and with N words in all and E = R * C * 2 window / N:
    log_dice = 14 + log2(2 O / (R + C)) (Rychly 2008), mi = log2(O / E) (Church & Hanks 1990), t = (O - E) / sqrt(O)
    (Church et al. 1991), g2 over words in and out of the windows (Dunning 1993). Words met fewer than `least` times
    with the query are left out. Raises ParallaxError as `concordance` does, and for a window under 1.
    """
    if window < 1:
        raise ParallaxError(f"window={window}: give 1 or more words")
    places = _finder(query, by)
    near: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    nodes = 0
    for _, doc in sorted(docs.items()):
        words = [(doc[start].idx, doc[start:end].end_char, word) for start, end, word in units(doc)]
        counts.update(word for _, _, word in words)
        hits = places(doc)
        nodes += len(hits)
        near.update(words[i][2] for i in _around(words, hits, SentenceIndex(doc), window))
    total = sum(counts.values())
    pairs = [
        _pair(word, n, nodes, counts[word], total, window, sum(near.values())) for word, n in near.items()
    ]
    frame = pd.DataFrame([pair for pair in pairs if int(pair["together"]) >= least], columns=PAIRS)
    return frame.sort_values(["log_dice", "word"], ascending=[False, True], ignore_index=True)


def _around(
    words: list[tuple[int, int, str]], hits: list[Span], sentences: SentenceIndex, window: int
) -> list[int]:
    """Which words (start, end, word) stand within a window of some place in its sentence and are in none of them."""
    starts, ends = [word[0] for word in words], [word[1] for word in words]
    inside = [sentences.at(start) for start in starts]
    found: set[int] = set()
    held: set[int] = set()
    for start, end in hits:
        first, after = bisect_right(ends, start), bisect_left(starts, end)
        held |= set(range(first, after))
        here = sentences.at(start)
        found |= {i for i in range(max(0, first - window), first) if inside[i] == here}
        found |= {i for i in range(after, min(len(words), after + window)) if inside[i] == here}
    return sorted(found - held)


def _pair(
    word: str, together: int, nodes: int, count: int, total: int, window: int, near: int
) -> dict[str, str | int | float]:
    expected = nodes * count * 2 * window / total
    return {
        "word": word,
        "together": together,
        "node_count": nodes,
        "word_count": count,
        "log_dice": 14 + float(np.log2(2 * together / (nodes + count))),
        "mi": float(np.log2(together / expected)),
        "t": float((together - expected) / np.sqrt(together)),
        "g2": _g2(together, near - together, count - together, total - near - count + together),
    }


def _g2(*cells: int) -> float:
    """Log-likelihood ratio of a 2 x 2 table given as a, b, c, d (rows a b, c d)."""
    table = np.array(cells, dtype=float).reshape(2, 2)
    expected = np.outer(table.sum(axis=1), table.sum(axis=0)) / table.sum()
    filled = table > 0
    return float(2 * (table[filled] * np.log(table[filled] / expected[filled])).sum())
