"""The language of a document's text, as evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from variorum.clean.cleaned import Evidence
from variorum.clean.header import JSON_LD
from variorum.models import language

if TYPE_CHECKING:
    from variorum.clean.cleaned import Cleaned

_PROSE = frozenset({"paragraph", "quote", "list", "heading", "title", "correction"})


def language_evidence(made: Cleaned) -> Evidence:
    """What the words themselves tell of their language; they outweigh what the page declares.

    Args:
        made: The cleaned page.

    Returns:
        Evidence of the language, of empty value with a reason if the words are too few.
    """
    paragraphs = [made.text[a:b] for a, b, kind in made.blocks if kind == "paragraph"]
    sample = "\n".join(paragraphs) or "\n".join(
        made.text[a:b] for a, b, kind in made.blocks if kind in _PROSE
    )
    found = language.detect(sample)
    value = "" if found.code == "unknown" else found.code
    reason = found.reason or f"told by its words ({found.confidence:.2f})"
    return Evidence(field="language", value=value, found_in="text", weight=JSON_LD, reason=reason)
