"""Choosing among what a page says of itself.

Every piece of evidence becomes a header record, chosen or not, so that two that disagree both stand.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import msgspec

from variorum.clean.cleaned import Evidence
from variorum.clean.moments import DATED, in_utc, is_instant, may_be, told, with_zone
from variorum.records import Header
from variorum.records.document import Translated
from variorum.text.calendar import bounds, find_dates, is_day, parse_stamp
from variorum.text.normalise import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from variorum.records.document import HeaderField

# The scale of weights, from what is meant for machines and checked by them down to a guess by position:
#   150 given beside the page   90 JSON-LD   80 meta (Open Graph, article:*, Dublin Core)   70 markup made for it
#   (time, itemprop, rel=author)   60 said in words where such words stand   40 said in passing   30 the address
#   0 recorded, never chosen
GIVEN, JSON_LD, META, MARKUP, TEXT, PASSING, URL, NEVER = 150, 90, 80, 70, 60, 40, 30, 0
# Another kind of source that says the same is worth this much: two agreeing ones outdo a single better one.
_AGREEMENT = 6
# Of days, of which there are fewer to agree on by chance, more: any meta tag and the printed day together outdo JSON-LD alone. On
# html/trafilatura dev one date more is right, and none at 7 to 11 is lost.
_SAME_DAY = 11
# What readers see as headline, and the one day below it, outweigh all that is written for machines together: JSON-LD and two
# kinds of source that agree with it.
VISIBLE = JSON_LD + 2 * _SAME_DAY + 1

# What parts an author's name from the outlet's, and one author's from another's.
_SEAM = re.compile(r"\s[-–—|]\s|\s*\|\s*")
_PEOPLE = re.compile(r"\s*[,;]\s*|\s+(?:and|und|et|y|&)\s+")

# Names of sites and of companies, which write nothing themselves. Fewer letters are too few to tell an outlet by.
_SITE = re.compile(r"(?:[\w-]+\.)+[a-z]{2,4}")
_COMPANY = re.compile(r"(?:\be\.\s?V\.|\b(?:GmbH|AG|SE|Ltd|LLC|Inc|Verlag|Stiftung)\b\.?)(?:$|\W)")
_TELLING = 4

_UNIX = re.compile(r"^[A-Z][a-z]{2} ([A-Z][a-z]{2}) +(\d{1,2}) (\d\d:\d\d(?::\d\d)?) ([A-Z]{1,5}) (\d{4})$")

# A field for a date may hold a whole page; in 170 kB of dates the first was found after ten seconds.
_LONGEST_DATE = 500

# Where a reader sees a date.
_ON_PAGE = frozenset({"text", "markup"})

# A day of change is the page's where nothing but a caption tells one.
_CHANGED = 20

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
    rows = sorted(set(told(sorted(set(evidence), key=_order))), key=_order)
    instant = ""
    chosen: dict[str, list[Evidence]] = {}
    headers: list[Header] = []
    for field in FIELDS:
        own = [e for e in rows if e.field == field]
        if field == "author":
            own = _people_first(
                own, [*chosen["outlet"], *(e for e in rows if e.field == "outlet" and e.found_in == "url")]
            )
        best = _credits(own) if field == "credits" else _best(own)
        if field == "published":
            own = _or_changed(own, rows)
            own, best, instant = _published(own)
        chosen[field] = best
        picked = set(best)
        headers.extend(_header(doc, e, chosen=e in picked) for e in own)
        if not best and not any(not e.value for e in own):
            reason = "only told weakly, see the other evidence" if own else "nothing tells it"
            headers.append(Header(doc=doc, field=field, value="", found_in="", reason=reason))
    return _values(chosen, instant), headers


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
    sources: dict[tuple[str, str], set[str]] = {}
    # The day of a picture is no second word for the day of the page.
    for e in (e for e in usable if e.found_in != "caption"):
        for key in _keys(e):
            sources.setdefault(key, set()).add(e.found_in)
    more = _SAME_DAY if usable[0].field in DATED else _AGREEMENT
    best = max(usable, key=lambda e: e.weight + more * _agreeing(e, sources))
    if best.field in DATED:
        finer = [e for e in usable if _finer(e.value, best.value)]
        best = finer[0] if finer else best
    if best.field == "author":
        best = _fullest(best, usable)
    return [best]


def _or_changed(own: list[Evidence], rows: Sequence[Evidence]) -> list[Evidence]:
    """The same evidence, and the day of the last change where nothing tells another day: that of the text as it stands."""
    if any(e.weight > _CHANGED and e.value for e in own):
        return own
    changed = _best([e for e in rows if e.field == "modified" and is_day(e.value[:10])])
    reason = "of the last change; nothing tells another day"
    return [
        *own,
        *(msgspec.structs.replace(e, field="published", weight=_CHANGED, reason=reason) for e in changed),
    ]


def _published(own: list[Evidence]) -> tuple[list[Evidence], list[Evidence], str]:
    """The evidence, what of it is chosen as date, and the value that bounds it in UTC.

    A day or a local time that the page prints is the date of the stamp that may be of that day: the stamp puts it in the
    order of pages. A printed time differs from the stamp by its zone, which it then tells.
    """
    best = _best(own)
    if not best:
        return own, [], ""
    stamps = [e.value for e in own if e.weight > 0 and is_instant(e.value)]
    if is_instant(best[0].value):
        stamps = [utc := in_utc(best[0].value)]
        printed = [e for e in own if e.found_in in _ON_PAGE and e.weight >= TEXT]
        # The zone told is readers' zone, unless the day that they see is that of UTC.
        printed = [
            e for e in printed if best[0].value == utc or e.value[:10] in {utc[:10], best[0].value[:10]}
        ]
    else:
        printed = best
    if any(
        e.value[:10] == best[0].value[:10] for e in printed if e is not best[0] and is_instant(best[0].value)
    ):
        return own, best, best[0].value
    for e in printed:
        stamp = next(
            (s for s in stamps if is_day(e.value[:10]) and not is_instant(e.value) and may_be(e.value, s)), ""
        )
        if "T" not in e.value and stamp and e.value != stamp[:10]:
            return own, [e], stamp
        if (zoned := with_zone(e.value, stamp)) != e.value:
            made = msgspec.structs.replace(e, value=zoned)
            return [made if x is e else x for x in own], [made], zoned
    return own, best, best[0].value


def _people_first(own: Sequence[Evidence], outlet: Sequence[Evidence]) -> list[Evidence]:
    """The same evidence, an author who is the outlet itself, or an authority quoted, made lighter than any other name.

    A name before or behind the outlet's is a name: `The Oravia Post - Ada Morn`.
    """
    names = {_letters(e.value) for e in outlet}
    names |= {_letters(label) for e in outlet if e.found_in == "url" for label in e.value.split(".")[-2:-1]}
    made = []
    for e in own:
        parts = _SEAM.split(e.value)
        others = [p for p in parts if not _is_site(p, names)]
        if (e.value and not others) or (e.found_in != "given" and _AUTHORITY.search(e.value)):
            made.append(msgspec.structs.replace(e, weight=min(e.weight, _SELF)))
        elif e.value and len(others) == 1 and len(parts) > 1:
            made.append(msgspec.structs.replace(e, value=others[0]))
        else:
            made.append(e)
    return made


def _letters(text: str) -> str:
    return "".join(c for c in fold(text) if c.isalnum())


def _is_site(name: str, names: set[str]) -> bool:
    """Whether a name is the outlet's, or the host's own label, with or without what follows the last dot."""
    if _SITE.fullmatch(name) or _COMPANY.search(name):
        return True
    key = _letters(name)
    return key in names or any(
        _TELLING < len(n) < len(key) and (key.startswith(n) or key.endswith(n)) for n in names
    )


def _fullest(best: Evidence, usable: Sequence[Evidence]) -> Evidence:
    """Of the same author the name in full: spaces for an account's, all who wrote for the first of them."""
    people = {fold(p) for p in _PEOPLE.split(best.value)}
    for e in usable:
        if e.found_in not in {"meta", "text", "markup", "json-ld"} or best.found_in == "given" or e is best:
            continue
        if " " in e.value and " " not in best.value and _letters(e.value) == _letters(best.value):
            return e
        more = {fold(p) for p in _PEOPLE.split(e.value)}
        if people < more and all(" " in p for p in more):
            return e
        if len(people) == len(more) == 1 and " " not in best.value and e.value.startswith(f"{best.value} "):
            return e
    return best


def _finer(value: str, than: str) -> bool:
    """Whether a date says what another says, and its time, its day or its year too."""
    if len(than) < len("2031-12-08") and value.startswith(f"{than}-") and is_day(value[:10]):
        return True
    if "T" in value and "T" not in than and value.startswith(f"{than}T"):
        return True
    return than.startswith("XXXX-") and not value.startswith("X") and value[4:10] == than[4:10]


def _agreeing(e: Evidence, sources: Mapping[tuple[str, str], set[str]]) -> int:
    """How many other kinds of source say the same; more than two add nothing."""
    same = set[str]().union(*(sources.get(key, set()) for key in _keys(e))) - {e.found_in}
    return min(len(same), 2)


def _keys(e: Evidence) -> set[tuple[str, str]]:
    """What evidence says; two of which any is the same say the same: of dates the day as told or in UTC."""
    if e.field in DATED:
        return {("told", e.value[:10]), ("utc", in_utc(e.value)[:10])}
    return {("", fold(e.value))}


def _credits(own: Sequence[Evidence]) -> list[Evidence]:
    """Several agencies may be credited; each counts once."""
    chosen: dict[str, Evidence] = {}
    for e in own:
        if e.value and e.weight > 0:
            chosen.setdefault(fold(e.value), e)
    return list(chosen.values())


def _values(chosen: dict[str, list[Evidence]], instant: str) -> Values:
    def one(field: str) -> str:
        return chosen[field][0].value if chosen[field] else ""

    published = one("published")
    earliest, latest = bounds(in_utc(instant)) if published else ("", "")
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
    """A TIMEX3 value of a machine's stamp or of the first date in words; empty if there is none near its beginning."""
    text = text[:_LONGEST_DATE]
    if stamp := parse_stamp(text):
        return stamp
    # The form of Unix clocks has the year last: `Wed Apr 02 08:00:00 CEST 2031`.
    text = _UNIX.sub(r"\2 \1 \5 \3 \4", text)
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
