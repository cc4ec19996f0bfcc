"""The built-in gazetteer: complete, general, quick, and behind the user's own."""

from __future__ import annotations

import subprocess
import sys

import pytest

from variorum.records import GazetteerEntry, empty, to_table
from variorum.text import lexicon
from variorum.text.gazetteer import digests, load

KINDS = {
    "country",
    "division",
    "capital",
    "city",
    "region",
    "continent",
    "sea",
    "lake",
    "river",
    "mountains",
    "island",
    "coast",
}


def test_gazetteer_has_every_country_of_the_word_lists():
    """Each state and territory of the lists is a place under its name, without exception."""
    known = load()
    missing = [
        c.name
        for c in lexicon.countries()
        if c.code and all(e.country != c.code for e in known.lookup(c.name))
    ]
    assert missing == []
    assert len({e.country for e in known.countries()}) == len(known.countries())


def test_gazetteer_seats_belong_to_countries():
    """Each capital says whose it is, and nearly all countries have one."""
    known = load()
    codes = {e.country for e in known.countries()}
    seats = {e.seat_of for e in known.capitals()}
    assert seats <= codes
    assert len(seats) > 0.93 * len(codes)


@pytest.mark.parametrize(
    ("names", "kind"),
    [
        (("Kyiv", "Kiev"), "capital"),
        (("Myanmar", "Burma"), "country"),
        (("Mumbai", "Bombay"), "city"),
        (("Timor-Leste", "East Timor"), "country"),
        (("Eswatini", "Swaziland"), "country"),
        (("Nagorno-Karabakh", "Artsakh"), "region"),
        (("Persian Gulf", "Arabian Gulf"), "sea"),
        (("Turkey", "Türkiye"), "country"),
    ],
)
def test_gazetteer_names_of_different_sides_lead_to_one_place(names, kind):
    """Old, new and contested names of a place share an entry."""
    known = load()
    first, second = ({e.id for e in known.lookup(n) if e.kind == kind} for n in names)
    assert first & second


def test_gazetteer_entries_are_sound():
    """Kinds are known, points are on the earth, and every entry is found under all of its names."""
    known = load()
    for name in ("Springfield", "Georgia", "Victoria", "San José", "Paris", "Amazon", "Cork"):
        for entry in known.lookup(name):
            assert entry.kind in KINDS
            assert entry.lat is None or (-90 <= entry.lat <= 90 and -180 <= entry.lon <= 180)
            assert all(entry in known.lookup(n) for n in (entry.name, *entry.aliases))
    assert known.lookup("Vylkograd-on-Nowhere") == ()
    assert known.lookup("") == ()


def test_gazetteer_of_the_user_comes_first():
    """A name that the user knows means her places alone; other names keep theirs; an empty table changes nothing."""
    rows = [
        GazetteerEntry(
            id="x1", name="Paris", aliases=("Lutz",), kind="city", country="Velmark", seat_of="Velmark"
        )
    ]
    known = load().with_user(to_table(GazetteerEntry, rows))
    assert [e.id for e in known.lookup("Paris")] == ["x1"]
    assert [(e.id, e.own, e.seat_of) for e in known.lookup("Lutz")] == [("x1", True, "Velmark")]
    assert known.lookup("London") == load().lookup("London")
    assert load().with_user(empty("gazetteer")) is load()
    assert all(not e.own for e in load().lookup("Paris"))


def test_gazetteer_loads_within_its_budget():
    """Loading in a fresh process costs under 0.3 s of processor time."""
    code = (
        "import time, variorum.records, pyarrow.parquet, pyarrow.compute; from variorum.text.gazetteer import load;"
        "t = time.process_time(); load(); print(time.process_time() - t)"
    )
    spent = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert float(spent) < 0.3


def test_gazetteer_digests_name_both_files():
    """The ledger sees each file of the gazetteer."""
    assert [name for name, _ in digests()] == ["text/gazetteer.parquet", "text/gazetteer_names.parquet"]
