"""Pages given as JSON Lines (or as one JSON array or object of the same shape)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from variorum.ingest.arrival import Arrival, Origin, arrived, rejected, too_large, web_address
from variorum.ingest.streams import Stream, before, lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from variorum.settings import Settings

GIVEN_FIELDS = ("title", "outlet", "author", "published", "language")
_NAMES = ("id", "url", "text", "html", *GIVEN_FIELDS)
_BAD_JSON = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


def read(stream: Stream, where: Origin, settings: Settings) -> Iterator[Arrival]:
    """Read pages from JSON Lines.

    Args:
        stream: The bytes; a line must hold one object with `html` or `text`, and may hold `url`, `id`, `title`,
            `outlet`, `author`, `published`, `language`, under these names or those of `settings.fields`.
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
    names = {ours: ours for ours in _NAMES} | dict(settings.fields)
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
        f"field `{names[name]}` is neither a string nor a list of strings"
        for name in GIVEN_FIELDS
        if fields[name] and not _plain(fields[name])
    ]
    return arrived(
        place,
        text.encode(),
        html=kind == "html",
        settings=settings,
        location=location,
        declared=(("JSON", "utf-8"),),
        given=given,
        notes=notes,
    )


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
