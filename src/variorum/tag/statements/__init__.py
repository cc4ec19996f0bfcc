"""documents, blocks, sentences, mentions, chains, times -> statements: who says what, by rules.

Spans follow PARC 3 (Pareti 2016, "PARC 3.0: A Corpus of Attribution Relations") with one change: content spans are
the words alone, without the quotation marks around a whole quotation and without the comma or full stop that belongs to
the frame, so that one utterance compares equal across pages that set it differently. Marks inside mixed content
stay. "that" belongs to the content, the preposition of "warned of" and the auxiliaries and the negation to the cue.

- `"A," he said, "B." "C."` is one statement with three content spans; `"A," he said, adding that B` is two.
- A quotation without a frame that only continues a speaker has that speaker's source and no cue.
- Inside a statement's content there may be another: `via` of the inner one is the outer one.
- What has not been said yet ("will announce", "may say") is no statement; "did not say" is one, negated.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from variorum.records import (
    Block,
    Chain,
    Document,
    Mention,
    Sentence,
    Span,
    Statement,
    Tables,
    Time,
    by,
    from_table,
    to_table,
)
from variorum.stage import Stage
from variorum.tag.statements import lexicon
from variorum.tag.statements.assemble import read
from variorum.tag.statements.units import Page

if TYPE_CHECKING:
    from variorum.settings import Settings


def _run(tables: Tables, _: Settings) -> Tables:
    blocks = by(from_table(Block, tables["blocks"]), "doc")
    sentences = by(from_table(Sentence, tables["sentences"]), "doc")
    mentions = by(from_table(Mention, tables["mentions"]), "doc")
    chains = by(from_table(Chain, tables["chains"]), "doc")
    times = by(from_table(Time, tables["times"]), "doc")
    found: list[Statement] = []
    for doc in sorted(from_table(Document, tables["documents"]), key=lambda d: d.id):
        page = Page(
            doc,
            blocks=blocks[doc.id],
            sentences=[Span(s.start, s.end) for s in sentences[doc.id]],
            mentions=mentions[doc.id],
            chains=chains[doc.id],
            times=times[doc.id],
        )
        if page.sentences:
            found += read(page)
    return {"statements": to_table(Statement, found, made_by=STAGE.made_by)}


STAGE = Stage(
    name="statements",
    version=2,
    needs=("documents", "blocks", "sentences", "mentions", "chains", "times"),
    makes=("statements",),
    split_by="document",
    run=_run,
    resources=lexicon.digests,
    libraries=("regex",),
)
