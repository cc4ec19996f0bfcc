"""The shares among a scorer's measures: what must be 1 for the gold itself and 0 for nothing."""

from __future__ import annotations

# Measures that are no share of something right: numbers of things, and shares of what is wrong.
_NO_SHARE = {
    "task", "gold", "system", "right", "given", "wanted", "matched", "members", "pages", "wrong", "none_given", "unknown", "invented",
}  # fmt: skip


def shares(value, name=""):
    """Every share of something right in a result, with its name."""
    if isinstance(value, dict):
        for key, part in value.items():
            if key not in _NO_SHARE or (key == "right" and "wrong" in value):
                yield from shares(part, f"{name}.{key}")
    elif isinstance(value, float):
        yield name, value
