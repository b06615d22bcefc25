"""Parsed texts on disk, keyed by the text, the model and the tokenizer, so that six notebooks parse once."""

import hashlib
import os
import tempfile
from pathlib import Path

from spacy.about import __version__ as spacy_version
from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

ATTRIBUTES = ("ORTH", "SPACY", "POS", "LEMMA", "HEAD", "DEP", "ENT_IOB", "ENT_TYPE")


def cache_file(folder: Path, text: str, model: str) -> Path:
    """Where the parse of a text by a model (its sha256) lies."""
    key = hashlib.sha256(f"{model}\n{spacy_version}\n{text}".encode("utf-8", "surrogatepass")).hexdigest()
    return folder / "parses" / f"{key}.spacy"


def load(path: Path, vocab: Vocab, text: str) -> Doc | None:
    """The parse kept in a file, or None when there is none or it is damaged."""
    try:
        docs = list(DocBin().from_bytes(path.read_bytes()).get_docs(vocab))
    except Exception:  # a damaged file of any kind only means parsing again
        return None
    return docs[0] if len(docs) == 1 and docs[0].text == text else None


def save(path: Path, doc: Doc) -> None:
    """Keep a parse, written under a temporary name and renamed; no error where nothing can be written."""
    data = DocBin(attrs=ATTRIBUTES, docs=[doc], store_user_data=False)
    data.store_user_data = False
    temporary = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".tmp")
        with os.fdopen(handle, "wb") as target:
            target.write(data.to_bytes())
        Path(temporary).replace(path)
    except OSError:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
