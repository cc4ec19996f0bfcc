"""Ids, spans and the base of every record (design, laws 1 and 4)."""

from __future__ import annotations

import hashlib
from typing import ClassVar

import msgspec

# 80 bits: at 10^9 records the chance of any collision is below one in a million.
_DIGEST_BYTES = 10
_BASE32 = "abcdefghijklmnopqrstuvwxyz234567"
# Ten bits as two letters: eight look-ups write an id, at a quarter of what `base64.b32encode` takes. A page has about
# a thousand records, so this is felt.
_TWO = [high + low for high in _BASE32 for low in _BASE32]
_SHIFTS = (70, 60, 50, 40, 30, 20, 10, 0)


def _length(size: int) -> bytes:
    return size.to_bytes(8, "little")


_LENGTHS = [_length(size) for size in range(256)]


def digest(*parts: object) -> str:
    """Hash the parts to a 16-letter id.

    Parts are separated, so ("ab", "c") and ("a", "bc") differ. Strings go in as UTF-8, bytes as they are,
    everything else by its `repr` (numbers, None, tuples, spans: all with one stable form).

    Args:
        parts: What the id is to stand for.

    Returns:
        16 lower-case letters and digits (base32 of 80 bits of BLAKE2b).
    """
    pieces: list[bytes] = []
    for part in parts:
        if isinstance(part, str):
            data = part.encode("utf-8", "surrogatepass")
        elif isinstance(part, bytes):
            data = part
        else:
            data = repr(part).encode()
        pieces += (_LENGTHS[len(data)] if len(data) < len(_LENGTHS) else _length(len(data)), data)
    number = int.from_bytes(hashlib.blake2b(b"".join(pieces), digest_size=_DIGEST_BYTES).digest(), "big")
    return "".join([_TWO[number >> shift & 1023] for shift in _SHIFTS])


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
