"""Which of two documents stood first, with the evidence, or `unknown` where it does not suffice.

A direction is claimed only where all evidence agrees. Silence is no evidence: a page without a date is neither
early nor late.
"""

from __future__ import annotations

import datetime as dt
import functools
from typing import TYPE_CHECKING, Literal

import msgspec
import regex

from variorum.text.normalise import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from variorum.records import Document, Header

First = Literal["left", "right", "unknown"]

# A clock without a zone may be any zone's: UTC-12 to UTC+14.
ANY_ZONE = dt.timedelta(hours=14)
# An older capture of one text holds at most this share of words that the newer has not.
_CONTAINED = 0.9


class Evidence(msgspec.Struct, frozen=True):
    """One piece of evidence; `says` is `unknown` where it speaks against deciding."""

    says: First
    why: str


def first_of(
    left: Document,
    right: Document,
    *,
    headers: Iterable[Header] = (),
    shares: tuple[float, float] = (0.0, 0.0),
) -> tuple[First, str]:
    """Decide which document stood first.

    Args:
        left: One document.
        right: The other.
        headers: Header evidence of both.
        shares: Share of each document's words that stands in passages with the other, 0..1.

    Returns:
        `left`, `right` or `unknown`, and the evidence in words; where pieces contradict, all of them.
    """
    headers = list(headers)
    found = [
        *_by_time(left, right),
        *_by_credit(left, right, headers),
        *_by_report(left, right),
        *_by_update(left, right, shares),
    ]
    votes = {e.says for e in found}
    why = "; ".join(e.why for e in found)
    if len(votes) == 1:
        return votes.pop(), why
    if not votes:
        return "unknown", "nothing tells which stood first"
    return "unknown", f"the evidence disagrees: {why}"


def moment(value: str, *, end: bool) -> tuple[dt.datetime, bool, bool] | None:
    """Read an ISO 8601 date or time.

    Args:
        value: The date or time; anything else gives None.
        end: Whether a date counts to its last microsecond, else from its first.

    Returns:
        The moment (UTC without zone where a zone is told), whether it has a clock, whether it has a zone.
    """
    try:
        found = dt.datetime.fromisoformat(value)
        if len(value) == 10:
            return (found + dt.timedelta(days=1, microseconds=-1) if end else found), False, False
        zoned = found.tzinfo is not None
        return (found.astimezone(dt.UTC).replace(tzinfo=None) if zoned else found), True, zoned
    except (ValueError, OverflowError):
        return None


def _by_time(left: Document, right: Document) -> list[Evidence]:
    """Publication times, if their intervals do not overlap; on one day only if both have a clock."""
    for here, there, says in ((left, right, "left"), (right, left, "right")):
        until = moment(here.published_latest, end=True)
        since = moment(there.published_earliest, end=False)
        if until is None or since is None:
            continue
        slack = dt.timedelta()
        if until[1] and since[1] and until[2] != since[2]:
            slack = ANY_ZONE
        elif until[1] and since[1] and not until[2] and here.outlet != there.outlet:
            slack = 2 * ANY_ZONE
        if since[0] - until[0] > slack:
            why = f"the {says} page was published before the other ({here.published_value or here.published_latest})"
            changed = moment(here.modified, end=True)
            if changed is not None and changed[0] >= since[0]:
                return [Evidence("unknown", f"{why}, but changed afterwards ({here.modified})")]
            return [Evidence(_side(says), why)]
    return []


def _side(says: str) -> First:
    return "left" if says == "left" else "right"


def _by_credit(left: Document, right: Document, headers: Sequence[Header]) -> list[Evidence]:
    """A page that credits the other's outlet by name or initials, or names the other's address as its own original."""
    found = []
    for here, there, says in ((left, right, "right"), (right, left, "left")):
        if there.outlet and here.outlet != there.outlet and _names(there.outlet, here.credits):
            found.append(Evidence(_side(says), f"one page credits {there.outlet}, the {says} page's outlet"))
        elif any(
            h.doc == here.id and h.field == "url" and h.value and h.value == there.location != here.location
            for h in headers
        ):
            found.append(Evidence(_side(says), f"one page gives the {says} page's address as the original"))
    return found


def _names(outlet: str, credits_: Iterable[str]) -> bool:
    return any(names_outlet(credit, outlet) for credit in credits_)


def names_outlet(credit: str, outlet: str) -> bool:
    """Whether a credit is an outlet's name, or its initials (three or more)."""
    letters = "".join(w[0] for w in outlet.split() if w[:1].isupper())
    return fold(credit).strip() == fold(outlet).strip() or (len(letters) > 2 and credit.strip() == letters)


# A page stands in many pairs, an outlet in more.
_folded = functools.lru_cache(maxsize=1_024)(fold)


@functools.lru_cache(maxsize=1_024)
def _telling(name: str) -> regex.Pattern[str]:
    """How a page says that an outlet of this (folded) name reports something."""
    name = regex.escape(name)
    return regex.compile(
        rf"\b(?:according to|as reported by|first published (?:by|in|on)|republished from|told|source:)"
        rf" (?:the )?{name}\b|\b{name} (?:reports|reported|has reported|writes|wrote)\b"
    )


def _by_report(left: Document, right: Document) -> list[Evidence]:
    """A page that says in its text that the other's outlet reports this."""
    found = []
    for here, there, says in ((left, right, "right"), (right, left, "left")):
        if not there.outlet or here.outlet == there.outlet:
            continue
        name, text = fold(there.outlet), _folded(here.text)
        said = _telling(name).search(text) if name in text else None
        if said:
            found.append(
                Evidence(_side(says), f"one page says {said[0]!r}, and the {says} page is that outlet's")
            )
    return found


def _by_update(left: Document, right: Document, shares: tuple[float, float]) -> list[Evidence]:
    """One outlet's text that holds the whole of its other text, and says that it was updated."""
    if not left.outlet or left.outlet != right.outlet:
        return []
    pairs = ((left, right, shares, "left"), (right, left, shares[::-1], "right"))
    for here, there, (whole, part), says in pairs:
        if whole >= _CONTAINED > part and there.modified and not here.modified:
            return [Evidence(_side(says), f"the {says} page is held whole in the other, which was updated")]
    return []
