"""Keyness: which words set one article apart from the others, with effect size and corrected p."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.stats import chi2, false_discovery_control
from spacy.tokens import Doc, Token

Floats = npt.NDArray[np.float64]
PRIOR_WORDS = (
    500.0  # weight of the prior: as if so many words with the corpus's frequencies had been read before
)
OPEN_CLASS = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "ADV"})
HYPHENS = frozenset("-‐‑")
LEAST = 2  # a word must occur so often in the corpus to be tested


def log_odds(own: Floats, rest: Floats, prior: Floats) -> tuple[Floats, Floats]:
    """Log-odds ratio of each word with an informative Dirichlet prior, and its z score.

    own, rest, prior: counts (V,) of every word of the vocabulary in the article, the rest, and the prior (all > 0).
    Monroe, Colaresi & Quinn (2008), Fightin' words, Political Analysis 16(4), equations 16, 20 and 22.
    """
    a, b = own + prior, rest + prior
    delta = np.log(a / (a.sum() - a)) - np.log(b / (b.sum() - b))
    return delta, delta / np.sqrt(1 / a + 1 / b)


def log_likelihood(own: Floats, rest: Floats, own_total: float, rest_total: float) -> Floats:
    """G2 of each word: 2 sum O ln(O/E) over its counts in the article and in the rest (Rayson & Garside 2000).

    The words' own two cells only, as is usual in keyness; Dunning (1993) has all four. Signed: less than 0 where the
    article uses the word less than the rest does.
    """
    both = (own + rest) / (own_total + rest_total)
    value = np.zeros_like(own)
    for seen, total in ((own, own_total), (rest, rest_total)):
        expected = both * total
        value += np.where(seen > 0, seen * np.log(np.where(seen > 0, seen, 1) / expected), 0.0)
    signed: Floats = np.where(own / own_total >= rest / rest_total, 2 * value, -2 * value)
    return signed


def log_ratio(own: Floats, rest: Floats, own_total: float, rest_total: float) -> Floats:
    """Binary log of the ratio of relative frequencies; a count of 0 is taken as 0.5 (Hardie 2014)."""
    ratio: Floats = np.log2(
        np.where(own > 0, own, 0.5) / own_total / (np.where(rest > 0, rest, 0.5) / rest_total)
    )
    return ratio


def word_of(token: Token) -> str:
    """The word a token counts as: its lemma, names as printed, else in lower case; empty without a letter."""
    if not any(letter.isalpha() for letter in token.text):
        return ""
    return token.lemma_ if token.pos_ == "PROPN" else token.lemma_.lower()


def units(doc: Doc) -> Iterator[tuple[int, int, str]]:
    """The words of a text as (first token, token after its last, word); what hyphens join is one ("cease-fire")."""
    place = 0
    while place < len(doc):
        end = place + 1
        while end + 1 < len(doc) and doc[end].text in HYPHENS and _joined(doc, end):
            end += 2
        parts = [word_of(doc[i]) for i in range(place, end, 2)]
        if all(parts):
            yield place, end, "-".join(parts)
        place = end


def _joined(doc: Doc, hyphen: int) -> bool:
    """Whether no blank stands around a hyphen and a word follows it."""
    before, after = doc[hyphen - 1], doc[hyphen + 1]
    return (
        not before.whitespace_
        and not doc[hyphen].whitespace_
        and bool(word_of(before))
        and bool(word_of(after))
    )


def counted(doc: Doc) -> tuple[Counter[str], Counter[str]]:
    """How often each word stands in a text, and how often its last token is of an open class there."""
    counts: Counter[str] = Counter()
    content: Counter[str] = Counter()
    for _, end, word in units(doc):
        counts[word] += 1
        content[word] += doc[end - 1].pos_ in OPEN_CLASS
    return counts, content


def keyness_rows(docs: Mapping[str, Doc], prior_words: float = PRIOR_WORDS) -> list[dict[str, Any]]:
    """Rows of table `keyness`: each article against all others, the words that occur at least twice in the corpus.

    Lemmas that are mostly nouns, names, verbs, adjectives or adverbs; rates are per 1,000 words of all kinds. p is that
    of G2 with one degree of freedom, p_corrected after Benjamini & Hochberg (1995) within the article. Words come in
    bunches, which no such test knows, so p is too small: it ranks and does not prove. Without a second article no row.
    """
    read = {key: counted(doc) for key, doc in sorted(docs.items())}
    total: Counter[str] = sum((counts for counts, _ in read.values()), Counter())
    content: Counter[str] = sum((words for _, words in read.values()), Counter())
    vocabulary = sorted(total)
    tested = np.array([2 * content[word] > total[word] >= LEAST for word in vocabulary], dtype=bool)
    everything = np.array([total[word] for word in vocabulary], dtype=float)
    rows: list[dict[str, Any]] = []
    for key, (counts, _) in read.items():
        own = np.array([counts[word] for word in vocabulary], dtype=float)
        rest = everything - own
        if tested.any() and own.sum() and rest.sum():
            prior = everything * prior_words / everything.sum()
            rows += _rows(key, vocabulary, tested, own, rest, prior)
    return rows


def _rows(
    key: str, vocabulary: list[str], tested: npt.NDArray[np.bool_], own: Floats, rest: Floats, prior: Floats
) -> list[dict[str, Any]]:
    totals = float(own.sum()), float(rest.sum())
    delta, z = log_odds(own, rest, prior)
    g2, ratio = log_likelihood(own, rest, *totals), log_ratio(own, rest, *totals)
    p = chi2.sf(np.abs(g2[tested]), df=1)
    frame = pd.DataFrame(
        {
            "article_id": key,
            "word": np.array(vocabulary, dtype=object)[tested],
            "count": own[tested].astype(int),
            "rest_count": rest[tested].astype(int),
            "per_1000": 1000 * own[tested] / totals[0],
            "rest_per_1000": 1000 * rest[tested] / totals[1],
            "words": int(totals[0]),
            "rest_words": int(totals[1]),
            "log_odds": delta[tested],
            "z": z[tested],
            "g2": g2[tested],
            "log_ratio": ratio[tested],
            "p": p,
            "p_corrected": false_discovery_control(p),
        }
    )
    numbers = ["per_1000", "rest_per_1000", "log_odds", "z", "g2", "log_ratio", "p", "p_corrected"]
    frame[numbers] = frame[numbers].round(6)
    ordered = frame.sort_values(["z", "word"], ascending=[False, True], kind="stable")
    return [{str(k): v for k, v in row.items()} for row in ordered.to_dict("records")]


def top_words(keyness: pd.DataFrame, most: int = 8) -> pd.DataFrame:
    """Of each article the words it uses more than the rest do, highest z first, at least two uses."""
    more = keyness[(keyness["z"] > 0) & (keyness["count"] >= LEAST)]
    ordered = more.sort_values(["article_id", "z", "word"], ascending=[True, False, True], kind="stable")
    return ordered.groupby("article_id").head(most).reset_index(drop=True)
