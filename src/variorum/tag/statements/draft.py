"""A statement in the making."""

from __future__ import annotations

import msgspec

from variorum.records import Span
from variorum.records.spans import Act, Manner
from variorum.tag.statements.marks import Quotation
from variorum.tag.statements.speakers import NOBODY, Speaker


class Draft(msgspec.Struct):
    """A statement in the making; fields as in the record.

    Attributes:
        unit: Number of the unit whose frame made it; 0 where the reader did.
        inside: The quotation in whose inside it is made.
        thought: Whether the reader takes it for a thought.
    """

    unit: int
    content: list[Span]
    manner: Manner
    act: Act = "asserts"
    source: Span | None = None
    cue: Span | None = None
    addressee: Span | None = None
    negated: bool = False
    time: str = ""
    speaker: Speaker = NOBODY
    inside: Quotation | None = None
    thought: bool = False
