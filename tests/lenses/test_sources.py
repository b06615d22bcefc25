"""Sources resolved, typed, named and grouped, on sentences the pipeline reads."""

import pytest

from helpers.codebook import load_codebooks
from helpers.errors import ParallaxError
from helpers.language import load
from helpers.language.actorbook import ActorBook
from helpers.language.actors import group_mentions
from helpers.lenses.attribution import Attribution
from helpers.lenses.sources import Resolver

BOOKS = load_codebooks()
BOOK = ActorBook.model_validate(
    {
        "groups": [{"name": "North", "words": ["Northland", "Northern"]}],
        "actors": [{"name": "Maria Keller", "kind": "PER", "group": "North", "type": "mediator"}],
    }
)


def sources(text: str, *phrases: str, book: ActorBook | None = None):
    """What the resolver says of these phrases, each looked for after the one before."""
    doc, at, found = load()(text), 0, []
    resolver = Resolver(doc, group_mentions(doc, book, "a"), BOOKS.sources, book)
    for phrase in phrases:
        at = text.index(phrase, at)
        span = doc.char_span(at, at + len(phrase), alignment_mode="expand")
        cue = (at + len(phrase) + 1, at + len(phrase) + 5)
        found.append(
            resolver.resolve(Attribution("test", cue, "say", (at, at + len(phrase)), span.root.i, ((0, 1),)))
        )
        at += len(phrase)
    return found


@pytest.mark.parametrize(
    ("sentence", "phrase", "kind", "naming"),
    [
        ("Two senior officials said it was late.", "Two senior officials", "government", "unnamed"),
        ("The army said it was late.", "The army", "military", "collective"),
        ("Observers said it was late.", "Observers", "expert", "vague"),
        ("Experts on fishing rights said it was late.", "Experts on fishing rights", "expert", "unnamed"),
        ("Protesters said it was late.", "Protesters", "civilian", "collective"),
        ("A new survey said it was late.", "A new survey", "document", "unnamed"),
        ("A spokesman for the hospital said it was late.", "A spokesman for the hospital", "aid_or_medical", "unnamed"),
        ("Maria Keller, a reporter, said it was late.", "Maria Keller, a reporter,", "media", "named"),
        ("Economist Maria Keller said it was late.", "Economist Maria Keller", "expert", "named"),
    ],
)  # fmt: skip
def test_type_and_naming(sentence, phrase, kind, naming):
    [found] = sources(sentence, phrase)
    assert (found.source_type, found.naming) == (kind, naming)


def test_a_pronoun_and_a_short_name_take_the_actor_with_its_type():
    text = "Senator Maria Keller said it was late. She said it was early. Keller said it was fine."
    first, second, third = sources(text, "Senator Maria Keller", "She", "Keller")
    assert {first.speaker, second.speaker, third.speaker} == {"Maria Keller"}
    assert {first.source_type, second.source_type, third.source_type} == {"government"}
    assert (first.reference, second.reference) == ("name", "pronoun")


def test_the_official_is_the_official_named_before():
    text = "A senior official said it was late. The official said it was early. They said nothing."
    first, second = sources(text, "A senior official", "The official")
    assert (first.speaker, second.speaker) == ("senior official", "senior official")
    assert (second.reference, second.naming) == ("description", "unnamed")


def test_they_are_the_group_that_spoke_before():
    first, second = sources("Two aides said it was late. They said it was early.", "Two aides", "They")
    assert second.speaker == first.speaker == "Two aides"
    assert second.reference == "pronoun"


def test_the_book_gives_group_and_type_and_words_place_the_unnamed():
    text = (
        "Maria Keller said it was late. Two Northern officials said it was early. Two other officials agreed."
    )
    keller, northern, other = sources(
        text, "Maria Keller", "Two Northern officials", "Two other officials", book=BOOK
    )
    assert (keller.group, keller.source_type) == ("North", "mediator")
    assert (northern.group, northern.actor, other.group) == ("North", "", "")


def test_no_source():
    doc = load()("It was late.")
    found = Resolver(doc, [], BOOKS.sources).resolve(Attribution("t", (0, 2), "say", None, -1, ((3, 6),)))
    assert (found.speaker, found.naming, found.reference) == ("", "none", "none")


def test_a_type_the_codebook_does_not_have_is_refused():
    book = ActorBook.model_validate({"actors": [{"name": "A", "kind": "PER", "type": "oracle"}]})
    with pytest.raises(ParallaxError, match=r"'oracle'; use one of: document, .*government"):
        Resolver(load()("A spoke."), [], BOOKS.sources, book)
