"""Text of strangers made safe to show: control codes, bidi marks and invisible letters become visible signs."""

from __future__ import annotations

import re

# C0 and C1 controls, DEL, bidi embeddings, overrides and isolates (UAX 9), zero-width letters, line separators, the
# byte-order mark, lone surrogates, and the tag letters that hide text.
_HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff\U000e0000-\U000e007f]"
)


def visible(text: str, *, keep: str = "") -> str:
    """Replace what would steer a terminal, turn a line round or hide in it.

    Args:
        text: Any text.
        keep: Control characters to leave as they are, such as a line feed.

    Returns:
        The text with C0 controls as their pictures (U+2400 block), the others as `<U+202E>`.
    """

    def sign(match: re.Match[str]) -> str:
        char = match[0]
        if char in keep:
            return char
        if char < " ":
            return chr(0x2400 + ord(char))
        return "␡" if char == "\x7f" else f"<U+{ord(char):04X}>"

    return _HIDDEN.sub(sign, text)
