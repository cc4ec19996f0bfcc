"""Days that stand around an article: which of them is the page's."""

from __future__ import annotations

import pytest

from variorum.clean.decode import decode
from variorum.clean.header import choose
from variorum.clean.html import clean_html
from variorum.settings import Limits

TEXT = (
    "<p>Twelve people were rescued when the ferry Maris sank off Belmark on Tuesday.</p>"
    "<p>The council of Oravia will meet to hear what the owners of the ship have to say for themselves.</p>"
    "<p>The harbour stays closed until divers have seen the wreck, the council said late in the evening.</p>"
    "<p>The ship had carried timber and people between the two banks for more than thirty years.</p>"
)
H1 = "<h1>Ferry sinks off Belmark</h1>"
LD = '<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "Ferry", "datePublished": "{}"}}</script>'
META = '<meta property="{}" content="{}">'

# What stands in the head, before the headline, below it and after the text; the page's day.
PAGES = {
    "no space behind the day": ("", "", "<p>8.Dezember 2031 um 09:43 · Schiffe</p>", "", "2031-12-08"),
    "two digits of the year": ("", "", "<div>02.04.31</div>", "", "2031-04-02"),
    "two digits of a year of the last century": ("", "", "<div>02.04.99</div>", "", "1999-04-02"),
    "an event behind the text": ("", "", "", "<div>Concert in the harbour: 26 October 2031</div>", ""),
    "a weekday behind the text": ("", "", "", "<div>Monday, 27 October 2031</div>", "2031-10-27"),
    "a number of telephone": ("", "", "", "<p>Tel. 12.03.45</p>", ""),
    "a number of a version": ("", "", "", "<p>Updated to version 2.4.12</p>", ""),
    "two digits of the year and strokes": ("", "", "<div>am 26/10/31, 03:48 pm</div>", "", "2031-10-26"),
    "strokes that leave it open": ("", "", "<div>am 03/10/31</div>", "", ""),
    "words that run into the day": (
        "",
        "",
        "<div><a href='/author/ada'>Ada Morn</a><span>3.11.2031</span></div>",
        "",
        "2031-11-03",
    ),
    "a day in the heading": ("", "", "", "", "2031-02-02"),
    "a press release": (
        "",
        "",
        f"<p>Press release of 25 January 2031 | Belmark – {'The council met and spoke of ships. ' * 8}</p>",
        "",
        "2031-01-25",
    ),
    "a place and a day": ("", "", "<p>Port Velm | Belmark, 11. November 2031</p>", "", "2031-11-11"),
    "a label in the line before": (
        "",
        "",
        "",
        "<ul><li><p>Mise en ligne</p><p>23 mai 2031</p></li></ul>",
        "2031-05-23",
    ),
    "only a change": ("", "", "", "<p>Last updated 3 May 2031</p>", "2031-05-03"),
    "a change and a day": (
        META.format("article:published_time", "2031-05-01"),
        "",
        "",
        "<p>Last updated 3 May 2031</p>",
        "2031-05-01",
    ),
    "a meta tag and readers agree": (
        LD.format("2031-05-04") + META.format("article:published_time", "2031-05-06"),
        "",
        "<div>Ships and 06.05.2031</div>",
        "",
        "2031-05-06",
    ),
    "the day on which a page was made up": (
        META.format("date", "2031-05-12"),
        "<div>05.05.2031 - Desk: Ada Morn of the harbour</div>",
        "",
        "",
        "2031-05-05",
    ),
    "the day readers see is UTC's": (
        LD.format("2031-05-05T21:00:00-05:00"),
        "<div>6 May 2031 - 2:00 a. m.</div>",
        "",
        "",
        "2031-05-06",
    ),
    "day and month told apart by another day": (
        META.format("article:published_time", "11/01/2031 12:43:42"),
        "",
        "",
        "<p>Published on 01.11.2031</p>",
        "2031-11-01",
    ),
    "the time of an article below": (
        "",
        "<div>25 November 2031</div>",
        "",
        "<p class='date'><time datetime='2031-12-01'>1 December 2031</time></p>",
        "2031-11-25",
    ),
    "a line of rights": (
        "",
        "",
        "",
        "<footer>Copyright © 19.12.2031 by the Belmark Post</footer>",
        "2031-12-19",
    ),
    "a year of rights": ("", "", "", "<footer>Copyright © 2031 by the Belmark Post</footer>", ""),
    "another article's teaser": (
        "",
        "",
        "",
        "<div class='related'><div>10.11.2031</div><h3>Harbour closed</h3></div>",
        "",
    ),
    "a teaser of the page itself": (
        "",
        "",
        "",
        "<div class='related'><div>10.11.2031</div><h3>Ferry sinks off Belmark</h3></div>",
        "2031-11-10",
    ),
}


def page(head: str, above: str, below: str, after: str, h1: str = H1) -> bytes:
    return (
        f"<html><head>{head}</head><body>{above}<article>{h1}{below}{TEXT}</article>{after}</body></html>"
    ).encode()


@pytest.mark.parametrize("name", PAGES)
def test_the_day_of_a_page(name):
    """The day told nearest to the article, in any form of it, is the page's; other articles' days, years and days in doubt are not."""
    *parts, wanted = PAGES[name]
    h1 = (
        H1
        if name != "a day in the heading"
        else "<h1>Ferry sinks off Belmark <small>02.02.2031 • Ships</small></h1>"
    )
    body = page(*parts, h1=h1)
    made = clean_html(*decode(body, "utf-8"), url="", limits=Limits())
    assert choose("d", made.evidence)[0].published_value[:10] == wanted
    for e in made.evidence:
        stands = "".join(body[r.start : r.end].decode() for r in e.page_ranges)
        assert not stands or e.found_in == "json-ld" or "".join(stands.split()) == "".join(e.text.split())


def test_a_day_of_change_says_what_it_is():
    """Where only a change is dated, both fields have its day, the published one with the reason."""
    made = clean_html(
        *decode(page("", "", "", "<p>Last updated 3 May 2031</p>"), "utf-8"), url="", limits=Limits()
    )
    values, headers = choose("d", made.evidence)
    assert (values.published_value, values.modified) == ("2031-05-03", "2031-05-03")
    assert [h.reason for h in headers if h.field == "published" and h.chosen] == [
        "of the last change; nothing tells another day"
    ]


@pytest.mark.parametrize(
    ("code", "wanted"),
    [
        ("<a href='/2031/06/24/a.html'>x</a>", "2031-06-24"),
        ("<a href='/20310624'>x</a><a href='/20300624'>y</a>", ""),
        ("", ""),
    ],
)
def test_the_year_of_a_day_without_one(code, wanted):
    """A day without year has the one year that the page's addresses and names tell beside its month and day."""
    body = page("", "", "<p>[06月24日 11時30分]</p>", code)
    made = clean_html(*decode(body, "utf-8"), url="", limits=Limits())
    assert choose("d", made.evidence)[0].published_value[:10] == wanted
