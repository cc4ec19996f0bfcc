"""documents, blocks, sentences, tokens, labels -> mentions, chains: who and what a page speaks of.

The reader marks names, mentions and which of them are one; lists and rules join names of one thing, tell roles and who speaks
for whom, and have a veto on what the reader joins (docs/why/mentions.md).
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, cast

import msgspec

from variorum.records import (
    Block,
    Chain,
    Document,
    Label,
    Mention,
    Sentence,
    Span,
    Tables,
    Token,
    by,
    digest,
    from_table,
    to_table,
)
from variorum.stage import Stage
from variorum.tag.mentions.page import Page
from variorum.tag.mentions.resolve import Resolved, resolve
from variorum.text import gazetteer, lexicon

if TYPE_CHECKING:
    from variorum.records.spans import MentionKind
    from variorum.settings import Settings
    from variorum.tag.mentions.chains import Found
    from variorum.tag.mentions.entities import Entity


def _shown(name: str) -> str:
    return name.removeprefix("the ").removeprefix("The ")


def _fullest(names: list[str]) -> str:
    """The name of most words; of those the one in mixed case, told most often, first."""
    often = Counter(names)
    return max(names, key=lambda n: (len(n.split()), not n.isupper(), often[n], -names.index(n)))


def _chain(page: Page, entity: Entity) -> Chain:
    names = [_shown(n) for n in entity.names]
    name = _fullest(names)
    return Chain(
        doc=page.doc.id,
        name=name,
        kind=cast("MentionKind", entity.kind),
        aliases=tuple(sorted(set(names) - {name})),
        roles=tuple(entity.roles),
    )


def _chains(page: Page, entities: list[Entity], used: list[int]) -> dict[int, Chain]:
    """A chain for each entity that is mentioned, by the entity's index."""
    made: dict[int, Chain] = {}
    taken: set[str] = set()
    for e in used:
        chain = _chain(page, entities[e])
        if chain.id in taken:
            # Two unnamed officials of one description are two: their place tells them apart.
            place = page.start[entities[e].first]
            chain = msgspec.structs.replace(chain, id=digest(Chain.TABLE, chain.id, place))
        taken.add(chain.id)
        made[e] = chain
    for e, chain in made.items():
        body = made.get(entities[e].speaks_for)
        if body and body.id != chain.id:
            made[e] = msgspec.structs.replace(chain, speaks_for=body.id)
    return made


def _mention(page: Page, found: Found, chains: dict[int, Chain]) -> Mention:
    return Mention(
        doc=page.doc.id,
        start=page.start[found.first],
        end=page.end[found.stop - 1],
        kind=cast("MentionKind", found.kind),
        head=Span(page.start[found.head], page.end[found.head_stop - 1]),
        chain=chains[found.entity].id if found.entity >= 0 else "",
    )


def _records(made: Resolved) -> tuple[list[Mention], list[Chain]]:
    used = sorted({f.entity for f in made.found if f.entity >= 0}, key=lambda e: (made.entities[e].first, e))
    chains = _chains(made.page, made.entities, used)
    mentions = [_mention(made.page, f, chains) for f in made.found]
    return sorted(mentions, key=lambda m: (m.start, -m.end, m.kind)), list(chains.values())


def mentions_of(page: Page) -> tuple[list[Mention], list[Chain]]:
    """The mentions of one page by their place, and its chains by their first mention."""
    return _records(resolve(page))


def _run(tables: Tables, _: Settings) -> Tables:
    blocks = by(from_table(Block, tables["blocks"]), "doc")
    sentences = by(from_table(Sentence, tables["sentences"]), "doc")
    tokens = by(from_table(Token, tables["tokens"]), "doc")
    labels = by(from_table(Label, tables["labels"]), "doc")
    mentions: list[Mention] = []
    chains: list[Chain] = []
    for doc in sorted(from_table(Document, tables["documents"]), key=lambda d: d.id):
        page = Page(doc, sentences[doc.id], tokens[doc.id], blocks[doc.id], labels[doc.id])
        found, made = mentions_of(page)
        mentions += found
        chains += made
    return {
        "mentions": to_table(Mention, mentions, made_by=STAGE.made_by),
        "chains": to_table(Chain, chains, made_by=STAGE.made_by),
    }


def _resources() -> tuple[tuple[str, str], ...]:
    return (*lexicon.digests(), *gazetteer.digests())


STAGE = Stage(
    name="mentions",
    version=2,
    needs=("documents", "blocks", "sentences", "tokens", "labels"),
    makes=("mentions", "chains"),
    split_by="document",
    run=_run,
    resources=_resources,
    libraries=("rapidfuzz", "regex", "syntok"),
)
