"""What a reader says of a document, in plain form, and how a reader is opened: ours, or a user's.

All places are word numbers: 0-based over all words of all sentences of the document, in the order in which they were given. So any
pipeline that reads given words can fill the form (docs/why/reader.md, docs/how-to/own-reader.md).
"""

from __future__ import annotations

import functools
import importlib
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Protocol

import msgspec

from variorum.errors import InputError
from variorum.models.labels import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    Spans = Sequence[Sequence[tuple[int, int]]]


_MEND = "mend the reader that was plugged in"


class Named(msgspec.Struct, frozen=True):
    """A name: its first and last word, and what it names (one of `variorum.models.labels.KINDS`)."""

    first: int
    last: int
    kind: str


class Mentioned(msgspec.Struct, frozen=True):
    """A phrase that refers to something: names, descriptions, pronouns; they nest.

    Attributes:
        first, last: Its first and last word.
        head: Its head word.
        chain: Mentions of equal number refer to the same; 0 or more.
        kind: What it refers to (one of `KINDS`), empty for what is of none of them.
    """

    first: int
    last: int
    head: int
    chain: int
    kind: str


class Said(msgspec.Struct, frozen=True):
    """Something said or thought by somebody.

    Attributes:
        content: First and last word of each piece of what was said, in text order; at least one piece.
        cue: First and last word of what tells that it was said; None where nothing does.
        source: First and last word of who said it; None where the text does not tell.
        negated: Whether the text says that it was not said.
        thought: Whether it was thought or felt, not said.
    """

    content: tuple[tuple[int, int], ...]
    cue: tuple[int, int] | None = None
    source: tuple[int, int] | None = None
    negated: bool = False
    thought: bool = False


class Reading(msgspec.Struct, frozen=True):
    """What was read in one document.

    Attributes:
        upos: Universal part of speech of each word; empty where unknown.
        lemmas: Lemma of each word.
        heads: Governor of each word, a word of the same sentence; -1 at a root. A long sentence may have several.
        deprels: Universal relation of each word to its governor.
        names, mentions, statements: In text order.
        negations: First and last word of each word or phrase that negates.
        events: First and last word of each word or phrase that tells of a happening.
    """

    upos: tuple[str, ...] = ()
    lemmas: tuple[str, ...] = ()
    heads: tuple[int, ...] = ()
    deprels: tuple[str, ...] = ()
    names: tuple[Named, ...] = ()
    mentions: tuple[Mentioned, ...] = ()
    statements: tuple[Said, ...] = ()
    negations: tuple[tuple[int, int], ...] = ()
    events: tuple[tuple[int, int], ...] = ()


class Reader(Protocol):
    """Whatever reads documents: equal input must give an equal reading, whatever was read before."""

    def read(self, text: str, sentences: Spans) -> Reading:
        """Read one document.

        Args:
            text: The document.
            sentences: For each sentence the half-open code points of its words, in text order.

        Returns:
            What was read in these words; their number and borders stay as given.
        """


def _fault(reading: Reading, sentences: Spans) -> str:
    """What is wrong with a reading of these sentences; empty if nothing is."""
    count = sum(len(s) for s in sentences)
    for name in ("upos", "lemmas", "heads", "deprels"):
        if len(getattr(reading, name)) != count:
            return f"{len(getattr(reading, name))} {name} for {count} words"
    for a, b in pairwise(accumulate((len(s) for s in sentences), initial=0)):
        for n in range(a, b):
            head = reading.heads[n]
            if head != -1 and (not a <= head < b or head == n):
                return f"word {n} has governor {head}, which is no other word of its sentence"
    for name, spans in _spans(reading):
        for first, last in spans:
            if not 0 <= first <= last < count:
                return f"one of {name} reaches from word {first} to {last} of {count}"
    for m in reading.mentions:
        if not m.first <= m.head <= m.last or m.chain < 0:
            return f"the mention of words {m.first} to {m.last} has head {m.head} and chain {m.chain}"
    unknown = {n.kind for n in reading.names} - {*KINDS} | {m.kind for m in reading.mentions} - {"", *KINDS}
    if unknown:
        return f"unknown kinds: {', '.join(sorted(unknown))}"
    return "" if all(s.content for s in reading.statements) else "a statement without content"


def _spans(reading: Reading) -> Iterable[tuple[str, list[tuple[int, int]]]]:
    yield "names", [(n.first, n.last) for n in reading.names]
    yield "mentions", [(m.first, m.last) for m in reading.mentions]
    yield "statements", [p for s in reading.statements for p in (*s.content, s.cue, s.source) if p]
    yield "negations", list(reading.negations)
    yield "events", list(reading.events)


def checked(reading: Reading, sentences: Spans) -> Reading:
    """The reading, if it fits the words that were given.

    Args:
        reading: What a reader gave.
        sentences: What it was asked to read.

    Raises:
        InputError: If numbers of words, places, governors or kinds do not fit.
    """
    fault = _fault(reading, sentences)
    if fault:
        raise InputError(f"a reading does not fit its words: {fault}", _MEND)
    return reading


class Checked:
    """A user's reader, each of whose readings is checked.

    Args:
        reader: The reader.
        name: What to call it where it fails.
    """

    def __init__(self, reader: Reader, name: str = "") -> None:
        self.reader, self.name = reader, name or type(reader).__name__

    def read(self, text: str, sentences: Spans) -> Reading:
        """See `Reader`."""
        try:
            reading = self.reader.read(text, sentences)
        except Exception as error:
            raise InputError(
                f"the reader {self.name} failed: {type(error).__name__}: {error}", _MEND
            ) from error
        if not isinstance(reading, Reading):
            raise InputError(f"the reader {self.name} gave a {type(reading).__name__}, not a Reading", _MEND)
        return checked(reading, sentences)


@functools.cache
def open_reader(name: str = "") -> Reader:
    """A reader, opened once in a process.

    Args:
        name: Empty for ours; else `package.module:factory`, a function that is called without arguments and gives a `Reader`.

    Raises:
        InputError: If the name leads to no reader.
    """
    if not name:
        from variorum.models.shipped import Shipped  # noqa: PLC0415 - for users who bring their own

        return Shipped()
    module, _, factory = name.partition(":")
    remedy = "give package.module:factory, a function without arguments that gives a reader"
    if not module or not factory or module.startswith("."):
        raise InputError(f"{name!r} names no reader", remedy)
    try:
        found = getattr(importlib.import_module(module), factory)
    except (ImportError, AttributeError) as error:
        raise InputError(f"the reader {name} cannot be imported: {error}", remedy) from error
    if not callable(found):
        raise InputError(f"{name} is no function", remedy)
    try:
        reader = found()
    except Exception as error:
        raise InputError(
            f"the reader {name} cannot be made: {type(error).__name__}: {error}", remedy
        ) from error
    if not callable(getattr(reader, "read", None)):
        raise InputError(f"{name} gave a {type(reader).__name__}, which has no method `read`", remedy)
    return Checked(reader, name)
