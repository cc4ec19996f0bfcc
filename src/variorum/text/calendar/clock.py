"""Times of day and zones as headers and prose write them, and machine time stamps."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

import msgspec

# Abbreviations that mean one offset, in minutes. IST, BST, AST, CST of China and such mean several: left as local time.
_ZONES = {
    "Z": 0, "UTC": 0, "GMT": 0, "WET": 0, "WEST": 60, "CET": 60, "CEST": 120, "MEZ": 60, "MESZ": 120, "EET": 120,
    "EEST": 180, "MSK": 180, "TRT": 180, "EDT": -240, "EST": -300, "CDT": -300, "MDT": -360, "MST": -420, "PDT": -420,
    "PST": -480, "JST": 540, "KST": 540, "AEST": 600, "AEDT": 660, "AWST": 480, "NZST": 720, "NZDT": 780,
}  # fmt: skip

ZONE = (
    r"(?:(?:GMT|UTC)\s?[+\-−]\s?\d{1,2}(?::?[0-5]\d)?|[+\-−](?:0\d|1[0-4]):?[0-5]\d"
    r"|(?:"
    + "|".join(sorted(_ZONES, key=len, reverse=True))
    + r"|IST|BST|ET|CT|PT|HKT|SAST|WAT|EAT|local time)\b)"
)
CLOCK = (
    r"(?:(?P<hour>[01]?\d|2[0-3])[:.h](?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d)(?:[.,]\d+)?)?(?!\d)"
    r"(?:\s?(?P<half>[ap]\.?m\.?)(?![a-z]))?|(?P<hour12>1[0-2]|0?[1-9])\s?(?P<half12>[ap]\.?m\.?)(?![a-z]))"
    r"(?:\s?(?:Uhr|hrs|hours|h\b))?(?:\s?(?P<bracket>\()?(?P<zone>" + ZONE + r")(?(bracket)\)))?"
)
_OFFSET = re.compile(r"(?:GMT|UTC)?\s?([+\-−])\s?(\d{1,2}):?(\d\d)?")
_STAMP = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)(?:[T ](\d\d):?(\d\d)(?::?(\d\d)(?:[.,]\d+)?)?\s?(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?)?",
    re.IGNORECASE,
)
_PARTIAL = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2]))?")
_MAIL = re.compile(r"(?:[A-Z][a-z]{2},\s*)?\d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d(?::\d\d)?(?:\s+\S+)?")


class Clock(msgspec.Struct, frozen=True):
    """A time of day: `HH:MM` or `HH:MM:SS`, and minutes east of Greenwich, None where the zone is not told for certain."""

    time: str
    offset: int | None


def zone_offset(text: str) -> int | None:
    """Minutes east of Greenwich of a zone as written (`GMT`, `UTC+2`, `+02:00`); None if it means several or none."""
    if text.upper() in _ZONES:
        return _ZONES[text.upper()]
    match = _OFFSET.fullmatch(text.strip())
    if match is None:
        return None
    minutes = int(match[2]) * 60 + int(match[3] or 0)
    return (minutes if match[1] == "+" else -minutes) if minutes <= 14 * 60 else None


def read_clock(match: re.Match[str]) -> Clock | None:
    """Read a match of `CLOCK`; None for an hour that does not exist."""
    groups = match.groupdict()
    half = (groups["half"] or groups["half12"] or "").replace(".", "").lower()
    hour = int(groups["hour"] or groups["hour12"])
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    seconds = f":{groups['second']}" if groups["second"] not in {None, "00"} else ""
    zone = groups["zone"]
    return Clock(f"{hour:02d}:{groups['minute'] or '00'}{seconds}", zone_offset(zone) if zone else None)


def join(day: str, clock: Clock) -> str:
    """A TIMEX3 value of a day and a time of day, in UTC where the zone is told.

    Args:
        day: `YYYY-MM-DD`, or with X digits: then the zone shows as an offset, since the UTC day is not known.
        clock: Time of day, with the zone if told.
    """
    if clock.offset is None:
        return f"{day}T{clock.time}"
    if "X" in day:
        sign, minutes = "-" if clock.offset < 0 else "+", abs(clock.offset)
        zone = f"{sign}{minutes // 60:02d}:{minutes % 60:02d}" if minutes else "Z"
        return f"{day}T{clock.time}{zone}"
    zone_of = timezone(timedelta(minutes=clock.offset))
    try:
        moment = datetime.fromisoformat(f"{day}T{clock.time}").replace(tzinfo=zone_of)
        return _utc(moment)
    except (ValueError, OverflowError):
        return f"{day}T{clock.time}"


def _utc(moment: datetime) -> str:
    plain = moment.astimezone(UTC).replace(tzinfo=None)
    return plain.isoformat(timespec="seconds" if plain.second else "minutes") + "Z"


def parse_stamp(text: str) -> str:
    """Read a machine's time stamp.

    Args:
        text: ISO 8601 (extended or basic, date or date with time) or RFC 2822. Bare numbers of seconds are not read.

    Returns:
        A TIMEX3 value: in UTC with `Z` where a zone is told, local without; empty if it is no stamp or no date
        that exists.
    """
    text = text.strip()
    if _PARTIAL.fullmatch(text) and text > "0000":
        return text
    if match := _STAMP.fullmatch(text):
        return _iso(match, basic="-" not in text[:8])
    if _MAIL.fullmatch(text):
        return _mail(text)
    return ""


def _iso(match: re.Match[str], *, basic: bool) -> str:
    year, month, day, hour, minute, second, zone = match.groups()
    if basic and hour is None:
        return ""  # eight digits alone may be a number of anything
    try:
        datetime(int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0))  # noqa: DTZ001 - only to see whether it exists
    except ValueError:
        return ""
    date = f"{year}-{month}-{day}"
    if hour is None:
        return date
    seconds = f":{second}" if second and second != "00" else ""
    offset = zone_offset(zone if len(zone) != 3 or zone.isalpha() else f"{zone}:00") if zone else None
    return join(date, Clock(f"{hour}:{minute}{seconds}", offset))


def _mail(text: str) -> str:
    try:
        moment = parsedate_to_datetime(text)
        if moment.tzinfo is not None:
            return _utc(moment)
    except (ValueError, OverflowError):
        return ""
    return moment.isoformat(timespec="seconds" if moment.second else "minutes")
