"""documents, blocks, sentences, tokens -> mentions, chains: who and what a page speaks of, by rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from variorum.records import (
    Block,
    Chain,
    Document,
    Mention,
    Sentence,
    Span,
    Tables,
    Token,
    by,
    from_table,
    to_table,
)
from variorum.stage import Stage
from variorum.tag.mentions.kinds import decide
from variorum.tag.mentions.page import Page
from variorum.tag.mentions.pieces import pieces
from variorum.tag.mentions.titles import titles
from variorum.text import lexicon
from variorum.text.normalise import fold

if TYPE_CHECKING:
    from variorum.settings import Settings


def mentions_of(page: Page) -> tuple[list[Mention], list[Chain]]:
    """The mentions and chains of one page, each sorted by its place or its first mention's."""
    found = pieces(page, titles(page))
    decide(page, found)
    chains: dict[tuple[str, str], Chain] = {}
    mentions = []
    for p in found:
        if p.kind not in {"person", "organisation", "place", "group", "work", "event"}:
            continue
        name = page.slice(p.first, p.stop)
        key = (p.kind, fold(page.word[p.stop - 1] if p.kind == "person" else name))
        chain = chains.setdefault(key, Chain(doc=page.doc.id, name=name, kind=p.kind))
        span = Span(page.start[p.first], page.end[p.stop - 1])
        mentions.append(
            Mention(doc=page.doc.id, start=span.start, end=span.end, kind=p.kind, head=span, chain=chain.id)
        )
    return mentions, list(chains.values())


def _run(tables: Tables, _: Settings) -> Tables:
    blocks = by(from_table(Block, tables["blocks"]), "doc")
    sentences = by(from_table(Sentence, tables["sentences"]), "doc")
    tokens = by(from_table(Token, tables["tokens"]), "doc")
    mentions: list[Mention] = []
    chains: list[Chain] = []
    for doc in sorted(from_table(Document, tables["documents"]), key=lambda d: d.id):
        page = Page(doc, sentences[doc.id], tokens[doc.id], blocks[doc.id])
        found, made = mentions_of(page)
        mentions += found
        chains += made
    return {
        "mentions": to_table(Mention, mentions, made_by=STAGE.made_by),
        "chains": to_table(Chain, chains, made_by=STAGE.made_by),
    }


STAGE = Stage(
    name="mentions",
    version=1,
    needs=("documents", "blocks", "sentences", "tokens"),
    makes=("mentions", "chains"),
    split_by="document",
    run=_run,
    resources=lexicon.digests,
)
