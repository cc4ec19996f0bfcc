"""Print what the corpora hold: `python -m training.data [CORPUS ...]`.

"may train": yes; measure (the licence binds); tune (a development split).
"""

from __future__ import annotations

import argparse
import sys

from training.data.corpora import READERS, lines, table, texts
from training.data.package import SPLITS


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training.data", description=__doc__)
    parser.add_argument(
        "corpora", nargs="*", metavar="CORPUS", help=f"of {', '.join(READERS)}; all if none is given"
    )
    wanted = parser.parse_args().corpora or tuple(READERS)
    found = (text for name in READERS if name in wanted for split in SPLITS for text in texts(split, (name,)))
    for line in lines(table(found)):
        sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
