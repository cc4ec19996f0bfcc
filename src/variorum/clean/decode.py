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


def decode(body: bytes, charset: str) -> tuple[str, Sequence[int]]:
    """Decode a page.

    Args:
        body: Its bytes.
        charset: A Python codec that maps each character to its own bytes; empty for UTF-8.

    Returns:
        The text, U+FFFD for each damaged stretch, and the byte offset of each code point and of the end.
    """
    charset = charset or "utf-8"
    raw = body.decode(charset, _HANDLER)
    damaged = [m.start() for m in _MARKS.finditer(raw)] if not raw.isascii() else []
    if len(raw) == len(body):
        # One byte for each character; counting them one by one would cost more than all the rest.
        return (_MARKS.sub("\ufffd", raw) if damaged else raw), range(len(raw) + 1)
    if not damaged:
        return raw, byte_offsets(raw, charset)
    sound = _MARKS.sub("?", raw)
    widths = np.diff(np.asarray(byte_offsets(sound, charset), dtype=np.int64))
    widths[damaged] = [ord(raw[i]) - _MARK for i in damaged]
    return _MARKS.sub("\ufffd", raw), [0, *np.cumsum(widths).tolist()]
