"""Which outlet of the user's list a page is of: by the name that the page gives, else by the host it came from."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from variorum.text.normalise import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from variorum.records import Outlet


def outlet_of(name: str, location: str, outlets: Sequence[Outlet]) -> Outlet | None:
    """The entry of the list that a page belongs to.

    Args:
        name: The outlet as the page tells it; may be empty.
        location: The page's location; only a web address has a host.
        outlets: The user's list. Of several entries that fit, the first in order of names is taken; a name on the
            page says more than a host, for one host may carry several outlets.

    Returns:
        The entry, or None if none fits.
    """
    ordered = sorted(outlets, key=lambda o: (o.name, o.id))
    folded = fold(name)
    host = host_of(location)
    by_name = (o for o in ordered if folded and fold(o.name) == folded)
    by_host = (o for o in ordered if host and any(_within(host, h) for h in o.hosts))
    return next(by_name, None) or next(by_host, None)


def host_of(location: str) -> str:
    """The host of a web address, without `www.`; empty if it has none."""
    try:
        return (urlsplit(location).hostname or "").removeprefix("www.")
    except ValueError:  # a file's name that only looks like an address
        return ""


def _within(host: str, listed: str) -> bool:
    listed = listed.strip().lower().removeprefix("www.")
    return bool(listed) and (host == listed or host.endswith(f".{listed}"))
