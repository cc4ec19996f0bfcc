"""Docs cannot drift: what is generated is up to date, every command is told of, every link leads somewhere."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest

from variorum.cli.app import app

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "examples").rglob("*.md")])


def _generator():
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["commands.md", "tables.md", "stages.md"])
def test_docs_generated_pages_are_fresh(name):
    """A change of commands, records or stages is a change of the reference (`make docs`)."""
    generator = _generator()
    assert (generator.REFERENCE / name).read_text("utf-8") == generator.PAGES[name]()


def test_docs_readme_tells_of_every_command():
    """Each command stands in the README or in the tutorial."""
    told = (ROOT / "README.md").read_text("utf-8") + (ROOT / "docs/tutorial/first-dossier.md").read_text(
        "utf-8"
    )
    silent = [
        c.callback.__name__ for c in app.registered_commands if f"variorum {c.callback.__name__}" not in told
    ]
    assert silent == ["score"]


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_docs_links_lead_somewhere(page):
    """Each relative link of a page names a file that is there."""
    links = re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8"))
    assert not [link for link in links if not (page.parent / link).exists()]
