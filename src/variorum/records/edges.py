"""Links between two things: scored, never edits of what they link (law 4)."""

from __future__ import annotations

from typing import ClassVar, Literal

from variorum.records.anchor import Anchor, Record

PassageKind = Literal["copy", "reworded", "quotation", "formula"]
First = Literal["left", "right", "unknown"]
Order = Literal["told", "undecided"]
Comparable = Literal["yes", "in part", "no"]
ConflictKind = Literal["figure", "time", "place", "agent", "denial"]
LinkKind = Literal["verbatim", "shortened", "spliced", "translated", "paraphrased"]
Verb = Literal["merge", "split", "confirm", "reject", "note"]


class Edge(Record, frozen=True, kw_only=True, gc=False):
    """A scored link of two records of one table, `left` < `right` by id."""

    left: str
    right: str
    score: float
    why: str = ""


class SameStory(Edge, frozen=True, kw_only=True, gc=False):
    """Two documents that may tell one story; `score` in 0..1."""

    TABLE: ClassVar[str] = "same_story"
    IDENTITY: ClassVar[tuple[str, ...]] = ("left", "right")


class SameEntity(Edge, frozen=True, kw_only=True, gc=False):
    """Two chains of different documents that may be one actor; `score` in 0..1."""

    TABLE: ClassVar[str] = "same_entity"
    IDENTITY: ClassVar[tuple[str, ...]] = ("left", "right")


class SameEvent(Edge, frozen=True, kw_only=True, gc=False):
    """Two events that may be one happening."""

    TABLE: ClassVar[str] = "same_event"
    IDENTITY: ClassVar[tuple[str, ...]] = ("left", "right")


class Seed(Record, frozen=True, kw_only=True, gc=False):
    """A window of words that two documents share: working table of reuse.

    `pair` is a digest of both documents' ids, by which the engine brings a pair's seeds together.
    """

    TABLE: ClassVar[str] = "seeds"
    IDENTITY: ClassVar[tuple[str, ...]] = ("left", "right")

    pair: str
    left: Anchor
    right: Anchor


class Candidate(Record, frozen=True, kw_only=True, gc=False):
    """Two documents worth comparing for story membership: working table; `left` < `right`."""

    TABLE: ClassVar[str] = "candidates"
    IDENTITY: ClassVar[tuple[str, ...]] = ("left", "right")

    pair: str
    left: str
    right: str


class Passage(Record, frozen=True, kw_only=True, gc=False):
    """Words that two documents share.

    Attributes:
        left, right: The two sides, `left.doc` < `right.doc`.
        kind: `copy`, `reworded`, `quotation` (both sides within one speaker's words) or `formula`.
        same: Share of equal tokens, 0..1.
        score: For `reworded`, its score; else 1.
        edits: Edit operations from left to right, as `-word`, `+word`, `~old>new`.
        first: Which side stood first, `unknown` where the evidence does not suffice.
        why: The evidence for `first` and `kind`.
    """

    TABLE: ClassVar[str] = "passages"
    IDENTITY: ClassVar[tuple[str, ...]] = ("left", "right", "kind")

    left: Anchor
    right: Anchor
    kind: PassageKind
    same: float
    score: float = 1.0
    edits: tuple[str, ...] = ()
    first: First = "unknown"
    why: str = ""


class Revision(Record, frozen=True, kw_only=True, gc=False):
    """Two captures of one address, one following the other, and the word-level edits between them.

    Attributes:
        earlier, later: Ids of the two documents.
        address: The address, with what does not choose the page left off.
        order: Whether it is `told` which was earlier; where `undecided`, the documents stand in order of what is told, then of ids.
        why: The evidence for the order, and what else is to be said.
        times: Times of the earlier and the later one, as captured, else modified, else published; each empty if unknown.
        same: Share of equal words of both texts, 0..1; at least so much where another text stands in its place (`why` says so).
        edits: Edit operations from the earlier text to the later, in order of the text, as `-word`, `+word`, `~old>new`.
        title_edits: The same from title to title.
        before, after: The changed places in the earlier and in the later text, with a few unchanged words around
            each; the n-th of one answers to the n-th of the other.
    """

    TABLE: ClassVar[str] = "revisions"
    IDENTITY: ClassVar[tuple[str, ...]] = ("earlier", "later")

    earlier: str
    later: str
    address: str = ""
    order: Order = "undecided"
    why: str = ""
    times: tuple[str, ...] = ()
    same: float = 1.0
    edits: tuple[str, ...] = ()
    title_edits: tuple[str, ...] = ()
    before: tuple[Anchor, ...] = ()
    after: tuple[Anchor, ...] = ()


class Conflict(Record, frozen=True, kw_only=True, gc=False):
    """Two accounts that part.

    Attributes:
        story: Id of the story.
        left, right: Ids of the two records (figures, statements, times ... by `kind`), `left` < `right`.
        left_span, right_span: Where they stand.
        kind: What they part on.
        comparable: Whether what they speak of agrees (law 5).
        why: In words: what agrees, what differs, what is not told.
        score: 0..1.
    """

    TABLE: ClassVar[str] = "conflicts"
    IDENTITY: ClassVar[tuple[str, ...]] = ("left", "right", "kind")

    story: str
    left: str
    right: str
    left_span: Anchor
    right_span: Anchor
    kind: ConflictKind
    comparable: Comparable
    why: str
    score: float


class Denial(Record, frozen=True, kw_only=True, gc=False):
    """A statement that denies something, linked to what it denies.

    Attributes:
        story: Id of the story.
        statement: Id of the denying statement.
        denied: Id of the denied statement; empty where only a span says what was claimed, or nothing in the dossier does.
        claimed: The span that says what was claimed; None where nothing in the dossier claims it.
        how: How the link was found, in words; says so where nothing in the dossier claims it.
        score: 0..1.
    """

    TABLE: ClassVar[str] = "denials"
    IDENTITY: ClassVar[tuple[str, ...]] = ("statement", "denied", "claimed")

    story: str
    statement: str
    denied: str = ""
    claimed: Anchor | None = None
    how: str
    score: float


class Judgement(Record, frozen=True, kw_only=True, gc=False):
    """What a person decided on two things, held by page hash, byte ranges and quotation."""

    TABLE: ClassVar[str] = "judgements"
    IDENTITY: ClassVar[tuple[str, ...]] = ("person", "date", "verb", "left", "right")

    person: str
    date: str
    verb: Verb
    left: str
    right: str = ""
    quotations: tuple[str, ...] = ()
