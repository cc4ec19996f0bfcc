"""Quality has floors that only rise.

    python -m bench.quality.gate                       # measure everything, compare, write docs/reference/quality.md
    python -m bench.quality.gate --only stories times  # only these
    python -m bench.quality.gate --repin               # raise the floors to what is reached now
    python -m bench.quality.gate --repin --lower "times: gum F1" --because "the corpus was corrected"

All that is measured is deterministic, so a floor is the value reached, rounded down to three decimals. Exit status 0: every
figure stands on or above its floor; 1: one does not, or a figure, a count or the data is not what was pinned. What has its
data beside the checkout (`../shared`) is skipped, saying so, where that is missing.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import json
import math
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from bench.quality import pages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from bench.quality.measured import Measured

ROOT = Path(__file__).resolve().parents[2]
FLOORS = Path(__file__).with_name("floors.json")
CHANGELOG = ROOT / "CHANGELOG.md"
PAGE = ROOT / "docs/reference/quality.md"
# What is measured, in the order of the pipeline.
BENCHES = (
    "clean_html",
    "clean_headers",
    "clean_flat",
    "clean_anchors",
    "reader",
    "mentions",
    "times",
    "places",
    "statements",
    "reuse",
    "stories",
    "utterances",
    "example",
    "gold",
)
Floors = dict[str, "Pinned"]


class Pinned(msgspec.Struct, kw_only=True):
    """What one module must reach, and on what."""

    floors: dict[str, float] = {}
    counts: dict[str, int] = {}
    data: dict[str, str] = {}


class Verdict(msgspec.Struct, frozen=True):
    """One line of the table: figure, what was reached, the floor, what to say of it."""

    name: str
    value: float | None
    floor: float | None
    fault: str = ""


class RefusalError(Exception):
    """A floor would fall without leave, or a leave fits no floor; the message says which."""


def floor_of(value: float) -> float:
    """A value rounded down to three decimals; what is a hair below by floating point counts as reached."""
    return math.floor(value * 1000 + 1e-6) / 1000


def digest(path: Path) -> str:
    """SHA-256 of a file, or of a folder's files and their names, in order of name; 16 hex digits."""
    made = hashlib.sha256()
    for file in sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]:
        made.update(file.relative_to(path).as_posix().encode() + b"\0")
        made.update(hashlib.sha256(file.read_bytes()).digest())
    return made.hexdigest()[:16]


def digests(measured: Measured) -> dict[str, str]:
    """Digests of what the figures stand on, by path from the project or its neighbour `shared`."""
    return {_name(path): digest(path) for path in measured.data}


def _name(path: Path) -> str:
    base = ROOT if path.is_relative_to(ROOT) else ROOT.parent
    return path.relative_to(base).as_posix() if path.is_relative_to(base) else path.name


def judge(measured: Measured, pinned: Pinned) -> list[Verdict]:
    """Every figure beside its floor, and what is not as it was pinned."""
    found = []
    for name in sorted(measured.ours.keys() | pinned.floors.keys()):
        value, floor = measured.ours.get(name), pinned.floors.get(name)
        found.append(Verdict(name, value, floor, _fault(value, floor)))
    for what, now, then in (
        ("count", measured.counts, pinned.counts),
        ("digest", digests(measured), pinned.data),
    ):
        for name in sorted(now.keys() | then.keys()):
            if now.get(name) != then.get(name):
                fault = f"{what} was {then.get(name, 'not pinned')}, is {now.get(name, 'gone')}"
                found.append(Verdict(name, None, None, fault))
    return found


def _fault(value: float | None, floor: float | None) -> str:
    if value is None:
        return "no longer measured"
    if floor is None:
        return "has no floor: --repin"
    return "" if floor_of(value) >= floor else "below its floor"


def repin(measured: Mapping[str, Measured], floors: Floors, *, lower: Iterable[str] = ()) -> Floors:
    """New floors: raised where more is reached, lowered or dropped only where named.

    Args:
        measured: What each module measured.
        floors: The floors that stand.
        lower: Floors that may fall or go, as `module: figure`.

    Raises:
        RefusalError: If a floor not named would fall, or one is named that does not.
    """
    leave, used = set(lower), set()
    made = dict(floors)
    for module, now in measured.items():
        then = floors.get(module, Pinned()).floors
        reached = {name: floor_of(value) for name, value in now.ours.items()}
        falling = {n for n, floor in then.items() if reached.get(n, -math.inf) < floor}
        kept = {n for n in falling if f"{module}: {n}" not in leave}
        if kept:
            raise RefusalError(
                f"these floors would fall: {', '.join(f'{module}: {n}' for n in sorted(kept))}"
            )
        used |= {f"{module}: {n}" for n in falling}
        made[module] = Pinned(floors=reached, counts=dict(now.counts), data=digests(now))
    if leave - used:
        raise RefusalError(f"no such floor would fall: {', '.join(sorted(leave - used))}")
    return made


def note(changelog: str, floors: Floors, now: Floors, *, lower: Sequence[str], because: str) -> str:
    """The changelog with a line for each floor lowered, under `Unreleased`, `Changed`."""
    lines = []
    for name in lower:
        module, _, figure = name.partition(": ")
        new = now[module].floors.get(figure)
        fall = f"from {floors[module].floors[figure]} to {new}" if new is not None else "dropped"
        lines.append(f"- Quality floor `{name}` {fall}: {because}\n")
    head, mark, rest = changelog.partition("## Unreleased\n")
    if not mark:
        raise RefusalError("CHANGELOG.md has no heading `## Unreleased`")
    start = rest.find("### Changed\n")
    release = rest.find("\n## ")
    if start < 0 or 0 <= release < start:
        return f"{head}{mark}\n### Changed\n{''.join(lines)}{rest}"
    at = start + len("### Changed\n")
    return head + mark + rest[:at] + "".join(lines) + rest[at:]


def measure(names: Sequence[str]) -> tuple[dict[str, Measured], list[str]]:
    """What the modules measure, and those that lack their data."""
    found, skipped = {}, []
    for name in names:
        started = time.perf_counter()
        module = importlib.import_module(f"bench.quality.{name}")
        try:
            found[name] = module.gauge()
        except FileNotFoundError as error:
            if "shared" not in Path(error.filename or "").parts:
                raise
            skipped.append(name)
            print(f"{name}: skipped, its data is not beside the checkout (../shared)", flush=True)
            continue
        print(f"{name}: measured in {time.perf_counter() - started:.0f} s", file=sys.stderr, flush=True)
    return found, skipped


def show(module: str, measured: Measured, verdicts: Sequence[Verdict]) -> None:
    """Print a module's table."""
    print(f"\n{module}")
    rivals = "  ".join(f"{name:>16}" for name in measured.rivals)
    print(f"  {'figure':52} {'reached':>8} {'floor':>7}  {rivals}")
    for v in verdicts:
        beside = "  ".join(
            f"{of[v.name]:16.3f}" if v.name in of else " " * 16 for of in measured.rivals.values()
        )
        value = "" if v.value is None else f"{v.value:.4f}"
        floor = "" if v.floor is None else f"{v.floor:.3f}"
        print(f"  {v.name:52} {value:>8} {floor:>7}  {beside}  {v.fault and 'FAIL: ' + v.fault}".rstrip())


def load(path: Path) -> Floors:
    """The floors that stand; none where the file is missing."""
    return msgspec.json.decode(path.read_bytes(), type=dict[str, Pinned]) if path.exists() else {}


def save(path: Path, floors: Floors) -> None:
    """Write the floors, readable and in order."""
    plain: dict[str, Any] = msgspec.to_builtins(floors, order="deterministic")
    path.write_text(json.dumps(plain, indent=1, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")


def _arguments(given: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", nargs="+", choices=BENCHES, default=list(BENCHES), metavar="NAME")
    parser.add_argument("--repin", action="store_true", help="raise the floors to what is reached")
    parser.add_argument("--lower", action="append", default=[], metavar="'NAME: FIGURE'", help="let it fall")
    parser.add_argument("--because", default="", help="why it may fall; goes into CHANGELOG.md")
    made = parser.parse_args(given)
    if made.lower and not (made.repin and made.because.strip()):
        parser.error("--lower goes with --repin and --because '...'")
    return made


def main(
    given: Sequence[str] | None = None,
    *,
    measuring: Callable[[Sequence[str]], tuple[dict[str, Measured], list[str]]] = measure,
    floors_at: Path = FLOORS,
    changelog_at: Path = CHANGELOG,
    page_at: Path = PAGE,
) -> int:
    """Measure, then compare or pin; 0 or 1 for the shell."""
    asked = _arguments(given)
    floors = load(floors_at)
    measured, skipped = measuring(asked.only)
    if asked.repin:
        try:
            made = repin(measured, floors, lower=asked.lower)
            text = changelog_at.read_text("utf-8") if asked.lower else ""
            noted = note(text, floors, made, lower=asked.lower, because=asked.because) if asked.lower else ""
        except RefusalError as refusal:
            print(f"refused: {refusal}\nA floor falls only by --lower 'NAME: FIGURE' --because 'WHY'.")
            return 1
        if asked.lower:
            changelog_at.write_text(noted, encoding="utf-8")
        save(floors_at, made)
        floors = made
    verdicts = {name: judge(found, floors.get(name, Pinned())) for name, found in measured.items()}
    for name, found in measured.items():
        show(name, found, verdicts[name])
    if not skipped and set(measured) == set(BENCHES):
        page_at.write_text(pages.page(measured, floors), encoding="utf-8")
    faults = sum(bool(v.fault) for lines in verdicts.values() for v in lines)
    print(f"\n{faults} faults" if faults else "\nEvery figure stands on its floor.")
    return int(faults > 0)


if __name__ == "__main__":
    sys.exit(main())
