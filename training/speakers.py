"""The name behind a pronoun or a title: of statements whose source is no name but whose speaker is named elsewhere on the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from variorum.models.labels import UPOS
from variorum.models.pairs import PRONOUNS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from training.data.form import Attribution
    from training.documents import Document
    from variorum.models.decode import Decoded

_PROPN = UPOS.index("PROPN")
_PRONOUNS = frozenset(form for forms in PRONOUNS for form in forms)


def asked(document: Document) -> Iterator[tuple[int, int, Attribution]]:
    """Statements to resolve: the first and last word of a source whose head is no proper noun.

    Where a text has no syntax, of a source without any capital but that of a sentence's first word.
    """
    for statement in document.text.statements:
        if not statement.speaker or not statement.source:
            continue
        piece = statement.source[0]
        held = np.flatnonzero((document.start < piece.end) & (document.end > piece.start))
        if len(held) and not _named(document, held.tolist()):
            yield int(held[0]), int(held[-1]), statement


def _named(document: Document, held: list[int]) -> bool:
    if "syntax" in document.text.layers:
        tops = [n for n in held if int(document.classes["arc"][n]) not in held]
        return any(document.classes["upos"][n] == _PROPN for n in tops)
    begins = {0, *(np.flatnonzero(np.diff(document.sentence)) + 1).tolist()}
    return any(_capital(document.words[n]) for n in held if n not in begins)


def _capital(word: str) -> bool:
    return word[:1].isupper() and word.lower() not in _PRONOUNS


def answer(document: Document, reading: Decoded, first: int, last: int) -> str:
    """The first name in the chain of the mention that covers most of the source; empty where there is none.

    The name alone, never the whole mention: "the lawyer of Ada Ferrin" is not Ada Ferrin.
    """
    rows = reading.mentions
    within = [r for r in rows.tolist() if first <= r[0] <= last]
    if not within:
        return ""
    best = max(within, key=lambda r: (min(r[2], last) - max(r[1], first), -r[1]))
    for head, _, _, chain, _ in rows.tolist():
        if chain == best[3] and reading.upos[head] == _PROPN:
            a, b = _name(reading, head)
            return document.text.text[int(document.start[a]) : int(document.end[b])]
    return ""


def _name(reading: Decoded, head: int) -> tuple[int, int]:
    """The longest name read around a word, else the run of proper nouns around it."""
    held = [s for tag, spans in reading.spans.items() if tag.startswith("name:") for s in spans]
    around = [s for s in held if s[0] <= head <= s[1]]
    if around:
        return max(around, key=lambda s: (s[1] - s[0], -s[0]))
    first = last = head
    while first > 0 and reading.upos[first - 1] == _PROPN:
        first -= 1
    while last + 1 < len(reading.upos) and reading.upos[last + 1] == _PROPN:
        last += 1
    return first, last


def nearest(document: Document, reading: Decoded, first: int) -> str:
    """The baseline: the nearest name of a person before the source, else the first behind it."""
    names = sorted(reading.spans.get("name:person", []))
    before = [s for s in names if s[1] < first]
    chosen = before[-1] if before else next(iter(names), None)
    if chosen is None:
        return ""
    return document.text.text[int(document.start[chosen[0]]) : int(document.end[chosen[1]])]


def _right(given: str, wanted: str) -> bool:
    """Whether a name is the wanted one or a part of it, or holds it whole (a title before it)."""
    a, b = (
        {w for w in name.lower().replace("’", "'").split() if w[:1].isalpha()} for name in (given, wanted)
    )
    return bool(a) and bool(b) and (a <= b or b <= a)


def speakers(read: Iterable[tuple[Document, Decoded]]) -> dict[str, float]:
    """`asked`; shares `right`, `unanswered`, and `nearest name right` for the baseline."""
    count = right = unanswered = near = 0
    for document, reading in read:
        for first, last, statement in asked(document):
            given = answer(document, reading, first, last)
            count += 1
            right += _right(given, statement.speaker)
            unanswered += not given
            near += _right(nearest(document, reading, first), statement.speaker)
    shares = {"right": right, "unanswered": unanswered, "nearest name right": near}
    return {"asked": float(count)} | {k: round(v / max(1, count), 4) for k, v in shares.items()}
