"""Text taken as it is."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from variorum.clean.as_text import as_text
from variorum.clean.decode import decode


@given(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=80),
    st.sampled_from(["utf-8", "utf-16-le", "gb18030"]),
)
def test_the_text_is_the_very_text(text, charset):
    """Nothing is removed or changed, and every code point has its own bytes."""
    body = text.encode(charset)
    made = as_text(*decode(body, charset))
    assert made.text == text
    assert made.removed == []
    for i in range(len(text)):
        assert [body[a:b].decode(charset) for a, b in made.offset_map.page_ranges(i, i + 1)] == [text[i]]


def test_each_line_is_a_paragraph():
    """Lines that are not blank are paragraphs, without the white space around them."""
    text = "\ufeff  One line. \r\n\n\tAnother.\n   \nLast"
    made = as_text(*decode(text.encode(), "utf-8"))
    assert [(text[a:b], kind) for a, b, kind in made.blocks] == [
        ("\ufeff  One line.", "paragraph"),
        ("Another.", "paragraph"),
        ("Last", "paragraph"),
    ]
