"""What HTML's own parts say of the words in them: readings above words, names of the whole page, one article in several containers."""

from __future__ import annotations

from variorum.clean.decode import decode
from variorum.clean.html import clean_html
from variorum.clean.html.page import _facts_in
from variorum.settings import Limits

SENTENCE = "The {} witness told the board of Oravia how the ferry Maris had left the quay with twelve people on deck. "
NAMES = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


def clean(page: str):
    raw, offsets = decode(page.encode(), "utf-8")
    return clean_html(raw, offsets, url="", limits=Limits())


def test_readings_above_words_are_no_words():
    """What a page tells of how a word is read (ruby) stands in no sentence and no title, and is a removed block."""
    ruby = "<ruby>Oravia<rp>(</rp><rt>orahvya</rt><rp>)</rp></ruby>"
    prose = "".join(f"<p>{SENTENCE.format(n).replace('Oravia', ruby)}</p>" for n in NAMES)
    page = f"<html><head><title>Oravia hears witnesses</title></head><body><h1>{ruby} hears witnesses</h1>{prose}</body></html>"
    made = clean(page)
    assert made.text.startswith("Oravia hears witnesses\n\nThe first witness told the board of Oravia how")
    assert "orahvya" not in made.text
    assert any("orahvya" in block.text for block in made.removed)
    start = made.text.index("Oravia how")
    ranges = made.offset_map.page_ranges(start, start + len("Oravia how"))
    assert "".join(page.encode()[a:b].decode() for a, b in ranges) == "Oravia how"


def test_the_name_of_a_whole_page_makes_nothing_chrome():
    """A body called by its state (a menu open, no cookie) hides no article that the extractor misses."""
    prose = "".join(f"<div class=row>{SENTENCE.format(n) * 2}</div>" for n in NAMES)
    teaser = (
        "<article><p>Another ferry was repaired in spring, a year ago, by the yard of the town.</p></article>"
    )
    head = "<html><head><title>Board hears witnesses</title></head>"
    made = clean(f"{head}<body class='no-cookie nav-open'>{teaser}<div>{prose}</div></body></html>")
    assert all(SENTENCE.format(n).strip() in made.text for n in NAMES)


def test_long_attributes_are_not_remembered():
    """A picture written out in a style is read and let go: memory does not grow with the pages of a build."""
    before = _facts_in.cache_info().currsize
    pictures = "".join(
        f"<div class='row{n}' style='background: url({f'{n:04}' * 500})'><p>{SENTENCE.format(name)}</p></div>"
        for n, name in enumerate(NAMES)
    )
    made = clean(f"<html><body><article><h1>Board hears witnesses</h1>{pictures}</article></body></html>")
    assert all(SENTENCE.format(name).strip() in made.text for name in NAMES)
    assert _facts_in.cache_info().currsize < before + len(NAMES)
