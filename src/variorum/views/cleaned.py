"""One cleaned page as one plain object: what `variorum clean` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from variorum.records import Block, Document, Header, Page, Removed, by, from_table
from variorum.views.rows import Plain, Plainer, input_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from variorum.records import Tables

# What says of which bytes the ranges are, and how they became characters.
_PAGE = ("location", "sha256", "size", "charset", "form", "captured", "reason")


def cleaned_pages(tables: Tables) -> Iterator[Plain]:
    """Cleaned pages, in the order of the pages.

    Args:
        tables: Per-document tables of some pages.

    Returns:
        For every page with a document: `input`, `page` (location, sha256, size, charset, form, captured, reason),
        `title`, `outlet`, `author`, `credits`, `published`, `modified`, `language`, `translated`, `text`; `blocks` with
        kind, code points of `text`, and bytes of the page; `removed` with kind, text, page_ranges; and `evidence`: for
        each header field a list of value, found_in, text, page_ranges, chosen, reason.
    """
    documents = {d.page: d for d in from_table(Document, tables["documents"])}
    blocks = by(from_table(Block, tables["blocks"]), "doc")
    headers = by(from_table(Header, tables["headers"]), "doc")
    removed = by(from_table(Removed, tables["removed"]), "page")
    plainer = Plainer.of(documents.values())
    for page in from_table(Page, tables["pages"]):
        document = documents.get(page.id)
        if document is not None:
            yield _cleaned(
                page, document, blocks[document.id], headers[document.id], removed[page.id], plainer
            )


def _cleaned(
    page: Page,
    document: Document,
    blocks: list[Block],
    headers: list[Header],
    removed: list[Removed],
    plainer: Plainer,
) -> Plain:
    evidence: dict[str, list[Plain]] = {}
    for row in headers:
        plain = plainer.record(row)
        kept = ("value", "found_in", "text", "page_ranges", "chosen", "reason")
        evidence.setdefault(row.field, []).append({name: plain[name] for name in kept})
    return {
        "input": input_name(page),
        "page": {name: getattr(page, name) for name in _PAGE},
        "title": document.title,
        "outlet": document.outlet,
        "author": document.author,
        "credits": list(document.credits),
        "published": document.published_value,
        "modified": document.modified,
        "language": document.language,
        "translated": document.translated,
        "text": document.text,
        "blocks": [{"kind": b.kind, **plainer.span(b.doc, b.start, b.end)} for b in blocks],
        "removed": [
            {"kind": r.kind, "text": r.text, "page_ranges": plainer.record(r)["page_ranges"]} for r in removed
        ],
        "evidence": evidence,
    }
