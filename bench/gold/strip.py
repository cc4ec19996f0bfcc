"""Write a crisis's pages without labels, for the second labeller.

python -m bench.gold.strip CRISIS   # a/NN.txt without labels and records to b/NN.txt, where there is none yet
"""

from __future__ import annotations

import sys

from bench.gold.crises import ROOT
from bench.gold.page import strip


def main() -> None:
    """Header, bare text, and the line under which records go."""
    folder = ROOT / sys.argv[1]
    (folder / "b").mkdir(exist_ok=True)
    for path in sorted((folder / "a").glob("[0-9]*.txt")):
        bare = folder / "b" / path.name
        if not bare.exists():
            head, _, rest = path.read_text("utf-8").partition("\n\n")
            text, _ = strip(rest.partition("\n---\n")[0].strip("\n"))
            bare.write_text(f"{head}\n\n{text}\n---\n", "utf-8")


if __name__ == "__main__":
    main()
