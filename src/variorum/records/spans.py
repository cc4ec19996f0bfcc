"""What is found inside one document: a function of that document alone (law 6)."""

from __future__ import annotations

from typing import ClassVar, Literal

from variorum.records.anchor import Record, Span, SpanRecord

MentionKind = Literal["person", "organisation", "place", "group", "work", "event"]
TimeKind = Literal["DATE", "TIME", "DURATION", "SET"]
FigureKind = Literal["count", "money", "measure", "share", "ordinal", "age"]
Manner = Literal["direct", "indirect", "mixed"]
Act = Literal[
    "asserts",
    "announces",
    "denies",
    "demands",
    "warns",
    "threatens",
    "accuses",
    "praises",
    "supports",
    "promises",
    "asks",
]
EventStatus = Literal["happened", "denied", "threatened", "planned", "hypothetical"]
Layer = Literal["name", "mention", "source", "cue", "content", "negation", "event"]
Resolution = Literal["name", "apposition", "pronoun", "role", "metonymy", "unknown"]


class Sentence(SpanRecord, frozen=True, kw_only=True, gc=False):
    """A sentence; `block` is the id of the block that holds it."""

    TABLE: ClassVar[str] = "sentences"
    IDENTITY: ClassVar[tuple[str, ...]] = ("doc", "start", "end")

    block: str


class Vector(Record, frozen=True, kw_only=True, gc=False):
    """The int8 vector of a sentence."""

    TABLE: ClassVar[str] = "vectors"
    IDENTITY: ClassVar[tuple[str, ...]] = ("sentence",)

    sentence: str
    vector: bytes


class Token(SpanRecord, frozen=True, kw_only=True, gc=False):
    """A token of a sentence; `head` counts tokens within the sentence, -1 for the root or unknown."""

    TABLE: ClassVar[str] = "tokens"
    IDENTITY: ClassVar[tuple[str, ...]] = ("doc", "start", "end")

    sentence: str
    lemma: str = ""
    upos: str = ""
    head: int = -1
    deprel: str = ""


class Label(SpanRecord, frozen=True, kw_only=True, gc=False):
    """What the reader marked in a document, before lists and rules join it.

    Attributes:
        layer: What it is marked as.
        kind: Of names and mentions: what they refer to; empty for a mention of no kind of ours.
        head: Of a mention: its head word.
        chain: Of a mention: number of its chain within the document; -1 elsewhere.
        said: Of a source, cue or content: number of the statement within the document; -1 elsewhere.
        negated: Of a cue: not said.
        thought: Of a cue: thought rather than said.
    """

    TABLE: ClassVar[str] = "labels"
    IDENTITY: ClassVar[tuple[str, ...]] = ("doc", "layer", "start", "end", "kind", "said", "head")

    layer: Layer
    kind: str = ""
    head: Span | None = None
    chain: int = -1
    said: int = -1
    negated: bool = False
    thought: bool = False


class Fingerprint(SpanRecord, frozen=True, kw_only=True, gc=False):
    """The hash of a window of words, for finding text reuse; `hash` is a signed 64-bit number."""

    TABLE: ClassVar[str] = "fingerprints"
    IDENTITY: ClassVar[tuple[str, ...]] = ("doc", "start", "end", "hash")

    hash: int


class Term(Record, frozen=True, kw_only=True, gc=False):
    """One weighted term of a document, for finding pages of one story."""

    TABLE: ClassVar[str] = "terms"
    IDENTITY: ClassVar[tuple[str, ...]] = ("doc", "term")

    doc: str
    term: str
    weight: float


class Capture(Record, frozen=True, kw_only=True, gc=False):
    """The address under which other captures of a document's page meet it: working table of revisions.

    `captured` is the ISO 8601 time of capture, empty where unknown. Only web addresses have rows.
    """

    TABLE: ClassVar[str] = "captures"
    IDENTITY: ClassVar[tuple[str, ...]] = ("doc", "address")

    doc: str
    address: str
    captured: str = ""


class NameKey(Record, frozen=True, kw_only=True, gc=False):
    """A key under which a chain's name may meet the same name on other pages: working table of actors."""

    TABLE: ClassVar[str] = "name_keys"
    IDENTITY: ClassVar[tuple[str, ...]] = ("chain", "key")

    doc: str
    chain: str
    key: str


class Mention(SpanRecord, frozen=True, kw_only=True, gc=False):
    """A name, description or pronoun that refers to something.

    Attributes:
        kind: What it refers to.
        head: The head word or the name inside the mention.
        chain: Id of the chain (identity within the page); empty if it stands alone unresolved.
    """

    TABLE: ClassVar[str] = "mentions"
    IDENTITY: ClassVar[tuple[str, ...]] = ("doc", "start", "end", "kind")

    kind: MentionKind
    head: Span
    chain: str = ""


class Chain(Record, frozen=True, kw_only=True, gc=False):
    """All mentions of one thing on one page.

    Attributes:
        name: Fullest name seen on the page, else its best description.
        kind: What it is.
        aliases: Other names of it on this page.
        roles: Titles and roles told, such as `Kremlin spokesman`.
        speaks_for: Id of the chain of the body it speaks for; empty if none is told.
    """

    TABLE: ClassVar[str] = "chains"
    IDENTITY: ClassVar[tuple[str, ...]] = ("doc", "kind", "name", "aliases")

    doc: str
    name: str
    kind: MentionKind
    aliases: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    speaks_for: str = ""


class Time(SpanRecord, frozen=True, kw_only=True, gc=False):
    """A time expression.

    Attributes:
        kind: TIMEX3 type.
        mod: TIMEX3 mod (START, MID, END, APPROX, BEFORE, AFTER ...), else empty.
        value: TIMEX3 value; `X` where digits are not told.
        earliest, latest: ISO 8601, inclusive; empty where open or unknown.
        anchored_to: What a relative value was resolved against: `page`, or the id of another time; empty if absolute or unresolved.
    """

    TABLE: ClassVar[str] = "times"
    IDENTITY: ClassVar[tuple[str, ...]] = ("doc", "start", "end", "kind", "value")

    kind: TimeKind
    value: str
    mod: str = ""
    earliest: str = ""
    latest: str = ""
    anchored_to: str = ""


class Figure(SpanRecord, frozen=True, kw_only=True, gc=False):
    """A quantity.

    Attributes:
        kind: What sort of quantity.
        quantity: Known quantity (deaths, wounded, displaced, detained, ...), else empty.
        low, high: Range of the value, both inclusive; None where that end is open.
        unit: Unit; currency as ISO 4217 code where one alone is meant, else its name as told; else empty.
        counts: The noun phrase that is counted.
        place, time: Ids of the place and time it holds for; empty if not told.
        said_by: Id of the chain of who says so; empty for the outlet's own voice.
        approximate: Whether the text says about, nearly ...
        vague: Whether the text gives no number (`dozens`); low and high then follow the documented convention.
    """

    TABLE: ClassVar[str] = "figures"
    IDENTITY: ClassVar[tuple[str, ...]] = ("doc", "start", "end", "kind", "low", "high", "unit")

    kind: FigureKind
    quantity: str = ""
    low: float | None = None
    high: float | None = None
    unit: str = ""
    counts: Span | None = None
    place: str = ""
    time: str = ""
    said_by: str = ""
    approximate: bool = False
    vague: bool = False


class Place(SpanRecord, frozen=True, kw_only=True, gc=False):
    """A place name in the text, resolved against the gazetteer or left unresolved with a reason.

    Attributes:
        gazetteer_id: Id of the gazetteer's entry; empty if unresolved.
        name: The gazetteer's name of it.
        lat, lon: Degrees.
        country: ISO 3166-1 alpha-2, or what a user's gazetteer says.
        precision: 1 the place itself, 2 near or part of an area, 3 region or country (ACLED practice); 0 unresolved.
        reason: Why it is unresolved, or why this candidate among several.
    """

    TABLE: ClassVar[str] = "places"
    IDENTITY: ClassVar[tuple[str, ...]] = ("doc", "start", "end", "gazetteer_id")

    gazetteer_id: str = ""
    name: str = ""
    lat: float | None = None
    lon: float | None = None
    country: str = ""
    precision: int = 0
    reason: str = ""


class Statement(Record, frozen=True, kw_only=True, gc=False):
    """Who says what to whom, in whose words.

    Attributes:
        source: The words that name the source; None where it is only implied.
        cue: The words that mark the attribution.
        content: What is said, in order; several spans where the text interrupts it.
        addressee: To whom, if told.
        speaker: Id of the chain of the speaker; empty if unknown.
        speaker_name: That chain's name.
        how_resolved: How the speaker was found.
        candidates: Ids of chains that had equal right, where the speaker is unknown for that reason.
        manner, act, negated: How it is said, what is done by saying it, whether the saying is negated.
        via: Id of the statement through which this one is reported (A says that B says); empty if none.
        time: Id of the time of speaking; empty if not told.
    """

    TABLE: ClassVar[str] = "statements"
    IDENTITY: ClassVar[tuple[str, ...]] = ("doc", "source", "cue", "content")

    doc: str
    source: Span | None = None
    cue: Span | None = None
    content: tuple[Span, ...] = ()
    addressee: Span | None = None
    speaker: str = ""
    speaker_name: str = ""
    how_resolved: Resolution = "unknown"
    candidates: tuple[str, ...] = ()
    manner: Manner
    act: Act = "asserts"
    negated: bool = False
    via: str = ""
    time: str = ""


class Event(SpanRecord, frozen=True, kw_only=True, gc=False):
    """Something that happens, at its trigger word: PLOVER type and mode, CAMEO code, actor and target chains."""

    TABLE: ClassVar[str] = "events"
    IDENTITY: ClassVar[tuple[str, ...]] = ("doc", "start", "end", "action")

    actor: str = ""
    action: str = ""
    mode: str = ""
    cameo: str = ""
    target: str = ""
    time: str = ""
    place: str = ""
    status: EventStatus
