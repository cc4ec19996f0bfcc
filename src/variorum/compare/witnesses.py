"""Who independently carries a piece of text, once copies are collapsed (law 3).

Two spans of two documents are one piece of text where a shared passage holds both at the same place. A piece of text
has one origin, however many pages print it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from variorum.compare.view import StoryView
    from variorum.records import Anchor

# A span counts as lying in a passage if this much of it does: a passage trimmed to equal words may cut a
# determiner or a date off the ends of a copied sentence.
_INSIDE = 0.7
# Places within the two sides of a passage may drift apart by its small edits; half a sentence is the limit.
_DRIFT = 80


def _share_inside(span: Anchor, side: Anchor) -> float:
    if span.doc != side.doc or span.end <= span.start:
        return 0.0
    return max(0, min(span.end, side.end) - max(span.start, side.start)) / (span.end - span.start)


def same_text(view: StoryView, left: Anchor, right: Anchor) -> bool:
    """Whether two spans are one piece of copied text, in either order.

    True if a shared passage holds each on its side, at about the same distance from its start. Passages of kind
    `quotation` do not count, for two reporters may hear one speaker.
    """
    a, b = sorted((left, right))
    if a.doc == b.doc:
        return a.start < b.end and b.start < a.end
    return any(
        passage.kind not in {"quotation", "formula"}
        and _share_inside(a, passage.left) >= _INSIDE
        and _share_inside(b, passage.right) >= _INSIDE
        and abs((a.start - passage.left.start) - (b.start - passage.right.start)) <= _DRIFT
        for passage in view.passages_of.get((a.doc, b.doc), ())
    )


def groups(view: StoryView, spans: Sequence[Anchor]) -> list[list[Anchor]]:
    """Gather spans that are one piece of text.

    Returns:
        Groups in the order of their first span, spans sorted within.
    """
    found: list[list[Anchor]] = []
    for span in sorted(set(spans)):
        joined = [g for g in found if any(same_text(view, span, other) for other in g)]
        rest = [g for g in found if not any(g is j for j in joined)]
        found = [*rest, sorted([span, *(s for g in joined for s in g)])]
    return sorted(found)


def witnesses(view: StoryView, spans: Sequence[Anchor]) -> tuple[str, ...]:
    """Ids of the independent origins that carry these spans, sorted.

    Each piece of text counts once: for the origin that all its documents share, else for the narrowest origin of the
    document that stands first by known direction, else of the first by id.
    """
    return tuple(sorted({origin_of(view, group) for group in groups(view, spans)} - {""}))


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
