"""From rule matches to whole expressions: overlaps settled, neighbours joined, prepositions and `early`, `late` read."""

from __future__ import annotations

import re

import msgspec

from variorum.tag.times import absolute, relative
from variorum.tag.times.pairs import join_pair, lend_year
from variorum.tag.times.sense import Found
from variorum.tag.times.words import PART_NAMES, classes

_RULES = (*absolute.RULES, *relative.RULES)
# A full sentence is rarely longer; beyond this a "sentence" is a table or a broken split, read in pieces of this size.
_LONGEST = 2_000

_EDGE = re.compile(
    r"\b(?:the )?(?:very )?(?:(?P<soon>early|late|mid|middle)(?:(?: of| in| on| part of)?(?: the)?[ ]|-)(?:the )?"
    r"|(?P<edge>middle|beginning|start|end|close|turn|first half|second half|latter half|first days|last days|final days) of (?:the )?)$",
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
_ONWARD = re.compile(r" (?:onwards?|on)\b(?! [A-Z\d])")
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
        both = join_pair(text, last, item) if last else None
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


def _dressed(text: str, item: Found, floor: int, ceiling: int) -> Found:
    """Take in what stands around: part of day, `early`, `late`, `about`; and read the preposition before it."""
    item = _with_part(text, item, floor, ceiling)
    item = _with_edge(text, item, floor)
    sense = item.sense
    if sense.kind not in {"DATE", "TIME"}:
        return item
    preposition = _PREPOSITION.search(text, max(floor, item.start - 26), item.start)
    if preposition:
        sense = msgspec.structs.replace(sense, open=_OPEN.get(preposition["word"].lower(), "<="))
    elif _ONWARD.match(text, item.end) and text[max(0, item.start - 5) : item.start].lower() == "from ":
        sense = msgspec.structs.replace(sense, open=">=")
    return msgspec.structs.replace(item, sense=sense)


def _with_part(text: str, item: Found, floor: int, ceiling: int) -> Found:
    """`Sunday evening`, `the night of July 31`, `early Sunday morning`."""
    sense = item.sense
    if sense.shape != "day" or sense.kind != "DATE" or "/" in sense.value:
        return item
    after = _PART_AFTER.match(text, item.end, ceiling)
    if after:
        mod = _EDGE_MOD.get(after["edge"].lower(), "END") if after["edge"] else sense.mod
        part = {"noon": "MI"}.get(after["part"].lower()) or PART_NAMES[after["part"].lower()]
        return msgspec.structs.replace(
            item, end=after.end(), sense=msgspec.structs.replace(sense, kind="TIME", part=part, mod=mod)
        )
    before = _PART_BEFORE.search(text, max(floor, item.start - 24), item.start)
    if before is None:
        return item
    part = PART_NAMES.get(before["part"].lower(), "EV")
    return msgspec.structs.replace(
        item, start=before.start(), sense=msgspec.structs.replace(sense, kind="TIME", part=part)
    )


def _with_edge(text: str, item: Found, floor: int) -> Found:
    """`Early November`, `the end of 2003`, `about 1850`."""
    sense = item.sense
    if sense.kind not in {"DATE", "TIME"} or sense.mod:
        return item
    edge = _EDGE.search(text, max(floor, item.start - 26), item.start)
    if edge:
        mod = _EDGE_MOD.get((edge["edge"] or edge["soon"]).lower(), "END")
        return msgspec.structs.replace(
            item, start=edge.start(), sense=msgspec.structs.replace(sense, mod=mod)
        )
    if not sense.unit and _APPROX.search(text, max(floor, item.start - 16), item.start):
        return msgspec.structs.replace(item, sense=msgspec.structs.replace(sense, mod="APPROX"))
    return item


def _linked(text: str, found: list[Found]) -> list[Found]:
    """Mark the two ends of a spelled range, and lend the first the year that only the second tells."""
    out = list(found)
    for i in range(len(out) - 1):
        left, right = out[i], out[i + 1]
        if (
            not left.link
            and {left.sense.kind, right.sense.kind} <= {"DATE", "TIME"}
            and _is_range(text, left, right)
        ):
            out[i] = msgspec.structs.replace(lend_year(left, right), link=1)
            out[i + 1] = msgspec.structs.replace(right, link=2)
    return out


def _is_range(text: str, left: Found, right: Found) -> bool:
    gap = text[left.end : right.start]
    headed = _RANGE_HEAD.search(text, max(0, left.start - 14), left.start)
    if headed and headed.group().lower().startswith("between"):
        return gap in {" and ", " and the "}
    return bool(_RANGE_GAP.fullmatch(gap)) and bool(headed or not gap.strip(" -–—"))
