"""Choosing among what a page says of itself.

Every piece of evidence becomes a header record, chosen or not, so that two that disagree both stand.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import msgspec

from variorum.clean.cleaned import Evidence
from variorum.records import Header
from variorum.records.document import Translated
from variorum.text.calendar import bounds, find_dates, parse_stamp
from variorum.text.normalise import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from variorum.records.document import HeaderField

# The scale of weights, from what is meant for machines and checked by them down to a guess by position:
#   120 given beside the page   90 JSON-LD   80 meta (Open Graph, article:*, Dublin Core)   70 markup made for it
#   (time, itemprop, rel=author)   60 said in words where such words stand   40 said in passing   30 the address
#   0 recorded, never chosen
GIVEN, JSON_LD, META, MARKUP, TEXT, PASSING, URL, NEVER = 120, 90, 80, 70, 60, 40, 30, 0
# Another kind of source that says the same is worth this much: two agreeing ones outdo a single better one.
_AGREEMENT = 6

# An outlet that signs its own page says less than any other name.
_SELF = 5

# A box that names a story's sources stands where a byline does; no person is called so.
_AUTHORITY = re.compile(
    r"\b(?:ministr(?:y|ies)|department|embassy|secretariat|directorate|commission|committee|authority|authorities|"
    r"headquarters|parliament|municipality)\b",
    re.IGNORECASE,
)

FIELDS: tuple[HeaderField, ...] = (
    "title",
    "outlet",
    "author",
    "credits",
    "published",
    "modified",
    "language",
    "translated",
    "url",
)
_GIVEN_FIELDS: tuple[HeaderField, ...] = (
    "title",
    "outlet",
    "author",
    "published",
    "modified",
    "language",
    "url",
)


class Values(msgspec.Struct, frozen=True, kw_only=True):
    """Header values in the form of the documents table."""

    outlet: str = ""
    title: str = ""
    author: str = ""
    credits: tuple[str, ...] = ()
    published_value: str = ""
    published_earliest: str = ""
    published_latest: str = ""
    modified: str = ""
    language: str = "unknown"
    translated: Translated = "unknown"


def choose(doc: str, evidence: Iterable[Evidence]) -> tuple[Values, list[Header]]:
    """Choose a value for each header field.

    Args:
        doc: Id of the document.
        evidence: All that speaks for any field, in any order.

    Returns:
        The values, and a header record for each piece of evidence; for a field of which nothing is known one with
        empty value and the reason.
    """
    rows = sorted(set(evidence), key=_order)
    chosen: dict[str, list[Evidence]] = {}
    headers: list[Header] = []
    for field in FIELDS:
        own = [e for e in rows if e.field == field]
        if field == "author":
            own = _people_first(own, chosen["outlet"])
        best = _credits(own) if field == "credits" else _best(own)
        chosen[field] = best
        headers.extend(_header(doc, e, chosen=e in best) for e in own)
        if not best and not any(not e.value for e in own):
            reason = "only told weakly, see the other evidence" if own else "nothing tells it"
            headers.append(Header(doc=doc, field=field, value="", found_in="", reason=reason))
    return _values(chosen), headers


def _order(e: Evidence) -> tuple[object, ...]:
    return (e.field, -e.weight, e.found_in, e.value, e.page_ranges, e.text, e.reason)


def _header(doc: str, e: Evidence, *, chosen: bool) -> Header:
    return Header(
        doc=doc,
        field=e.field,
        value=e.value,
        text=e.text,
        page_ranges=e.page_ranges,
        found_in=e.found_in,
        chosen=chosen,
        reason=e.reason,
    )


def _best(own: Sequence[Evidence]) -> list[Evidence]:
    """The heaviest, agreement counted; of equal days the one that tells the time or the year."""
    usable = [e for e in own if e.value and e.weight > 0]
    if not usable:
        return []
    best = max(usable, key=lambda e: e.weight + _AGREEMENT * _agreeing(e, usable))
    if best.field in {"published", "modified"}:
        finer = [e for e in usable if _finer(e.value, best.value)]
        best = finer[0] if finer else best
    return [best]


def _people_first(own: Sequence[Evidence], outlet: Sequence[Evidence]) -> list[Evidence]:
    """The same evidence, an author who is the outlet itself, or an authority quoted, made lighter than any other name."""
    names = {fold(e.value) for e in outlet}
    return [
        msgspec.structs.replace(e, weight=min(e.weight, _SELF))
        if fold(e.value) in names or (e.found_in != "given" and _AUTHORITY.search(e.value))
        else e
        for e in own
    ]


def _finer(value: str, than: str) -> bool:
    """Whether a date says what another says, and its time or its year too."""
    if "T" in value and "T" not in than and value.startswith(f"{than}T"):
        return True
    return than.startswith("XXXX-") and not value.startswith("X") and value[4:10] == than[4:10]


def _agreeing(e: Evidence, others: Sequence[Evidence]) -> int:
    """How many other kinds of source say the same; more than two add nothing."""
    same = {o.found_in for o in others if _same(e, o)} - {e.found_in}
    return min(len(same), 2)


def _same(a: Evidence, b: Evidence) -> bool:
    if a.field in {"published", "modified"}:
        return a.value[:10] == b.value[:10]
    return fold(a.value) == fold(b.value)


def _credits(own: Sequence[Evidence]) -> list[Evidence]:
    """Several agencies may be credited; each counts once."""
    chosen: dict[str, Evidence] = {}
    for e in own:
        if e.value and e.weight > 0:
            chosen.setdefault(fold(e.value), e)
    return list(chosen.values())


def _values(chosen: dict[str, list[Evidence]]) -> Values:
    def one(field: str) -> str:
        return chosen[field][0].value if chosen[field] else ""

    published = one("published")
    earliest, latest = bounds(published) if published else ("", "")
    translated: Translated = "unknown"
    if one("translated") in {"stated", "likely"}:
        translated = "stated" if one("translated") == "stated" else "likely"
    return Values(
        outlet=one("outlet"),
        title=one("title"),
        author=one("author"),
        credits=tuple(sorted(e.value for e in chosen["credits"])),
        published_value=published,
        published_earliest=earliest,
        published_latest=latest,
        modified=one("modified"),
        language=one("language") or "unknown",
        translated=translated,
    )


def read_date(text: str) -> str:
    """A TIMEX3 value of a machine's stamp or of the first date in words; empty if there is none."""
    if stamp := parse_stamp(text):
        return stamp
    found = find_dates(text)
    return found[0].value if found else ""


def given_values(given: str) -> dict[str, str]:
    """The header values given beside a page.

    Args:
        given: JSON object, as in `Page.given`.

    Returns:
        Its string values; a list of strings is joined by commas.
    """
    found = json.loads(given or "{}")
    if not isinstance(found, dict):
        return {}
    values = {k: ", ".join(map(str, v)) if isinstance(v, list) else v for k, v in found.items()}
    return {k: v.strip() for k, v in values.items() if isinstance(v, str) and v.strip()}


def given_evidence(given: dict[str, str]) -> list[Evidence]:
    """Evidence from values given beside a page: they outweigh whatever the page says."""
    found = []
    for field in _GIVEN_FIELDS:
        if text := given.get(field, ""):
            dated = field in {"published", "modified"}
            value = read_date(text) if dated else " ".join(text.split())
            reason = "" if value else "given, but not read as a date"
            found.append(
                Evidence(field=field, value=value, text=text, found_in="given", weight=GIVEN, reason=reason)
            )
    return found
