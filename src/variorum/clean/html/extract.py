"""Which words of a page are its article, by trafilatura.

A. Barbaresi (2021): Trafilatura: A Web Scraping Library and Command-Line Tool for Text Discovery and Extraction,
ACL demos. Its words alone are used; the text is composed from the page's own (`variorum.clean.html.compose`).
"""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

from lxml.etree import LxmlError

from variorum.errors import PageRefused

if TYPE_CHECKING:
    from collections.abc import Collection

# What code of others has been seen to raise, or documents, on hostile pages; each ends that page alone.
_FAILURES = (
    LxmlError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    MemoryError,
    RecursionError,
    TypeError,
    ValueError,
)
# trafilatura repeats a cell as often as colspan says (its issue 657): 9e15 times, if a page says so.
_LONG_SPAN = re.compile(r"span\s*=\s*[\"']?\s*[+-]?\d[\d.e+]{2}")
_SPANS = re.compile(r"\b((?:col|row)span\s*=\s*[\"']?\s*)[+-]?\d[\d.eE+]{2,}", re.IGNORECASE)

# A library speaks through its results; without a handler Python would print these loggers' warnings.
for _name in ("trafilatura", "htmldate", "courlan", "justext"):
    logging.getLogger(_name).addHandler(logging.NullHandler())


def article_words(raw: str, *, url: str, tags: Collection[str]) -> list[list[str]]:
    """The words of a page's article.

    Args:
        raw: The page.
        url: Its address, or empty.
        tags: Names of its elements; a page without `html` is given one.

    Returns:
        Stretches of text in trafilatura's order, each as its words.

    Raises:
        PageRefused: If it finds no article, or fails.
    """
    import trafilatura  # noqa: PLC0415 - a quarter of a second that pages of text need not wait

    # The search costs a tenth of the substitution and nearly always ends the matter.
    cells = "td" in tags or "th" in tags
    page = _SPANS.sub(r"\g<1>1", raw) if cells and _LONG_SPAN.search(raw.lower()) else raw
    if "html" not in tags:
        page = f"<html><body>{page}</body></html>"
    try:
        # fast and precise modes score alike on html/scrapinghub dev, fast is 1.5 times as quick.
        found = trafilatura.bare_extraction(page, url=url or None, fast=True, include_comments=False)
    except _FAILURES as error:
        raise PageRefused(f"the page could not be read: {type(error).__name__}") from error
    body = getattr(found, "body", None)
    if body is None:
        raise PageRefused("no article text found")
    return [str(text).split() for text in body.itertext() if text and not text.isspace()]
