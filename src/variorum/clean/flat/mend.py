"""Mend the ends of the article: paragraphs that follow it directly, with no furniture between, belong to it.

Measured on two folds by site (bench/quality/clean_flat.py): F1 +.003 copied, +.004 extracted, +.003 crawled.
A headline right behind a label such as `SEE ALSO` goes, whatever the chain made of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from variorum.clean import flat_marks as marks
from variorum.clean.flat.model import BODY, GAP

if TYPE_CHECKING:
    from collections.abc import Sequence

    from variorum.clean.flat.features import Look

# Short lines that may stand between two paragraphs: a heading, a list, a label with its link.
_IDLE = 3
# A line of so many words before such a paragraph is its heading rather than the teaser of another page.
_HEADING_WORDS = 6
# The page's last line, with fewer words and behind two such lines, is a slogan at its foot rather than a paragraph.
_SLOGAN_WORDS = 9
# Marks of a comment or a teaser: "3 hours ago".
_AGO = 7


def mend(states: Sequence[int], texts: Sequence[str], looks: Sequence[Look]) -> list[int]:
    """Carry the article on over paragraphs that follow it directly.

    Args:
        states: The model's states.
        texts: The pieces.
        looks: What is seen of each.

    Returns:
        The states, with paragraphs behind the article set to `BODY` up to the first furniture, and another page's headline
        behind a label such as `SEE ALSO` to `GAP`.
    """
    mended = list(states)
    for i in range(1, len(texts)):
        if mended[i] == BODY and _is_teaser(texts[i], looks[i]) and marks.RELATED.match(texts[i - 1][:80]):
            mended[i] = GAP
    last = max((i for i, s in enumerate(states) if s == BODY), default=-1)
    if last < 0:
        return mended
    idle: list[int] = []
    for i in range(last + 1, len(texts)):
        seen = looks[i]
        if marks.RELATED.match(texts[i][:80]):
            continue
        if seen.chrome >= 2 or seen.buckets[9] == _AGO or len(idle) > _IDLE:
            break
        short = i == len(texts) - 1 and len(idle) > 1 and seen.words < _SLOGAN_WORDS
        if seen.prose >= 2 and seen.chrome == 0 and seen.buckets[2] in (1, 2) and not short:
            for j in idle:
                own = marks.BULLET.match(texts[j]) or (j == i - 1 and _is_heading(texts[j], looks[j]))
                mended[j] = BODY if own else GAP
            mended[i] = BODY
            idle = []
        else:
            idle.append(i)
    return mended


def _is_heading(text: str, seen: Look) -> bool:
    """Whether a line just before a paragraph reads like its heading: a few words, none of them furniture."""
    return seen.chrome == 0 and seen.words <= _HEADING_WORDS and text[0].isupper() and text[-1].isalpha()


def _is_teaser(text: str, seen: Look) -> bool:
    """Whether a line reads like a headline: no sentence's end, and too long for a heading within the article."""
    return seen.words > _HEADING_WORDS and seen.prose <= 2 and text[-1].isalnum()
