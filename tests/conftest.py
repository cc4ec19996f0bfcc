"""Where tests find the data beside the checkout, if it is there."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"

sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]


def pytest_collection_modifyitems(items):
    """Skip, saying so, what needs the folder `shared` where it is not beside the checkout."""
    if SHARED.is_dir():
        return
    skip = pytest.mark.skip(reason="needs the folder `shared` beside the checkout")
    for item in items:
        if "shared" in item.keywords:
            item.add_marker(skip)


@pytest.fixture(scope="session")
def shared() -> Path:
    return SHARED
