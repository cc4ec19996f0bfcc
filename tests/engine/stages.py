"""Small stages for tests of the engine: pages of words, the words they share, how often."""

from __future__ import annotations

import os
import signal
import time
import zlib

from variorum.records import (
    Anchor,
    Body,
    Candidate,
    Document,
    Fingerprint,
    Page,
    Seed,
    Story,
    by,
    digest,
    from_table,
    to_table,
)
from variorum.stage import Fetch, Stage


def page(name: str, text: str) -> tuple[Page, bytes]:
    body = text.encode()
    return Page(
        location=name, input=name, sha256=digest(body), size=len(body), form="text", charset="utf-8"
    ), body


def _clean(tables, _settings):
    bodies = {b.page: zlib.decompress(b.bytes).decode() for b in from_table(Body, tables["bodies"])}
    rows = [
        Document(page=p.id, location=p.location, text=bodies[p.id]) for p in from_table(Page, tables["pages"])
    ]
    for row in rows:
        if "crash" in row.text:
            raise ValueError(row.text)
        if "kill" in row.text:
            os.kill(os.getpid(), signal.SIGKILL)
        if "slow" in row.text:
            end = time.process_time() + 30
            while time.process_time() < end:
                pass
    return {"documents": to_table(Document, rows, made_by="clean@1")}


def _words(tables, _settings):
    rows = [
        Fingerprint(doc=d.id, start=n, end=n + 1, hash=zlib.crc32(word.encode()))
        for d in from_table(Document, tables["documents"])
        for n, word in enumerate(d.text.split())
    ]
    return {"fingerprints": to_table(Fingerprint, rows, made_by="words@1")}


def _pairs(tables, _settings):
    rows = []
    for same in by(from_table(Fingerprint, tables["fingerprints"]), "hash").values():
        docs = sorted({f.doc for f in same})
        rows += [Candidate(pair=digest(a, b), left=a, right=b) for a in docs for b in docs if a < b]
    return {"candidates": to_table(Candidate, rows, made_by="pairs@1")}


def _longest(tables, _settings):
    texts = {d.id: d for d in from_table(Document, tables["documents"])}
    rows = [
        Seed(
            pair=c.pair,
            left=Anchor(c.left, 0, len(texts[c.left].text)),
            right=Anchor(c.right, 0, len(texts[c.right].text)),
        )
        for c in from_table(Candidate, tables["candidates"])
    ]
    return {"seeds": to_table(Seed, rows, made_by="longest@1")}


def _stories(tables, _settings):
    groups = {d.id: {d.id} for d in from_table(Document, tables["documents"])}
    for seed in from_table(Seed, tables["seeds"]):
        joined = groups[seed.left.doc] | groups[seed.right.doc]
        for doc in joined:
            groups[doc] = joined
    rows = [Story(title="", documents=docs) for docs in sorted({tuple(sorted(g)) for g in groups.values()})]
    return {"stories": to_table(Story, rows, made_by="stories@1")}


CLEAN = Stage(
    name="clean", version=1, needs=("pages", "bodies"), makes=("documents",), split_by="document", run=_clean
)
WORDS = Stage(
    name="words", version=1, needs=("documents",), makes=("fingerprints",), split_by="document", run=_words
)
PAIRS = Stage(
    name="pairs", version=1, needs=("fingerprints",), makes=("candidates",), split_by="hash", run=_pairs
)
LONGEST = Stage(
    name="longest",
    version=1,
    needs=("candidates",),
    makes=("seeds",),
    split_by="pair",
    run=_longest,
    fetch=(Fetch(table="documents", column="id", by=("candidates.left", "candidates.right")),),
)
STORIES = Stage(
    name="stories", version=1, needs=("seeds", "documents"), makes=("stories",), split_by="all", run=_stories
)
CHAIN = (CLEAN, WORDS, PAIRS, LONGEST, STORIES)
