"""Saved feeds: entries are pages."""

from __future__ import annotations

import io

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.api import document_tables
from variorum.ingest import read
from variorum.settings import Settings

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:media="http://search.yahoo.com/mrss/"><channel><title>Velmora Post</title><language>en</language>
<item><title>Harbour closed</title><link>https://post.example/1</link><dc:creator>Ilka Brandt</dc:creator>
<pubDate>Sun, 04 May 2031 10:00:00 +0200</pubDate><description>Short.</description>
<media:content url="https://post.example/1.jpg"/>
<content:encoded><![CDATA[<p>The harbour &amp; quay stay closed.</p>]]></content:encoded></item>
<item><title>Summary only</title><guid>urn:7</guid><description>The harbour stays closed.</description>
<source url="https://wire.example/">Wire of the Isles</source></item>
<item><title>No text</title><link>https://post.example/3</link></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Island Herald</title>
<entry><title>Quay</title><link rel="self" href="https://herald.example/self"/><link href="https://herald.example/q"/>
<author><name>Oto Lind</name></author><published>2031-05-04T10:00:00Z</published>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Closed.</p></div></content></entry></feed>"""


def arrivals(text):
    return list(read(["-"], Settings(), stdin=io.BytesIO(text.encode())))


def test_feeds_rss_entries_are_pages():
    """Content, else summary, is the page, plain text as it stands; a summary is noted; an entry without text is skipped."""
    full, short, none = arrivals(RSS)
    assert full.body == b"<p>The harbour &amp; quay stay closed.</p>"
    assert (full.page.location, full.page.form) == ("https://post.example/1", "html")
    assert (short.page.location, short.page.form, short.body) == ("-#2", "text", b"The harbour stays closed.")
    assert "summary" in short.page.reason
    assert (none.page.location, none.page.status) == ("https://post.example/3", "skipped")


def test_feeds_tell_the_header_values():
    """Title, author, time, outlet and language are given as the feed tells them; `source` outranks the channel."""
    full, short, _ = arrivals(RSS)
    assert msgspec.json.decode(full.page.given) == {
        "author": "Ilka Brandt",
        "language": "en",
        "outlet": "Velmora Post",
        "published": "2031-05-04T10:00:00+02:00",
        "title": "Harbour closed",
    }
    assert msgspec.json.decode(short.page.given)["outlet"] == "Wire of the Isles"


def test_feeds_atom_entries_are_pages():
    """Atom's XHTML content is HTML; the alternate link is the location."""
    (entry,) = arrivals(ATOM)
    assert (entry.page.location, entry.page.form) == ("https://herald.example/q", "html")
    assert b"<p>Closed.</p>" in entry.body
    assert msgspec.json.decode(entry.page.given)["author"] == "Oto Lind"


def entry(inner):
    space = RSS[: RSS.index("<item>")]
    (found,) = arrivals(f"{space}<item><link>https://post.example/1</link>{inner}</item></channel></rss>")
    return found


@pytest.mark.parametrize(
    ("inner", "outlet", "note"),
    [
        ("<source url='https://w.example/'>Wire\n of the Isles</source>", "Wire of the Isles", True),
        ("<source url='https://w.example/'/>", "Velmora Post", False),
        ("<source>Velmora Post</source>", "Velmora Post", False),
        ("<dc:source>https://w.example/7</dc:source>", "Velmora Post", False),
        ("<source><id>urn:x:1</id><updated>2031</updated></source>", "Velmora Post", False),
        ("<dc:source>https://w.example/7</dc:source><source>Isle Radio</source>", "Isle Radio", True),
    ],
)
def test_feeds_source_is_the_outlet_and_the_carrier_is_kept(inner, outlet, note):
    """An entry's `source` is its outlet; the feed that carried it stands in the reason; an address is no name."""
    found = entry(f"<description>The ferry is late.</description>{inner}")
    assert msgspec.json.decode(found.page.given)["outlet"] == outlet
    assert (f"source {outlet}, carried by the feed Velmora Post" in found.page.reason) == note


@pytest.mark.parametrize(
    ("inner", "body"),
    [
        ("<description>Short.</description><content:encoded>In full.</content:encoded>", b"In full."),
        ("<description>Short.</description><content:encoded>&lt;img src='x'&gt; </content:encoded>", b"Short."),
        ("<description>Short.</description><content:encoded/>", b"Short."),
        ("<summary xmlns='http://www.w3.org/2005/Atom'>Short.</summary>"
         "<content xmlns='http://www.w3.org/2005/Atom' type='image/png'>iVBORw0KGgo</content>", b"Short."),
        ("<content xmlns='http://www.w3.org/2005/Atom' src='https://post.example/1'/>"
         "<description>Short.</description>", b"Short."),
    ],
)  # fmt: skip
def test_feeds_full_content_comes_before_the_summary(inner, body):
    """The content is the page where it has words; else the summary, and the reason says that it is one."""
    found = entry(inner)
    assert found.body == body
    assert ("summary only" in found.page.reason) == (body == b"Short.")


@pytest.mark.parametrize(
    ("inner", "told"),
    [
        ("<title>Quay &amp;amp; pier &amp;#8211; &lt;b&gt;closed&lt;/b&gt;</title>", {"title": "Quay & pier – closed"}),
        ("<title>1 &lt; 2 &gt; 0</title>", {"title": "1 < 2 > 0"}),
        ("<title><![CDATA[Quay\n &eacute; <i>pier</i>]]></title>", {"title": "Quay é pier"}),
        ("<author>desk@post.example (Oto Lind)</author>", {"author": "Oto Lind"}),
        ("<author>Oto Lind &lt;desk@post.example&gt;</author>", {"author": "Oto Lind"}),
        ("<author>desk@post.example</author>", {}),
        ("<author>Oto Lind</author>", {"author": "Oto Lind"}),
        ("<author>Velmora Post</author>", {}),
        ("<dc:date>2031-05-04</dc:date>", {"published": "2031-05-04"}),
        ("<atom:updated xmlns:atom='http://www.w3.org/2005/Atom'>2031-05-05T10:00:00Z</atom:updated>"
         "<pubDate>Sun, 04 May 2031 10:00:00 GMT</pubDate>",
         {"published": "2031-05-04T10:00:00+00:00", "modified": "2031-05-05T10:00:00Z"}),
    ],
)  # fmt: skip
def test_feeds_header_values_are_words(inner, told):
    """Titles lose their markup, authors their address; the day of a change is not that of publication."""
    found = entry(f"<description>The ferry is late.</description>{inner}")
    common = {"language": "en", "outlet": "Velmora Post"}
    assert msgspec.json.decode(found.page.given) == common | told


@pytest.mark.parametrize(
    ("inner", "author"),
    [
        ("<author><name>Oto Lind</name></author>", "Oto Lind"),
        ("<source><title>Isle Wire</title><author><name>Mara Holm</name></author></source>", "Mara Holm"),
        ("<source><title>Isle Wire</title></source>", None),
        ("", "Herald Desk"),
    ],
)
def test_feeds_atom_author_of_source_or_feed(inner, author):
    """An Atom entry that names no author has its source's, or else its feed's; a type of text keeps what looks like markup."""
    feed = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title type="html">Isle &amp;amp; Herald</title>'
        f"<author><name>Herald Desk</name></author><entry><title>a &lt;b&gt; c</title>{inner}"
        "<summary>Short.</summary><content>In full.</content></entry></feed>"
    )
    (found,) = arrivals(feed)
    given_ = msgspec.json.decode(found.page.given)
    assert (given_["title"], given_.get("author")) == ("a <b> c", author)
    assert found.body == b"In full."
    carried = "source Isle Wire, carried by the feed Isle & Herald"
    assert (given_["outlet"], found.page.reason) == (
        ("Isle Wire", carried) if "source" in inner else ("Isle & Herald", "")
    )


def test_feeds_evidence_reaches_the_header():
    """What a feed tells stands in the evidence of the header, as given; a summary of one sentence is a text."""
    tables = document_tables(["-"], until="clean", stdin=io.BytesIO(RSS.encode()))
    rows = [row for made in tables for row in made["headers"].to_pylist()]
    told = {(row["field"], row["value"]) for row in rows if row["found_in"] == "given" and row["chosen"]}
    assert {("outlet", "Wire of the Isles"), ("outlet", "Velmora Post"), ("title", "Summary only")} <= told


def test_feeds_entry_tells_its_own_language():
    """A language told of one entry outranks that of the feed."""
    found = entry("<description>Přívoz má zpoždění.</description><dc:language>cs</dc:language>")
    assert msgspec.json.decode(found.page.given)["language"] == "cs"


@given(st.binary(max_size=60), st.integers(0, 900), st.integers(0, 200), st.sampled_from([RSS, ATOM]))
def test_feeds_any_bytes_are_borne(noise, at, cut, feed):
    """A feed with bytes changed anywhere gives sound records only, none by a fault of the reader."""
    data = feed.encode()
    found = list(read(["-"], Settings(), stdin=io.BytesIO(data[:at] + noise + data[at + cut :])))
    assert found
    assert all("please report" not in a.page.reason for a in found)


def test_feeds_broken_xml_is_read_as_far_as_it_goes():
    """A feed cut in the middle gives the entries before the break and a rejected record."""
    found = [a.page for a in arrivals(RSS[: RSS.index("<item><title>No text")])]
    assert [p.status for p in found] == ["read", "read", "rejected"]
    assert "broken XML" in found[2].reason


def test_feeds_entities_are_not_expanded():
    """Entities that would multiply, or fetch a file, leave no trace and cost nothing."""
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    head = f'<!DOCTYPE rss [<!ENTITY e0 "boom"><!ENTITY f SYSTEM "file:///etc/hostname">{bomb}]>'
    item = "<item><link>https://post.example/1</link><description>Safe &e11; &f; text</description></item>"
    found = arrivals(f"{head}<rss><channel>{item}</channel></rss>")
    assert sum(len(a.body) for a in found) < 200
    assert b"boom" not in b"".join(a.body for a in found)


def test_feeds_without_entries_are_rejected():
    """An empty feed is a record, not silence."""
    (page,) = [a.page for a in arrivals("<rss><channel><title>Velmora Post</title></channel></rss>")]
    assert (page.status, page.reason) == ("rejected", "a feed without entries")


def test_feeds_broken_names_are_borne():
    """A feed broken so that markup of a page became its elements is read as far as it parses, odd names and all."""
    broken = RSS.replace("<![CDATA[", "").replace("]]>", "").replace("&amp;", "<g:button size='1'/>")
    full, *_, last = arrivals(broken.replace("</rss>", ""))
    assert "The harbour" in full.body.decode()
    assert last.page.status == "rejected"
    assert "broken XML" in last.page.reason
    assert "\n" not in last.page.reason


def test_feeds_damaged_bytes_are_borne():
    """Bytes that are no UTF-8, half a surrogate pair among them, cost their places and no more."""
    damaged = RSS.encode().replace(b"quay", b"qu\xed\xa0\x80\xff\xfeay")
    damaged = damaged.replace(b"The harbour stays", b"&#xD800;&#x0dFFf;&#55296;&#57343;The harbour stays")
    full, short, *_ = list(read(["-"], Settings(), stdin=io.BytesIO(damaged)))
    assert "stay closed" in full.body.decode()
    assert short.body.decode() == "\ufffd\ufffd\ufffd\ufffdThe harbour stays closed."
