"""A page as the rules for mentions see it: its tokens in parallel lists, what the reader marked, quotations."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

import msgspec

from variorum.records import by

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from variorum.records import Block, Document, Label, Sentence, Token

POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
OPENERS = frozenset("“„«‘‹")
CLOSERS = frozenset("”»’›")
MARKS = OPENERS | CLOSERS | {'"', "'", "''", "``"}


def shape(word: str) -> str:
    """`U` capitals, `C` capital first, `I` initial, `l` lower case, `0` digits, `.` anything else."""
    head = word[0]
    if head.isupper():
        if len(word) == 2 and word[1] == ".":
            return "I"
        letters = [c for c in word if c.isalpha()]
        return "U" if len(letters) > 1 and all(c.isupper() for c in letters) else "C"
    if head.isalpha():
        return "l"
    return "0" if head.isdigit() else "."


class Marked(msgspec.Struct, frozen=True):
    """A name or mention that the reader marked: tokens [first, stop).

    Attributes:
        kind: What it refers to; empty for a mention of no kind of ours.
        head: Its head token; of a name its first.
        chain: Number of its chain; -1 for a name.
    """

    first: int
    stop: int
    kind: str
    head: int
    chain: int = -1


class Page:
    """One document's tokens, in parallel lists indexed by token.

    Attributes:
        word, low, shape: The token, in lower case, and the form of its letters.
        upos, governor, deprel: Its part of speech; the token that governs it, -1 for a root, and how.
        names, mentions: What the reader marked, by place, longer ones first.
        start, end: Its place in the document's text, in code points.
        sentence: Index of its sentence; `bounds[sentence]` is the sentence's half-open range of tokens.
        opens: Whether a capital here says nothing: first word of a sentence, a quotation, after a colon.
        quoted: Whether it stands inside quotation marks.
    """

    def __init__(
        self,
        doc: Document,
        sentences: Iterable[Sentence],
        tokens: Iterable[Token],
        blocks: Iterable[Block],
        labels: Iterable[Label] = (),
    ) -> None:
        self.doc = doc
        self.text = doc.text
        self.word: list[str] = []
        self.upos: list[str] = []
        self.governor: list[int] = []
        self.deprel: list[str] = []
        self.start: list[int] = []
        self.end: list[int] = []
        self.sentence: list[int] = []
        self.bounds: list[tuple[int, int]] = []
        self.block: list[str] = []
        kinds: dict[str, str] = {b.id: b.kind for b in blocks}
        grouped = by(tokens, "sentence")
        self.kind = []
        for sentence in sorted(sentences, key=lambda s: (s.start, s.end)):
            self._add(sorted(grouped[sentence.id], key=lambda t: t.start), sentence.block)
            self.kind.append(kinds.get(sentence.block, "paragraph"))
        self.low = [w.lower() for w in self.word]
        self.shape = [shape(w) for w in self.word]
        self.quoted = self._quotations()
        self.opens = self._openings()
        self.lower_seen = {w for w, s in zip(self.word, self.shape, strict=True) if s == "l"}
        marked = list(labels)
        self.names = self._marked(marked, "name")
        self.mentions = self._marked(marked, "mention")

    def __len__(self) -> int:
        return len(self.word)

    def _add(self, tokens: Sequence[Token], block: str) -> None:
        first = len(self.word)
        for token in tokens:
            self.word.append(self.text[token.start : token.end])
            self.upos.append(token.upos)
            self.governor.append(first + token.head if token.head >= 0 else -1)
            self.deprel.append(token.deprel)
            self.start.append(token.start)
            self.end.append(token.end)
            self.sentence.append(len(self.bounds))
        self.bounds.append((first, len(self.word)))
        self.block.append(block)

    def _quotations(self) -> list[bool]:
        """Inside double quotation marks; a mark left open ends with its block."""
        inside, found, block = False, [], ""
        for i, word in enumerate(self.word):
            now = self.block[self.sentence[i]]
            if now != block:
                inside, block = False, now
            if word in {"“", "„", "«"}:
                inside = True
            elif word in {"”", "»"}:
                inside = False
            elif word == '"':
                inside = not inside
            found.append(inside)
        return found

    def _openings(self) -> list[bool]:
        found = [False] * len(self.word)
        for first, stop in self.bounds:
            at = first
            while at < stop and self.shape[at] == ".":
                at += 1
            if at < stop:
                found[at] = True
            for i in range(first + 1, stop):
                before = self.word[i - 1]
                if before in {":", "•", "–", "—", "…", "...", "|"} or (
                    before in MARKS and self._mark_opens(i - 1)
                ):
                    found[i] = True
        return found

    def _mark_opens(self, mark: int) -> bool:
        if self.word[mark] in {'"', "'"}:
            return mark + 1 < len(self.word) and self.end[mark] == self.start[mark + 1]
        return self.word[mark] in OPENERS

    def _marked(self, labels: Iterable[Label], layer: str) -> list[Marked]:
        """The labels of one layer over tokens, by place, longer ones first."""
        found = []
        for label in labels:
            if label.layer == layer:
                first, stop = self.tokens_in(label.start, label.end)
                head = self.tokens_in(label.head.start, label.head.end)[0] if label.head else first
                found.append(Marked(first, stop, label.kind, head, label.chain))
        return sorted(found, key=lambda m: (m.first, -m.stop, m.kind, m.head))

    def tokens_in(self, start: int, end: int) -> tuple[int, int]:
        """The half-open range of the tokens that a stretch of the text touches."""
        return bisect_right(self.end, start), bisect_left(self.start, end)

    def slice(self, first: int, stop: int) -> str:
        """The text from token `first` up to, but not with, token `stop`."""
        return self.text[self.start[first] : self.end[stop - 1]]

    def next_low(self, at: int) -> str:
        """The token at `at` in lower case; empty past the end of its sentence or of the page."""
        return self.low[at] if 0 <= at < len(self.low) else ""

    def same_sentence(self, left: int, right: int) -> bool:
        return (
            0 <= left < len(self.sentence)
            and 0 <= right < len(self.sentence)
            and self.sentence[left] == self.sentence[right]
        )

    def adjacent(self, left: int, right: int) -> bool:
        """Whether two tokens stand without space between them."""
        return self.end[left] == self.start[right]
