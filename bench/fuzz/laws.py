"""What must hold of a cleaned page, whatever the page: laws checked by code that shares nothing with cleaning."""

from __future__ import annotations

import html
import json
import re
import zlib
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from bench.fuzz.grow import PLANTED
from variorum.measure.anchors import bare
from variorum.records import Block, Document, Header, Removed, from_table
from variorum.text.offsets import OffsetMap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bench.fuzz.grow import Grown
    from variorum.records import Page, Tables

_LETTERS = re.compile(r"[^\W_]+")
_SPACE, _SPACES = re.compile(r"\s"), re.compile(r"\s*")
# Values that are made of the words, not read off them.
_MADE = frozenset({"published", "modified", "language", "translated", "credits", "outlet"})


def broken_laws(page: Page, body: bytes, tables: Tables, grown: Grown | None = None) -> Iterator[str]:
    """The laws that a cleaned page breaks.

    Args:
        page: The page.
        body: Its bytes.
        tables: What the stage made of it.
        grown: What is known of the page, if it was grown and not damaged.

    Yields:
        One line for each law that is broken.
    """
    for document in from_table(Document, tables["documents"]):
        made = OffsetMap.unpack(document.offset_map)
        blocks = from_table(Block, tables["blocks"])
        removed = from_table(Removed, tables["removed"])
        charset = page.charset or "utf-8"
        yield from _anchored(document.text, made, body, charset, html_page=page.form == "html")
        yield from _in_blocks(document.text, blocks)
        yield from _apart(made, removed, len(body))
        yield from _removed_words(removed, body, charset, html_page=page.form == "html")
        yield from _evidence(from_table(Header, tables["headers"]), body, charset)
        if page.form == "flat":
            yield from _all_there(document.text, removed, body.decode(charset, "replace"))
        if grown is not None and grown.exact:
            yield from _planted(document.text, removed, grown)


def _anchored(text: str, made: OffsetMap, body: bytes, charset: str, *, html_page: bool) -> Iterator[str]:
    """Each code point's bytes decode to it, or to a reference or white space that it stands for; others are white space."""
    at = 0
    rest: str | None = ""
    for run in made.runs:
        if bare(text[at : run.start].removeprefix(rest or "")):
            yield f"anchors: {text[at : run.start][:40]!r} stands for no bytes"
        at = run.start + run.length
        said = text[run.start : at]
        source = body[run.page_start : run.page_start + run.length * run.width].decode(charset, "replace")
        rest = ""
        if source == said or (len(source) == len(said) and _SPACE.sub(" ", source) == said):
            continue
        for i, sign in enumerate(said):
            low = run.page_start + i * run.width
            rest = _left(sign, body[low : low + run.width].decode(charset, "replace"), html_page=html_page)
            if rest is None:
                yield f"anchors: bytes {low}+{run.width} are {source[:40]!r}, the text says {sign!r} of {said[:40]!r}"
                rest = ""
    if bare(text[at:].removeprefix(rest or "")):
        yield f"anchors: {text[at : at + 40]!r} stands for no bytes"


def _left(sign: str, source: str, *, html_page: bool) -> str | None:
    """What a sign's source stands for beside it: nothing mostly, the rest of a reference; None if it does not stand for it."""
    if source == sign or (sign == " " and not bare(source)) or (sign == "\ufffd" and "\ufffd" in source):
        return ""
    whole = html.unescape(source) if html_page else ""
    return whole[1:] if whole[:1] == sign else "" if sign == " " and whole.isspace() else None


def _in_blocks(text: str, blocks: Sequence[Block]) -> Iterator[str]:
    """Blocks come in text order, do not overlap, are not blank, and hold all that is not white space."""
    at = 0
    for block in blocks:
        if not at <= block.start < block.end <= len(text):
            yield f"blocks: [{block.start}:{block.end}] after {at} in a text of {len(text)}"
            return
        if not _SPACES.fullmatch(text, at, block.start):
            yield f"blocks: {text[at : block.start][:40]!r} is in none"
        if not text[block.start : block.end].strip():
            yield "blocks: a blank one"
        at = block.end
    if text[at:].strip():
        yield f"blocks: {text[at:][:40]!r} is in none"


def _apart(made: OffsetMap, removed: Sequence[Removed], size: int) -> Iterator[str]:
    """No byte stands in the text twice, nor in the text and among what was removed."""
    ranges = sorted(
        [(r.page_start, r.page_start + r.length * r.width, "text") for r in made.runs if r.width]
        + [(r.start, r.end, "removed") for block in removed for r in block.page_ranges]
    )
    for start, end, name in ranges:
        if not 0 <= start <= end <= size:
            yield f"ranges: {name} [{start}:{end}] of {size} bytes"
    for (a, b, name), (c, d, other) in pairwise(ranges):
        if c < b:
            yield f"ranges: {name} [{a}:{b}] and {other} [{c}:{d}] overlap"
            return


def _removed_words(
    removed: Sequence[Removed], body: bytes, charset: str, *, html_page: bool
) -> Iterator[str]:
    """What a removed block says is what its bytes say."""
    for block in removed:
        source = "".join(body[r.start : r.end].decode(charset, "replace") for r in block.page_ranges)
        told = bare(block.text)
        if told not in {bare(source), bare(html.unescape(source)) if html_page else ""} and _letters(
            block.text
        ) != _letters(
            " ".join(
                html.unescape(body[r.start : r.end].decode(charset, "replace")) for r in block.page_ranges
            )
        ):
            yield f"removed: bytes say {source[:60]!r}, the block says {block.text[:60]!r}"


def _evidence(headers: Sequence[Header], body: bytes, charset: str) -> Iterator[str]:
    """The bytes of a header's evidence hold the words that it was read from, and those of its value where they are read off."""
    for header in headers:
        if not header.page_ranges:
            continue
        if not all(0 <= r.start < r.end <= len(body) for r in header.page_ranges):
            yield f"header {header.field} ({header.found_in}): ranges not within the page"
            continue
        source = " ".join(body[r.start : r.end].decode(charset, "replace") for r in header.page_ranges)
        held = {_letters(form) for form in _readings(source)}
        for name, words in (("text", header.text), ("value", "" if header.field in _MADE else header.value)):
            lost = [w for w in _LETTERS.findall(bare_words(words)) if not any(w in h for h in held)]
            if lost:
                yield f"header {header.field} ({header.found_in}, {header.reason[:20]}): {name} has {lost[:3]}, its bytes are {source[:60]!r}"


def bare_words(text: str) -> str:
    """Words without what cannot be seen, white space left."""
    return " ".join(bare(w) for w in text.split())


def _readings(source: str) -> Iterator[str]:
    yield source
    yield html.unescape(source)
    try:
        read = json.loads(f'"{source}"', strict=False)
    except ValueError:
        read = re.sub(r"\\u([0-9a-fA-F]{4})", lambda m: chr(int(m[1], 16)), source)
    yield html.unescape(read)
    # Each of several strings ends where its range does, and is joined by a space.
    yield html.unescape(
        re.sub(
            r"\\(?:u([0-9a-fA-F]{4})|(.))",
            lambda m: chr(int(m[1], 16)) if m[1] else {"n": "\n", "t": "\t"}.get(m[2], m[2]),
            source,
        )
    )


def _letters(text: str) -> str:
    return "".join(_LETTERS.findall(bare(text)))


def _all_there(text: str, removed: Sequence[Removed], page: str) -> Iterator[str]:
    """Every sign of a flattened page stands in its text or among what was removed, once."""
    told = Counter(bare(text)) + Counter(bare("".join(r.text for r in removed)))
    there = Counter(bare(page))
    if told != there:
        yield f"words: flattened page has {dict(list((there - told).items())[:5])} more, {dict(list((told - there).items())[:5])} less"


def _planted(text: str, removed: Sequence[Removed], grown: Grown) -> Iterator[str]:
    """Each planted word stands in the text or among what was removed as often as in the page, those out of sight nowhere."""
    told = Counter(PLANTED.findall(text.lower()))
    told.update(w for block in removed for w in PLANTED.findall(block.text.lower()))
    for word, count in grown.seen.items():
        if told[word] != count:
            at = grown.text.lower().find(word)
            yield f"words: {word} stands {count} times in the page, {told[word]} times in text and removed: ...{grown.text[max(0, at - 60) : at + 20]!r}"
            return
    for word in sorted(grown.unseen & told.keys()):
        at = grown.text.find(word)
        yield f"words: out of sight, yet told: ...{grown.text[max(0, at - 60) : at + 20]!r}"
        return


def body_of(packed: bytes) -> bytes:
    """A body's bytes."""
    return zlib.decompress(packed)
