"""From a corpus text to arrays over its words: what the model is asked to give, with `MISSING` where nobody said."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

import numpy as np

from training.labels import script
from variorum.models.windows import Words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numpy.typing import NDArray

    from training.data.form import Attribution, Layer, Mention, Text
    from variorum.models.labels import Labels

    Ints = NDArray[np.int64]

# The class that no loss counts.
MISSING = -100
# A pointer to nothing: the root, no source, no cue.
NOTHING = -1
OUTSIDE, BEGINS, INSIDE = 0, 1, 2
# Arrays whose values are words of the text.
POINTERS: tuple[str, ...] = ("arc", "first", "last", "cue", "source")


class Document(Words, frozen=True, kw_only=True):
    """One text over its words; each array has one row a word.

    `sentence`: number of the word's sentence. `upos`, `lemma`, `deprel`, `mention`: classes. `tags`: a column for each
    tag, outside, begins or inside. `arc`: governor; `first` and `last` word of the mention of which the word is the head;
    `cue` and `source` of the content that begins here: words of this text or `NOTHING`. `negated`: 1 on the first word of a
    cue of what somebody did not say; `thought`: 1 on that of what was thought, not said. `mentions`: head, first, last,
    chain (numbers; -1 alone) for each mention in order.
    """

    text: Text
    start: Ints
    end: Ints
    classes: dict[str, Ints]
    tags: Ints
    mentions: Ints


class _Maker:
    """Fills the arrays of one text."""

    def __init__(self, text: Text, labels: Labels) -> None:
        self.text, self.labels = text, labels
        spans = [(t.start, t.end) for t in text.tokens()]
        self.start = np.array([a for a, _ in spans], dtype=np.int64)
        self.end = np.array([b for _, b in spans], dtype=np.int64)
        self.size = len(spans)
        names = ("upos", "lemma", "deprel", "mention", "negated", "thought", *POINTERS)
        self.classes = {name: np.full(self.size, MISSING, dtype=np.int64) for name in names}
        self.tags = np.full((self.size, len(labels.tags)), MISSING, dtype=np.int64)
        self.tag = {name: n for n, name in enumerate(labels.tags)}
        counts = [len(s.tokens) for s in text.sentences]
        self.sentence = np.repeat(np.arange(len(counts)), counts)
        self._starts, self._ends = self.start.tolist(), self.end.tolist()

    def has(self, layer: Layer) -> bool:
        return layer in self.text.layers

    def words(self, start: int, end: int) -> tuple[int, int] | None:
        """The first and last word that a span of characters touches; None where it touches none."""
        first = bisect_right(self._ends, start)
        last = bisect_left(self._starts, end) - 1
        return (first, last) if first <= last and first < self.size else None

    def open(self, tag: str, layer: Layer, marked: Iterable[tuple[int, int]] = ()) -> None:
        """Whatever is not marked is outside; where the layer is marked in part only, in the sentences of the marked spans alone.

        Without any word outside a tagger of such texts would learn to mark everything (of events no corpus marks all).
        """
        column = self.tags[:, self.tag[tag]]
        if layer not in self.text.partial:
            column[:] = OUTSIDE
        for start, end in marked:
            found = self.words(start, end)
            if found:
                inside = (self.sentence >= self.sentence[found[0]]) & (
                    self.sentence <= self.sentence[found[1]]
                )
                column[inside] = OUTSIDE

    def mark(self, tag: str, start: int, end: int) -> int | None:
        """Mark a span; the number of its first word."""
        found = self.words(start, end)
        if found is None:
            return None
        column = self.tags[:, self.tag[tag]]
        column[found[0]] = BEGINS
        column[found[0] + 1 : found[1] + 1] = INSIDE
        return found[0]

    def syntax(self) -> None:
        upos = {name: n for n, name in enumerate(self.labels.upos)}
        scripts = {name: n for n, name in enumerate(self.labels.scripts)}
        deprels = {name: n for n, name in enumerate(self.labels.deprels)}
        at = 0
        for sentence in self.text.sentences:
            for n, token in enumerate(sentence.tokens):
                form = self.text.text[token.start : token.end]
                self.classes["upos"][at + n] = upos.get(token.upos or "", MISSING)
                if token.lemma:
                    self.classes["lemma"][at + n] = scripts.get(script(form, token.lemma), MISSING)
                self.classes["deprel"][at + n] = deprels.get(token.deprel or "", MISSING)
                if token.head is not None:
                    self.classes["arc"][at + n] = NOTHING if token.head < 0 else at + token.head
            at += len(sentence.tokens)

    def names(self) -> None:
        for kind in sorted(self.text.kinds):
            self.open(f"name:{kind}", "names")
        for name in sorted(self.text.names):
            self.mark(f"name:{name.kind}", name.start, name.end)
        columns = [self.tag[f"name:{kind}"] for kind in self._name_kinds()]
        for stretch in self.text.unsure:
            found = self.words(stretch.start, stretch.end)
            if found:
                unsure = self.tags[found[0] : found[1] + 1, columns]
                unsure[unsure == OUTSIDE] = MISSING
                self.tags[found[0] : found[1] + 1, columns] = unsure

    def _name_kinds(self) -> list[str]:
        return [tag.removeprefix("name:") for tag in self.labels.tags if tag.startswith("name:")]

    def negations(self) -> None:
        self.open("negation", "negations")
        for negation in self.text.negations:
            self.mark("negation", negation.cue.start, negation.cue.end)

    def events(self) -> None:
        self.open("event", "events", [(e.start, e.end) for e in self.text.events])
        for event in self.text.events:
            self.mark("event", event.start, event.end)

    def statements(self) -> None:
        marked = [(p.start, p.end) for s in self.text.statements for p in (*s.source, *s.cue, *s.content)]
        for tag in ("source", "cue", "content", "inner"):
            self.open(tag, "statements", marked)
        # What somebody knew or saw is no statement (bench/gold/guide.md): it stays outside.
        told = [s for s in self.text.statements if s.how != "known"]
        contents = sorted(((p.start, p.end) for s in told for p in s.content), key=lambda p: (p[0], -p[1]))
        inner, reach = set(), -1
        for piece in contents:
            if piece[1] <= reach:
                inner.add(piece)
            reach = max(reach, piece[1])
        for statement in told:
            self._statement(statement, inner)

    def _statement(self, statement: Attribution, inner: set[tuple[int, int]]) -> None:
        cues = [self.mark("cue", p.start, p.end) for p in statement.cue]
        sources = [self.mark("source", p.start, p.end) for p in statement.source]
        if cues and cues[0] is not None:
            self.classes["negated"][cues[0]] = int(statement.negated)
            self.classes["thought"][cues[0]] = int(statement.how == "thought") if statement.how else MISSING
        for piece in statement.content:
            first = self.mark(
                "inner" if (piece.start, piece.end) in inner else "content", piece.start, piece.end
            )
            if first is not None:
                for role, held in (("cue", cues), ("source", sources)):
                    self.classes[role][first] = NOTHING if not held or held[0] is None else held[0]

    def mentions(self) -> Ints:
        if "mentions" not in self.text.partial:
            self.classes["mention"][:] = 0
        kinds = {name: n for n, name in enumerate(self.labels.mentions)}
        chains: dict[str, int] = {}
        rows: dict[int, list[int]] = {}
        # The narrowest mention of a head comes first and stays: "X and Y" gives way to "X".
        for mention in sorted(self.text.mentions, key=lambda m: (m.end - m.start, m.start)):
            row = self._mention(mention, kinds, chains)
            if row and row[0] not in rows:
                rows[row[0]] = row
        found = sorted(rows.values(), key=lambda r: (r[1], -r[2]))
        return np.array(found, dtype=np.int64).reshape(-1, 4)

    def _mention(self, mention: Mention, kinds: dict[str, int], chains: dict[str, int]) -> list[int]:
        head, span = self.words(mention.head_start, mention.head_end), self.words(mention.start, mention.end)
        if head is None or span is None or self.classes["first"][head[1]] != MISSING:
            return []
        at = head[1]
        # Of a kind that nobody tells nothing is learned; its words and its chain are.
        known = mention.kind is not None
        self.classes["mention"][at] = kinds.get(mention.kind or "thing", 1) if known else MISSING
        self.classes["first"][at], self.classes["last"][at] = span
        chain = chains.setdefault(mention.chain, len(chains)) if mention.chain and self.has("chains") else -1
        return [at, *span, chain]


def document(text: Text, labels: Labels) -> Document:
    """A corpus text as arrays over its words."""
    maker = _Maker(text, labels)
    fills: dict[Layer, Callable[[], None]] = {
        "syntax": maker.syntax,
        "names": maker.names,
        "negations": maker.negations,
        "events": maker.events,
        "statements": maker.statements,
    }
    for layer, fill in fills.items():
        if layer in text.layers:
            fill()
    mentions = maker.mentions() if maker.has("mentions") else np.zeros((0, 4), dtype=np.int64)
    return Document(
        text=text,
        words=[text.text[a:b] for a, b in zip(maker.start.tolist(), maker.end.tolist(), strict=True)],
        start=maker.start,
        end=maker.end,
        sentence=maker.sentence,
        classes=maker.classes,
        tags=maker.tags,
        mentions=mentions,
    )


def documents(texts: Iterable[Text], labels: Labels) -> list[Document]:
    """The texts that have words, as arrays."""
    return [d for d in (document(t, labels) for t in texts) if d.words]
