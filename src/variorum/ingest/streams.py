"""Byte streams that can be looked into, and compressed ones that cannot be used as bombs."""

from __future__ import annotations

import abc
import io
import zlib
from typing import TYPE_CHECKING, Protocol

from variorum.errors import PageRefused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from variorum.settings import Limits

HEAD_BYTES = 65_536
_CHUNK = 65_536
_GZIP = b"\x1f\x8b\x08"
# Short inputs of high ratio are harmless, and zlib reaches 1,032 to 1 on a page of blanks.
_RATIO_FROM = 1 << 20


class Readable(Protocol):
    """What a source must be able to do."""

    def read(self, size: int = -1, /) -> bytes | None: ...


class Packed(Readable, Protocol):
    """Compressed bytes being decompressed; `damage` says what was wrong with them so far."""

    damage: str


class Allowance:
    """What one input may decompress to in all, its parts together."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._given = 0

    @property
    def spent(self) -> bool:
        """Whether the input gave more than it may in all, so that nothing more of it is to be read."""
        return self._given > self._limits.archive_bytes

    def spend(self, part: int, *, given: int, taken: int) -> None:
        """Count more decompressed bytes.

        Args:
            part: How many came now.
            given: How many came of the same compressed data so far, these among them.
            taken: How many compressed bytes they came from.

        Raises:
            PageRefused: The input gave over `archive_bytes` in all, or this data over `archive_ratio` times its size.
        """
        self._given += part
        if self.spent:
            raise PageRefused(
                f"over the limit of {self._limits.archive_bytes} bytes decompressed from one input"
            )
        if given > max(_RATIO_FROM, self._limits.archive_ratio * taken):
            raise PageRefused(f"decompresses to over {self._limits.archive_ratio} times its size")


class Pieces(io.RawIOBase):
    """A file to be read only, of which a subclass gives the next bytes."""

    def readable(self) -> bool:
        return True

    def readinto(self, target: memoryview, /) -> int:  # type: ignore[override]
        part = self._next(len(target))
        target[: len(part)] = part
        return len(part)

    @abc.abstractmethod
    def _next(self, size: int) -> bytes | memoryview:
        """The next bytes, at most `size`; none only at the end."""


class _Chain(Pieces):
    """Bytes in memory, then a source."""

    def __init__(self, head: bytes, rest: Readable) -> None:
        self._head = memoryview(head)
        self._rest = rest

    def _next(self, size: int) -> bytes | memoryview:
        if self._head:
            part, self._head = self._head[:size], self._head[size:]
            return part
        return self._rest.read(size) or b""


class Stream:
    """A source whose first bytes can be seen before it is read.

    Attributes:
        head: Its first bytes, `HEAD_BYTES` at most.
        whole: Whether `head` is all of it.
    """

    def __init__(self, source: Readable, *, packed: Packed | None = None) -> None:
        self.head = read_up_to(source, HEAD_BYTES)
        self.whole = len(self.head) < HEAD_BYTES
        self._packed = packed
        self._file = io.BufferedReader(_Chain(self.head, source))

    def read(self, size: int = -1, /) -> bytes:
        return self._file.read(size)

    def readline(self, size: int = -1, /) -> bytes:
        return self._file.readline(size)

    @property
    def damage(self) -> str:
        """What was wrong with the compressed data read so far; empty if nothing was."""
        return self._packed.damage if self._packed else ""


def read_up_to(source: Readable, size: int) -> bytes:
    """The next `size` bytes, fewer only at the end of the source (a pipe gives them in pieces)."""
    parts = []
    while size > 0:
        part = source.read(size)
        if not part:
            break
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def before(head: bytes, stream: Stream) -> Stream:
    """The stream with bytes that were taken from it put back."""
    return Stream(io.BufferedReader(_Chain(head, stream)))


def lines(stream: Stream, limit: int) -> Iterator[tuple[int, bytes | None]]:
    """Number and bytes of each line that is not blank; None for one longer than `limit` bytes."""
    number = 0
    while line := stream.readline(limit + 1):
        number += 1
        if len(line) > limit and not line.endswith(b"\n"):
            while (rest := stream.readline(_CHUNK)) and not rest.endswith(b"\n"):
                pass
            yield number, None
        elif line.strip():
            yield number, line


class Gzip(Pieces):
    """Decompresses gzip members one after another, within limits, past damage.

    Attributes:
        damage: What was wrong so far: truncated, or damaged at some byte; empty if nothing was.

    Reading raises `PageRefused` once the output passes what the allowance has left, or `archive_ratio` times the
    input.
    """

    def __init__(self, source: Readable, allowance: Allowance) -> None:
        self._source = source
        self._allowance = allowance
        self._input = b""
        self._member: zlib._Decompress | None = None
        self._taken = self._given = 0
        self.damage = ""

    def _next(self, size: int) -> bytes:
        while True:
            if self._member is None and not self._open():
                return b""
            if not self._input and not self._fill():
                self.damage = "the gzip data is truncated"
                self._member = None
                return b""
            part = self._decompress(size)
            if part:
                return part

    def _fill(self) -> bool:
        part = self._source.read(_CHUNK) or b""
        self._taken += len(part)
        self._input += part
        return bool(part)

    def _open(self) -> bool:
        """Find the next member: at once, after padding, or after damage."""
        while True:
            place = self._input.find(_GZIP)
            if place >= 0:
                self._input = self._input[place:]
                self._member = zlib.decompressobj(wbits=31)
                return True
            self._input = self._input[-2:]
            if not self._fill():
                return False

    def _decompress(self, size: int) -> bytes:
        member = self._member
        if member is None:
            return b""
        try:
            part = member.decompress(self._input, size)
        except zlib.error:
            self.damage = f"the gzip data is damaged near byte {self._taken - len(self._input)}"
            # The damaged member's own header must not be found again.
            self._input = self._input[1:]
            self._member = None
            return b""
        self._input = member.unconsumed_tail
        if member.eof:
            self._input = member.unused_data
            self._member = None
        self._given += len(part)
        self._allowance.spend(len(part), given=self._given, taken=self._taken)
        return part
