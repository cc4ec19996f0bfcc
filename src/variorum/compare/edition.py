"""First form of the edition: the story told once, every other witness's reading beside it.

Sentences of a story that are one reading (copied text, renderings of one utterance, or one matter in like words) make one
line. Its base is the reading of the earliest page, and of those the fullest; the rest are variants. Lines follow the
pages in order of time and, within a page, its text. A line that only one origin has is printed if it is among the
weightiest, so that a story of a thousand pages stays readable; what is left out stands in the other tables.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import msgspec

from variorum.compare.content import Gist, gist, likeness, resources
from variorum.compare.denials import hull
from variorum.compare.view import StoryView, fetches, views
from variorum.compare.witnesses import same_text, witnesses
from variorum.records import Anchor, EditionLine, Sentence, Tables, to_table
from variorum.stage import Stage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from variorum.settings import Settings

# Likeness from which two sentences of two pages are two readings of one; above the figure for utterances, where the
# speaker agrees already.
READING = 0.7
SHARED = 5
# Lines in one edition at most; about forty printed pages.
MOST = 400
# A word in more sentences than this brings none together; a story's rarest words stand in far fewer.
_COMMON = 100
_FEWEST_WORDS = 4
_PRINTED = frozenset((None, "paragraph", "quote", "list", "correction"))


class _Reading(msgspec.Struct, frozen=True):
    sentence: Sentence
    span: Anchor
    gist: Gist
    place: int


def _order(view: StoryView) -> list[str]:
    """The documents of a story by their dates, undated ones last."""
    return sorted(view.documents, key=lambda d: (view.dates[d][0] or "9", view.dates[d][1], d))


def _readings(view: StoryView) -> list[_Reading]:
    """Every sentence worth printing, in the order of the edition."""
    kinds = {b.id: b.kind for b in view.blocks}
    found: list[_Reading] = []
    for doc in _order(view):
        for sentence in view.sentences_of(doc):
            span = Anchor(doc, sentence.start, sentence.end)
            words = gist(view.text(span))
            if kinds.get(sentence.block) in _PRINTED and len(words.raw) >= _FEWEST_WORDS:
                found.append(_Reading(sentence, span, words, len(found)))
    return found


class _Gathering:
    """Readings joined into lines."""

    def __init__(self, size: int) -> None:
        self._of = list(range(size))

    def find(self, i: int) -> int:
        while self._of[i] != i:
            self._of[i] = self._of[self._of[i]]
            i = self._of[i]
        return i

    def join(self, i: int, j: int) -> None:
        low, high = sorted((self.find(i), self.find(j)))
        self._of[high] = low


def _copied(view: StoryView, readings: list[_Reading]) -> Iterator[tuple[int, int]]:
    """Pairs of sentences that are one piece of copied text."""
    by_doc: dict[str, list[_Reading]] = defaultdict(list)
    for reading in readings:
        by_doc[reading.span.doc].append(reading)
    for passage in view.passages:
        lefts = [r for r in by_doc[passage.left.doc] if _meet(r.span, passage.left)]
        rights = [r for r in by_doc[passage.right.doc] if _meet(r.span, passage.right)]
        yield from ((a.place, b.place) for a in lefts for b in rights if same_text(view, a.span, b.span))


def _meet(a: Anchor, b: Anchor) -> bool:
    return a.start < b.end and b.start < a.end


def _uttered(view: StoryView, readings: list[_Reading]) -> Iterator[tuple[int, int]]:
    """Pairs of sentences of two pages in which one utterance begins."""
    at = {r.sentence.id: r.place for r in readings}
    statements = {s.id: s for s in view.statements}
    for utterance in view.utterances:
        places: list[tuple[str, int]] = []
        for i in utterance.statements:
            span = hull(statements[i])
            sentence = view.sentence_at(span.doc, span.start)
            if sentence is not None and sentence.id in at:
                places.append((span.doc, at[sentence.id]))
        yield from ((a, b) for d, a in places for e, b in places if d < e)


def _alike(readings: list[_Reading]) -> Iterator[tuple[int, int]]:
    """Pairs of sentences of two pages that tell one matter in like words, found through their rarer words."""
    index: dict[str, list[int]] = defaultdict(list)
    for i, reading in enumerate(readings):
        for word in reading.gist.bag:
            index[word].append(i)
    for i, reading in enumerate(readings):
        # Two readings of one sentence share most words, so also one of the five that the story has fewest of.
        rare = sorted(reading.gist.bag, key=lambda w: (len(index[w]), w))[:5]
        near = {j for w in rare if len(index[w]) <= _COMMON for j in index[w] if j < i}
        for j in sorted(near):
            other = readings[j]
            # Containment is never below the score, so too little in common settles it cheaply.
            least = READING * min(len(reading.gist.bag), len(other.gist.bag))
            if other.span.doc == reading.span.doc or len(reading.gist.bag & other.gist.bag) < least:
                continue
            alike = likeness(reading.gist, other.gist)
            if alike.shared >= SHARED and alike.score >= READING and alike.numbers and alike.polarity:
                yield i, j


def lines(view: StoryView) -> list[list[_Reading]]:
    """Readings gathered by line, each list in the order of the edition."""
    readings = _readings(view)
    gathering = _Gathering(len(readings))
    for pairs in (_copied(view, readings), _uttered(view, readings), _alike(readings)):
        for i, j in pairs:
            gathering.join(i, j)
    found: dict[int, list[_Reading]] = defaultdict(list)
    for reading in readings:
        found[gathering.find(reading.place)].append(reading)
    return [found[i] for i in sorted(found)]


def _base(line: list[_Reading]) -> _Reading:
    """The fullest reading of the earliest page."""
    first = [r for r in line if r.span.doc == line[0].span.doc]
    return max(first, key=lambda r: (len(r.gist.bag), -r.place))


def _marked(view: StoryView) -> dict[str, list[Anchor]]:
    """Spans by the mark that they set."""
    statements = {s.id: s for s in view.statements}
    denying = [hull(statements[d.statement]) for d in view.denials if d.statement in statements]
    denied = [d.claimed for d in view.denials if d.claimed is not None]
    parted = [
        s
        for c in view.conflicts
        if c.kind != "denial" and c.comparable != "no"
        for s in (c.left_span, c.right_span)
    ]
    return {"conflict": parted, "denial": [*denying, *denied]}


def _touched(view: StoryView, spans: Iterable[Anchor]) -> set[str]:
    return {s.id for span in spans for s in view.at(view.sentences, span)}


def edition(view: StoryView) -> list[EditionLine]:
    """The lines of one story's edition, in order."""
    marked = {mark: _touched(view, spans) for mark, spans in _marked(view).items()}
    said = _touched(view, [hull(s) for s in view.statements if s.content])
    dated = _touched(view, [Anchor(t.doc, t.start, t.end) for t in (*view.times, *view.figures)])
    made: list[tuple[int, int, EditionLine]] = []
    for i, line in enumerate(lines(view)):
        base = _base(line)
        variants = tuple(sorted(r.span for r in line if r is not base))
        origins = witnesses(view, [base.span, *variants])
        ids = {r.sentence.id for r in line}
        marks = tuple(m for m in ("conflict", "denial") if marked[m] & ids)
        alone = ("one origin only",) if len(origins) <= 1 else ()
        weight = 4 * len(marks) + 2 * len(origins) + bool(ids & said) + bool(ids & dated)
        made.append(
            (
                -weight,
                i,
                EditionLine(
                    story=view.story.id,
                    order=i,
                    base=base.span,
                    variants=variants,
                    witnesses=origins,
                    marks=(*marks, *alone),
                ),
            )
        )
    kept = sorted(sorted(made, key=lambda m: m[:2])[:MOST], key=lambda m: m[1])
    return [msgspec.structs.replace(row, order=n) for n, (_, _, row) in enumerate(kept)]


def _run(tables: Tables, _settings: Settings) -> Tables:
    rows = [e for view in views(tables) for e in edition(view)]
    return {"edition": to_table(EditionLine, rows, made_by=STAGE.made_by)}


STAGE = Stage(
    name="edition",
    version=1,
    needs=("stories",),
    makes=("edition",),
    split_by="id",
    fetch=fetches(
        "blocks",
        "sentences",
        "times",
        "figures",
        "statements",
        "datings",
        "utterances",
        "denials",
        "conflicts",
        "passages",
    ),
    run=_run,
    resources=resources,
    libraries=("rapidfuzz", "regex"),
)
