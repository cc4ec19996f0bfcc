"""The passages that two documents share, what kind each is, and which side stood first.

A passage is a function of the two documents alone: seeds only tell which pairs are worth reading.
"""

from __future__ import annotations

import functools
import sys
from array import array
from collections.abc import Callable
from operator import attrgetter
from typing import TYPE_CHECKING, Literal

import msgspec
import pyarrow as pa
import pyarrow.compute as pc

from variorum.records import (
    Anchor,
    Block,
    Document,
    Header,
    Passage,
    Statement,
    Tables,
    by,
    from_table,
    to_table,
)
from variorum.reuse.align import SHARED, Grams, Match, align, grams
from variorum.reuse.direction import first_of
from variorum.reuse.quotations import Quoted, inside, quoted, reported
from variorum.stage import Fetch, Stage
from variorum.text.normalise import Word, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from variorum.settings import Settings

Kind = Literal["copy", "quotation", "formula"]

# A shared run that is no longer than this and all names is a name (of a ministry, a treaty, a bank), not a copy.
# On stories/ecbplus train names, and names strung together, had up to 11 words.
_NAME_WORDS = 12
# A clause of indirect speech that two pages share is no copy up to this length: reporters who hear one sentence
# choose the same few words for it. Argued, not swept: no open corpus has independent reports of one speech.
_REPORTED_WORDS = 12
# "Said that" before such a clause may be shared too.
_FRAME_WORDS = 2

# Texts whose words are kept at hand, about 25 kB each; a document stands in pairs of most partitions.
_AT_HAND = 2_048


class _Text(msgspec.Struct, frozen=True, eq=False):
    """The words of one text, as they are compared, and where they stand; flat, since many are held."""

    starts: array[int]
    ends: array[int]
    folded: list[str]
    grams: Grams


@functools.lru_cache(maxsize=_AT_HAND)
def _read(text: str) -> _Text:
    found = words(text)
    folded = [w.text for w in found]
    places = (array("i", (w.start for w in found)), array("i", (w.end for w in found)))
    return _Text(*places, list(map(sys.intern, folded)), grams(folded))


class _Side(msgspec.Struct, frozen=True, eq=False):
    """One document, read for comparing."""

    document: Document
    words: list[Word]
    folded: list[str]
    quoted: Callable[[], list[Quoted]]
    reported: Callable[[], list[Quoted]]
    titles: list[Block]


class _Shared(msgspec.Struct, frozen=True):
    """A passage before its direction is known."""

    match: Match
    kind: Kind
    why: str


def _side(document: Document, blocks: Sequence[Block], statements: Sequence[Statement]) -> _Side:
    text = _read(document.text)
    return _Side(
        document=document,
        words=[Word(*place) for place in zip(text.folded, text.starts, text.ends, strict=True)],
        folded=text.folded,
        # Most pairs turn out to share nothing, and then nobody asks who is quoted.
        quoted=functools.cache(lambda: quoted(document.text, blocks, statements)),
        reported=functools.cache(lambda: reported(statements)),
        titles=[b for b in blocks if b.kind in ("title", "heading")],
    )


def passages_of(
    left: _Side, right: _Side, headers: Iterable[Header], matches: Iterable[Match]
) -> list[Passage]:
    """Every passage that two documents share, in order of the left one; `left.document.id` < `right`'s."""
    shared = [_kinded(m, left, right) for m in matches]
    if not shared:
        return []
    shares = (
        sum(s.match.left_end - s.match.left for s in shared) / len(left.words),
        sum(s.match.right_end - s.match.right for s in shared) / len(right.words),
    )
    first, why = first_of(left.document, right.document, headers=headers, shares=shares)
    return [
        Passage(
            left=_anchor(left, s.match.left, s.match.left_end),
            right=_anchor(right, s.match.right, s.match.right_end),
            kind=s.kind,
            same=s.match.same,
            edits=s.match.edits,
            first="unknown" if s.kind in ("quotation", "formula") else first,
            why=s.why if s.kind in ("quotation", "formula") else "; ".join(filter(None, (s.why, why))),
        )
        for s in shared
    ]


def _anchor(side: _Side, start: int, end: int) -> Anchor:
    return Anchor(side.document.id, side.words[start].start, side.words[end - 1].end)


def _kinded(match: Match, left: _Side, right: _Side) -> _Shared:
    """Say what kind a passage is; a quotation is cut to the words that are quoted on both sides."""
    here = _quoted_words(left, match.left, match.left_end)
    there = _quoted_words(right, match.right, match.right_end)
    cut = _cut_to_quotation(match, left, right, here, there)
    if cut is not None:
        return _Shared(cut, "quotation", "on both sides within one speaker's words")
    if _is_name(left, match.left, match.left_end) and _is_name(right, match.right, match.right_end):
        return _Shared(match, "formula", "a name, not a copied text")
    if _is_reported(left, match.left, match.left_end) and _is_reported(right, match.right, match.right_end):
        return _Shared(
            match, "quotation", "short, and on both sides within what one source is told to have said"
        )
    return _Shared(match, "copy", "")


def _is_reported(side: _Side, start: int, end: int) -> bool:
    """Whether a short run stands whole in what one source says, in indirect speech too: two hearers of one word."""
    found = [inside(side.reported(), w.start, w.end) for w in side.words[start:end]]
    own = found.count(-1)
    return len(found) <= _REPORTED_WORDS and own <= _FRAME_WORDS and len(set(found) - {-1}) == 1


def _quoted_words(side: _Side, start: int, end: int) -> list[int]:
    """For each word of a run the quoted stretch that it stands in, -1 if none."""
    return [inside(side.quoted(), w.start, w.end) for w in side.words[start:end]]


def _one_speaker(side: _Side, found: Sequence[int]) -> bool:
    stretches = sorted({i for i in found if i >= 0})
    speakers = {side.quoted()[i].speaker for i in stretches}
    return len(stretches) == 1 or (len(speakers) == 1 and "" not in speakers)


def _cut_to_quotation(
    match: Match, left: _Side, right: _Side, here: Sequence[int], there: Sequence[int]
) -> Match | None:
    """The quoted part of a passage, or None where the passage is more than a quotation.

    It is more where the outlets' own words would make a passage by themselves (`SHARED` words), where two people
    speak, or where too little is left between the marks.
    """
    if not (_one_speaker(left, here) and _one_speaker(right, there)):
        return None
    own = max(sum(i < 0 for i in here), sum(i < 0 for i in there))
    if own >= SHARED:
        return None
    if own == 0:
        return match
    low, high = _hull(here)
    low_right, high_right = _hull(there)
    inner = align(
        left.folded[match.left + low : match.left + high],
        right.folded[match.right + low_right : match.right + high_right],
    )
    if not inner:
        return None
    best = max(inner, key=attrgetter("equal"))
    return msgspec.structs.replace(
        best,
        left=match.left + low + best.left,
        left_end=match.left + low + best.left_end,
        right=match.right + low_right + best.right,
        right_end=match.right + low_right + best.right_end,
    )


def _hull(found: Sequence[int]) -> tuple[int, int]:
    places = [k for k, i in enumerate(found) if i >= 0]
    return places[0], places[-1] + 1


def _is_name(side: _Side, start: int, end: int) -> bool:
    """Whether a short run outside titles has capitals or digits on every word that can carry them."""
    if end - start > _NAME_WORDS:
        return False
    run = side.words[start:end]
    if any(b.start <= run[0].start < b.end for b in side.titles):
        return False
    text = side.document.text
    small = [w for w in run if not (text[w.start].isupper() or text[w.start].isdigit())]
    return all(w.end - w.start <= 3 for w in small)


def _matches(seeds: pa.Table, documents: pa.Table) -> dict[tuple[str, str], list[Match]]:
    """What each pair shares, by pair; pairs that share nothing are left out."""
    texts = dict(zip(documents["id"].to_pylist(), documents["text"].to_pylist(), strict=True))
    sides = (pc.struct_field(seeds[side], "doc").to_pylist() for side in ("left", "right"))
    found = {}
    for pair in sorted(set(zip(*sides, strict=True))):
        left, right = (_read(texts[doc]) for doc in pair)
        matches = align(left.folded, right.folded, left.grams, right.grams)
        if matches:
            found[pair] = matches
    return found


def _run_passages(tables: Tables, _settings: Settings) -> Tables:
    found = _matches(tables["seeds"], tables["documents"])
    # Most pairs share nothing: the other tables become records for the few documents that do.
    docs = pa.array(sorted({doc for pair in found for doc in pair}), type=pa.string())

    def of(name: str, column: str = "doc") -> pa.Table:
        return tables[name].filter(pc.is_in(tables[name][column], value_set=docs))

    documents = {d.id: d for d in from_table(Document, of("documents", "id"))}
    blocks = by(sorted(from_table(Block, of("blocks")), key=attrgetter("doc", "start")), "doc")
    headers = by(from_table(Header, of("headers")), "doc")
    statements = by(sorted(from_table(Statement, of("statements")), key=attrgetter("id")), "doc")
    sides = {doc: _side(documents[doc], blocks[doc], statements[doc]) for doc in documents}
    rows = [
        passage
        for (left, right), matches in found.items()
        for passage in passages_of(sides[left], sides[right], [*headers[left], *headers[right]], matches)
    ]
    return {"passages": to_table(Passage, rows, made_by=PASSAGES.made_by)}


PASSAGES = Stage(
    name="passages",
    version=1,
    needs=("seeds",),
    makes=("passages",),
    split_by="pair",
    fetch=tuple(
        Fetch(table=table, column=column, by=("seeds.left.doc", "seeds.right.doc"))
        for table, column in (
            ("documents", "id"),
            ("blocks", "doc"),
            ("headers", "doc"),
            ("statements", "doc"),
        )
    ),
    libraries=("rapidfuzz",),
    run=_run_passages,
)
