"""Days that lines around an article tell: beside labels, in `time` elements, glued to other words, far from it where nothing nearer does."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from variorum.clean.cleaned import Evidence
from variorum.clean.header import PASSING, TEXT, URL, read_date
from variorum.clean.html.keep import words_in, words_of
from variorum.clean.html.meta import place, places
from variorum.clean.moments import days_in
from variorum.text.calendar import is_day, parse_stamp
from variorum.text.normalise import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from variorum.clean.html.keep import Line
    from variorum.clean.html.page import Elements
    from variorum.clean.html.scan import Scan

    # Evidence for a field, with its value, the span in the line, weight and reason.
    Told = Callable[..., list[Evidence]]

PUBLISHED = re.compile(
    r"publi|posted|press release|pressemitteilung|medienmitteilung|veröffentlicht|erschienen|erstellt|gespeichert|eingestellt|verfasst|geplaatst|opublikowano|zveřejněno|julkaistu|udgivet|lagt ut"
    r"|mis en ligne|mise en ligne|online seit|опубликован|опубліков|објављено|objavljeno|发布|发表|来源|掲載|公開",
    re.IGNORECASE,
)
MODIFIED = re.compile(
    r"updat|edited|modifi|aktualisiert|geändert|änderung|bearbeitet|mis à jour|mise à jour|actualizad|aggiornat|atualizad|bijgewerkt|uppdaterad|oppdatert|opdateret"
    r"|обновлен|оновлен|ažuriran|更新",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]{2,}")
_DIGIT = re.compile(r"\d")
# A line that holds a day and no more other words than this is a stamp.
_STAMP_WORDS = 7
# Behind the article more words than a weekday before a day say of what it is: of an event, of another page. Of the pages of
# html/trafilatura dev two have no day for it, whose gold has none either.
_LEADING_WORDS = 1
# Below a date that stands by itself beside the headline (60).
_DAY_NEAR, _DAY_FAR = TEXT - 4, PASSING
# Where nothing nearer tells a day: below the address.
_LABELLED, _TEASED, _RIGHTS = URL - 2, URL - 4, URL - 15
# A label by itself in a line, the day in the next.
_LABEL_WORDS = 4
_LONGEST = 120
# Lines above the headline in which a teaser's line of date and author may be the article's own.
_ABOVE = 3
_RIGHTS_LINE = re.compile(r"©|\(c\)|copyright", re.IGNORECASE)
# What a line with a full day holds; of such lines no more are read.
_HAS_DAY = re.compile(r"(?<!\d)(?:1[6-9]|20)\d\d(?!\d)|\d[./]\d\d?[./]\d\d")
_FAR_LINES = 400
_YEARLESS = re.compile(r"(?<!\d)(0?[1-9]|1[0-2])[月월]\s?(3[01]|[12]\d|0?[1-9])[日일]")


def days_of(
    told: Told, page: Scan, line: Line, offsets: Sequence[int], text: str, *, above: bool
) -> Iterator[Evidence]:
    """The day of a line that says it is of publication or of a change, or that holds little else.

    Args:
        told: Makes evidence of the line from a field, a value, a span of its words, a weight and a reason.
        page: The page.
        line: The line.
        offsets: Byte offset of each code point, and of the end.
        text: Its words.
        above: Whether it stands above the article or at its beginning.

    Yields:
        Evidence for `published` and `modified`; where words run into the day, it is read from a text node of its own.
    """
    if not _DIGIT.search(text):
        return
    dates = days_in(text)
    if not dates and len(line.nodes) > 1:
        yield from of_node(page, line, offsets, above=above)
        return
    at, rest = 0, text
    for date in dates:
        rest = rest.replace(text[date.start : date.end], " ")
    for date in dates:
        before, at = text[at : date.start], date.end
        if MODIFIED.search(before):
            yield from told("modified", date.value, (date.start, date.end), _DAY_FAR, "words that say so")
        elif PUBLISHED.search(before):
            yield from told("published", date.value, (date.start, date.end), _DAY_NEAR, "words that say so")
        elif len(dates) == 1 and _is_stamp(before, rest, above=above):
            weight = _DAY_NEAR if above else _DAY_FAR
            yield from told("published", date.value, (date.start, date.end), weight, "a day with little else")


def _is_stamp(before: str, rest: str, *, above: bool) -> bool:
    """Whether a line holds little besides its day: words before it, and all that is not it."""
    leading = 0 if above else len(_WORD.findall(before))
    return leading <= _LEADING_WORDS and len(_WORD.findall(rest)) <= _STAMP_WORDS


def of_node(page: Scan, line: Line, offsets: Sequence[int], *, above: bool) -> Iterator[Evidence]:
    """The day that one text node of a line is, where the words before or behind run into it: `Ada Morn3.5.2031`.

    Args:
        page: The page.
        line: The line.
        offsets: Byte offset of each code point, and of the end.
        above: Whether it stands above the article or at its beginning.

    Yields:
        Evidence for `published`, or for `modified` where the text node before it says so; one at most.
    """
    before = ""
    for node in line.nodes:
        text = words_in(page, [node])
        dates = days_in(text) if len(text) <= _LONGEST else ()
        if dates and not _WORD.findall(text[: dates[0].start]):
            modified = MODIFIED.search(before)
            yield Evidence(
                field="modified" if modified else "published",
                value=dates[0].value,
                text=text,
                page_ranges=places([node], offsets),
                found_in="text",
                weight=_DAY_NEAR if above and not modified else _DAY_FAR,
                reason="a day by itself, words run into it",
            )
            return
        before = text


def times_near(
    page: Scan, elements: Elements, lines: Sequence[Line], offsets: Sequence[int]
) -> Iterator[Evidence]:
    """The day of the `time` elements near the article, where all are of one day and none tells of a change."""
    found: dict[int, Evidence] = {}
    for line in lines:
        for node in line.nodes:
            element = next(
                (e for e in (node.element, page.parents[node.element]) if page.tags[e] == "time"), 0
            )
            if not element or elements.removed_kind(element) in {"comments", "advert"}:
                continue
            attributes = page.attributes(element)
            start, end = attributes.get("datetime", (node.start, node.end))
            text = page.raw[start:end].strip()
            value = parse_stamp(text) if "datetime" in attributes else read_date(text)
            if is_day(value[:10]) and not MODIFIED.search(elements.names(element)):
                found.setdefault(
                    element,
                    Evidence(
                        field="published",
                        value=value,
                        text=text,
                        page_ranges=place(start, end, offsets),
                        found_in="markup",
                        weight=PASSING + 5,
                        reason="time element near the article",
                    ),
                )
    if len({e.value[:10] for e in found.values()}) == 1:
        yield next(iter(found.values()))


def far_days(
    page: Scan, lines: Sequence[Line], told: Callable[[Line, str], Told], of_others: Callable[[Line], bool]
) -> Iterator[Evidence]:
    """Days told where nothing near the article tells one.

    Args:
        page: The page.
        lines: Its lines, kept ones named.
        told: Makes evidence of a line and its words.
        of_others: Whether a line speaks of other pages, or is hidden.

    Yields:
        Days with a label before them or in the line before; the line of date and author just above the headline, though it is
        called a teaser's; a day beside the headline's words in a teaser; a yearless day below it of which the page's addresses and names tell the year; the day in a line of
        rights. All weigh less than an address's.
    """
    first = next((i for i, line in enumerate(lines) if line.any_kept), 0)
    titles = {fold(words_of(page, line)) for line in lines if line.any_kept and line.kind == "title"}
    before, read = "", 0
    for i, line in enumerate(lines):
        if line.kind == "caption":
            continue
        text = words_of(page, line)
        if len(text) > _LONGEST:
            before = ""
            continue
        read = read + 1 if (dated := bool(_HAS_DAY.search(text))) else read
        dates = days_in(text) if dated and read <= _FAR_LINES else ()
        label, before = before, text if len(text.split()) <= _LABEL_WORDS and not dates else ""
        if not dates:
            yield from (
                _yearless(page, partial(told, line, text), text) if first <= i <= first + _ABOVE else ()
            )
            continue
        own = told(line, text)
        span, value = (dates[0].start, dates[0].end), dates[0].value
        lead = text[: dates[0].start]
        few = len(_WORD.findall(text)) <= _STAMP_WORDS + 3
        if first - _ABOVE <= i < first and few and not MODIFIED.search(lead):
            yield from own(
                "published", value, span, _TEASED, "the line of date and author above the headline"
            )
        elif of_others(line):
            beside = [fold(words_of(page, x)) for x in lines[i - 1 : i + 2 : 2]]
            if i and few and titles.intersection(beside):
                yield from own("published", value, span, _TEASED, "in a teaser of this very page")
        elif _RIGHTS_LINE.search(lead):
            yield from own("published", value, span, _RIGHTS, "the day in a line of rights")
        elif few and (said := lead if _WORD.search(lead) else label):
            if MODIFIED.search(said):
                yield from own("modified", value, span, _LABELLED, "words that say so")
            elif PUBLISHED.search(said):
                yield from own("published", value, span, _LABELLED, "words that say so")


def _yearless(page: Scan, told: Callable[[], Told], text: str) -> Iterator[Evidence]:
    """A day without year whose year stands with the same month and day in the page's code: `news20310506`."""
    if not (match := _YEARLESS.search(text)):
        return
    month, day = f"{int(match[1]):02}", f"{int(match[2]):02}"
    years = set(re.findall(rf"(?<!\d)(20\d\d)(?:{month}{day}|[-/]{month}[-/]{day})(?!\d)", page.raw))
    if len(years) == 1 and is_day(value := f"{years.pop()}-{month}-{day}"):
        yield from told()("published", value, match.span(), _LABELLED, "its year stands in the page's code")
