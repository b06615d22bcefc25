"""The schema of every table, in one place, and how tables are written and read back."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrors
from pandera.typing import Series

from helpers.errors import ParallaxError

PARTS = ("headline", "standfirst", "heading", "lead", "body")
HARM_FORMS = ("active", "passive_agent", "passive_no_agent", "nominal", "intransitive")
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


class Table(pa.DataFrameModel):
    """What holds for every table: known columns only, in the order given here."""

    class Config:
        """Reject unknown columns and coerce to the declared types."""

        strict = True
        coerce = True
        ordered = True


class Articles(Table):
    """One article a row: what is known of it and its size after cleaning."""

    article_id: Series[str] = pa.Field(unique=True)
    title: Series[str]
    outlet: Series[str]
    published: Series[str] = pa.Field(str_matches=r"^(\d{4}(-\d{2}(-\d{2}.*)?)?)?$")
    url: Series[str]
    author: Series[str]
    credit: Series[str]
    language: Series[str]
    encoding: Series[str]
    file: Series[str]
    sha256: Series[str]
    characters: Series[int] = pa.Field(ge=0)
    words: Series[int] = pa.Field(ge=0)
    sentences: Series[int] = pa.Field(ge=0)
    removals: Series[int] = pa.Field(ge=0)
    text: Series[str]


class Removals(Table):
    """One span a row that cleaning took out; offsets are code points of the decoded raw file."""

    article_id: Series[str]
    start: Series[int] = pa.Field(ge=0)
    end: Series[int]
    reason: Series[str]
    text: Series[str]


class LeftOut(Table):
    """One file or row that could not be used, with the reason."""

    file: Series[str]
    article_id: Series[str]
    reason: Series[str]


class Finding(Table):
    """A finding with its evidence: `text == article.text[start:end]`, offsets in code points."""

    article_id: Series[str]
    sentence: Series[int] = pa.Field(ge=0)
    start: Series[int] = pa.Field(ge=0)
    end: Series[int] = pa.Field(gt=0)
    text: Series[str] = pa.Field(str_length={"min_value": 1})


class Sentences(Finding):
    """One sentence a row, with the part of the article it stands in."""

    part: Series[str] = pa.Field(isin=PARTS)
    words: Series[int] = pa.Field(ge=0)


class Mentions(Finding):
    """One mention of an actor a row."""

    label: Series[str] = pa.Field(isin=("PER", "ORG", "LOC"))
    actor: Series[str]
    form: Series[str] = pa.Field(isin=("name", "alias", "title", "description", "pronoun"))


class Attributions(Finding):
    """One attribution a row: `text` is the content, source and cue have offsets of their own."""

    attribution: Series[int] = pa.Field(ge=0)
    cue: Series[str]
    cue_start: Series[int]
    cue_end: Series[int]
    cue_lemma: Series[str]
    source: Series[str]
    source_start: Series[int] = pa.Field(ge=-1)
    source_end: Series[int] = pa.Field(ge=-1)
    form: Series[str] = pa.Field(isin=("direct", "mixed", "indirect"))
    verb_class: Series[str]
    stance: Series[str] = pa.Field(isin=("neutral", "assertive", "doubting", "acknowledging", "evaluative"))
    source_type: Series[str]
    naming: Series[str] = pa.Field(isin=("named", "unnamed", "collective", "vague", "none"))
    reference: Series[str] = pa.Field(isin=("name", "description", "pronoun", "none"))
    actor: Series[str]
    speaker: Series[str]
    group: Series[str]


class SourcingShare(Table):
    """One article a row: how much of it is attributed, in words and in sentences."""

    article_id: Series[str] = pa.Field(unique=True)
    attributions: Series[int] = pa.Field(ge=0)
    attributed_words: Series[int] = pa.Field(ge=0)
    words: Series[int] = pa.Field(ge=0)
    share: Series[float] = pa.Field(ge=0, le=1, nullable=True)
    low: Series[float] = pa.Field(nullable=True)
    high: Series[float] = pa.Field(nullable=True)
    attributed_sentences: Series[int] = pa.Field(ge=0)
    sentences: Series[int] = pa.Field(ge=0)
    sentence_share: Series[float] = pa.Field(ge=0, le=1, nullable=True)
    sentence_low: Series[float] = pa.Field(nullable=True)
    sentence_high: Series[float] = pa.Field(nullable=True)


class SourcingVoices(Table):
    """One article, grouping and value a row: attributions, quotations and words with shares and base."""

    article_id: Series[str]
    grouping: Series[str]
    value: Series[str]
    attributions: Series[int] = pa.Field(ge=1)
    quotations: Series[int] = pa.Field(ge=0)
    words: Series[int] = pa.Field(ge=0)
    base_attributions: Series[int] = pa.Field(ge=1)
    base_words: Series[int] = pa.Field(ge=0)
    share: Series[float] = pa.Field(ge=0, le=1)
    word_share: Series[float] = pa.Field(ge=0, le=1, nullable=True)
    low: Series[float] = pa.Field(nullable=True)
    high: Series[float] = pa.Field(nullable=True)


class SourcingSpeakers(Table):
    """One speaker of one article a row, in order of first speaking."""

    article_id: Series[str]
    speaker: Series[str] = pa.Field(str_length={"min_value": 1})
    group: Series[str]
    source_type: Series[str]
    naming: Series[str]
    attributions: Series[int] = pa.Field(ge=1)
    quotations: Series[int] = pa.Field(ge=0)
    words: Series[int] = pa.Field(ge=0)
    base_words: Series[int] = pa.Field(ge=0)
    word_share: Series[float] = pa.Field(ge=0, le=1, nullable=True)
    sentence: Series[int] = pa.Field(ge=0)
    start: Series[int] = pa.Field(ge=0)
    position: Series[float] = pa.Field(ge=0, le=1)


class SourcingConcentration(Table):
    """One article and measure a row: how its attributed words spread over its speakers."""

    article_id: Series[str]
    measure: Series[str] = pa.Field(isin=("gini", "shannon", "effective"))
    value: Series[float] = pa.Field(ge=0, nullable=True)
    low: Series[float] = pa.Field(nullable=True)
    high: Series[float] = pa.Field(nullable=True)
    sources: Series[int] = pa.Field(ge=1)
    words: Series[int] = pa.Field(ge=0)


class SourcingUnheard(Table):
    """One actor of one article a row who is spoken about there but never speaks."""

    article_id: Series[str]
    actor: Series[str]
    label: Series[str] = pa.Field(isin=("PER", "ORG", "LOC"))
    group: Series[str]
    mentions: Series[int] = pa.Field(ge=1)
    speaks_in: Series[int] = pa.Field(ge=0)
    sentence: Series[int] = pa.Field(ge=0)
    start: Series[int] = pa.Field(ge=0)


class BlameTies(Finding):
    """One blame tie a row: `text` is the sentence that carries it."""

    tie: Series[int] = pa.Field(ge=0)
    cue: Series[str]
    cue_start: Series[int]
    cue_end: Series[int]
    blamer: Series[str]
    blamer_start: Series[int] = pa.Field(ge=-1)
    blamer_end: Series[int] = pa.Field(ge=-1)
    target: Series[str]
    target_start: Series[int] = pa.Field(ge=-1)
    target_end: Series[int] = pa.Field(ge=-1)
    issue: Series[str]
    issue_start: Series[int] = pa.Field(ge=-1)
    issue_end: Series[int] = pa.Field(ge=-1)
    voice: Series[str] = pa.Field(isin=("explicit", "implicit"))
    own_voice: Series[bool]
    negated: Series[bool]
    blamer_actor: Series[str]
    target_actor: Series[str]


class HarmEvents(Finding):
    """One event of harm a row: `text` is the sentence; victim, number and agent are empty where no word names them."""

    event: Series[int] = pa.Field(ge=0)
    part: Series[str] = pa.Field(isin=PARTS)
    kind: Series[str]
    form: Series[str] = pa.Field(isin=HARM_FORMS)
    cue: Series[str]
    cue_start: Series[int]
    cue_end: Series[int]
    victim: Series[str]
    victim_start: Series[int] = pa.Field(ge=-1)
    victim_end: Series[int] = pa.Field(ge=-1)
    number: Series[str]
    number_start: Series[int] = pa.Field(ge=-1)
    number_end: Series[int] = pa.Field(ge=-1)
    agent: Series[str]
    agent_start: Series[int] = pa.Field(ge=-1)
    agent_end: Series[int] = pa.Field(ge=-1)
    victim_actor: Series[str]
    agent_actor: Series[str]


class Frames(Finding):
    """One sentence and frame a row, with the parts of its score; the chances of heads are NaN where none is used."""

    part: Series[str] = pa.Field(isin=PARTS)
    codebook: Series[str]
    frame: Series[str]
    score: Series[float] = pa.Field(ge=0, le=1)
    cue_score: Series[float] = pa.Field(ge=0, le=1)
    similarity: Series[float] = pa.Field(ge=-1, le=1)
    trained: Series[float] = pa.Field(ge=0, le=1, nullable=True)
    article_chance: Series[float] = pa.Field(ge=0, le=1, nullable=True)
    basis: Series[str]
    cues: Series[str]
    quoted: Series[bool]


class Portrayal(Finding):
    """One mention of an actor a row, with the tone of its sentence towards it and the chance of each tone."""

    part: Series[str] = pa.Field(isin=PARTS)
    actor: Series[str]
    form: Series[str] = pa.Field(isin=("name", "alias", "title", "description", "pronoun"))
    tone: Series[str] = pa.Field(isin=("negative", "neutral", "positive"))
    negative: Series[float] = pa.Field(ge=0, le=1)
    neutral: Series[float] = pa.Field(ge=0, le=1)
    positive: Series[float] = pa.Field(ge=0, le=1)
    quoted: Series[bool]


class Naming(Finding):
    """One name of an actor, place, act, group or event a row; `family` joins the spellings of one name."""

    referent: Series[str]
    kind: Series[str] = pa.Field(isin=("actor", "place", "group", "act", "event"))
    name: Series[str]
    family: Series[str]
    quoted: Series[bool]


class Wording(Finding):
    """One cue of wording a row, with its class; `weight` are its points for how loaded the sentence is."""

    cue: Series[str]
    kind: Series[str]
    group: Series[str] = pa.Field(
        isin=("loaded", "doubt", "intensifying", "hedging", "factive", "assertive", "plain")
    )
    weight: Series[float]
    quoted: Series[bool]


class WordingScores(Finding):
    """One sentence a row: how loaded it is, with the parts of the score and the words that added to it."""

    score: Series[float] = pa.Field(ge=0, le=1)
    points: Series[float]
    likeness: Series[float] = pa.Field(ge=-2, le=2)
    loaded: Series[bool]
    quoted: Series[bool]
    words: Series[str]


class Keyness(Table):
    """One article and word a row: how the article's use of it differs from the others'."""

    article_id: Series[str]
    word: Series[str] = pa.Field(str_length={"min_value": 1})
    count: Series[int] = pa.Field(ge=0)
    rest_count: Series[int] = pa.Field(ge=0)
    per_1000: Series[float] = pa.Field(ge=0)
    rest_per_1000: Series[float] = pa.Field(ge=0)
    words: Series[int] = pa.Field(ge=1)
    rest_words: Series[int] = pa.Field(ge=1)
    log_odds: Series[float]
    z: Series[float]
    g2: Series[float]
    log_ratio: Series[float]
    p: Series[float] = pa.Field(ge=0, le=1)
    p_corrected: Series[float] = pa.Field(ge=0, le=1)


class Readability(Table):
    """One measure of one part of an article a row; NaN where the measure is undefined."""

    article_id: Series[str]
    part: Series[str]
    measure: Series[str]
    value: Series[float] = pa.Field(nullable=True)
    low: Series[float] = pa.Field(nullable=True)
    high: Series[float] = pa.Field(nullable=True)
    sentences: Series[int] = pa.Field(ge=0)
    words: Series[int] = pa.Field(ge=0)
    textstat_value: Series[float] = pa.Field(nullable=True)
    textstat_sentences: Series[int] = pa.Field(ge=0)
    disagrees: Series[bool]


class Reuse(Table):
    """One shared passage a row, with its place in both articles."""

    article_a: Series[str]
    start_a: Series[int] = pa.Field(ge=0)
    end_a: Series[int]
    text_a: Series[str]
    article_b: Series[str]
    start_b: Series[int] = pa.Field(ge=0)
    end_b: Series[int]
    text_b: Series[str]
    similarity: Series[float] = pa.Field(ge=0, le=1)
    words: Series[int] = pa.Field(ge=0)


SCHEMAS: dict[str, type[Table]] = {
    "articles": Articles,
    "removals": Removals,
    "left_out": LeftOut,
    "sentences": Sentences,
    "mentions": Mentions,
    "attributions": Attributions,
    "sourcing_share": SourcingShare,
    "sourcing_voices": SourcingVoices,
    "sourcing_speakers": SourcingSpeakers,
    "sourcing_concentration": SourcingConcentration,
    "sourcing_unheard": SourcingUnheard,
    "blame_ties": BlameTies,
    "harm_events": HarmEvents,
    "frames": Frames,
    "portrayal": Portrayal,
    "naming": Naming,
    "wording": Wording,
    "wording_scores": WordingScores,
    "keyness": Keyness,
    "readability": Readability,
    "reuse": Reuse,
}

# Columns that carry a span of their own beside (start, end, text): name -> (start, end) columns.
SPANS = {"attributions": ("cue", "source"), "blame_ties": ("cue", "blamer", "target", "issue"),
         "harm_events": ("cue", "victim", "number", "agent")}  # fmt: skip


def make(name: str, rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """The rows as a checked table; raises ParallaxError naming the table and its first bad column and value."""
    schema = SCHEMAS[name]
    columns = list(schema.to_schema().columns)
    frame = pd.DataFrame(list(rows), columns=None)
    frame = frame.reindex(columns=columns) if frame.empty else frame[_ordered(frame, columns)]
    return check(name, frame)


def check(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """The table after its schema's check; all bad rows are looked for, the first is named."""
    try:
        return SCHEMAS[name].validate(frame, lazy=True)
    except SchemaErrors as error:
        cases = error.failure_cases
        first = cases.iloc[0]
        raise ParallaxError(
            f"table {name}: {len(cases)} value(s) break its schema, first in column "
            f"{first['column']!r}: {first['failure_case']!r} fails {first['check']}"
        ) from error


def check_offsets(name: str, frame: pd.DataFrame, texts: Mapping[str, str]) -> None:
    """Raise ParallaxError unless every span of the table is the article's text at its offsets."""
    spans = [("text", "start", "end"), *((s, f"{s}_start", f"{s}_end") for s in SPANS.get(name, ()))]
    for row in frame.to_dict("records"):
        for text, start, end in spans:
            expected = texts[row["article_id"]][row[start] : row[end]] if row[start] >= 0 else ""
            if row[text] != expected:
                raise ParallaxError(
                    f"table {name}, article {row['article_id']}: {text} {row[text]!r} is not the text "
                    f"at {row[start]}-{row[end]} ({expected!r})"
                )


def write(tables: Mapping[str, pd.DataFrame], folder: Path) -> None:
    """Write each table as `<name>.parquet` and `<name>.csv`, each under a temporary name first."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, frame in sorted(tables.items()):
        write_parquet(frame, folder / f"{name}.parquet")
        temporary = folder / f".{name}.csv.{os.getpid()}"
        safe_for_spreadsheets(frame).to_csv(temporary, index=False, lineterminator="\n")
        temporary.replace(folder / f"{name}.csv")


def write_parquet(frame: pd.DataFrame, path: Path) -> None:
    """Write one Parquet file so that it is either whole or absent."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    frame.to_parquet(temporary, index=False)
    temporary.replace(path)


def read(name: str, path: Path) -> pd.DataFrame:
    """One table from Parquet, checked on the way in."""
    return check(name, pd.read_parquet(path))


def safe_for_spreadsheets(frame: pd.DataFrame) -> pd.DataFrame:
    """The table with an apostrophe before any text a spreadsheet would run as a formula (OWASP CSV injection)."""
    text = [str(column) for column in frame if not pd.api.types.is_numeric_dtype(frame[column])]
    return frame.assign(**{column: frame[column].map(_defused) for column in text})


def _defused(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value


def _ordered(frame: pd.DataFrame, columns: list[str]) -> list[str]:
    """The schema's columns first, then any the schema does not know (which its check will name)."""
    return [c for c in columns if c in frame] + [str(c) for c in frame if c not in columns]
