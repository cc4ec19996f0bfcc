"""From the model's scores to labels of a document's words.

Torch while training and onnxruntime afterwards give the same arrays. A document is read alone, so that its labels depend on
nothing else (sums in float round by the length that a batch is padded to).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import msgspec
import numpy as np

from variorum.models import pairs
from variorum.models.labels import NAME_TAGS, apply_script
from variorum.models.trees import trees
from variorum.models.windows import cut, inputs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from variorum.models.labels import Labels
    from variorum.models.pieces import Pieces
    from variorum.models.windows import Window, Words

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float32]
    # Integers or float32, by name.
    Arrays = NDArray[Any]
    Spans = dict[str, list[tuple[int, int]]]

# Windows read at once: more gain no time on two cores (feasibility: 32 sentences of 25 words are near the best).
TOGETHER = 8
# Arcs labelled and pairs scored at once: what stays in the processor's cache (128 arcs take 0.7 of the time that 256 do, 1,024 pairs
# a third of what 16,384 do), and a page of 200,000 words needs no gigabytes.
ARCS_TOGETHER = 128
PAIRS_TOGETHER = 1024
# Outputs with a column for nothing and one for each word of the window.
POINTERS: tuple[str, ...] = ("arc", "first", "last", "cue", "source")


class Runner(Protocol):
    """Whatever runs the model."""

    def read(self, inputs: dict[str, Ints]) -> dict[str, Floats]:
        """`ids`, `shapes`, `mask`, `first` to scores and states, as `training/model.py` describes them."""

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


class Decoded(msgspec.Struct, frozen=True):
    """What was read in a document, in numbers of its words and classes.

    `arc`: governor, -1 the root. `spans`: by tag, first and last word. `mentions`: head, first, last, chain (every mention has
    one) and class.
    """

    upos: Ints
    lemmas: list[str]
    arc: Ints
    deprel: Ints
    spans: Spans
    statements: list[Statement]
    mentions: Ints


def spans_of(best: Ints) -> list[tuple[int, int]]:
    """First and last words of the spans of one tag, from each word's class (0 outside, 1 begins, 2 inside).

    A span goes on only behind a word of a span, else it begins there too.
    """
    held = best != 0
    starts = held & (best == 1)
    starts[1:] |= held[1:] & ~held[:-1]
    starts[:1] |= held[:1]
    ends = held.copy()
    ends[:-1] &= ~held[1:] | starts[1:]
    return list(zip(np.flatnonzero(starts).tolist(), np.flatnonzero(ends).tolist(), strict=True))


def apart(spans: Spans, scores: Floats, tags: Sequence[str]) -> Spans:
    """Names that do not overlap: of those that do, the one that its words speak for most in sum.

    Each kind has a tagger of its own, so "Burger King" may be found as an organisation and "Burger" as a place besides.

    Args:
        spans: By tag.
        scores: How far inside or beginning stands above outside, for each word and tag.
        tags: The tags in the order of the columns.
    """
    held = [
        (float(scores[a : b + 1, n].sum()), a, b, tag)
        for n, tag in enumerate(tags)
        if tag in NAME_TAGS
        for a, b in spans[tag]
    ]
    free = np.ones(len(scores), dtype=bool)
    kept: Spans = {tag: [] for tag in NAME_TAGS}
    for _, a, b, tag in sorted(held, key=lambda h: (-h[0], h[1], -h[2], h[3])):
        if free[a : b + 1].all():
            free[a : b + 1] = False
            kept[tag].append((a, b))
    return {tag: sorted(kept[tag]) if tag in kept else found for tag, found in spans.items()}


def relations(scores: Floats, arc: Ints, labels: Labels) -> Ints:
    """The best label of each arc; `root` on the arc to the root (0) and on no other."""
    scores = scores.copy()
    if "root" in labels.deprels:
        scores[:, labels.deprels.index("root")] = np.where(arc == 0, np.inf, -np.inf)
    best: Ints = scores.argmax(axis=1)
    return best


def _best_among(scores: Floats, low: Ints, high: Ints) -> Ints:
    """For each row the place of the best score among the places [low, high)."""
    places = np.arange(scores.shape[1])
    among = (places >= low[:, None]) & (places < high[:, None])
    best: Ints = np.where(among, scores, -np.inf).argmax(axis=1)
    return best


def mention_rows(out: dict[str, Floats], sentence: Ints) -> Ints:
    """Head, first, last and class of the mentions of one window, in order; none reaches out of its sentence."""
    classes = out["mention"].argmax(axis=1)
    head = np.flatnonzero(classes)
    low, high = (np.searchsorted(sentence, sentence[head], s) for s in ("left", "right"))
    first = _best_among(out["first"][head, 1:], low, head + 1)
    last = _best_among(out["last"][head, 1:], head, high)
    rows = np.stack([head, first, last, classes[head]], axis=1)
    return rows[np.lexsort((head, -last, first))]


def statements(spans: Spans, cue: Ints, source: Ints, manner: Floats) -> list[Statement]:
    """The statements of a document: each content with the cue and source that its first word points to.

    Args:
        spans: By tag; `content`, `inner`, `cue` and `source` are used.
        cue: The word to which each word points as its cue, -1 nothing.
        source: The same for the source.
        manner: Scores of each word as a cue of what was not said, and of what was thought.
    """
    cues, sources = (_numbered(spans[role], len(cue)) for role in ("cue", "source"))
    found = []
    for first, last in sorted([*spans["content"], *spans["inner"]], key=lambda s: (s[0], -s[1])):
        at = int(cue[first])
        found.append(
            Statement(
                content=(first, last),
                cue=_span_at(at, spans["cue"], cues),
                source=_span_at(int(source[first]), spans["source"], sources),
                negated=int(at >= 0 and manner[at, 0] > 0),
                thought=int(at >= 0 and manner[at, 1] > 0),
            )
        )
    return found


def _span_at(word: int, held: list[tuple[int, int]], number: Ints) -> tuple[int, int] | None:
    """The span that holds a word; the word alone where none does; None for no word."""
    if word < 0:
        return None
    return held[number[word]] if number[word] >= 0 else (word, word)


def _numbered(held: list[tuple[int, int]], size: int) -> Ints:
    """For each word the number of the span that holds it, -1 none."""
    number = np.full(size, -1, dtype=np.int64)
    for n, (a, b) in enumerate(held):
        number[a : b + 1] = n
    return number


def clusters(count: int, left: Ints, right: Ints, scores: Floats) -> Ints:
    """The chain of each mention: that of its best antecedent if its score is above 0, else a new one."""
    chain = np.arange(count)
    held = scores > 0
    left, right, scores = left[held], right[held], scores[held]
    # Of equal scores the nearer: it comes later. Later entries overwrite earlier ones.
    order = np.lexsort((left, scores, right))
    best = dict(zip(right[order].tolist(), left[order].tolist(), strict=True))
    for n in sorted(best):
        chain[n] = chain[best[n]]
    return chain


def chained(document: Words, rows: Ints, ends: Floats, runner: Runner) -> Ints:
    """Chains of mentions.

    Args:
        document: The document.
        rows: Head, first, last and class of each mention, in order.
        ends: States of the three words of each [M, 3 S].
        runner: Runs the scorer.
    """
    if len(rows) < 2:
        return np.arange(len(rows))
    held = pairs.mentions(document.words, document.sentence, rows[:, :3], rows[:, 3])
    left, right = pairs.candidates(held)
    scores = []
    for n in range(0, len(left), PAIRS_TOGETHER):
        a, b = left[n : n + PAIRS_TOGETHER], right[n : n + PAIRS_TOGETHER]
        scores.append(runner.pairs(ends, a, b, pairs.rows(held, a, b)))
    return clusters(len(rows), left, right, np.concatenate(scores))


def _outputs(
    held: list[Window], runner: Runner, pieces: Pieces
) -> Iterator[tuple[Window, dict[str, Floats]]]:
    """Windows and their outputs without padding."""
    for n in range(0, len(held), TOGETHER):
        batch = held[n : n + TOGETHER]
        out = runner.read(inputs(batch, pieces))
        for m, window in enumerate(batch):
            size = len(window.words)
            yield (
                window,
                {
                    k: v[m, :size, : size + 1] if k in POINTERS else v[m, : size + (k == "governor")]
                    for k, v in out.items()
                },
            )


def _relations(out: dict[str, Floats], arc: Ints, runner: Runner, labels: Labels) -> Ints:
    """The label of each arc of a window, from governors as 1 + place, 0 the root."""
    governor = out["governor"][arc]
    found = []
    for n in range(0, len(arc), ARCS_TOGETHER):
        part = slice(n, n + ARCS_TOGETHER)
        scores = runner.relations(out["dependent"][part], governor[part])
        found.append(relations(scores, arc[part], labels))
    return np.concatenate(found)


def _window(window: Window, out: dict[str, Floats], runner: Runner, labels: Labels) -> dict[str, Arrays]:
    """What one window says of its words and mentions, in numbers of the document's words."""
    arc = trees(out["arc"], window.sentence)
    rows = mention_rows(out, window.sentence)
    return {
        "upos": out["upos"].argmax(axis=1),
        "lemma": out["lemma"].argmax(axis=1),
        "arc": np.where(arc == 0, -1, arc - 1 + window.a),
        "deprel": _relations(out, arc, runner, labels),
        "tags": out["tags"].argmax(axis=2),
        "above": out["tags"][..., 1:].max(axis=2) - out["tags"][..., 0],
        **{role: _pointed(out[role], window.a) for role in ("cue", "source")},
        "manner": out["manner"],
        "mentions": rows + np.array([window.a] * 3 + [0]),
        "ends": out["state"][rows[:, :3].reshape(-1)].reshape(len(rows), 3 * out["state"].shape[1]),
    }


def _pointed(scores: Floats, a: int) -> Ints:
    best: Ints = scores.argmax(axis=1)
    return np.where(best == 0, -1, best - 1 + a)


def _nothing(labels: Labels) -> Decoded:
    none = np.zeros(0, dtype=np.int64)
    return Decoded(none, [], none, none, {tag: [] for tag in labels.tags}, [], none.reshape(0, 5))


def read(document: Words, runner: Runner, pieces: Pieces, labels: Labels) -> Decoded:
    """Read one document.

    Args:
        document: The document; nothing but its words and sentences is used.
        runner: Runs the model.
        pieces: Cuts words.
        labels: What the classes mean.

    Returns:
        The labels of the best score. Spans go on over the borders of windows.
    """
    if not document.words:
        return _nothing(labels)
    parts = [_window(*held, runner, labels) for held in _outputs(cut(document, pieces), runner, pieces)]
    whole = {name: np.concatenate([p[name] for p in parts]) for name in parts[0]}
    spans = {tag: spans_of(whole["tags"][:, n]) for n, tag in enumerate(labels.tags)}
    spans = apart(spans, whole["above"], labels.tags)
    rows = whole["mentions"]
    chain = chained(document, rows, whole["ends"], runner)
    edits = [labels.scripts[n] for n in whole["lemma"].tolist()]
    return Decoded(
        upos=whole["upos"],
        lemmas=[apply_script(w, e) for w, e in zip(document.words, edits, strict=True)],
        arc=whole["arc"],
        deprel=whole["deprel"],
        spans=spans,
        statements=statements(spans, whole["cue"], whole["source"], whole["manner"]),
        mentions=np.concatenate([rows[:, :3], chain[:, None], rows[:, 3:]], axis=1),
    )
