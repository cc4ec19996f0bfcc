"""The report: one self-contained HTML page, without any script, to read and to hand on."""

from __future__ import annotations

import base64
import functools
import hashlib
import importlib.resources
from typing import TYPE_CHECKING

import jinja2
from markupsafe import Markup, escape

from variorum import records as r
from variorum.api import VERSION
from variorum.errors import InputError
from variorum.text.safe import visible
from variorum.views.dates import spoken
from variorum.views.links import Linker, live_addresses
from variorum.views.page import page_views, target
from variorum.views.shelf import Shelf
from variorum.views.story import StoryReader
from variorum.views.strip import strip

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from variorum.api import Dossier
    from variorum.views.shapes import StoryView

# `changed` stands in stories that have captures of one address; the others in all.
SECTIONS = (
    ("witnesses", "Witnesses"),
    ("edition", "Edition"),
    ("timeline", "Timeline"),
    ("said", "Who said what"),
    ("part", "Where accounts part"),
    ("copied", "What was copied"),
    ("changed", "Changed"),
    ("naming", "In whose words"),
)


def show(text: object) -> Markup:
    """A stranger's text, escaped, with what is invisible or would steer made visible."""
    return escape(visible(str(text), keep="\n\t"))


def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("variorum.views"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
    )
    environment.filters["show"] = show
    environment.filters["spoken"] = spoken
    return environment


def render(dossier: Dossier) -> str:
    """The report as HTML; the same dossier gives the same page."""
    shelf = Shelf(dossier)
    reader = StoryReader(shelf)
    stories = [reader.view(s) for s in shelf.stories]
    targets: list[r.Anchor] = []

    def linked(anchor: r.Anchor) -> str:
        targets.append(anchor)
        return target(anchor)

    style = (importlib.resources.files("variorum.views") / "templates" / "style.css").read_text("utf-8")
    environment = _environment()
    addresses = live_addresses(shelf.documents.values(), shelf.all(r.Header))
    environment.globals.update(target=linked, strip=strip, live=_live(shelf, addresses))
    # Two passes: the first gathers which spans are linked to, the second gives those spans their names in the pages.
    values = {
        "version": VERSION,
        "title": _title(stories),
        "stories": stories,
        "sections": SECTIONS,
        "style": style,
        "style_hash": base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
        "unread": _unread(shelf),
        "addressed": bool(addresses),
        "notes": sorted(dossier.manifest.notes.items()),
    }
    template = environment.get_template("report.html")
    template.render(values | {"pages": ()})
    return template.render(values | {"pages": page_views(shelf, targets)})


def _live(shelf: Shelf, addresses: Mapping[str, str]) -> Callable[[r.Anchor], str]:
    """What leads from an anchor to its words in the live page; nothing where no address is known."""

    @functools.cache
    def linker(doc: str) -> Linker:
        return Linker(shelf.documents[doc].text)

    @functools.cache
    def live(anchor: r.Anchor) -> str:
        url = addresses.get(anchor.doc)
        return (url and linker(anchor.doc).link(anchor.start, anchor.end, url)) or ""

    return live


def _title(stories: list[StoryView]) -> str:
    return stories[0].title if stories else "No page could be read"


def _unread(shelf: Shelf) -> list[dict[str, str]]:
    """What was refused, and why, by location."""
    pages = {p.id: p for p in shelf.all(r.Page)}
    rows = [
        {
            "location": pages[x.page].location if x.page in pages else x.page,
            "stage": x.stage,
            "table": x.table,
            "reason": x.reason,
        }
        for x in shelf.all(r.Refusal)
    ]
    return sorted(rows, key=lambda row: (row["location"], row["stage"], row["table"], row["reason"]))


def write_report(dossier: Dossier, path: Path) -> int:
    """Write the report.

    Args:
        dossier: What to show.
        path: The file to write; its folder is made if it is not there.

    Returns:
        Bytes written.

    Raises:
        InputError: If the file cannot be written.
    """
    data = render(dossier).encode("utf-8", "replace")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError as error:
        raise InputError(
            f"{path} cannot be written: {error.strerror}", "give -o another file or free some space"
        ) from error
    return len(data)
