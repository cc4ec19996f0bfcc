"""Pages that a fuzz found (`bench/fuzz`): none fails, none costs more than in step with its length."""

from __future__ import annotations

import contextlib
import json
import time

import pytest

from variorum.clean.decode import decode
from variorum.clean.flat import clean_flat
from variorum.clean.flat_marks import PLACEHOLDER
from variorum.clean.header import choose, given_evidence
from variorum.clean.html import clean_html
from variorum.clean.html.chars import reference, unescape
from variorum.errors import PageRefused
from variorum.records import Header, to_table
from variorum.settings import Limits
from variorum.text.calendar import find_dates

PROSE = (
    6
    * "<p>Twelve people were rescued when the ferry Maris sank off Belmark on Tuesday, the coast guard said.</p>"
)


def cleaned(source: str):
    raw, offsets = decode(source.encode(), "utf-8")
    return clean_html(raw, offsets, url="", limits=Limits())


FAILED = {
    "a number of 5,000 digits": f"<p>&#{'1' * 5_000}; people were rescued on Tuesday, the coast guard said.</p>",
    "one in a meta": f'<meta name="author" content="Ada &#{"0" * 5_000}65; Morn">',
    "one in an address": f"<link rel=canonical href='https://news.example/&#{'9' * 5_000};'>",
    "half a pair in JSON-LD": '<script type="application/ld+json">'
    + json.dumps({"@type": "NewsArticle", "headline": "Ferry \ud83d", "author": "Ada \udc00 Morn"})
    + "</script>",
}


@pytest.mark.parametrize("name", FAILED)
def test_no_page_fails(name):
    """What no character stands for is U+FFFD, in text and headers alike, and every header can be written."""
    made = cleaned(FAILED[name] + PROSE)
    assert "ferry Maris" in made.text
    _, headers = choose("d", made.evidence)
    assert to_table(Header, headers).num_rows == len(headers)


SLOW = {
    "a name of a reference without end": f"<p>&{'a' * 150_000}</p>",
    "a title of many parts": f"<title>{'the council met | ' * 9_000}</title><h1>The council met</h1>",
    "a title that never closes": f"<title>{'the council – met ' * 9_000}",
    "many titles, many headings": "".join(
        f'<meta property="og:title" content="Ferry {i} sank">' for i in range(1_500)
    )
    + "".join(f"<h1>Ferry {i} sank off</h1>" for i in range(2_000)),
    "a line of signs without letters": "#<br>" * 18_000,
    "a heading of many lines": f"<title>{' '.join(f'w{i}' for i in range(500, 900))}</title>"
    f"<h1>{''.join(f'<div>w{i}</div>' for i in range(900))}</h1>",
    "a date that is a whole page": f'<meta property="article:published_time" content="{"on 4 May " * 18_000}">',
}


@pytest.mark.parametrize("name", SLOW)
def test_no_page_costs_the_square_of_its_length(name):
    """Pages that repeat one thing are cleaned within two seconds; each took longer, up to thirteen."""
    begin = time.process_time()
    try:
        cleaned(PROSE + SLOW[name] if "closes" in name else SLOW[name] + PROSE)
    finally:
        assert time.process_time() - begin < 2


ENDLESS = {
    "a row of placeholders": "[caption]\t" * 200 + "x",
    "placeholders between signs": "[caption] -- {{ad}} ** " * 80 + "loading x",
    "empty placeholders": "..{{}}[[" * 200 + "x",
    "words that are placeholders": "[null] {{loading}} " * 100 + "x",
    "labels of a template": "date 2031-04-02  " * 100 + "x",
}


@pytest.mark.parametrize("name", ENDLESS)
def test_no_flattened_page_takes_for_ever(name):
    """A pattern that can part one text in two ways doubles its time with every part: a row of placeholders never ended."""
    raw = (
        f"{ENDLESS[name]}\n"
        + 6 * "Twelve people were rescued when the ferry Maris sank on Tuesday, they said.\n"
    )
    begin = time.process_time()
    with contextlib.suppress(PageRefused):
        clean_flat(raw, range(len(raw) + 1), given={})
    assert time.process_time() - begin < 2


def test_a_name_beside_the_page_costs_no_square():
    """An author of 200,000 letters, told beside a page, is weighed against the outlet within a second."""
    begin = time.process_time()
    told = given_evidence({"author": "Abab" * 50_000, "outlet": "The Oravia Post"})
    values, _ = choose("d", told)
    assert time.process_time() - begin < 1
    assert values.author.startswith("Abab")


PLACEHOLDERS = (
    "[caption]",
    "Loading...",
    "{{ ad }} [gallery ids=1]",
    "- spot_img - null",
    "Lorem ipsum dolor",
    "[null]{{}}",
)


@pytest.mark.parametrize("text", PLACEHOLDERS)
def test_a_line_of_placeholders_is_known(text):
    """What a template left where nothing was filled in is told, alone or in a row; with a word beside it is not."""
    assert PLACEHOLDER.match(text)
    assert not PLACEHOLDER.match(f"Ferry {text}")


def test_a_headline_stands_on_its_own_letters():
    """The readings above a headline's letters are no part of it, nor of the place of its evidence."""
    source = f"<h1><ruby>船<rt>ふね</rt></ruby>が<ruby>沈<rt>しず</rt></ruby>む</h1>{PROSE}"
    (title,) = [e for e in cleaned(source).evidence if e.field == "title"]
    body = source.encode()
    assert title.value == "船が沈む"
    assert b"".join(body[r.start : r.end] for r in title.page_ranges).decode() == title.value


def test_blanks_behind_a_date_cost_no_square():
    """White space behind a date is passed once, whatever follows it; a time behind it is still found."""
    begin = time.process_time()
    blanks = " " * 50_000
    assert [d.value for d in find_dates(f"4 May 2031{blanks}x")] == ["2031-05-04"]
    assert [d.value for d in find_dates(f"4 May 2031, at{blanks}12:30")] == ["2031-05-04T12:30"]
    assert time.process_time() - begin < 1


def test_references_are_read_as_far_as_they_are_names():
    """A name is read as far as one is known, however long what follows; a number without character is U+FFFD."""
    assert reference("&notit") == ("¬", 4)
    assert reference(f"&not{'x' * 90_000}") == ("¬", 4)
    assert reference("&CounterClockwiseContourIntegral;") == ("\u2233", 33)
    assert unescape(f"a &amp; &#{'9' * 5_000};b") == "a & \ufffdb"
