"""From data to a model, in one command: `python -m training OUT`.

Trains (`training.train`), exports and quantizes (`training.export`), evaluates by the runtime alone (`training.evaluate`) and
writes the model card (`training.card`).
`OUT/weights` holds the trained weights and the log, `OUT/model` what ships.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path


def main() -> None:
    """The command; what it does not know goes to `training.train` (`python -m training.train --help`)."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("out", type=Path, help="the folder for weights and model")
    parser.add_argument("--fold", default="-1", help="the part that is left out and measured on; -1: none")
    parser.add_argument("--few", default="0", help="at most so many documents of a corpus; 0: all")
    parser.add_argument("--threads", default="2", help="threads of training and of evaluation")
    given, rest = parser.parse_known_args()
    # What training and evaluation must agree on.
    both = ["--fold", given.fold, "--few", given.few, "--threads", given.threads]
    weights, model = given.out / "weights", given.out / "model"
    # Each in a process of its own: evaluation must not see torch, and memory goes back between them.
    for module, arguments in (
        ("training.train", [str(weights), *both, *rest]),
        ("training.export", [str(weights), str(model)]),
        ("training.evaluate", [str(model), *both]),
        ("training.card", [str(model)]),
    ):
        subprocess.run([sys.executable, "-m", module, *arguments], check=True)  # noqa: S603 - our own modules


if __name__ == "__main__":
    main()
