"""Agencies that a text owes its words to: in the slug before its first words, in a closing line, in an agency's own number."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from variorum.clean.flat_marks import AGENCIES, PICTURE_ONLY, known_agency
from variorum.clean.moments import dates_in

if TYPE_CHECKING:
    from collections.abc import Iterator

# The slug before the first words: `BELMARK, 5 mai (AFP) -`, `БЕЛЬМАРК, 5 мая. /ТАСС/.`, `(ANSA) - BELMARK`.
_SLUG = re.compile(
    r"^(?P<before>[^()\[\]/\n]{0,60})[(\[/](?P<names>[^()\[\]\n]{2,40}?)[)\]/]\s?(?:[.,:]\s?)?(?:[-–—]{1,2}\s|(?<=\.\s)(?=\S)|(?<=\.)\s)"
)
# The same without brackets, in capitals: `AFP - `, `5 мая. INTERFAX.RU - `.
_BARE = re.compile(
    r"^(?P<before>\d{1,2}[. ][^()\n]{2,20}[.,]\s)?(?P<names>[A-ZА-Я]{2,9}(?:\.[A-Z]{2,3})?(?:/[A-Z]{2,9})?)\s[-–—]{1,2}\s(?=\S)"
)
# Chinese slugs name the agency, the place and the day before `电`.
_TELEGRAM = re.compile(r"^[(（【]?(?P<names>[一-鿿]{3})[^\s，。]{0,16}[电電]")
_PLACE_WORDS = 8
# Words between what says that others helped and their names.
_BETWEEN = r"\s(?:(?:the|der|die|des|de|la|le|el|news|additional|agencias?|agencies|agenturen)\s){0,2}"
# A sentence may tell of reports by an agency; a line of credit begins with these words and ends with the names.
_STORY = r"(?:report|story|article|dispatch|piece|text|coverage)"
_MATERIAL = re.compile(
    rf"^\W{{0,3}}(?:(?:with|using|includes|mit|con|avec|com|met|с|по)\s(?:\w+\s){{0,2}}?|this {_STORY}\s(?:\w+\s){{1,3}}?|additional\s|some\s)?"
    r"(?:materials?|reports?|reporting|inputs?|files?|copy|dispatches|informations?|informationen|información|informazioni|informações|dépêches?|материал\w*|информаци\w+)"
    rf"\s(?:from|by|von|der|de|des|da|di|por|van|od|из|от)\b{_BETWEEN}(?P<names>[^.;()]{{2,80}})\W{{0,3}}$",
    re.IGNORECASE,
)
_PRODUCED = re.compile(
    rf"\b[Tt]his {_STORY} (?:was |is )?(?:produced|written|reported) (?:with|by){_BETWEEN}(?P<names>[^.;()]{{2,60}})"
)
_CONTRIBUTED = re.compile(
    rf"(?P<names>[A-Z][^.;()]{{1,80}}?)\s(?:also |has |have )?(?:contributed\s(?:(?:to|reporting for)\s(?:this|the)\s{_STORY}|reporting|material)|(?:a|ont) contribué à cet article)"
)
_REPORTED_FOR = re.compile(
    r"^\W*(?:additional )?reporting by\s[^.;]{2,120}?\bfor\s(?P<names>[A-Z][\w ]{1,30}?)\s?(?:[;.,(]|$)",
    re.IGNORECASE,
)
# Each is looked for where its word stands.
_LINES = (
    ("his ", _PRODUCED),
    ("ontribu", _CONTRIBUTED),
    ("eporting", _REPORTED_FOR),
    ("EPORTING", _REPORTED_FOR),
)
# In brackets at the end, a list of agencies, days and editors' signs and no more: `(Beta, 5. maj)`, `(dpa, Reuters)`.
_CLOSING = re.compile(r"[(\[](?P<names>[^()\[\]]{2,60})[)\]]\.?\s*$")
# Editors' signs beside an agency's, in small letters: `ats/afp`, `dpa/lno`.
_SIGNS = re.compile(r"\W{0,3}(?P<names>[a-zčšž]{2,6}(?:[/,+]\s?[a-zčšž]{2,6}){1,3})\W{0,3}")
# An agency's own number of a message: `dpa:310505-99-12345/2`.
_NUMBER = re.compile(r"(?<!\w)(?P<names>[a-z]{2,5}):\d{6}-\d")
_ENDS = (")", "]")
_SPLIT = re.compile(r"\s*[,/&|+]\s*(?:(?:and|und|et|y|e)\s)?|\s(?:and|und|et|y|e|i|и)\s")
# A line that only says whence words come is no longer.
_LINE = 200
# Names that are words too: they are an agency in a slug's brackets, behind words that say so and beside another's or a day, not before a dash.
_WORDS = frozenset({"MAP", "SPA", "MENA", "GNA", "KNA", "NAN", "TAP", "APS", "MIA", "MINA", "ATA", "PA", "AA", "RIA", "TNA", "WAM"})  # fmt: skip
_DAY = len("2031-05-06")
_OFFICIAL = frozenset(AGENCIES.values())


def wired(text: str) -> Iterator[tuple[str, int, int, str]]:
    """The agencies to which a paragraph or line credits words.

    Args:
        text: A paragraph, or a line beside the article.

    Yields:
        Name, half-open code points and reason, in no order; one that stands in several forms several times. What somebody
        told an agency credits none.

    >>> [found[0] for found in wired("AP and Reuters contributed to this report.")]
    ['AP', 'Reuters']
    """
    if (
        ((match := _SLUG.match(text)) and _is_place(match["before"]))
        or ((match := _BARE.match(text)) and match["names"] not in _WORDS)
        or (match := _TELEGRAM.match(text))
    ):
        yield from _all(match, "the slug before the first words", only=True)
    if (
        text.rstrip()[-2:].rstrip(".")[-1:] in _ENDS
        and (match := _CLOSING.search(text[-64:]))
        and "," in match["names"]
    ):
        shift = max(len(text) - 64, 0)
        listed = _unless_words(match, _all(match, "in brackets at a paragraph's end", only=True))
        for name, start, end, reason in listed:
            yield name, start + shift, end + shift, reason
    if len(text) > _LINE:
        return
    for word, pattern in _LINES:
        if word in text:
            for match in pattern.finditer(text):
                yield from _all(match, "words of credit")
    if match := _MATERIAL.match(text):
        yield from _all(match, "words of credit")
    if match := _SIGNS.fullmatch(text):
        yield from _unless_words(match, _all(match, "signs of agencies and editors"))
    for match in _NUMBER.finditer(text) if ":" in text else ():
        yield from _all(match, "an agency's number of a message")


def signed_with(text: str) -> Iterator[tuple[str, int, int, str]]:
    """Agencies beside a person in a byline: `Ada Morn, AFP`; only in the form in which an agency writes itself."""
    for start, part in _parts(text, 0):
        if part in _OFFICIAL and not part.istitle() and known_agency(part) not in PICTURE_ONLY:
            yield part, start, start + len(part), "an agency in the byline"


def _is_place(before: str) -> bool:
    """Whether words before a slug may be a place and a day: few, and no sentence."""
    words = before.split()
    return len(words) <= _PLACE_WORDS and (not words or before[:1].isupper() or before[:1].isdigit())


def _unless_words(
    match: re.Match[str], found: list[tuple[str, int, int, str]]
) -> list[tuple[str, int, int, str]]:
    """The same agencies, or none where each name is a word too and no day stands beside it: `Pittsburgh (PA, USA)`."""
    told = any(match.string[start:end].upper() not in _WORDS for _, start, end, _ in found)
    return found if told or any(len(d.value) >= _DAY for d in dates_in(match["names"])) else []


def _parts(text: str, base: int) -> Iterator[tuple[int, str]]:
    at = 0
    for match in [*_SPLIT.finditer(text), None]:
        end = match.start() if match else len(text)
        part = text[at:end]
        name = part.strip(" .:–—-")
        if name:
            yield base + at + part.index(name), name
        at = match.end() if match else end


def _all(match: re.Match[str], reason: str, *, only: bool = False) -> list[tuple[str, int, int, str]]:
    """The known agencies of a list of names; only: nothing but days and short signs may stand beside them."""
    found = []
    for start, part in _parts(match["names"], match.start("names")):
        whole = known_agency(part)
        # `AFP in Port Velm`: the first word names it.
        name = whole or (known_agency(part.split()[0]) if not only and part.split()[0].isupper() else "")
        if name and name not in PICTURE_ONLY:
            found.append((name, start, start + len(part if whole else part.split()[0]), reason))
        elif only and not name and not any(c.isdigit() for c in part) and len(part) > len("abcd"):
            return []
    return found
