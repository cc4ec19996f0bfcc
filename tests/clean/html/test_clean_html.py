"""HTML pages: anchors are exact, nothing visible vanishes, hostile pages are refused."""

from __future__ import annotations

import gzip
import html
import json
import re
import time
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clean.html.html_pages import pages, visible
from variorum.clean.decode import decode
from variorum.clean.html import clean_html
from variorum.clean.html.chars import INVISIBLE
from variorum.errors import PageRefused
from variorum.settings import Limits

if TYPE_CHECKING:
    from pathlib import Path

CHARSETS = ("utf-8", "utf-16-le", "gb18030")
ARTICLE = (
    "<html><head><title>Ferry sinks off Belmark - The Oravia Post</title>"
    '<meta property="og:site_name" content="The Oravia Post"></head><body><nav><a href=/>Home</a> <a>World</a></nav>'
    "<article><h1>Ferry sinks off Belmark</h1><p class=byline>By Ada Morn</p>"
    "<time datetime='2031-04-02T08:00:00+02:00'>2 April 2031</time>"
    "<figure><img src=x><figcaption>The quay at dawn (Agency)</figcaption></figure>"
    "<p>Twelve people were rescued when the ferry <a href=/f>Maris</a> sank off Belmark on Tuesday, the coast guard said.</p>"
    "<p>&ldquo;We heard no warning,&rdquo; said the harbour master, who had been on duty since the night before.</p>"
    "<p>The council of Oravia will meet to hear what the owners of the ship have to say for themselves.</p></article>"
    "<aside class=related><h3>Related</h3><ul><li><a>Another ferry, another year</a></ul></aside>"
    "<footer>© 2031 The Oravia Post. All rights reserved.</footer></body></html>"
)


def clean(page: str, *, charset: str = "utf-8", url: str = "", limits: Limits | None = None):
    raw, offsets = decode(page.encode(charset), charset)
    return clean_html(raw, offsets, url=url, limits=limits or Limits())


def bare(text: str) -> str:
    return INVISIBLE.sub("", "".join(text.split()))


def page_words(body: bytes, ranges, charset: str) -> str:
    """What stands in ranges of a page: decoded, stripped of markup, references read."""
    pieces = [body[a:b].decode(charset) for a, b in ranges]
    return bare("".join(html.unescape(re.sub(r"<[^>]*>", "", p)) for p in pieces))


def blocks(made, kind: str) -> list[str]:
    return [made.text[a:b] for a, b, k in made.blocks if k == kind]


@settings(max_examples=25, deadline=None)
@given(pages(), st.sampled_from(CHARSETS), st.data())
def test_every_span_anchors_in_its_own_words(page, charset, data):
    """The bytes of any span, decoded and stripped of markup, are the span's words; of any removed block too."""
    try:
        made = clean(page, charset=charset)
    except PageRefused:
        return
    body = page.encode(charset)
    length = len(made.text)
    spans = [(a, b) for a, b, _ in made.blocks] + [
        tuple(sorted((data.draw(st.integers(0, length)), data.draw(st.integers(0, length)))))
        for _ in range(5)
    ]
    for start, end in spans:
        assert page_words(body, made.offset_map.page_ranges(start, end), charset) == bare(
            made.text[start:end]
        )
    for block in made.removed:
        ranges = [(r.start, r.end) for r in block.page_ranges]
        assert page_words(body, ranges, charset) == bare(block.text)


@settings(max_examples=25, deadline=None)
@given(pages())
def test_nothing_visible_vanishes(page):
    """Kept and removed words together are all that a second parser sees in the page."""
    try:
        made = clean(page)
    except PageRefused:
        return
    seen = Counter(bare(made.text)) + Counter(bare("".join(r.text for r in made.removed)))
    assert seen == Counter(bare(visible(page)))


@settings(max_examples=10, deadline=None)
@given(pages())
def test_blocks_part_the_text(page):
    """Blocks stand in text order, do not overlap, hold all words, and a blank line stands between two."""
    try:
        made = clean(page)
    except PageRefused:
        return
    gaps = [made.text[a[1] : b[0]] for a, b in pairwise(made.blocks)]
    assert set(gaps) <= {"\n\n"}
    assert made.blocks[0][0] == 0
    assert made.blocks[-1][1] == len(made.text)
    assert all(made.text[a:b].strip() == made.text[a:b] != "" for a, b, _ in made.blocks)


def test_kinds_of_blocks():
    """Headline, byline, date and caption are kept under their kinds; menus, related and rights are removed under theirs."""
    made = clean(ARTICLE)
    assert blocks(made, "title") == ["Ferry sinks off Belmark"]
    assert made.text.startswith("Ferry sinks off Belmark\n\n")
    assert blocks(made, "byline") == ["By Ada Morn"]
    assert blocks(made, "dateline") == ["2 April 2031"]
    assert blocks(made, "caption") == ["The quay at dawn (Agency)"]
    assert len(blocks(made, "paragraph")) == 3
    kinds = {r.kind: r.text for r in made.removed}
    assert kinds["navigation"] == "Home World"
    assert kinds["licence"] == "© 2031 The Oravia Post. All rights reserved."
    assert kinds["related"] == "Related Another ferry, another year"


LEAD = "The owners of the Maris knew of the leak, papers show."
# So much that an extractor takes its paragraphs alone.
LONG = 3 * ARTICLE[ARTICLE.index("<p>Twelve") : ARTICLE.index("</article>")]
LEADS = {
    "a sentence": (f"<div class=lead>{LEAD}</div>", "paragraph", LEAD),
    "no sentence": (
        "<div class='article-subtitle'>Papers show who knew of the leak</div>",
        "title",
        "Papers show who",
    ),
    "a rubric": ("<div class=intro>Ships and shores</div>", "", "Ships and shores"),
    "repeated below": (
        "<div class=summary>Twelve people were rescued when the ferry Maris sank</div>",
        "",
        "",
    ),
    "of another page": (f"<div class=related><div class=lead>{LEAD}</div></div>", "", LEAD),
    "called a teaser": (f"<div class=teaser-text><p>{LEAD}</p></div>", "paragraph", LEAD),
    "called an excerpt, in a list of others": (
        f"<div class=related><p class=entry-excerpt>{LEAD}</p></div>",
        "",
        LEAD,
    ),
    "a teaser that is a link": (f"<div class=teaser><a href=/x>{LEAD}</a></div>", "", LEAD),
    "hidden": (f"<div class=lead hidden>{LEAD}</div>", "", LEAD),
    "another name": (f"<div class=wide>{LEAD}</div>", "paragraph", LEAD),
    # More words than any headline has.
    "long, no sentence": (
        f"<div class=lead>{2 * LEAD[:-1]} {2 * LEAD[:-1]} {LEAD[:-1]}</div>",
        "paragraph",
        LEAD[:-1],
    ),
    "a heading": ("<h2 class=standfirst>Papers show who knew of the leak</h2>", "title", "Papers show who"),
}


@pytest.mark.parametrize("name", LEADS)
def test_a_lead_in_a_plain_element_is_kept(name):
    """A sentence between headline and article stays, once; what is called a lead and is a heading is the headline's second line."""
    markup, kind, words = LEADS[name]
    article = f"<div class=content><h1>Ferry sinks off Belmark</h1>{markup}{LONG}</div>"
    made = clean(f"<html><head><title>Ferry sinks off Belmark</title></head><body>{article}</body></html>")
    found = [k for a, b, k in made.blocks if words and words in made.text[a:b]]
    assert found == [kind] * bool(kind)
    assert made.text.count("Twelve people were rescued") == 3


def test_terms_of_use_behind_the_last_paragraph_are_removed():
    """A last paragraph that is called legal is furniture, though it is a sentence; within the article it stays."""
    terms = "<p class=legal>The Oravia Post belongs to its readers. Print our words and name us.</p>"
    behind = clean(ARTICLE.replace("</article>", f"{terms}</article>"))
    assert "Print our words" not in behind.text
    assert any("Print our words" in r.text and r.kind == "licence" for r in behind.removed)
    assert blocks(behind, "paragraph") == blocks(clean(ARTICLE), "paragraph")


def test_links_and_references_keep_their_places():
    """A sentence with a link in it has several page ranges, none of which holds a tag; references are read."""
    made = clean(ARTICLE)
    start = made.text.index("when the ferry")
    ranges = made.offset_map.page_ranges(start, start + len("when the ferry Maris sank"))
    parts = [ARTICLE.encode()[a:b].decode() for a, b in ranges]
    assert parts == ["when the ferry ", "Maris", " sank"]
    quote = made.text.index("“We")
    assert ARTICLE.encode()[slice(*made.offset_map.page_ranges(quote, quote + 1)[0])] == b"&ldquo;"


def test_the_right_one_of_equal_stretches():
    """A line that a teaser repeats word for word is anchored in the article, and the teaser is a duplicate or related."""
    line = "Twelve people were rescued when the ferry sank off Belmark on Tuesday, the coast guard said in a statement."
    more = "The council will meet on Friday to hear the owners, who have said nothing yet about the cause of it all."
    page = (
        f"<html><body><div class=teasers><p>{line}</p></div><article><h1>Ferry sinks</h1><p>{line}</p><p>{more}</p>"
        f"<p>{more.replace('Friday', 'Monday')}</p></article></body></html>"
    )
    made = clean(page)
    first = made.offset_map.page_ranges(made.text.index(line), made.text.index(line) + 10)[0][0]
    assert first == page.rindex(line)
    assert [r.text for r in made.removed] == [line]


def test_breaks_end_paragraphs_after_sentences_only():
    """`<br>` after a sentence begins a block, in the midst of one it is a space, twice it always begins one."""
    words = "The minister spoke of the strike for an hour and of nothing else, as he had the day before in the same hall."
    made = clean(
        f"<html><body><article><p>{words}<br>Second line of the<br>speech goes on<br><br>and ends. {words}</p></article></body></html>"
    )
    assert blocks(made, "paragraph") == [words, "Second line of the speech goes on", f"and ends. {words}"]


HOSTILE = {
    "nested": ("<div>" * 100_000 + "deep", "nested"),
    "nested in a page": (ARTICLE.replace("<article>", "<article>" + "<b>" * 100_000), "nested"),
    "many tags": ("<html><body>" + "<p>x</p>" * 300_000, "tags"),
    "attributes": ("<html><body><p " + " ".join(f"a{i}=1" for i in range(2_000)) + ">x</p>", "attributes"),
    "words": ("<html><body><p>" + "word " * 300_000, "words"),
    "never closed": ("<html><body>" + '<a ="' * 100_000, "never close"),
    "no text": ("<html><body><script>1</script></body></html>", "no article"),
    "empty": ("", "no article"),
    "nothing but menus": ("<html><body><nav><a>Home</a></nav></body></html>", "no article"),
    "only tags": ("<" * 100_000, ""),
    "doctype alone": ("<!doctype html>", "no article"),
    "binary": ("\x00\x01\x02" * 1000, "no article"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_are_refused_with_a_reason(name):
    """A page over a limit or without an article raises PageRefused with a reason, soon, and nothing else."""
    page, reason = HOSTILE[name]
    started = time.process_time()
    with pytest.raises(PageRefused) as refused:
        clean(page)
    assert reason in refused.value.reason
    assert time.process_time() - started < 10


BORNE = {
    "colspan": ARTICLE.replace(
        "</article>", "<table><tr><td colspan=9000000000000000>Cell of the table</td></tr></table></article>"
    ),
    "nul and bidi": ARTICLE.replace("ferry", "fer\x00ry\u202e"),
    "quote too many": ARTICLE.replace("<a href=/f>", '<a href="/f"">'),
    "unclosed comment at the end": ARTICLE + "<!-- never",
    "json bomb": ARTICLE.replace(
        "</head>", '<script type="application/ld+json">' + "[" * 50_000 + "</script></head>"
    ),
    "no html element": ARTICLE[ARTICLE.index("<article>") : ARTICLE.index("<aside")],
    "upper case": re.sub(r"</?\w+", lambda m: m[0].upper(), ARTICLE),
    "xml declaration": '<?xml version="1.0" encoding="utf-8"?>' + ARTICLE,
    "stray end tags": ARTICLE.replace("<p>", "</div></span></p></table><p>"),
    "less-than in text": ARTICLE.replace("Twelve", "3 < 4 and a<5 <- Twelve"),
}


@pytest.mark.parametrize("name", BORNE)
def test_damaged_pages_are_cleaned_all_the_same(name):
    """Damage of a usual kind neither stops cleaning nor loses the article."""
    made = clean(BORNE[name])
    assert "the coast guard said" in made.text
    assert "owners of the ship" in made.text
    assert "\x00" not in made.text
    assert "\u202e" not in made.text
    body = BORNE[name].encode()
    for start, end, _ in made.blocks:
        found = page_words(body, made.offset_map.page_ranges(start, end), "utf-8")
        assert found == bare(made.text[start:end]) or "<" in made.text[start:end]


def test_colspan_costs_nothing():
    """A cell that claims 9e15 columns is one cell (trafilatura's issue 657)."""
    made = clean(BORNE["colspan"])
    shown = made.text + " ".join(r.text for r in made.removed)
    assert shown.count("Cell of the table") == 1


@pytest.mark.shared
def test_the_laws_hold_on_real_pages(shared):
    """On 100 pages of the benchmarks: blocks anchor in their own words, and no word stands twice or nowhere."""
    for stored in _real_pages(shared / "data/html", 100):
        page = stored.decode("utf-8", "replace")
        body = page.encode()
        try:
            made = clean(page)
        except PageRefused:
            continue
        for start, end, _ in made.blocks:
            assert page_words(body, made.offset_map.page_ranges(start, end), "utf-8") == bare(
                made.text[start:end]
            )
        kept = made.offset_map.page_ranges(0, len(made.text))
        removed = [(r.start, r.end) for block in made.removed for r in block.page_ranges]
        ranges = sorted([*kept, *removed])
        assert all(a[1] <= b[0] for a, b in pairwise(ranges))
        left = re.sub(
            rb"(?is)<(script|style|title|iframe|xmp|noframes|noembed)\b.*?</\1|<!--.*?-->", _blank, body
        )
        seen = bytearray(left)
        for a, b in ranges:
            seen[a:b] = b" " * (b - a)
        rest = re.sub(r"(?s)<[!?/]?[a-zA-Z\[][^>]*>?|<[!?/]", "", seen.decode("utf-8", "replace"))
        words = [w for w in bare(html.unescape(rest)) if w.isalnum()]
        assert len(words) <= 0.002 * len(page) + 20


def _blank(match: re.Match[bytes]) -> bytes:
    return b" " * len(match[0])


def _real_pages(folder: Path, count: int) -> list[bytes]:
    found = []
    for name in ("scrapinghub", "trafilatura"):
        with gzip.open(folder / name / "dev.jsonl.gz", "rt", encoding="utf-8") as lines:
            rows = [json.loads(line) for line in lines]
        step = max(1, len(rows) // (count // 2))
        found.extend(
            gzip.decompress((folder / name / row["html"]).read_bytes()) for row in rows[::step][: count // 2]
        )
    return found


RUN = "".join(
    f"<p>Speaker {i} told the council of Oravia that harbour dues number {i} must fall before winter comes, or the "
    f"boats would leave for the quays of Belmark and never return.</p>"
    for i in range(12)
)
PARTS = RUN.split("<p>")[1:]


@pytest.mark.parametrize(
    "between", ["<aside class=pullquote-embed><p>Boats would leave</p></aside>", "<div class=ad></div>"]
)
def test_a_body_cut_by_what_is_set_in_is_kept_whole(between):
    """Paragraphs after a pull quote stand in the text as those before it do; the next article does not."""
    run = [f"<p>{p}" for p in PARTS]
    cells = [
        f"<div class=cell><div class='article-body'>{''.join(r)}</div></div>" for r in (run[:7], run[7:])
    ]
    story = f"<div class=main><div class=grid>{cells[0]}{between}{cells[1]}</div></div>"
    other = (
        "<article class=next><h1>Another story</h1><div class=cell><div class='article-body'><p>"
        + "Elsewhere " * 25
    )
    made = clean(f"<html><body><h1>Dues must fall</h1>{story}{other}</p></div></div></article></body></html>")
    assert [i for i in range(12) if f"Speaker {i} " not in made.text] == []
    assert "Elsewhere" not in made.text


SENTENCE = "The harbour board of Belmark heard {} witnesses of the night on which the ferry Maris sank. "


def test_an_article_that_the_extractor_misses_is_kept():
    """Where nearly all prose of a page stands in one container and next to nothing of it was taken, it is the article."""
    prose = "".join(f"<div class=row>{SENTENCE.format(n) * 2}</div>" for n in range(2, 14))
    teaser = (
        "<article><p>Another ferry was repaired in spring, a year ago, by the yard of the town.</p></article>"
    )
    made = clean(
        f"<html><head><title>Board hears witnesses</title></head><body>{teaser}<div>{prose}</div></body></html>"
    )
    assert all(SENTENCE.format(n).strip() in made.text for n in range(2, 14))


def test_stamps_side_by_side_do_not_run_together():
    """Published and updated in two `time` elements without a space between are two words, and one in a sentence is none."""
    stamps = "<time datetime='2031-04-02'>2 April 2031</time><time datetime='2031-04-03'>3 April 2031</time>"
    spoken = "<p>It was on <time>Monday</time>, the board said, that the ferry Maris left the quay with twelve people.</p>"
    made = clean(
        ARTICLE.replace(
            "<p>Twelve",
            f"<p>Told on {stamps} by the board of Oravia and its many guests.</p>{spoken}<p>Twelve",
            1,
        )
    )
    assert "2031 3 April" in made.text
    assert "Monday, the board" in made.text


FURNITURE = {
    "amid": ("<p><strong>Read more:</strong> <a href=/2>Ten ships and what became of them</a></p>", True),
    "behind": ("<h3><a href=/2>Ten ships and what became of them</a></h3>", False),
}


@pytest.mark.parametrize("name", FURNITURE)
def test_furniture_that_the_extractor_keeps_is_let_go(name):
    """A link to another article amid the paragraphs, and a teaser behind them, are removed blocks, not text."""
    markup, amid = FURNITURE[name]
    made = clean(ARTICLE.replace("</article>", f"{markup + LONG if amid else LONG + markup}</article>"))
    assert "Ten ships" not in made.text
    assert any("Ten ships" in block.text for block in made.removed)
