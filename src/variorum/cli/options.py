"""Settings as they are written on the command line: NAME=VALUE, checked before anything is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from variorum.errors import InputError
from variorum.ingest import FIELDS
from variorum.settings import Limits

if TYPE_CHECKING:
    from collections.abc import Sequence

# A terabyte, thirty years: more is a slip, and what counts them ends not far above (a timer at 292 years).
_MOST = 10**12
_MOST_SECONDS = 10**9


def fields(pairs: Sequence[str] | None) -> tuple[tuple[str, str], ...]:
    """Names of JSON Lines fields, OURS=THEIRS each.

    Raises:
        InputError: If one is not written so, or OURS is no field that is read.
    """
    found = []
    for pair in pairs or ():
        ours, equals, theirs = pair.partition("=")
        if not (ours and equals and theirs):
            raise InputError(f"--field {pair!r} is not OURS=THEIRS", "write it as --field text=body")
        if ours not in FIELDS:
            raise InputError(
                f"--field {pair!r}: there is no field called {ours!r}", f"fields are {', '.join(FIELDS)}"
            )
        found.append((ours, theirs))
    return tuple(found)


def limits(pairs: Sequence[str] | None) -> Limits:
    """Limits, the defaults but for those given as NAME=VALUE; of one given twice, the last.

    Raises:
        InputError: If one is not written so, there is no limit of this name, or the value is no whole number from 1 to 10^12.
    """
    defaults = msgspec.structs.asdict(Limits())
    given = {}
    for pair in pairs or ():
        name, _, value = (part.strip() for part in pair.partition("="))
        if name not in defaults:
            told = ", ".join(f"{known} ({default})" for known, default in defaults.items())
            raise InputError(
                f"--limit {pair!r}: there is no limit called {name!r}", f"limits, with defaults, are {told}"
            )
        most = _MOST_SECONDS if name == "cpu_seconds" else _MOST
        given[name] = _number(value)
        if not 0 < given[name] <= most:
            raise InputError(
                f"--limit {pair!r} is not {name}=NUMBER",
                f"give a whole number from 1 to {most}, such as --limit {name}={defaults[name]}",
            )
    return Limits(**given)


def _number(value: str) -> int:
    """A whole number in digits; 0 for anything else, and for more digits than any limit has."""
    return int(value) if value.isdecimal() and value.isascii() and len(value) <= len(str(_MOST)) else 0
