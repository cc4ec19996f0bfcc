"""documents, sentences -> tokens, labels: what the reader sees in a page, in code points.

The reader (`variorum.models`) speaks of words; here its words become tokens, and all that it marked becomes labels: the ground on
which mentions, statements and events stand. Which reader it is, is a setting.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from variorum.models import sessions
from variorum.models.reading import open_reader
from variorum.records import Document, Label, Sentence, Span, Tables, Token, by, from_table, to_table
from variorum.stage import Stage
from variorum.text import segment

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from variorum.models.reading import Reading
    from variorum.records.spans import Layer
    from variorum.settings import Settings

Place = tuple[int, int]


def words_of(doc: Document, sentences: Sequence[Sentence]) -> list[list[Place]]:
    """The words of each sentence, as half-open code points of the document."""
    return [[(p.start, p.end) for p in segment.tokens(doc.text, s.start, s.end)] for s in sentences]


def tokens_of(
    doc: Document, sentences: Sequence[Sentence], words: Sequence[Sequence[Place]], read: Reading
) -> list[Token]:
    """The tokens of one document, in text order; `head` counts within the sentence."""
    found: list[Token] = []
    for sentence, places in zip(sentences, words, strict=True):
        first = len(found)
        for n, (start, end) in enumerate(places):
            at = first + n
            found.append(
                Token(
                    # The sentence's hash and the token's place in it: a hash of each token would cost half the stage.
                    id=f"{sentence.id}.{n}",
                    doc=doc.id,
                    start=start,
                    end=end,
                    sentence=sentence.id,
                    lemma=read.lemmas[at],
                    upos=read.upos[at],
                    head=read.heads[at] - first if read.heads[at] >= 0 else -1,
                    deprel=read.deprels[at],
                )
            )
    return found


class _Labels:
    """Turns spans of words into labels of one document."""

    def __init__(self, doc: Document, places: Sequence[Place]) -> None:
        self.doc, self.places = doc.id, places

    def span(self, first: int, last: int) -> Span:
        return Span(self.places[first][0], self.places[last][1])

    def label(self, layer: Layer, words: Place, **told: object) -> Label:
        span = self.span(*words)
        return Label(doc=self.doc, start=span.start, end=span.end, layer=layer, **told)  # type: ignore[arg-type]

    def all(self, read: Reading) -> Iterator[Label]:
        for name in read.names:
            yield self.label("name", (name.first, name.last), kind=name.kind)
        for m in read.mentions:
            head = self.span(m.head, m.head)
            yield self.label("mention", (m.first, m.last), kind=m.kind, head=head, chain=m.chain)
        for number, said in enumerate(read.statements):
            if said.source:
                yield self.label("source", said.source, said=number)
            if said.cue:
                yield self.label("cue", said.cue, said=number, negated=said.negated, thought=said.thought)
            for piece in said.content:
                yield self.label("content", piece, said=number)
        for words in read.negations:
            yield self.label("negation", words)
        for words in read.events:
            yield self.label("event", words)


def labels_of(doc: Document, words: Sequence[Sequence[Place]], read: Reading) -> list[Label]:
    """All that was marked in one document, by place."""
    found = _Labels(doc, [w for sentence in words for w in sentence]).all(read)
    return sorted(found, key=lambda label: (label.start, -label.end, label.layer, label.kind, label.said))


def _run(tables: Tables, settings: Settings) -> Tables:
    reader = open_reader(settings.reader)
    sentences = by(from_table(Sentence, tables["sentences"]), "doc")
    tokens: list[Token] = []
    labels: list[Label] = []
    for doc in sorted(from_table(Document, tables["documents"]), key=lambda d: d.id):
        held = sorted(sentences[doc.id], key=lambda s: (s.start, s.end))
        if not held:
            continue
        words = words_of(doc, held)
        read = reader.read(doc.text, words)
        tokens += tokens_of(doc, held, words, read)
        labels += labels_of(doc, words, read)
    return {
        "tokens": to_table(Token, tokens, made_by=STAGE.made_by),
        "labels": to_table(Label, labels, made_by=STAGE.made_by),
    }


STAGE = Stage(
    name="reader",
    version=1,
    needs=("documents", "sentences"),
    makes=("tokens", "labels"),
    split_by="document",
    run=_run,
    settings=("reader",),
    resources=sessions.digests,
    libraries=("numpy", "onnxruntime", "regex", "syntok", "tokenizers"),
)
