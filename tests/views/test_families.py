"""Independent sources: copies and houses count once, the unknown is not called independent."""

from __future__ import annotations

import types

import pytest

from variorum.views.families import Families, families


def _shelf(pages):
    """A stand-in of the shelf: document -> (origin, outlet, owner)."""
    return types.SimpleNamespace(
        main_origin={d: types.SimpleNamespace(id=origin) for d, (origin, _, _) in pages.items()},
        outlet_name=lambda d: pages[d][1],
        outlet_told=lambda d: types.SimpleNamespace(owner=pages[d][2]) if pages[d][2] else None,
    )


@pytest.mark.parametrize(
    ("pages", "shown", "unshown"),
    [
        ({"a": ("1", "Post", ""), "b": ("2", "Post", "")}, 1, 0),
        ({"a": ("1", "Post", ""), "b": ("1", "Herald", "")}, 1, 0),
        ({"a": ("1", "Post", "Tide"), "b": ("2", "Herald", "Tide")}, 1, 0),
        ({"a": ("1", "The Tide", ""), "b": ("2", "THE TIDE", "")}, 1, 0),
        ({"a": ("1", "Post", "Quay"), "b": ("2", "Herald", "quay")}, 1, 0),
        ({"a": ("1", "Post", "unknown"), "b": ("2", "Herald", "unknown")}, 2, 0),
        ({"a": ("1", "Post", ""), "b": ("2", "", "")}, 1, 1),
        ({"a": ("1", "", ""), "b": ("1", "", "")}, 0, 1),
        ({"a": ("1", "", ""), "b": ("1", "Post", ""), "c": ("3", "Post", "")}, 1, 0),
        ({}, 0, 0),
    ],
)
def test_families_count_houses_once(pages, shown, unshown):
    """One text, one outlet or one owner is one family; a family without a known outlet is counted apart."""
    assert families(_shelf(pages), pages) == Families(shown, unshown)
