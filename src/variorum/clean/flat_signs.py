"""Evidence from one line, and the signs by which a text shows that it is a translation."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec

from variorum.clean.cleaned import Evidence
from variorum.records import PageRange

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from variorum.records.document import HeaderField

# On the scale of `variorum.clean.header`: a statement outweighs any sign; signs are recorded, each with its words.
_STATED, _SIGN = 80, 30
_STATES = re.compile(
    r"\b(?:translated (?:from|by)|translation(?: from| by|:)|machine[- ]translat\w+|this (?:article|story|text) (?:was|has been) (?:originally )?(?:published|written) in"
    r"|originally published in (?:[A-Z]\w+ish|[A-Z]\w+ese|Russian|German|French|Italian|Dutch|Arabic|Albanian|Serbian|Ukrainian|Greek)|aus dem \w+en übersetzt|traduit de|traducido del?|перевод с)\b",
    re.IGNORECASE,
)
# No such statement is without one of these.
_HINT = re.compile("ransl|ublished in|ritten in|bersetzt|tradu|еревод", re.IGNORECASE)
_SIGNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("an editor's insertion as in other languages' press", re.compile(r"\([^()]{0,60}(?:,\s|\b)(?:ed|red|ndlr|ndt|n\.d\.r|nota red|anm\. d\. red|prim\. red|transl)\.?\)")),
    ("a stray letter in brackets", re.compile(r"\(\s?(?![aiAI]\s?\))[b-hj-z]\s\)|\(\s(?![aiAI]\s?\))[b-hj-z]\s?\)")),
    ("`he` or `she` for an organisation", re.compile(r"(?:^|[.!?]\s)(?:The )?[A-Z]{3,6} [a-z]+ (?:(?!\b[A-Z][a-z]+ [A-Z][a-z]+\b)[^.!?]){0,100}[.!?] (?:He|She) [a-z]+ed\b")),
)  # fmt: skip


class Line(msgspec.Struct, frozen=True):
    """A block or removed piece of a page.

    Attributes:
        text: Its words as they stand in the page.
        kind: Block kind; empty for what was removed.
        kept: Whether it is part of the text.
        ranges: Page ranges of code points `[start, end)` of `text`.
    """

    text: str
    kind: str
    kept: bool
    ranges: Callable[[int, int], tuple[PageRange, ...]]


def line_evidence(
    line: Line,
    field: HeaderField,
    value: str,
    start: int,
    end: int,
    weight: int,
    reason: str,
    *,
    found_in: str = "text",
) -> Evidence:
    """Evidence read from code points `[start, end)` of a line."""
    return Evidence(
        field=field,
        value=value,
        text=line.text[start:end],
        page_ranges=line.ranges(start, end),
        found_in=found_in,
        weight=weight,
        reason=reason,
    )


def translation_evidence(lines: Sequence[Line]) -> Iterator[Evidence]:
    """What says that the text is a translation, and what only shows it.

    Args:
        lines: Kept blocks and removed pieces in page order.

    Yields:
        `stated` where the page says so, `likely` for each sign in the text's own words.
    """
    for line in lines:
        if len(line.text) >= 300 or line.kind not in {"", "byline", "paragraph", "dateline"}:
            continue
        match = _STATES.search(line.text) if _HINT.search(line.text) else None
        if match:
            yield line_evidence(line, "translated", "stated", *match.span(), _STATED, "the page says so")
    for line in lines:
        if line.kind not in {"paragraph", "quote", "list"}:
            continue
        for reason, pattern in _SIGNS:
            sign = pattern.search(line.text)
            if sign:
                yield line_evidence(line, "translated", "likely", *sign.span(), _SIGN, reason)
