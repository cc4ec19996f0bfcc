"""Header evidence of HTML pages: what is read from where, and the place of the very words."""

from __future__ import annotations

import html
import time

import pytest

from variorum.clean.decode import decode
from variorum.clean.header import choose, given_evidence
from variorum.clean.html import clean_html
from variorum.clean.html.headline import without_site
from variorum.clean.html.keep import lines_of, words_of
from variorum.clean.html.scan import scan
from variorum.clean.html.signed import line_ranges
from variorum.settings import Limits

BODY = (
    "<article><h1>{h1}</h1>{byline}<p>Twelve people were rescued when the ferry Maris sank off Belmark on Tuesday.</p>"
    "<p>The council of Oravia will meet to hear what the owners of the ship have to say for themselves.</p></article>"
)
LD = '<script type="application/ld+json">{}</script>'
ARTICLE_LD = (
    '{"@graph": [{"@type": "WebSite", "name": "x"}, {"@type": "NewsArticle", "headline": "Ferry &amp; crew \\u2013 lost", '
    '"datePublished": "2031-04-02T08:00:00+02:00", "dateModified": "2031-04-03", "author": [{"name": "Ada Morn"}, '
    '{"name": "Bo Lind"}], "publisher": {"@type": "Organization", "name": "The Oravia Post"}}]}'
)


def evidence(head: str = "", *, h1: str = "Ferry sinks off Belmark", byline: str = "", url: str = ""):
    page = f"<html><head>{head}</head><body>{BODY.format(h1=h1, byline=byline)}</body></html>"
    body = page.encode()
    made = clean_html(*decode(body, "utf-8"), url=url, limits=Limits())
    for e in made.evidence:
        # What stands between tags may be parted by them; everything else stands in one piece.
        stands = "".join(body[r.start : r.end].decode() for r in e.page_ranges)
        if stands and e.found_in != "json-ld":
            assert "".join(html.unescape(stands).split()) == "".join(e.text.split())
        assert stands or e.found_in in {"url", "location"} or not e.page_ranges
    return made.evidence


def told(field: str, found_in: str, found) -> list[str]:
    return [e.value for e in found if e.field == field and e.found_in == found_in]


META = {
    "og:title": ("title", "Ferry sinks off Belmark"),
    "og:site_name": ("outlet", "The Oravia Post"),
    "article:published_time": ("published", "2031-04-02T06:00Z"),
    "article:modified_time": ("modified", "2031-04-02T06:00Z"),
    "author": ("author", "Ada Morn"),
    "og:locale": ("language", "en"),
    "og:url": ("url", "https://oraviapost.example/a"),
}
CONTENT = {
    "title": "Ferry sinks off Belmark",
    "outlet": "The Oravia Post",
    "published": "2031-04-02T08:00:00+02:00",
    "modified": "2031-04-02T08:00:00+02:00",
    "author": "By Ada Morn",
    "language": "en_GB",
    "url": "https://oraviapost.example/a",
}


@pytest.mark.parametrize("name", META)
def test_meta(name):
    """Each vocabulary's name is read into its field, dates in UTC, languages as ISO 639-1."""
    field, value = META[name]
    found = evidence(f'<meta property="{name}" content="{CONTENT[field]}">')
    assert told(field, "meta", found) == [value]


def test_json_ld():
    """The article of a graph is read; its values stand in the very string literals."""
    found = evidence(LD.format(ARTICLE_LD))
    assert told("title", "json-ld", found) == ["Ferry & crew – lost"]
    assert told("outlet", "json-ld", found) == ["The Oravia Post"]
    assert told("author", "json-ld", found) == ["Ada Morn, Bo Lind"]
    assert told("published", "json-ld", found) == ["2031-04-02T06:00Z"]
    assert told("modified", "json-ld", found) == ["2031-04-03"]
    assert all(e.page_ranges for e in found if e.found_in == "json-ld")


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[" * 9_000,
        '{"@type": "NewsArticle", "headline": 3, "author": {"name": null}}',
        "null",
        '{"@type": 5}',
        '{"@type": "NewsArticle", "author": ' + "[" * 600 + '"Ilka Brandt"' + "]" * 600 + "}",
    ],
)
def test_json_ld_that_is_none(text):
    """Broken or odd JSON-LD tells nothing and stops nothing."""
    assert [e for e in evidence(LD.format(text)) if e.found_in == "json-ld"] == []


def test_a_field_that_nobody_filled_is_not_a_date():
    """The year 1 and the zero of Unix clocks are no dates of publication."""
    for stamp in ("0001-01-01T00:00:00Z", "1970-01-01T00:00:00Z", "yesterday"):
        found = evidence(f'<meta property="article:published_time" content="{stamp}">')
        assert told("published", "meta", found) == [""]


def test_the_headline_on_the_page_outweighs_those_in_the_head():
    """The h1 is the title where it is like what the head says, also reworded; a site's name in an h1 is not."""
    head = "<title>Ferry Maris sinks off Belmark: what we know - The Oravia Post</title>"
    assert choose("d", evidence(head))[0].title == "Ferry sinks off Belmark"
    assert choose("d", evidence(head, h1="The Oravia Post"))[0].title.startswith("Ferry Maris")


REWORDED = {
    "a title for search engines": ("Belmark disaster explained: all you must know", "<h1>{}</h1>", ""),
    "a header called page-header": (
        "Belmark disaster explained",
        "<div class=page-header><h1>{}</h1></div>",
        "",
    ),
    "the site's name in an h1": (
        "Belmark disaster explained",
        "<h1>{}</h1>",
        "<div class=site-title><h1>Night Harbour</h1></div>",
    ),
    "a link home in an h1": (
        "Ferry lost off Belmark",
        "<h1>{}</h1>",
        "<h1><a href=/>Night of the Harbour</a></h1>",
    ),
    "a second heading, called the headline": ("Maris lost near Belmark", "<h2 class=entry-title>{}</h2>", ""),
}


@pytest.mark.parametrize("name", REWORDED)
def test_a_headline_stands_where_headlines_stand(name):
    """The heading right before the article is the headline also where the head words it otherwise; a site's sign is none."""
    title, heading, above = REWORDED[name]
    text = "".join(
        f"<p>The board of the harbour heard witness {i} of the night, and what she saw.</p>" for i in range(9)
    )
    page = (
        f"<html><head><title>{title}</title></head><body>{above}<div class=main>"
        f"{heading.format('Maris sinks near the cape')}<div class=story>{text}</div></div></body></html>"
    )
    made = clean_html(page, range(len(page) + 1), url="", limits=Limits())
    start, end, kind = made.blocks[0]
    assert (kind, made.text[start:end]) == ("title", "Maris sinks near the cape")


FAR = {
    "another page": "<div class=related><h1>More from the cape</h1></div>",
    "a label for those who listen": "<h1 class=sr-only>Details</h1>",
    "a link to somewhere else": "<h1><a href=/cape>More from the cape</a></h1>",
    "in a menu": "<nav><h1>More from the cape</h1></nav>",
}


@pytest.mark.parametrize("above", FAR.values(), ids=FAR)
def test_what_stands_there_by_chance_is_no_headline(above):
    """An h1 beside others that is of another page, spoken only, a link or in a menu is no headline unless it reads like a title."""
    text = "".join(
        f"<p>The board of the harbour heard witness {i} of the night, and what she saw.</p>" for i in range(9)
    )
    page = (
        "<html><head><title>Ferry lost off Belmark in the night</title></head><body><div class=main><h1>Weather</h1>"
        + "<p>Short. </p>" * 90
        + f"{above}<div class=story>{text}</div></div></body></html>"
    )
    made = clean_html(page, range(len(page) + 1), url="", limits=Limits())
    assert [b for b in made.blocks if b[2] == "title"] == []


def test_a_rubric_in_the_heading_is_no_part_of_the_title():
    """Where the head tells where the headline begins, a rubric before it in the same h1 is left out."""
    head = '<meta property="og:title" content="Ferry sinks off Belmark">'
    found = evidence(head, h1="<div>Shipping</div><div>Ferry sinks off Belmark</div>")
    assert choose("d", found)[0].title == "Ferry sinks off Belmark"


@pytest.mark.parametrize(
    ("head", "h1", "title"),
    [
        ("Ferry Maris sinks off Belm", "Ferry Maris sinks off Belmark, twelve saved", ""),
        ("Ferry Maris sinks off", "Ferry Maris sinks off Belmark, twelve saved", ""),
        ("Ferry Maris sinks...", "Ferry Maris sinks off Belmark", ""),
        (
            "Ferry Maris sinks off Belmark",
            "Ferry Maris sinks off Belmark | 2.4.2031",
            "Ferry Maris sinks off Belmark",
        ),
        (
            "Ferry Maris sinks off Belmark",
            "Ferry Maris sinks off Belmark 2 April",
            "Ferry Maris sinks off Belmark",
        ),
        (
            "Ferry Maris sinks off Belmark",
            "Shipping Ferry Maris sinks off Belmark",
            "Ferry Maris sinks off Belmark",
        ),
    ],
)
def test_a_head_that_cuts_the_headline_short_does_not_cut_ours(head, h1, title):
    """What goes on in words is the headline's; a rubric before it or a sign and a day behind it are not. Evidence quotes the page."""
    found = evidence(f'<meta property="og:title" content="{head}">', h1=h1)
    assert choose("d", found)[0].title == (title or h1)
    assert [e.text for e in found if e.reason == "the headline on the page"] == [h1]


def test_byline_and_time():
    """The byline names the author, the time element the day; both stand in the text."""
    byline = '<div class="byline">By <a rel="author" href="/a">Ada Morn</a></div><time datetime="2031-04-02T08:00Z">2 April</time>'
    found = evidence(byline=byline)
    assert told("author", "markup", found) == ["Ada Morn"]
    assert "2031-04-02T08:00Z" in told("published", "markup", found)


OPENINGS = {
    "an agency's stamp": ("Wire desk, 2 April 2031, 18:05 UTC", "published", "2031-04-02T18:05Z"),
    "a day alone": ("Wednesday, 2 April 2031", "published", "2031-04-02"),
    "who wrote it": ("Text: Ada Morn", "author", "Ada Morn"),
    "a sentence with a date": ("It sank on 2 April 2031.", "published", ""),
    "a rubric": ("Ships: a series", "author", ""),
}


@pytest.mark.parametrize("name", OPENINGS)
def test_lines_below_the_headline(name):
    """A stamp or byline that no markup names as such is one by its words; a short sentence or rubric is not."""
    line, field, value = OPENINGS[name]
    found = [v for v in told(field, "text", evidence(byline=f"<p>{line}</p>")) if v]
    assert found == ([value] if value else [])


NAMES = {
    "references": '<meta name="article&#x3A;published_time" content="2031-04-02">',
    "a colon for a dot": '<meta name="DC:date" content="2031-04-02">',
    "a prefix": '<meta name="bepress_citation_publication_date" content="2031-04-02">',
    "RDFa": '<p><span property="schema:datePublished" content="2031-04-02"></span></p>',
}


@pytest.mark.parametrize("name", NAMES)
def test_names_of_meta_as_they_are_written(name):
    """References, colons and prefixes in a meta name, and RDFa, are read."""
    where = "markup" if name == "RDFa" else "meta"
    assert told("published", where, evidence(NAMES[name])) == ["2031-04-02"]


def test_the_visible_headline_outweighs_all_others_together():
    """JSON-LD, Open Graph and title may agree: readers see the heading, so it is the title; a given one outweighs it."""
    wire = "Ships: Ferry sinks off Belmark"
    head = LD.format(f'{{"@type": "NewsArticle", "headline": "{wire}"}}')
    found = evidence(f'{head}<meta property="og:title" content="{wire}"><title>{wire}</title>')
    assert choose("d", found)[0].title == "Ferry sinks off Belmark"
    given = given_evidence({"title": "Another"})
    assert choose("d", [*found, *given])[0].title == "Another"


def test_an_outlet_that_signs_its_page_gives_way_to_a_person():
    """An author who is the outlet itself is chosen only where no other is named."""
    head = '<meta property="og:site_name" content="The Oravia Post"><meta name="author" content="The Oravia Post">'
    named = evidence(head, byline='<p class="byline">By Ada Morn</p>')
    assert choose("d", named)[0].author == "Ada Morn"
    assert choose("d", evidence(head))[0].author == "The Oravia Post"


def test_an_authority_in_a_source_box_gives_way_to_a_person():
    """A ministry called author is chosen only where no person is named, whatever it outweighs."""
    head = '<meta name="author" content="Ministries of Oravia"><meta name="byl" content="Bo Lind">'
    box = '<p class="author"><a rel="author">Ministry of Harbours</a></p>'
    assert choose("d", evidence(head, byline=box))[0].author == "Bo Lind"
    ld = LD.format('{"@type": "NewsArticle", "author": {"name": "Ministry of Harbours"}}')
    assert choose("d", evidence(ld + head))[0].author == "Bo Lind"
    assert choose("d", evidence(ld))[0].author == "Ministry of Harbours"


def test_an_agency_as_author_is_credited():
    """An author that is an agency, known or told by capitals, is credited too; a person is not."""
    for author, credited in (("AFP", ["AFP"]), ("NCW", ["NCW"]), ("Ada Morn", [])):
        ld = f'{{"@type": "NewsArticle", "author": {{"@type": "Organization", "name": "{author}"}}}}'
        assert told("credits", "json-ld", evidence(LD.format(ld))) == credited


def test_what_the_address_tells():
    """A date in the path is weak evidence; the host is recorded as outlet but never chosen."""
    found = evidence(url="https://www.oraviapost.example/2031/04/02/ferry")
    assert told("published", "url", found) == ["2031-04-02"]
    assert told("outlet", "url", found) == ["www.oraviapost.example"]
    assert choose("d", found)[0].outlet == ""
    assert choose("d", found)[0].published_value == "2031-04-02"


def test_the_host_tells_the_outlet_from_its_platform():
    """Of two names in the head the one that the host spells is chosen."""
    head = '<meta property="og:site_name" content="Oravia Post">' + LD.format(
        ARTICLE_LD.replace("The Oravia Post", "Bloghouse")
    )
    assert choose("d", evidence(head))[0].outlet == "Bloghouse"
    assert choose("d", evidence(head, url="https://oraviapost.example/a"))[0].outlet == "Oravia Post"
    # Even where two tags name the platform, or the host spells only how the name begins.
    twice = head + '<meta name="application-name" content="Bloghouse">'
    assert choose("d", evidence(twice, url="https://oraviapost.example/a"))[0].outlet == "Oravia Post"
    longer = twice.replace("Oravia Post", "Oravia Post Online")
    assert choose("d", evidence(longer, url="https://oraviapost.example/a"))[0].outlet == "Oravia Post Online"


@pytest.mark.parametrize(
    ("title", "left"),
    [
        ("Ferry sinks - The Oravia Post", "Ferry sinks"),
        ("The Oravia Post | Ferry sinks", "Ferry sinks"),
        ("Ferry sinks | World | The Oravia Post", "Ferry sinks | World"),
        ("Ferry sinks - again", "Ferry sinks - again"),
        (
            "The Oravia Post view on the ferries of Belmark | Editorial",
            "The Oravia Post view on the ferries of Belmark | Editorial",
        ),
        ("The Oravia Post", "The Oravia Post"),
    ],
)
def test_titles_without_the_site(title, left):
    """The outlet's name goes from either end of a title, nothing else does."""
    assert without_site(title, frozenset({"theoraviapost"})) == left


HOSTILE = {
    "dashes": "-",
    "white space": " &#160;",
    "names parted by commas": "a, ",
    "handles": "(@",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_long_names_cost_little(name):
    """Whatever stands between the letters of an author in the head, eight times as much of it takes not twenty times as long."""

    def seconds(n: int) -> float:
        head = f'<meta name="author" content="a{HOSTILE[name] * n}b">'
        begin = time.process_time()
        evidence(head)
        return time.process_time() - begin

    seconds(10)
    assert seconds(8 * 1000) < 20 * max(seconds(1000), 0.005)


def test_a_signature_beside_the_article():
    """A line that the article's text lacks names the author and the day, below what is marked for machines."""
    found = evidence(byline='<div class="infos">Posted on 3 May 2031 by Ada Morn</div>')
    values, _ = choose("d", found)
    assert (values.author, values.published_value) == ("Ada Morn", "2031-05-03")


def test_a_comment_marks_nobody_as_author():
    """What says `author` in a comment or in words, in no tag, marks nothing around it."""
    for words in ('<!-- rel="author" -->', "rel=author "):
        found = evidence(byline=f"<div><span>{words}Port Velm</span></div>")
        assert choose("d", found)[0].author == ""


def test_a_word_in_a_sentence_is_no_nickname():
    """In prose only a name with a capital signs; a line of its own may bear a nickname."""
    line = "Posted by mistake on the wall."
    page = BODY.format(h1="Ferry", byline="").replace("</article>", f"<p>{line}</p></article>")
    made = clean_html(*decode(f"<html><body>{page}</body></html>".encode(), "utf-8"), url="", limits=Limits())
    assert choose("d", made.evidence)[0].author == ""
    assert choose("d", evidence(byline="<div>Posted by seagull on 3 May 2031</div>"))[0].author == "seagull"


def test_several_authors_of_one_vocabulary():
    """Authors each in a meta of the same name are told together."""
    head = '<meta name="dc.creator" content="Ada Morn"><meta name="dc.creator" content="Bo Lind">'
    assert choose("d", evidence(head))[0].author == "Ada Morn, Bo Lind"


def test_the_name_in_full():
    """Of an account's name and the same name with spaces, and of one author and all, the fuller is chosen."""
    head = LD.format('{"@type": "NewsArticle", "headline": "x", "author": {"name": "adamorn"}}')
    assert choose("d", evidence(head, byline='<p class="byline">By Ada Morn</p>'))[0].author == "Ada Morn"
    head = '<meta name="author" content="Ada Morn">'
    found = evidence(head, byline='<p class="byline">By Ada Morn, Bo Lind</p>')
    assert choose("d", found)[0].author == "Ada Morn, Bo Lind"


def test_a_site_or_company_gives_way_to_a_person():
    """A name that is the host's, a site's or a company's signs only where no person does; beside a person's it is cut off."""
    head = '<link rel="canonical" href="https://oraviapost.example/a"><meta name="author" content="{}">'
    line = '<div class="byline">By <a rel="author" href="/a">Ada Morn</a></div>'
    for name in ("oraviapost", "belmark.test", "Morn Verlag GmbH"):
        assert choose("d", evidence(head.format(name), byline=line))[0].author == "Ada Morn"
    head = head.format("Oravia Post - Ada Morn")
    assert choose("d", evidence(head))[0].author == "Ada Morn"


def test_the_canonical_address_tells_host_and_day():
    """Where a page's own address is not known, the one it calls its own tells the host and the day in its path."""
    found = evidence('<link rel="canonical" href="https://www.oraviapost.example/2031/04/02/ferry">')
    assert told("published", "url", found) == ["2031-04-02"]
    assert told("outlet", "url", found) == ["www.oraviapost.example"]


CREDITS = {
    "<p>Source: Reuters</p>": ("Reuters",),
    "<p>Quelle: dpa/Agenturen</p>": ("agencies", "dpa"),
    "<p>Con información de EFE</p>": ("EFE",),
    "<p>(mit Agenturen)</p>": ("agencies",),
    '<span class="author">red/dpa</span>': ("dpa",),
    "<div>AFP</div>": ("AFP",),
    "<div>Mehr</div>": (),
    "<p>Source: a friend of the captain</p>": (),
}


@pytest.mark.parametrize("line", CREDITS)
def test_lines_of_credit(line):
    """A short line credits the agencies it names behind a word for source or help, or by their signs alone."""
    assert choose("d", evidence(byline=line))[0].credits == CREDITS[line]


def test_the_one_day_below_the_headline_outweighs_stamps():
    """The day that readers see is the page's date; of two days printed neither is."""
    head = '<meta property="article:published_time" content="2031-04-02T08:00:00+02:00">'
    stamp = "<p>5 April 2031</p>"
    assert choose("d", evidence(head, byline=stamp))[0].published_value == "2031-04-05"
    two = choose("d", evidence(head, byline=f"{stamp}<p>6 April 2031</p>"))[0]
    assert two.published_value == "2031-04-02T08:00+02:00"


def test_time_element_beside_the_article():
    """A time element that the text lacks dates the page, also without a stamp in it."""
    found = evidence(
        byline='<div class="infos"><span>Ships</span> <time>2 April 2031</time> <span>Sea and more of it, told every week by all of us here</span></div>'
    )
    assert choose("d", found)[0].published_value == "2031-04-02"


SLUGS = {
    "BELMARK, May 5 (AFP) - ": ("AFP",),
    "(Reuters) - ": ("Reuters",),
    "Belmark, 5 mai (AFP) - ": ("AFP",),
    "Belmark, 5 may (EFE).- ": ("EFE",),
    "(ANSA) - BELMARK, 05 MAG - ": ("ANSA",),
    "БЕЛЬМАРК, 5 мая. /ТАСС/. ": ("TASS",),
    "新华社北京5月5日电 ": ("Xinhua",),
    "AFP - ": ("AFP",),
    "MAP - ": (),
    "AFP said on Monday that nobody knew. ": (),
    "Belmark (the port) - ": (),
}
CLOSINGS = {
    "AP and Reuters contributed to this report.": ("AP", "Reuters"),
    "(With inputs from AFP, Reuters)": ("AFP", "Reuters"),
    "This report includes material from The Associated Press.": ("AP",),
    "(Beta, 5. maj)": ("Beta",),
    "(dpa, Reuters)": ("Reuters", "dpa"),
    "dpa/lno": ("dpa",),
    "© dpa-infocom, dpa:310505-99-12345/2": ("dpa",),
    "Reporting by Ada Morn in Belmark for Reuters; editing by Bo Lind": ("Reuters",),
    "He told Reuters that the ship was old.": (),
    "The ministry denied reports by Reuters that the ship was old.": (),
    "Years of neglect by AP contributed to the wreck of the harbour.": (),
    "and/or": (),
    "The owner lives in Pittsburgh (PA, USA).": (),
    "(MAP, 5 May 2031)": ("MAP",),
    "map/spa": (),
}


@pytest.mark.parametrize("slug", SLUGS)
def test_slugs_before_the_first_words(slug):
    """Before the first words an agency credits them, in its country's form; a sentence about it and other brackets do not."""
    page = f"<html><body><article><h1>Ferry</h1><p>{slug}{BODY.partition('<p>')[2]}</body></html>"
    made = clean_html(*decode(page.encode(), "utf-8"), url="", limits=Limits())
    assert choose("d", made.evidence)[0].credits == SLUGS[slug]


@pytest.mark.parametrize("line", CLOSINGS)
def test_closing_lines_of_credit(line):
    """A line that says whose words were used credits whom it names; a sentence that merely names an agency does not."""
    page = f"<html><body>{BODY.format(h1='Ferry', byline='').replace('</article>', f'<p>{line}</p></article>')}</body></html>"
    made = clean_html(*decode(page.encode(), "utf-8"), url="", limits=Limits())
    assert choose("d", made.evidence)[0].credits == CLOSINGS[line]
    assert all(e.page_ranges for e in made.evidence if e.field == "credits")


def test_an_agency_beside_a_person_in_the_byline():
    """An agency that shares a byline is credited in the form in which it writes itself; a word like its name is not."""
    for line, credited in (("Ada Morn, AFP", ("AFP",)), ("Ada Morn, Map", ())):
        assert choose("d", evidence(byline=f'<div class="byline">{line}</div>'))[0].credits == credited


TRANSLATIONS = {
    '<meta name="translator" content="Bo Lind">': "stated",
    LD.format('{"@type": "NewsArticle", "headline": "Ferry", "translator": {"name": "Bo Lind"}}'): "stated",
    LD.format('{"@type": "NewsArticle", "headline": "Ferry", "translationOfWork": {"@id": "x"}}'): "stated",
    LD.format('{"@type": "NewsArticle", "headline": "Ferry", "workTranslation": {"@id": "x"}}'): "unknown",
    '<link rel="alternate" hreflang="de" href="/de">': "unknown",
}


@pytest.mark.parametrize("head", TRANSLATIONS)
def test_translations_told_to_machines(head):
    """A translator or the work translated states a translation; one into other languages, or another version, does not."""
    values, headers = choose("d", evidence(head))
    assert values.translated == TRANSLATIONS[head]
    assert [h.reason for h in headers if h.field == "translated" and not h.value] == (
        ["nothing tells it"] if values.translated == "unknown" else []
    )


def test_a_translator_who_is_nobody_states_nothing():
    """A field for the translator that says that there is none states no translation, and is recorded as not read."""
    values, headers = choose("d", evidence('<meta name="translator" content="none">'))
    assert values.translated == "unknown"
    assert [h.reason for h in headers if h.field == "translated"] == ["translator: not read"]


DISAGREEING = {
    "title": ("og:title", "Ferry lost", "dc.title", "Ship lost"),
    "outlet": ("og:site_name", "The Oravia Post", "application-name", "Belmark Daily"),
    "author": ("author", "Ada Morn", "dc.creator", "Bo Lind"),
    "published": ("article:published_time", "2031-04-02", "dc.date", "2031-04-05"),
    "modified": ("article:modified_time", "2031-04-03", "dcterms.modified", "2031-04-06"),
    "language": ("og:locale", "de", "dc.language", "fr"),
    "url": ("og:url", "https://a.example/1", "canonical", "https://a.example/2"),
}


@pytest.mark.parametrize("field", DISAGREEING)
def test_evidence_that_disagrees_stands_side_by_side(field):
    """Two places of a page that tell a field otherwise are two header rows with their places, one of which at most is chosen."""
    a, first, b, second = DISAGREEING[field]
    other = (
        f'<meta name="{b}" content="{second}">' if b != "canonical" else f'<link rel="{b}" href="{second}">'
    )
    found = evidence(f'<meta property="{a}" content="{first}">{other}')
    _, headers = choose("d", found)
    rows = [h for h in headers if h.field == field and h.found_in == "meta"]
    assert {h.value for h in rows} == {first, second}
    assert all(h.page_ranges for h in rows)
    assert sum(h.chosen for h in headers if h.field == field) == 1


def test_evidence_of_a_line_with_readings_stands_at_its_words():
    """Readings above words are no words: what a line tells is anchored past them."""
    page = "<p><ruby>x<rt>yyyy</rt></ruby> Belmark Courier</p>"
    (line,) = lines_of(found := scan(page, Limits()))
    at = words_of(found, line).index("Belmark")
    (where,) = line_ranges(found, line, range(len(page) + 1), at, at + len("Belmark"))
    assert page[where.start : where.end] == "Belmark"
