"""How many independent voices a story has: copies and outlets of one house are one; an unknown outlet is not called independent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from variorum.text.normalise import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from variorum.views.shelf import Shelf


class Families(msgspec.Struct, frozen=True):
    """Families of documents.

    Attributes:
        shown: Families with a known outlet: copies, one outlet's pages and one owner's outlets count once.
        unshown: Families of which nobody tells an outlet; whether they are independent is not known.
    """

    shown: int
    unshown: int


def families(shelf: Shelf, docs: Iterable[str]) -> Families:
    """Count the families of some documents.

    Two documents are of one family if most of their words come from one origin, or if they are of one outlet or of
    outlets of one owner, as the user says.
    """
    groups: list[set[str]] = []
    for doc in docs:
        keys = _keys(shelf, doc)
        joined = [g for g in groups if g & keys]
        groups = [g for g in groups if not g & keys] + [keys.union(*joined)]
    known = sum(any(key.startswith("house ") for key in g) for g in groups)
    return Families(known, len(groups) - known)


def _keys(shelf: Shelf, doc: str) -> set[str]:
    """What makes a document kin of another: its main origin, its outlet, the outlet's owner."""
    keys = {f"doc {doc}"}
    if doc in shelf.main_origin:
        keys.add(f"origin {shelf.main_origin[doc].id}")
    if outlet := fold(shelf.outlet_name(doc)):
        keys.add(f"house {outlet}")
    told = shelf.outlet_told(doc)
    if told is not None and told.owner not in {"", "unknown"}:
        keys.add(f"house owned by {fold(told.owner)}")
    return keys
