"""Reading one labelled page: header, text with inline labels, records (`guide.md`, section 2)."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING, get_args

import msgspec

from variorum.records.spans import (
    Act,
    EventStatus,
    FigureKind,
    Manner,
    MentionKind,
    Resolution,
    TimeKind,
)
from variorum.records.story import Voice

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Vocabularies of the guide; what a record's positional words may be.
KINDS = set(get_args(MentionKind))
TIME_KINDS = set(get_args(TimeKind))
MODS = {"", "START", "MID", "END", "APPROX", "BEFORE", "AFTER", "ON_OR_BEFORE", "ON_OR_AFTER"}
FIGURE_KINDS = set(get_args(FigureKind))
MANNERS = set(get_args(Manner))
ACTS = set(get_args(Act))
STATUSES = set(get_args(EventStatus))
VOICES = set(get_args(Voice))
# Root types of the PLOVER ontology, in its own words.
ACTIONS = set(
    "AGREE CONSULT SUPPORT COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT -".split()
)
HOWS = set(get_args(Resolution))
RECORDS = {
    "mention": ("span", "kind", "chain"),
    "chain": ("name", "kind", "full"),
    "time": ("span", "kind", "value"),
    "figure": ("span", "kind", "low", "high"),
    "place": ("span", "gazetteer_id"),
    "statement": ("name",),
    "event": ("span",),
    "naming": ("span", "about", "voice"),
}
# Named values that a record may have.
NAMED = {
    "mention": {"head"},
    "chain": {"aliases", "roles", "speaks_for"},
    "time": {"mod", "anchored_to"},
    "figure": {"counts", "unit", "quantity", "said_by", "place", "time"},
    "place": set(),
    "statement": {"source", "cue", "content", "addressee", "speaker", "how", "candidates", "manner", "act", "via", "time"},
    "event": {"status", "actor", "action", "target", "place", "time"},
    "naming": set(),
}  # fmt: skip
_OPEN = re.compile(r"\{([a-z]\d+) ")
# An end of a span that may cross others: `{+x1}` and `{-x1}`.
_END = re.compile(r"\{([+-])([a-z]\d+)\}")


class Fault(Exception):  # noqa: N818 - a fault of a labeller's, shown with its place
    """Something in a page that the guide does not allow; the message names the line."""


class Label(msgspec.Struct, frozen=True, order=True):
    """A labelled stretch of the page's text: half-open code points."""

    start: int
    end: int


class Entry(msgspec.Struct, frozen=True):
    """One record line: its kind, its words in place, its named values, its flags."""

    kind: str
    words: dict[str, str]
    values: dict[str, str]
    flags: frozenset[str]
    line: int


class Page(msgspec.Struct, frozen=True):
    """A labelled page: header values, text without labels, labels by id, records."""

    name: str
    header: dict[str, str]
    text: str
    labels: dict[str, Label]
    entries: tuple[Entry, ...]

    def of(self, kind: str) -> list[Entry]:
        return [e for e in self.entries if e.kind == kind]


def strip(marked: str) -> tuple[str, dict[str, Label]]:
    """Take the labels out of a text.

    Returns:
        The text, and every label's span in it.

    Raises:
        Fault: If braces or ends do not pair or an id stands twice.
    """
    plain: list[str] = []
    labels: dict[str, Label] = {}
    stack: list[tuple[str, int]] = []
    begun: dict[str, int] = {}
    at = length = 0
    while at < len(marked):
        found, end = _OPEN.match(marked, at), _END.match(marked, at)
        opened = found[1] if found else end[2] if end and end[1] == "+" else ""
        if opened and (opened in labels or opened in begun or opened in {i for i, _ in stack}):
            raise Fault(f"the label {opened} stands twice")
        if found:
            stack.append((opened, length))
            at = found.end()
        elif end:
            if end[1] == "+":
                begun[opened] = length
            elif end[2] in begun:
                labels[end[2]] = Label(begun.pop(end[2]), length)
            else:
                raise Fault(f"{end[0]} has no beginning before it")
            at = end.end()
        elif marked[at] == "}":
            if not stack:
                raise Fault(f"a closing brace without an opening one, behind {''.join(plain)[-40:]!r}")
            name, start = stack.pop()
            labels[name] = Label(start, length)
            at += 1
        elif marked[at] == "{":
            raise Fault(f"an opening brace without a label's id, at {marked[at : at + 30]!r}")
        else:
            plain.append(marked[at])
            at, length = at + 1, length + 1
    if stack or begun:
        raise Fault(f"the label {stack[-1][0] if stack else next(iter(begun))} is not closed")
    return "".join(plain), labels


def read_page(path: Path) -> Page:
    """Read and check one labelled page.

    Raises:
        Fault: With the file's name and what is wrong.
    """
    try:
        head, _, rest = path.read_text("utf-8").partition("\n\n")
        marked, _, tail = rest.partition("\n---\n")
        header = dict(line.split(": ", 1) for line in head.splitlines())
        text, labels = strip(marked.strip("\n"))
        entries = tuple(
            _entry(line, n)
            for n, line in enumerate(tail.splitlines(), 1)
            if line.strip() and not line.startswith("#")
        )
    except (ValueError, Fault) as error:
        raise Fault(f"{path.name}: {error}") from error
    page = Page(path.stem, header, text, labels, entries)
    faults = list(_faults(page))
    if faults:
        raise Fault("\n".join(f"{path.name}: {f}" for f in faults))
    return page


def words_of(line: str) -> tuple[list[str], dict[str, str], frozenset[str]]:
    """Positional words, named values and flags of a record line."""
    words: list[str] = []
    values: dict[str, str] = {}
    for part in shlex.split(line, posix=True):
        key, equals, value = part.partition("=")
        if equals and key.isidentifier():
            values[key] = value
        else:
            words.append(part)
    return words, values, frozenset(w for w in words if w in {"approximate", "vague", "negated"})


def _entry(line: str, number: int) -> Entry:
    words, values, flags = words_of(line)
    if not words:
        raise Fault(f"record {number}: no record, only {line!r}")
    kind, rest = words[0], [w for w in words[1:] if w not in flags]
    if kind not in RECORDS:
        raise Fault(f"record {number}: there is no record called {kind!r}")
    places = RECORDS[kind]
    if len(rest) < len(places):
        raise Fault(f"record {number}: {kind} needs {', '.join(places)}")
    if len(rest) > len(places):
        raise Fault(f"record {number}: {kind} has words too many: {' '.join(rest[len(places) :])}")
    odd = values.keys() - NAMED[kind]
    if odd:
        raise Fault(f"record {number}: {kind} has no {', '.join(sorted(odd))}")
    return Entry(kind, dict(zip(places, rest, strict=True)), values, flags, number)


def _faults(page: Page) -> Iterator[str]:
    """What the guide does not allow, record by record."""
    if page.text.split("\n", 1)[0] != page.header.get("title"):
        yield "the first paragraph is not the header's title"
    for e in page.entries:
        yield from (f"record {e.line} ({e.kind}): {fault}" for fault in (*_dangling(page, e), *_outside(e)))


def _dangling(page: Page, e: Entry) -> Iterator[str]:
    """What a record names and the page has not."""
    chains = {e.words["name"] for e in page.of("chain")}
    statements = {e.words["name"] for e in page.of("statement")}
    yield from (f"no label {span}" for span in _spans(e) if span not in page.labels)
    named = [e.words[key] for key in ("chain", "about") if key in e.words]
    named += [e.values.get(key, "-") for key in ("speaker", "said_by", "actor", "target", "speaks_for")]
    named += [name for name in e.values.get("candidates", "").split(",") if name]
    yield from (f"no chain {name}" for name in named if name not in chains | {"-"})
    if e.values.get("via") and e.values["via"] not in statements:
        yield f"no statement {e.values['via']}"


def _outside(e: Entry) -> Iterator[str]:
    """What a record says in words that are not the guide's, or leaves out."""
    kinds = {"mention": KINDS, "chain": KINDS, "time": TIME_KINDS, "figure": FIGURE_KINDS}
    if "kind" in e.words and e.words["kind"] not in kinds[e.kind]:
        yield f"{e.words['kind']!r} is not in the guide"
    checks = {"manner": MANNERS, "act": ACTS, "status": STATUSES, "mod": MODS, "how": HOWS, "action": ACTIONS}
    for key, allowed in checks.items():
        if key in e.values and e.values[key] not in allowed:
            yield f"{key}={e.values[key]} is not in the guide"
    if e.kind == "statement" and not {"content", "manner", "act", "speaker"} <= set(e.values):
        yield "a statement needs content, speaker, manner and act"
    if e.kind == "event" and "status" not in e.values:
        yield "an event needs status"
    if e.kind == "naming" and e.words["voice"] not in VOICES:
        yield f"{e.words['voice']!r} is not in the guide"


def _spans(entry: Entry) -> list[str]:
    """Ids of labels that a record names."""
    named = [entry.words["span"]] if "span" in entry.words else []
    for key in ("head", "source", "cue", "content", "addressee", "counts", "time", "place", "anchored_to"):
        named += [v for v in entry.values.get(key, "").split(",") if v not in {"", "-", "page"}]
    return named
