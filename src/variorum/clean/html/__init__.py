"""HTML pages: scanned for words and their places, told article from chrome, composed of the page's own characters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from variorum.clean.cleaned import Cleaned
from variorum.clean.html.compose import Composer, removed_blocks
from variorum.clean.html.extract import article_words
from variorum.clean.html.keep import fill_gaps, keep_article, keep_surroundings, lines_of, name_lines
from variorum.clean.html.page import Elements
from variorum.clean.html.scan import scan

if TYPE_CHECKING:
    from collections.abc import Sequence

    from variorum.settings import Limits


def clean_html(raw: str, offsets: Sequence[int], *, url: str, limits: Limits) -> Cleaned:
    page = scan(raw, limits)
    lines = lines_of(page)
    elements = Elements(page)
    pieces = article_words(raw, url=url, whole="html" in page.tags)
    missing, _ = keep_article(page, lines, pieces)
    fill_gaps(elements, lines)
    name_lines(elements, lines)
    keep_surroundings(page, elements, lines, title=-1)
    composer = Composer(raw, offsets)
    for line in lines:
        if line.any_kept:
            composer.line([n for n, k in zip(line.nodes, line.kept, strict=True) if k], line.kind)
    return Cleaned(
        text=composer.builder.text,
        offset_map=composer.builder.offset_map(),
        blocks=composer.blocks,
        removed=removed_blocks(page, elements, lines, offsets),
        evidence=[],
        doubts=(f"{missing} words of the extractor could not be found in the page",) if missing else (),
    )
