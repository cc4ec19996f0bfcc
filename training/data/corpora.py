"""THE list of corpora that the model is trained and tuned on, and the counts of what they hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from training.data import entities, events, gold, gum, lessons, web
from training.data.form import Fault, Split, Text, faults
from training.data.licence import may_train, why_not

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

READERS: dict[str, Callable[[Split], Iterator[Text]]] = {
    "ewt": web.ewt,
    "gum": gum.gum,
    "wikigold": entities.wikigold,
    "crossner-politics": entities.politics,
    "re3d": entities.re3d,
    "ecbplus": events.ecbplus,
    "meantime": events.meantime,
    "lessons": lessons.lessons,
    "gold": gold.gold,
    "velmark": gold.velmark,
}


def texts(split: Split, corpora: Collection[str] = tuple(READERS)) -> Iterator[Text]:
    """The texts of one split, corpus by corpus in the order of `READERS`, each checked against the form.

    Args:
        split: `train` or `dev`.
        corpora: Names out of `READERS`.

    Raises:
        KeyError: For a corpus that is not listed.
        Fault: For a text that breaks the form.
        FileNotFoundError: If `../shared/data` is not beside the checkout.
    """
    unknown = set(corpora) - set(READERS)
    if unknown:
        raise KeyError(*sorted(unknown))
    for name, read in READERS.items():
        if name in corpora:
            for text in read(split):
                if found := faults(text):
                    raise Fault("; ".join(found))
                yield text


def training(corpora: Collection[str] = tuple(READERS)) -> Iterator[Text]:
    """The texts that weights may be trained on; arguments and errors as for `texts`."""
    return (t for t in texts("train", corpora) if may_train(t))


class Row(msgspec.Struct, frozen=True):
    """What a corpus has under one licence in one split."""

    corpus: str
    licence: str
    split: str
    may_train: str
    documents: int
    sentences: int
    tokens: int
    names: int
    mentions: int
    chains: int
    statements: int
    negations: int
    events: int


def table(found: Iterable[Text]) -> list[Row]:
    """Counts by corpus, licence and split, in the order in which they come. `chains` are those of two mentions or more."""
    groups: dict[tuple[str, str, str], list[Text]] = {}
    for text in found:
        groups.setdefault((text.corpus, text.licence, text.split), []).append(text)
    return [_row(*key, group) for key, group in groups.items()]


def _row(corpus: str, licence: str, split: str, group: list[Text]) -> Row:
    allowed = "yes" if all(map(may_train, group)) else "measure" if why_not(licence) else "tune"
    return Row(
        corpus,
        licence,
        split,
        allowed,
        documents=len(group),
        sentences=sum(len(t.sentences) for t in group),
        tokens=sum(len(s.tokens) for t in group for s in t.sentences),
        names=sum(len(t.names) for t in group),
        mentions=sum(len(t.mentions) for t in group),
        chains=sum(_chains(t) for t in group),
        statements=sum(len(t.statements) for t in group),
        negations=sum(len(t.negations) for t in group),
        events=sum(len(t.events) for t in group),
    )


def _chains(text: Text) -> int:
    named = [m.chain for m in text.mentions if m.chain]
    return sum(named.count(c) > 1 for c in set(named))


def lines(rows: Iterable[Row]) -> Iterator[str]:
    """The rows as a table in Markdown."""
    yield "| " + " | ".join(f.replace("_", " ") for f in Row.__struct_fields__) + " |"
    yield "|" + " --- |" * len(Row.__struct_fields__)
    for row in rows:
        yield "| " + " | ".join(str(v) for v in msgspec.structs.astuple(row)) + " |"
