"""News that we invented and labelled for training, where real corpora teach little (`training/lessons`, which tells the form).

Groups, works, events with names, and every way of saying who says what, with its near-misses.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from training.data import plain
from training.data.form import Attribution, Event, Fault, How, Mention, Name, Span, Text, faults

if TYPE_CHECKING:
    from collections.abc import Iterator

    from training.data.form import Split, Token
    from variorum.models.labels import Kind

ROOT = Path(__file__).resolve().parents[1] / "lessons"
LICENCE = "Apache-2.0 (ours)"
KINDS: dict[str, Kind] = {
    "p": "person", "o": "organisation", "l": "place", "g": "group", "w": "work", "e": "event",
}  # fmt: skip
_OPENS = re.compile(r"\{([polgwePOLGWE])(\d+) |<(\d+)([sct])([!~]?) |<(e) ")
_ROLES = {"s": "source", "c": "cue", "t": "content"}
_PRONOUNS = frozenset(
    "i me my myself you your he him his himself she her herself it its itself we us our they them their who whom whose".split()
)


class _Mark(msgspec.Struct):
    """An opened label: its bracket, what it says, where it begins, and the one around it."""

    closing: str
    says: tuple[str, ...]
    start: int
    end: int = -1


def _parse(marked: str, where: str) -> tuple[str, list[_Mark]]:
    """The text without labels, and the labels in order of their beginnings.

    Raises:
        Fault: Where labels cross or stay open.
    """
    text: list[str] = []
    size, at = 0, 0
    opened: list[_Mark] = []
    found: list[_Mark] = []
    while at < len(marked):
        opens = _OPENS.match(marked, at)
        letter = marked[at]
        if opens:
            mark = _Mark(
                "}" if letter == "{" else ">", tuple(g for g in opens.groups() if g is not None), size
            )
            opened.append(mark)
            found.append(mark)
            at = opens.end()
            continue
        if letter in "{<":
            raise Fault(f"{where}: no label that we know: {marked[at : at + 30]!r}")
        if letter in "}>":
            if not opened or opened[-1].closing != letter:
                raise Fault(f"{where}: labels cross at {marked[max(0, at - 40) : at + 1]!r}")
            opened.pop().end = size
        else:
            text.append(letter)
            size += 1
        at += 1
    if opened:
        raise Fault(f"{where}: a label stays open at {''.join(text)[opened[0].start :][:40]!r}")
    return "".join(text), found


def _span(mark: _Mark) -> Span:
    return Span(mark.start, mark.end)


def _statements(marks: list[_Mark], mentions: list[Mention], called: dict[str, str]) -> Iterator[Attribution]:
    numbers = dict.fromkeys(m.says[0] for m in marks if len(m.says) == 3)
    for number in numbers:
        parts: dict[str, list[Span]] = {"source": [], "cue": [], "content": []}
        marked = ""
        for mark in marks:
            if len(mark.says) == 3 and mark.says[0] == number:
                parts[_ROLES[mark.says[1]]].append(_span(mark))
                marked += mark.says[2]
        chain = ""
        for piece in parts["source"]:
            inside = [m for m in mentions if piece.start <= m.start and m.end <= piece.end and m.chain]
            chain = max(inside, key=lambda m: (m.end - m.start, -m.start)).chain if inside else chain
        how: How = "thought" if "~" in marked else "said"
        yield Attribution(
            source=tuple(sorted(parts["source"])),
            cue=tuple(sorted(parts["cue"])),
            content=tuple(sorted(parts["content"])),
            negated="!" in marked,
            chain=chain,
            speaker=called.get(chain, ""),
            how=how,
        )


def _mentions(text: str, marks: list[_Mark], words: list[Token]) -> Iterator[Mention]:
    """Mentions; a name right within a mention of the same chain is that mention's head and none of its own."""
    held = [m for m in marks if len(m.says) == 2]
    swallowed: set[int] = set()
    for mark in held:
        kind, chain = mark.says
        name = mark if kind.isupper() else None
        for inner in held:
            same = inner.says[1] == chain and inner.says[0].lower() == kind.lower()
            if (
                inner is not mark
                and same
                and mark.start <= inner.start
                and inner.end <= mark.end
                and name is None
            ):
                name = inner
                swallowed.add(id(inner))
        if id(mark) in swallowed:
            continue
        around = name or mark
        inside = plain.within(words, around.start, around.end)
        if not inside:
            continue
        head = plain.head(text, inside, kind=KINDS[kind.lower()])
        yield Mention(
            mark.start,
            mark.end,
            head.start,
            head.end,
            chain=f"{kind.lower()}{chain}",
            kind=KINDS[kind.lower()],
            named=name is not None,
            pronoun=text[mark.start : mark.end].lower() in _PRONOUNS,
        )


def lesson(marked: str, name: str, genre: str, split: Split) -> Text:
    """A labelled text in the form of the corpora.

    Raises:
        Fault: Where labels cross, stay open or are unknown, or a statement lacks its content.
    """
    text, marks = _parse(marked, name)
    sentences = plain.sentences(text)
    words = [t for s in sentences for t in s.tokens]
    names = [
        Name(m.start, m.end, KINDS[m.says[0].lower()])
        for m in marks
        if len(m.says) == 2 and m.says[0].isupper()
    ]
    mentions = sorted(_mentions(text, marks, words), key=lambda m: (m.start, -m.end))
    called: dict[str, str] = {}
    for mark in marks:
        if len(mark.says) == 2 and mark.says[0].isupper():
            chain = f"{mark.says[0].lower()}{mark.says[1]}"
            called[chain] = max(called.get(chain, ""), text[mark.start : mark.end], key=len)
    statements = list(_statements(marks, mentions, called))
    for statement in statements:
        if not statement.content:
            near = next(iter((*statement.cue, *statement.source)), None)
            raise Fault(
                f"{name}: a statement without content{f' near {text[near.start :][:50]!r}' if near else ''}"
            )
    return Text(
        id=name,
        corpus="lessons",
        split=split,
        licence=LICENCE,
        genre=genre,
        text=text,
        sentences=sentences,
        layers=frozenset(("names", "mentions", "chains", "statements", "events")),
        names=plain.apart(names),
        mentions=tuple(mentions),
        statements=tuple(sorted(statements, key=lambda a: (a.content, a.cue))),
        events=tuple(Event(m.start, m.end) for m in marks if len(m.says) == 1),
        kinds=frozenset(KINDS.values()),
        partial=frozenset(("mentions", "events")),
    )


def read(path: Path, split: Split = "train") -> Iterator[Text]:
    """The texts of one file: each behind a line `=== NAME GENRE`."""
    for part in re.split(r"(?m)^=== ", path.read_text("utf-8"))[1:]:
        head, _, body = part.partition("\n")
        name, _, genre = head.strip().partition(" ")
        yield lesson(body.strip("\n"), f"{path.stem}/{name}", genre or "news", split)


def lessons(split: Split, root: Path = ROOT) -> Iterator[Text]:
    """All texts: those of the files `dev*.txt` for tuning, the others for training."""
    for path in sorted(root.glob("*.txt")):
        if path.stem.startswith("dev") == (split == "dev"):
            yield from read(path, split)


def main() -> None:
    """Check files: what is wrong, else what they hold."""
    for path in (Path(a) for a in sys.argv[1:] if a != "-v"):
        for part in re.split(r"(?m)^(?==== )", path.read_text("utf-8"))[1:]:
            head, _, body = part.partition("\n")
            try:
                text = lesson(body.strip("\n"), f"{path.stem}/{head[4:]}", "news", "train")
            except Fault as fault:
                sys.stdout.write(f"{fault}\n")
                continue
            for told in faults(text):
                sys.stdout.write(f"{told}\n")
            for said in text.statements:
                shown = [
                    " / ".join(text.text[p.start : p.end] for p in getattr(said, r))
                    for r in ("source", "cue", "content")
                ]
                sys.stdout.write(
                    f"  {text.id}: {' | '.join(shown)} -> {said.speaker or '?'}\n" if "-v" in sys.argv else ""
                )


if __name__ == "__main__":
    main()
