"""The corpus: articles read, cleaned and checked, with every removal on record."""

from helpers.corpus.article import Article, Block, Corpus, LeftOut, Removal
from helpers.corpus.read import read_corpus

__all__ = ["Article", "Block", "Corpus", "LeftOut", "Removal", "read_corpus"]
