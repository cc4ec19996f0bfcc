"""What is derived from edges and documents: stories and what compares their accounts."""

from __future__ import annotations

from typing import ClassVar, Literal

import msgspec

from variorum.records.anchor import Anchor, Record
from variorum.records.edges import LinkKind
from variorum.records.spans import MentionKind

OriginKind = Literal[
    "wire", "syndication", "reprint", "press_release", "official_text", "own_revision", "own"
]
Voice = Literal["own", "quoted"]


class Link(msgspec.Struct, frozen=True, order=True, gc=False):
    """How one statement renders another of the same utterance; score in 0..1."""

    left: str
    right: str
    kind: LinkKind
    score: float


class Origin(Record, frozen=True, kw_only=True, gc=False):
    """One independent origin of text.

    Attributes:
        kind: What sort of origin.
        name: Agency, outlet or document it is named after.
        documents: Ids of documents that carry it, sorted.
        shares: Share of each of those documents' words that comes from it, 0..1, in the same order.
        evidence: In words, one line a piece.
    """

    TABLE: ClassVar[str] = "origins"
    IDENTITY: ClassVar[tuple[str, ...]] = ("kind", "name", "documents")

    kind: OriginKind
    name: str
    documents: tuple[str, ...]
    shares: tuple[float, ...]
    evidence: tuple[str, ...] = ()


class Story(Record, frozen=True, kw_only=True, gc=False):
    """A cluster of documents that tell of one affair; `opened` and `closed` are ISO 8601 days, empty if unknown."""

    TABLE: ClassVar[str] = "stories"
    IDENTITY: ClassVar[tuple[str, ...]] = ("documents",)

    title: str
    documents: tuple[str, ...]
    opened: str = ""
    closed: str = ""


class Episode(Record, frozen=True, kw_only=True, gc=False):
    """A stretch of a story that hangs together in time."""

    TABLE: ClassVar[str] = "episodes"
    IDENTITY: ClassVar[tuple[str, ...]] = ("story", "documents")

    story: str
    title: str
    documents: tuple[str, ...]
    opened: str = ""
    closed: str = ""


class Dating(Record, frozen=True, kw_only=True, gc=False):
    """A document's date completed by the other pages of its story.

    Attributes:
        doc: The document.
        value: TIMEX3 value, complete.
        earliest, latest: ISO 8601, inclusive.
        because_of: Ids of the documents and spans that it rests on.
        score: 0..1.
        why: In words.
    """

    TABLE: ClassVar[str] = "datings"
    IDENTITY: ClassVar[tuple[str, ...]] = ("doc", "value")

    doc: str
    value: str
    earliest: str
    latest: str
    because_of: tuple[str, ...]
    score: float
    why: str = ""


class Actor(Record, frozen=True, kw_only=True, gc=False):
    """Who acts or speaks, across pages.

    Attributes:
        name: The name most documents use (ties: the longer, then the first by order).
        kind: What it is.
        aliases: Other names.
        chains: Ids of its chains, sorted.
        roles: Roles told of it.
        speaks_for: Id of the actor it speaks for; empty if none.
    """

    TABLE: ClassVar[str] = "actors"
    IDENTITY: ClassVar[tuple[str, ...]] = ("kind", "chains")

    name: str
    kind: MentionKind
    aliases: tuple[str, ...] = ()
    chains: tuple[str, ...]
    roles: tuple[str, ...] = ()
    speaks_for: str = ""


class Utterance(Record, frozen=True, kw_only=True, gc=False):
    """Statements that render one utterance of one speaker; a statement nobody else renders has none.

    Attributes:
        story: Id of the story.
        speaker: Id of the actor.
        speaker_name: Name of that actor.
        statements: Ids of the statements, sorted.
        links: How they render one another.
        origins: Ids of the independent origins that carry it, sorted.
    """

    TABLE: ClassVar[str] = "utterances"
    IDENTITY: ClassVar[tuple[str, ...]] = ("story", "statements")

    story: str
    speaker: str
    speaker_name: str
    statements: tuple[str, ...]
    links: tuple[Link, ...]
    origins: tuple[str, ...] = ()


class Claim(Record, frozen=True, kw_only=True, gc=False):
    """One value claimed about one matter, with all that backs it."""

    TABLE: ClassVar[str] = "claims"
    IDENTITY: ClassVar[tuple[str, ...]] = ("story", "about", "value", "spans")

    story: str
    about: str
    value: str
    statements: tuple[str, ...] = ()
    spans: tuple[Anchor, ...] = ()
    origins: tuple[str, ...] = ()


class Silence(Record, frozen=True, kw_only=True, gc=False):
    """A claim that some origins report and others, that could have, do not."""

    TABLE: ClassVar[str] = "silences"
    IDENTITY: ClassVar[tuple[str, ...]] = ("story", "claim")

    story: str
    claim: str
    reported_by: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    share_comparable: float = 0.0


class Happening(Record, frozen=True, kw_only=True, gc=False):
    """One thing that happened, as several accounts tell it."""

    TABLE: ClassVar[str] = "happenings"
    IDENTITY: ClassVar[tuple[str, ...]] = ("story", "events")

    story: str
    what: str
    when: str = ""
    where: str = ""
    who: tuple[str, ...] = ()
    events: tuple[str, ...] = ()


class TimelineEntry(Record, frozen=True, kw_only=True, gc=False):
    """One line of the timeline.

    Attributes:
        story: Id of the story.
        time: TIMEX3 value.
        earliest, latest: ISO 8601, inclusive.
        what: The sentence that says it best, as it stands in the page (its span is the first of `spans`).
        kind: `news` within the story's episodes, `background` before.
        spans: Every sentence that backs the line.
        documents: Ids of those documents, sorted.
        origins: Ids of their independent origins, sorted.
    """

    TABLE: ClassVar[str] = "timeline"
    IDENTITY: ClassVar[tuple[str, ...]] = ("story", "time", "spans")

    story: str
    time: str
    earliest: str
    latest: str
    what: str
    kind: Literal["background", "news"]
    spans: tuple[Anchor, ...]
    documents: tuple[str, ...]
    origins: tuple[str, ...] = ()


class Naming(Record, frozen=True, kw_only=True, gc=False):
    """The words one outlet uses for one actor or place, in its own voice or quoting.

    Attributes:
        story: Id of the story.
        about: Id of the actor, or gazetteer id of the place.
        about_name: Its usual name.
        outlet: The outlet; the page's location where the outlet is unknown.
        description: The words, as used.
        voice: The outlet's own, or quoted.
        spans: Where.
    """

    TABLE: ClassVar[str] = "naming"
    IDENTITY: ClassVar[tuple[str, ...]] = ("story", "about", "outlet", "description", "voice")

    story: str
    about: str
    about_name: str
    outlet: str
    description: str
    voice: Voice
    spans: tuple[Anchor, ...]


class EditionLine(Record, frozen=True, kw_only=True, gc=False):
    """One line of the edition: the story told once, with every witness's variant.

    Attributes:
        story: Id of the story.
        order: Place in the edition, from 0.
        base: The reading printed in the text.
        variants: The other witnesses' readings.
        witnesses: Ids of the independent origins that carry it, sorted.
        marks: `conflict`, `denial`, `one origin only`.
    """

    TABLE: ClassVar[str] = "edition"
    IDENTITY: ClassVar[tuple[str, ...]] = ("story", "base")

    story: str
    order: int
    base: Anchor
    variants: tuple[Anchor, ...] = ()
    witnesses: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
