"""What the words of a page tell of its header: dates, bylines, agencies, the outlet, signs of translation.

Used for flattened pages, and for the blocks of HTML pages beside their markup. Nothing is guessed: a value stands
only where words say it, with these words and their place.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import msgspec

from variorum.clean.cleaned import Evidence
from variorum.clean.flat import marks
from variorum.text.calendar import find_dates

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from variorum.records import PageRange
    from variorum.records.document import HeaderField
    from variorum.text.calendar import FoundDate


class Line(msgspec.Struct, frozen=True):
    """A block or removed piece of a page.

    Attributes:
        text: Its words as they stand in the page.
        kind: Block kind; empty for what was removed.
        kept: Whether it is part of the text.
        ranges: Page ranges of code points `[start, end)` of `text`.
    """

    text: str
    kind: str
    kept: bool
    ranges: Callable[[int, int], tuple[PageRange, ...]]


# How far each way of telling is to be trusted, on the scale of `variorum.clean.header` (0 to 100): below markup made
# for machines, above guesses; a date beside a caption only says that the page is not older.
_LABELLED, _STAMP, _RESIDUE, _DATELINE, _SAID, _IMPRINT, _CAPTION = 70, 60, 65, 50, 30, 25, 10
_TITLE, _SITE, _BYLINE, _RIGHTS, _AGENCY, _PICTURE, _STATED, _SIGN = 60, 45, 60, 50, 55, 0, 80, 30

_MODIFIED = re.compile(
    r"\b(?:updated?|last modified|modified|edited|aktualisiert|mis à jour|mise à jour|actualizado|aggiornato|atualizado|bijgewerkt)\b"
    r"|обновлено|ažurirano|ажурирано|përditësuar|оновлено",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(
    r"\b(?:published|posted|first published|created|issued|release date|date|on|veröffentlicht|publié|publicado|pubblicato|gepubliceerd|stand)\b"
    r"|опубликовано|objavljeno|објављено|publikuar|дата",
    re.IGNORECASE,
)
_STAMP_WORDS = re.compile(
    r"\b(?:published|posted|first|last|updated?|modified|edited|created|issued|on|at|date|time|gmt|utc|[a-z]{1,4}t|a\.?m\.?|p\.?m\.?"
    r"|mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun(?:day)?|(?:mon|tues|wednes|thurs|fri|satur|sun)day|by|in|news|world|min read|read)\b",
    re.IGNORECASE,
)
_SAYING = re.compile(
    r"\b(?:said|says|told|announced|stated|declared|reported|warned|added|claimed|denied|confirmed|called)\b"
    r"[^.!?]{0,60}?\bon (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? ?\(?$"
)
_RIGHTS_LINE = re.compile(
    r"(?:©|\(c\)|copyright)\s*(?:©\s*)?(?:\d{4}\s*(?:[-–]\s*\d{4})?\s*,?\s*)?(?P<name>[A-Z][\w&.'’ -]{1,40}?)(?=\s*(?:[/|.,\n]|\d{4}|all rights|$))",
    re.IGNORECASE,
)
_AUTHOR = re.compile(
    r"^(?:(?:written|reported|reporting|story|posted|published) )?by:?\s+(?P<by>[A-ZÀ-ÞА-Я][^|,\n(•·]{1,60}?)(?=\s*(?:[|,(•·\n]|\bon\b|\bfor\b|\d|$))"
    r"|^(?:author|autor|autorin|auteur|autore|автор|аутор|autori|text)s?\s?:\s?(?P<label>[^|\n(•·]{1,60})",
    re.IGNORECASE,
)
_SOURCE = re.compile(
    r"^(?:source|quelle|izvor|извор|burimi|источник|fuente|fonte|bron)s?\s?:\s?(?P<name>[^|\n]{2,60})$",
    re.IGNORECASE,
)
_WITH_AGENCIES = re.compile(
    r"\b(?:with (?:additional )?(?:reporting by|input from|files from|inputs from)? ?(?:news )?agenc(?:y|ies)|\(agencies\))",
    re.IGNORECASE,
)
_CLOSING_AGENCY = re.compile(r"[\[(](?P<name>[A-Za-z][\w./& -]{1,30})[\])]\.?\s*$")
_REPORTING = re.compile(
    r"^\(?(?:additional )?reporting by [A-Z][^.]{3,120}; ?(?:editing|writing) by ", re.IGNORECASE
)
_STATES = re.compile(
    r"\b(?:translated (?:from|by)|translation(?: from| by|:)|machine[- ]translat\w+|this (?:article|story|text) (?:was|has been) (?:originally )?(?:published|written) in"
    r"|originally published in (?:[A-Z]\w+ish|[A-Z]\w+ese|Russian|German|French|Italian|Dutch|Arabic|Albanian|Serbian|Ukrainian|Greek)|aus dem \w+en übersetzt|traduit de|traducido del?|перевод с)\b",
    re.IGNORECASE,
)
_SIGNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("an editor's insertion as in other languages' press", re.compile(r"\([^()]{0,60}(?:,\s|\b)(?:ed|red|ndlr|ndt|n\.d\.r|nota red|anm\. d\. red|prim\. red|transl)\.?\)")),
    ("a stray letter in brackets", re.compile(r"\(\s?(?![aiAI]\s?\))[b-hj-z]\s\)|\(\s(?![aiAI]\s?\))[b-hj-z]\s?\)")),
    ("`he` or `she` for an organisation", re.compile(r"(?:^|[.!?]\s)(?:The )?[A-Z]{3,6} [a-z]+ (?:(?!\b[A-Z][a-z]+ [A-Z][a-z]+\b)[^.!?]){0,100}[.!?] (?:He|She) [a-z]+ed\b")),
)  # fmt: skip


def text_evidence(lines: Sequence[Line], *, site: str = "", title_reason: str = "") -> list[Evidence]:
    """Read header evidence from the words of a page.

    Args:
        lines: Kept blocks and removed pieces in page order; the headline's has the kind `title`.
        site: Name of the site that stood behind the headline, if one was cut off.
        title_reason: Why the headline was taken for one.

    Returns:
        Evidence for title, published, modified, author, credits, outlet and translated, in page order by field.
    """
    found: list[Evidence] = []
    head = next((i for i, line in enumerate(lines) if line.kind == "title"), -1)
    paragraphs = [i for i, line in enumerate(lines) if line.kind == "paragraph"]
    for i, line in enumerate(lines):
        near = -1 <= head - i <= 3 if head > i else i <= (paragraphs[1] if len(paragraphs) > 1 else head + 8)
        found.extend(_dates(line, near=near, early=i in paragraphs[:3]))
        found.extend(_people(line, near=near or line.kind == "byline"))
        if line.kind == "title" and line.text.strip():
            found.append(
                _evidence(line, "title", " ".join(line.text.split()), 0, len(line.text), _TITLE, title_reason)
            )
    found.extend(_outlets(lines, site))
    found.extend(_translated(lines))
    return found


def _evidence(
    line: Line,
    field: HeaderField,
    value: str,
    start: int,
    end: int,
    weight: int,
    reason: str,
    *,
    found_in: str = "text",
) -> Evidence:
    return Evidence(
        field=field,
        value=value,
        text=line.text[start:end],
        page_ranges=line.ranges(start, end),
        found_in=found_in,
        weight=weight,
        reason=reason,
    )


def _dates(line: Line, *, near: bool, early: bool) -> Iterator[Evidence]:
    if not any(c.isdigit() for c in line.text[:1000]):
        return
    if line.kind in {"paragraph", "list", "quote", "heading"}:
        yield from _prose_dates(line, early=early)
        return
    text = line.text[:1000]
    if not near and len(text) > 200:
        return
    dates = find_dates(text)
    if line.kind in {"caption", "embed"}:
        if line.kind == "caption":
            for date in dates[:1]:
                yield _evidence(
                    line,
                    "published",
                    date.value,
                    date.start,
                    date.end,
                    _CAPTION,
                    "a caption's date: the page is not older",
                    found_in="caption",
                )
        return
    if not dates:
        return
    imprint = marks.IMPRINT.search(text)
    if imprint and imprint["date"]:
        for date in dates[-1:]:
            yield _evidence(
                line,
                "published",
                date.value,
                date.start,
                date.end,
                _IMPRINT,
                "an image's imprint",
                found_in="caption",
            )
        return
    if line.kind != "title":
        yield from _stamps(line, text, dates, near=near)


def _stamps(line: Line, text: str, dates: Sequence[FoundDate], *, near: bool) -> Iterator[Evidence]:
    """Dates of lines that hold a time stamp and little else."""
    rest = _STAMP_WORDS.sub(" ", _without(text, dates))
    bare = len(re.findall(r"[^\W\d_]{2,}", rest)) <= 4
    position = 0
    for date in dates[:4]:
        before = text[position : date.start]
        position = date.end
        if _MODIFIED.search(before[-30:]):
            yield _evidence(
                line,
                "modified",
                date.value,
                date.start,
                date.end,
                _LABELLED if near else _SAID,
                "a stamp that says so",
            )
        elif re.match(r"^\W*date\W", before, re.IGNORECASE) and near:
            yield _evidence(
                line,
                "published",
                date.value,
                date.start,
                date.end,
                _RESIDUE,
                "a template's date above the headline",
            )
        elif _PUBLISHED.search(before[-30:]) and bare:
            yield _evidence(
                line,
                "published",
                date.value,
                date.start,
                date.end,
                _LABELLED if near else _SAID,
                "a stamp that says so",
            )
        elif near and bare:
            yield _evidence(
                line,
                "published",
                date.value,
                date.start,
                date.end,
                _STAMP + 8 * ("T" in date.value),
                "a date by itself beside the headline",
            )


def _without(text: str, dates: Sequence[FoundDate]) -> str:
    for date in reversed(dates):
        text = text[: date.start] + " " + text[date.end :]
    return text


def _prose_dates(line: Line, *, early: bool) -> Iterator[Evidence]:
    if not early:
        return
    text = line.text[:1500]
    opening = marks.DATELINE.match(text)
    if opening and opening["date"]:
        for date in find_dates(text[: opening.end()])[:1]:
            yield _evidence(line, "published", date.value, date.start, date.end, _DATELINE, "the dateline")
    for date in find_dates(text):
        if _SAYING.search(text[: date.start]):
            yield _evidence(
                line,
                "published",
                date.value,
                date.start,
                date.end,
                _SAID,
                "the day of what is reported: the page is not older",
            )
            return


def _people(line: Line, *, near: bool) -> Iterator[Evidence]:
    text = line.text[:2000] if line.kind == "caption" else line.text[:400]
    if line.kind in {"paragraph", "quote", "list"}:
        yield from _agency_in_prose(line, text)
        return
    source = _SOURCE.match(text)
    if source:
        name = source["name"].strip(" .")
        yield _evidence(
            line,
            "credits",
            _agency(name) or name,
            source.start("name"),
            source.start("name") + len(name),
            _AGENCY,
            "a source line",
        )
        return
    if line.kind == "caption" or marks.CREDIT_LINE.match(text):
        for match in re.finditer(r"[A-Z][\w-]+(?: [A-Z][\w-]+)?", text):
            name = match.group().removesuffix(" Photo")
            if _agency(name) and match.start() > len(text) - 60:
                yield _evidence(
                    line,
                    "credits",
                    _agency(name),
                    match.start(),
                    match.start() + len(name),
                    _PICTURE,
                    "the credit of a picture",
                    found_in="caption",
                )
        return
    author = _AUTHOR.match(text) if near else None
    if author and (line.kind == "byline" or len(text) < 90):
        group = "by" if author["by"] else "label"
        name = author[group].strip(" .,-–—")
        start = author.start(group)
        if _agency(name):
            yield _evidence(
                line, "credits", _agency(name), start, start + len(name), _AGENCY, "an agency in the byline"
            )
        if name and (author["label"] or name[0].isupper()):
            yield _evidence(line, "author", name, start, start + len(name), _BYLINE, "a byline")


def _agency(name: str) -> str:
    return marks.AGENCIES.get(" ".join(name.lower().replace("©", "").split()), "")


def _agency_in_prose(line: Line, text: str) -> Iterator[Evidence]:
    opening = marks.DATELINE.match(text)
    closing = _CLOSING_AGENCY.search(line.text[-60:])
    base = max(len(line.text) - 60, 0)
    if opening and opening["agency"]:
        for name, start in _names(opening["agency"], opening.start("agency")):
            yield _evidence(line, "credits", _agency(name), start, start + len(name), _AGENCY, "the dateline")
    if closing:
        for name, start in _names(closing["name"], base + closing.start("name")):
            yield _evidence(
                line,
                "credits",
                _agency(name),
                start,
                start + len(name),
                _AGENCY,
                "in brackets at a paragraph's end",
            )
    together = _WITH_AGENCIES.search(text) if len(text) < 200 else None
    if together:
        yield _evidence(line, "credits", "agencies", *together.span(), _AGENCY, "agencies, not named")


def _names(text: str, start: int) -> Iterator[tuple[str, int]]:
    for match in re.finditer(r"[^/,&]+", text):
        name = match.group().strip()
        if _agency(name):
            yield name, start + text.index(name, match.start())


def _outlets(lines: Sequence[Line], site: str) -> Iterator[Evidence]:
    """The outlet as a site's name behind the headline, an image's imprint or a line of rights tell it."""
    whole = Counter(name for line in lines for name in {_rights_name(line)} if name)
    for line in lines:
        text = line.text[:400]
        imprint = marks.IMPRINT.search(text) if not line.kept or line.kind == "caption" else None
        if imprint:
            yield _evidence(
                line,
                "outlet",
                imprint["brand"],
                *imprint.span("brand"),
                _RIGHTS,
                "the imprint of the page's images",
            )
            continue
        if line.kept:
            continue
        if site and site in text:
            start = text.index(site)
            yield _evidence(
                line, "outlet", site, start, start + len(site), _SITE, "the name behind the headline"
            )
            site = ""
        match = _RIGHTS_LINE.search(text) if _rights_name(line) else None
        if match and not _agency(match["name"].split("/")[0]) and _claims_page(line, whole):
            yield _evidence(
                line, "outlet", match["name"].strip(), *match.span("name"), _RIGHTS, "the line of rights"
            )


def _rights_name(line: Line) -> str:
    text = line.text[:400]
    if line.kept or not ("©" in text or "(c)" in text or "opyright" in text):
        return ""
    match = _RIGHTS_LINE.search(text)
    return match["name"].strip() if match else ""


def _claims_page(line: Line, whole: Counter[str]) -> bool:
    """Whether a line of rights is about the page, not one picture: it has a year or reserves all rights, or recurs."""
    text = line.text.lower()
    return bool(re.search(r"\b(?:19|20)\d\d\b|rights reserved", text)) or whole[_rights_name(line)] > 1


def _translated(lines: Sequence[Line]) -> Iterator[Evidence]:
    for line in lines:
        match = _STATES.search(line.text[:600]) if len(line.text) < 600 else None
        if (
            match
            and (not line.kept or line.kind in {"byline", "paragraph", "dateline"})
            and len(line.text) < 300
        ):
            yield _evidence(line, "translated", "stated", *match.span(), _STATED, "the page says so")
    for line in lines:
        if line.kind not in {"paragraph", "quote", "list"}:
            continue
        for reason, pattern in _SIGNS:
            sign = pattern.search(line.text)
            if sign:
                yield _evidence(line, "translated", "likely", *sign.span(), _SIGN, reason)
