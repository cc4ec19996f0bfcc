"""The page's source as an extractor is given it: without what it would drop, equal stretches of text marked."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from variorum.clean.html.chars import characters, letters

if TYPE_CHECKING:
    from collections.abc import Sequence

    from variorum.clean.html.scan import Node, Scan

# Syllables of the Yi script: letters, so that an extractor keeps them, and met in no news of other scripts.
_FIRST, _LAST = "\ua000", "\ua48c"
_MARKS = re.compile(f"[{_FIRST}-{_LAST}]")
# In UTF-8 they begin with this byte, as few other letters do; finding a byte costs a fiftieth of the pattern.
_LEAD = b"\xea"
_MOST = ord(_LAST) - ord(_FIRST) + 1
# Attributes that tell an extractor nothing of the text (addresses, scripts, data), in start tags of some length: to parse them
# takes longer than to cut them. It finds the same words without them on all 197 pages tried (docs/why/clean-html.md).
_BULKY = re.compile(
    r"""\s(?:href|src|srcset|sizes|on[a-z]+|data-(?!testid|component|lp-)[\w-]+)\s*=\s*(?:"[^"]*"|'[^']*')""",
    re.IGNORECASE,
)
_BULK = 40
# Shorter ones ("Share on Facebook") are known to the extractor as they stand.
_LEAST_LETTERS = 20


def for_extractor(page: Scan) -> str:
    """The page's source without what is idle, each of several equal nodes with a mark of its own as its last letter.

    Args:
        page: The page; `mark` of its nodes is filled in.

    Returns:
        HTML; without marks if the page has no equal nodes, or letters of the Yi script.
    """
    raw = page.raw
    changes = [(start, end, "") for start, end in page.idle]
    changes += [(at, at, mark) for at, mark in _marked(page)]
    changes += [
        (a, b, "")
        for start, end in page.attributes_at
        if end - start > _BULK
        for a, b in _bulk(raw, start, end)
    ]
    changes.sort()
    parts, done = [], 0
    for start, end, put in changes:
        # What stands within a stretch that is left out goes with it.
        if start >= done:
            parts += [raw[done:start], put]
            done = end
    return "".join([*parts, raw[done:]])


def _bulk(raw: str, start: int, end: int) -> list[tuple[int, int]]:
    return [match.span() for match in _BULKY.finditer(raw, start, end)]


def _marked(page: Scan) -> Sequence[tuple[int, str]]:
    """Where in the source which mark is to stand."""
    counts = Counter([node.letters for node in page.nodes if len(node.letters) >= _LEAST_LETTERS])
    repeated = {text for text, count in counts.items() if count > 1}
    if not repeated or (_LEAD in page.raw.encode("utf-8", "replace") and _MARKS.search(page.raw)):
        return ()
    found: list[tuple[int, str]] = []
    met: Counter[str] = Counter()
    for node in page.nodes:
        if node.letters in repeated and met[node.letters] < _MOST:
            node.mark = chr(ord(_FIRST) + met[node.letters])
            met[node.letters] += 1
            found.append((_letters_end(page.raw, node), node.mark))
    return found


def _letters_end(raw: str, node: Node) -> int:
    """Where a node's last letter ends in the page."""
    if raw[node.end - 1].isalnum():
        return node.end
    found = node.end
    for text, start, end in characters(raw, node.start, node.end):
        if letters(text):
            last = max(i for i, char in enumerate(text) if letters(char))
            found = start + last + 1 if end - start == len(text) else end
    return found
