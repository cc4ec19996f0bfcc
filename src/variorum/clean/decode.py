"""A page's bytes as text, with the byte offset of every code point, damaged bytes included."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

import numpy as np

from variorum.text.offsets import byte_offsets

if TYPE_CHECKING:
    from collections.abc import Sequence

# A damaged stretch of n bytes is decoded to this plus n for a moment: a lone surrogate, which no sound text holds.
_MARK = 0xDC00
_MARKS = re.compile("[\udc01-\udcff]")
_HANDLER = "variorum.damage"


def _mark_damage(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    end = min(error.end, error.start + 0xFF)
    return chr(_MARK + end - error.start), end


codecs.register_error(_HANDLER, _mark_damage)


_UTF8 = frozenset({"utf-8", "utf8", "utf_8"})


def _utf8_offsets(body: bytes) -> Sequence[int]:
    """Where each code point of sound UTF-8 begins, and the end; packed, since few of them are asked for."""
    # Bytes that go on with a character are 0x80 to 0xBF: the lowest as signed numbers. One byte more stands for the end.
    starts = np.flatnonzero(np.frombuffer(body + b"\0", dtype=np.int8) > -65)
    return starts.data


def decode(body: bytes, charset: str) -> tuple[str, Sequence[int]]:
    """Decode a page.

    Args:
        body: Its bytes.
        charset: A Python codec that maps each character to its own bytes; empty for UTF-8.

    Returns:
        The text, U+FFFD for each damaged stretch, and the byte offset of each code point and of the end.
    """
    charset = charset or "utf-8"
    try:
        raw = body.decode(charset)
    except UnicodeDecodeError:
        return _damaged(body, charset)
    if len(raw) == len(body):
        # One byte for each character; counting them one by one would cost more than all the rest.
        return raw, range(len(raw) + 1)
    if charset.startswith("utf-32"):
        return raw, range(0, len(body) + 1, 4)
    return raw, _utf8_offsets(body) if charset in _UTF8 else byte_offsets(raw, charset)


def _damaged(body: bytes, charset: str) -> tuple[str, Sequence[int]]:
    raw = body.decode(charset, _HANDLER)
    marks = [m.start() for m in _MARKS.finditer(raw)]
    widths = np.diff(np.asarray(byte_offsets(_MARKS.sub("?", raw), charset), dtype=np.int64))
    widths[marks] = [ord(raw[i]) - _MARK for i in marks]
    return _MARKS.sub("\ufffd", raw), [0, *np.cumsum(widths).tolist()]
