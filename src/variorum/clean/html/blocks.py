"""A second look at the lines of a page: boosted trees over layout that mend what the extractor kept and dropped.

The trees (J. H. Friedman 2001: Greedy function approximation: a gradient boosting machine) are fitted by
`bench/quality/fit_blocks.py`. They see where a line stands, what links it holds, what stands beside it and how much of its topic the
article shares; of its words they see counts of furniture words, never the words. Features, thresholds and leaves are whole
numbers: the same text comes out on every machine.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from variorum.clean.flat.features import Look, look
from variorum.clean.flat.words import packaged
from variorum.clean.html.keep import words_of
from variorum.clean.html.layout import LINKED, PROSE_WORDS
from variorum.clean.trees import UNIT, Forest, Trees

if TYPE_CHECKING:
    from collections.abc import Sequence

    from variorum.clean.html.keep import Line
    from variorum.clean.html.layout import Layout
    from variorum.clean.html.page import Elements

# Leaves are in 1/1024 of a nat. A line is added where the odds are 7 to 3 for it, dropped where they are 10 to 7 against it: of
# six pairs tried on both dev sets over three divisions by site all lie within .0007 of one another in body F1 and .0010 in strings
# F1; this one has the best bodies in the gate's division. A paragraph of prose amid kept ones goes only where they are 11 to 4
# against it: that costs no figure and saves what was said.
ADD, DROP, DROP_PROSE = round(0.847 * UNIT), round(-0.35 * UNIT), -UNIT
# Lines this far before the headline and after the article are looked at: farther on stand comments and other articles.
_BEFORE, _AFTER = 8, 25
# A dropped line of fewer words is not looked at.
_LEAST_WORDS = 4
# Kinds that stand with the article and are no body of it.
ASIDE = frozenset({"title", "byline", "dateline", "caption"})
_STRONG = frozenset({"strong", "b", "em", "i"})
_KINDS = (
    None, "advert", "comment_form", "comments", "social", "subscription", "related", "licence", "promotion", "template",
    "navigation", "media", "code",
)  # fmt: skip
NAMES = (
    "link", "topic", "own_container", "after_title", "words", "letters", "furniture", "kept_after", "outer_container", "byline", "kept",
    "median", "kept_before", "share", "same_length", "list", "words_after", "mark", "alike", "title_topic", "removed", "phrases",
    "strong", "density", "shouted", "extractor", "words_before", "capitals", "prose", "link_before", "named_share", "label",
)  # fmt: skip
# A few words and a colon begin a line: "Read also: ...".
_LABEL = re.compile(r"[^\s:].{1,30}?[:：]\s")
_LABEL_WORDS = (5, 8)
# Percent of a line's characters in links.
_HALF = 50
_PROSE, _KEPT_BEFORE, _KEPT_AFTER = (NAMES.index(name) for name in ("prose", "kept_before", "kept_after"))


@cache
def shipped() -> Forest:
    """The trees that ship."""
    return Forest(msgspec.json.decode(packaged("html_blocks.json"), type=Trees))


def second_look(
    elements: Elements, layout: Layout, lines: list[Line], extracted: Sequence[bool], title: Sequence[int]
) -> None:
    """Let go of kept lines that are furniture, keep dropped ones that are the article's.

    Titles, bylines, datelines and captions stay as they are; so does everything where nothing would be left.

    Args:
        elements: The page's elements, read.
        layout: How its lines lie.
        lines: Its lines, with what is kept marked and named.
        extracted: For each line whether the extractor kept any of it.
        title: Lines of the headline.
    """
    numbers, rows = features(elements, layout, lines, extracted, title)
    if not numbers:
        return
    scores = shipped().scores(np.array(rows, dtype=np.int32)).tolist()
    told = [(lines[n], score) for n, score in zip(numbers, scores, strict=True)]
    least = [DROP_PROSE if _amid_prose(row) else DROP for row in rows]
    drop = [
        line
        for (line, score), bound in zip(told, least, strict=True)
        if line.any_kept and line.kind not in ASIDE and score < bound
    ]
    if len(drop) == sum(line.any_kept and line.kind not in ASIDE for line in lines):
        return
    for line in drop:
        line.kept = [False] * len(line.kept)
    said = "".join(node.letters for line in lines if line.any_kept for node in line.nodes)
    for line, score in told:
        # A line that was dropped scores too low to come back.
        if not line.any_kept and score > ADD:
            kind, letters = elements.block_kind(line.nodes), "".join(node.letters for node in line.nodes)
            # What the text says already is a summary, a teaser of itself, a pulled quotation.
            if kind not in ASIDE and letters not in said:
                said += letters
                line.kind = kind
                line.kept = [not elements.hidden(n.element) for n in line.nodes]


def _amid_prose(row: tuple[int, ...]) -> bool:
    """Whether a line is a paragraph of prose, the one before it is kept and three of the four after it are."""
    return row[_PROSE] == 3 and row[_KEPT_BEFORE] == 2 and row[_KEPT_AFTER] >= 3


def features(
    elements: Elements,
    layout: Layout,
    lines: Sequence[Line],
    extracted: Sequence[bool],
    title: Sequence[int],
    *,
    every: bool = False,
) -> tuple[list[int], list[tuple[int, ...]]]:
    """What the trees see.

    Args:
        elements: The page's elements, read.
        layout: How its lines lie.
        lines: Its lines, with what is kept marked and named.
        extracted: For each line whether the extractor kept any of it.
        title: Lines of the headline.
        every: Look at dropped lines too that cannot be added; the trees learn from them what they are.

    Returns:
        Numbers of the lines looked at, and of each its features, in the order of `NAMES`; whole numbers.
    """
    kept = [line.any_kept and line.kind not in ASIDE for line in lines]
    marked = [n for n, k in enumerate(kept) if k]
    if not marked:
        return [], []
    seen = _Seen(elements, layout, lines, kept, title)
    first = min([marked[0], *title])
    numbers = [
        n
        for n in range(max(0, first - _BEFORE), min(len(lines), marked[-1] + _AFTER + 1))
        if (every or kept[n] or seen.may_be_added(n)) and not elements.hidden(lines[n].nodes[0].element)
    ]
    return numbers, [seen.row(n, extracted=extracted[n]) for n in numbers]


class _Seen:
    """What is seen of a page's lines together."""

    def __init__(
        self,
        elements: Elements,
        layout: Layout,
        lines: Sequence[Line],
        kept: Sequence[bool],
        title: Sequence[int],
    ) -> None:
        self.page, self.elements, self.lines, self.kept = layout.page, elements, lines, kept
        self.words, self.links, self.containers = layout.words, layout.links, layout.containers
        marked = [n for n, k in enumerate(kept) if k]
        self.title = max(title, default=-1)
        self.looks: dict[int, Look] = {}
        self.alike = Counter([self._name(n) for n in marked])
        self.topic = Counter(word for n in marked for word in self.look(n).content)
        self.headline = frozenset(word for n in title for word in self.look(n).content)
        self.named: Counter[tuple[str, str]] = Counter()
        for n in marked:
            self.named[self._around(n)] += self.words[n]
        self.lengths = Counter(self.words[n] for n in marked)
        self.median = sorted(self.words[n] for n in marked)[len(marked) // 2]
        self.prose, self.size, self.article = self._weights(marked)
        self.most = max(self.prose.values(), default=0) or 1
        self.total = sum(self.words[n] for n in marked) or 1

    def may_be_added(self, number: int) -> bool:
        """Whether a dropped line is worth a look: teasers and menus are links, and nobody misses a rubric."""
        return self.words[number] >= _LEAST_WORDS and self.links[number] < LINKED

    def look(self, number: int) -> Look:
        if number not in self.looks:
            self.looks[number] = look(words_of(self.page, self.lines[number]))
        return self.looks[number]

    def _name(self, number: int) -> tuple[str, str, str, str]:
        """What a line's block and the one around it are called."""
        block, around, _ = self.containers[number]
        tags, names = self.page.tags, self.elements.names
        return (
            tags[block],
            names(block),
            tags[around] if around > 0 else "",
            names(around) if around > 0 else "",
        )

    def _around(self, number: int) -> tuple[str, str]:
        """What the element around a line's block is called: pages part an article into several of one name."""
        return self._name(number)[2:]

    def _weights(self, marked: Sequence[int]) -> tuple[Counter[int], Counter[int], Counter[int]]:
        """By container: twice its words of prose (those a level further in count once), its words, its kept words."""
        prose: Counter[int] = Counter()
        size: Counter[int] = Counter()
        hidden = self.elements.hidden
        for line, (_, around, beyond), words, links in zip(
            self.lines, self.containers, self.words, self.links, strict=True
        ):
            # Most lines of a page have no word to weigh.
            if not words or hidden(line.nodes[0].element):
                continue
            size[around] += words
            if words >= PROSE_WORDS and links < LINKED:
                prose[around] += 2 * words
                prose[beyond] += words
        article: Counter[int] = Counter()
        for n in marked:
            article[self.containers[n][1]] += self.words[n]
        return prose, size, article

    def row(self, number: int, *, extracted: bool) -> tuple[int, ...]:
        """The features of one line."""
        line, seen, kept = self.lines[number], self.look(number), self.kept
        element = line.nodes[0].element
        _, around, beyond = self.containers[number]
        tags = [self.page.tags[e] for e in self.elements.ancestors(element, 8)]
        before, after = number - 1, number + 1
        removed = self.elements.removed_kind(element)
        return (
            self.links[number],
            self._shared(seen, least=2 if kept[number] else 1),
            100 * self.prose[around] // self.most,
            number - self.title if self.title >= 0 else 99,
            min(self.words[number], 200),
            sum(node.end - node.start for node in line.nodes),
            seen.chrome,
            sum(kept[number + 1 : number + 5]),
            100 * self.prose[beyond] // self.most,
            int(self.elements.is_byline(element)),
            int(kept[number]),
            self.median,
            0 if before < 0 else 1 + kept[before],
            100 * self.article[around] // self.total,
            self.lengths[self.words[number]] if kept[number] else 0,
            int("li" in tags),
            min(self.words[after], 60) if after < len(self.lines) else 0,
            seen.buckets[9],
            min(self.alike[self._name(number)], 10),
            100 * len(seen.content & self.headline) // len(seen.content)
            if seen.content and self.headline
            else -1,
            _KINDS.index(removed) if removed in _KINDS else len(_KINDS),
            seen.buckets[6],
            int(not _STRONG.isdisjoint(tags[:2])),
            100 * self.prose[around] // (2 * self.size[around] or 1),
            seen.buckets[10],
            int(extracted),
            min(self.words[before], 60) if before >= 0 else 0,
            seen.buckets[4],
            seen.prose,
            self.links[before] if before >= 0 else 0,
            100 * self.named[self._around(number)] // self.total,
            _label(words_of(self.page, line), self.links[number]),
        )

    def _shared(self, seen: Look, *, least: int) -> int:
        """Percent of a line's longer words that the kept lines hold too; -1 where it has none."""
        if not seen.content:
            return -1
        return 100 * sum([self.topic[word] >= least for word in seen.content]) // len(seen.content)


def _label(text: str, links: int) -> int:
    """0 for a line that no label begins; 1 for a sentence after one, 2 for words, 3 for a link; 4 for a label alone."""
    found = _LABEL.match(text)
    if found and len(found[0].split()) <= _LABEL_WORDS[0]:
        ended = text.rstrip('"”').endswith((".", "!"))
        return 3 if links >= _HALF else 1 if ended else 2
    return 4 if text.endswith(":") and len(text.split()) <= _LABEL_WORDS[1] else 0
