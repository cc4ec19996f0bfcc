"""Rules for dates that name a place in the calendar, whole or in part: `28 December 2022`, `Monday`, `the 1990s`.

Each rule: a name, the class of word without which it cannot match, a pattern, and a reader that turns a match into its
meaning or rejects it. Traps are rejected in the readers, with the reason beside them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from variorum.tag.numbers import ORDINAL_WORDS, parse_ordinal
from variorum.tag.times.sense import Sense
from variorum.tag.times.words import (
    DAY,
    MONTH_NAME,
    SEASON,
    SEASON_NAMES,
    WEEKDAY_NAME,
    WEEKDAY_SHORT,
    YEAR,
    month_number,
    weekday_number,
)
from variorum.text.calendar import find_dates, is_day

if TYPE_CHECKING:
    from collections.abc import Callable

    Reader = Callable[[re.Match[str]], Sense | None]


class Rule(msgspec.Struct, frozen=True):
    """One rule of the grammar; rules are tried in every sentence that holds a word of class `needs`."""

    name: str
    needs: str
    pattern: re.Pattern[str]
    read: Reader


def rule(name: str, needs: str, pattern: str, read: Reader, *, any_case: bool = False) -> Rule:
    """A rule with its pattern compiled."""
    return Rule(name, needs, re.compile(pattern, re.IGNORECASE if any_case else 0), read)


def _day_value(year: str | None, month: int, day: int) -> str:
    value = f"{year or 'XXXX'}-{month:02d}-{day:02d}"
    return value if is_day(value.replace("XXXX", "2000")) else ""


def _month_day(match: re.Match[str]) -> Sense | None:
    value = _day_value(match["year"], month_number(match["month"]), int(match["day"]))
    if not value:
        return None
    weekday = match.groupdict().get("weekday")
    return Sense(value=value, shape="day", weekday=weekday_number(weekday) if weekday else 0)


def _day_range(match: re.Match[str]) -> Sense | None:
    month = month_number(match["month"])
    first = _day_value(match["year"], month, int(match["first"]))
    last = _day_value(match["year"], month, int(match["day"]))
    return Sense(value=f"{first}/{last}") if first and last and first < last else None


def _first_of(match: re.Match[str]) -> Sense | None:
    """`The first of March`."""
    day = parse_ordinal(match["nth"])
    value = _day_value(match["year"], month_number(match["month"]), day or 0)
    return Sense(value=value, shape="day") if value else None


def _numeric(match: re.Match[str]) -> Sense | None:
    dates = find_dates(match.group())
    if len(dates) != 1 or dates[0].end - dates[0].start != len(match.group()):
        return None
    return Sense(value=dates[0].value, shape="day")


def _month_year(match: re.Match[str]) -> Sense:
    year = match["year"] or f"{'20' if match['short'] < '50' else '19'}{match['short']}"
    return Sense(value=f"{year}-{month_number(match['month']):02d}", shape="month")


def _month_range(match: re.Match[str]) -> Sense:
    year, first, last = match["year"] or "XXXX", month_number(match["first"]), month_number(match["month"])
    return Sense(value=f"{year}-{first:02d}/{year}-{last:02d}")


# Before a bare month stands one of these, or nothing that could make `May` a verb or `April` a person.
_BEFORE_MONTH = re.compile(
    r"(?:\b(?:in|since|until|till|by|from|to|through|throughout|during|of|last|next|this|early|mid|late|between|and|before|"
    r"after|for|each|every|that|following|previous|past|or|around|about|the|ago)|[(–-])[ -]?$",
    re.IGNORECASE,
)
_NAMES_TOO = {"april", "may", "june", "august", "march", "mar", "jan"}


def _bare_month(match: re.Match[str]) -> Sense | None:
    name, text = match["month"], match.string
    low = name.rstrip(".").lower()
    if low in {"mar", "jan", "dec", "sep", "oct", "jun", "jul"} and not name.endswith("."):
        return None
    before = text[max(0, match.start() - 14) : match.start()]
    cue = _BEFORE_MONTH.search(before)
    if not cue and re.match(r" \d{1,2}\b", text[match.end() :]):
        return None  # `February 30`
    if low in _NAMES_TOO and (
        not cue
        or (
            cue.group().strip().lower() in {"and", "the", "of", "by", "for", "to"}
            and re.match(r"\s[A-Z][a-z]+", text[match.end() :])
        )
    ):
        return None  # `April Moss`, `General May`: a capitalised neighbour makes it a name
    return Sense(value=f"XXXX-{month_number(name):02d}", shape="month")


def _weekday(match: re.Match[str]) -> Sense | None:
    # `Bloody Sunday`, `Black Friday`, `the Sunday Herald`: names, not days.
    if re.search(
        r"\b(?:Bloody|Black|Good|Ash|Palm|Cyber|Super|Holy|Easter|Maundy|The) $",
        match.string[: match.start()],
    ):
        return None
    after = match.string[match.end() :]
    if (
        re.search(r"\b(?:a|any|another) $", match.string[: match.start()], re.IGNORECASE)
        and not match["plural"]
    ):
        return None  # `on a Monday`: any
    if re.match(
        r" (?:Herald|Times|Telegraph|Mail|Post|Mirror|Express|Star|Tribune|Night Live|Independent|People|World)\b",
        after,
    ):
        return None
    number = weekday_number(match["weekday"])
    if match["plural"]:
        return Sense(kind="SET", value=f"XXXX-WXX-{number}")
    return Sense(value=f"XXXX-WXX-{number}", weekday=number, shape="day")


def _weekend(match: re.Match[str]) -> Sense:  # noqa: ARG001 - a reader takes the match
    return Sense(value="XXXX-WXX-WE", weekday=6)


# A bare number of four digits is a year after these ...
_YEAR_CUE = re.compile(
    r"(?:\b(?:in|since|until|till|by|of|from|during|throughout|after|before|between|year|years|to|and|or|early|mid|late|the|that|"
    r"through|spring|summer|autumn|fall|winter|around|about|circa|ca\.|c\.|next|last|this|for|its|their|his|her|back in|a|under|"
    r"versus|than|with|on|vs)[ \n-]|[(\[/–’'-]|[’']s |\d\s?[-–—]\s?|\d{4}, |al\., |al\. )$",
    re.IGNORECASE,
)
# ... unless one of these stands before it: it numbers a thing.
_NUMBERS = re.compile(
    r"(?:\b(?:resolution|resolutions|no\.?|number|nos\.?|flight|article|section|page|room|unit|route|highway|model|chapter|"
    r"paragraph|regiment|brigade|battalion|psalm|lot|form|directive|regulation|law|act|protocol|bill|decree|convoy|"
    r"line|channel|point|series|type|building|house|level|size|resolution \()|[$€£¥#+=×]|\b(?:more|less|fewer) than|"
    r"at least|at most|up to|some|nearly|almost|roughly|approximately|only|over|another|additional)\s?$",
    re.IGNORECASE,
)
# ... or counted things, units or prices follow.
_COUNTED = re.compile(
    r"\s?(?:people|persons?|soldiers|troops|men|women|children|civilians|refugees|dead|wounded|deaths|homes|houses|families|"
    r"villages|fighters|militants|prisoners|police|officers|students|workers|votes|seats|members|miles|feet|metres|meters|"
    r"kilometers|kilometres|km|m|kg|tons|tonnes|barrels|dollars|euros|rubles|roubles|pounds|yen|yuan|rupees|cars|vehicles|tanks|"
    r"shells|rockets|missiles|drones|hectares|acres|degrees|calories|mg|ml|cc|hp|mw|px|pixels|words|copies|points|times|hours|"
    r"days|weeks|months|years|cases|per|others|more|inhabitants|residents|dollar|percent|%|°|x|×|patients|participants|employees|"
    r"subscribers|views|likes|demonstrators|protesters|casualties|protests?ers|hrs|hours|GMT|UTC|local|years?|months?|days?|hours?)\b|\s?\+"
)


def _year(match: re.Match[str]) -> Sense | None:
    text, start, end = match.string, match.start(), match.end()
    before, after = text[max(0, start - 22) : start], text[end : end + 16]
    if _NUMBERS.search(before) or _COUNTED.match(after):
        return None
    value = int(match["year"])
    cued = _YEAR_CUE.search(before)
    if not cued and not _stands_alone(before, after, value):
        return None
    return Sense(value=match["year"], shape="year")


def _stands_alone(before: str, after: str, value: int) -> bool:
    """Whether a number of four digits without preposition is likely a year: at a start, in brackets, after a name."""
    if not 1900 <= value <= 2099:
        return False
    if re.match(r"[,.]\s?\d", after):
        return False
    if before.endswith(", ") and re.match(r"[);\]]", after):
        return True
    if before.endswith(", ") and (not re.search(r"[a-z\d], $", before)):
        return False
    if before.endswith((", ", "; ")):
        return bool(
            re.match(
                r"$|[).;]|, (?:the|when|after|at|in|but|and|he|she|it|they|with|a|an|as|which|who)\b", after
            )
        )
    return not before.strip() or bool(
        re.search(r"[A-Za-z’)'] $", before) and re.match(r"$|[\s.,;:)?!’'–-]", after)
    )


_NO_RANGE_BEFORE = re.compile(
    r"(?:\b(?:pages?|pp\.?|nos?\.?|lines|seats|score|by)|[$€£¥#])\s?$", re.IGNORECASE
)


def _year_range(match: re.Match[str]) -> Sense | None:
    first, last = match["year"], match["last"]
    full = first[:2] + last if len(last) == 2 else last
    if not int(first) < int(full) <= int(first) + 200 or _NO_RANGE_BEFORE.search(
        match.string[: match.start()]
    ):
        return None
    if re.match(r"\s(?:people|soldiers|troops|dollars|euros|km|miles)\b", match.string[match.end() :]):
        return None
    return Sense(value=f"{first}/{full}")


def _decade(match: re.Match[str]) -> Sense:
    if match["year"]:
        if match["year"].endswith("00") and match["year"] < "1900":
            return Sense(value=match["year"][:2])  # `the 1800s` is the century
        return Sense(value=match["year"][:3])
    return Sense(value=("20" if match["short"] in {"00", "10"} else "19") + match["short"][0])


def _decade_word(match: re.Match[str]) -> Sense:
    words = ("twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties")
    return Sense(value=f"19{words.index(match['word'].lower()) + 2}")


def _century(match: re.Match[str]) -> Sense | None:
    number = parse_ordinal(match["nth"])
    if number is None or not 1 <= number <= 30:
        return None
    if match["bc"]:
        return Sense(value="XX")
    return Sense(value=f"{number - 1:02d}")


def _bc(match: re.Match[str]) -> Sense:
    if match["era"].lstrip().upper().startswith("B"):
        return Sense(value=f"BC{int(match['number']):04d}")
    return Sense(value=f"{int(match['number']):04d}")


# `The winter boots`, `the summer school`: a season before a noun. After it may stand what no noun phrase goes on with.
_NAMES_A_THING = re.compile(
    r" (?!(?:of|in|on|and|or|but|when|that|which|who|was|were|is|are|will|would|had|has|have|may|might|could|can|after|before|for|at|to|"
    r"as|than|by|with|without|while|since|because|until|from|the|this|it|he|she|they|we|you|I|their|his|her|its|our|my|months?|season|term|days|weeks|solstice|"
    r"there|came|comes|begins|began|ended|ends|if|so|not|also|only|ahead|itself|too|again|then|now|through|into|alone)\b)[a-z]{3,}"
)


def _season(match: re.Match[str]) -> Sense | None:
    word, year = match["season"].lower(), match["year"]
    if not year and (
        not match.string[match.start() : match.end()].islower()
        and match["season"][0].isupper()
        and match["cue"] is None
    ):
        return None
    # `the fall of the city` is no season, and a season has no verb after `the`.
    if (
        word == "fall"
        and not year
        and re.match(r" (?:of|in|from|to|out|into|by)\b", match.string[match.end() :])
    ):
        return None
    cue = (match["cue"] or "").strip().lower()
    if not year and (
        match["cue"] is None or (cue == "the" and _NAMES_A_THING.match(match.string, match.end()))
    ):
        return None
    direction = {"last": -1, "past": -1, "this": 0, "next": 1, "this past": -1, "coming": 1}.get(cue)
    return Sense(value=f"{year or 'XXXX'}-{SEASON_NAMES[word]}", shape="month", direction=direction)


def _quarter(match: re.Match[str]) -> Sense | None:
    named = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4, "final": 4, "latter": 2}
    size = "H" if match["size"] == "half" else "Q"
    number = named.get(match["nth"].lower()) if match["nth"] else int(match["q"])
    if number is None or (size == "H" and number > 2 and match["nth"].lower() != "last"):
        return None
    year = match["year"] or (match["y2"] if match["q"] else None) or "XXXX"
    return Sense(value=f"{year}-{size}{min(number, 2) if size == 'H' else number}")


def _new_year(match: re.Match[str]) -> Sense:
    return Sense(value="XXXX-12-31" if match["which"] == "Eve" else "XXXX-01-01", shape="day")


_MONTH = rf"(?P<month>{MONTH_NAME})"
_DASH = r"\s?(?:-|–|—|to)\s?"
RULES: tuple[Rule, ...] = (
    rule("month day", "month", rf"(?:\b(?P<weekday>{WEEKDAY_SHORT}),? )?\b{_MONTH} (?:the )?{DAY}(?:,? {YEAR})?", _month_day),
    rule("day month", "month", rf"(?:\b(?P<weekday>{WEEKDAY_SHORT}),? (?:the )?)?(?<![\d.,:/$€£])(?<!\d-)\b{DAY}(?: of |[ -]){_MONTH}(?:[, -]+(?:of )?{YEAR})?", _month_day),
    rule("first of month", "month", rf"\b(?:the )?(?P<nth>{ORDINAL_WORDS}) (?:day )?of {_MONTH}(?:,? {YEAR})?", _first_of, any_case=False),
    rule("month days", "month", rf"\b{_MONTH} (?P<first>\d\d?)(?:st|nd|rd|th)?{_DASH}{DAY}(?:,? {YEAR})?", _day_range),
    rule("days month", "month", rf"(?<![\d.,])\b(?P<first>\d\d?)(?:st|nd|rd|th)?{_DASH}{DAY}(?: of)? {_MONTH}(?:,? {YEAR})?", _day_range),
    rule("numeric date", "digit", r"(?<![\w./-])\d{1,4}([./-])\d{1,2}\1\d{1,4}(?![\w/-]|\.\d)", _numeric),
    rule("month year", "month", rf"\b{_MONTH},? (?:of )?(?:{YEAR}|['’](?P<short>\d\d)\b)", _month_year),
    rule("months", "month", rf"\b(?P<first>{MONTH_NAME})(?:-|–| – ){_MONTH}(?:,? {YEAR})?", _month_range),
    rule("month", "month", rf"\b{_MONTH}(?!\w)", _bare_month),
    rule("weekday", "weekday", rf"\b(?P<weekday>{WEEKDAY_NAME})(?P<plural>s)?\b", _weekday),
    rule("weekend", "unit", r"\b(?:over|at|during|on|throughout|for|since|by) (?P<x>the weekend)\b", _weekend, any_case=True),
    rule("years", "digit", r"(?<![\d.,/$€£-])\b(?P<year>1\d{3}|20\d\d)(?:-|–|/)(?P<last>1\d{3}|20\d\d|\d\d)\b(?![-–/.,]\d)", _year_range),
    rule("year", "digit", rf"(?<![\d.,$€£:/#+@])(?<!\w-)\b{YEAR}\b(?!s\b|-\w*\d|[-–]\d)", _year),
    rule("decade", "digit", r"(?<!\w)(?:the )?(?:(?P<year>1\d\d0|20\d0)(?:s\b|(?<=[eyd].\d\d\d\d)['’]s\b)|(?:['’]|(?<=the ))(?P<short>\d0)['’]?s\b)", _decade, any_case=True),
    rule("decade word", "period", r"\bthe (?P<word>twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)\b", _decade_word, any_case=True),
    rule("century", "unit", rf"\b(?:the )?(?P<nth>\d\d?(?:st|nd|rd|th)|{ORDINAL_WORDS})[ -]centur(?:y|ies)\b(?P<bc> B\.?C\.?(?:E\.?)?)?", _century, any_case=True),
    rule("era", "digit", r"(?<![\d.,])\b(?P<number>\d{1,4})(?P<era> ?(?:B\.C\.E\.?|B\.C\.|BCE|BC|C\.E\.|CE|A\.D\.|AD))(?!\w)", _bc),
    rule("season", "season", rf"(?:\b(?P<cue>(?:[Tt]he |[Ll]ast |[Tt]his |[Nn]ext |[Tt]his past |[Tt]hat |[Cc]oming )|(?<=in )|(?<=In )|(?<=by )|(?<=during )))?\b{SEASON}\b(?:,? (?:of )?{YEAR})?", _season),
    rule("quarter", "unit", rf"\b(?:the )?(?P<nth>first|second|third|fourth|last|final) (?P<size>quarter)(?: (?:of )?{YEAR})?(?P<q>)", _quarter, any_case=True),
    rule("half", "period", rf"\b(?:the )?(?P<nth>first|second|last|latter) (?P<size>half) of {YEAR}(?P<q>)", _quarter, any_case=True),
    rule("Q3", "digit", r"\b(?P<nth>)(?P<size>)(?P<year>)Q(?P<q>[1-4]),? (?P<y2>20\d\d)\b", _quarter),
    rule("new year", "deictic", r"\bNew Year['’]s (?P<which>Eve|Day)\b", _new_year),
)  # fmt: skip
