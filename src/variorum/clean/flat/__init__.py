"""Clean flattened text: a page saved as text with its menus, buttons, captions and forms left in.

The page is cut into pieces (`pieces`), at certain seams into parts (`seams`); each is seen by layout, punctuation
and shares of word classes (`features`); a chain over the page tells the article's (`model`); patterns that hold
everywhere settle the rest (`title`, `roles`). The text is composed of the page's own characters.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, cast

from variorum.clean import flat_marks as marks
from variorum.clean.cleaned import Cleaned, RemovedBlock
from variorum.clean.flat.features import core, features, look
from variorum.clean.flat.mend import mend
from variorum.clean.flat.model import BODY, GAP, decode
from variorum.clean.flat.pieces import BLANKS, Piece, broken, cut, trim
from variorum.clean.flat.roles import settle
from variorum.clean.flat.seams import Part, part
from variorum.clean.flat.title import Title, find_title
from variorum.clean.flat_header import Line, text_evidence
from variorum.errors import PageRefused
from variorum.records import PageRange
from variorum.text.offsets import TextBuilder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from variorum.clean.flat.features import Look
    from variorum.records.document import BlockKind, RemovedKind

__all__ = ["clean_flat"]

# Blocks one of which must hold a sentence, lest a menu pass for an article.
_TELLING = frozenset({"+paragraph", "+list", "+quote", "+embed"})
# Runs whose code points take equally many bytes in the usual charsets; a single space between words is no blank run.
_RUN = re.compile(
    r"[!-~]+(?: [!-~]+)*"
    rf"|(?P<blank>[{BLANKS}]+)"
    r"|[\u00a1-\u00ac\u00ae-\u07ff]+"
    rf"|[^\u0000-\u07ff\U00010000-\U0010ffff{BLANKS}]+"
    r"|[\U00010000-\U0010ffff]+"
)


def clean_flat(raw: str, offsets: Sequence[int], *, given: Mapping[str, str]) -> Cleaned:
    """Clean one flattened page.

    Args:
        raw: The page, decoded.
        offsets: Byte offset of every code point of `raw`, and the length at the end.
        given: Header values told beside the page (`title` helps to find the headline); they are no evidence here.

    Returns:
        The article's text, made of the page's own characters (white space single, bullets and controls left out),
        and everything else as removed blocks: every character that is not blank stands in one of both.

    Raises:
        PageRefused: If no piece of the page reads like an article.
    """
    parts = part(raw, cut(raw))
    texts = [raw[p.piece.start : p.piece.end] for p in parts]
    known = {text: look(text) for text in dict.fromkeys(texts)}
    looks = [known[text] for text in texts]
    settled = {i for i, p in enumerate(parts) if p.fate}
    for states in _readings(raw, parts, texts, looks):
        body = [i for i, state in enumerate(states) if state == BODY]
        title = find_title(texts, looks, body, barred=settled, given=given.get("title", "")) if body else None
        fates = settle(parts, texts, looks, states, title)
        if any(fate in _TELLING and seen.prose >= 2 for fate, seen in zip(fates, looks, strict=True)):
            return _compose(raw, offsets, _final(raw, parts, fates, title), title)
    raise PageRefused("no article text found (if the text is the article alone, say so with --as-text)")


def _readings(
    raw: str, parts: Sequence[Part], texts: Sequence[str], looks: Sequence[Look]
) -> Iterator[list[int]]:
    """The model's states, and for the case that it finds no article the run of most prose."""
    pieces = [p.piece for p in parts]
    lost = broken(pieces)
    states = decode(features(pieces, raw, looks), broken=lost)
    # On pages without line breaks mending costs more than it gives: what follows there is prose of all sorts.
    yield states if lost else mend(states, texts, looks)
    first, last = core(looks)
    yield [BODY if first <= i < last and s.prose >= 2 else GAP for i, s in enumerate(looks)]


def _final(
    raw: str, parts: Sequence[Part], fates: Sequence[str], title: Title | None
) -> list[tuple[Piece, str]]:
    """Pieces with their fates: the headline cut out of its line, neighbours of one line and one fate joined."""
    final: list[tuple[Piece, str]] = []
    for index, (found, fate) in enumerate(zip(parts, fates, strict=True)):
        piece = found.piece
        if title and index == title.index:
            _title_pieces(raw, piece, title, final)
            continue
        if fate == "+list":
            mark = marks.BULLET.match(raw[piece.start : piece.end])
            if mark:
                final.append(
                    (Piece(*trim(raw, piece.start, piece.start + mark.end()), piece.line), "-template")
                )
                piece = Piece(*trim(raw, piece.start + mark.end(), piece.end), piece.line)
        last = final[-1] if final else None
        if last and last[1] == fate and fate in {"+paragraph", "-related"} and last[0].line == piece.line:
            final[-1] = (Piece(last[0].start, piece.end, piece.line), fate)
        elif piece.start < piece.end:
            final.append((piece, fate))
    return final


def _title_pieces(raw: str, piece: Piece, title: Title, final: list[tuple[Piece, str]]) -> None:
    cuts = (
        (piece.start, piece.start + title.start, "-template"),
        (piece.start + title.start, piece.start + title.end, "+title"),
        (piece.start + title.end, piece.end, "-navigation" if title.site else "-related"),
    )
    for low, high, fate in cuts:
        start, end = trim(raw, low, high)
        if start < end:
            final.append((Piece(start, end, piece.line), fate))


def _compose(
    raw: str, offsets: Sequence[int], final: Sequence[tuple[Piece, str]], title: Title | None
) -> Cleaned:
    builder = TextBuilder()
    blocks: list[tuple[int, int, BlockKind]] = []
    rest: list[tuple[RemovedKind, PageRange, str]] = []
    lines: list[Line] = []
    ranges = _ranges(offsets)
    for piece, fate in final:
        text = raw[piece.start : piece.end]
        lines.append(Line(text, fate[1:] if fate[0] == "+" else "", fate[0] == "+", ranges(piece.start)))
        if fate[0] == "+":
            builder.gap("\n\n" if len(builder) else "")
            start = len(builder)
            _add(builder, raw, offsets, piece)
            blocks.append((start, len(builder), cast("BlockKind", fate[1:])))
        else:
            where = PageRange(offsets[piece.start], offsets[piece.end])
            rest.append((cast("RemovedKind", fate[1:]), where, " ".join(text.split())))
    evidence = text_evidence(
        lines, site=title.site if title else "", title_reason=title.reason if title else ""
    )
    return Cleaned(builder.text, builder.offset_map(), blocks, _removed(rest), evidence)


def _ranges(offsets: Sequence[int]) -> Callable[[int], Callable[[int, int], tuple[PageRange, ...]]]:
    def at(base: int) -> Callable[[int, int], tuple[PageRange, ...]]:
        return lambda low, high: (PageRange(offsets[base + low], offsets[base + high]),)

    return at


def _removed(rest: Sequence[tuple[RemovedKind, PageRange, str]]) -> list[RemovedBlock]:
    """Removed pieces as blocks; pieces of one kind that follow each other are one."""
    found: list[RemovedBlock] = []
    for kind, pieces in groupby(rest, key=lambda piece: piece[0]):
        ranges, texts = zip(*((where, text) for _, where, text in pieces), strict=True)
        found.append(RemovedBlock(kind, ranges, "\n".join(texts)))
    return found


def _add(builder: TextBuilder, raw: str, offsets: Sequence[int], piece: Piece) -> None:
    """Add a piece, each run of blanks as one space (nothing, if the run holds no white space)."""
    for match in _RUN.finditer(raw, piece.start, piece.end):
        start, end = match.span()
        bytes_ = offsets[end] - offsets[start]
        if match.lastgroup == "blank":
            if any(c.isspace() for c in match.group()):
                builder.add(" ", offsets[start], bytes_)
            continue
        width = offsets[start + 1] - offsets[start]
        if bytes_ == width * (end - start):
            builder.add(match.group(), offsets[start], width)
        else:
            for i in range(start, end):
                builder.add(raw[i], offsets[i], offsets[i + 1] - offsets[i])
