"""How far the two labellings of the gold agree, layer by layer, and how much there is of each: `docs/reference/gold.md`.

python -m bench.gold.agree          # write the page
python -m bench.gold.agree CRISIS   # print one crisis's agreement, and where its labellers part (of the test half: --open)
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from bench.gold import crises
from bench.gold.convert import read_labels
from bench.gold.differ import differences
from bench.gold.figures import figures

if TYPE_CHECKING:
    from bench.gold.crises import Tables

PAGE = Path(__file__).resolve().parents[2] / "docs/reference/gold.md"
TEXT = Path(__file__).with_name("page.md")


def labelling(names: tuple[str, ...], labels: str) -> Tables:
    """The tables of one labelling of some crises, together."""
    found: Tables = {}
    for crisis in names:
        for name, rows in read_labels(crisis, labels).tables.items():
            found.setdefault(name, []).extend(rows)
    return found


def agreement(names: tuple[str, ...]) -> dict[str, float]:
    """The second labelling scored against the first, by the scorers and under the names that systems are scored with."""
    return figures(labelling(names, "a"), labelling(names, "b"))


def counts(tables: Tables) -> dict[str, int]:
    """How many rows of each table; of conflicts the near-misses apart, of utterances the links."""
    found = {name: len(rows) for name, rows in tables.items()}
    found["near-misses"] = sum(row["comparable"] == "no" for row in tables["conflicts"])
    found["conflicts"] -= found["near-misses"]
    found["utterance links"] = sum(len(row["links"]) for row in tables["utterances"])
    return dict(sorted(found.items()))


def page() -> str:
    """The whole page: how the gold was made, its counts, its agreement."""
    halves = {"development": crises.DEVELOPMENT, "test": crises.TEST}
    numbers = {half: counts(crises.gold(names)) for half, names in halves.items()}
    agreed = {half: agreement(names) for half, names in halves.items()}
    lines = ["| what | development | test | together |", "|---|---|---|---|"]
    for name in numbers["development"]:
        one, other = (numbers[half][name] for half in halves)
        lines.append(f"| {name} | {one} | {other} | {one + other} |")
    told = ["| figure | development | test |", "|---|---|---|"]
    told += [
        f"| {name} | " + " | ".join(f"{agreed[half][name]:.3f}" for half in halves) + " |"
        for name in agreed["development"]
    ]
    text = TEXT.read_text("utf-8")
    return text.replace("<!-- counts -->", "\n".join(lines)).replace("<!-- agreement -->", "\n".join(told))


def main() -> None:
    """Print one crisis, or write the page."""
    if len(sys.argv) == 1:
        PAGE.write_text(page(), "utf-8")
        return
    crisis = sys.argv[1]
    for name, value in agreement((crisis,)).items():
        print(f"{name:56} {value:.3f}")
    if crisis in crises.TEST and "--open" not in sys.argv:
        print("held out: where its labellers part is shown only to those who settle it (--open)")
        return
    print()
    for line in differences(labelling((crisis,), "a"), labelling((crisis,), "b")):
        print(line)


if __name__ == "__main__":
    main()
