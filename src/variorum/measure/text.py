"""Scores of cleaned text: shingles of four words, as the article extraction benchmark counts them."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from variorum.measure.intervals import mean_of
from variorum.measure.values import key_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from variorum.measure.rows import Row

_WORD = re.compile(r"\w+")
# Published figures use four (scrapinghub/article-extraction-benchmark).
SIZE = 4


def shingles(text: str, *, size: int = SIZE) -> Counter[tuple[str, ...]]:
    """Multiset of runs of `size` words; a text of fewer words is one run."""
    words = _WORD.findall(text)
    if not words:
        return Counter()
    return Counter(tuple(words[i : i + size]) for i in range(max(1, len(words) - size + 1)))


def shingle_prf(gold: str, found: str, *, size: int = SIZE) -> tuple[float, float, float]:
    """Precision, recall and F1 of one text against another, 0 to 1; two empty texts agree."""
    left, right = shingles(gold, size=size), shingles(found, size=size)
    if not left and not right:
        return 1.0, 1.0, 1.0
    same = (left & right).total()
    wanted, given = left.total(), right.total()
    return same / given if given else 0.0, same / wanted if wanted else 0.0, 2 * same / (wanted + given)


def text_scores(gold: Sequence[Row], system: Sequence[Row]) -> dict[str, Any]:
    """Scores of whole texts.

    Args:
        gold: Rows with `text`, joined by `input`, `location`, `url`, `doc`, `id` or `page`.
        system: Rows in the same form; a page without one counts as empty.

    Returns:
        `precision`, `recall`, `f1`: means over pages with intervals; `exact`: share of pages with the very same words.
    """
    given = {key_of(row): str(row.get("text") or "") for row in system}
    texts = [(str(row.get("text") or ""), given.get(key_of(row), "")) for row in gold]
    scores = [shingle_prf(wanted, found) for wanted, found in texts]
    same = sum(_WORD.findall(wanted) == _WORD.findall(found) for wanted, found in texts)
    means = {name: mean_of([s[i] for s in scores]) for i, name in enumerate(("precision", "recall", "f1"))}
    return {**means, "exact": same / len(texts) if texts else 0.0}
