"""Which words on the page are its headline, and titles without the outlet's name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec
from rapidfuzz.fuzz import ratio

from variorum.clean.header import MARKUP
from variorum.clean.html.chars import letters
from variorum.clean.html.keep import words_of
from variorum.text.normalise import fold
from variorum.text.outlets import host_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from variorum.clean.cleaned import Evidence
    from variorum.clean.html.keep import Line
    from variorum.clean.html.page import Elements
    from variorum.clean.html.scan import Scan

# A heading is the page's headline if it reads this much (0 to 100) like a title in the head. Swept 20 to 75 on the
# titles of html/trafilatura dev: 348 right of 416 at 20, 357 at 55, fewer above.
_LIKE = 55.0
# No headline is longer; a title that never closes is the whole page. And no page has more titles, or a heading of more lines.
_LONGEST, _MOST_TITLES, _MOST_LINES = 2000, 50, 25
# Among headings so little apart the one nearest to the article is the headline, so that a word more or less of it does not
# make a copy in a bar or a teaser the headline. Swept 10, 20, 30, 45 on the same titles: 361, 361, 361, 360 (360 without).
_ALIKE = 30.0
# Without an h1 a lower heading must be almost the very title.
_VERY_LIKE = 85.0
# Fewer words before a seam of a title are a rubric as often as a headline.
_HEADLINE_WORDS = 3
# By so many letters a title may name its site longer or shorter than its tags do (" International").
_LONGER = 14
# An outlet's name that the host spells outweighs what another tag calls the platform or the section.
_HOST = 12
_SEPARATOR = re.compile(r"(?<!\s)\s++[|–—\-·»«•:/]++\s++|(?<!\s)\s*+\|\s*+|\|\s*+")


class Headline(msgspec.Struct, frozen=True):
    """The lines of the page that are its headline (none, one, or several in one heading), and their words."""

    lines: tuple[int, ...] = ()
    text: str = ""


def site_names(evidence: Sequence[Evidence], url: str) -> frozenset[str]:
    """Names by which the page calls its site, and its host's own label, as letters in lower case."""
    names = {letters(fold(e.value)) for e in evidence if e.field == "outlet" and e.found_in != "url"}
    host = told_host(evidence, url)
    labels = host.split(".")
    if len(labels) > 1:
        names |= {letters(fold(host)), max(labels[:-1], key=len)}
    return frozenset(n for n in names if len(n) > 1)


def told_host(evidence: Sequence[Evidence], url: str) -> str:
    """The host of a page's address, or of the one that the page calls its own (canonical) where the address is not known."""
    return host_of(url) or next((h for e in evidence if e.field == "url" and (h := host_of(e.value))), "")


def without_site(title: str, names: frozenset[str]) -> str:
    """A title without the outlet's name before or after it.

    >>> without_site("Bridge reopens - World - The Example Times", frozenset({"theexampletimes"}))
    'Bridge reopens - World'
    >>> without_site("Talks fail – again", frozenset({"theexampletimes"}))
    'Talks fail – again'
    """
    seams = [m.span() for m in _SEPARATOR.finditer(title)]
    start, end = 0, len(title)
    while seams and _names_site(title[seams[-1][1] : end], names):
        end = seams.pop()[0]
    while seams and _names_site(title[start : seams[0][0]], names):
        start = seams.pop(0)[1]
    return title[start:end].strip()


def _names_site(part: str, names: frozenset[str]) -> bool:
    key = letters(fold(part))
    if not key:
        return True
    return any(key == name or _shortened(key, name) for name in names)


def _shortened(key: str, name: str) -> bool:
    """Whether one is the other cut short: "Example News" and "Example", not "Example view on ..." and "Example".

    Three letters and less are too few to tell.
    """
    short, long = sorted((key, name), key=len)
    return len(short) > 3 and long.startswith(short) and len(long) - len(short) <= _LONGER


def confirmed_by_host(evidence: Sequence[Evidence], url: str) -> list[Evidence]:
    """The same evidence, outlets that the host spells too made heavier.

    A name that a page gives its platform, a section or an agency stands in the same tags as the outlet's own;
    the host tells them apart. A part of the page's title that the host spells is evidence of its own.
    """
    host = told_host(evidence, url)
    spelled = {letters(fold(host)), letters(fold(host.rpartition(".")[0])), *host.split(".")[:-1]} - {""}
    named = [e.value for e in evidence if e.field == "outlet" and e.found_in != "url" and e.value]
    steps = {n: _HOST for n in named if _spelled(n, spelled)}
    likened = [n for n in named if n not in steps and _begins(n, spelled)]
    # The name in full, of a company perhaps, says no more than the outlet's own; alone it still tells it from others.
    steps |= dict.fromkeys(likened, 0 if steps else _HOST // 2)
    other = -_HOST if steps else 0
    made = []
    for e in evidence:
        if e.field == "outlet" and e.found_in != "url" and e.value and e.weight > 0:
            made.append(msgspec.structs.replace(e, weight=max(1, e.weight + steps.get(e.value, other))))
        else:
            made.append(e)
        if e.field == "title" and e.found_in == "title":
            for part in _SEPARATOR.split(e.value):
                if _spelled(part, spelled):
                    made.append(
                        msgspec.structs.replace(
                            e,
                            field="outlet",
                            value=part,
                            weight=MARKUP + _HOST,
                            reason="spelled like the host",
                        )
                    )
                    break
    return made


def _spelled(name: str, spelled: set[str]) -> bool:
    key = letters(fold(name))
    return bool(key) and (key in spelled or key.removeprefix("the") in spelled)


def _begins(name: str, spelled: set[str]) -> bool:
    """Whether the host spells the name's beginning, or the name the host's."""
    key = letters(fold(name))
    return any(_shortened(k, s) for k in (key, key.removeprefix("the")) for s in spelled)


def retitle(evidence: Sequence[Evidence], names: frozenset[str]) -> list[Evidence]:
    """The same evidence, titles without the outlet's name."""
    made = []
    for e in evidence:
        value = without_site(e.value, names) if e.field == "title" else e.value
        made.append(msgspec.structs.replace(e, value=value) if value and value != e.value else e)
    return made


def find_headline(page: Scan, elements: Elements, lines: Sequence[Line], titles: Sequence[str]) -> Headline:
    """Find the headline among the page's headings.

    Args:
        page: The page.
        elements: Its elements, read.
        lines: Its lines, with those of the article kept.
        titles: Titles that the page's head tells, without the outlet's name.

    Returns:
        The heading most like one of them, the nearest before the article where several are; without any title the
        only `h1`, if there is one. Nothing where none is like enough.
    """
    first = next((i for i, line in enumerate(lines) if line.any_kept), len(lines))
    titles = [t for t in dict.fromkeys(titles) if len(t) <= _LONGEST][:_MOST_TITLES]
    likened = list(dict.fromkeys(fold(t) for whole in titles for t in (whole, *_parts(whole))))
    for tags, least in ((frozenset({"h1"}), _LIKE), (frozenset({"h2", "h3"}), _VERY_LIKE)):
        found = _headings(page, elements, lines, tags)
        if not titles and tags == {"h1"} and len(found) == 1:
            return found[0]
        texts = [fold(h.text[:_LONGEST]) for h in found]
        scored = [
            (max((ratio(text, t) for t in likened), default=0.0), h)
            for text, h in zip(texts, found, strict=True)
        ]
        best = max((score for score, _ in scored), default=0.0)
        likely = [(-abs(first - h.lines[0]), score, h) for score, h in scored if score >= least]
        if likely:
            near = [x for x in likely if x[1] >= best - _ALIKE]
            return _without_kicker(page, lines, max(near, key=lambda x: x[:2])[2], titles)
    return Headline()


def _parts(title: str) -> list[str]:
    """What stands before each seam of a title: the headline, if a site's name that no tag tells follows."""
    ends = [m.start() for m in _SEPARATOR.finditer(title)]
    return [part for end in ends if len((part := title[:end].strip()).split()) >= _HEADLINE_WORDS]


def _without_kicker(page: Scan, lines: Sequence[Line], found: Headline, titles: Sequence[str]) -> Headline:
    """The headline without a rubric before it or a date after it in the same heading, where the head tells where it ends."""
    whole = letters(fold(found.text))
    if len(found.lines) > _MOST_LINES:
        return found
    for title in titles:
        key = letters(fold(title))
        if (
            len(title.split()) < _HEADLINE_WORDS
            or len(key) >= len(whole)
            or not (whole.startswith(key) or whole.endswith(key))
        ):
            continue
        texts = [words_of(page, lines[i]) for i in found.lines]
        for start in range(len(texts)):
            for end in range(len(texts), start, -1):
                if letters(fold("".join(texts[start:end]))) == key:
                    return Headline(found.lines[start:end], " ".join(texts[start:end]))
        return Headline(found.lines, title)
    return found


def _headings(page: Scan, elements: Elements, lines: Sequence[Line], tags: frozenset[str]) -> list[Headline]:
    if tags.isdisjoint(page.tags):
        return []
    groups: dict[int, list[int]] = {}
    around = {-1: 0, 0: 0}
    for i, line in enumerate(lines):
        path = []
        element = line.nodes[0].element
        while element not in around:
            if page.tags[element] in tags:
                around[element] = element
                break
            path.append(element)
            element = page.parents[element]
        heading = around[element]
        around.update(dict.fromkeys(path, heading))
        if heading and not elements.hidden(heading):
            groups.setdefault(heading, []).append(i)
    return [Headline(tuple(g), " ".join(words_of(page, lines[i]) for i in g)) for g in groups.values()]
