"""Corpora of happenings across articles: ECB+ and MEANTIME. Both mark only what takes part in the events they look at: partial."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from training.data import plain
from training.data.form import Event, Layer, Mention, Sentence, Split, Text, Token
from training.data.package import SHARED, Record, records

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from variorum.models.labels import Kind

# HUM is a person, a body or a group: which, nobody says. TIM is no mention of ours.
ECB: dict[str, Kind | Literal[""] | None] = {"HUM": None, "NON": "", "LOC": "place"}
# Nobody is FIN (money matters); PRO are products.
MEANTIME: dict[str, Kind | Literal[""] | None] = {
    "PER": "person",
    "ORG": "organisation",
    "LOC": "place",
    "PRO": "",
    "FIN": "",
}
_LAYERS: frozenset[Layer] = frozenset({"mentions", "chains", "events"})
_PRONOUNS = frozenset(
    "i me my mine myself you your yours he him his himself she her hers herself it its itself we us our ours they them their theirs who whom "
    "whose which that this these those".split()
)  # fmt: skip
_LEADING = frozenset("in at on near to from of by inside into outside".split())


def _mention(
    record: Record, span: Record, words: list[Token], kind: Kind | Literal[""] | None
) -> Mention | None:
    """A mention without a preposition before it (ECB+ has "in Ostrel") and without a stop or comma behind it."""
    text = record["text"]
    left = plain.within(words, span["start"], span["end"])
    while len(left) > 1 and text[left[0].start : left[0].end].lower() in _LEADING:
        left = left[1:]
    while left and not any(c.isalnum() for c in text[left[-1].start : left[-1].end]):
        left = left[:-1]
    if not any(c.isalpha() for w in left for c in text[w.start : w.end]):
        return None
    head = plain.head(text, left, kind=kind or "")
    low = text[left[0].start : left[-1].end].lower()
    return Mention(
        left[0].start,
        left[-1].end,
        head.start,
        head.end,
        chain=span["chain"],
        kind=kind,
        named=text[head.start].isupper() and low not in _PRONOUNS,
        pronoun=low in _PRONOUNS,
    )


def _text(
    record: Record, corpus: str, split: Split, licence: str, kinds: Mapping[str, Kind | Literal[""] | None]
) -> Text:
    sentences: tuple[Sentence, ...] = plain.sentences(record["text"], record["sentences"])
    words = [t for s in sentences for t in s.tokens]
    whole = [s for s in record["spans"] if "part_of" not in s]
    mentions = [
        m
        for s in whole
        if s["type"] == "entity" and s["kind"] in kinds
        for m in [_mention(record, s, words, kinds[s["kind"]])]
        if m
    ]
    events = [
        Event(kept.start, kept.end, chain=s["chain"])
        for s in whole
        if s["type"] == "event" and (kept := plain.trimmed(record["text"], s["start"], s["end"]))
    ]
    return Text(
        id=record["id"],
        corpus=corpus,
        split=split,
        licence=licence,
        genre="news",
        text=record["text"],
        sentences=sentences,
        layers=_LAYERS,
        mentions=tuple(sorted(mentions, key=lambda m: (m.start, -m.end))),
        events=tuple(sorted(events, key=lambda e: (e.start, e.end))),
        partial=frozenset({"mentions", "events"}),
    )


def ecbplus(split: Split, root: Path = SHARED) -> Iterator[Text]:
    """The articles of ECB+, of each only the sentences that were checked. Chains hold within a topic; here they serve within a text."""
    for record in records("events/ecbplus", split, root=root):
        yield _text(record, "ecbplus", split, "CC BY 3.0", ECB)


def meantime(split: Split, root: Path = SHARED) -> Iterator[Text]:
    """The Wikinews articles of MEANTIME."""
    for record in records("events/meantime-en", split, root=root):
        yield _text(record, "meantime", split, "CC BY 4.0; CC BY 2.5 (Wikinews)", MEANTIME)
