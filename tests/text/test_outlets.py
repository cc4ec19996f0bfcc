"""A page's outlet among those that the user describes."""

from __future__ import annotations

import itertools

import pytest

from variorum.records import Outlet
from variorum.text.outlets import outlet_of

TIDE = Outlet(name="The Tide", hosts=("tide.example", "www.tide-news.example"))
MOOR = Outlet(name="Moor Daily", hosts=("moor.example",))
DESK = Outlet(name="Moor Desk", hosts=("desk.moor.example",))


@pytest.mark.parametrize(
    ("name", "location", "wanted"),
    [
        ("the tide", "", TIDE),
        ("", "https://www.tide.example/a", TIDE),
        ("", "https://en.tide-news.example/a", TIDE),
        ("", "https://TIDE.example:8080/a", TIDE),
        ("Moor Daily", "https://tide.example/a", MOOR),
        ("", "https://nottide.example/a", None),
        ("", "tide.example/a.html", None),
        ("", "http://[broken/a", None),
        ("", "", None),
        ("Nobody's Paper", "pages/a.html", None),
    ],
)
def test_outlet_by_name_then_by_host(name, location, wanted):
    """The name on the page goes before its host; a host is itself and what lies below it; a path has none."""
    for order in itertools.permutations((TIDE, MOOR)):
        assert outlet_of(name, location, order) == wanted


def test_outlet_does_not_depend_on_the_order_of_the_list():
    """Of two entries whose hosts both fit, the first in order of names is taken."""
    assert outlet_of("", "https://desk.moor.example/x", (DESK, MOOR)) == MOOR
    assert outlet_of("", "https://desk.moor.example/x", (MOOR, DESK)) == MOOR
