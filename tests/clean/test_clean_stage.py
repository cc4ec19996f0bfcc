"""The stage: pages to documents."""

from __future__ import annotations

import hashlib
import random
import zlib

from variorum.clean import STAGE
from variorum.records import Block, Body, Document, Header, Page, Refusal, Removed, from_table, to_table
from variorum.settings import Limits, Settings
from variorum.text.offsets import OffsetMap

ARTICLE = (
    "<html lang=en><head><title>Ferry sinks off Belmark - The Oravia Post</title></head><body><nav>Home</nav>"
    "<article><h1>Ferry sinks off Belmark</h1>"
    "<p>Twelve people were rescued when the ferry Maris sank off Belmark on Tuesday, the coast guard said.</p>"
    "<p>The council of Oravia will meet to hear what the owners of the ship have to say for themselves.</p>"
    "</article></body></html>"
)


def page(body: bytes, *, form: str = "html", location: str = "a.html", **more) -> tuple[Page, Body]:
    made = Page(
        location=location,
        input=location,
        sha256=hashlib.sha256(body).hexdigest(),
        form=form,
        charset="utf-8",
        **more,
    )
    return made, Body(page=made.id, bytes=zlib.compress(body))


def run(pairs, settings: Settings | None = None):
    tables = {
        "pages": to_table(Page, [p for p, _ in pairs]),
        "bodies": to_table(Body, [b for _, b in pairs]),
    }
    return STAGE.run(tables, settings or Settings())


def mixed():
    return [
        page(ARTICLE.encode()),
        page(ARTICLE.encode(), location="https://oraviapost.example/2031/04/02/ferry"),
        page(b"Some article text as given.\n\nIn two lines.", form="text", location="b.txt"),
        page(("<div>" * 9000).encode(), location="c.html"),
        page(b"", location="d.html"),
    ]


def test_order_and_company_do_not_matter():
    """Each page's rows are the same alone, in company, and in another order."""
    pairs = mixed()
    whole = run(pairs)
    shuffled = list(pairs)
    random.Random(1).shuffle(shuffled)
    assert run(shuffled) == whole
    for name in STAGE.makes:
        alone = [row for pair in pairs for row in run([pair])[name].to_pylist()]
        assert sorted(alone, key=repr) == sorted(whole[name].to_pylist(), key=repr)


def test_a_refused_page_is_a_record_and_no_document():
    """A page that cannot be cleaned gives one refusal with its reason; its neighbours are cleaned."""
    pairs = mixed()
    out = run(pairs)
    refused = {r.page: r.reason for r in from_table(Refusal, out["refusals"]) if not r.doc}
    assert set(refused) == {pairs[3][0].id, pairs[4][0].id}
    assert "nested" in refused[pairs[3][0].id]
    assert {d.page for d in from_table(Document, out["documents"])} == {p.id for p, _ in pairs[:3]}


def test_equal_pages_of_two_places_are_two_documents():
    """A document's id hangs on its page, a page's on its place: equal texts stay apart."""
    out = run(mixed()[:2])
    documents = from_table(Document, out["documents"])
    assert len({d.id for d in documents}) == 2
    assert len({d.text for d in documents}) == 1
    assert {d.published_value for d in documents} == {"", "2031-04-02"}


def test_rows_point_at_their_document():
    """Blocks lie in the text, its map unpacks, removed rows name page and document, headers are chosen for it."""
    out = run(mixed()[:1])
    (document,) = from_table(Document, out["documents"])
    assert document.title == "Ferry sinks off Belmark"
    blocks = from_table(Block, out["blocks"])
    assert [b.kind for b in blocks] == ["title", "paragraph", "paragraph"]
    assert all(b.doc == document.id and b.end <= len(document.text) for b in blocks)
    start, end = OffsetMap.unpack(document.offset_map).page_ranges(0, blocks[0].end)[0]
    assert ARTICLE[start:end] == document.title
    assert {(r.page, r.doc, r.text) for r in from_table(Removed, out["removed"])} == {
        (document.page, document.id, "Home")
    }
    assert {h.doc for h in from_table(Header, out["headers"])} == {document.id}
    assert document.language == "en"


def test_text_as_given_has_given_headers_alone():
    """With text taken as it is, headers come from beside the page only, and offsets are its code points."""
    pair = page(
        "Ein Satz über Ödön.".encode(), form="text", given='{"title": "T", "published": "2031-04-02"}'
    )
    out = run([pair])
    (document,) = from_table(Document, out["documents"])
    assert document.text == "Ein Satz über Ödön."
    assert (document.title, document.published_value, document.outlet) == ("T", "2031-04-02", "")
    assert out["removed"].num_rows == 0


def test_skipped_pages_and_limits():
    """A page that was not read makes nothing; a limit of the settings is kept."""
    assert run([page(ARTICLE.encode(), status="skipped", reason="asset of x")])["documents"].num_rows == 0
    out = run([page(ARTICLE.encode())], Settings(limits=Limits(nodes=5)))
    assert [r.reason for r in from_table(Refusal, out["refusals"])] == ["more than 5 tags"]


def test_resources_are_told():
    """The stage names the digests of what it reads, so that a change makes it run again."""
    found = STAGE.resources()
    assert all(len(value) == 64 for _, value in found)
    assert len({name for name, _ in found}) == len(found)
