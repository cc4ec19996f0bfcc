"""Origins: copies count once, every document has one, and nobody is called independent unasked."""

from __future__ import annotations

import json
from collections import defaultdict

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

import variorum
from reuse.parts import chain
from variorum.records import Document, Header, Origin, Outlet, from_table, to_table
from variorum.reuse.fingerprints import FINGERPRINTS, SEEDS
from variorum.reuse.formulas import MANY
from variorum.reuse.origins import ORIGINS
from variorum.reuse.passages import PASSAGES

STAGES = [FINGERPRINTS, SEEDS, PASSAGES, ORIGINS]


def _text(tag, count):
    """Words that stand in no other text, of even length so that none is preferred."""
    return " ".join(f"{tag}{n:03d}" for n in range(count))


def _origins(documents, **tables):
    have = {"documents": to_table(Document, documents), **tables}
    return from_table(Origin, chain(STAGES, have)["origins"])


def _page(name, text, **fields):
    return Document(page=name, text=text, **{"location": f"{name}.example/1", **fields})


def _of(found, *documents):
    wanted = tuple(sorted(d.id for d in documents))
    return [o for o in found if o.documents == wanted]


def test_origins_default_is_own_without_claiming_independence():
    """A document that shares nothing has one origin of its own; an unknown outlet is told as such."""
    known, unknown = _page("a", _text("a", 60), outlet="Tide"), _page("b", _text("b", 60))
    found = _origins([known, unknown])
    assert [(o.kind, o.shares) for o in found] == [("own", (1.0,))] * 2
    (left,), (right,) = _of(found, known), _of(found, unknown)
    assert left.name == "Tide"
    assert left.evidence == ("no shared passages found",)
    assert "outlet unknown: independence not shown (b.example/1)" in right.evidence


def test_origins_reprints_are_one():
    """Five pages with one text are one origin; a page beside them is another."""
    wire = _text("w", 120)
    pages = [_page(f"p{n}", f"{_text(f'head{n}x', 6)}\n\n{wire}", outlet=f"Outlet {n}") for n in range(5)]
    other = _page("other", _text("o", 120), outlet="Moor")
    found = _origins([*pages, other])
    assert len(found) == 2
    (one,) = _of(found, *pages)
    assert one.kind == "reprint"
    assert all(share > 0.9 for share in one.shares)


def test_origins_follow_the_words_not_the_pages():
    """Two different texts that one page copied are two origins, though one page joins all three."""
    one, two = _text("one", 80), _text("two", 80)
    left, right = _page("l", one, outlet="Tide"), _page("r", two, outlet="Moor")
    both = _page("b", f"{one}\n\n{two}", outlet="Dale")
    found = _origins([left, right, both])
    assert len(found) == 2
    assert len(_of(found, left, both)) == len(_of(found, right, both)) == 1


def test_origins_know_a_name_however_it_is_written():
    """Case, marks and quotes make no other outlet or owner; the name is written as most pages write it."""
    text = _text("w", 120)
    names = ("Isle’s Gazétte", "isle's GAZETTE", "isle's GAZETTE")
    pages = [_page(f"p{n}", text, outlet=name) for n, name in enumerate(names)]
    (one,) = _origins(pages)
    assert (one.kind, one.name) == ("own_revision", "isle's GAZETTE")
    owned = [Outlet(name="Tide", owner="Kelp House"), Outlet(name="Moor", owner="KELP house")]
    pages = [_page("t", text, outlet="Tide"), _page("m", text, outlet="moor")]
    (house,) = _origins(pages, outlets=to_table(Outlet, owned))
    assert (house.kind, house.name) == ("syndication", "KELP house")


def test_origins_keep_a_pages_own_words():
    """A page that copied a third of its text keeps an origin of its own for the rest."""
    shared = _text("s", 60)
    left = _page("l", f"{shared} {_text('l', 120)}", outlet="Tide")
    right = _page("r", f"{shared} {_text('r', 120)}", outlet="Moor")
    found = _origins([left, right])
    assert sorted(o.kind for o in found) == ["own", "own", "reprint"]
    (own,) = _of(found, left)
    assert abs(own.shares[0] - 2 / 3) < 0.01


def test_origins_kinds():
    """The kind follows from credits, outlets, owners and direction, each with its evidence."""
    text = _text("w", 100)

    def kind(left, right, **tables):
        documents = [_page("l", text, **left), _page("r", f"{text} {_text('r', 8)}", **right)]
        (one,) = _origins(documents, **tables)
        return one.kind, one.name

    day, next_day = ({"published_earliest": d, "published_latest": d} for d in ("2031-05-02", "2031-05-03"))
    assert kind({"outlet": "Tide", "credits": ("NNA",)}, {"outlet": "Moor"}) == ("wire", "NNA")
    assert kind({"outlet": "Tide"}, {"outlet": "Moor", "credits": ("Tide",)}) == ("syndication", "Tide")
    assert kind({"outlet": "Tide"}, {"outlet": "Tide"}) == ("own_revision", "Tide")
    assert kind({"outlet": "Tide", **day}, {"outlet": "Moor", **next_day}) == ("reprint", "Tide")
    assert (
        kind({"outlet": "Tide", "credits": ("Ostrel press service",)}, {"outlet": "Moor"})[0]
        == "press_release"
    )
    official = {"location": "https://water.gov.example/1", "outlet": "Water Office", **day}
    assert kind(official, {"outlet": "Moor", **next_day}) == ("official_text", "Water Office")
    owned = to_table(Outlet, [Outlet(name=n, owner="Quay Group") for n in ("Tide", "Moor")])
    assert kind({"outlet": "Tide"}, {"outlet": "Moor"}, outlets=owned) == ("syndication", "Quay Group")


def test_origins_captures_of_one_address_are_one():
    """Two captures of one address are one origin though nobody tells an outlet; another address's copy is a reprint."""
    text = _text("w", 100)
    first, second = (
        _page(n, f"{text} {_text(n, 45)}", location=f"{scheme}river.example/{n[:4]}?utm_source={n}")
        for n, scheme in (("pageone", "http://"), ("pagetwo", "https://www."))
    )
    (one,) = _origins([first, second])
    assert (one.kind, one.name, one.shares) == ("own_revision", "river.example/page", (1.0, 1.0))
    (named,) = _origins([first, msgspec.structs.replace(second, outlet="Tide")])
    assert (named.kind, named.name) == ("own_revision", "Tide")
    other = _page("other", f"{text} {_text('o', 8)}")
    assert [o.kind for o in _origins([first, other]) if len(o.documents) == 2] == ["reprint"]


def test_build_of_copies_at_a_location_that_is_no_address(tmp_path):
    """A location that only looks like a web address is on no official site, and does not stop the build."""
    text = (
        "The ferry to Ostrel was stopped on Monday after a rope broke in the northern harbour. Three sailors were "
        "hurt, the harbour office said. The boat will be repaired within the week and the piers will be searched."
    )
    lines = [
        {"url": "https://[herald/ferry", "text": text, "published": "2031-05-02"},
        {
            "url": "https://moor.example/ferry",
            "text": f"{text} Nobody else was hurt.",
            "published": "2031-05-05",
        },
    ]
    (tmp_path / "in.jsonl").write_text("".join(f"{json.dumps(line)}\n" for line in lines), "utf-8")
    settings = variorum.Settings(until="reuse")
    dossier = variorum.build([tmp_path / "in.jsonl"], tmp_path / "dossier", settings=settings)
    (one,) = from_table(Origin, dossier.origins)
    assert (one.kind, one.name) == ("reprint", "https://[herald/ferry")


def test_origins_picture_credits_are_none():
    """An agency that is credited for a picture has not written the text."""
    text = _text("w", 100)
    documents = [_page(n, text, outlet=n, credits=("NNA",)) for n in ("Tide", "Moor")]
    lines = [
        Header(doc=d.id, field="credits", value="NNA", text="© NNA / A. Borg", found_in="text")
        for d in documents
    ]
    (one,) = _origins(documents, headers=to_table(Header, lines))
    assert one.kind == "reprint"


def test_origins_of_one_owner_say_so():
    """Pages of outlets that the user says have one owner are told as one family, by name or by host."""
    documents = [
        _page("l", _text("a", 60), outlet="Tide"),
        _page("r", _text("b", 60), location="https://www.r.example/1"),
    ]
    outlets = [
        Outlet(name="Tide", owner="Quay Group"),
        Outlet(name="Moor", hosts=("r.example",), owner="Quay Group"),
    ]
    found = _origins(documents, outlets=to_table(Outlet, outlets))
    assert all(any("Quay Group" in line for line in o.evidence) for o in found)
    assert not any("independence not shown" in line for o in found for line in o.evidence)


def test_origins_quotations_join_nobody():
    """Two pages that share a long quotation and nothing else are two origins."""
    quote = f'"{_text("q", 40)}"'
    documents = [_page(n, f"{_text(n, 40)} {quote} {_text(n + 'x', 40)}", outlet=n) for n in ("tide", "moor")]
    assert [o.kind for o in _origins(documents)] == ["own", "own"]


PIECES = st.lists(st.integers(0, 5), min_size=1, max_size=6, unique=True)


@settings(deadline=None, max_examples=20)
@given(st.lists(PIECES, min_size=1, max_size=6), st.randoms())
def test_origins_cover_every_document_once(pieces, random):
    """Every document has an origin, its shares add to 1 at most, and order does not matter."""
    documents = [
        _page(f"p{n}", " ".join(_text(f"piece{k}x", 30) for k in own)) for n, own in enumerate(pieces)
    ]
    found = _origins(documents)
    shares = defaultdict(float)
    for origin in found:
        assert list(origin.documents) == sorted(origin.documents)
        for doc, share in zip(origin.documents, origin.shares, strict=True):
            shares[doc] += share
    assert set(shares) == {d.id for d in documents}
    assert all(0 < total <= 1.001 for total in shares.values())
    shuffled = list(documents)
    random.shuffle(shuffled)
    assert _origins(shuffled) == found


def _crowd(count, own, line, *, reprinted=()):
    """So many pages with one line at their foot, of which some reprint one text."""
    wire = _text("wire", own)
    return [
        _page(f"p{n}", f"{wire if n in reprinted else _text(f'p{n}x', own)}\n\n{line}", outlet=f"Outlet {n}")
        for n in range(count)
    ]


def test_origins_pass_over_standing_lines():
    """A line at the foot of every page joins no two of them, and a reprint among them is found all the same."""
    line = _text("line", 24)
    pages = _crowd(MANY + 10, 120, line, reprinted={3, 7})
    found = _origins(pages)
    (one,) = [o for o in found if o.kind == "reprint"]
    assert one.documents == tuple(sorted(pages[n].id for n in (3, 7)))
    own = {o.documents[0] for o in found if o.kind == "own"}
    assert own == {p.id for n, p in enumerate(pages) if n not in {3, 7}}


def test_origins_keep_a_text_that_many_reprint():
    """A text that fills most of very many pages is one origin of them all, not a standing line."""
    wire = _text("wire", 120)
    pages = [
        _page(f"p{n}", f"{_text(f'p{n}x', 8)}\n\n{wire}", outlet=f"Outlet {n}") for n in range(MANY + 10)
    ]
    found = _origins(pages)
    assert [(o.kind, len(o.documents)) for o in found] == [("reprint", len(pages))]


def test_origins_take_a_line_of_few_pages_for_copied():
    """The same line in no more than a story's pages is copied text like any other."""
    line = _text("line", 24)
    (one,) = [o for o in _origins(_crowd(6, 120, line)) if o.kind == "reprint"]
    assert len(one.documents) == 6
