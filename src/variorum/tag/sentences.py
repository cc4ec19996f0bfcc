"""documents, blocks -> sentences: the ground on which all tags stand.

A page that is not in English gets no sentences but one refusal for each table that tagging would have filled, so
that its silence is never mistaken for "nothing said" (design, law 2).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from variorum.records import Block, Document, Refusal, Sentence, Tables, by, from_table, to_table
from variorum.stage import Stage
from variorum.text import segment

if TYPE_CHECKING:
    from collections.abc import Iterable

    from variorum.settings import Settings

# The tables whose emptiness means "unknown" on a page in another language.
UNREAD: tuple[str, ...] = ("figures", "mentions", "places", "statements", "times")
READ: frozenset[str] = frozenset({"en"})


def _refusals(doc: Document) -> list[Refusal]:
    return [
        Refusal(
            page=doc.page,
            doc=doc.id,
            stage=STAGE.name,
            table=table,
            reason=f"unknown: language ({doc.language})",
        )
        for table in UNREAD
    ]


def sentences_of(doc: Document, blocks: Iterable[Block]) -> list[Sentence]:
    """The sentences of one document, in text order, none reaching across blocks."""
    found = []
    for block in sorted(blocks, key=lambda b: (b.start, b.end)):
        for piece in segment.sentences(doc.text[block.start : block.end]):
            start, end = block.start + piece.start, block.start + piece.end
            found.append(Sentence(doc=doc.id, start=start, end=end, block=block.id))
    return found


def _run(tables: Tables, _: Settings) -> Tables:
    sentences: list[Sentence] = []
    refusals: list[Refusal] = []
    blocks = by(from_table(Block, tables["blocks"]), "doc")
    for doc in sorted(from_table(Document, tables["documents"]), key=lambda d: d.id):
        if doc.language not in READ:
            refusals += _refusals(doc)
            continue
        sentences += sentences_of(doc, blocks[doc.id])
    return {
        "sentences": to_table(Sentence, sentences, made_by=STAGE.made_by),
        "refusals": to_table(Refusal, refusals, made_by=STAGE.made_by),
    }


STAGE = Stage(
    name="sentences",
    version=2,
    needs=("documents", "blocks"),
    makes=("sentences", "refusals"),
    split_by="document",
    run=_run,
    libraries=("syntok", "regex"),
)
