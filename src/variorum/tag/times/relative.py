"""Rules for times that hang on the page's date or on another time, for durations, sets and times of day."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from variorum.tag.numbers import CARDINAL
from variorum.tag.times.absolute import Rule, rule
from variorum.tag.times.sense import Sense
from variorum.tag.times.words import (
    COUNT,
    DIRECTION,
    LONG_UNIT,
    MONTH_NAME,
    PART_NAMES,
    SEASON_NAMES,
    UNIT,
    VAGUE,
    WEEKDAY_NAME,
    count_of,
    month_number,
    unit_code,
    weekday_number,
)
from variorum.text.calendar.clock import CLOCK, Clock, read_clock, zone_offset

if TYPE_CHECKING:
    from variorum.records.spans import TimeKind
    from variorum.tag.times.sense import Basis

# What a shift by a unit looks like while it is unresolved.
OPEN = {
    "D": "XXXX-XX-XX", "W": "XXXX-WXX", "WE": "XXXX-WXX-WE", "M": "XXXX-XX", "Q": "XXXX-QX", "Y": "XXXX", "DE": "XXX",
    "CE": "XX", "F": "XXXX-WXX", "H": "XXXX-XX-XXTXX:XX", "N": "XXXX-XX-XXTXX:XX", "S": "XXXX-XX-XXTXX:XX",
}  # fmt: skip
_DURATION = {
    "S": "PT{}S", "N": "PT{}M", "H": "PT{}H", "D": "P{}D", "W": "P{}W", "F": "P{}W", "WE": "P{}WE", "M": "P{}M",
    "Q": "P{}M", "Y": "P{}Y", "DE": "P{}DE", "CE": "P{}CE",
}  # fmt: skip
_FACTOR = {"F": 2, "Q": 3}


def _shift(unit: str, count: float, basis: Basis) -> Sense:
    """A shift; half a unit is brought to the next smaller one (`half a year` to six months)."""
    if count != int(count):
        smaller = {"Y": ("M", 12), "DE": ("Y", 10), "CE": ("Y", 100), "H": ("N", 60)}.get(unit)
        unit, count = (smaller[0], count * smaller[1]) if smaller else (unit, count)
    if unit == "F":
        unit, count = "W", count * 2
    kind: TimeKind = "TIME" if unit in {"H", "N", "S"} else "DATE"
    return Sense(
        kind=kind,
        value=OPEN[unit],
        unit=unit,
        count=int(count),
        basis=basis,
        shape="day" if unit == "D" else "other",
    )


def _count(match: re.Match[str]) -> float | None:
    """The count of a match, with the half of `a year and a half`."""
    count = count_of(match["count"] or "x")
    return count + 0.5 if count is not None and match.groupdict().get("more") else count


def _deictic(match: re.Match[str]) -> Sense:
    word = (match["word"] or "").lower()
    count = {"yesterday": -1, "tomorrow": 1, "the day before yesterday": -2, "the day after tomorrow": 2}.get(
        word, 0
    )
    if word == "tonight":
        return Sense(kind="TIME", value=OPEN["D"], unit="D", basis="page", part="NI", shape="day")
    return Sense(value=OPEN["D"], unit="D", count=count, basis="page", shape="day")


def _night(match: re.Match[str]) -> Sense | None:
    low = match.group().lower()
    if low == "last night":
        return Sense(kind="TIME", value=OPEN["D"], unit="D", count=-1, basis="page", part="NI", shape="day")
    if low == "overnight":
        if re.match(
            r" (?:success|stay|bag|train|trains|flight|bus|sensation|guest|mail|lending|rate)",
            match.string[match.end() :],
        ):
            return None
        return Sense(kind="TIME", value=OPEN["D"], unit="D", count=-1, basis="page", part="NI", shape="day")
    part = PART_NAMES[match["part"].lower()]
    return Sense(kind="TIME", value=OPEN["D"], unit="D", basis="page", part=part, shape="day")


def _this_unit(match: re.Match[str]) -> Sense | None:
    """`last week`, `next month`, `this year`, `earlier this month`."""
    direction = DIRECTION[match["which"].lower()]
    unit = unit_code(match["unit"])
    low = match.group().lower()
    if match["which"].lower() in {"previous", "following"} or (low.startswith("the ") and direction == 1):
        return _shift(unit, direction, "text")
    if low.startswith("the ") and direction == -1:
        # `the last week` is the one that ends now
        return Sense(kind="DURATION", value=duration_value(unit, 1), span=(unit, -1))
    sense = _shift(unit, direction, "page")
    clip = (match["clip"] or "").strip().lower()
    return _with_mod(sense, {"earlier": "EARLIER", "later": "LATER"}.get(clip, ""))


def _with_mod(sense: Sense, mod: str) -> Sense:
    return msgspec.structs.replace(sense, mod=mod) if mod else sense


def _this_named(match: re.Match[str]) -> Sense:
    """`last Monday`, `next August`, `this Friday`."""
    direction = DIRECTION[match["which"].lower()]
    if match["weekday"]:
        number = weekday_number(match["weekday"])
        return Sense(value=f"XXXX-WXX-{number}", weekday=number, shape="day", direction=direction)
    return Sense(value=f"XXXX-{month_number(match['month']):02d}", shape="month", direction=direction)


def _ago(match: re.Match[str]) -> Sense | None:
    unit, count = unit_code(match["unit"]), _count(match)
    forward = match["how"].lower() in {
        "from now",
        "hence",
        "later",
        "after",
        "afterwards",
        "afterward",
        "thereafter",
    }
    basis: Basis = "page" if match["how"].lower() in {"ago", "from now", "hence"} else "text"
    if match["how"].lower() in {"before", "after"} and match.string[match.end() : match.end() + 1] == " ":
        return Sense(value=OPEN[unit])  # before or after something that happened: when is not told here
    if count is None:
        return Sense(value=("FUTURE_REF" if forward else "PAST_REF") if basis == "page" else OPEN[unit])
    return _shift(unit, count if forward else -count, basis)


# `the day before the vote`: it hangs on the vote, not on a time told before.
_GOES_ON = re.compile(r" (?:the|a|an|his|her|its|their|this|that|he|she|it|they|we|I|[A-Z])")


def _day_before(match: re.Match[str]) -> Sense:
    """`the day before`, `the previous day`, `the next morning`, `the following year`."""
    which = match["which"].lower()
    if which in {"before", "after"} and _GOES_ON.match(match.string, match.end()):
        return Sense(value=OPEN["D" if match["unit"].lower() in PART_NAMES else unit_code(match["unit"])])
    count = -1 if which in {"before", "previous", "preceding", "prior", "earlier"} else 1
    return _text_unit(match["unit"].lower(), count)


def _text_unit(name: str, count: int) -> Sense:
    if name in SEASON_NAMES:
        return Sense(value=f"XXXX-{SEASON_NAMES[name]}", basis="text", direction=count, shape="month")
    if name in PART_NAMES:
        return Sense(
            kind="TIME",
            value=OPEN["D"],
            unit="D",
            count=count,
            basis="text",
            part=PART_NAMES[name],
            shape="day",
        )
    return _shift(unit_code(name), count, "text")


def _same(match: re.Match[str]) -> Sense:
    name = match["unit"].lower()
    sense = _text_unit(name, 0)
    clip = (match["clip"] or "").lower()
    return _with_mod(
        sense, {"earlier": "EARLIER", "later": "LATER", "early": "START", "late": "END"}.get(clip, "")
    )


def _edge(match: re.Match[str]) -> Sense:
    """`the end of the year`, `the beginning of this month`."""
    mod = {"start": "START", "beginning": "START", "middle": "MID"}.get(match["edge"].lower(), "END")
    which, unit = match["which"].lower(), unit_code(match["unit"])
    basis: Basis = "text" if which == "that" else "page"
    return _with_mod(_shift(unit, {"last": -1, "next": 1}.get(which, 0), basis), mod)


_AFTER_DURATION = re.compile(r"[ -]olds?\b", re.IGNORECASE)
_BEFORE_ONE = re.compile(
    r"\b(?:for|in|within|after|over|about|nearly|almost|than|during|of|least|most|under|around|every|lasted|lasts|last|took|take|takes|"
    r"spent|spend|until|only|just|another|up to|lasting|to|by|further|full|whole|entire|be|was|is)\s(?:the\s)?$",
    re.IGNORECASE,
)
_BOUNDS = {
    "more than": "MORE_THAN", "over": "MORE_THAN", "longer than": "MORE_THAN", "at least": "EQUAL_OR_MORE",
    "less than": "LESS_THAN", "under": "LESS_THAN", "nearly": "LESS_THAN", "almost": "LESS_THAN", "close to": "APPROX",
    "about": "APPROX", "around": "APPROX", "roughly": "APPROX", "some": "APPROX", "approximately": "APPROX",
    "up to": "EQUAL_OR_LESS", "at most": "EQUAL_OR_LESS", "well over": "MORE_THAN", "just over": "MORE_THAN",
    "just under": "LESS_THAN",
}  # fmt: skip
_BOUND = rf"(?:\b(?P<bound>{'|'.join(sorted(_BOUNDS, key=len, reverse=True))}) )?"


def duration_value(unit: str, count: float | None) -> str:
    """TIMEX3 duration, decades and centuries as `P2DE` and `P1CE`; `X` where the count is not told."""
    if count is None:
        return {"F": "PXW", "Q": "PXM"}.get(unit) or _DURATION[unit].format("X")
    if unit in {"DE", "CE"} and count != int(count):
        return f"P{count * (10 if unit == 'DE' else 100):g}Y"  # `half a century`
    return _DURATION[unit].format(f"{count * _FACTOR.get(unit, 1):g}")


def _duration(match: re.Match[str]) -> Sense | None:
    text, count = match.string, match["count"].lower()
    if _AFTER_DURATION.match(text, match.end()) or re.match(
        r"[’']?\s?(?:of age|bc\b)", text[match.end() :], re.IGNORECASE
    ):
        return None
    single = count in {"a", "an", "one"}
    if (
        single
        and not match["bound"]
        and not _BEFORE_ONE.search(text[max(0, match.start() - 12) : match.start()])
    ):
        return None
    if match["unit"].lower() in {"second", "minute", "night"} and single and not match["bound"]:
        return None
    bound = _BOUNDS.get((match["bound"] or "").lower(), "")
    return Sense(kind="DURATION", value=duration_value(unit_code(match["unit"]), _count(match)), mod=bound)


def _adjective(match: re.Match[str]) -> Sense | None:
    """`78-day`, `two-decade-long`, `week-long`."""
    if _AFTER_DURATION.match(match.string, match.end()):
        return None
    count = count_of(match["count"]) if match["count"] else 1
    return Sense(kind="DURATION", value=duration_value(unit_code(match["unit"]), count))


def _bare_units(match: re.Match[str]) -> Sense:
    """`for months`, `after decades`."""
    return Sense(kind="DURATION", value=duration_value(unit_code(match["unit"]), None))


def _stretch(match: re.Match[str]) -> Sense | None:
    """`the past two decades`, `the next few days`, `recent weeks`."""
    which = match["which"].lower()
    unit, told = unit_code(match["unit"]), match["count"]
    if which == "recent" or not told:
        return Sense(value="FUTURE_REF" if which in {"coming", "next"} else "PAST_REF")
    count = count_of(told)
    sign = 1 if which in {"next", "coming", "following"} else -1
    span = (
        (unit, sign * int(count))
        if count and count == int(count) and which not in {"following", "previous", "first"}
        else None
    )
    return Sense(kind="DURATION", value=duration_value(unit, count), span=span)


def _every(match: re.Match[str]) -> Sense:
    if match["weekday"]:
        return Sense(kind="SET", value=f"XXXX-WXX-{weekday_number(match['weekday'])}")
    if match["month"]:
        return Sense(kind="SET", value=f"XXXX-{month_number(match['month']):02d}")
    if match["part"]:
        return Sense(kind="SET", value=f"XXXX-XX-XXT{PART_NAMES[match['part'].lower()]}")
    return Sense(kind="SET", value=duration_value(unit_code(match["unit"]), count_of(match["count"] or "a")))


_SETS = {
    "daily": "P1D", "weekly": "P1W", "monthly": "P1M", "yearly": "P1Y", "annual": "P1Y", "annually": "P1Y",
    "hourly": "PT1H", "nightly": "XXXX-XX-XXTNI",
}  # fmt: skip


def _set_word(match: re.Match[str]) -> Sense:
    return Sense(kind="SET", value=_SETS[match.group()])


def _times_a(match: re.Match[str]) -> Sense:
    return Sense(kind="SET", value=duration_value(unit_code(match["unit"]), 1))


def _clock(match: re.Match[str]) -> Sense | None:
    """A time of day. `3:10` alone may be a score or a verse: it needs a cue before it, a half of the day or a zone."""
    clock = read_clock(match)
    if clock is None:
        return None
    mark = match.group()[len(match["hour"]) : len(match["hour"]) + 1] if match["hour"] else ""
    told = match["half"] or match["half12"] or match["zone"] or re.search(r"Uhr|hrs|hours", match.group())
    cue = re.search(
        r"\b(?:at|by|around|until|till|since|from|about|before|after|between|and|to|past|,|on|–)\s?$",
        match.string[max(0, match.start() - 9) : match.start()],
        re.IGNORECASE,
    )
    if not told and (mark != ":" or not (cue or match.start() == 0 or len(match["hour"]) == 2)):
        return None
    return Sense(
        kind="TIME", value="XXXX-XX-XXT" + clock.time, shape="clock", clock=clock, basis="text", unit="D"
    )


def _clock_four(match: re.Match[str]) -> Sense:
    """`0600 GMT`, `1430 hours`."""
    zone = match["zone"]
    offset = zone_offset(zone) if zone.lower() not in {"hours", "hrs"} else None
    clock = Clock(f"{match['hh']}:{match['mm']}", offset)
    return Sense(
        kind="TIME", value="XXXX-XX-XXT" + clock.time, shape="clock", clock=clock, basis="text", unit="D"
    )


def _noon(match: re.Match[str]) -> Sense | None:
    word = (match["word"] or "").lower()
    hour = {"noon": "12:00", "midday": "12:00", "midnight": "24:00"}.get(word)
    if hour is None:
        count = count_of(match["count"])
        if count is None or not 1 <= count <= 12:
            return None
        hour = f"{int(count):02d}:00"
        return Sense(kind="TIME", value="XXXX-XX-XXTXX:00")  # morning or evening is not told
    return Sense(
        kind="TIME",
        value="XXXX-XX-XXT" + hour,
        shape="clock",
        clock=Clock(hour, None),
        basis="text",
        unit="D",
    )


def _part(match: re.Match[str]) -> Sense:
    part = PART_NAMES[match["part"].lower()]
    return Sense(kind="TIME", value="XXXX-XX-XXT" + part, shape="part", part=part, basis="text", unit="D")


_UNIT_OR_PART = r"(?P<unit>day|night|morning|afternoon|evening|week|month|year|decade|century|weekend|summer|winter|spring|autumn)"
RULES: tuple[Rule, ...] = (
    rule("deictic", "deictic", r"\b(?P<word>today|tonight|yesterday|tomorrow|the day before yesterday|the day after tomorrow)\b(?!'s (?:world|society))", _deictic, any_case=True),
    rule("night", "part", r"\b(?:last night|overnight|(?:earlier |later )?this (?P<part>morning|afternoon|evening))\b", _night, any_case=True),
    rule("this unit", "unit", rf"\b(?P<clip>earlier |later |early |late )?(?:the )?(?P<which>last|past|previous|this|current|next|coming|upcoming|following|this coming|this past) {LONG_UNIT}\b(?!s)", _this_unit, any_case=True),
    rule("this weekday", "weekday", rf"\b(?P<which>[Ll]ast|[Tt]his|[Nn]ext|[Tt]his past|[Tt]his coming|[Cc]oming|[Pp]ast) (?P<weekday>{WEEKDAY_NAME})\b(?P<month>)", _this_named),
    rule("this month", "month", rf"\b(?P<which>[Ll]ast|[Tt]his|[Nn]ext|[Tt]his past|[Tt]his coming|[Cc]oming|[Pp]ast) (?P<month>{MONTH_NAME})(?!\w)(?! \d)(?P<weekday>)", _this_named),
    rule("ago", "unit", rf"(?:\b(?:more than|over|about|around|nearly|almost|some|just|only|less than|at least) )?{COUNT}[ -]{UNIT}(?P<more> and a half)? (?P<how>ago|from now|hence|earlier|later|previously|prior|afterwards?|beforehand|thereafter)\b(?! (?:than|to)\b)", _ago, any_case=True),
    rule("units ago", "unit", r"\b(?P<count>)(?P<unit>minute|hour|day|week|month|year|decade|centurie)s (?P<how>ago|earlier|later|afterwards?)\b", _ago, any_case=True),
    rule("units after", "unit", rf"{COUNT} {UNIT} (?P<how>before|after)(?=[,.;:]|$| (?:the|a|his|her|its|their|that|it|they|he|she|this)\b)", _ago, any_case=True),
    rule("next day", "unit", rf"\bthe (?P<which>previous|preceding|prior|next|following|ensuing|subsequent) {_UNIT_OR_PART}\b(?!s)", _day_before, any_case=True),
    rule("next morning", "part", rf"\bthe (?P<which>previous|preceding|prior|next|following) {_UNIT_OR_PART}\b(?!s)", _day_before, any_case=True),
    rule("next summer", "season", rf"\bthe (?P<which>previous|preceding|prior|next|following) {_UNIT_OR_PART}\b(?!s)", _day_before, any_case=True),
    rule("day before", "unit", r"\bthe (?P<unit>day|night|morning|evening|week|month|year) (?P<which>before|after|earlier|prior)\b", _day_before, any_case=True),
    rule("same day", "unit", rf"\b(?:(?P<clip>earlier|later|early|late) )?(?:in |on |during )?(?:(?:the|that|this) (?:very )?same|that(?: very)?) {_UNIT_OR_PART}\b(?!s)", _same, any_case=True),
    rule("same night", "part", rf"\b(?:(?P<clip>earlier|later|early|late) )?(?:on )?(?:(?:the|that|this) (?:very )?same|that(?: very)?) {_UNIT_OR_PART}\b(?!s)", _same, any_case=True),
    rule("same summer", "season", rf"\b(?P<clip>)(?:(?:the|that) (?:very )?same|that(?: very)?) {_UNIT_OR_PART}\b(?!s)", _same, any_case=True),
    rule("in the day", "unit", r"\b(?P<clip>earlier|later|early|late) in the (?P<unit>day|week|month|year|decade|century)\b", _same, any_case=True),
    rule("edge of unit", "unit", r"\b(?:the )?(?P<edge>start|beginning|middle|end|close) of (?P<which>the|this|that|last|next|the current) (?P<unit>week|month|year|decade|century)\b", _edge, any_case=True),
    rule("duration", "unit", rf"{_BOUND}(?<![\d.,$€£])(?:\b(?:a |the )?(?:whole|full|entire|total of) )?{COUNT}(?: (?:more|whole|full|long|consecutive|straight|additional))?[ -]{UNIT}(?P<more> and a half\b)?(?! (?:ago|earlier|later)\b)", _duration, any_case=True),
    rule("long", "unit", rf"(?<![\d.,$€£])\b(?P<count>{CARDINAL})-(?P<unit>second|minute|hour|day|night|week|month|year|decade|century)(?:-long)?\b", _adjective, any_case=True),
    rule("week-long", "unit", r"\b(?P<count>)(?P<unit>hour|day|week|month|year|decade|century)s?-?long\b", _adjective, any_case=True),
    rule("for months", "unit", r"\b(?:for|after|within|over|in|of|despite) (?P<x>(?P<unit>minute|hour|day|week|month|year|decade|centurie)s)\b(?! (?:ago|earlier|later|to come)\b)", _bare_units, any_case=True),
    rule("stretch", "unit", rf"\b(?:the )?(?:(?P<which>last|past|previous|next|coming|following|recent|first) (?:(?P<count>{CARDINAL}|few|several|{VAGUE}) )?(?P<unit>minute|hour|day|night|week|month|year|decade|centurie)s)\b", _stretch, any_case=True),
    rule("every", "unit", r"\b(?:every|each) (?:(?P<count>two|three|four|five|six|few|other|\d+) )?(?P<unit>second|minute|hour|day|night|week|month|year|decade|century|weekend)s?\b(?P<weekday>)(?P<month>)(?P<part>)", _every, any_case=True),
    rule("every weekday", "weekday", rf"\b(?:[Ee]very|[Ee]ach) (?:other )?(?P<weekday>{WEEKDAY_NAME})\b(?P<unit>)(?P<month>)(?P<part>)(?P<count>)", _every),
    rule("every month", "month", rf"\b(?:[Ee]very|[Ee]ach) (?P<month>{MONTH_NAME})\b(?P<unit>)(?P<weekday>)(?P<part>)(?P<count>)", _every),
    rule("every part", "part", r"\b(?:every|each) (?P<part>morning|afternoon|evening|night)\b(?P<unit>)(?P<month>)(?P<weekday>)(?P<count>)", _every, any_case=True),
    rule("daily", "set", r"\b(?:daily|weekly|monthly|yearly|annual|annually|hourly|nightly)\b", _set_word),
    rule("times a", "unit", r"\b(?:once|twice|\w+ times) (?:a|an|per|each|every) (?P<unit>hour|day|night|week|month|year)\b", _times_a, any_case=True),
    rule("so much a day", "unit", rf"(?:[$€£]\d[\d.,]*|\b(?:{CARDINAL}) (?:[a-z]+ )?[a-z]+s) (?P<x>(?:an?|per|each|every) (?P<unit>hour|day|week|month|year))\b", _times_a, any_case=True),
    rule("clock", "digit", rf"(?<![\w.,:/$€£-]){CLOCK}(?![\w:/]|[.,]\d|-\d)", _clock, any_case=True),
    rule("clock of four", "digit", r"(?<![\w.,:/-])(?P<hh>[01]\d|2[0-3])(?P<mm>[0-5]\d) ?(?P<zone>GMT|UTC|hours|hrs|CET|CEST|EST|EDT|MSK)\b", _clock_four),
    rule("noon", "part", r"\b(?:(?P<word>noon|midnight|midday)|(?P<count>one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d\d?) o['’]clock)\b", _noon, any_case=True),
    rule("in the morning", "part", r"\b(?:in|during|at|by|through|into|until|since|before|late at|after) (?P<x>(?:the )?(?:late |early )?(?P<part>morning|afternoon|evening|night|dawn|dusk|nightfall|daybreak))\b(?! (?:club|shift|of|before|after|clubs|sky|train))", _part, any_case=True),
)  # fmt: skip
