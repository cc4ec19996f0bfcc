"""The reader's chains beside the things that lists and rules know: which chain is of which thing, and where."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter, defaultdict
from itertools import chain, islice
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Callable

    from variorum.tag.mentions.page import Marked, Page


class Found(msgspec.Struct):
    """A mention in the making: tokens [first, stop) with head [head, head_stop), of entity `entity` or -1."""

    first: int
    stop: int
    head: int
    head_stop: int
    kind: str
    entity: int


class Chains:
    """The reader's chains: which of them are of which entity, and where."""

    def __init__(self, page: Page) -> None:
        self.sizes = Counter(m.chain for m in page.mentions)
        self._by_head: dict[int, list[Marked]] = defaultdict(list)
        for mention in page.mentions:
            self._by_head[mention.head].append(mention)
        self._of: dict[int, list[tuple[int, int]]] = defaultdict(list)

    def mention(self, found: Found) -> Marked | None:
        """The reader's mention of what was found: with the same head, else a head inside, of nearest extent."""
        for heads in (range(found.head, found.head_stop), range(found.first, found.stop)):
            held = [m for k in heads for m in self._by_head.get(k, ())]
            if held:
                return min(held, key=lambda m: abs(m.first - found.first) + abs(m.stop - found.stop))
        return None

    def tell(self, found: Found) -> None:
        """Remember that the chain of a mention is of this entity, here."""
        mention = self.mention(found)
        if mention is not None and found.entity >= 0:
            insort(self._of[mention.chain], (found.first, found.entity))

    def entity(self, mention: Marked, fits: Callable[[int, int], bool]) -> int:
        """The entity of a mention's chain that was spoken of last before it, else that which comes next; -1 if none fits.

        Args:
            mention: The mention.
            fits: Whether an entity, told at a token, may be meant.
        """
        told = self._of.get(mention.chain, [])
        here = bisect_left(told, (mention.first, -1))
        behind = bisect_left(told, (mention.first + 1, -1))
        # The nearest first: one chain may be told at every word of a long page.
        for at, entity in chain(islice(reversed(told), len(told) - here, None), islice(told, behind, None)):
            if fits(at, entity):
                return entity
        return -1
