"""The terms of each document, and the pairs of documents that share a telling one."""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from variorum.records import Block, Candidate, Document, Tables, Term, by, digest, from_table, to_table
from variorum.stage import Stage
from variorum.stories.vectors import background_digest, terms

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from variorum.settings import Settings

# A pair is worth scoring where both documents give one term at least this weight (squares of a document's weights sum
# to 1, so at most 69 terms pass). Swept .1, .12, .15 on stories/ecbplus and allsides: stories stay the same down to .12, with 40 % fewer pairs
# than at .1.
TELLING = 0.12
# A term of very many documents pairs each with the next `REACH` by id only: pairs stay linear, and rarer terms bring the
# others of its story. Swept 20, 40: no story of the corpora above changes.
REACH = 20


def _run_terms(tables: Tables, _settings: Settings) -> Tables:
    blocks = by(from_table(Block, tables["blocks"]), "doc")
    rows = []
    for document in from_table(Document, tables["documents"]):
        titles = [(b.start, b.end) for b in blocks[document.id] if b.kind == "title"]
        text = document.text
        if not titles and document.title:
            text = f"{document.title}\n\n{text}"
            titles = [(0, len(document.title))]
        rows += [Term(doc=document.id, term=t, weight=w) for t, w in terms(text, titles).items()]
    return {"terms": to_table(Term, rows, made_by=TERMS.made_by)}


def _pairs(rows: Sequence[Term]) -> Iterator[tuple[str, str]]:
    docs = sorted({r.doc for r in rows})
    for i, left in enumerate(docs):
        for right in docs[i + 1 : i + 1 + REACH]:
            yield left, right


def _run_candidates(tables: Tables, _settings: Settings) -> Tables:
    table: pa.Table = tables["terms"]
    telling = table.filter(pc.greater_equal(table.column("weight"), TELLING))
    rows = sorted(from_table(Term, telling), key=attrgetter("term", "doc"))
    found = {pair for _, group in groupby(rows, key=attrgetter("term")) for pair in _pairs(list(group))}
    pairs = [
        Candidate(pair=digest("pair", left, right), left=left, right=right) for left, right in sorted(found)
    ]
    return {"candidates": to_table(Candidate, pairs, made_by=CANDIDATES.made_by)}


TERMS = Stage(
    name="terms",
    version=1,
    needs=("documents", "blocks"),
    makes=("terms",),
    split_by="document",
    resources=background_digest,
    run=_run_terms,
)

CANDIDATES = Stage(
    name="candidates",
    version=1,
    needs=("terms",),
    makes=("candidates",),
    split_by="term",
    resources=background_digest,
    run=_run_candidates,
)
