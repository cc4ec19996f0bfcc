"""Keys of finished work name everything that shapes the work: code's version, settings, resources, libraries."""

from __future__ import annotations

import ast
import functools
import importlib.util
import re
import sys
from pathlib import Path

import msgspec
import pytest

import variorum
from variorum import pipeline
from variorum.engine.ledger import COMMON, stage_key
from variorum.settings import Limits, Settings

HOME = Path(variorum.__file__).parent
# Import names that differ from the distribution's, and libraries that only carry records or read lists.
CALLED = {"fasttext": "fasttext-predict", "lxml_html_clean": "lxml-html-clean"}
CARRIERS = {"msgspec"}


def source(module: str) -> Path | None:
    spec = importlib.util.find_spec(module)
    return Path(spec.origin) if spec and spec.origin else None


@functools.cache
def imported(module: str) -> frozenset[str]:
    """Modules that a module of the package imports when it runs."""
    tree = ast.parse(source(module).read_text("utf-8"))
    typing_only = {
        id(node)
        for branch in ast.walk(tree)
        if isinstance(branch, ast.If) and getattr(branch.test, "id", "") == "TYPE_CHECKING"
        for node in ast.walk(branch)
    }
    found = set()
    for node in ast.walk(tree):
        if id(node) in typing_only:
            continue
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            if node.module.startswith("variorum"):
                inner = {f"{node.module}.{alias.name}" for alias in node.names}
                found |= {name for name in inner if source_or_none(name)}
    return frozenset(found)


def source_or_none(module: str) -> Path | None:
    try:
        return source(module)
    except ModuleNotFoundError:
        return None


def reach(module: str) -> tuple[set[str], set[str]]:
    """Modules of the package that a module leads to, and the libraries they import."""
    seen, libraries, todo = set(), set(), [module]
    while todo:
        name = todo.pop()
        if not name.startswith("variorum"):
            top = name.partition(".")[0]
            if top not in sys.stdlib_module_names:
                libraries.add(CALLED.get(top, top))
        elif name not in seen:
            seen.add(name)
            todo += imported(name)
    return seen, libraries - CARRIERS


@pytest.mark.parametrize("stage", pipeline.STAGES, ids=lambda s: s.name)
def test_key_names_every_library_that_is_reached(stage):
    """No library can change under a stage without changing its key."""
    _, libraries = reach(stage.run.__module__)
    assert libraries <= {*stage.libraries, *COMMON}


@pytest.mark.parametrize("stage", pipeline.STAGES, ids=lambda s: s.name)
def test_key_names_every_file_that_is_read(stage):
    """No packaged list that a stage's modules name can change without changing its key."""
    code = "".join(source(m).read_text("utf-8") for m in reach(stage.run.__module__)[0])
    files = {path.name for path in HOME.rglob("data/*.*") if path.suffix != ".md"}
    named = {name for name in files if re.search(rf"(?<!\w){re.escape(name)}\b", code)}
    told = stage.resources() if stage.resources else ()
    assert named <= {Path(name).name for name, _ in told}


def test_key_changes_with_what_a_stage_reads_and_with_nothing_else():
    """A setting that a stage reads is part of its key; one that it does not read is not."""
    clean = pipeline.STAGES[0]
    plain = stage_key(clean, Settings())
    assert stage_key(clean, Settings(limits=Limits(words=5))) != plain
    assert stage_key(clean, Settings(workers=7)) == plain


def test_key_changes_with_version_and_resources():
    """A raised version or a changed word list makes another key."""
    stage = pipeline.STAGES[0]
    keys = {
        stage_key(stage, Settings()),
        stage_key(msgspec.structs.replace(stage, version=stage.version + 1), Settings()),
        stage_key(msgspec.structs.replace(stage, resources=lambda: (("list", "0"),)), Settings()),
    }
    assert len(keys) == 3
