"""Links to words in live pages: what a browser finds first is what was meant."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.views.links import Linker, web_address
from views.browser import bare, browsed, terms, times

URL = "https://herald.example/boats"
TEXT = (
    "Boats stopped\n\n"
    'Anna Brekke said: "No-one, ever & never, will pass." Anna Brekke left.\n\n'
    "L’Europe ran. Anna Brekke said it again: 1,200 men & women — all of them — stood there.\n\n"
    + "The harbour was closed and the boats were kept in it. " * 12
    + "It opened at noon."
)


@pytest.mark.parametrize(
    ("words", "place", "directive"),
    [
        ("stopped", 0, "stopped"),
        ("No-one, ever & never", 0, "No%2Done%2C%20ever%20%26%20never"),
        ("Europe ran", 0, "L%E2%80%99Europe%20ran"),
        ("nna Brek", 2, "ran.-,Anna%20Brekke,-said"),
        (" 1,200 men & women — all ", 0, "1%2C200%20men%20%26%20women%20%E2%80%94%20all"),
        ("left.\n\nL’Europe ran. Anna", 0, "left.,L%E2%80%99Europe%20ran.%20Anna"),
    ],
)  # fmt: skip
def test_linkterms(words, place, directive):
    """Terms are whole words, percent-encoded with `-`, `,` and `&`; context only where words repeat."""
    start = [m.start() for m in re.finditer(re.escape(words), TEXT)][place]
    assert Linker(TEXT).link(start, start + len(words), URL) == f"{URL}#:~:text={directive}"


def test_link_of_long_words_is_start_and_end():
    """Words of more than 300 code points are told by their first and last, each standing once."""
    start = TEXT.index("men & women")
    link = Linker(TEXT).link(start, len(TEXT), URL)
    assert terms(link)[1:3] == ("men & women", "opened at noon.")
    assert browsed(TEXT, link) == (len(bare(TEXT[:start])), bare(TEXT[start:]))


_PIECES = st.sampled_from(
    ["Anna", "anna", "said", "that", "boats", "no-one", "e\u0301te\u0301", "été", "🙂", "👩‍👩‍👧", "don't", "“No,”", "1,200", "-", "&", "—"]
)  # fmt: skip
_TEXTS = st.lists(st.tuples(_PIECES, st.sampled_from([" ", " ", " ", "\u00a0", "\n\n", ", "])), min_size=1, max_size=60).map(
    lambda pairs: "".join(a + b for a, b in pairs).strip()
)  # fmt: skip


@given(_TEXTS, st.data())
def test_link_leads_a_browser_to_the_words(text, data):
    """The words found first are the span's, widened to whole words; at its place, unless its surroundings repeat."""
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    link = Linker(text).link(start, end, URL)
    if link is None:
        assert not any(c.isalnum() for c in text[start:end])
        return
    assert re.fullmatch(r"[A-Za-z0-9_.~%,-]+", link.partition(":~:text=")[2])
    found = browsed(text, link)
    assert found is not None
    low, high = Linker(text)._words(start, end)
    if found != (len(bare(text[:low])), bare(text[low:high])):
        prefix, first, last, suffix = terms(link)
        given_whole = [prefix + first, last + suffix] if last else [prefix + first + suffix]
        assert any(times(bare(words), bare(text)) > 1 for words in given_whole)


@pytest.mark.parametrize(
    ("location", "address"),
    [
        ("https://herald.example/a?b=c&d#e", "https://herald.example/a?b=c&d#e"),
        ("HTTP://herald.example", "HTTP://herald.example"),
        ('https://herald.example/a b"<x>', "https://herald.example/a%20b%22%3Cx%3E"),
        ("https://herald.example/\u202e\x1b", "https://herald.example/%E2%80%AE%1B"),
        ("https://вести.example/новость", "https://вести.example/новость"),
        ("javascript:alert(1)//https://herald.example", ""),
        ("pages/boats.html", ""),
        ("https://", ""),
        ("", ""),
    ],
)
def test_link_address(location, address):
    """Only web addresses are linked to, and nothing in them can end an attribute or hide."""
    assert web_address(location) == address
    assert (Linker(TEXT).link(0, 5, location) is None) == (not address)


@pytest.mark.parametrize(
    ("url", "start"),
    [
        (URL, f"{URL}#:~:text="),
        (f"{URL}#top", f"{URL}#top:~:text="),
        (f"{URL}#top:~:text=old", f"{URL}#top:~:text="),
    ],
)
def test_link_keeps_the_fragment_of_the_page(url, start):
    """A fragment that the address has stays before the directive; an earlier directive goes."""
    assert Linker(TEXT).link(0, 13, url) == f"{start}Boats%20stopped"
