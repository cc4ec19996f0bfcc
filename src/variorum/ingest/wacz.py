"""WACZ: a zip of WARC archives, with a list of the pages that were meant (WACZ 1.1.1 of the Webrecorder project).

Nothing is unpacked to disk. The WARCs in it are read where they lie; indexes, logs and screenshots are not needed.
"""

from __future__ import annotations

import copy
import re
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING, BinaryIO

import msgspec

from variorum.errors import PageRefused
from variorum.ingest import warc
from variorum.ingest.arrival import Arrival, Origin, rejected, web_address
from variorum.ingest.sniff import sniff
from variorum.ingest.streams import Allowance, Stream, lines
from variorum.ingest.unpacking import unpacked

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Self, TypeAlias

    from variorum.settings import Settings

    # The pages that a list names: by address without fragment; the address, the list, and its line there.
    _Wanted: TypeAlias = dict[str, tuple[str, Origin, int]]

_CHUNK = 65_536
# An entry takes 46 bytes and its name: some 40,000 entries; a crawl has one a WARC and a dozen besides.
_MOST_DIRECTORY = 4 << 20
_WARC = re.compile(r"\.warc(?:\.gz|\.zst)?$", re.IGNORECASE)
_PAGES = re.compile(r"(?:^|/)pages/[^/]+\.jsonl$")
_MOST_PAGE_LINE = 1 << 20
_NOT_COMPARED = "what it names there is not compared with the WARCs"
# What the list of pages may hold in memory: some 900,000 addresses of 100 characters; a large crawl lists 100,000.
_MOST_LISTED = 256 << 20
# What a listed page takes beside its address: its place in the table, the pair, the number of its line.
_LISTED_BESIDE = 200
# WARCs come stored or deflated. zipfile puts no bound on what bzip2 and LZMA give at once: 800 bytes gave 600 MB.
_BOUNDED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# What `zipfile` and its decompressors raise on bytes that are no zip.
_BAD_ZIP = (
    zipfile.BadZipFile,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OverflowError,
    EOFError,
    OSError,
    struct.error,
    zlib.error,
)


class _Bounded:
    """A file of which `zipfile` may not take much at a time: it reads a directory whole."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source

    def read(self, size: int = -1, /) -> bytes:
        if size > _MOST_DIRECTORY:
            raise PageRefused(f"zip directory over the limit of {_MOST_DIRECTORY} bytes")
        return self._source.read(size if size >= 0 else _MOST_DIRECTORY)

    def seek(self, offset: int, whence: int = 0, /) -> int:
        return self._source.seek(offset, whence)

    def tell(self) -> int:
        return self._source.tell()

    def seekable(self) -> bool:
        return True


class _Member:
    """The bytes of one entry, within limits; a fault ends them and is told in `damage`.

    Its checksum is compared at the end here, and not by `zipfile`, which withholds the last bytes where it is wrong.
    """

    def __init__(self, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, allowance: Allowance) -> None:
        unchecked = copy.copy(entry)
        del unchecked.CRC  # without one, `zipfile` checks none
        self._file = archive.open(unchecked)
        self._size = entry.compress_size
        self._wanted = entry.CRC
        self._crc = 0
        self._allowance = allowance
        self._given = 0
        self.damage = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def read(self, size: int = -1, /) -> bytes:
        try:
            part = self._file.read(min(size, _CHUNK) if size >= 0 else _CHUNK)
        except _BAD_ZIP as error:
            self.damage = f"the zip entry is damaged ({_line(error)})"
            return b""
        if not part and size and self._crc != self._wanted:
            self.damage = self.damage or "the zip entry is damaged (its checksum is wrong)"
        self._crc = zlib.crc32(part, self._crc)
        self._given += len(part)
        # Stored entries count too: a thousand of them may share the same bytes.
        self._allowance.spend(len(part), given=self._given, taken=self._size)
        return part


def read(source: BinaryIO, where: Origin, settings: Settings) -> Iterator[Arrival]:
    """Read the pages of a WACZ file.

    Args:
        source: The file; it must be seekable.
        where: The file.
        settings: Limits, and whether plain text is taken as it stands.

    Yields:
        The arrivals of each WARC in it, in the order of the directory; a rejected record for an entry that cannot be
        read, for a list of pages that is damaged, and for a page that it names and no WARC holds.
    """
    if not source.seekable():
        yield rejected(where, "WACZ from a pipe (give the file by its name)")
        return
    try:
        archive = zipfile.ZipFile(_Bounded(source))
    except _BAD_ZIP as error:
        yield rejected(where, f"broken zip archive: {_line(error)}")
        return
    allowance = Allowance(settings.limits)
    wanted: _Wanted = {}
    yield from _listed(archive, where, allowance, wanted)
    found = False
    for entry in archive.infolist():
        fault = _fault(entry)
        if fault:
            yield rejected(where.part(entry.filename), fault, size=entry.file_size)
        elif _WARC.search(entry.filename):
            found = True
            for arrival in _read_warc(archive, entry, where, allowance, settings):
                wanted.pop(_plain(arrival.page.location), None)
                yield arrival
    if not found:
        yield rejected(where, "WACZ without a WARC in its folder archive/")
    for address, place, number in wanted.values():
        reason = "listed among the pages, but no WARC holds it"
        yield rejected(place.part(number), reason, location=address)


def _fault(entry: zipfile.ZipInfo) -> str:
    """Why an entry is not to be opened; empty if it may be."""
    parts = re.split(r"[/\\]", entry.filename)
    if ".." in parts or parts[0] == "" or parts[0].endswith(":"):
        return "a name that leads out of the archive"
    if entry.filename.lower().endswith(".wacz"):
        return "WACZ within WACZ (unpack it and give the files)"
    if _WARC.search(entry.filename) and entry.flag_bits & 1:
        return "encrypted (decrypt it first)"
    if _WARC.search(entry.filename) or _PAGES.search(entry.filename):
        return (
            "" if entry.compress_type in _BOUNDED else "neither stored nor deflated (unpack it, zip it anew)"
        )
    return ""


def _read_warc(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, where: Origin, allowance: Allowance, settings: Settings
) -> Iterator[Arrival]:
    place = where.part(entry.filename)
    try:
        member = _Member(archive, entry, allowance)
    except _BAD_ZIP as error:
        yield rejected(place, f"the zip entry cannot be read: {_line(error)}")
        return
    with member:
        try:
            stream = unpacked(Stream(member), allowance)
            if sniff(stream.head, whole=stream.whole).kind == "warc":
                yield from warc.read(stream, place, settings)
            elif not member.damage and not stream.damage:
                yield rejected(place, "no WARC archive, though named so")
        except PageRefused as refusal:
            if allowance.spent:
                raise
            yield rejected(place, refusal.reason)
            return
        damage = "; ".join(filter(None, (member.damage, stream.damage)))
        if damage:
            yield rejected(place, f"{damage}; what could be read was read")


def _listed(
    archive: zipfile.ZipFile, where: Origin, allowance: Allowance, wanted: _Wanted
) -> Iterator[Arrival]:
    """Note the pages that the lists name; yields a rejected record for a list over the limits, and for a damaged one."""
    held = 0
    for entry in archive.infolist():
        if not _PAGES.search(entry.filename) or _fault(entry):
            continue
        place = where.part(entry.filename)
        unread = _Unread()
        try:
            with _Member(archive, entry, allowance) as member:
                for number, line in lines(Stream(member), _MOST_PAGE_LINE):
                    address, fault = _address(line)
                    if fault:
                        unread.note(number, fault)
                    if not address or _plain(address) in wanted:
                        continue
                    held += len(address) + _LISTED_BESIDE
                    if held > _MOST_LISTED:
                        reason = f"list of pages over the limit of {_MOST_LISTED} bytes, not compared from line {number} on"
                        yield rejected(place, reason)
                        return
                    wanted[_plain(address)] = (address, place, number)
        except PageRefused as refusal:
            if allowance.spent:
                raise
            yield rejected(place, refusal.reason)
            continue
        except _BAD_ZIP as error:
            yield rejected(place, f"the zip entry cannot be read: {_line(error)}; {_NOT_COMPARED}")
            continue
        damage = "; ".join(filter(None, (member.damage, unread.told())))
        if damage:
            yield rejected(place, f"damaged list of pages, {_NOT_COMPARED}: {damage}")


def _address(line: bytes | None) -> tuple[str, str]:
    """The address that a line of a list names, if that is a web address, and why the line cannot be read."""
    if line is None:
        return "", f"over the limit of {_MOST_PAGE_LINE} bytes"
    try:
        value = msgspec.json.decode(line.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return "", f"bad JSON: {_line(error)}"
    url = value.get("url") if isinstance(value, dict) else None
    if isinstance(url, str):
        return web_address(url), ""
    # The first line of a list says in which form it is written.
    return "", "" if isinstance(value, dict) and "format" in value else "names no page"


class _Unread:
    """Lines of a list that cannot be read: how many, and what is wrong with the first."""

    def __init__(self) -> None:
        self._count = 0
        self._first = ""

    def note(self, number: int, fault: str) -> None:
        self._count += 1
        self._first = self._first or f"line {number}: {fault}"

    def told(self) -> str:
        more = f" (one of {self._count} such lines)" if self._count > 1 else ""
        return f"{self._first}{more}"


def _plain(address: str) -> str:
    """An address without its fragment, which no capture has."""
    return address.partition("#")[0]


def _line(error: Exception) -> str:
    return str(error).partition("\n")[0] or type(error).__name__
