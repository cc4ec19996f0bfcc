"""From rule matches to whole expressions: overlaps settled, neighbours joined, prepositions and `early`, `late` read."""

from __future__ import annotations

import re

import msgspec

from variorum.tag.times import absolute, relative
from variorum.tag.times.sense import Found, Sense
from variorum.tag.times.words import PART_NAMES, classes

_RULES = (*absolute.RULES, *relative.RULES)
# A full sentence is rarely longer; beyond this a "sentence" is a table or a broken split, read in pieces of this size.
_LONGEST = 2_000

_FULL_DAY = re.compile(r"(?:\d{4}|XXXX)-\d\d-\d\d")
_OPEN_YEAR = re.compile(r"XXXX-(?!WXX|XX)")
_EDGE = re.compile(
    r"\b(?:the )?(?:very )?(?P<edge>early|late|mid|middle|beginning|start|end|close|turn|first half|second half|latter half|"
    r"first days|last days|final days)(?:(?: of| in| on| part of)?(?: the)?[ ]|-)(?:the )?$",
    re.IGNORECASE,
)
_EDGE_MOD = {"early": "START", "beginning": "START", "start": "START", "turn": "START", "first half": "START",
             "first days": "START", "mid": "MID", "middle": "MID"}  # fmt: skip
_APPROX = re.compile(r"\b(?:about|around|circa|approximately|roughly|ca\.|c\.)\s$", re.IGNORECASE)
_PREPOSITION = re.compile(
    r"\b(?P<word>since|until|till|up to|by|before|prior to|ahead of|after|no later than|not before|starting|beginning|effective)"
    r"(?: (?:on|at|in|about|around|from))?\s$",
    re.IGNORECASE,
)
_OPEN = {"since": ">=", "starting": ">=", "beginning": ">=", "effective": ">=", "not before": ">=", "after": ">",
         "before": "<", "prior to": "<", "ahead of": "<"}  # fmt: skip
_PART_AFTER = re.compile(
    r",? (?:(?P<edge>early|late|mid)[ -])?(?:in the )?(?P<part>morning|afternoon|evening|night|midday|noon)\b",
    re.IGNORECASE,
)
_PART_BEFORE = re.compile(
    r"(?:\b(?:the|late|early) )*\b(?P<part>morning|afternoon|evening|night|eve)(?:,| of| on)?(?: the)? $",
    re.IGNORECASE,
)
_RANGE_GAP = re.compile(r"\s?(?:-|–|—|to|until|till|through|thru)\s(?:the )?|\s?[-–—]\s?")
_RANGE_HEAD = re.compile(r"\b(?:from|between)\s(?:the )?$", re.IGNORECASE)


def find(text: str) -> list[Found]:
    """Find the time expressions of one sentence.

    Args:
        text: The sentence.

    Returns:
        Non-overlapping expressions in text order, offsets in code points of `text`, unresolved.
    """
    found: list[Found] = []
    for start in range(0, len(text), _LONGEST):
        piece = text[start : start + _LONGEST]
        present = classes(piece)
        for rule in _RULES:
            if rule.needs in present:
                found.extend(_matches(rule, piece, start))
    return _linked(text, _joined(text, _settled(found)))


def _matches(rule: absolute.Rule, piece: str, offset: int) -> list[Found]:
    found = []
    for match in rule.pattern.finditer(piece):
        sense = rule.read(match)
        if sense is not None:
            group = "x" if "x" in rule.pattern.groupindex else 0
            start, end = match.span(group)
            if piece[end - 1 : end] == "." and piece[end : end + 1] in {"", "\n"}:
                end -= 1
            found.append(Found(start=start + offset, end=end + offset, sense=sense, rule=rule.name))
    return found


def _settled(found: list[Found]) -> list[Found]:
    """Of expressions that overlap keep the longest; of equals the rule that comes first."""
    kept: list[Found] = []
    for item in sorted(found, key=lambda f: f.start - f.end):
        if all(item.end <= k.start or item.start >= k.end for k in kept):
            kept.append(item)
    return sorted(kept, key=lambda f: f.start)


def _joined(text: str, found: list[Found]) -> list[Found]:
    joined: list[Found] = []
    for item in found:
        last = joined[-1] if joined else None
        both = _pair(text, last, item) if last else None
        if both is not None:
            joined[-1] = both
        else:
            joined.append(item)
    floor, out = 0, []
    for i, item in enumerate(joined):
        ceiling = joined[i + 1].start if i + 1 < len(joined) else len(text)
        out.append(_dressed(text, item, floor, ceiling))
        floor = out[-1].end
    return out


def _pair(text: str, left: Found, right: Found) -> Found | None:
    """Two neighbours that are one expression; None if they are not."""
    gap, a, b = text[left.end : right.start], left.sense, right.sense
    if len(gap) > 16:
        return None
    if (
        a.weekday
        and a.value.startswith("XXXX-WXX")
        and _FULL_DAY.fullmatch(b.value)
        and gap in {", ", " ", " (", ", the ", " the "}
    ):
        return _merge(text, left, right, gap, msgspec.structs.replace(b, weekday=a.weekday))
    if gap == " (" and a.shape == "day" and _FULL_DAY.fullmatch(b.value) and a.unit:
        return _merge(text, left, right, gap, b)
    if gap == " (" and b.value.startswith("XXXX-WXX") and _FULL_DAY.fullmatch(a.value) and b.kind == "DATE":
        return _merge(text, left, right, gap, msgspec.structs.replace(a, weekday=b.weekday))
    if (
        a.shape == "day"
        and b.shape == "clock"
        and gap
        in {", ", " ", " at ", ", at ", " around ", " at around ", " at about ", " by ", " (", ", around "}
        and a.clock is None
    ):
        return _merge(text, left, right, gap, msgspec.structs.replace(a, kind="TIME", clock=b.clock))
    if (
        a.shape == "clock"
        and b.shape == "day"
        and b.clock is None
        and not b.part
        and gap in {" ", ", ", " on ", ", on ", " of ", " (", " late ", " the ", " on the "}
    ):
        return _merge(text, left, right, gap, msgspec.structs.replace(b, kind="TIME", clock=a.clock))
    if (
        a.shape in {"clock", "part"}
        and b.shape == "part"
        and gap in {" in the ", " at ", " in ", " "}
        and a.clock
    ):
        return _merge(text, left, right, gap, a)
    if left.rule == "in the day" and b.shape == "day" and gap in {" ", " on ", ", ", ", on "}:
        return _merge(text, left, right, gap, msgspec.structs.replace(b, mod=a.mod))
    if _OPEN_YEAR.match(a.value) and b.unit == "Y" and not a.unit and gap in {" ", " of ", ", ", " in "}:
        return _merge(
            text, left, right, gap, msgspec.structs.replace(a, unit="Y", count=b.count, basis=b.basis)
        )
    if (
        _OPEN_YEAR.match(a.value)
        and right.rule == "year"
        and gap in {" in ", " of ", ", "}
        and "/" not in a.value
    ):
        return _merge(text, left, right, gap, msgspec.structs.replace(a, value=b.value + a.value[4:]))
    return None


def _merge(text: str, left: Found, right: Found, gap: str, sense: Sense) -> Found:
    end = right.end + 1 if "(" in gap and text[right.end : right.end + 1] == ")" else right.end
    return Found(start=left.start, end=end, sense=sense, rule=f"{left.rule} + {right.rule}")


def _dressed(text: str, item: Found, floor: int, ceiling: int) -> Found:
    """Take in what stands around: part of day, `early`, `late`, `about`; and read the preposition before it."""
    start, end, sense = item.start, item.end, item.sense
    if sense.shape == "day" and sense.kind == "DATE":
        after = _PART_AFTER.match(text, end, ceiling)
        before = _PART_BEFORE.search(text, max(floor, start - 24), start)
        if after:
            end = after.end()
            edge = _EDGE_MOD.get((after["edge"] or "").lower(), "END") if after["edge"] else sense.mod
            part = {"noon": "MI"}.get(after["part"].lower()) or PART_NAMES[after["part"].lower()]
            sense = msgspec.structs.replace(sense, kind="TIME", part=part, mod=edge)
        elif before and (sense.weekday or sense.unit or _FULL_DAY.fullmatch(sense.value)) and _one_day(sense):
            start = before.start()
            part = PART_NAMES.get(before["part"].lower(), "EV")
            sense = msgspec.structs.replace(sense, kind="TIME", part=part)
    if sense.kind in {"DATE", "TIME"} and not sense.mod:
        edge_match = _EDGE.search(text, max(floor, start - 26), start)
        if (edge_match and not re.match(r"(?:[^ ]+ )?end$", edge_match["edge"])) or (
            edge_match and sense.shape != "other"
        ):
            start = edge_match.start()
            sense = msgspec.structs.replace(sense, mod=_EDGE_MOD.get(edge_match["edge"].lower(), "END"))
        elif _APPROX.search(text, max(floor, start - 16), start) and not sense.unit:
            sense = msgspec.structs.replace(sense, mod="APPROX")
    preposition = _PREPOSITION.search(text, max(floor, start - 26), start)
    if preposition and sense.kind in {"DATE", "TIME"}:
        sense = msgspec.structs.replace(sense, open=_OPEN.get(preposition["word"].lower(), "<="))
    elif re.match(r" (?:onwards?|on)\b(?! [A-Z\d])", text[end : end + 9]) and re.search(
        r"\bfrom $", text[max(0, start - 5) : start]
    ):
        sense = msgspec.structs.replace(sense, open=">=")
    return msgspec.structs.replace(item, start=start, end=end, sense=sense)


def _one_day(sense: Sense) -> bool:
    return "/" not in sense.value


def _linked(text: str, found: list[Found]) -> list[Found]:
    """Mark the two ends of a spelled range, and lend the first the year that only the second tells."""
    out = list(found)
    for i in range(len(out) - 1):
        left, right = out[i], out[i + 1]
        gap = text[left.end : right.start]
        headed = _RANGE_HEAD.search(text, max(0, left.start - 14), left.start)
        between = headed and headed.group().lower().startswith("between")
        if left.sense.kind not in {"DATE", "TIME"} or right.sense.kind not in {"DATE", "TIME"} or left.link:
            continue
        if (between and gap in {" and ", " and the "}) or (
            _RANGE_GAP.fullmatch(gap) and (headed or not gap.strip(" -–—"))
        ):
            sense, year = left.sense, right.sense.value[:4]
            if (
                _OPEN_YEAR.match(sense.value)
                and year.isdigit()
                and "/" not in right.sense.value
                and sense.value[4:7] <= right.sense.value[4:7]
            ):
                sense = msgspec.structs.replace(sense, value=year + sense.value[4:])
            out[i] = msgspec.structs.replace(left, link=1, sense=sense)
            out[i + 1] = msgspec.structs.replace(right, link=2)
    return out
