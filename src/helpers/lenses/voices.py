"""Measures of sourcing from the table `attributions`: shares with base and interval, speakers, who is not heard."""

from collections.abc import Collection, Mapping

import pandas as pd

from helpers.codebook import STANCES
from helpers.lenses.concentration import effective_number, gini, shannon, spread
from helpers.lenses.rollup import REPLICATES, bootstrap_ratio, count_words, word_starts

SHARE = ("article_id", "attributions", "attributed_words", "words", "share", "low", "high",
         "attributed_sentences", "sentences", "sentence_share", "sentence_low", "sentence_high")  # fmt: skip
VOICES = ("article_id", "grouping", "value", "attributions", "quotations", "words", "base_attributions",
          "base_words", "share", "word_share", "low", "high")  # fmt: skip
SPEAKERS = ("article_id", "speaker", "group", "source_type", "naming", "attributions", "quotations", "words",
            "base_words", "word_share", "sentence", "start", "position")  # fmt: skip
CONCENTRATION = ("article_id", "measure", "value", "low", "high", "sources", "words")
UNHEARD = ("article_id", "actor", "label", "group", "mentions", "speaks_in", "sentence", "start")
GROUPINGS = ("source_type", "naming", "verb_class", "stance", "form", "actor", "speaker", "group")
MEASURES = {"gini": gini, "shannon": shannon, "effective": effective_number}
OTHERS = "other sources"
ARTICLE = "the article itself"
NOBODY = "no source"


def attributed_share(
    attributions: pd.DataFrame, sentences: pd.DataFrame, seed: int = 1, resamples: int = REPLICATES
) -> pd.DataFrame:
    """Per article the share of words and of sentences inside attributions, with 95% bootstrap intervals.

    The columns are those of `SHARE`; sentences are resampled. An article without words has NaN.
    """
    out = []
    for article_id, group in sentences.groupby("article_id", sort=True):
        own = attributions[attributions["article_id"] == article_id]
        held = {at for row in own.to_dict("records") for at in word_starts(row["text"], row["start"])}
        starts = [word_starts(row["text"], row["start"]) for row in group.to_dict("records")]
        attributed = [len(held & set(words)) for words in starts]
        words = [len(words) for words in starts]
        touched = [float(n > 0) for n in attributed]
        by_words = bootstrap_ratio(attributed, words, seed, resamples)
        by_sentences = bootstrap_ratio(touched, [1.0] * len(words), seed, resamples)
        counts = (
            len(own),
            sum(attributed),
            sum(words),
            *by_words,
            int(sum(touched)),
            len(words),
            *by_sentences,
        )
        out.append(dict(zip(SHARE, (article_id, *counts), strict=True)))
    return pd.DataFrame(out, columns=list(SHARE))


def counted(attributions: pd.DataFrame) -> pd.DataFrame:
    """The attributions with their words, and whether they quote."""
    words = [count_words(text) for text in attributions["text"]]
    return attributions.assign(
        words=words, quotations=attributions["form"].isin(["direct", "mixed"]).astype(int)
    )


def voice_by(
    attributions: pd.DataFrame, column: str, seed: int = 1, resamples: int = REPLICATES
) -> pd.DataFrame:
    """Per article and value of `column` (one of `GROUPINGS`): attributions, words and quotations, shares and base.

    Columns: article_id, <column>, and those of `VOICES` after them; low and high are the 95% interval of
    word_share, from a bootstrap over the sentences that hold attributions.
    """
    if column not in GROUPINGS:
        raise ValueError(f"column must be one of {', '.join(GROUPINGS)}, not {column!r}")
    table, out = counted(attributions), []
    for article_id, own in table.groupby("article_id", sort=True):
        sentences = own.groupby("sentence")["words"].sum()
        for value, part in own.groupby(column, sort=True):
            words = part.groupby("sentence")["words"].sum().reindex(sentences.index, fill_value=0)
            ratio = bootstrap_ratio(words.to_list(), sentences.to_list(), seed, resamples)
            counts = (len(part), int(part["quotations"].sum()), int(part["words"].sum()))
            base = (len(own), int(own["words"].sum()))
            out.append((article_id, value, *counts, *base, len(part) / len(own), *ratio))
    return pd.DataFrame(out, columns=["article_id", column, *VOICES[3:]])


def voices(attributions: pd.DataFrame, seed: int = 1, resamples: int = REPLICATES) -> pd.DataFrame:
    """`voice_by` for every grouping, one below the other: columns `VOICES`; an empty one by `shown`."""
    parts = [
        voice_by(attributions, name, seed, resamples).rename(columns={name: "value"}).assign(grouping=name)
        for name in GROUPINGS
    ]
    found = pd.concat(parts, ignore_index=True)[list(VOICES)]
    return found.assign(value=[shown(g, v) for g, v in zip(found["grouping"], found["value"], strict=True)])


def shown(grouping: str, value: str) -> str:
    """How a value reads where it may be empty."""
    return value or (OTHERS if grouping == "group" else NOBODY)


def speakers(attributions: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Every speaker of every article: what it is, its words and quotations, and where it first speaks.

    Columns `SPEAKERS`, in order of first speaking; `position` runs from 0 (first sentence) to 1 (last). Attributions
    without a source count in base_words only.
    """
    last = sentences.groupby("article_id")["sentence"].max()
    table, out = counted(attributions), []
    for article_id, own in table.groupby("article_id", sort=True):
        for speaker, part in own[own["speaker"] != ""].groupby("speaker", sort=True):
            first = part.sort_values(["start", "attribution"]).iloc[0]
            words, base = int(part["words"].sum()), int(own["words"].sum())
            known = [first[name] for name in ("group", "source_type", "naming")]
            counts = (
                len(part),
                int(part["quotations"].sum()),
                words,
                base,
                words / base if base else float("nan"),
            )
            position = first["sentence"] / max(1, int(last[article_id]))
            out.append((article_id, speaker, *known, *counts, first["sentence"], first["start"], position))
    found = pd.DataFrame(out, columns=list(SPEAKERS))
    return found.sort_values(["article_id", "start", "speaker"], ignore_index=True)


def concentrations(attributions: pd.DataFrame, seed: int = 1, resamples: int = REPLICATES) -> pd.DataFrame:
    """How the attributed words of each article spread over its speakers: Gini, Shannon, effective number.

    Columns `CONCENTRATION`; 95% bootstrap over the sentences that hold attributions with a source.
    """
    table, out = counted(attributions), []
    for article_id, own in table[table["speaker"] != ""].groupby("article_id", sort=True):
        by_sentence = own.pivot_table(
            index="sentence", columns="speaker", values="words", aggfunc="sum", fill_value=0
        )
        for name, measure in MEASURES.items():
            value = spread(by_sentence.to_numpy(dtype=float), measure, seed, resamples)
            out.append((article_id, name, *value, by_sentence.shape[1], int(own["words"].sum())))
    return pd.DataFrame(out, columns=list(CONCENTRATION))


def unheard(mentions: pd.DataFrame, attributions: pd.DataFrame, groups: Mapping[str, str]) -> pd.DataFrame:
    """Who is spoken about but never speaks in an article: persons, organisations, and places that speak elsewhere.

    Columns `UNHEARD`, most mentioned first; `speaks_in` counts the articles of the corpus where the actor is a source,
    sentence and start place its first mention. `groups` maps actors to groups.
    """
    talking = attributions[attributions["actor"] != ""]
    heard = set(zip(talking["article_id"], talking["actor"], strict=True))
    elsewhere = talking.groupby("actor")["article_id"].nunique()
    out = []
    for (article_id, actor), own in mentions.groupby(["article_id", "actor"], sort=True):
        label, speaks_in = own["label"].iloc[0], int(elsewhere.get(actor, 0))
        if (article_id, actor) in heard or (label == "LOC" and not speaks_in):
            continue
        first = own.sort_values("start").iloc[0]
        place = (int(first["sentence"]), int(first["start"]))
        out.append((article_id, actor, label, groups.get(str(actor), ""), len(own), speaks_in, *place))
    found = pd.DataFrame(out, columns=list(UNHEARD))
    return found.sort_values(
        ["article_id", "mentions", "actor"], ascending=[True, False, True], ignore_index=True
    )


def share_of(
    attributions: pd.DataFrame,
    column: str,
    values: Collection[str],
    seed: int = 1,
    resamples: int = REPLICATES,
) -> pd.DataFrame:
    """Per article the share of attributed words whose `column` has one of these values, with 95% interval and base.

    Columns: article_id, attributions, words, base_words, share, low, high; sentences are resampled.
    """
    table, out = counted(attributions), []
    for article_id, own in table.groupby("article_id", sort=True):
        hit = own[own[column].isin(values)]
        base = own.groupby("sentence")["words"].sum()
        part = hit.groupby("sentence")["words"].sum().reindex(base.index, fill_value=0)
        ratio = bootstrap_ratio(part.to_list(), base.to_list(), seed, resamples)
        out.append((article_id, len(hit), int(part.sum()), int(base.sum()), *ratio))
    columns = ["article_id", "attributions", "words", "base_words", "share", "low", "high"]
    return pd.DataFrame(out, columns=columns)


def balance(
    attributions: pd.DataFrame, first: str, second: str, seed: int = 1, resamples: int = REPLICATES
) -> pd.DataFrame:
    """Per article the words of one group among those of two: 0.5 is even; no row where neither speaks."""
    both = attributions[attributions["group"].isin([first, second])]
    return share_of(both, "group", [first], seed, resamples)


def loudest(attributions: pd.DataFrame, first: str = "", second: str = "") -> tuple[str, str]:
    """The two groups to weigh against each other: those named, else the groups with most words."""
    words = counted(attributions[attributions["group"] != ""]).groupby("group")["words"].sum()
    order = sorted(words.index, key=lambda name: (-words[name], name))
    chosen = [name for name in (first, second) if name]
    chosen += [name for name in order if name not in chosen][: 2 - len(chosen)]
    one, two = [*chosen, "", ""][:2]
    return one, two


def stance_by(
    attributions: pd.DataFrame, column: str = "group", seed: int = 1, resamples: int = REPLICATES
) -> pd.DataFrame:
    """The stance of the reporting verbs by value of `column`, all articles together, other sources last.

    Columns: <column>, stance, attributions, base, share, low, high (95% bootstrap over attributions).
    """
    out = []
    for value, own in attributions.groupby(column, sort=True):
        for stance in (name for name in STANCES if name in set(own["stance"])):
            hits = (own["stance"] == stance).astype(float).to_list()
            ratio = bootstrap_ratio(hits, [1.0] * len(own), seed, resamples)
            out.append((shown(column, str(value)), stance, int(sum(hits)), len(own), *ratio))
    found = pd.DataFrame(out, columns=[column, "stance", "attributions", "base", "share", "low", "high"])
    rest = found[column].isin([OTHERS, NOBODY])
    return pd.concat([found[~rest], found[rest]], ignore_index=True)


def sentence_voices(attributions: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Whose words fill each sentence: the group with most of its attributed words, else the article itself.

    Columns: article_id, sentence, left, right (share of the article's words before and through it), voice.
    """
    out = []
    for article_id, group in sentences.groupby("article_id", sort=True):
        own = attributions[attributions["article_id"] == article_id].to_dict("records")
        held = [(set(word_starts(r["text"], r["start"])), r["group"] or OTHERS) for r in own]
        total, done = max(1, int(group["words"].sum())), 0
        for row in group.sort_values("sentence").to_dict("records"):
            words = set(word_starts(row["text"], row["start"]))
            counts: dict[str, int] = {}
            for starts, name in held:
                counts[name] = counts.get(name, 0) + len(words & starts)
            best = max(sorted(counts), key=counts.__getitem__, default=ARTICLE)
            voice = best if counts.get(best) else ARTICLE
            out.append((article_id, row["sentence"], done / total, (done + row["words"]) / total, voice))
            done += row["words"]
    return pd.DataFrame(out, columns=["article_id", "sentence", "left", "right", "voice"])


def wide(voices: pd.DataFrame, grouping: str, column: str = "words") -> pd.DataFrame:
    """One row an article, one column a value of the grouping, 0 where it does not occur.

    The value with most words comes first, the rest (other sources, no source) last.
    """
    own = voices[voices["grouping"] == grouping]
    words = own.groupby("value")["words"].sum()
    order = sorted(words.index, key=lambda value: (value in (OTHERS, NOBODY), -words[value], value))
    found = own.pivot(index="article_id", columns="value", values=column).fillna(0)[order]
    return found.rename_axis(columns=None)


def in_context(attributions: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """The attributions with `text` and `start` grown to hold source, cue and content, for showing as evidence."""
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    rows = []
    for row in attributions.to_dict("records"):
        starts = [row[name] for name in ("start", "cue_start", "source_start") if row[name] >= 0]
        start, end = min(starts), max(row["end"], row["cue_end"], row["source_end"])
        rows.append({**row, "start": start, "end": end, "text": texts[row["article_id"]][start:end]})
    return pd.DataFrame(rows, columns=attributions.columns)
