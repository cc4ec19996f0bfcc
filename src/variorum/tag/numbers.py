"""Numbers in English text, in digits and in words; times and figures share it."""

from __future__ import annotations

import re

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
SMALL: dict[str, int] = {word: i for i, word in enumerate(_ONES)} | {
    word: 10 * i for i, word in enumerate(_TENS, 2)
}
SCALES: dict[str, int] = {
    "hundred": 100,
    "thousand": 1_000,
    "million": 1_000_000,
    "billion": 1_000_000_000,
    "trillion": 1_000_000_000_000,
    "mln": 1_000_000,
    "bln": 1_000_000_000,
    "bn": 1_000_000_000,
    "lakh": 100_000,
    "crore": 10_000_000,
}
_ORDINALS = (
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth"
).split()
ORDINALS: dict[str, int] = {word: i for i, word in enumerate(_ORDINALS)} | {
    word[:-1] + "ieth": 10 * i for i, word in enumerate(_TENS, 2)
}
FRACTIONS: dict[str, float] = {"half": 0.5, "quarter": 0.25, "third": 1 / 3}

_SMALL = "|".join(sorted(SMALL, key=len, reverse=True))
_SCALE = "|".join(SCALES)
# `120,000`, `120 000` (non-breaking or thin space), `1.5`, `120.000` (continental thousands), plain digits
DIGITS = r"\d{1,3}(?:[,\u00a0\u202f\u2009]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
WORDS = (
    rf"(?:{_SMALL})(?:[- ](?:and )?(?:{_SMALL}|hundred|thousand|million|billion)\b)*(?: and a half\b)?"
    rf"|(?:a|an) (?:hundred|thousand|million|billion)\b(?: and (?:{_SMALL})\b)?|half a (?:million|billion)"
)
CARDINAL = rf"(?:(?:{DIGITS})(?:[ -](?:{_SCALE})\b)?(?: and a half\b)?|\b(?:{WORDS})\b)"
ORDINAL_WORDS = rf"(?:(?:{'|'.join(_TENS)})-)?(?:{'|'.join(sorted(ORDINALS, key=len, reverse=True))})"

_CONTINENTAL = re.compile(r"\d{1,3}(?:\.\d{3})+")
_SPLIT = re.compile(r"[\s-]+")


def parse_number(text: str) -> float | None:
    """Value of a cardinal number as written.

    Args:
        text: `120,000`, `1.5 million`, `twenty-three`, `two and a half`, `a hundred`, in any case.

    Returns:
        The value; None if it is no number.
    """
    words = [
        w
        for w in _SPLIT.split(text.lower().replace("\u00a0", "").replace("\u202f", "").replace("\u2009", ""))
        if w
    ]
    half = 0.0
    if words[-3:] == ["and", "a", "half"]:
        words, half = words[:-3], 0.5
    elif words[:2] == ["half", "a"]:
        words = ["0.5", *words[2:]]
    total, current, seen = 0.0, 0.0, False
    for word in words:
        if word in {"and", "a", "an"}:
            current = 1.0 if word != "and" and not seen else current
            seen = seen or word != "and"
            continue
        value = SMALL.get(word)
        if value is None and word[:1].isdigit():
            number = _digits(word)
            if number is None:
                return None
            current += number
        elif value is not None:
            current += value
        elif word == "hundred":
            current = (current or 1) * 100
        elif word in SCALES:
            total, current = total + (current or 1) * SCALES[word], 0.0
        else:
            return None
        seen = True
    return total + current + half * _last_scale(words) if seen else None


def _last_scale(words: list[str]) -> int:
    return SCALES.get(words[-1], 1) if words else 1


def _digits(word: str) -> float | None:
    """Digits with thousands marks. A group of `.000` is read as thousands: nobody counts to three decimals of nothing."""
    if word.count(".") > 1 or (_CONTINENTAL.fullmatch(word) and word.endswith(".000")):
        if not _CONTINENTAL.fullmatch(word):
            return None
        word = word.replace(".", "")
    try:
        return float(word.replace(",", ""))
    except ValueError:
        return None


def parse_ordinal(text: str) -> int | None:
    """Value of an ordinal as written (`21st`, `twenty-first`); None if it is none."""
    low = text.lower()
    if match := re.fullmatch(r"(\d+)(?:st|nd|rd|th)", low):
        return int(match[1])
    head, _, tail = low.rpartition("-")
    value = ORDINALS.get(tail)
    if value is None or (head and (head not in _TENS or not 1 <= value <= 9)):
        return None
    return value + SMALL.get(head, 0)
