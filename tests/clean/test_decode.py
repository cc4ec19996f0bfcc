"""Bytes to text with offsets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.clean.decode import decode

CHARSETS = ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "gb18030")


@given(st.text(st.characters(exclude_categories=["Cs"])), st.sampled_from(CHARSETS))
def test_each_code_point_has_its_own_bytes(text, charset):
    """The bytes between two offsets decode to the code points between them."""
    body = text.encode(charset)
    raw, offsets = decode(body, charset)
    assert raw == text
    assert len(offsets) == len(raw) + 1
    assert offsets[len(raw)] == len(body)
    assert all(body[offsets[i] : offsets[i + 1]].decode(charset) == raw[i] for i in range(len(raw)))


@given(st.binary(max_size=60), st.sampled_from(["utf-8", "cp1252", "utf-16-le", "gb18030", ""]))
def test_damaged_bytes_are_still_text(body, charset):
    """Any bytes give the text that Python's own replacement gives, and offsets that end with the bytes."""
    raw, offsets = decode(body, charset)
    assert raw == body.decode(charset or "utf-8", "replace")
    assert offsets[len(raw)] == len(body)
    widths = [offsets[i + 1] - offsets[i] for i in range(len(raw))]
    assert all(w > 0 for w in widths)


@pytest.mark.parametrize(
    ("body", "expected"), [(b"a\xff\xfeb", [0, 1, 2, 3, 4]), (b"\xe2\x82x\xc3\xa9", [0, 2, 3, 5])]
)
def test_damage_keeps_its_width(body, expected):
    """A damaged stretch is one character as wide as its bytes, and what follows stands where it stood."""
    assert list(decode(body, "utf-8")[1]) == expected
