"""What the reader marked as said, as drafts: contents whole at their quotation marks, the act by the cue."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from variorum.records import Span
from variorum.tag.statements import lexicon, speakers
from variorum.tag.statements.draft import Draft
from variorum.tag.statements.speakers import NOBODY

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from variorum.records import Label
    from variorum.records.spans import Act, Manner
    from variorum.tag.statements.marks import Quotation
    from variorum.tag.statements.units import Page

# A content that shares so much with a quotation is that quotation (Jaccard of code points).
_SAME = 0.6
_EDGES = " \t\n\u00a0,;:\"“”„«»‘’'‹›"
_NOT = frozenset({"not", "n't", "n’t", "never", "declined", "refused", "refuses", "declines"})


def drafts(page: Page, labels: Iterable[Label], quotations: Sequence[Quotation]) -> list[Draft]:
    """The statements that the reader marked, by number.

    Args:
        page: The page.
        labels: Its sources, cues and contents.
        quotations: Its quotations.
    """
    parts: dict[int, dict[str, list[Label]]] = defaultdict(lambda: defaultdict(list))
    for label in labels:
        if label.said >= 0:
            parts[label.said][label.layer].append(label)
    made = (_draft(page, parts[number], quotations) for number in sorted(parts))
    return [d for d in made if d.content]


def _draft(page: Page, parts: dict[str, list[Label]], quotations: Sequence[Quotation]) -> Draft:
    spans = [Span(m.start, m.end) for m in sorted(parts["content"], key=lambda m: m.start)]
    content = [c for c in (_whole(page.text, s, quotations) for s in spans) if c.start < c.end]
    cue, source = (next((Span(m.start, m.end) for m in parts[role]), None) for role in ("cue", "source"))
    marked = parts["cue"][0] if parts["cue"] else None
    words = _words(page.text, cue) if cue else []
    return Draft(
        unit=0,
        content=content,
        manner=_manner(content, quotations),
        act=act_of(words),
        source=source,
        cue=cue,
        negated=bool(marked and marked.negated) or bool(_NOT & set(words)),
        speaker=speakers.resolve(page, source) if source else NOBODY,
        inside=_inside(content[0], quotations) if content else None,
        thought=bool(marked and marked.thought),
    )


def _words(text: str, span: Span) -> list[str]:
    return text[span.start : span.end].lower().replace("’", "'").split()


def _whole(text: str, span: Span, quotations: Sequence[Quotation]) -> Span:
    """A content as far as its quotation reaches; else without "that", marks and white space at its ends."""
    for q in quotations:
        shared = min(span.end, q.inner_end) - max(span.start, q.inner_start)
        if shared > 0 and shared >= _SAME * (max(span.end, q.inner_end) - min(span.start, q.inner_start)):
            return Span(q.inner_start, q.inner_end)
    start, end = span.start, span.end
    if text[start : start + 5].lower() == "that ":
        start += 5
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    return Span(start, end)


def _manner(content: Sequence[Span], quotations: Sequence[Quotation]) -> Manner:
    whole = {(q.inner_start, q.inner_end) for q in quotations}
    if content and all((c.start, c.end) in whole for c in content):
        return "direct"
    mixed = any(c.start <= q.start and q.inner_end <= c.end for c in content for q in quotations)
    return "mixed" if mixed else "indirect"


def _inside(content: Span, quotations: Sequence[Quotation]) -> Quotation | None:
    """The narrowest quotation that holds a content and more."""
    around = [
        q
        for q in quotations
        if q.inner_start <= content.start
        and content.end <= q.inner_end
        and (q.inner_start, q.inner_end) != (content.start, content.end)
    ]
    return min(around, key=lambda q: q.end - q.start, default=None)


def act_of(cue: Sequence[str]) -> Act:
    """The act of the last word of a cue that is a verb or noun of saying."""
    for word in reversed(cue):
        for verb, _ in lexicon.verbs().get(word, ()):
            return verb.act
        noun = lexicon.nouns().get(word)
        if noun is not None:
            return noun.act
    return "asserts"
