"""Pages given as JSON Lines (or as one JSON array or object of the same shape)."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

import msgspec

from variorum.ingest.arrival import (
    Arrival,
    Origin,
    arrived,
    field_note,
    readable,
    rejected,
    too_large,
    web_address,
)
from variorum.ingest.streams import Stream, before, lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from variorum.settings import Settings

GIVEN_FIELDS = ("title", "outlet", "author", "published", "modified", "language")
FIELDS = ("id", "url", "text", "html", "captured", *GIVEN_FIELDS)
# Day and clock need a sign between them: without one, `fromisoformat` takes the milliseconds since 1970 for a day of 1712.
_TIME = re.compile(r"\d{4}-?(?:\d\d-?\d\d|W\d\d-?\d)(?:[Tt ]\d\d.*)?", re.ASCII)
_SHOWN = 40
_BAD_JSON = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


def read(stream: Stream, where: Origin, settings: Settings) -> Iterator[Arrival]:
    """Read pages from JSON Lines.

    Args:
        stream: The bytes; a line must hold one object with `html` or `text`, and may hold `url`, `id`, `captured`
            (ISO 8601), `title`, `outlet`, `author`, `published`, `modified`, `language`, under these names or those of
            `settings.fields`.
        where: The file.
        settings: Names of fields, limits, and whether text is taken as it stands.

    Yields:
        One arrival a line that is not blank, in order; a line that cannot be used is rejected with the reason.
    """
    limit = settings.limits.page_bytes
    first = stream.readline(limit)
    if not isinstance(_decoded(first), dict):
        rest = stream.read(limit - len(first) + 1)
        if len(first) + len(rest) <= limit:
            whole = _decoded(first + rest)
            if whole is not None:
                yield from _pages(whole, where, settings)
                return
        elif first.lstrip().startswith(b"["):
            yield rejected(where, f"a JSON array {too_large(settings)} (write JSON Lines, one page a line)")
            return
        first += rest
    yield from _read_lines(before(first, stream), where, settings)


def _read_lines(stream: Stream, where: Origin, settings: Settings) -> Iterator[Arrival]:
    for number, line in lines(stream, settings.limits.page_bytes):
        place = where.part(number)
        if line is None:
            yield rejected(place, f"line {too_large(settings)}")
            continue
        try:
            value = msgspec.json.decode(line.removeprefix(b"\xef\xbb\xbf"))
        except _BAD_JSON as error:
            yield rejected(place, f"bad JSON: {error}")
            continue
        yield _page(value, where, place, settings)


def _decoded(data: bytes) -> Any:
    """The value, or None if these bytes are not one whole JSON value."""
    try:
        return msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"))
    except _BAD_JSON:
        return None


def _pages(value: Any, where: Origin, settings: Settings) -> Iterator[Arrival]:
    if not isinstance(value, list):
        yield _page(value, where, where.part(1), settings)
    elif not value:
        yield rejected(where, "empty")
    else:
        for number, item in enumerate(value, 1):
            yield _page(item, where, where.part(number), settings)


def _page(value: Any, where: Origin, place: Origin, settings: Settings) -> Arrival:
    if not isinstance(value, dict):
        return rejected(place, "not a JSON object with `text` or `html`")
    names = {ours: ours for ours in FIELDS} | dict(settings.fields)
    fields = {ours: value.get(theirs) for ours, theirs in names.items()}
    identity = _plain(fields["id"])
    place = where.part(identity) if identity else place
    address = _plain(fields["url"])
    location = web_address(address)
    if address and not location and not identity:
        place = where.part(address)
    return _body(fields, names, place, location, settings)


def _body(
    fields: Mapping[str, Any], names: Mapping[str, str], place: Origin, location: str, settings: Settings
) -> Arrival:
    wanted = ("text", "html") if settings.as_text else ("html", "text")
    for kind in wanted:
        text = fields[kind]
        if isinstance(text, str) and text.strip():
            break
    else:
        there = [names[kind] for kind in wanted if names[kind] and isinstance(fields[kind], str)]
        reason = "empty" if there else _no_text(names)
        return rejected(place, reason, location=location)
    given = {name: plain for name in GIVEN_FIELDS if (plain := _plain(fields[name]))}
    notes = [
        field_note(names[name], "is neither a string nor a list of strings")
        for name in GIVEN_FIELDS
        if fields[name] and not _plain(fields[name])
    ]
    captured, unread = _captured(fields["captured"], names["captured"])
    return arrived(
        place,
        text.encode(),
        html=kind == "html",
        settings=settings,
        location=location,
        declared=(("JSON", "utf-8"),),
        captured=captured,
        given=given,
        notes=[unread, *notes],
    )


def _captured(value: Any, name: str) -> tuple[str, str]:
    """The time of capture in one form of ISO 8601, and why there is none though something is told."""
    told = _plain(value)
    time = iso_time(told)
    if time or value is None or value == "":
        return time, ""
    shown = f": {readable(told[:_SHOWN])!r}" if told else ""
    return "", field_note(name, f"is no ISO 8601 date or time{shown}")


def iso_time(value: str) -> str:
    """A date, or a time with or without a zone, of ISO 8601 in its extended form; nothing if it is none.

    >>> iso_time("20310504T1000Z"), iso_time("2031-05-04 10:00:00+02:00"), iso_time("2031-05-04"), iso_time("1935650400")
    ('2031-05-04T10:00:00Z', '2031-05-04T10:00:00+02:00', '2031-05-04', '')
    """
    if not _TIME.fullmatch(value):
        return ""
    try:
        time = dt.datetime.fromisoformat(value.replace("t", "T").replace("z", "Z"))
    except ValueError:
        return ""
    if not re.search(r"[Tt ]", value):
        return time.date().isoformat()
    told = time.isoformat()
    return f"{told[:-6]}Z" if told.endswith("+00:00") else told


def _no_text(names: Mapping[str, str]) -> str:
    return f"no field `{names['text']}` or `{names['html']}` (name yours with --field text=NAME or --field html=NAME)"


def _plain(value: Any) -> str:
    """A scalar, or a list of strings, as one string; empty for anything else."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return ", ".join(part.strip() for part in value if part.strip())
    return ""
