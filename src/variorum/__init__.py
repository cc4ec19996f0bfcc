"""Variorum turns rival outlets' news pages about one crisis into one anchored record of the story."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from variorum.api import VERSION as __version__  # noqa: N811
    from variorum.api import Dossier, build, open, remove  # noqa: A004 - variorum.open is the promise
    from variorum.errors import VariorumError
    from variorum.settings import Limits, Settings

__all__ = ["Dossier", "Limits", "Settings", "VariorumError", "__version__", "build", "open", "remove"]

_HOMES = {
    "VariorumError": "errors",
    "Limits": "settings",
    "Settings": "settings",
    "__version__": "api:VERSION",
}


def __getattr__(name: str) -> object:
    """Import a public name when it is first asked for, so that a part of the package loads without the whole."""
    if name not in __all__:
        raise AttributeError(f"module 'variorum' has no attribute {name!r}")
    import importlib  # noqa: PLC0415

    home, _, inner = _HOMES.get(name, "api").partition(":")
    value: object = getattr(importlib.import_module(f"variorum.{home}"), inner or name)
    globals()[name] = value
    return value
