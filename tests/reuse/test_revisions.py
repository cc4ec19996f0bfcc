"""Revisions: captures of one address meet, in order, with the edits that turn each into the next."""

from __future__ import annotations

import itertools
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import variorum
from reuse.parts import chain, rows
from variorum.records import TABLES, Document, Page, Revision, from_table, to_table
from variorum.reuse import edits
from variorum.reuse.addresses import address_of
from variorum.reuse.align import changes, spelled_out
from variorum.reuse.revisions import CAPTURES, REVISIONS
from variorum.text.normalise import words

URL = "https://herald.example/ferry"
FIRST = (
    "The ferry to Ostrel was stopped on Monday after a rope broke in the northern harbour. Three sailors were hurt, "
    "the harbour office said. The boat will be repaired within the week."
)
SECOND = FIRST.replace("Three", "Four").replace("within the week", "by Friday, said Mayor Ilse Borg")
THIRD = SECOND.replace("Monday", "Tuesday")
OTHER = "In Velmark the harvest fair opened with a parade of forty carts and a brass band that came down from the hills."

# (location, address): empty where it is none.
ADDRESSES = [
    ("https://herald.example/ferry", "herald.example/ferry"),
    ("http://www.herald.example/ferry/", "herald.example/ferry"),
    ("HTTPS://Herald.Example:443/ferry#comments", "herald.example/ferry"),
    ("https://herald.example/ferry?utm_source=letter&UTM_Medium=mail&fbclid=x", "herald.example/ferry"),
    ("https://herald.example/ferry?", "herald.example/ferry"),
    ("https://reader:secret@herald.example./ferry", "herald.example/ferry"),
    ("https://herald.example/caf%c3%a9%2dbar", "herald.example/caf%C3%A9-bar"),
    ("https://herald.example/café-bar", "herald.example/caf%C3%A9-bar"),
    ("https://herald.example", "herald.example"),
    ("https://herald.example/?id=7&gclid=1&from=2", "herald.example?from=2&id=7"),
    ("https://herald.example/?from=2&id=7", "herald.example?from=2&id=7"),
    ("https://herald.example/#!/ferry", "herald.example#!/ferry"),
    ("https://herald.example/Ferry", "herald.example/Ferry"),
    ("https://m.herald.example/ferry", "m.herald.example/ferry"),
    ("https://herald.example:8080/ferry", "herald.example:8080/ferry"),
    ("https://herald.example/ferry?page=2", "herald.example/ferry?page=2"),
    ("ftp://herald.example/ferry", ""),
    ("file:///ferry.html", ""),
    ("pages/ferry.html", ""),
    ("pages.jsonl#https://herald.example/ferry", ""),
    ("https://[herald/ferry", ""),
    ("https://herald.example:port/ferry", ""),
    ("https://herald.example/\udce9", ""),
    ("https://", ""),
    ("https://./ferry", ""),
    ("", ""),
]


@pytest.mark.parametrize(("location", "address"), ADDRESSES)
def test_addresses(location, address):
    """Only what does not choose the page is left off a web address; nothing else is an address."""
    assert address_of(location) == address


@given(st.text(max_size=40))
def test_addresses_stay(text):
    """An address is its own address, whatever stood in the location, and nothing raises."""
    address = address_of(f"https://herald.example/{text}")
    assert address_of(f"https://{address}") == address


def _page(text, captured="", *, location=URL, **fields):
    page = Page(location=location, input="in", sha256=f"{text} {captured} {fields}", captured=captured)
    return page, Document(page=page.id, location=location, text=text, **fields)


def _revisions(*made, buckets=1):
    have = {
        "pages": to_table(Page, [p for p, _ in made]),
        "documents": to_table(Document, [d for _, d in made]),
    }
    return from_table(Revision, chain([CAPTURES, REVISIONS], have, buckets)["revisions"])


def test_revisions_say_what_was_changed():
    """Two captures give the words taken, brought and replaced, in order, the titles' apart."""
    first = _page(FIRST, "2031-05-06T10:00:00Z", title="Rope breaks in Ostrel")
    second = _page(SECOND, "2031-05-07T10:00:00Z", title="Rope breaks in Ostrel: four hurt")
    (found,) = _revisions(second, first)
    assert (found.earlier, found.later) == (first[1].id, second[1].id)
    assert (found.address, found.order) == ("herald.example/ferry", "told")
    assert found.times == ("2031-05-06T10:00:00Z", "2031-05-07T10:00:00Z")
    assert found.edits == ("~three>four", "~within the week>by friday said mayor ilse borg")
    assert found.title_edits == ("+four", "+hurt")
    assert [FIRST[a.start : a.end] for a in found.before] == [
        "the northern harbour. Three sailors were hurt",
        "will be repaired within the week",
    ]
    assert [SECOND[a.start : a.end] for a in found.after] == [
        "the northern harbour. Four sailors were hurt",
        "will be repaired by Friday, said Mayor Ilse Borg",
    ]


DAY = {"published_earliest": "2031-05-06", "published_latest": "2031-05-06", "published_value": "2031-05-06"}
NEXT = {"published_earliest": "2031-05-07", "published_latest": "2031-05-07", "published_value": "2031-05-07"}
MORNING, NOON, NIGHT = (f"2031-05-06T{hour}:00:00Z" for hour in ("08", "12", "22"))
# (what is told of the earlier, of the later, whether that is enough, words of the reason)
ORDERS = [
    ({"captured": MORNING}, {"captured": NOON}, True, f"captured {MORNING}, then captured {NOON}"),
    ({"captured": MORNING, "modified": NIGHT}, {"captured": NOON, "modified": MORNING}, True, "captured"),
    ({"captured": NOON, "modified": MORNING}, {"captured": NOON, "modified": NOON}, True, "modified"),
    ({"captured": "2031-05-06", "modified": MORNING}, {"captured": NOON, "modified": NOON}, True, "modified"),
    ({"captured": "2031-05-06", "modified": NIGHT}, {"captured": "2031-05-07"}, True, "captured"),
    ({"modified": MORNING}, {"modified": NOON}, True, f"modified {MORNING}, then modified {NOON}"),
    (DAY, {**DAY, "modified": "2031-05-07"}, True, "published 2031-05-06, then modified 2031-05-07"),
    (DAY, NEXT, True, "published"),
    ({"captured": MORNING}, {"modified": NOON}, True, f"captured {MORNING}, then modified {NOON}"),
    ({"modified": MORNING}, {"captured": NOON}, True, f"modified {MORNING}, then captured {NOON}"),
    (DAY, {"captured": "2031-05-09T12:00:00Z"}, False, "published 2031-05-06"),
    (DAY, {**DAY, "modified": "2031-05-06"}, False, "modified 2031-05-06"),
    ({"captured": "2031-05-06T08:00:00"}, {"captured": NOON}, False, "one captured"),
    ({"captured": MORNING}, {"captured": MORNING}, False, f"one captured {MORNING}"),
    ({"captured": "yesterday"}, {"captured": "today"}, False, "nothing tells"),
    ({}, {}, False, "nothing tells when they were captured"),
    ({"captured": NOON}, {}, False, "the other of unknown time"),
    ({"modified": NOON}, {"captured": NIGHT, "modified": MORNING}, False, "the evidence disagrees"),
    ({"captured": "9999-12-31"}, {"captured": "9999-12-31T23:59:59Z"}, False, "order undecided"),
    ({"captured": "0001-01-01T00:00:00+14:00"}, {"captured": NOON}, False, "unknown time"),
]


@pytest.mark.parametrize(("here", "there", "told", "why"), ORDERS)
def test_revisions_order(here, there, told, why):
    """Capture times say which was earlier, else what the pages tell of their last change; what does not suffice is said."""
    first, second = _page(FIRST, **here), _page(SECOND, **there)
    (found,) = _revisions(first, second)
    assert why in found.why
    assert found.order == ("told" if told else "undecided")
    assert found.why.startswith("order undecided") != told
    if told:
        assert (found.earlier, found.later) == (first[1].id, second[1].id)


def test_revisions_link_neighbours():
    """Of several captures each is linked to the next alone; one that came back to an earlier text is another link."""
    back = FIRST + " "
    shots = [
        _page(text, f"2031-05-0{day}T10:00:00Z") for day, text in enumerate((FIRST, SECOND, THIRD, back), 1)
    ]
    found = _revisions(*shots[::-1])
    ids = [d.id for _, d in shots]
    assert {(r.earlier, r.later) for r in found} == set(itertools.pairwise(ids))


def test_revisions_of_equal_words_are_told():
    """A page captured again with the same words is a revision without edits, so that the chain of captures is whole."""
    same, capitals = _page(FIRST, MORNING), _page(FIRST.upper(), NOON)
    (found,) = _revisions(same, capitals)
    assert (found.edits, found.before, found.after, found.same) == ((), (), (), 1.0)
    assert "the same words" in found.why


def test_revisions_of_another_text_list_no_edits():
    """Where another text stands at the address, that is said, not every word of both."""
    (found,) = _revisions(_page(FIRST, MORNING), _page(OTHER, NOON))
    assert found.edits == ()
    assert found.same < 0.5
    assert "another text stands in its place" in found.why


def test_revisions_of_short_texts_are_edits():
    """A line too short to hold a passage is compared as long as most of its words stay."""
    (found,) = _revisions(_page("Ferry stopped in Ostrel", MORNING), _page("Ferry stopped in Velmark", NOON))
    assert found.edits == ("~ostrel>velmark",)


@pytest.mark.parametrize("location", ["pages/ferry.html", "in.jsonl#7", "ftp://herald.example/ferry"])
def test_revisions_are_of_web_addresses(location):
    """Files of one name are not captures of one page."""
    assert _revisions(_page(FIRST, MORNING, location=location), _page(SECOND, NOON, location=location)) == []


PLACES = st.sampled_from(
    [URL, f"http://www.{URL[8:]}/?utm_source=a", URL + "?page=2", "https://post.example/", "a.html"]
)
TIMES = st.sampled_from(["", MORNING, NOON, "2031-05-06", "2031-05-07T01:00:00"])
TEXTS = st.lists(st.sampled_from([*FIRST.split(), OTHER]), max_size=12).map(
    lambda w: f"{' '.join(w)} {FIRST}"
)
SHOTS = st.tuples(
    TEXTS, TIMES, PLACES, st.sampled_from([{}, DAY, {"modified": NOON}, {**NEXT, "modified": NIGHT}])
)


@settings(deadline=None, max_examples=60)
@given(st.lists(SHOTS, max_size=8, unique_by=str), st.randoms())
def test_revisions_partitions(shots, random):
    """1, 2 or 7 partitions, in any order of rows, give one table: a chain through all captures of each address."""
    made = [_page(text, when, location=where, **told) for text, when, where, told in shots]
    shuffled = list(made)
    random.shuffle(shuffled)
    found = _revisions(*made)
    for buckets in (2, 7):
        assert sorted(map(str, _revisions(*shuffled, buckets=buckets))) == sorted(map(str, found))
    addresses = [a for a in (address_of(p.location) for p, _ in made) if a]
    assert len(found) == len(addresses) - len(set(addresses))
    for side in ("earlier", "later"):
        assert len({getattr(r, side) for r in found}) == len(found)


FEW = st.lists(st.sampled_from("abcde"), max_size=40)
# Words that stand once, with some edited away: texts that can be cut.
ONCE = st.tuples(st.integers(0, 120), st.sets(st.integers(0, 120)), st.sets(st.integers(0, 120))).map(
    lambda t: (
        [f"w{n}" for n in range(t[0]) if n not in t[1]],
        [f"v{n}" if n in t[2] else f"w{n}" for n in range(t[0])],
    )
)


def _patched(left, right, spots):
    out, at = [], 0
    for s in spots:
        out += left[at : s.left] + right[s.right : s.right_end]
        at = s.left_end
    return out + left[at:]


@settings(deadline=None)
@given(st.one_of(st.tuples(FEW, FEW), ONCE), st.booleans())
def test_edits_turn_one_text_into_the_other(sides, small):
    """Changed places put in for each other turn one text into the other, in pieces too, and are found by equal words."""
    left, right = sides
    with pytest.MonkeyPatch.context() as patch:
        if small:
            patch.setattr(edits, "_AT_ONCE", 400)
            patch.setattr(edits, "_STEP", 10)
        found = edits.difference(left, right)
    if found.replaced:
        assert found.same < 0.7
        return
    spots = edits.places(found.changes, len(left), len(right))
    assert _patched(left, right, found.changes) == _patched(left, right, spots) == right
    assert bool(found.changes) == (left != right)
    assert all(a.left_end < b.left and a.right_end < b.right for a, b in itertools.pairwise(spots))
    for spot in spots:
        here, there = left[spot.left : spot.left_end], right[spot.right : spot.right_end]
        assert (here and there) or not left or not right
        assert spelled_out(here, there, changes(here, there))


def test_edits_of_long_texts_are_bounded(monkeypatch):
    """Two long texts are compared in pieces no larger than what is compared at once."""
    sizes = []

    def watched(left, right):
        sizes.append(len(left) * len(right))
        return changes(left, right)

    monkeypatch.setattr(edits, "changes", watched)
    monkeypatch.setattr(edits, "_AT_ONCE", 40_000)
    monkeypatch.setattr(edits, "_STEP", 100)
    left = [f"w{n}" for n in range(3_000)]
    right = ["new", *left[:1_500], *(f"x{n}" for n in range(20)), *left[1_500:], "end"]
    found = edits.difference(left, right)
    assert max(sizes) <= 40_000
    assert sum(c.right_end - c.right for c in found.changes) == 22
    assert sum(c.left_end - c.left for c in found.changes) == 0


def test_title_edits_are_bounded(monkeypatch):
    """Titles are compared as texts are: what is too long to be compared at once is one edit."""
    monkeypatch.setattr(edits, "_AT_ONCE", 8)
    titles = ("Rope breaks in Ostrel", "Rope breaks in Velmark")
    first, second = (
        _page(FIRST, when, title=title) for when, title in zip((MORNING, NOON), titles, strict=True)
    )
    (found,) = _revisions(first, second)
    assert found.title_edits == ("~rope breaks in ostrel>rope breaks in velmark",)


def _lines(path, *pages):
    path.write_text("".join(json.dumps(page) + "\n" for page in pages), "utf-8")
    return path


def _told(text, hour, **fields):
    title = "Ferry to Ostrel stopped after a rope broke"
    body = f"<article><h1>{title}</h1><p>{text}</p><p>{OTHER}</p></article>"
    when = f'<meta property="article:modified_time" content="2031-05-06T{hour:02}:00:00Z">'
    head = f'<html lang="en"><head><title>{title}</title>{when}</head>'
    return {"url": URL, "html": f"{head}<body>{body}</body></html>"} | fields


def _record(text, when):
    page = f"<html lang='en'><body><article><h1>Ferry stopped</h1><p>{text}</p><p>{OTHER}</p></article></body></html>"
    http = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(page)}\r\n\r\n{page}"
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {URL}?utm_source=x\r\nWARC-Date: {when}\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http.encode())}\r\n\r\n"
    )
    return f"{head}{http}\r\n\r\n".encode()


REUSE = variorum.Settings(until="reuse")


def _tables(dossier):
    kept = [name for name, spec in TABLES.items() if spec.kept]
    return {name: rows(dossier.table(name)) for name in kept}


def test_build_links_captures_of_an_archive(tmp_path):
    """A URL that an archive holds twice gives two documents, their edits in order of capture, and one origin."""
    path = tmp_path / "crawl.warc"
    path.write_bytes(_record(SECOND, "2031-05-07T10:00:00Z") + _record(FIRST, "2031-05-06T10:00:00Z"))
    dossier = variorum.build([path], tmp_path / "dossier", settings=REUSE)
    (found,) = from_table(Revision, dossier.revisions)
    assert found.times == ("2031-05-06T10:00:00Z", "2031-05-07T10:00:00Z")
    assert found.edits == ("~three>four", "~within the week>by friday said mayor ilse borg")
    assert "Three" in dossier.text(found.before[0].doc, found.before[0].start, found.before[0].end)
    assert [(o["kind"], len(o["documents"])) for o in dossier.origins.to_pylist()] == [("own_revision", 2)]


def test_build_of_revisions_is_incremental(tmp_path):
    """Captures added one by one, out of order, or taken away again, give what a build from scratch gives."""
    texts = (FIRST, SECOND, THIRD)
    paths = [
        _lines(tmp_path / f"{n}.jsonl", _told(text, 8 + n), {"id": n, "text": OTHER})
        for n, text in enumerate(texts)
    ]
    whole = variorum.build(paths, tmp_path / "whole", settings=REUSE)
    assert len(from_table(Revision, whole.revisions)) == 2
    for n in (1, 0, 2):
        added = variorum.build([paths[n]], tmp_path / "dossier", settings=REUSE)
    assert _tables(added) == _tables(whole)
    chained = sorted(from_table(Revision, whole.revisions), key=lambda r: r.times)
    middle = next(p.id for p in from_table(Page, whole.pages) if Document(page=p.id).id == chained[0].later)
    left = variorum.remove(tmp_path / "dossier", [middle])
    (linked,) = from_table(Revision, left.revisions)
    assert (linked.earlier, linked.later) == (chained[0].earlier, chained[1].later)
    _lines(paths[1], {"id": 1, "text": OTHER})
    assert _tables(left) == _tables(variorum.build(paths, tmp_path / "fresh", settings=REUSE))


@settings(deadline=None, max_examples=30)
@given(st.text(alphabet="ab c.", max_size=30), st.text(alphabet="ab c.", max_size=30))
def test_revisions_anchor_on_words(left, right):
    """Places lie within their texts, begin and end on words, and are as many on both sides."""
    (found,) = _revisions(_page(left, MORNING), _page(right, NOON))
    assert len(found.before) == len(found.after)
    for text, spans in ((left, found.before), (right, found.after)):
        starts = {w.start for w in words(text)}
        for span in spans:
            assert 0 <= span.start <= span.end <= len(text)
            assert span.start == span.end or span.start in starts
