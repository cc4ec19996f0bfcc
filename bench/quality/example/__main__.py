"""Print the example's figures, and what was missed in the layers named."""

from __future__ import annotations

import sys

from bench.quality.example import LAYERS, build


def main() -> None:
    asked = sys.argv[1:]
    beside = build()
    for name, score in LAYERS.items():
        if asked and name not in asked:
            continue
        made = score(beside)
        print(f"{name:11}", "  ".join(f"{figure} {value:.3f}" for figure, value in made.figures.items()))
        for note in made.notes if name in asked else []:
            print("   ", note)


if __name__ == "__main__":
    main()
