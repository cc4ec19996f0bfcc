"""Links out of the report: to the same words in live pages, marked as leaving the file, and to nowhere else."""

from __future__ import annotations

import json
import re
from html import unescape
from urllib.parse import urldefrag

import pytest

import variorum
from api.pages import BODY, OTHER, html, write_pages
from report.outline import Outline
from variorum.report import render
from variorum.views.links import web_address
from views.browser import bare, browsed

HERALD = "https://herald.example/boats"
# Would end the attribute or turn the line round, if it were written as it is.
STEERING = "https://evil.example/'onclick='alert(1)&quot;onclick=&quot;\u202e\u200b"


@pytest.fixture(scope="module")
def dossier(tmp_path_factory):
    folder = tmp_path_factory.mktemp("live")
    write_pages(folder / "pages")
    page = html("Boats kept in harbour", (*BODY, *OTHER), site="The Quay")
    own = page.replace("</head>", f'<meta property="og:url" content="{HERALD}"></head>')
    (folder / "pages" / "own.html").write_text(own, "utf-8")
    rows = [{"url": url, "text": "\n\n".join((*OTHER, *BODY))} for url in (STEERING, "javascript:alert(7)")]
    (folder / "pages" / "rows.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows), "utf-8")
    return variorum.build([folder / "pages"], folder / "dossier")


@pytest.fixture(scope="module")
def page(dossier):
    return render(dossier)


def _live(page):
    """Attributes of the links that leave the report."""
    found, at = [], {}
    for tag, name, value in Outline(page).attributes:
        if tag == "a" and name in {"class", "href"}:
            at = at | {name: value} if name == "href" and at.get("class") == "live" else {name: value}
            if at.get("class") == "live" and "href" in at:
                found.append(at["href"])
    return found


# A reading's words stand between its page's sign and the link, or quoted behind both.
_READING = re.compile(
    r'<a class="siglum"[^>]*>[^<]*</a> ((?:(?!<a ).)*?)&nbsp;<a class="live" href="([^"]*)"[^>]*>↗</a>'
    r"(?:</p>\s*<blockquote>(.*?)</blockquote>)?",
    re.DOTALL,
)
_MARKED = re.compile("<mark>(.*?)</mark>", re.DOTALL)


def _readings(page):
    """Every link that leaves the report, with what may be meant by it: the words beside it, or those marked in them."""
    return [
        (unescape(link), {_words(quoted or before), _words("".join(_MARKED.findall(quoted or before)))})
        for before, link, quoted in _READING.findall(page)
    ]


def _words(markup):
    return bare(unescape(re.sub("<[^>]*>", "", markup)))


def test_live_links_lead_to_the_words(dossier, page):
    """Each leads to a page whose address is known, its own or the one it gives for itself, and a browser marks the words of the reading there."""
    texts = {web_address(d.location): d.text for d in dossier.documents_by_id.values()}
    texts[HERALD] = next(d.text for d in dossier.documents_by_id.values() if d.location == "own.html")
    links = _live(page)
    assert {urldefrag(link)[0] for link in links} == {HERALD, web_address(STEERING)}
    readings = _readings(page)
    assert [link for link, _ in readings] == links
    found = [browsed(texts[urldefrag(link)[0]], link) for link in links]
    assert None not in found
    for (link, meant), (_, words) in zip(readings, found, strict=True):
        assert words in meant, link
    assert len({words for _, words in found}) > 10


def test_live_links_say_that_they_leave(page):
    """Each tells the page nothing of the reader and says that it leaves the file; where none is, none is told of."""
    links = _live(page)
    assert len(links) > 10
    assert page.count('rel="noopener noreferrer nofollow" title="These words on the live page (leaves this file)"') == len(links)  # fmt: skip
    assert "leaves this file for the same words" in page


def test_live_links_hold_nothing_that_steers(page):
    """An address of strangers stays inside its attribute, what is invisible in it shown."""
    assert "<script" not in page
    assert "\u202e" not in page
    assert "\u200b" not in page
    assert 'javascript:alert(7)"' not in page
    assert {tag for tag, name, _ in Outline(page).attributes if name.startswith("on")} == set()


def test_live_links_need_an_address(tmp_path):
    """A report of pages without addresses has no link that leaves it, and does not speak of one."""
    write_pages(tmp_path / "pages")
    page = render(variorum.build([tmp_path / "pages"], tmp_path / "dossier"))
    assert _live(page) == []
    assert "leaves this file" not in page


def test_pages_lead_to_where_they_came_from(tmp_path):
    """A page links to its location where that is a web address, however it is spelled, and to nothing else."""
    text = "\n\n".join(OTHER)
    rows = [{"url": url, "text": text} for url in ("HTTPS://moor.example/boats", "javascript:alert(7)")]
    (tmp_path / "rows.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows), "utf-8")
    page = render(variorum.build([tmp_path / "rows.jsonl"], tmp_path / "dossier"))
    left = {link for link in Outline(page).links if not link.startswith("#") and ":~:" not in link}
    assert left == {"HTTPS://moor.example/boats"}
