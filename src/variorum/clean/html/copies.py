"""Text nodes that say the same, marked so that an extractor tells which of them it took."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from variorum.clean.html.chars import characters, letters, node_letters

if TYPE_CHECKING:
    from variorum.clean.html.scan import Node, Scan

# Syllables of the Yi script: letters, so that an extractor keeps them, and met in no news of other scripts.
_FIRST, _LAST = "\ua000", "\ua48c"
_MARKS = re.compile(f"[{_FIRST}-{_LAST}]")
_MOST = ord(_LAST) - ord(_FIRST) + 1
# Shorter ones ("Share on Facebook") are known to the extractor as they stand.
_LEAST_LETTERS = 20


def mark_copies(page: Scan) -> str:
    """Fill in the letters of all nodes, and give each of several equal ones a mark of its own as its last letter.

    Args:
        page: The page; `letters` and `mark` of its nodes are filled in.

    Returns:
        The page's source with the marks in it; as it is if it has no equal nodes, or letters of the Yi script.
    """
    raw, parts, done = page.raw, [], 0
    for node in page.nodes:
        node.letters = node_letters(raw, node.start, node.end)
    counts = Counter(node.letters for node in page.nodes if len(node.letters) >= _LEAST_LETTERS)
    if all(count == 1 for count in counts.values()) or _MARKS.search(raw):
        return raw
    seen: Counter[str] = Counter()
    for node in page.nodes:
        if counts[node.letters] > 1 and seen[node.letters] < _MOST:
            node.mark = chr(ord(_FIRST) + seen[node.letters])
            seen[node.letters] += 1
            at = _letters_end(raw, node)
            parts += [raw[done:at], node.mark]
            done = at
    return "".join([*parts, raw[done:]])


def _letters_end(raw: str, node: Node) -> int:
    """Where a node's last letter ends in the page."""
    found = node.end
    for text, start, end in characters(raw, node.start, node.end):
        if letters(text):
            last = max(i for i, char in enumerate(text) if letters(char))
            found = start + last + 1 if end - start == len(text) else end
    return found
