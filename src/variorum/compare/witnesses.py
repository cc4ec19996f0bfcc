"""Who independently carries a piece of text, once copies are collapsed (law 3).

Two spans of two documents are one piece of text where a shared passage holds both at the same place. A piece of text
has one origin, however many pages print it.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from rapidfuzz.distance import Indel

from variorum.text.normalise import Word, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from variorum.compare.view import StoryView
    from variorum.records import Anchor, Passage

# Two spans are one piece of text if this much of each is made of the very words that the passage aligns: what a reprint
# adds to or drops from a sentence is a date or a title, rarely a third of it.
_ALIGNED = 0.6


def _words(view: StoryView, side: Anchor) -> list[Word]:
    return words(view.text(side))


def _aligned(view: StoryView, passage: Passage) -> list[tuple[int, int, int, int]]:
    """The equal words of a passage, run by run: (left start, left end, right start, right end) in the documents."""
    cache: dict[str, list[tuple[int, int, int, int]]] = view.cache("aligned")
    if passage.id not in cache:
        left, right = _words(view, passage.left), _words(view, passage.right)
        a, b = passage.left.start, passage.right.start
        cache[passage.id] = [
            (
                left[m.a].start + a,
                left[m.a + m.size - 1].end + a,
                right[m.b].start + b,
                right[m.b + m.size - 1].end + b,
            )
            for m in Indel.opcodes([w.text for w in left], [w.text for w in right]).as_matching_blocks()
            if m.size
        ]
    return cache[passage.id]


def _overlap(a: int, b: int, c: int, d: int) -> int:
    return max(0, min(b, d) - max(a, c))


def _shared(runs: Sequence[tuple[int, int, int, int]], a: Anchor, b: Anchor) -> bool:
    """Whether most of both spans is made of words that runs of equal words bring together."""
    left = right = 0
    for p, q, r, s in runs:
        # Within a run of equal words places go over one to one, up to a space or a quotation mark.
        low, high = max(a.start, p, b.start - r + p), min(a.end, q, b.end - r + p)
        if high > low:
            left += high - low
            right += _overlap(low - p + r, high - p + r, max(b.start, r), min(b.end, s))
    return left >= _ALIGNED * (a.end - a.start) and right >= _ALIGNED * (b.end - b.start)


def same_text(view: StoryView, left: Anchor, right: Anchor) -> bool:
    """Whether two spans are one piece of copied text, in either order.

    True if a shared passage aligns most of their words. A passage of kind `quotation` counts only between documents
    that share an origin besides: two reporters may hear one speaker.
    """
    a, b = sorted((left, right))
    if a.doc == b.doc:
        return a.start < b.end and b.start < a.end
    related = one_origin(view, a.doc, b.doc)
    return any(
        passage.kind in {"copy", "reworded"} or (passage.kind == "quotation" and related)
        for passage in view.passages_of.get((a.doc, b.doc), ())
        if _overlap(a.start, a.end, passage.left.start, passage.left.end)
        and _overlap(b.start, b.end, passage.right.start, passage.right.end)
        and _shared(_aligned(view, passage), a, b)
    )


def one_origin(view: StoryView, left: str, right: str) -> bool:
    """Whether some origin is carried by both documents."""
    return any(right in o.documents for o in view.origins_of.get(left, ()))


def groups(view: StoryView, spans: Sequence[Anchor]) -> list[list[Anchor]]:
    """Gather spans that are one piece of text.

    Returns:
        Groups in the order of their first span, spans sorted within.
    """
    by_doc: dict[str, list[Anchor]] = {}
    for span in sorted(set(spans)):
        by_doc.setdefault(span.doc, []).append(span)
    group = {span: span for doc in by_doc for span in by_doc[doc]}

    def first(span: Anchor) -> Anchor:
        while group[span] != span:
            group[span] = span = group[group[span]]
        return span

    for left, right in _one_text(view, by_doc):
        low, high = sorted((first(left), first(right)))
        group[high] = low
    found: dict[Anchor, list[Anchor]] = {}
    for span in group:
        found.setdefault(first(span), []).append(span)
    return [sorted(found[span]) for span in sorted(found)]


def _one_text(view: StoryView, by_doc: Mapping[str, Sequence[Anchor]]) -> Iterator[tuple[Anchor, Anchor]]:
    """Pairs of spans that are one piece of text, enough of them to join every group.

    Only spans that a passage touches are compared, so a number that a page tells a thousand times costs no million
    comparisons.
    """
    for spans in by_doc.values():
        widest = spans[0]
        for span in spans[1:]:
            if span.start < widest.end:
                yield widest, span
            widest = max(widest, span, key=lambda s: s.end)
    for a, b in combinations(sorted(by_doc), 2):
        for passage in view.passages_of.get((a, b), ()):
            left = [s for s in by_doc[a] if _overlap(s.start, s.end, passage.left.start, passage.left.end)]
            right = [s for s in by_doc[b] if _overlap(s.start, s.end, passage.right.start, passage.right.end)]
            yield from ((x, y) for x in left for y in right if same_text(view, x, y))


def witnesses(view: StoryView, spans: Sequence[Anchor]) -> tuple[str, ...]:
    """Ids of the independent origins that carry these spans, sorted.

    Each piece of text counts once: for the origin that all its documents share, else for the narrowest origin of the
    document that stands first by known direction, else of the first by id. What a page says besides (in its headline) of a
    matter that it copies makes it no second witness.
    """
    made = sorted(groups(view, spans), key=lambda g: -len({s.doc for s in g}))
    found, seen = set(), set[str]()
    for group in made:
        docs = {s.doc for s in group}
        if not docs <= seen:
            found.add(origin_of(view, group))
        seen |= docs
    return tuple(sorted(found - {""}))


def origin_of(view: StoryView, group: Sequence[Anchor]) -> str:
    """Id of the one origin of a piece of text; empty if its documents have none.

    Args:
        view: The story.
        group: The places where it stands; more than one if it was copied.
    """
    docs = sorted({s.doc for s in group})
    for origin in view.origins_of.get(docs[0], ()):
        if set(docs) <= set(origin.documents):
            return origin.id
    later = {
        p.right.doc if p.first == "left" else p.left.doc
        for p in view.passages
        if p.first != "unknown" and p.left.doc in docs and p.right.doc in docs
    }
    first = next((d for d in docs if d not in later), docs[0])
    return next((o.id for o in view.origins_of.get(first, ())), "")
