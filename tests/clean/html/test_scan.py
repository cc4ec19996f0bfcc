"""One pass over HTML: what is a tag, what is text, where a line ends."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clean.html.html_pages import pages, visible
from variorum.clean.html.chars import characters, letter_places, letters, reference, seen
from variorum.clean.html.compose import Composer
from variorum.clean.html.keep import lines_of, words_of
from variorum.clean.html.scan import scan
from variorum.errors import PageRefused
from variorum.settings import Limits

# Page, and the words of its lines.
CASES = {
    "inline tags do not break a word": ("<p>un<b>break</b>able", ["unbreakable"]),
    "blocks end lines": ("<div>one<p>two<li>three</div>four", ["one", "two", "three", "four"]),
    "a paragraph ends the one before": ("<p>one<p>two", ["one", "two"]),
    "white space between tags counts once": ("<p><b>one</b> \n <i>two</i>", ["one two"]),
    "a quotation mark too many": ('<p><a href="x"">one</a> two', ["one two"]),
    "a comment is no text": ("<p>one <!-- <p>two --> three", ["one three"]),
    "an empty comment ends at once": ("<p>one<!-->two", ["onetwo"]),
    "a script is no text": ("<p>one<script>a<b && '</p>'</script> two", ["one two"]),
    "an unclosed tag is text": ("<p>one <b two", ["one <b two"]),
    "a sign is text": ("<p>3 < 4 <5", ["3 < 4 <5"]),
    "a declaration is no text": ("<?xml version='1.0'?><!doctype html><p>one", ["one"]),
    "buttons stand alone": ("<button>Share</button><button>Tweet</button>", ["Share", "Tweet"]),
    "references": ("<p>fish &amp; chips &#8212; &copy;2031 &nosuch;", ["fish & chips — ©2031 &nosuch;"]),
    "what cannot be seen": ("<p>con\u00adfer\u200bence", ["conference"]),
    "a form's text": ("<textarea>write <b>here</b></textarea>", ["write <b>here</b>"]),
    "upper case": ("<P>ONE<BR>TWO</P>", ["ONE TWO"]),
    "a table": ("<table><tr><td>a<td>b<tr><td>c</table>d", ["a", "b", "c", "d"]),
}


def lines(page: str) -> list[str]:
    found = scan(page, Limits())
    return [words_of(found, line) for line in lines_of(found)]


@pytest.mark.parametrize("name", CASES)
def test_lines_of(name):
    """Text is told from markup as browsers do, and lines end where blocks do."""
    page, expected = CASES[name]
    assert lines(page) == expected


@settings(max_examples=30, deadline=None)
@given(pages())
def test_all_text_is_seen(page):
    """The text nodes hold what the standard library's parser gives, in the same order."""
    assert "".join("".join(lines(page)).split()) == visible(page)


@given(st.text("ab<>&/!-'\"= \np;#x1", max_size=60))
def test_any_text_is_read(page):
    """Whatever stands in a page, nodes lie in it in order, do not overlap, and their parents come before them."""
    found = scan(page, Limits())
    ends = [0]
    for node in found.nodes:
        assert ends[-1] <= node.start < node.end <= len(page)
        ends.append(node.end)
    assert all(parent < child for child, parent in enumerate(found.parents))


@given(st.text("ab1 &;#xé—\u00ad\u200bamp<", max_size=40))
def test_characters_stand_where_they_say(page):
    """Each piece of a node is as long as its source, or stands for one reference or stretch of white space."""
    for text, start, end in characters(page, 0, len(page)):
        source = page[start:end]
        assert text in {source, " "} or source.startswith("&")
    places = letter_places(page, 0, len(page))
    assert len(places) == len(letters(seen(page, 0, len(page))))


@pytest.mark.parametrize(
    ("source", "text", "taken"),
    [
        ("&amp;", "&", 5),
        ("&amp", "&", 4),
        ("&notit;", "¬", 4),
        ("&#x201C;", "“", 8),
        ("&#150;", "–", 6),
        ("&nosuch;", "&", 1),
        ("&nbsp;", "\u00a0", 6),
        ("&#0;", "\ufffd", 4),
    ],
)
def test_references(source, text, taken):
    """References are read as the HTML Standard says, the longest known name first."""
    assert reference(source) == (text, taken)


@pytest.mark.parametrize(
    ("page", "limits", "reason"),
    [
        ("<p>" * 11, Limits(nodes=10), "more than 10 tags"),
        ("<div>" * 11, Limits(depth=10), "nested more than 10 deep"),
        ("<p a=1 b=2 c=3>", Limits(attributes=2), "more than 2 attributes"),
    ],
)
def test_limits(page, limits, reason):
    """A page over a limit is refused with the limit in the reason."""
    with pytest.raises(PageRefused, match=reason):
        scan(page, limits)


def test_attributes_stand_where_they_say():
    """An attribute's value is found in each way of writing it; the first of equal names counts."""
    page = "<a one=\"1 1\" two='2' three=3 four ONE=5 >"
    found = scan(page, Limits()).attributes(1)
    assert {k: page[a:b] for k, (a, b) in found.items()} == {
        "one": "1 1",
        "two": "2",
        "three": "3",
        "four": "",
    }


@pytest.mark.parametrize(
    "line",
    [
        "<b>By</b>&nbsp;<b>Ada Morn</b>",
        "<b>By&nbsp;</b><b>Ada Morn</b>",
        "<b>By&#32;</b><b>Ada Morn</b>",
        "<b>By \u200b</b><b>Ada Morn</b>",
        "<b>By</b><b>\u200b Ada Morn</b>",
        "<b>By&nbsp</b>\n<b>&ensp;Ada&nbsp;&nbsp; Morn&MediumSpace;</b>/<b>2 April</b>",
        "<b>AT&amp;T</b><b>&eacute;t&eacute;</b>",
        "<b>2031-04\n&nbsp;&nbsp;</b><b>Belmark\n&nbsp;</b>",
    ],
)
def test_words_of_a_line_are_those_composed_of_it(line):
    """What a reader sees of a line is, space by space, the text that it makes: places in the one are places in the other."""
    page = f"<p>{line}</p>"
    (only,) = lines_of(found := scan(page, Limits()))
    composer = Composer(page, range(len(page) + 1))
    composer.add([only.nodes], "paragraph")
    assert words_of(found, only) == composer.builder.text


def test_a_text_area_of_blanks_is_no_text():
    """A form's empty field holds no words, and so no range of them."""
    assert scan("<textarea>\n \n</textarea><p>a</p>", Limits()).nodes[0].words == "a"
