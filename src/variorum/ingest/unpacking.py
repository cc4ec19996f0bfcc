"""Compressed streams to plain ones, by content."""

from __future__ import annotations

from typing import TYPE_CHECKING

from variorum.ingest.sniff import sniff
from variorum.ingest.streams import Gzip, Stream
from variorum.ingest.zstd import Zstd

if TYPE_CHECKING:
    from variorum.ingest.streams import Allowance, Packed


def unpacked(stream: Stream, allowance: Allowance) -> Stream:
    """The stream decompressed, if it is gzip or Zstandard; else as it is.

    Args:
        stream: Bytes of any kind.
        allowance: What the input may still decompress to; reading past it raises `PageRefused`.
    """
    packed: Packed
    match sniff(stream.head, whole=stream.whole).kind:
        case "gzip":
            packed = Gzip(stream, allowance)
        case "zstd":
            packed = Zstd(stream, allowance)
        case _:
            return stream
    return Stream(packed, packed=packed)
