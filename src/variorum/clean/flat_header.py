"""What the words of a page tell of its header: dates, bylines, agencies, the outlet, signs of translation.

Used for flattened pages, and for the blocks of HTML pages beside their markup. Nothing is guessed: a value stands
only where words say it, with these words and their place.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from variorum.clean import flat_marks as marks
from variorum.clean.flat_rights import outlet_evidence
from variorum.clean.flat_signs import Line, line_evidence, translation_evidence
from variorum.clean.moments import dates_in
from variorum.clean.wire import wired

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from variorum.clean.cleaned import Evidence
    from variorum.text.calendar import FoundDate


__all__ = ["STAMP_BY_ITSELF", "Line", "text_evidence"]

# Why a date that stands with little else near the headline is taken for the page's.
STAMP_BY_ITSELF = "a date by itself beside the headline"

# How far each way of telling is to be trusted, on the scale of `variorum.clean.header` (0 to 100): below markup made
# for machines, above guesses; a date beside a caption only says that the page is not older.
_LABELLED, _STAMP, _RESIDUE, _DATELINE, _SAID, _IMPRINT, _CAPTION = 70, 60, 65, 50, 30, 25, 10
_TITLE, _BYLINE, _AGENCY, _PICTURE = 60, 60, 55, 0

_DIGIT = re.compile(r"\d")
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
_LABEL = re.compile(f"{_MODIFIED.pattern}|{_PUBLISHED.pattern}|[-–—] [A-Z][^,]+, \\d{{3,4}}, ", re.IGNORECASE)
_STAMP_WORDS = re.compile(
    r"\b(?:published|posted|first|last|updated?|modified|edited|created|issued|on|at|date|time|gmt|utc|[a-z]{1,4}t|a\.?m\.?|p\.?m\.?"
    r"|mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun(?:day)?|(?:mon|tues|wednes|thurs|fri|satur|sun)day|by|in|news|world|min read|read)\b",
    re.IGNORECASE,
)
_AFTER_DAY = re.compile(r"\s?[–—|:-]\s|\.\s(?=[A-ZÀ-ÞА-Я])")
_SENTENCE_END = re.compile(r"(?<![ap]\.m)[.!?…][\"”’»]?\s*$", re.IGNORECASE)
_SAYING = re.compile(
    r"\b(?:said|says|told|announced|stated|declared|reported|warned|added|claimed|denied|confirmed|called)\b"
    r"[^.!?]{0,60}?\bon (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? ?\(?$"
)
_AUTHOR = re.compile(
    r"^(?:(?:written|reported|reporting|story|posted|published) )?by:?\s+(?P<by>[A-ZÀ-ÞА-Я][^|,;\n(•·]{1,60}?)(?=\s*(?:[|,;(•·\n]|\bon\b|\bfor\b|\d|$))"
    r"|^(?:author|autor|autorin|auteur|autore|автор|аутор|autori|text)s?\s?:\s?(?P<label>[^|\n(•·]{1,60})",
    re.IGNORECASE,
)
_POSTED = re.compile(r"(?<=\w)\s+in\s+[A-ZÀ-ÞА-Я][\w'’.-]+(?:\s[A-ZÀ-ÞА-Я][\w'’.-]+){0,2}$")
_SOURCE = re.compile(
    r"^(?:source|quelle|izvor|извор|burimi|источник|fuente|fonte|bron)s?\s?:\s?(?P<name>[^|\n]{2,60})$",
    re.IGNORECASE,
)
_WITH_AGENCIES = re.compile(
    r"\b(?:with (?:additional )?(?:reporting by|input from|files from|inputs from)? ?(?:news )?agenc(?:y|ies)|\(agencies\))",
    re.IGNORECASE,
)
_CLOSING_AGENCY = re.compile(r"[\[(](?P<name>[A-Za-z][\w./& -]{1,30})[\])]\.?\s*$")
# A credit line and no more: "Reporting by XYZ".
_REPORTING = re.compile(
    r"^\W*(?:additional )?reporting (?:by|from) (?P<name>[A-Z][\w.& -]{1,30}?)\W*$", re.IGNORECASE
)
# Beside a dateline or in a line of credit capitals name an agency, whether or not it is a known one; two letters may
# be a state's.
_ACRONYM = re.compile(r"[A-Z]{3,6}")


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
                line_evidence(
                    line, "title", " ".join(line.text.split()), 0, len(line.text), _TITLE, title_reason
                )
            )
    found.extend(_small_agency(lines, found))
    found.extend(outlet_evidence(lines, site))
    found.extend(translation_evidence(lines))
    return found


def _dates(line: Line, *, near: bool, early: bool) -> Iterator[Evidence]:
    text = line.text[:1000]
    if not _DIGIT.search(text):
        return
    if line.kind in {"paragraph", "list", "quote", "heading"}:
        if early:
            yield from _prose_dates(line)
        return
    if not line.kept and not near and (len(text) > 200 or not _LABEL.search(text)):
        return
    dates = dates_in(text)
    if line.kind in {"caption", "embed"}:
        if line.kind == "caption":
            for date in dates[:1]:
                yield line_evidence(
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
    imprint = marks.imprint(text)
    if imprint and imprint["date"]:
        for date in dates[-1:]:
            yield line_evidence(
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


def name_alone(byline: str) -> str:
    """An author's name without where she writes from: `Ann Other in Port Velm`."""
    return _POSTED.sub("", byline)


def is_stamp(text: str) -> bool:
    """Whether a line holds a date and little else, and is no sentence: `Agency, 3 May 2021, 18:05 UTC`."""
    dates = () if _SENTENCE_END.search(text) else dates_in(text)
    return bool(dates) and _is_bare(text, dates)


def is_byline(text: str) -> bool:
    """Whether a line says by whom the page is: `By Ann Other in Port Velm`, `Text: Ann Other`."""
    return bool(marks.BYLINE.match(text) and marks.BYLINE_CASE.match(text) and _AUTHOR.match(text))


def _is_bare(text: str, dates: Sequence[FoundDate]) -> bool:
    """Whether little is left of a line without its dates and the words that go with them."""
    rest = _STAMP_WORDS.sub(" ", _without(text, dates))
    return len(re.findall(r"[^\W\d_]{2,}", rest)) <= 4


def _stamps(line: Line, text: str, dates: Sequence[FoundDate], *, near: bool) -> Iterator[Evidence]:
    """Dates of lines that hold a time stamp and little else."""
    bare = _is_bare(text, dates)
    position = 0
    for date in dates[:4]:
        before = text[position : date.start]
        position = date.end
        if _MODIFIED.search(before[-30:]):
            yield line_evidence(
                line,
                "modified",
                date.value,
                date.start,
                date.end,
                _LABELLED if near else _SAID,
                "a stamp that says so",
            )
        elif re.match(r"^\W*date\W", before, re.IGNORECASE) and near:
            yield line_evidence(
                line,
                "published",
                date.value,
                date.start,
                date.end,
                _RESIDUE,
                "a template's date above the headline",
            )
        elif _PUBLISHED.search(before[-30:]) and bare:
            yield line_evidence(
                line,
                "published",
                date.value,
                date.start,
                date.end,
                _LABELLED if near else _SAID,
                "a stamp that says so",
            )
        elif near and bare:
            yield line_evidence(
                line,
                "published",
                date.value,
                date.start,
                date.end,
                _STAMP + 8 * ("T" in date.value),
                STAMP_BY_ITSELF,
            )


def _without(text: str, dates: Sequence[FoundDate]) -> str:
    for date in reversed(dates):
        text = text[: date.start] + " " + text[date.end :]
    return text


def _prose_dates(line: Line) -> Iterator[Evidence]:
    text = line.text[:1500]
    opening = marks.DATELINE.match(text)
    end = opening.end() if opening and opening["date"] else 0
    for date in dates_in(text[:end] or text[:40])[:1]:
        # `3 May 2021 – The ferry`: a day before the first sentence.
        if end or (date.start == 0 and _AFTER_DAY.match(text, date.end)):
            yield line_evidence(
                line, "published", date.value, date.start, date.end, _DATELINE, "the dateline"
            )
    for date in dates_in(text):
        if _SAYING.search(text[: date.start]):
            yield line_evidence(
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
    source = _SOURCE.match(text) if ":" in text else None
    if source:
        name = source["name"].strip(" .")
        yield line_evidence(
            line,
            "credits",
            marks.known_agency(name) or name,
            source.start("name"),
            source.start("name") + len(name),
            _AGENCY,
            "a source line",
        )
        return
    if line.kind == "caption" or marks.CREDIT_LINE.match(text):
        for match in re.finditer(r"[A-Z][\w-]+(?: [A-Z][\w-]+)?", text):
            name = match.group().removesuffix(" Photo")
            if marks.known_agency(name) and match.start() > len(text) - 60:
                yield line_evidence(
                    line,
                    "credits",
                    marks.known_agency(name),
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
        name = name_alone(author[group].strip(" .,-–—"))
        start = author.start(group)
        if marks.known_agency(name):
            yield line_evidence(
                line,
                "credits",
                marks.known_agency(name),
                start,
                start + len(name),
                _AGENCY,
                "an agency in the byline",
            )
        if name and (author["label"] or name[0].isupper()):
            yield line_evidence(line, "author", name, start, start + len(name), _BYLINE, "a byline")


def _small_agency(lines: Sequence[Line], found: Sequence[Evidence]) -> list[Evidence]:
    """An author that is an agency's sign in small letters, as editing systems write it, where the page has its capitals.

    `Author: ncw` under a picture credited `Ivo Marenda/NCW`; a person's short name has no such capitals.
    """
    made = []
    for e in found:
        sign = e.value.upper()
        if (
            e.field != "author"
            or not e.value.islower()
            or not _ACRONYM.fullmatch(sign)
            or marks.known_agency(e.value)
        ):
            continue
        if any(re.search(rf"\b{sign}\b", line.text) for line in lines if line.kept):
            reason = "the author is the sign of an agency named in capitals on the page"
            made.append(
                msgspec.structs.replace(e, field="credits", value=sign, weight=_AGENCY, reason=reason)
            )
    return made


def agency(name: str) -> str:
    """The agency that a credit names: a known one by its usual name, else capitals as they stand; empty if neither."""
    return marks.known_agency(name) or (name if _ACRONYM.fullmatch(name) else "")


def _agency_in_prose(line: Line, text: str) -> Iterator[Evidence]:
    named = list(_agency_in_brackets(line, text))
    yield from named
    plain = {e.value for e in named}
    for name, start, end, reason in wired(line.text):
        if name not in plain:
            yield line_evidence(line, "credits", name, start, end, _AGENCY, reason)
    together = _WITH_AGENCIES.search(text) if len(text) < 200 else None
    if together:
        yield line_evidence(line, "credits", "agencies", *together.span(), _AGENCY, "agencies, not named")


def _agency_in_brackets(line: Line, text: str) -> Iterator[Evidence]:
    opening = marks.DATELINE.match(text)
    closing = _CLOSING_AGENCY.search(line.text[-60:])
    base = max(len(line.text) - 60, 0)
    if opening and opening["agency"]:
        for name, start in _names(opening["agency"], opening.start("agency"), acronyms=True):
            yield line_evidence(
                line, "credits", agency(name), start, start + len(name), _AGENCY, "the dateline"
            )
    elif reporting := _REPORTING.match(text):
        for name, start in _names(reporting["name"], reporting.start("name"), acronyms=True):
            yield line_evidence(
                line, "credits", agency(name), start, start + len(name), _AGENCY, "a line of credit"
            )
    if closing:
        for name, start in _names(closing["name"], base + closing.start("name")):
            yield line_evidence(
                line,
                "credits",
                marks.known_agency(name),
                start,
                start + len(name),
                _AGENCY,
                "in brackets at a paragraph's end",
            )


def _names(text: str, start: int, *, acronyms: bool = False) -> Iterator[tuple[str, int]]:
    for match in re.finditer(r"[^/,&]+", text):
        name = match.group().strip()
        if agency(name) if acronyms else marks.known_agency(name):
            yield name, start + text.index(name, match.start())
