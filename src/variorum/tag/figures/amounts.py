"""Amounts: a numeral, in digits, words or vague words, with what bounds it, as a range of values."""

from __future__ import annotations

import re
from bisect import bisect_left

import msgspec

from variorum.tag.numbers import CARDINAL, SCALES, SMALL, parse_number


class Amount(msgspec.Struct, frozen=True, kw_only=True):
    """A numeral with its bounds: half-open code points; range of the value, None where that end is open."""

    start: int
    end: int
    low: float | None
    high: float | None
    approximate: bool = False
    vague: bool = False


_SCALE = "|".join(s for s in SCALES if s != "hundred")
_AT_LEAST = (
    "at least|no fewer than|no less than|not less than|a minimum of|minimum of|more than|over|above|exceeding|upwards of|in excess of|well over|"
    "just over|slightly more than|a little over|greater than|as few as"
)
_AT_MOST = (
    "up to|at most|no more than|not more than|a maximum of|maximum of|as many as|as much as|fewer than|less than|under|below|"
    "just under|well under|slightly under"
)
_ABOUT = (
    "about|around|roughly|approximately|approx\\.?|some|nearly|almost|close to|an estimated|estimated|circa|ca\\.|nearing|"
    "in the region of|on the order of|somewhere around"
)
_BOUND = re.compile(
    rf"\b(?P<word>(?:{_AT_LEAST}|{_AT_MOST}|{_ABOUT})(?: (?:{_ABOUT}))?) (?:the )?$|(?P<sign>~|≈) ?$",
    re.IGNORECASE,
)
BOUND_WORDS = f"{_AT_LEAST}|{_AT_MOST}|{_ABOUT}"
_LEAST = frozenset(_AT_LEAST.split("|"))
_MOST = frozenset(_AT_MOST.split("|"))
_AFTER = re.compile(r"(?:\+(?!\w)| or (?:more|so|fewer|less)\b|-odd\b| plus\b)", re.IGNORECASE)

# What the words of vagueness mean, lowest and highest; the lowest as ACLED codes them (docs/why/figures.md).
_VAGUE_UNITS = {
    "dozens": (12, 99), "tens": (10, 99), "scores": (20, 99), "hundreds": (100, 999), "thousands": (1_000, 9_999),
    "millions": (1_000_000, 9_999_999), "billions": (1e9, 9.999e9),
}  # fmt: skip
_DOZEN = {
    "dozen": 12,
    "score": 20,
    "hundred": 100,
    "thousand": 1_000,
    "million": 1_000_000,
    "billion": 1_000_000_000,
}
_FEW = (2, 9)
_VAGUE = re.compile(
    r"\b(?:"
    r"(?:many |several )?(?P<tens>tens|dozens|scores|hundreds|thousands) (?:and \w+ )?of (?P<scale>thousands|millions|billions)\b"
    r"|(?:many |literally |untold )?(?P<plural>dozens|scores|hundreds|thousands|tens|millions|billions)\b(?! (?:and|of) (?:thousands|millions|billions))"
    r"|(?P<few>several|a few|few|a couple of|a couple|some few|a handful of|many) (?P<of>dozen|score|hundred|thousand|million|billion)s?\b"
    r"|(?P<half>half a|a half)[ -]dozen\b|(?P<dozens>two|three|four|five|six|a|one)[ -]dozen\b(?! eggs)"
    r"|(?P<alone>several|a few|a handful of|a couple of)(?= [a-z])"
    r")",
    re.IGNORECASE,
)
_SMALL_NUMBER = rf"(?:{'|'.join(sorted(SMALL, key=len, reverse=True))})(?:-\w+)?"
_FREE = r"(?<![\w.,:/@#\-–])"
# Units that are written without a space: `155mm shells`.
_GLUED = r"(?!(?:mm|cm|km|kg|mph|kph|MW|GW|kWh)\b)"
_NUMBER = re.compile(
    rf"{_FREE}(?P<number>{CARDINAL})(?:(?P<k>[km]\b)|bn\b)?(?!{_GLUED}[\w/:@]|[.,:]\d|[-–]\d)", re.IGNORECASE
)
_NUMERAL = rf"{CARDINAL}"
_RANGE = re.compile(
    rf"{_FREE}(?:(?P<head>between|from) )?(?P<low>{_NUMERAL})(?P<gap> ?[-–—] ?| to | and | or )(?P<high>{_NUMERAL})(?![\w/:@]|[.,:]\d|[-–]\d)",
    re.IGNORECASE,
)
# `some hundred boats`, `over a thousand` without its article
_BARE = re.compile(
    rf"(?<=[a-z] )(?P<number>(?:hundred|thousand|million|billion)(?: and {_SMALL_NUMBER})?)\b(?! (?:and|of)\b|[-/])",
    re.IGNORECASE,
)
# The value that was, before the one that is: `rose from three to five` is no range.
_CHANGED = re.compile(
    r"\b(?:rose|risen|rises|rising|climbed|climbing|grew|grown|growing|increased|increasing|jumped|soared|swelled|went up|gone up|up|down|fell|fallen|falling|"
    r"dropped|dropping|declined|shrank|shrunk|cut|raised|raising|lowered|revised|reduced|corrected|changed)(?: (?:up|down|sharply|slightly|steadily|again|\w+ly))? $",
    re.IGNORECASE,
)
# `5m people`, not `5m tall`
_MILLION = re.compile(r" (?:\w+ )?(?:people|\w{3,}s)\b")


def find_amounts(text: str) -> list[Amount]:
    """Find the amounts of a sentence, without regard to what they count.

    Args:
        text: The sentence.

    Returns:
        Non-overlapping amounts in text order; offsets are code points of `text`.
    """
    found = [a for m in _RANGE.finditer(text) if (a := _range(m)) is not None]
    found += [_vague(m) for m in _VAGUE.finditer(text)]
    found += [a for m in _NUMBER.finditer(text) if (a := _single(m)) is not None]
    found += [a for m in _BARE.finditer(text) if (a := _bare(m)) is not None]
    kept: list[Amount] = []  # by start: the longest first, and of what overlaps it nothing
    for item in sorted(found, key=lambda a: (a.start - a.end, a.start)):
        place = bisect_left(kept, item.start, key=lambda a: a.start)
        before, after = kept[place - 1 : place] if place else [], kept[place : place + 1]
        if all(k.end <= item.start for k in before) and all(item.end <= k.start for k in after):
            kept.insert(place, item)
    return [_bounded(text, item) for item in kept]


def _range(match: re.Match[str]) -> Amount | None:
    low, high = parse_number(match["low"]), parse_number(match["high"])
    gap, head = match["gap"].strip(), (match["head"] or "").lower()
    if (
        low is None
        or high is None
        or (gap == "and" and head != "between")
        or (gap == "or" and high != low + 1)
        or (head == "from" and _CHANGED.search(match.string, max(0, match.start() - 40), match.start()))
    ):
        return None
    scale = re.search(rf"[ -]({_SCALE})$", match["high"], re.IGNORECASE)
    if scale and low < SCALES[scale[1].lower()]:  # `two to three million`
        low *= SCALES[scale[1].lower()]
    if low >= high:
        return None
    return Amount(start=match.start(), end=match.end(), low=low, high=high, approximate=gap == "or")


def _vague(match: re.Match[str]) -> Amount:
    low, high, vague = _vague_range({k: v.lower() for k, v in match.groupdict().items() if v})
    return Amount(start=match.start(), end=match.end(), low=low, high=high, approximate=True, vague=vague)


def _vague_range(told: dict[str, str]) -> tuple[float, float, bool]:
    if "scale" in told:
        factor = _DOZEN[told["scale"].removesuffix("s")]
        low, _ = _VAGUE_UNITS[told["tens"]]
        top = {12: 100, 10: 100, 20: 100, 100: 1000, 1000: 10000}[int(low)]
        return low * factor, top * factor - 1, True
    if "plural" in told:
        return *_VAGUE_UNITS[told["plural"]], True
    if "few" in told:
        unit = _DOZEN[told["of"]]
        low = 2 if told["few"].startswith("a couple") else _FEW[0]
        high = 2 if told["few"].startswith("a couple") else _FEW[1]
        return low * unit, high * unit + (unit - 1 if unit > 12 else 0), True
    if "half" in told:
        return 6, 6, False
    if "dozens" in told:
        count = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}[told["dozens"]]
        return 12 * count, 12 * count, False
    return (2, 2, True) if told["alone"].startswith("a couple") else (*_FEW, True)


def _single(match: re.Match[str]) -> Amount | None:
    value = parse_number(match["number"])
    if value is None:
        return None
    letter = match.group()[len(match["number"]) :].lower()
    if (
        letter == "m"
        and not _MILLION.match(match.string, match.end())
        and match.string[match.start() - 1 : match.start()] not in "$€£¥₹"
    ):
        return None  # metres
    value *= {"k": 1_000, "m": 1_000_000, "bn": 1_000_000_000}.get(letter, 1)
    round_words = match["number"].lower().startswith(("a ", "an ", "half a"))
    return Amount(start=match.start(), end=match.end(), low=value, high=value, approximate=round_words)


def _bare(match: re.Match[str]) -> Amount | None:
    """A hundred without article, where a word of bounds stands before it."""
    value = parse_number(match["number"])
    if value is None or not _BOUND.search(match.string, max(0, match.start() - 34), match.start()):
        return None
    return Amount(start=match.start(), end=match.end(), low=value, high=value, approximate=True)


def _bounded(text: str, amount: Amount) -> Amount:
    """Read what stands before and after: `at least`, `up to`, `about`, `or more`."""
    start, end, low, high, about = amount.start, amount.end, amount.low, amount.high, amount.approximate
    before = _BOUND.search(text, max(0, start - 34), start)
    if before:
        start = before.start()
        word = (before["word"] or "about").lower()
        head = next((w for w in sorted(_LEAST | _MOST, key=len, reverse=True) if word.startswith(w)), "")
        if head in _LEAST:
            high = None
        elif head in _MOST:
            low = None
        about = about or not head or head != word
    after = _AFTER.match(text, end)
    if after:
        end = after.end()
        word = after.group().strip().lower()
        if word in {"+", "or more", "plus"}:
            high = None
        elif word in {"or fewer", "or less"}:
            low = None
        else:
            about = True
    return msgspec.structs.replace(amount, start=start, end=end, low=low, high=high, approximate=about)
