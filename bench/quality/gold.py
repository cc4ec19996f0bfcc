"""The gold's development half: Variorum on invented crises told by rival outlets, beside how far two labellings agree.

python -m bench.quality.gold [LAYER ...]   # figures, and what was missed and what was too much in the layers named
"""

from __future__ import annotations

import sys

from bench.gold import agree, crises
from bench.gold.differ import FIELDS, differences
from bench.gold.figures import figures
from bench.quality.measured import Measured
from variorum.measure import in_gold_names


def gauge() -> Measured:
    """Every layer of the development half."""
    gold = crises.gold(crises.DEVELOPMENT)
    return Measured(
        about="The gold (`bench/gold`), development half: invented crises told by invented outlets, every layer labelled twice. "
        "Beside ours stands the second labelling scored against the first. These are floors against falling back, no claim about "
        "real news; [how the gold was made](gold.md).",
        ours=figures(gold, crises.built(crises.DEVELOPMENT)),
        rivals={"two labellings": agree.agreement(crises.DEVELOPMENT)},
        counts=agree.counts(gold),
        data=tuple(crises.ROOT / crisis for crisis in crises.DEVELOPMENT),
    )


def main() -> None:
    """Print the figures and the differences in the layers named."""
    odd = set(sys.argv[1:]) - FIELDS.keys()
    if odd:
        sys.exit(f"differences are listed of {', '.join(FIELDS)}; not of {min(odd)}")
    gold, system = crises.gold(crises.DEVELOPMENT), crises.built(crises.DEVELOPMENT)
    for name, value in figures(gold, system).items():
        print(f"{name:56} {value:.3f}")
    for line in differences(gold, in_gold_names(gold, system)):
        if line.split(":")[0] in sys.argv[1:]:
            print(line)


if __name__ == "__main__":
    main()
