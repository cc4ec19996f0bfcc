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

# A heading reads (0 to 100) like a title in the head from here on. All figures below are points of such likeness, each swept alone
# on html/trafilatura dev. Of 415 pages 371 have the right headline (360 where likeness alone told). Each of 4,505 words of headlines
# changed in turn, 27 make another line the headline or none (132 before). With a head that says nothing to the purpose 298 headlines are
# found, and 31 wrong ones (none before). 50 and 60 here: 2 words fewer, 6 more.
_LIKE = 55.0
# No headline is longer; a title that never closes is the whole page. And no page has more titles, or a heading of more lines.
_LONGEST, _MOST_TITLES, _MOST_LINES = 2000, 50, 12
# Among copies so little apart the one nearest to the article is the headline, so that a word more or less of it does not make a
# copy in a bar or a teaser the headline: 39 words of the 4,505 at 0, 36 at 20, 34 from here to 45.
_ALIKE = 30.0
# A line of a heading so like a title is the headline, the others a rubric or a date (65 and 85: no difference).
_VERY_LIKE = 75.0
# A lower heading is mostly one of a section: without a place or a name it must be almost the very title.
_RANKS = {"h1": 0.0, "h2": -30.0, "h3": -30.0}
# Standing where headlines stand is enough for an h1 (35: 39 words, 55: 33), and something for lower ones (15: 369 right, 35: 11
# words more); so is being called a headline (0: 370, 30: 8 words more). A link leads elsewhere (0: 370; 20: as here).
_FIRM, _FIRM_LOWER, _CALLED, _AWAY = 45.0, 25.0, 20.0, 10.0
# Between headline and first paragraph stand lead, byline, captions, buttons: so many letters and lines (400: 283 found where the
# head says nothing, 1200: 298 and four wrong ones more). Where the extractor took a line before it, it stands one line below.
_BETWEEN, _BETWEEN_LINES, _AFTER = 800, 80, 1
# Headings in what is called so are of other pages, as no headline is; a header called navigation may hold one.
_OTHERS = frozenset({"advert", "comments", "comment_form", "related", "subscription", "template"})
# A link is looked for in so many elements, a heading's own and those around it.
_LEVELS = 5
# Fewer words before a seam of a title are a rubric as often as a headline.
_HEADLINE_WORDS = 3
# By so many letters a title may name its site longer or shorter than its tags do (" International").
_LONGER = 14
# An outlet's name that the host spells outweighs what another tag calls the platform or the section.
_HOST = 12
_WORD = re.compile(r"\w+")
_SEPARATOR = re.compile(r"(?<!\s)\s++[|–—\-·»›«•:/]++\s++|(?<!\s)\s*+\|\s*+|\|\s*+")


class Headline(msgspec.Struct, frozen=True):
    """The lines of the page that are its headline (none, one, or several in one heading).

    Attributes:
        lines: Their numbers.
        words: Their words.
        text: The words without a rubric before them or a date behind them.
    """

    lines: tuple[int, ...] = ()
    words: str = ""
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


def find_headline(
    page: Scan, elements: Elements, lines: Sequence[Line], titles: Sequence[str], names: frozenset[str]
) -> Headline:
    """Find the headline among the page's headings.

    Args:
        page: The page.
        elements: Its elements, read.
        lines: Its lines, with those of the article kept.
        titles: Titles that the page's head tells, without the outlet's name.
        names: Names of the site, as letters in lower case.

    Returns:
        The heading for which most speaks: how much it reads like one of the titles, whether it stands where headlines stand, what
        it is called; the nearest before the article where several are as good. Without any title the only `h1`, if there is
        one. Nothing where too little speaks for any.
    """
    found = {tag: _headings(page, elements, lines, frozenset({tag})) for tag in _RANKS}
    if not titles and len(found["h1"]) == 1:
        return found["h1"][0]
    titles = [t for t in dict.fromkeys(titles) if len(t) <= _LONGEST][:_MOST_TITLES]
    likened = list(dict.fromkeys(fold(t) for whole in titles for t in (whole, *_parts(whole))))
    names = (names | _tails(titles)) - {letters(fold(t)) for t in titles}
    place = _Place(elements, lines, found["h1"], [h for some in found.values() for h in some])
    likely = []
    for tag, rank in _RANKS.items():
        for h in found[tag]:
            text = fold(h.text[:_LONGEST])
            if letters(text) in names or place.names_site(h):
                continue
            like = max((ratio(text, t) for t in likened), default=0.0)
            score = place.score(h, tag, like)
            if like + rank >= _LIKE or score >= _FIRM:
                likely.append((score, -abs(place.first - h.lines[0]), tag, h))
    if not likely:
        return Headline()
    best, _, rank_of, chosen = max(likely, key=lambda x: x[:2])
    near = [
        h for score, _, tag, h in likely if tag == rank_of and score >= best - _ALIKE and _copies(h, chosen)
    ]
    return _without_kicker(page, lines, min(near, key=lambda h: abs(place.first - h.lines[0])), titles)


def _copies(one: Headline, other: Headline) -> bool:
    """Whether two headings say the same, but for a word or so."""
    return ratio(fold(one.text[:_LONGEST]), fold(other.text[:_LONGEST])) >= _LIKE


class _Place:
    """Where the headings of a page stand, as readers see them."""

    def __init__(
        self, elements: Elements, lines: Sequence[Line], first: Sequence[Headline], every: Sequence[Headline]
    ) -> None:
        self.elements, self.lines = elements, lines
        self.first = next((i for i, line in enumerate(lines) if line.any_kept), len(lines))
        self.opening = next(
            (i for i, line in enumerate(lines) if line.any_kept and line.kind == "paragraph"), self.first
        )
        self.only = len(first) == 1
        self.last = max((h.lines[0] for h in every if h.lines[0] <= self.opening), default=-1)
        own = [h.lines[0] for h in first if h.lines[0] <= self.opening and not self._elsewhere(h)]
        self.last_own = max(own, default=-1)
        opening = lines[min(self.opening, len(lines) - 1)].nodes[0].element
        self.around = frozenset(elements.ancestors(opening))

    def _element(self, heading: Headline) -> int:
        return self.lines[heading.lines[-1]].nodes[-1].element

    def _linked(self, element: int) -> bool:
        return any(self.elements.page.tags[e] == "a" for e in self.elements.ancestors(element, _LEVELS))

    def names_site(self, heading: Headline) -> bool:
        """Whether a heading is called the site's name or its sign."""
        element = self._element(heading)
        return self.elements.is_site(element) and not self.elements.is_headline(element)

    def _elsewhere(self, heading: Headline) -> bool:
        """Whether a heading leads to another page, or is spoken only."""
        element = self._element(heading)
        return self.elements.is_spoken(element) or (
            self._linked(element) and not self.elements.is_headline(element)
        )

    def score(self, heading: Headline, tag: str, like: float) -> float:
        """How much speaks for a heading: its likeness to a title of the head, its rank, its place, its name."""
        element = self._element(heading)
        called = self.elements.is_headline(element) and not self.elements.is_lead(element)
        score = like + _RANKS[tag]
        if not called and self._linked(element) and not (like >= _LIKE and heading.lines[0] == self.last):
            return score - _AWAY
        if tag == "h1" and self.only and like >= _LIKE:
            return score + _FIRM
        if self._stands(heading, element, called=called, liked=like >= _LIKE, only=tag == "h1" and self.only):
            score += _FIRM if tag == "h1" else _FIRM_LOWER
            if called and (like >= _LIKE or tag != "h1"):
                score += _CALLED
        return score if called or like >= _LIKE else min(score, _LIKE)

    def _stands(self, heading: Headline, element: int, *, called: bool, liked: bool, only: bool) -> bool:
        """Whether a heading stands where headlines do."""
        if self.elements.is_spoken(element):
            return False
        if heading.lines[0] < self.last_own and not (called and liked):
            return False
        if not (called or only) and (
            heading.lines[0] > self.opening or self.elements.removed_kind(element) in _OTHERS
        ):
            return False
        return self._close(heading) and not self.elements.in_menu(element) and not self._apart(element)

    def _apart(self, element: int) -> bool:
        """Whether a heading and the article share nothing but the page."""
        tags = self.elements.page.tags
        up = self.elements.ancestors(element)
        meet = next((e for e in up if e in self.around), 0)
        return (meet == 0 or tags[meet] in {"html", "body"}) and len(up) > 1 and up[1] != meet

    def _close(self, heading: Headline) -> bool:
        """Whether the article begins behind a heading, with no more than lines of its opening between."""
        between = self.lines[heading.lines[-1] + 1 : self.opening]
        if heading.lines[0] > self.opening + _AFTER or len(between) > _BETWEEN_LINES:
            return False
        hidden = self.elements.hidden
        size = sum(len(n.letters) for line in between for n in line.nodes if not hidden(n.element))
        return size <= _BETWEEN


def _tails(titles: Sequence[str]) -> frozenset[str]:
    """What follows behind a seam in titles, if it is shorter than another part: a site's name, a rubric; as letters."""
    found = set()
    for title in titles:
        parts = [letters(fold(part)) for part in _SEPARATOR.split(title)]
        found |= set(parts[1:]) - {max(parts, key=len)}
    return frozenset(found - {""})


def _parts(title: str) -> list[str]:
    """What stands before each seam of a title: the headline, if a site's name that no tag tells follows."""
    ends = [m.start() for m in _SEPARATOR.finditer(title)]
    return [part for end in ends if len((part := title[:end].strip()).split()) >= _HEADLINE_WORDS]


def _without_kicker(page: Scan, lines: Sequence[Line], found: Headline, titles: Sequence[str]) -> Headline:
    """The headline without a rubric before it or a date after it in the same heading, where the head tells where it ends."""
    whole = letters(fold(found.text))
    if len(found.lines) > _MOST_LINES:
        return found
    texts = [words_of(page, lines[i]) for i in found.lines]
    spans = [(a, b) for a in range(len(texts)) for b in range(len(texts), a, -1)]
    for title in titles:
        key = letters(fold(title))
        if len(title.split()) < _HEADLINE_WORDS or len(key) >= len(whole):
            continue
        like, start, end = max((ratio(letters(fold("".join(texts[a:b]))), key), -a, b) for a, b in spans)
        if like >= _VERY_LIKE and end + start < len(texts):
            words = " ".join(texts[-start:end])
            return Headline(found.lines[-start:end], words, words)
        if cut := _cut(found.words, key):
            return msgspec.structs.replace(found, text=cut)
    return found


def _cut(words: str, key: str) -> str:
    """The part of a heading that a title tells, by the title's letters: its end, or its beginning up to a sign or a number.

    Heads cut titles short, in the midst of a word or behind one: what goes on in words is the headline's.
    """
    if len(words) > _LONGEST:
        return ""
    for word in _WORD.finditer(words):
        behind = words[word.end() :].lstrip()
        if not behind[:1].isalpha() and letters(fold(words[: word.end()])) == key:
            return words[: word.end()]
        if letters(fold(words[word.start() :])) == key:
            return words[word.start() :]
    return ""


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
    told = ((tuple(group), " ".join([words_of(page, lines[i]) for i in group])) for group in groups.values())
    return [Headline(group, words, words) for group, words in told]
