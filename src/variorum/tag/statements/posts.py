"""Posts of networks that a page embeds: what they say, said by who posted it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import regex

from variorum.records import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from variorum.records import Block
    from variorum.tag.statements.units import Page

# "— Ana Brel (@brel_velm) May 6, 2031" behind the post, or "Ana Brel (@brel_velm):" and "@brel_velm:" before it.
_SIGNED = regex.compile(r"(?:^|[—–]|\s-)\s*([^—–\n@]{1,80}?\(@\w[\w.-]*\))(?P<rest>[^@]{0,60})$")
_LED = regex.compile(r"^\s*((?:[^:—–\n@]{1,80}?\s)?\(?@\w[\w.-]*\)?)\s*:\s+(?=\S)")
# Addresses that networks put at a post's end, glued to what follows or not.
_LINKS = regex.compile(r"(?:\s*(?:https?://|www\.|pic\.)[^\s—–]+)+\s*$")
_EDGES = " \t\n\r\u00a0"


class Post(msgspec.Struct, frozen=True):
    """One post: its words, one span a block, who posted it, and the id of the time it bears."""

    content: tuple[Span, ...]
    source: Span
    time: str = ""


def _said(page: Page, start: int, end: int) -> list[Span]:
    """The words between two places without addresses and white space at the ends; none if nothing is left."""
    link = _LINKS.search(page.text, start, end)
    end = link.start() if link else end
    while start < end and page.text[start] in _EDGES:
        start += 1
    while end > start and page.text[end - 1] in _EDGES:
        end -= 1
    return [Span(start, end)] if start < end else []


def _runs(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Embedded blocks that follow one another."""
    run: list[Block] = []
    for block in blocks:
        if block.kind == "embed":
            run.append(block)
        elif run:
            yield run
            run = []
    if run:
        yield run


def posts(page: Page) -> list[Post]:
    """The posts of a page that tell who posted them, by place."""
    found: list[Post] = []
    for run in _runs(page.blocks):
        said: list[Span] = []
        for block in run:
            signed = _SIGNED.search(page.text, block.start, block.end)
            led = None if signed else _LED.search(page.text, block.start, block.end)
            if signed:
                said += _said(page, block.start, signed.start())
                when = page.times_in(signed.start("rest"), signed.end())
                source = Span(signed.start(1), signed.end(1))
                if said:
                    found.append(Post(tuple(said), source, when[0].id if when else ""))
                said = []
            elif led:
                said = []
                content = _said(page, led.end(), block.end)
                if content:
                    found.append(Post(tuple(content), Span(led.start(1), led.end(1))))
            else:
                said += _said(page, block.start, block.end)
    return found
