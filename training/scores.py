"""Scores of readings against what people marked, on gold tokens."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from training.chains import Scores as ChainScores
from training.chains import by_head, chains_of
from training.documents import MISSING
from variorum.models.decode import spans_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from training.documents import Document
    from variorum.models.decode import Decoded
    from variorum.models.labels import Labels

# A content counts as found where it shares at least this part of its words with the gold's (of the words of both).
OVERLAP = 0.5


class Counts:
    """Right, found and wanted, by name."""

    def __init__(self) -> None:
        self.right: Counter[str] = Counter()
        self.found: Counter[str] = Counter()
        self.wanted: Counter[str] = Counter()

    def spans(self, name: str, found: Iterable[object], wanted: Iterable[object]) -> None:
        found, wanted = set(found), set(wanted)
        self.right[name] += len(found & wanted)
        self.found[name] += len(found)
        self.wanted[name] += len(wanted)

    def share(self, name: str, right: int, of: int) -> None:
        self.right[name] += right
        self.found[name] += of
        self.wanted[name] += of

    def figures(self) -> dict[str, float]:
        """F1 by name (of shares: the share), rounded; only what was wanted anywhere."""
        return {
            name: round(2 * self.right[name] / max(1, self.found[name] + self.wanted[name]), 4)
            for name in sorted(self.wanted)
            if self.wanted[name]
        }


def _words(counts: Counts, document: Document, reading: Decoded, labels: Labels) -> None:
    gold = document.classes
    marked = gold["upos"] != MISSING
    counts.share("upos", int((reading.upos == gold["upos"])[marked].sum()), int(marked.sum()))
    text = document.text
    lemmas = [t.lemma for t in text.tokens()]
    counts.share(
        "lemma", sum(a == b for a, b in zip(lemmas, reading.lemmas, strict=True) if a), sum(map(bool, lemmas))
    )
    marked = gold["arc"] != MISSING
    right = (reading.arc == gold["arc"]) & marked
    counts.share("uas", int(right.sum()), int(marked.sum()))
    # From the tokens: a relation that training never saw has no class, and still is one to get right.
    wanted = [t.deprel or "" for t in text.tokens()]
    found = [labels.deprels[n] for n in reading.deprel.tolist()]
    pairs = [(a, b) for a, b, hit in zip(wanted, found, right.tolist(), strict=True) if hit]
    # Universal relations alone, as is usual: what stands after the colon is the language's own. Punctuation counts.
    counts.share("las", sum(a.split(":")[0] == b.split(":")[0] for a, b in pairs), int(marked.sum()))
    counts.share("las whole", sum(a == b for a, b in pairs), int(marked.sum()))


def _names(counts: Counts, document: Document, reading: Decoded, labels: Labels) -> None:
    wanted, found = set(), set()
    for n, tag in enumerate(labels.tags):
        kind = tag.removeprefix("name:")
        if not tag.startswith("name:") or kind not in document.text.kinds:
            continue
        column = document.tags[:, n]
        hidden = column == MISSING
        gold = {(tag, *s) for s in _gold_spans(column)}
        held = {(tag, a, b) for a, b in reading.spans.get(tag, []) if not hidden[a : b + 1].any()}
        counts.spans(tag, held, gold)
        if kind in {"person", "place", "organisation"}:
            wanted |= gold
            found |= held
    counts.spans("names", found, wanted)


def _gold_spans(column: np.ndarray) -> list[tuple[int, int]]:
    return spans_of(np.where(column == MISSING, 0, column))


def _likeness(a: tuple[int, int], b: tuple[int, int]) -> float:
    both = min(a[1], b[1]) - max(a[0], b[0]) + 1
    return max(0, both) / (a[1] - a[0] + b[1] - b[0] + 2 - max(0, both))


def _statements(counts: Counts, document: Document, reading: Decoded, labels: Labels) -> None:
    """Contents that overlap; of those whose gold has a source, that the source overlaps too; spans of roles one by one."""
    tag = {name: n for n, name in enumerate(labels.tags)}
    gold: list[tuple[tuple[int, int], int]] = []
    for name in ("content", "inner"):
        held = _gold_spans(document.tags[:, tag[name]])
        gold += [(s, int(document.classes["source"][s[0]])) for s in held]
    for role in ("source", "cue"):
        found, wanted = reading.spans.get(role, []), _gold_spans(document.tags[:, tag[role]])
        counts.spans(role, found, wanted)
    pairs = sorted(
        (
            (_likeness(s.content, g), n, m)
            for n, s in enumerate(reading.statements)
            for m, (g, _) in enumerate(gold)
        ),
        key=lambda p: (-p[0], p[1], p[2]),
    )
    left, right, matched, whole = set(), set(), 0, 0
    for likeness, n, m in pairs:
        if likeness >= OVERLAP and n not in left and m not in right:
            left.add(n)
            right.add(m)
            matched += 1
            source, at = reading.statements[n].source, gold[m][1]
            whole += (source is None) if at < 0 else (source is not None and source[0] <= at <= source[1])
    for name, hits in (("content overlap", matched), ("content and source", whole)):
        counts.right[name] += hits
        counts.found[name] += len(reading.statements)
        counts.wanted[name] += len(gold)


def _mentions(counts: Counts, chains: dict[str, ChainScores], document: Document, reading: Decoded) -> None:
    gold, found = document.mentions, reading.mentions
    # All of the corpus's mentions: the reader's form has one a head, and what it cannot hold is missed all the same.
    marked = all_mentions(document)
    spans = list(marked), [(int(a), int(b)) for a, b in found[:, 1:3]]
    counts.spans("mentions", spans[1], spans[0])
    counts.spans("mention heads", found[:, 0].tolist(), gold[:, 0].tolist())
    if "chains" not in document.text.layers or "chains" in document.text.partial:
        return
    heads = by_head(document.words, found[:, 0].tolist())
    numbers = {"exact": list(marked.values()), "heads": gold[:, 3].tolist()}
    for name, where in (("exact", spans), ("heads", (gold[:, 0].tolist(), found[:, 0].tolist()))):
        for more, alone in (("", False), (", singletons", True)):
            wanted = chains_of(where[0], numbers[name], alone=alone)
            chains[f"{name}{more}"].add(wanted, chains_of(where[1], found[:, 3].tolist(), alone=alone))
            chains[f"{name}{more}, same head word"].add(wanted, chains_of(where[1], heads, alone=alone))


def all_mentions(document: Document) -> dict[tuple[int, int], int]:
    """First and last word of every mention that the corpus marks, with the number of its chain, -1 alone; the first of equal spans."""
    found: dict[tuple[int, int], int] = {}
    numbers: dict[str, int] = {}
    for mention in document.text.mentions:
        held = np.flatnonzero((document.start < mention.end) & (document.end > mention.start))
        if len(held):
            number = numbers.setdefault(mention.chain, len(numbers)) if mention.chain else -1
            found.setdefault((int(held[0]), int(held[-1])), number)
    return found


def scores(read: Iterable[tuple[Document, Decoded]], labels: Labels) -> dict[str, float]:
    """Figures over documents: shares right (`upos`, `lemma`, `uas`, `las`) and F1, each between 0 and 1.

    `names`: spans of person, place and organisation with kind (those found on words of which a corpus is unsure do not count); `name:KIND` each. `source`, `cue`: exact spans. `content overlap`:
    statements whose content shares half its words; `content and source`: that and the source. `mentions`: exact spans; `mention heads`.
    `coreference ...`: CoNLL F1 on mentions found, mentions equal by span or by head (of mentions with one head the narrowest), chains
    of two or more; `singletons`: of one too. `same head word` is the baseline on the same mentions. What a corpus marks in part
    only is not scored.
    """
    counts = Counts()
    kinds = [f"{by}{more}" for by in ("exact", "heads") for more in ("", ", singletons")]
    chains = {name: ChainScores() for kind in kinds for name in (kind, f"{kind}, same head word")}
    for document, reading in read:
        layers = document.text.layers - document.text.partial
        if "syntax" in layers:
            _words(counts, document, reading, labels)
        if "names" in layers:
            _names(counts, document, reading, labels)
        if "statements" in layers:
            _statements(counts, document, reading, labels)
        for layer, tag in (("negations", "negation"), ("events", "event")):
            if layer in layers:
                column = document.tags[:, labels.tags.index(tag)]
                counts.spans(tag, reading.spans.get(tag, []), _gold_spans(column))
        if "mentions" in layers:
            _mentions(counts, chains, document, reading)
    figures = counts.figures()
    return figures | {f"coreference {n}": round(s.conll, 4) for n, s in chains.items() if s.b_cubed.gold}
