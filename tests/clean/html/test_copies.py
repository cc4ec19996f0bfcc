"""Equal lines of a page are told apart: the text is anchored to the copy that the extractor took."""

from __future__ import annotations

import re

import pytest

from variorum.clean.decode import decode
from variorum.clean.html import clean_html
from variorum.clean.html.copies import for_extractor
from variorum.clean.html.scan import scan
from variorum.settings import Limits

FIRST = "The ferry Maris left the quay of Belmark before dawn, and nobody on shore saw the lights of it again that day."
SECOND = "Divers of the coast guard searched the strait for nine hours, said the harbour master, and found one empty boat."
THIRD = "The council of Oravia will meet to hear what the owners of the ship have to say for themselves and for the crew."
YI = "\ua000"


def made_of(page: str):
    raw, offsets = decode(page.encode(), "utf-8")
    return clean_html(raw, offsets, url="", limits=Limits())


def marked(page: str) -> str:
    return for_extractor(scan(page, Limits()))


@pytest.mark.parametrize(
    "ending", ["", ".", "!&nbsp;", "&eacute;", "&eacute;.", "e\u0301", " <!-- c -->", "&amp;"]
)
def test_each_copy_has_a_mark_of_its_own_behind_its_last_letter(ending):
    """Equal nodes get different marks after their last letter, whatever follows it; without the marks the page is as it was."""
    line = f"<p>{FIRST.removesuffix('.')}{ending}</p>"
    page = f"<body>{line}{line}<p>{SECOND}</p></body>"
    found = marked(page)
    marks = [c for c in found if c >= YI and c <= "\ua48c"]
    assert marks == ["\ua000", "\ua001"]
    assert found.replace(marks[0], "").replace(marks[1], "") == page.replace("<!-- c -->", "")


@pytest.mark.parametrize(
    "page",
    [
        f"<p>{FIRST}</p><p>{SECOND}</p>",
        "<li>Share</li>" * 3,
        f"<p>{FIRST}</p><p>{FIRST}</p><p>{YI}</p>",
        "",
    ],
    ids=["none twice", "short", "letters of the Yi script", "empty"],
)
def test_pages_without_copies_stay_as_they_are(page):
    """Where no long line stands twice, or the marks are letters of the page, nothing is set in."""
    assert marked(page) == page


@pytest.mark.parametrize("taken", [0, 1])
def test_the_copy_that_the_extractor_took_is_the_anchor(taken, monkeypatch):
    """Of two whole copies of an article the text stands on the one whose words the extractor gave, all of it."""
    body = f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>"
    page = f"<html><body><div class=one>{body}</div><div class=two>{body}</div></body></html>"

    def took(raw, **_):
        copies = [raw[raw.index("<div class=one>") :], raw[raw.index("<div class=two>") :]]
        lines = [p.partition("</p>")[0] for p in copies[taken].split("<p>")[1:4]]
        return [line.split() for line in lines]

    monkeypatch.setattr("variorum.clean.html.article_words", took)
    made = made_of(page)
    second = page.index("<div class=two>")
    kept = made.offset_map.page_ranges(0, made.text.index(THIRD) + len(THIRD))
    assert {low >= second for low, _ in kept} == {bool(taken)}
    assert all(c < YI for c in made.text)


def test_a_word_more_or_less_does_not_move_the_headline():
    """Of two equal headings the one nearest to the article is the headline, also when it says a word otherwise than the head."""
    title = "Ferry sinks off Belmark before dawn"
    for said in (title, title.replace("sinks", "tjolt")):
        page = (
            f"<html><head><title>{title}</title></head><body><div class=bar><h1>{title}</h1></div><p>Menu</p>"
            f"<article><h1>{said}</h1><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></article></body></html>"
        )
        made = made_of(page)
        start, end, kind = made.blocks[0]
        assert (kind, made.text[start:end]) == ("title", said)
        assert made.offset_map.page_ranges(start, end)[0][0] == page.index(f"<article><h1>{said}") + 13


KEPT = f"<p class='lead' id=a title='x'>{FIRST}</p>"
IDLE = {
    "comment": "<!-- <p>no</p> -->",
    "script": "<script>var a = '</p>';</script>",
    "menu": "<nav><ul><li>Home</li></ul></nav>",
    "menus in one another": "<footer><nav>a</nav> b <nav>c</nav></footer>",
    "picture": "<img src=a.jpg alt=x>",
    "copy in a menu": f"<nav>{FIRST}</nav>",
}


@pytest.mark.parametrize("idle", IDLE.values(), ids=IDLE)
def test_what_an_extractor_drops_is_not_given_to_it(idle):
    """Comments, scripts, menus and pictures are left out whole; all around them stays, mark or no mark."""
    found = marked(f"<body>{KEPT}{idle}{KEPT}</body>")
    assert re.sub("[\ua000-\ua48c]", "", found) == f"<body>{KEPT}{KEPT}</body>"


@pytest.mark.parametrize(
    "page",
    [
        f"<body><nav><p>{FIRST}</body>",
        f"<body><p>{FIRST}</nav></body>",
        f'<script type="application/ld+json">{{"articleBody": "{FIRST}"}}</script>',
        f"<script>var a = '{FIRST}'",
        f"<!-- {FIRST}",
    ],
    ids=[
        "menu without end",
        "end without menu",
        "data for machines",
        "script without end",
        "comment without end",
    ],
)
def test_what_does_not_end_is_left_to_the_extractor(page):
    """Only what its own end tag closes is left out, and never the page's data for machines, where an article may stand."""
    assert marked(page) == page


@pytest.mark.parametrize(
    ("given", "left"),
    [
        (f'<a class="x" href="/a?b={"c" * 40}" data-n="{"1" * 9}">', '<a class="x">'),
        (f'<a href="/a" title="href=/b {"c" * 40}">', f'<a title="href=/b {"c" * 40}">'),
        (
            f'<div data-testid="Body" data-x=\'<i class="a">\' style="{"a:b;" * 9}">',
            f'<div data-testid="Body" style="{"a:b;" * 9}">',
        ),
        ('<a href="/a">', '<a href="/a">'),
    ],
)
def test_bulky_attributes_are_left_out_of_long_tags(given, left):
    """Addresses, scripts and data go from long start tags; names, styles and what tells a body stay, and text is untouched."""
    text = f'he wrote href="/x" and data-n="{"1" * 40}"'
    assert marked(f"<body>{given}{text}</body>") == f"<body>{left}{text}</body>"
