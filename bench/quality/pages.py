"""The page docs/reference/quality.md: what was measured, on what, by us and by others in the same run."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bench.quality.gate import Pinned
    from bench.quality.measured import Measured

_HEAD = """\
# Measured quality

<!-- made by `make gate`; do not edit -->

Every figure has a floor (`bench/quality/floors.json`) below which the gate fails; floors rise with the figures and fall only
with a reason in the changelog. Rivals ran in the same run on the same data. Higher is better everywhere; figures are
deterministic. The corpora lie beside the checkout, not in it; the folder `shared` with its READMEs says what each is.
"""


def page(measured: Mapping[str, Measured], floors: Mapping[str, Pinned]) -> str:
    """The whole page in Markdown."""
    return "\n".join([_HEAD, *(_section(name, found, floors.get(name)) for name, found in measured.items())])


def _section(name: str, found: Measured, pinned: Pinned | None) -> str:
    rivals = list(found.rivals)
    lines = [f"## {name}\n\n{found.about}\n"]
    lines.append("| " + " | ".join(["figure", "Variorum", "floor", *rivals]) + " |")
    lines.append("|---" * (3 + len(rivals)) + "|")
    for figure, value in found.ours.items():
        floor = pinned.floors.get(figure) if pinned else None
        beside = [_number(found.rivals[rival].get(figure)) for rival in rivals]
        lines.append("| " + " | ".join([figure, f"{value:.3f}", _number(floor), *beside]) + " |")
    counted = [f"{count:,} {what}" for what, count in found.counts.items()]
    counted += [f"{what}: {value:g}" for what, value in found.aside.items()]
    if counted:
        lines.append(f"\nMeasured on: {'; '.join(counted)}.")
    return "\n".join(lines) + "\n"


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"
