"""The outlet as the words of a page tell it: behind the headline, in the imprint of its images, in a line of rights."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from variorum.clean import flat_marks as marks
from variorum.clean.flat_signs import line_evidence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from variorum.clean.cleaned import Evidence
    from variorum.clean.flat_signs import Line

# On the scale of `variorum.clean.header` (0 to 100): said in words, none of them meant to name the outlet.
_SITE, _RIGHTS = 45, 50

_RIGHTS_LINE = re.compile(
    r"(?:©|\(c\)|copyright)\s*(?:©\s*)?(?:\d{4}\s*(?:[-–]\s*\d{4})?\s*,?\s*)?(?P<name>[A-Z][\w&.'’ -]{1,40}?)(?=\s*(?:[/|.,\n]|\d{4}|all rights|$))",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_RESERVED = re.compile(
    r"rights reserved|alle rechte vorbehalten|alle rechten voorbehouden|droits réservés|derechos reservados"
    r"|diritti riservati|direitos reservados|права защищены|права застережені|prava (?:su )?zadržana|sva prava pridržana"
    r"|права (?:су )?задржана|të drejtat (?:e )?rezervuara|prawa zastrzeżone",
    re.IGNORECASE,
)


def outlet_evidence(lines: Sequence[Line], site: str) -> Iterator[Evidence]:
    """The outlet as a site's name behind the headline, an image's imprint or a line of rights tell it.

    Args:
        lines: Kept blocks and removed pieces in page order.
        site: Name of the site that stood behind the headline, if one was cut off.

    Returns:
        Evidence for the outlet, in page order.
    """
    whole = Counter(name for line in lines for name in {_rights_name(line)} if name)
    for i, line in enumerate(lines):
        text = line.text[:400]
        imprint = marks.imprint(text) if not line.kept or line.kind == "caption" else None
        if imprint:
            yield line_evidence(
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
            yield line_evidence(
                line, "outlet", site, start, start + len(site), _SITE, "the name behind the headline"
            )
            site = ""
        match = _RIGHTS_LINE.search(text) if _rights_name(line) else None
        if match and not marks.known_agency(match["name"].split("/")[0]) and _claims_page(lines, i, whole):
            yield line_evidence(
                line, "outlet", match["name"].strip(), *match.span("name"), _RIGHTS, "the line of rights"
            )


def _rights_name(line: Line) -> str:
    text = line.text[:400]
    if line.kept or not ("©" in text or "(c)" in text or "opyright" in text):
        return ""
    match = _RIGHTS_LINE.search(text)
    return match["name"].strip() if match else ""


def _claims_page(lines: Sequence[Line], i: int, whole: Counter[str]) -> bool:
    """Whether a line of rights is about the page, not one picture: it has a year, or recurs, or all rights are reserved.

    The reservation stands in the line itself or in the next.
    """
    after = lines[i + 1].text[:200] if i + 1 < len(lines) and not lines[i + 1].kept else ""
    if _RESERVED.search(f"{lines[i].text}\n{after}"):
        return True
    return bool(_YEAR.search(lines[i].text)) or whole[_rights_name(lines[i])] > 1
