"""Which page stood first: claimed with its evidence, or unknown."""

from __future__ import annotations

import pytest

from variorum.records import Document, Header
from variorum.reuse.direction import first_of


def _page(name, **fields):
    return Document(
        page=name, **{"location": f"{name}.example/ferry", "text": "The ferry is shut.", **fields}
    )


def _on(earliest, latest="", **fields):
    return {"published_earliest": earliest, "published_latest": latest or earliest, **fields}


CASES = [
    # (left, right, first, a word of the evidence)
    (_on("2031-05-02"), _on("2031-05-03"), "left", "published before"),
    (_on("2031-05-03"), _on("2031-05-02"), "right", "published before"),
    (_on("2031-05-02"), _on("2031-05-02"), "unknown", "nothing tells"),
    (_on("2031-05-02T08:00Z"), _on("2031-05-02"), "unknown", "nothing tells"),
    (_on("2031-05-02T08:00Z"), _on("2031-05-02T08:30Z"), "left", "published before"),
    # clocks without a zone may be half a day apart
    (
        _on("2031-05-02T08:00", outlet="Tide"),
        _on("2031-05-02T09:00", outlet="Moor"),
        "unknown",
        "nothing tells",
    ),
    (
        _on("2031-05-02T08:00", outlet="Tide"),
        _on("2031-05-02T09:00", outlet="Tide"),
        "left",
        "published before",
    ),
    (_on("2031-05-02T08:00"), _on("2031-05-02T20:00Z"), "unknown", "nothing tells"),
    ({}, _on("2031-05-02"), "unknown", "nothing tells"),
    (_on("2031-05-01", "2031-05-31"), _on("2031-05-20"), "unknown", "nothing tells"),
    (_on("2031-05-01", modified="2031-05-09"), _on("2031-05-03"), "unknown", "changed afterwards"),
    ({"outlet": "Tide"}, {"outlet": "Moor", "credits": ("Tide",)}, "left", "credits Tide"),
    ({"outlet": "Moor", "credits": ("TIDE",)}, {"outlet": "Tide"}, "right", "credits Tide"),
    ({"outlet": "Moor", "credits": ("TWA",)}, {"outlet": "Tide Wire Agency"}, "right", "credits Tide Wire"),
    ({"outlet": "Moor", "credits": ("TW",)}, {"outlet": "Tide Wire"}, "unknown", "nothing tells"),
    (
        {"outlet": "Tide"},
        {"outlet": "Moor", "text": "The ferry is shut, the Tide reports."},
        "left",
        "is that outlet",
    ),
    ({"outlet": "Tide", "credits": ("Tide",)}, {"outlet": "Tide"}, "unknown", "nothing tells"),
    (
        _on("2031-05-02", outlet="Tide", credits=("Moor",)),
        _on("2031-05-03", outlet="Moor"),
        "unknown",
        "disagrees",
    ),
    (
        _on("2031-05-02", outlet="Tide"),
        _on("2031-05-03", outlet="Moor", credits=("Tide",)),
        "left",
        "credits Tide",
    ),
    ({"outlet": "", "text": "Tide reports"}, {"outlet": ""}, "unknown", "nothing tells"),
    (_on("soon", "later"), _on("2031-05-03"), "unknown", "nothing tells"),
]


@pytest.mark.parametrize(("left", "right", "first", "why"), CASES)
def test_direction_needs_evidence(left, right, first, why):
    """Times that do not overlap, a credit, a report decide; what is missing or contradicts does not."""
    found, told = first_of(_page("a", **left), _page("b", **right))
    assert found == first
    assert why in told


@pytest.mark.parametrize(("left", "right", "first", "why"), CASES)
def test_direction_mirrors(left, right, first, why):
    """Exchanging the pages exchanges the answer."""
    found, _ = first_of(_page("b", **right), _page("a", **left))
    assert found == {"left": "right", "right": "left", "unknown": "unknown"}[first]


def test_direction_by_address_given_as_original():
    """A page that names the other's address as its own original came second."""
    here, there = _page("a"), _page("b")
    header = Header(doc=there.id, field="url", value=here.location, found_in="markup")
    assert first_of(here, there, headers=[header])[0] == "left"
    own = Header(doc=there.id, field="url", value=there.location, found_in="markup")
    assert first_of(here, there, headers=[own])[0] == "unknown"


def test_direction_by_update_of_one_outlet():
    """One outlet's text held whole in its longer, updated one stood first; of two outlets that says nothing."""
    here, there = _page("a", outlet="Tide"), _page("b", outlet="Tide", modified="2031-05-02")
    assert first_of(here, there, shares=(1.0, 0.6))[0] == "left"
    assert first_of(here, there, shares=(1.0, 1.0))[0] == "unknown"
    assert first_of(here, _page("b", outlet="Moor", modified="2031-05-02"), shares=(1.0, 0.6))[0] == "unknown"
