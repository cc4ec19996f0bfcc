"""The example's pages built and scored against its hand-made gold, layer by layer.

python -m bench.quality.example [LAYER ...]   # figures, and what was missed in the layers named
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import variorum
from bench.quality.example import pages, story
from bench.quality.example.gold import EXAMPLE, Beside, Layer, rows
from bench.quality.measured import Measured

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LAYERS: dict[str, Callable[[Beside], Layer]] = {
    "headers": pages.headers,
    "dates": pages.dates,
    "chrome": pages.chrome,
    "statements": pages.statements,
    "chains": pages.chains,
    "times": pages.times,
    "figures": pages.figures,
    "places": pages.places,
    "passages": story.passages,
    "origins": story.origins,
    "stories": story.stories,
    "actors": story.actors,
    "utterances": story.utterances,
    "conflicts": story.conflicts,
    "denials": story.denials,
    "naming": story.naming,
    "timeline": story.timeline,
}
__all__ = ["EXAMPLE", "LAYERS", "Beside", "Layer", "build", "gauge", "rows"]


def build(into: Path | None = None) -> Beside:
    """The example built as its README says, beside its gold."""
    made = variorum.build(
        [EXAMPLE / "pages"], into, outlets=EXAMPLE / "outlets.csv", gazetteer=EXAMPLE / "gazetteer.csv"
    )
    return Beside(made)


def gauge() -> Measured:
    """Every layer of the example."""
    beside = build()
    scores = {name: score(beside).figures for name, score in LAYERS.items()}
    files = sorted(p.stem for p in (EXAMPLE / "gold").glob("*.jsonl"))
    return Measured(
        about="The example (`examples/velmark`): a whole build of an invented crisis against its hand-made gold, layer by layer. "
        "`examples/velmark/gold/README.md` says what each row is; where rows are samples only recall is scored.",
        ours={
            f"{layer}: {name}": value for layer, figures in scores.items() for name, value in figures.items()
        },
        counts={f"gold {name}": len(rows(name)) for name in files},
        data=(EXAMPLE / "pages", EXAMPLE / "gold", EXAMPLE / "gazetteer.csv", EXAMPLE / "outlets.csv"),
    )
