"""Strangers' text made visible: nothing steers a terminal or hides."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.text.safe import visible


@given(st.text())
def test_safe_leaves_no_control_behind(text):
    """What comes out holds no control character, bidi override or surrogate."""
    assert not [
        c
        for c in visible(text)
        if unicodedata.category(c) in {"Cc", "Cs"} or c in "\u202a\u202b\u202d\u202e\u2066\u2067\u2068"
    ]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred", "␛[31mred"),
        ("a\u202eb", "a<U+202E>b"),
        ("Žižek – “x” 😀 می‌خواهم", "Žižek – “x” 😀 می‌خواهم"),
    ],
)
def test_safe_shows_what_it_found(text, shown):
    """Hidden signs become visible, all scripts stay as they are."""
    assert visible(text) == shown


def test_safe_keeps_what_is_asked():
    """A line feed may stay."""
    assert visible("a\nb\x07", keep="\n") == "a\nb␇"
