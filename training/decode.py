"""From the model's scores to labels of a document's words. No torch.

Torch while training and onnxruntime afterwards give the same arrays, and the shipped reader can do the same.

A document is read alone, so that its labels depend on nothing else (dynamic int8 scales go over a whole batch).
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Protocol

import msgspec
import numpy as np

from training import pairs
from training.labels import ROLE_TAGS, apply_script
from training.trees import tree
from training.windows import Batch, collate, cut

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from training.documents import Document
    from training.labels import Labels
    from training.words import Pieces

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float32]

# Windows read at once: more gain no time on two cores (feasibility: 32 sentences of 25 words are near the best).
TOGETHER = 8


class Runner(Protocol):
    """Whatever runs the model."""

    def read(self, inputs: dict[str, Ints]) -> dict[str, Floats]:
        """`ids`, `shapes`, `mask`, `first` to the outputs that `training.model.OUTPUTS` names."""

    def relations(self, dependent: Floats, governor: Floats) -> Floats:
        """States of dependents and governors [P, D] to scores of labels [P, R]."""

    def pairs(self, states: Floats, left: Ints, right: Ints, rows: Ints) -> Floats:
        """Mentions' states [M, 3 S], pairs [P] and rows of their features [P, F] to scores [P]."""


class Statement(msgspec.Struct, frozen=True):
    """A content with its cue and source: first and last word of each, None where there is none; 0 or 1 of manner."""

    content: tuple[int, int]
    cue: tuple[int, int] | None
    source: tuple[int, int] | None
    negated: int = 0
    thought: int = 0


class Reading(msgspec.Struct, frozen=True):
    """What was read in a document, in numbers of its words.

    `arc`: governor, -1 the root. `spans`: by tag, first and last word. `mentions`: head, first, last, chain (every mention has
    one) and class.
    """

    upos: Ints
    lemmas: list[str]
    arc: Ints
    deprel: Ints
    spans: dict[str, list[tuple[int, int]]]
    statements: list[Statement]
    mentions: Ints


def spans_of(scores: Floats) -> list[tuple[int, int]]:
    """First and last words of the spans of one tag, from scores [N, 3] (outside, begins, inside).

    A word begins or goes on where that is likelier than to be outside; it goes on only behind a word of a span.
    """
    best = scores.argmax(axis=1).tolist()
    found: list[tuple[int, int]] = []
    open_ = False
    for n, label in enumerate(best):
        if label == 0:
            open_ = False
        elif label == 1 or not open_:
            found.append((n, n))
            open_ = True
        else:
            found[-1] = (found[-1][0], n)
    return found


def arcs(scores: Floats, sentence: Ints) -> Ints:
    """Governors within a window as 1 + place, 0 the root: one tree for each sentence."""
    out = np.zeros(len(sentence), dtype=np.int64)
    borders = [0, *(np.flatnonzero(np.diff(sentence)) + 1).tolist(), len(sentence)]
    for a, b in pairwise(borders):
        if a < b:
            part = np.concatenate([scores[a:b, :1], scores[a:b, a + 1 : b + 1]], axis=1).astype(np.float64)
            found = np.array(tree(part))
            out[a:b] = np.where(found == 0, 0, found + a)
    return out


def relations(scores: Floats, arc: Ints, labels: Labels) -> Ints:
    """The best label of each arc; `root` on the arc to the root and on no other."""
    scores = scores.copy()
    if "root" in labels.deprels:
        scores[:, labels.deprels.index("root")] = np.where(arc == 0, np.inf, -np.inf)
    best: Ints = scores.argmax(axis=1)
    return best


def _best_in_sentence(scores: Floats, at: int, sentence: Ints, *, before: bool) -> int:
    """The best first (last) word of a mention whose head stands at a place."""
    low, high = (int(np.searchsorted(sentence, sentence[at], s)) for s in ("left", "right"))
    low, high = (low, at + 1) if before else (at, high)
    return low + int(scores[at, low + 1 : high + 1].argmax())


def mention_rows(out: dict[str, Floats], sentence: Ints) -> Ints:
    """Head, first, last and class of the mentions of one window, in order."""
    classes = out["mention"].argmax(axis=1)
    rows = [
        [
            int(n),
            _best_in_sentence(out["first"], int(n), sentence, before=True),
            _best_in_sentence(out["last"], int(n), sentence, before=False),
            int(classes[n]),
        ]
        for n in np.flatnonzero(classes)
    ]
    return np.array(sorted(rows, key=lambda r: (r[1], -r[2], r[0])), dtype=np.int64).reshape(-1, 4)


def _span_at(word: int, held: list[tuple[int, int]]) -> tuple[int, int]:
    """The span that holds a word; the word alone where none does."""
    return next(((a, b) for a, b in held if a <= word <= b), (word, word))


def statements(out: dict[str, Floats], spans: dict[str, list[tuple[int, int]]]) -> list[Statement]:
    """The statements of one window: each content with the cue and source that it points to."""
    found = []
    size = len(out["cue"])
    for tag in ("content", "inner"):
        for first, last in spans[tag]:
            cue = int(out["cue"][first, : size + 1].argmax()) - 1
            source = int(out["source"][first, : size + 1].argmax()) - 1
            manner = out["manner"][cue] if cue >= 0 else np.full(2, -1.0)
            found.append(
                Statement(
                    content=(first, last),
                    cue=_span_at(cue, spans["cue"]) if cue >= 0 else None,
                    source=_span_at(source, spans["source"]) if source >= 0 else None,
                    negated=int(manner[0] > 0),
                    thought=int(manner[1] > 0),
                )
            )
    return found


def clusters(count: int, left: Ints, right: Ints, scores: Floats) -> Ints:
    """The chain of each mention: that of its best antecedent if its score is above 0, else a new one."""
    chain = np.arange(count)
    best: dict[int, tuple[float, int]] = {}
    for a, b, score in zip(left.tolist(), right.tolist(), scores.tolist(), strict=True):
        # Of equal scores the nearer: it comes later.
        if score > 0 and (b not in best or score >= best[b][0]):
            best[b] = (score, a)
    for n in sorted(best):
        chain[n] = chain[best[n][1]]
    return chain


def chained(words: list[str], sentence: Ints, rows: Ints, states: Floats, runner: Runner) -> Ints:
    """Chains of mentions.

    Args:
        words: The document's words.
        sentence: Their sentences.
        rows: Head, first, last and class of each mention, in order.
        states: The words' states [N, S].
        runner: Runs the scorer.
    """
    if len(rows) < 2:
        return np.arange(len(rows))
    held = pairs.pairs(pairs.mentions(words, sentence, rows[:, :3], rows[:, 3]))
    ends = states[rows[:, :3].reshape(-1)].reshape(len(rows), -1)
    return clusters(len(rows), held.left, held.right, runner.pairs(ends, held.left, held.right, held.rows))


class _Collected(msgspec.Struct):
    """What was read so far."""

    upos: list[Ints]
    lemma: list[Ints]
    arc: list[Ints]
    deprel: list[Ints]
    state: list[Floats]
    spans: dict[str, list[tuple[int, int]]]
    statements: list[Statement]
    mentions: list[Ints]


def _outputs(batch: Batch, runner: Runner) -> Iterator[tuple[int, dict[str, Floats]]]:
    """The number of each window of a batch and its outputs without padding."""
    out = runner.read({k: batch.inputs[k] for k in ("ids", "shapes", "mask", "first")})
    for n, held in enumerate(batch.windows):
        size = len(held.words)
        cutoff = {"arc", "first", "last", "cue", "source"}
        yield (
            n,
            {
                k: v[n, :size, : size + 1] if k in cutoff else v[n, : size + (k == "governor")]
                for k, v in out.items()
            },
        )


def _gather(
    found: _Collected, out: dict[str, Floats], sentence: Ints, labels: Labels, *, a: int, runner: Runner
) -> None:
    """Add what one window holds, whose first word is word `a` of the document."""
    arc = arcs(out["arc"], sentence)
    found.upos.append(out["upos"].argmax(axis=1))
    found.lemma.append(out["lemma"].argmax(axis=1))
    found.deprel.append(relations(runner.relations(out["dependent"], out["governor"][arc]), arc, labels))
    found.arc.append(np.where(arc == 0, -1, arc - 1 + a))
    found.state.append(out["state"])
    spans = {tag: spans_of(out["tags"][:, n]) for n, tag in enumerate(labels.tags)}
    for tag, held in spans.items():
        found.spans.setdefault(tag, []).extend((x + a, y + a) for x, y in held)
    for s in statements(out, {tag: spans[tag] for tag in ROLE_TAGS}):
        found.statements.append(_shifted(s, a))
    rows = mention_rows(out, sentence)
    found.mentions.append(rows + np.array([a, a, a, 0]))


def _shifted(found: Statement, by: int) -> Statement:
    def moved(span: tuple[int, int] | None) -> tuple[int, int] | None:
        return (span[0] + by, span[1] + by) if span else None

    content = (found.content[0] + by, found.content[1] + by)
    return msgspec.structs.replace(found, content=content, cue=moved(found.cue), source=moved(found.source))


def read(document: Document, runner: Runner, pieces: Pieces, labels: Labels) -> Reading:
    """Read one document.

    Args:
        document: The document; of its labels nothing is used, of its text the words and sentences alone.
        runner: Runs the model.
        pieces: Cuts words.
        labels: What the classes mean.
    """
    found = _Collected([], [], [], [], [], {}, [], [])
    held = cut(document, pieces)
    for n in range(0, len(held), TOGETHER):
        batch = collate(held[n : n + TOGETHER], pieces)
        for m, out in _outputs(batch, runner):
            part = batch.windows[m]
            _gather(found, out, part.sentence, labels, a=part.a, runner=runner)
    rows = np.concatenate(found.mentions)
    chain = chained(document.words, document.sentence, rows, np.concatenate(found.state), runner)
    edits = [labels.scripts[n] for n in np.concatenate(found.lemma).tolist()]
    return Reading(
        upos=np.concatenate(found.upos),
        lemmas=[apply_script(w, e) for w, e in zip(document.words, edits, strict=True)],
        arc=np.concatenate(found.arc),
        deprel=np.concatenate(found.deprel),
        spans=found.spans,
        statements=found.statements,
        mentions=np.concatenate([rows[:, :3], chain[:, None], rows[:, 3:]], axis=1),
    )
