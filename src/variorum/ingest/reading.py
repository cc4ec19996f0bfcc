"""One input to its arrivals: opened, decompressed, told apart, read."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from variorum.errors import PageRefused
from variorum.ingest import feeds, jsonl, mhtml, wacz, warc
from variorum.ingest.arrival import (
    Arrival,
    Origin,
    arrived,
    asset_of,
    frame_of,
    rejected,
    skipped,
    too_large,
)
from variorum.ingest.files import Found, find, is_page_name
from variorum.ingest.sniff import Sniffed, sniff
from variorum.ingest.streams import Allowance, Stream
from variorum.ingest.unpacking import unpacked

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from variorum.settings import Settings

# A reason that begins so is a fault of ours, not of the input.
FAILED = "reading failed: "


def read(
    inputs: Sequence[str | Path], settings: Settings, *, stdin: BinaryIO | None = None
) -> Iterator[Arrival]:
    """Read pages from files, folders, globs and standard input, lazily and in a fixed order.

    Args:
        inputs: Paths, globs, or `-` for standard input (told apart by content as files are).
        settings: Limits, field names of JSON Lines, and whether text is taken as it stands.
        stdin: What `-` stands for; the process's own standard input if none is given.

    Yields:
        One arrival for every page, those that were skipped or rejected too; no input makes it raise, and none
        takes another with it. One body is held at a time.
    """
    for found in find(inputs):
        if isinstance(found, Arrival):
            yield found
        elif found.asset_of:
            why = frame_of if is_page_name(found.where.location) else asset_of
            yield skipped(found.where, why(found.asset_of), size=_size(found.path))
        else:
            yield from _guarded(found, settings, stdin)


def _size(path: str) -> int:
    try:
        return Path(path).stat().st_size
    except OSError:
        return 0


def _guarded(found: Found, settings: Settings, stdin: BinaryIO | None) -> Iterator[Arrival]:
    try:
        if found.path == "-":
            yield from _opened(stdin or sys.stdin.buffer, found, settings)
        else:
            with Path(found.path).open("rb") as file:
                yield from _opened(file, found, settings)
    except PageRefused as refusal:
        yield rejected(found.where, refusal.reason)
    except OSError as error:
        yield rejected(found.where, f"cannot be read: {os.strerror(error.errno) if error.errno else error}")
    except Exception as error:  # noqa: BLE001 - what one input does to a reader must not cost the others (law 2)
        yield rejected(found.where, f"{FAILED}{type(error).__name__}: {error}; please report this file")


def _opened(source: BinaryIO, found: Found, settings: Settings) -> Iterator[Arrival]:
    stream = Stream(source)
    if _kind(stream, found).kind == "wacz":
        yield from wacz.read(source, found.where, settings)
        return
    stream = unpacked(stream, Allowance(settings.limits))
    yield from _told_apart(stream, found, settings)
    if stream.damage:
        yield rejected(found.where, f"{stream.damage}; what could be read was read")


def _kind(stream: Stream, found: Found) -> Sniffed:
    return sniff(stream.head, found.where.input, whole=stream.whole, walked=found.walked)


def _told_apart(stream: Stream, found: Found, settings: Settings) -> Iterator[Arrival]:
    where = found.where
    told = _kind(stream, found)
    match told.kind:
        case "warc":
            yield from warc.read(stream, where, settings)
        case "json":
            yield from jsonl.read(stream, where, settings)
        case "feed":
            yield from feeds.read(stream, where, settings)
        case "mhtml":
            yield from mhtml.read(stream, where, settings)
        case "html" | "text":
            yield _page(stream, where, settings, html=told.kind == "html")
        case "asset":
            yield skipped(where, told.reason, media_type=told.media_type)
        case "gzip" | "zstd" | "wacz":
            reason = f"{told.kind} within a compressed file (decompress it first)"
            yield rejected(where, reason, media_type=told.media_type)
        case "empty" if stream.damage:
            return
        case _:
            yield rejected(where, told.reason, media_type=told.media_type)


def _page(stream: Stream, where: Origin, settings: Settings, *, html: bool) -> Arrival:
    body = stream.read(settings.limits.page_bytes + 1)
    if len(body) > settings.limits.page_bytes:
        return rejected(where, too_large(settings))
    return arrived(where, body, html=html, settings=settings, notes=(stream.damage,))
