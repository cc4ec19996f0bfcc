"""Look at the test half: score Variorum on the crises that nothing was tuned on, compare with the floors, log the look.

    python -m bench.gold.look --why "after statements were reworked" [--repin]

A version has at most five looks (`looks.jsonl`): a held-out half that is looked at often is held out no more.
"""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import variorum
from bench.gold import agree, crises
from bench.gold.figures import figures
from bench.quality import gate
from bench.quality.measured import Measured

LOOKS = Path(__file__).with_name("looks.jsonl")
MODULE = "gold_test"
MOST = 5


def looks() -> list[dict]:
    """Every look so far."""
    return crises.rows(LOOKS) if LOOKS.is_file() else []


def gauge() -> Measured:
    """The test half, scored."""
    gold = crises.gold(crises.TEST)
    return Measured(
        about="The gold, test half: looked at, never tuned on.",
        ours=figures(gold, crises.built(crises.TEST)),
        rivals={"two labellings": agree.agreement(crises.TEST)},
        counts=agree.counts(gold),
        data=data(),
    )


def data() -> tuple[Path, ...]:
    """The folders of the test half; their digests were pinned before anything was tuned."""
    return tuple(crises.ROOT / crisis for crisis in crises.TEST)


def main() -> int:
    """Score, compare, log; 0 or 1 for the shell."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--why", required=True, help="what made a look worth one of five; goes into the log")
    parser.add_argument("--repin", action="store_true", help="raise the floors to what is reached")
    asked = parser.parse_args()
    if not asked.why.strip():
        print('refused: a look needs a reason (make look WHY="...")')
        return 1
    version = variorum.__version__
    spent = sum(look["version"] == version for look in looks())
    floors = gate.load(gate.FLOORS)
    pinned = floors.get(MODULE, gate.Pinned())
    digests = {path.name: gate.digest(path) for path in data()}
    if digests != {Path(name).name: digest for name, digest in pinned.data.items()}:
        print("refused: the test half is not what was pinned in bench/quality/floors.json")
        return 1
    if spent >= MOST:
        print(f"refused: version {version} has had its {MOST} looks ({LOOKS.name})")
        return 1
    measured = gauge()
    look = {
        "when": datetime.now(UTC).date().isoformat(), "version": version, "look": spent + 1, "why": asked.why,
        "digests": digests, "figures": {name: round(value, 4) for name, value in measured.ours.items()},
    }  # fmt: skip
    with LOOKS.open("a", encoding="utf-8") as file:
        file.write(json.dumps(look, ensure_ascii=False) + "\n")
    if asked.repin:
        try:
            floors = gate.repin({MODULE: measured}, floors)
            gate.save(gate.FLOORS, floors)
        except gate.RefusalError as refusal:
            print(f"refused: {refusal}")
    verdicts = gate.judge(measured, floors.get(MODULE, gate.Pinned()))
    gate.show(MODULE, measured, verdicts)
    return int(any(v.fault for v in verdicts))


if __name__ == "__main__":
    sys.exit(main())
