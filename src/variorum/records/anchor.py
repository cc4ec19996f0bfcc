"""Ids, spans and the base of every record (design, laws 1 and 4)."""

from __future__ import annotations

import base64
import hashlib
from typing import ClassVar

import msgspec

# 80 bits: at 10^9 records the chance of any collision is below one in a million.
_DIGEST_BYTES = 10


def digest(*parts: object) -> str:
    """Hash the parts to a 16-letter id.

    Parts are separated, so ("ab", "c") and ("a", "bc") differ. Strings go in as UTF-8, bytes as they are,
    everything else by its `repr` (numbers, None, tuples, spans: all with one stable form).

    Args:
        parts: What the id is to stand for.

    Returns:
        16 lower-case letters and digits (base32 of 80 bits of BLAKE2b).
    """
    state = hashlib.blake2b(digest_size=_DIGEST_BYTES)
    for part in parts:
        if isinstance(part, bytes):
            data = part
        elif isinstance(part, str):
            data = part.encode("utf-8", "surrogatepass")
        else:
            data = repr(part).encode()
        state.update(len(data).to_bytes(8, "little"))
        state.update(data)
    return base64.b32encode(state.digest()).decode("ascii").lower()


class Span(msgspec.Struct, frozen=True, order=True, gc=False):
    """A stretch of the text of the record's own document: half-open code points."""

    start: int
    end: int


class Anchor(msgspec.Struct, frozen=True, order=True, gc=False):
    """A stretch of the text of a named document: half-open code points."""

    doc: str
    start: int
    end: int


class PageRange(msgspec.Struct, frozen=True, order=True, gc=False):
    """A stretch of the bytes of a page, half-open."""

    start: int
    end: int


class Record(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Base of every record.

    A record without an id gets one on creation: the hash of its table and of the fields named in
    `IDENTITY` (document, place, kind and content). `made_by` (stage@version) is filled by the engine.
    """

    TABLE: ClassVar[str] = ""
    IDENTITY: ClassVar[tuple[str, ...]] = ()

    id: str = ""
    made_by: str = ""

    def __post_init__(self) -> None:
        if not self.id:
            parts = (getattr(self, name) for name in self.IDENTITY)
            msgspec.structs.force_setattr(self, "id", digest(self.TABLE, *parts))


class SpanRecord(Record, frozen=True, kw_only=True, gc=False):
    """A record that is itself a span of one document: half-open code points of its text."""

    doc: str
    start: int
    end: int
