"""Sentences and words of texts that have no syntax, with heads and proper names found by rule where a corpus marks longer phrases."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import msgspec

from training.data.form import Sentence, Span, Text, Token
from variorum.text import lexicon, segment

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from training.data.form import Name
    from variorum.models.labels import Kind

# Words that stand inside names in lower case.
_INSIDE = frozenset(
    "of the and for de la le du des da do dos del di van von der den el al bin ibn ben bint y i".split()
)
# A name does not begin or end with these, whatever their case.
_OUTSIDE = frozenset(
    "the a an this that these those both our my his her its their your all some each another such 's ’s ' ’".split()
)
# A phrase's head stands before the first of these.
_AFTER_HEAD = frozenset(
    "of in on at from for with by to near who whom whose which that , – — ( [ : ;".split()
)
# Marks that stand inside names; a comma, a bracket or a slash joins or explains several.
_JOINS = frozenset("- ’ ' & .".split())
_NO_NAMES = frozenset("i he she it they we you him her them us me who what which mr mrs ms dr".split())


def sentences(text: str, spans: Iterable[Sequence[int]] | None = None) -> tuple[Sentence, ...]:
    """Sentences with the words of `variorum.text.segment`, the same that the reader sees at work.

    Args:
        text: The text; a line break ends a sentence.
        spans: The corpus's own sentences, if it tells them.
    """
    found = list(spans) if spans is not None else list(_split(text))
    made = []
    for number, (start, end) in enumerate(found, 1):
        words = tuple(Token(p.start, p.end) for p in segment.tokens(text, start, end))
        if words:
            made.append(Sentence(words[0].start, words[-1].end, words, str(number)))
    return tuple(made)


def as_found(text: Text) -> Text:
    """A text with the sentences and words that the shipped reader would find in it, instead of the corpus's: without syntax."""
    return msgspec.structs.replace(
        text,
        sentences=sentences(text.text),
        layers=text.layers - {"syntax"},
        partial=text.partial - {"syntax"},
    )


def _split(text: str) -> Iterable[tuple[int, int]]:
    at = 0
    for line in text.splitlines(keepends=True):
        yield from ((at + p.start, at + p.end) for p in segment.sentences(line))
        at += len(line)


def within(words: Sequence[Token], start: int, end: int) -> list[Token]:
    """The words that lie wholly within a stretch."""
    return [w for w in words if start <= w.start and w.end <= end]


def trimmed(text: str, start: int, end: int) -> Span | None:
    """A stretch without white space at its ends; None if nothing is left."""
    piece = text[start:end]
    lead = len(piece) - len(piece.lstrip())
    return Span(start + lead, start + len(piece.rstrip())) if piece.strip() else None


def head(text: str, words: Sequence[Token], *, kind: str) -> Token:
    """The head word of a phrase by rule: a person's first name, else the last word before a preposition, comma or relative.

    Args:
        text: The text.
        words: The phrase's words, one at least.
        kind: The phrase's kind; a name of a person has its head at its first word, as in Universal Dependencies.
    """
    first = next(
        (n for n, w in enumerate(words) if n and text[w.start : w.end].lower() in _AFTER_HEAD), len(words)
    )
    front = [w for w in words[:first] if text[w.start : w.end].lower() not in _OUTSIDE] or list(words[:1])
    forms = [text[w.start : w.end] for w in front]
    if kind == "person":
        cut = _behind_titles([f.lower() for f in forms])
        front, forms = front[cut:] or front, forms[cut:] or forms[-1:]
    person = kind == "person" or forms[0].lower() in lexicon.given_names()
    return front[0] if person and len(forms) > 1 and all(f[0].isupper() for f in forms) else front[-1]


@functools.cache
def _title(words: tuple[str, ...]) -> bool:
    return " ".join(words) in lexicon.titles()


def _behind_titles(low: Sequence[str]) -> int:
    """How many words at the front of a person's name end with a title."""
    cut = 0
    for start in range(len(low)):
        for end in range(start + 1, min(start + 5, len(low)) + 1):
            if _title(tuple(low[start:end])) or _title(tuple(w.strip(".") for w in low[start:end])):
                cut = max(cut, end)
    return cut


def proper(text: str, words: Sequence[Token], *, kind: Kind) -> Span | None:
    """The proper name that a phrase is, without article, title and possessive mark; None if it is none for certain.

    Args:
        text: The text.
        words: The words of the phrase (its head's part, where that is known), in order.
        kind: What the phrase names.
    """
    left = list(words)
    while left and text[left[0].start : left[0].end].lower() in _OUTSIDE:
        left = left[1:]
    while left and (
        text[left[-1].start : left[-1].end].lower() in _OUTSIDE or not text[left[-1].start].isalnum()
    ):
        left = left[:-1]
    forms = [text[w.start : w.end] for w in left]
    if kind == "person":
        cut = _behind_titles([f.lower() for f in forms])
        left, forms = left[cut:], forms[cut:]
    inner = [f[0].isupper() or f[0].isdigit() or f.lower() in _INSIDE | _JOINS for f in forms]
    if not forms or not all(inner) or not (forms[0][0].isalnum() and forms[-1][0].isalnum()):
        return None
    # A single letter is a point of the compass or a variable.
    capitals = [f for f in forms if f[0].isupper() and len(f) > 1]
    if not capitals or forms[0].lower() in _INSIDE or all(f.lower() in _NO_NAMES for f in capitals):
        return None
    return Span(left[0].start, left[-1].end)


@functools.cache
def _peoples() -> frozenset[str]:
    plural = {name for name, (_, many) in lexicon.peoples().items() if many}
    camps = {name for name, many in lexicon.groups().items() if many}
    # "Swiss" and "Chinese" are mostly adjectives.
    return frozenset(plural | camps) - set(lexicon.adjectives())


def is_people(name: str) -> bool:
    """Whether a name is that of a people, a faith or a camp in the plural, and so of kind `group` where a corpus says only "other"."""
    return name in _peoples()


def unsure_capitals(text: str, sentences_: Iterable[Sentence], names: Sequence[Name]) -> tuple[Span, ...]:
    """Words with a capital that stand in no name: where a corpus marks only some names, they say nothing."""
    inside = {at for n in names for at in range(n.start, n.end)}
    return tuple(
        Span(t.start, t.end)
        for s in sentences_
        for t in s.tokens
        if text[t.start].isupper() and t.start not in inside
    )


def apart(names: Iterable[Name]) -> tuple[Name, ...]:
    """Names in order; of two of one kind that overlap only the longer stays, the earlier if they are as long."""
    kept: list[Name] = []
    for name in sorted(names, key=lambda n: (n.start - n.end, n.start, n.kind)):
        if not any(k.kind == name.kind and k.start < name.end and name.start < k.end for k in kept):
            kept.append(name)
    return tuple(sorted(kept))
