"""Zstandard, as archives use it: frames one after another, a dictionary at the top where the archive has one.

The frames are cut here, by RFC 8878, and decompressed by FastWARC one at a time: so a damaged frame costs no other,
and the dictionary that the WARC-Zstandard draft of the IIPC puts into a skippable frame is seen before it is used.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from fastwarc.stream_io import ZstdReader

from variorum.errors import PageRefused
from variorum.ingest.streams import Pieces, read_up_to

if TYPE_CHECKING:
    from collections.abc import Iterator

    from variorum.ingest.streams import Allowance, Readable

_CHUNK = 65_536
_FRAME = b"\x28\xb5\x2f\xfd"
_DICTIONARY = b"\x5d\x2a\x4d\x18"
_SKIPPABLE_END = b"\x2a\x4d\x18"
# The draft sets no limit; crawls train theirs at 100 kB to 1 MB. Every frame loads it anew: with one of 16 MiB,
# 28 kB of frames took 1.7 s.
_MOST_DICTIONARY = 2 << 20
# RFC 8878, 3.1.1.2: no block is larger.
_MOST_BLOCK = 128 << 10
_RLE, _RESERVED = 1, 3
_NO_DICTIONARY = (
    "needs a zstd dictionary that it does not carry (decompress it first: zstd -d -D DICTIONARY FILE)"
)
_BAD_DICTIONARY = "its zstd dictionary is damaged"
# The library's own limit for windows of frames that are read as a stream, so that a few bytes cannot ask for more.
_WIDE_WINDOW = "a zstd frame needs over 128 MiB of memory (decompress it first: zstd -d --long=31 FILE)"


def is_zstd(head: bytes) -> bool:
    """Whether bytes begin as Zstandard does: with a frame, or with one to skip."""
    return head.startswith(_FRAME) or (head[1:4] == _SKIPPABLE_END and head[0] >> 4 == 5)


class _BrokenFrameError(Exception):
    """A frame that is no frame from here on."""


class _Frame(io.RawIOBase):
    """One frame's bytes, block by block, as a file that FastWARC reads once from its beginning."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._rest = b""
        self._place = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        if not self._rest:
            self._rest = next(self._pieces, b"")
        part = self._rest if size < 0 else self._rest[:size]
        self._rest = self._rest[len(part) :]
        self._place += len(part)
        return part

    def tell(self) -> int:
        return self._place


class Zstd(Pieces):
    """Decompresses Zstandard frames one after another, within limits, past damage.

    Attributes:
        damage: What was wrong first; empty if nothing was.

    Reading raises `PageRefused` once the output passes what the allowance has left, or `archive_ratio` times the
    input; and where a frame needs a dictionary that the input does not carry.
    """

    def __init__(self, source: Readable, allowance: Allowance) -> None:
        self._source = source
        self._allowance = allowance
        self._input = b""
        self._taken = self._given = 0
        self._dictionary: bytes | None = None
        self._pieces: Iterator[bytes] = iter(())
        self._frame: ZstdReader | None = None
        self.damage = ""

    def _next(self, size: int) -> bytes:
        while self._frame is not None or self._open():
            part = self._decompress(size)
            if part:
                self._given += len(part)
                self._allowance.spend(len(part), given=self._given, taken=self._taken)
                return part
        return b""

    def _decompress(self, size: int) -> bytes:
        """The next bytes of the frame that is open; none, and no frame open, at its end or at damage."""
        if self._frame is None:
            return b""
        try:
            part = self._frame.read(size)
            if not part:
                # The frame's end, which FastWARC need not have read, is passed over.
                for _ in self._pieces:
                    continue
        except _BrokenFrameError:
            self._damaged()
            part = b""
        except OSError as error:
            self._fault(error)
            part = b""
        if not part:
            self._frame = None
        return part

    def _fault(self, error: OSError) -> None:
        """Note what FastWARC says of a frame, by the words of the Zstandard library (`zstd_errors.h`)."""
        if "ictionary" in str(error):
            raise PageRefused(_NO_DICTIONARY) from error
        if "too much memory" in str(error):
            self.damage = self.damage or _WIDE_WINDOW
        self._damaged()

    def _damaged(self) -> None:
        place = self._taken - len(self._input)
        self.damage = self.damage or f"the zstd data is damaged or truncated near byte {place}"

    def _open(self) -> bool:
        """Find the next frame: at once, behind frames to skip, or after damage."""
        while self._has(4):
            head = self._input[:4]
            if head == _FRAME:
                self._begin()
                return True
            if is_zstd(head):
                self._skip(is_dictionary=head == _DICTIONARY)
            else:
                self._resume()
        if self._input:
            self._damaged()
            self._input = b""
        return False

    def _begin(self) -> None:
        self._pieces = self._blocks()
        try:
            self._frame = ZstdReader(_Frame(self._pieces), dictionary=self._dictionary)
        except OSError as error:
            raise PageRefused(_BAD_DICTIONARY) from error

    def _resume(self) -> None:
        self._damaged()
        while True:
            place = self._input.find(_FRAME)
            if place >= 0:
                self._input = self._input[place:]
                return
            self._input = self._input[-3:]
            if not self._fill():
                self._input = b""
                return

    def _skip(self, *, is_dictionary: bool) -> None:
        """Pass over a skippable frame; keep the dictionary if it is one and none was met."""
        head = self._take(8)
        size = int.from_bytes(head[4:], "little")
        if is_dictionary and self._dictionary is None:
            if size > _MOST_DICTIONARY:
                raise PageRefused(f"zstd dictionary over the limit of {_MOST_DICTIONARY} bytes")
            part = self._take(size)
            if len(part) == size and len(head) == 8:
                self._dictionary = _dictionary(part)
            else:
                self._damaged()
            return
        while size > 0 and (part := self._take(min(size, _CHUNK))):
            size -= len(part)
        if size > 0 or len(head) < 8:
            self._damaged()

    def _blocks(self) -> Iterator[bytes]:
        """The bytes of the frame that begins here, in pieces (RFC 8878, 3.1.1)."""
        descriptor = self._sure(5)
        yield descriptor
        flags = descriptor[4]
        single = flags >> 5 & 1
        yield self._sure((1 - single) + (0, 1, 2, 4)[flags & 3] + (single, 2, 4, 8)[flags >> 6])
        last = 0
        while not last:
            header = self._sure(3)
            value = int.from_bytes(header, "little")
            last, kind, size = value & 1, value >> 1 & 3, value >> 3
            if kind == _RESERVED or size > _MOST_BLOCK:
                raise _BrokenFrameError
            yield header + self._sure(1 if kind == _RLE else size)
        yield self._sure(4 if flags >> 2 & 1 else 0)

    def _sure(self, size: int) -> bytes:
        part = self._take(size)
        if len(part) < size:
            raise _BrokenFrameError
        return part

    def _take(self, size: int) -> bytes:
        self._has(size)
        part, self._input = self._input[:size], self._input[size:]
        return part

    def _has(self, size: int) -> bool:
        while len(self._input) < size:
            if not self._fill():
                return False
        return True

    def _fill(self) -> bool:
        part = self._source.read(_CHUNK) or b""
        self._taken += len(part)
        self._input += part
        return bool(part)


def _dictionary(data: bytes) -> bytes:
    """The dictionary of a WARC archive, which may itself be compressed."""
    if not data.startswith(_FRAME):
        return data
    try:
        found = read_up_to(ZstdReader(io.BytesIO(data)), _MOST_DICTIONARY + 1)
    except OSError as error:
        raise PageRefused(_BAD_DICTIONARY) from error
    if len(found) > _MOST_DICTIONARY:
        raise PageRefused(f"zstd dictionary over the limit of {_MOST_DICTIONARY} bytes")
    return found
