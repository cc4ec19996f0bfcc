"""The one form in which every corpus comes to training: text, sentences, and what people marked in them.

All offsets are half-open code points of `Text.text`. A corpus never says more than it annotates: `Text.layers` names what it was
annotated for, `Text.kinds` which kinds of names; where `Text.partial` names a layer, what is marked is right but what is not marked is
no evidence of anything (mask it out of the loss, or use the marked spans alone).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

import msgspec

from variorum.models.labels import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

Split = Literal["train", "dev"]
Layer = Literal[
    "syntax",  # gold tokens with upos, lemma, head, deprel
    "names",  # Text.names, of the kinds in Text.kinds
    "mentions",  # Text.mentions: all nominal mentions, nested
    "heads",  # the mentions' heads are gold (else the last word before a preposition or comma is taken)
    "chains",  # Mention.chain is gold: equal chain = same thing, other chain = another thing
    "statements",  # Text.statements
    "negations",  # Text.negations
    "events",  # Text.events
]
How = Literal["said", "thought", "known", ""]
LAYERS: tuple[Layer, ...] = get_args(Layer)


class Span(msgspec.Struct, frozen=True, order=True):
    """Half-open code points of the text."""

    start: int
    end: int


class Token(msgspec.Struct, frozen=True):
    """A syntactic word. Parts of a contraction that cannot be told apart share one span.

    `head` is the index of the governor among the sentence's tokens, -1 for the root. All but the span are None where the corpus has
    no syntax; the tokens are then those of `words`.
    """

    start: int
    end: int
    upos: str | None = None
    lemma: str | None = None
    head: int | None = None
    deprel: str | None = None


class Sentence(msgspec.Struct, frozen=True):
    """A sentence: first token's start to last token's end. `id` is the corpus's own, or `N`, counted from 1."""

    start: int
    end: int
    tokens: tuple[Token, ...]
    id: str = ""


class Name(msgspec.Struct, frozen=True, order=True):
    """A proper name without article or title. Names of one kind never overlap; of several kinds they may nest."""

    start: int
    end: int
    kind: Kind


class Mention(msgspec.Struct, frozen=True):
    """A noun phrase (or pronoun) that refers to something.

    `chain` is equal for the same thing within the text, empty where it stands alone or is unknown. `kind` is one of ours, empty where
    the corpus says that it is none of ours, None where it does not say which. `named`: its head is a proper noun; `pronoun`: it is one; None: not told.
    """

    start: int
    end: int
    head_start: int
    head_end: int
    chain: str = ""
    kind: Kind | Literal[""] | None = ""
    named: bool | None = None
    pronoun: bool | None = None


class Attribution(msgspec.Struct, frozen=True):
    """Who said (thought, wrote) what. Any role may be empty or in several pieces, in order of the text.

    `negated`: somebody did not say it. `chain`: the chain of the mention that speaks; `speaker`: its name as annotated; both empty where
    unknown. `how`: said, thought (believed, hoped), known (knew, saw, found, decided: no statement to `bench/gold/guide.md`; leave
    it out or give it a head of its own), empty where nobody tells.
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    negated: bool = False
    chain: str = ""
    speaker: str = ""
    how: How = ""


class Negation(msgspec.Struct, frozen=True):
    """A negating word and the word that it negates (its governor in the syntax); None where that is not told."""

    cue: Span
    negated: Span | None = None


class Event(msgspec.Struct, frozen=True):
    """The words that tell of a happening. `chain` as in `Mention`; `action` a PLOVER type and `status` as in the table `events`, or empty."""

    start: int
    end: int
    chain: str = ""
    action: str = ""
    status: str = ""


class Text(msgspec.Struct, frozen=True):
    """One document (or one sentence, where a corpus has no documents) with all that it was annotated for.

    `unsure`: stretches outside of `names` where the corpus may well have missed a name or thinks otherwise of names than we do: leave
    their tokens out of the loss of names.
    """

    id: str
    corpus: str
    split: Split
    licence: str
    genre: str
    text: str
    sentences: tuple[Sentence, ...]
    layers: frozenset[Layer]
    names: tuple[Name, ...] = ()
    mentions: tuple[Mention, ...] = ()
    statements: tuple[Attribution, ...] = ()
    negations: tuple[Negation, ...] = ()
    events: tuple[Event, ...] = ()
    unsure: tuple[Span, ...] = ()
    kinds: frozenset[Kind] = frozenset()
    partial: frozenset[Layer] = frozenset()

    def tokens(self) -> Iterator[Token]:
        """All tokens, in order of the text."""
        for sentence in self.sentences:
            yield from sentence.tokens


class Fault(ValueError):  # noqa: N818 - as in bench.gold.page
    """A text that breaks the form; the message names corpus, text and what is wrong."""


def _bounds(text: Text) -> Iterator[tuple[str, int, int]]:
    """Every span of a text with what it is."""
    for s in text.sentences:
        yield "sentence", s.start, s.end
        for t in s.tokens:
            yield "token", t.start, t.end
    for n in text.names:
        yield "name", n.start, n.end
    for m in text.mentions:
        yield "mention", m.start, m.end
        yield "head", m.head_start, m.head_end
    for a in text.statements:
        for role in ("source", "cue", "content"):
            yield from ((role, p.start, p.end) for p in getattr(a, role))
    for g in text.negations:
        yield "negation", g.cue.start, g.cue.end
    yield from (("event", e.start, e.end) for e in text.events)
    yield from (("unsure", u.start, u.end) for u in text.unsure)


def faults(text: Text) -> list[str]:
    """What is wrong with a text.

    Returns:
        A line for each span that leaves the text, is empty or begins or ends in white space, each head that is no token of its sentence,
        each sentence that overlaps the next, names of one kind that overlap, spans of a layer that the text does not claim to have.
    """
    where = f"{text.corpus} {text.id}"
    found = []
    for what, start, end in _bounds(text):
        if not 0 <= start < end <= len(text.text):
            found.append(f"{where}: {what} {start}-{end} leaves the text or is empty")
        elif text.text[start].isspace() or text.text[end - 1].isspace():
            found.append(f"{where}: {what} {start}-{end} begins or ends in white space")
    for before, after in zip(text.sentences, text.sentences[1:], strict=False):
        if before.end > after.start:
            found.append(f"{where}: sentences {before.start} and {after.start} overlap")
    for s in text.sentences:
        heads = [t.head for t in s.tokens]
        if any(h is not None and (not -1 <= h < len(heads) or h == i) for i, h in enumerate(heads)):
            found.append(f"{where}: a head outside of sentence {s.start}")
        if "syntax" in text.layers and heads.count(-1) != 1:
            found.append(f"{where}: sentence {s.start} has {heads.count(-1)} roots")
    by_kind: dict[str, int] = {}
    for n in sorted(text.names):
        if by_kind.get(n.kind, 0) > n.start:
            found.append(f"{where}: names of kind {n.kind} overlap at {n.start}")
        by_kind[n.kind] = n.end
    unsaid = {n.kind for n in text.names} - text.kinds
    if unsaid:
        found.append(f"{where}: names of kinds not announced: {sorted(unsaid)}")
    return found + [
        f"{where}: {layer} without the layer"
        for layer in ("names", "mentions", "statements", "negations", "events")
        if getattr(text, layer) and layer not in text.layers
    ]
