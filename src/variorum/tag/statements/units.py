"""Units: stretches of a block that hold whole sentences and whole quotations, as lists of items.

A quotation is one item in its unit, so that a frame around a speech of five sentences reads like one around a word.
What is inside a quotation is read as units of its own.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Literal

import msgspec
import regex

from variorum.records import Block, Chain, Document, Mention, Span, Time
from variorum.tag.statements import lexicon, marks
from variorum.tag.statements.marks import Quotation

if TYPE_CHECKING:
    from collections.abc import Sequence

_ITEM = regex.compile(
    r"(?:\p{L}\.){2,}"
    r"|(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Maj|Capt|Sgt|Sen|Rep|Gov|Rev|Hon|Jr|Sr|Adm|Brig|Const|Cpl|Cmdr|Det|Insp|Supt|Pvt|St|Inc|Co|Corp|Ltd)\."
    r"|['’](?:s|ve|d|ll|re|m)\b"
    r"|[\p{L}\p{M}\p{N}_]+?(?=['’](?:s|ve|d|ll|re|m)\b)"
    r"|[\p{L}\p{M}\p{N}_]+(?:[-'’&./][\p{L}\p{M}\p{N}_]+)*"
    r"|\.\.\.|\S"
)
# Titles of books and films are rarely longer, in words (4 to 12 score alike on statements train).
_TITLE_WORDS = 8
# So deep quotations are read inside each other; deeper ones are marks gone astray.
_DEPTH = 3
# Words that a quotation must hold for its inside to be read for statements of its own (3 to 12 score alike on statements train).
_INNER_WORDS = 5
# Kinds of blocks that nobody speaks in.
SILENT = frozenset({"byline", "dateline"})

ItemKind = Literal["word", "mark", "quotation"]


class Item(msgspec.Struct, gc=False):
    """A word, a mark or a whole quotation of a unit.

    Attributes:
        start, end: Code points of the document.
        text, low: The words, and the same in lower case with straight apostrophes; of a quotation, a placeholder.
        kind: What it is.
        timed: Whether it lies in a time expression.
        quotation: The quotation, if it is one.
        opening: The first word of the quotation, in lower case.
        titled: Whether the quotation is written like the title of a book.
    """

    start: int
    end: int
    text: str
    low: str
    kind: ItemKind
    timed: bool = False
    quotation: Quotation | None = None
    opening: str = ""
    titled: bool = False


class Unit(msgspec.Struct, gc=False):
    """Items of one or more sentences that a quotation holds together.

    Attributes:
        start, end: Code points of the document.
        items: In text order.
        block: Kind of its block.
        order: Number of its block.
        inside: The quotation whose inside it is, None for a unit of the page's own text.
    """

    start: int
    end: int
    items: list[Item]
    block: str
    order: int
    inside: Quotation | None = None


class Page:
    """One document with what earlier stages found in it, ready to be looked up by place."""

    def __init__(
        self,
        doc: Document,
        *,
        blocks: Sequence[Block],
        sentences: Sequence[Span],
        mentions: Sequence[Mention] = (),
        chains: Sequence[Chain] = (),
        times: Sequence[Time] = (),
    ) -> None:
        self.doc = doc
        self.text = doc.text
        self.blocks = sorted((b for b in blocks if b.end > b.start), key=lambda b: (b.start, b.end))
        self.sentences = sorted(sentences)
        self.mentions = sorted(mentions, key=lambda m: (m.start, -m.end, m.id))
        self._mention_starts = [m.start for m in self.mentions]
        # Mentions nest; one that starts far to the left may still reach a place.
        self._reach = max((m.end - m.start for m in self.mentions), default=0)
        self.chains = {c.id: c for c in chains}
        self.times = sorted(times, key=lambda t: (t.start, t.end, t.id))
        self._time_starts = [t.start for t in self.times]

    def mentions_in(self, start: int, end: int) -> list[Mention]:
        """Mentions that lie wholly in a stretch, by place, longer ones first."""
        first = bisect_right(self._mention_starts, start - 1)
        last = bisect_right(self._mention_starts, end - 1)
        return [m for m in self.mentions[first:last] if m.end <= end]

    def mentions_over(self, start: int, end: int) -> list[Mention]:
        """Mentions that overlap a stretch."""
        first = bisect_right(self._mention_starts, start - self._reach - 1)
        last = bisect_right(self._mention_starts, end - 1)
        return [m for m in self.mentions[first:last] if m.end > start]

    def times_in(self, start: int, end: int) -> list[Time]:
        """Times that lie wholly in a stretch, by place."""
        first = bisect_right(self._time_starts, start - 1)
        last = bisect_right(self._time_starts, end - 1)
        return [t for t in self.times[first:last] if t.end <= end]


def _items(page: Page, start: int, end: int, quotations: Sequence[Quotation]) -> list[Item]:
    """Words, marks and outermost quotations between two places."""
    found: list[Item] = []
    at = start
    for quotation in marks.outermost(marks.within(quotations, start, end)):
        found += _plain(page, at, quotation.start)
        found.append(_quotation_item(page, quotation))
        at = quotation.end
    found += _plain(page, at, end)
    for time in page.times_in(start, end):
        for item in found:
            if item.start >= time.end:
                break
            item.timed = item.timed or (item.start >= time.start and item.kind != "quotation")
    return found


def _quotation_item(page: Page, quotation: Quotation) -> Item:
    words = page.text[quotation.inner_start : quotation.inner_end].split(" ", _TITLE_WORDS + 1)
    long = [w for w in words if len(w) > 3]
    return Item(
        quotation.start,
        quotation.end,
        "\ufffc",
        "\ufffc",
        "quotation",
        quotation=quotation,
        opening=words[0].lower(),
        titled=len(words) <= _TITLE_WORDS
        and len(long) > 1
        and all(w[0].isupper() for w in (words[0], *long)),
    )


def _plain(page: Page, start: int, end: int) -> list[Item]:
    found = []
    for match in _ITEM.finditer(page.text, start, end):
        text = match.group()
        kind: ItemKind = "word" if text[0].isalnum() or (len(text) > 1 and text != "...") else "mark"
        found.append(Item(match.start(), match.end(), text, text.lower().replace("’", "'"), kind))
    return found


def _stretches(page: Page, start: int, end: int, quotations: Sequence[Quotation]) -> list[tuple[int, int]]:
    """Sentences between two places, joined where a quotation, or a sentence that goes on in lower case, holds them together."""
    joined: list[tuple[int, int]] = []
    low = max(bisect_left(page.sentences, Span(start, start)) - 1, 0)
    high = bisect_left(page.sentences, Span(end, end))
    for sentence in page.sentences[low:high]:
        first, last = max(sentence.start, start), min(sentence.end, end)
        if first >= last:
            continue
        if joined and _belong(page.text, joined[-1][1], first, quotations):
            joined[-1] = (joined[-1][0], last)
        else:
            joined.append((first, last))
    return joined


def _belong(text: str, end: int, start: int, quotations: Sequence[Quotation]) -> bool:
    last = bisect_left(quotations, end, key=lambda q: q.start) - 1
    if last >= 0 and quotations[last].end > start:
        return True
    if text[start] in "—–" and text[end - 1] in _CLOSING:
        return True
    return text[start].islower() and text[end - 1 : end] not in ".!?"


_CLOSING = frozenset("\"”»“’'›")


def _inner(page: Page, unit: Unit, quotations: Sequence[Quotation], depth: int = 0) -> list[Unit]:
    """The units inside the quotations of a unit, and inside theirs."""
    found: list[Unit] = []
    for item in unit.items:
        quotation = item.quotation
        if quotation is None or depth == _DEPTH:
            continue
        start, end = quotation.inner_start, quotation.inner_end
        if page.text.count(" ", start, end) + 1 < _INNER_WORDS:
            continue
        nested = [q for q in marks.within(quotations, start, end) if q != quotation]
        for first, last in _stretches(page, start, end, marks.outermost(nested)):
            inner = Unit(first, last, _items(page, first, last, nested), unit.block, unit.order, quotation)
            found.append(inner)
            found += _inner(page, inner, nested, depth + 1)
    return found


def units(page: Page) -> list[Unit]:
    """All units of a page: its blocks' own, in text order, each followed by those inside its quotations."""
    found: list[Unit] = []
    for order, block in enumerate(page.blocks):
        if block.kind in SILENT:
            continue
        quotations = _block_quotations(page, order)
        for start, end in _stretches(page, block.start, block.end, marks.outermost(quotations)):
            unit = Unit(start, end, _items(page, start, end, quotations), block.kind, order)
            found.append(unit)
            found += _inner(page, unit, quotations)
    return found


_OPENING = frozenset("\"“„«»'‘")


def _block_quotations(page: Page, order: int) -> list[Quotation]:
    block = page.blocks[order]
    text = page.text[block.start : block.end]
    following = page.blocks[order + 1] if order + 1 < len(page.blocks) else None
    continues = following is not None and page.text[following.start] in _OPENING
    low = bisect_left(page.sentences, Span(block.start, block.start))
    high = bisect_left(page.sentences, Span(block.end, block.end))
    ends = [s.end - block.start for s in page.sentences[low:high]]
    return [
        Quotation(
            q.start + block.start,
            q.end + block.start,
            q.inner_start + block.start,
            q.inner_end + block.start,
            closed=q.closed,
        )
        for q in marks.quotations(text, ends=ends, continues=continues)
    ]


def is_word(item: Item) -> bool:
    return item.kind == "word"


def is_capital(item: Item) -> bool:
    return item.text[:1].isupper()


def is_name_like(item: Item) -> bool:
    """Whether a word is capitalised and no function word."""
    return is_capital(item) and item.low not in lexicon.DETERMINER | lexicon.PRONOUN | lexicon.PREPOSITION
