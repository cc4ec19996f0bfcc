"""HTML pages: scanned for words and their places, told article from chrome, composed of the page's own characters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from variorum.clean.cleaned import Cleaned
from variorum.clean.html.blocks import second_look
from variorum.clean.html.compose import Composer, removed_blocks
from variorum.clean.html.copies import for_extractor
from variorum.clean.html.extract import article_words
from variorum.clean.html.headline import confirmed_by_host, find_headline, retitle, site_names
from variorum.clean.html.jsonld import jsonld_evidence
from variorum.clean.html.keep import (
    drop_tail,
    fill_gaps,
    keep_article,
    keep_lead,
    keep_surroundings,
    keep_title,
    lines_of,
    name_lines,
)
from variorum.clean.html.layout import Layout
from variorum.clean.html.lost import keep_lost_article
from variorum.clean.html.meta import meta_evidence, url_evidence
from variorum.clean.html.page import Elements
from variorum.clean.html.said import said_evidence, words_evidence
from variorum.clean.html.scan import scan
from variorum.errors import PageRefused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from variorum.clean.html.headline import Headline
    from variorum.clean.html.keep import Line
    from variorum.clean.html.scan import Scan
    from variorum.settings import Limits


def clean_html(raw: str, offsets: Sequence[int], *, url: str, limits: Limits) -> Cleaned:
    """Clean one HTML page.

    Args:
        raw: The page, decoded.
        offsets: Byte offset of each code point, and of the end.
        url: Its address, or empty.
        limits: What it may cost.

    Returns:
        The article's text, its title first where it stands visibly in the page; every other visible word as a
        removed block.

    Raises:
        PageRefused: If the page is over a limit, or no article is found in it.
    """
    page = scan(raw, limits)
    _check_words(page, limits)
    lines = lines_of(page)
    elements, layout = Elements(page), Layout(page, lines)
    missing, words = keep_article(page, lines, article_words(for_extractor(page), url=url, tags=page.tags))
    fill_gaps(elements, lines)
    keep_lost_article(elements, layout, lines)
    extracted = [line.any_kept for line in lines]
    article = [node for line in lines for node in line.kept_nodes]
    if not article:
        raise PageRefused(
            f"no article text found ({missing} words of it stand in no visible text, in a script perhaps)"
        )
    if all(elements.in_menu(node.element) for node in article):
        raise PageRefused("no article text found")
    elements.set_article(article)
    name_lines(elements, lines)
    told = [*jsonld_evidence(page, offsets), *meta_evidence(page, offsets), *url_evidence(url)]
    told = confirmed_by_host(told, url)
    names = site_names(told, url)
    told = retitle(told, names)
    titles = [e.value for e in told if e.field == "title" and e.value]
    headline = find_headline(page, elements, lines, titles, names)
    keep_title(page, lines, headline.lines)
    keep_lead(elements, layout, lines, title=headline.lines[-1] if headline.lines else -1)
    drop_tail(elements, lines)
    keep_surroundings(page, elements, lines, title=headline.lines[0] if headline.lines else -1)
    second_look(elements, layout, lines, extracted, headline.lines)
    composer = _composed(raw, offsets, lines, headline)
    doubt = f"{missing} of {words} words of the extractor could not be found in the page"
    return Cleaned(
        text=composer.builder.text,
        offset_map=composer.offset_map(),
        blocks=composer.blocks,
        removed=removed_blocks(elements, layout, lines, offsets),
        evidence=[
            *told,
            *said_evidence(page, elements, lines, headline, offsets),
            *words_evidence(page, elements, lines, composer, offsets),
        ],
        doubts=(doubt,) if missing else (),
    )


def _check_words(page: Scan, limits: Limits) -> None:
    # Two characters a word at least, so most pages need no counting.
    if sum(n.end - n.start for n in page.nodes) > 2 * limits.words:
        words = sum(len(page.raw[n.start : n.end].split()) for n in page.nodes)
        if words > limits.words:
            raise PageRefused(f"more than {limits.words} words")


def _composed(raw: str, offsets: Sequence[int], lines: Sequence[Line], headline: Headline) -> Composer:
    composer = Composer(raw, offsets)
    title = set(headline.lines)
    if title:
        composer.add([lines[i].kept_nodes for i in headline.lines], "title")
    for i, line in enumerate(lines):
        if line.any_kept and i not in title:
            composer.add([line.kept_nodes], line.kind)
    return composer
