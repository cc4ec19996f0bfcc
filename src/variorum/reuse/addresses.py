"""The address of a page without what does not choose the page, so that its captures meet under one."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

import regex

if TYPE_CHECKING:
    from collections.abc import Iterable

# Parameters that say by which link a reader came: those of the UTM convention (by prefix) and the click ids that
# advertisers, networks and letters add to links.
_CAME_BY = "utm_"
_CLICKS = frozenset(
    "fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid ysclid twclid ttclid igshid mc_cid mc_eid _ga _gl".split()
)
_USUAL_PORTS = (None, 80, 443)
_ASCII = "".join(map(chr, range(33, 127)))
_ESCAPE = regex.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = regex.compile(r"[A-Za-z0-9._~-]")


def address_of(location: str) -> str:
    """The address by which captures of one page are known as such.

    Left off are the scheme, a leading `www.`, the usual ports, a name and password, slashes at the end of the path,
    the fragment (one that begins with `!` or `/` stays: it chooses a page), and parameters that say by which link a
    reader came. Parameters are put in order of their names; escapes are written in one way (RFC 3986, 6.2.2).
    Everything else may choose another page and stays: case of the path, `m.` and `amp` (other renderings), `index.html`.

    Args:
        location: A page's location.

    Returns:
        The address, such as `news.example/ferry?page=2`; empty if the location is no http or https address.
    """
    try:
        parts = urlsplit(location)
        host, port = (parts.hostname or "").rstrip("."), parts.port
        path, query, fragment = map(_escaped, (parts.path, parts.query, parts.fragment))
    except ValueError:  # a file's name that only looks like an address, or one that is no Unicode text
        return ""
    if parts.scheme not in {"http", "https"} or not host:
        return ""
    address = host.removeprefix("www.")
    if port not in _USUAL_PORTS:
        address += f":{port}"
    address += path.rstrip("/")
    kept = sorted(_choosing(query.split("&")), key=_name)
    if kept:
        address += "?" + "&".join(kept)
    return f"{address}#{fragment}" if fragment.startswith(("!", "/")) else address


def _name(parameter: str) -> str:
    return parameter.partition("=")[0]


def _choosing(parameters: Iterable[str]) -> list[str]:
    """Parameters that may choose the page."""
    names = ((p, _name(p).lower()) for p in parameters if p)
    return [p for p, name in names if not name.startswith(_CAME_BY) and name not in _CLICKS]


def _escaped(part: str) -> str:
    """Escapes in capitals where they are needed, and nowhere else."""

    def plain(match: regex.Match[str]) -> str:
        char = chr(int(match[1], 16))
        return char if _UNRESERVED.fullmatch(char) else match[0].upper()

    escaped: str = _ESCAPE.sub(plain, quote(part, safe=_ASCII))
    return escaped
