"""What an attribution is (source, cue, content; Pareti 2012), and which of several stand."""

from dataclasses import dataclass

from helpers.lenses.spans import Span, inside, overlap


@dataclass(frozen=True)
class Attribution:
    """One attribution as spans, content in fragments; `head` is the source head's token index or -1."""

    rule: str
    cue: Span
    lemma: str
    source: Span | None
    head: int
    content: tuple[Span, ...]

    @property
    def whole(self) -> Span:
        """From the first to the last character of the content."""
        return min(s for s, _ in self.content), max(e for _, e in self.content)


def outermost(found: list[Attribution]) -> list[Attribution]:
    """Without those whose content and cue lie in another's content, and one of any that share a content."""
    kept: list[Attribution] = []
    for one in sorted(found, key=lambda a: (a.whole[0], -a.whole[1], a.cue)):
        if not any(holds(other, one) for other in found if other is not one):
            kept.append(one)
    unique: dict[tuple[Span, ...], Attribution] = {}
    for one in kept:
        before = unique.get(one.content)
        if before is None or (before.source is None and one.source is not None):
            unique[one.content] = one
    return sorted(unique.values(), key=lambda a: (a.whole, a.cue))


def spoken(one: Attribution, quote: Span) -> bool:
    """Whether cue and source stand within a quotation: the words are the speaker's, not the article's."""
    return inside(one.cue, quote) and (one.source is None or overlap(one.source, quote) > 0)


def holds(outer: Attribution, inner: Attribution) -> bool:
    """Whether the inner attribution's cue stands in the outer's content."""
    return any(start <= inner.cue[0] and inner.cue[1] <= end for start, end in outer.content)
