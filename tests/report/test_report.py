"""The report: whole in itself, without script, and deaf to what strangers wrote."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html import unescape

import pytest

import variorum
from api.pages import BODY, html, write_pages
from report.outline import Outline
from variorum.errors import InputError
from variorum.report import render, write_report
from variorum.text.safe import visible

HOSTILE = (
    "<script>alert(1)</script> The minister of Tessaly said that <img src=x onerror=alert(2)> boats were stopped.",
    '"We will <b onmouseover="alert(3)">not</b> yield &lt;script&gt;alert(4)&lt;/script&gt;," Interior Minister Anna Brekke said.',
    "\u202eThe harbour\u202c of \x1b[31mTessaly\x1b[0m was {{ 7*7 }} closed {% raw %} on Monday, the ministry said, and 12 people were hurt.",
)


@pytest.fixture(scope="module")
def dossier(tmp_path_factory):
    folder = tmp_path_factory.mktemp("report")
    write_pages(folder / "pages")
    title = 'Boats</title><script>alert(5)</script> " onload="x'
    (folder / "pages" / "evil.html").write_text(
        html(title, HOSTILE, site='<img src="javascript:alert(6)">'), "utf-8"
    )
    (folder / "pages" / "evil.jsonl").write_text(
        '{"url": "javascript:alert(7)", "text": "'
        + "The mayor of Ostrel said that bread was cheap and that nobody was hurt. " * 4
        + '"}\n',
        "utf-8",
    )
    return variorum.build([folder / "pages"], folder / "dossier")


@pytest.fixture(scope="module")
def page(dossier):
    return render(dossier)


def test_report_runs_nothing_of_strangers(page):
    """No script, no handler, no image, no frame, no link but to itself and to web addresses."""
    outline = Outline(page)
    assert not {"script", "img", "iframe", "object", "embed", "form", "link", "base"} & set(outline.tags)
    assert not [
        a for a in outline.attributes if a[1].startswith("on") or a[1] in {"style", "src", "srcset", "action"}
    ]
    assert all(link.startswith(("#", "http://", "https://")) for link in outline.links)
    assert "\x1b" not in page
    assert "\u202e" not in page
    assert "{{ 7*7 }}" in page


def test_report_policy_forbids_everything_but_its_own_style(page):
    """The policy of the page allows one style, by its hash, and nothing else."""
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)[1]
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)[1]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def test_report_links_all_lead_somewhere(page):
    """Every sign leads to words that stand in the page."""
    outline = Outline(page)
    assert len(outline.ids) == len(set(outline.ids))
    assert not [link for link in outline.links if link.startswith("#") and link[1:] not in outline.ids]


def test_report_is_the_same_twice(dossier, page):
    """The same dossier gives the same page."""
    assert render(variorum.open(dossier.path)) == page


def test_report_tells_each_page_and_what_was_taken_away(dossier, page):
    """Every document can be read in full, its chrome beside it."""
    words = unescape(re.sub(r"<[^>]+>", "", page))
    for document in dossier.documents.to_pylist():
        assert f'id="page-{document["id"]}"' in page
        for block in document["text"].split("\n\n"):
            assert visible(block, keep="\n\t") in words
    assert 'class="chrome"' in page


def test_report_shows_what_was_changed_in_a_page(tmp_path, page):
    """A page captured twice is shown with its changed places, in order of capture; where none was, nothing is said of it."""
    captures = (BODY, (BODY[0].replace("three", "four"), *BODY[1:]))
    lines = [
        json.dumps(
            {
                "url": "https://herald.example/boats",
                "captured": f"2031-05-0{8 - n}T10:00:00Z",
                "html": html("Boats stopped", body, site=site),
            }
        )
        for n, (body, site) in enumerate(
            zip(captures, ("The Tessaly Herald", "The TESSALY Herald"), strict=True)
        )
    ]
    (tmp_path / "in.jsonl").write_text("\n".join(lines), "utf-8")
    shown = render(variorum.build([tmp_path / "in.jsonl"], tmp_path / "dossier"))
    assert "A1, then A2 The Tessaly Herald: 1 changed place," in shown
    assert "<mark>four</mark> fishing boats" in shown
    assert shown.index("captured 7 May 2031") < shown.index("captured 8 May 2031")
    assert "<b>1</b> named outlet<" in shown
    assert "<b>1</b> change of a page<" in shown
    outline = Outline(shown)
    assert not [link for link in outline.links if link.startswith("#") and link[1:] not in outline.ids]
    assert "changed-" in "".join(outline.ids)
    assert "changed-" not in page


def test_report_of_nothing_readable_says_so(tmp_path):
    """A dossier in which no page could be read still has a report, with the reasons."""
    (tmp_path / "empty.html").write_bytes(b"")
    dossier = variorum.build([tmp_path / "empty.html"], tmp_path / "dossier")
    assert "No page could be read" in render(dossier)
    assert "empty" in render(dossier)


def test_report_that_cannot_be_written_is_an_error(dossier, tmp_path):
    """A path that cannot be written is named."""
    (tmp_path / "file").write_text("x")
    with pytest.raises(InputError, match="cannot be written"):
        write_report(dossier, tmp_path / "file" / "report.html")
