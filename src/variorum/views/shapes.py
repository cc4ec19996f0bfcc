"""What a story looks like to readers: plain frozen records, made by `variorum.views.story`, shown by report and web."""

from __future__ import annotations

import msgspec

from variorum import records as r
from variorum.views.differences import Piece
from variorum.views.families import Families
from variorum.views.shelf import Witness


class Reading(msgspec.Struct, frozen=True):
    """Words of one witness, marked against another's, with the way to where they stand."""

    witness: Witness
    anchor: r.Anchor
    pieces: tuple[Piece, ...]
    note: str = ""


class Line(msgspec.Struct, frozen=True):
    """A line of the edition: who carries it, in which words, and how many independent origins they are."""

    base: Reading
    variants: tuple[Reading, ...]
    carriers: tuple[Reading, ...]
    origins: int
    marks: tuple[str, ...]


class Moment(msgspec.Struct, frozen=True):
    """A line of the timeline."""

    time: str
    earliest: str
    latest: str
    background: bool
    readings: tuple[Reading, ...]
    origins: int


class Rendering(msgspec.Struct, frozen=True):
    """One utterance in the words of those who report it."""

    speaker: str
    kinds: tuple[str, ...]
    readings: tuple[Reading, ...]
    origins: int


class Said(msgspec.Struct, frozen=True):
    """All statements of one speaker."""

    speaker: str
    roles: tuple[str, ...]
    readings: tuple[Reading, ...]


class Parting(msgspec.Struct, frozen=True):
    """Two accounts that part, or a denial and what it denies (`right` may be missing there)."""

    kind: str
    comparable: str
    why: str
    left: Reading
    right: Reading | None
    left_value: str = ""
    right_value: str = ""


class CopiedPassage(msgspec.Struct, frozen=True):
    """One shared passage, both sides."""

    kind: str
    same: float
    first: str
    why: str
    left: Reading
    right: Reading


class Copied(msgspec.Struct, frozen=True):
    """Passages that two documents share."""

    left: Witness
    right: Witness
    words: int
    copies: int
    passages: tuple[CopiedPassage, ...]


class Revised(msgspec.Struct, frozen=True):
    """Two captures of one address, the places where the later reads otherwise, and both titles if they differ.

    `told` says whether it is known which was earlier.
    """

    earlier: Witness
    later: Witness
    told: bool
    why: str
    same: float
    titles: tuple[str, ...]
    places: tuple[tuple[Reading, Reading], ...]

    @property
    def changed(self) -> bool:
        """Whether any word differs; a page captured again is often the same."""
        return bool(self.places or self.titles or self.same < 1)


class OriginView(msgspec.Struct, frozen=True):
    """An origin and the share of each document that comes from it."""

    kind: str
    name: str
    shares: tuple[tuple[Witness, float], ...]
    evidence: tuple[str, ...]


class NamedThing(msgspec.Struct, frozen=True):
    """What one thing is called, by outlet: (outlet, words, voice, where)."""

    name: str
    uses: tuple[tuple[str, tuple[tuple[str, str, tuple[r.Anchor, ...]], ...]], ...]


class EpisodeView(msgspec.Struct, frozen=True):
    """A stretch of the story."""

    title: str
    opened: str
    closed: str
    witnesses: tuple[Witness, ...]


class StoryView(msgspec.Struct, frozen=True):
    """A story, all of it."""

    id: str
    title: str
    opened: str
    closed: str
    witnesses: tuple[Witness, ...]
    outlets: int
    families: Families
    episodes: tuple[EpisodeView, ...]
    edition: tuple[Line, ...]
    timeline: tuple[Moment, ...]
    renderings: tuple[Rendering, ...]
    said: tuple[Said, ...]
    partings: tuple[Parting, ...]
    incomparable: tuple[Parting, ...]
    denials: tuple[Parting, ...]
    copied: tuple[Copied, ...]
    revised: tuple[Revised, ...]
    origins: tuple[OriginView, ...]
    naming: tuple[NamedThing, ...]
