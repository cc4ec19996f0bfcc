"""Grown pages (`bench/fuzz/grow`) keep the laws of a cleaned page, and the laws can be broken."""

from __future__ import annotations

import random
from io import BytesIO

import msgspec
import pytest
from bench.fuzz.boxes import boxed
from bench.fuzz.clean import finds, tables_of
from bench.fuzz.grow import grow, grow_flat
from bench.fuzz.heavy import heavy
from bench.fuzz.laws import broken_laws

from variorum import ingest
from variorum.clean import STAGE
from variorum.records import Document, Removed, from_table, to_table
from variorum.settings import Settings
from variorum.text.offsets import OffsetMap, Run


@pytest.mark.parametrize("seed", range(12))
def test_grown_pages_keep_the_laws(seed):
    """Anchors, blocks, removed words and evidence of grown pages are what their bytes say; no planted word is lost."""
    rng = random.Random(seed)
    page, flat, box = grow(rng), grow_flat(rng), boxed(rng)
    assert not list(finds(page.text.encode("utf-8", "surrogatepass"), page))
    assert not list(finds(flat.encode()))
    assert not list(finds(heavy(rng, most=9_000).encode("utf-8", "surrogatepass")))
    assert not list(finds(box.data, held=box.held))


def slipped(document: Document) -> Document:
    runs = [
        Run(r.start, r.length, r.page_start + 1, r.width) for r in OffsetMap.unpack(document.offset_map).runs
    ]
    return msgspec.structs.replace(document, offset_map=OffsetMap(runs).pack())


SOURCE = grow(random.Random(33))


def test_the_laws_can_be_broken():
    """A map one byte off, a text cut short, and a removed block that is missing or there twice are each told."""
    body = SOURCE.text.encode()
    (page,) = [a.page for a in ingest.read(["-"], Settings(), stdin=BytesIO(body))]
    made = STAGE.run(tables_of(page, body), Settings())
    (document,), removed = from_table(Document, made["documents"]), from_table(Removed, made["removed"])
    assert removed
    assert SOURCE.exact
    assert not list(broken_laws(page, body, made, SOURCE))
    for changed in (
        {"documents": to_table(Document, [slipped(document)])},
        {"removed": to_table(Removed, [])},
        {"removed": to_table(Removed, [*removed, msgspec.structs.replace(removed[0], id="again")])},
        {"documents": to_table(Document, [msgspec.structs.replace(document, text=document.text.upper())])},
    ):
        assert list(broken_laws(page, body, made | changed, SOURCE)), changed.keys()
