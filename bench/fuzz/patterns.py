"""Search compiled patterns for texts that take them for ever: their own loops, gone round often, and then not what they end in.

    python -m bench.fuzz.patterns --cpu-minutes 3 [--seed 1] [ROOM...]

A pattern that can read a row of parts in two ways tries them all where the row does not end as it should. The texts are
made from the pattern's own syntax tree, so that its loops are entered; no list of pieces guesses `[caption]`.
"""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import random
import re
import signal
import sys
import time
import warnings
from typing import TYPE_CHECKING, Any

import variorum

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    import sre_constants as sc
    import sre_parse

if TYPE_CHECKING:
    from collections.abc import Iterator

# A text of a few kilobytes that takes so long would stop a build.
SECONDS = 0.5
_CLASSES = {
    sc.CATEGORY_DIGIT: "07", sc.CATEGORY_SPACE: " \t", sc.CATEGORY_WORD: "aZ1", sc.CATEGORY_NOT_DIGIT: "a ", sc.CATEGORY_NOT_SPACE: "a.",
    sc.CATEGORY_NOT_WORD: " .-[",
}  # fmt: skip
_ENDS = ("", "\x00", "!", "x", " x", "\n", "zz\nz", "]", '"', " ")


def patterns(rooms: list[str]) -> dict[str, re.Pattern[Any]]:
    """Compiled patterns of modules of some rooms, by where they stand."""
    found: dict[str, re.Pattern[Any]] = {}
    for info in pkgutil.walk_packages(variorum.__path__, "variorum."):
        if info.name.split(".")[1] in rooms:
            for name, value in vars(importlib.import_module(info.name)).items():
                for n, pattern in enumerate(_within(value)):
                    found.setdefault(f"{info.name}.{name}.{n}", pattern)
    return found


def _within(value: object) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, (tuple, list, frozenset)):
        for item in value:
            yield from _within(item)
    elif isinstance(value, dict):
        yield from _within(tuple(value.values()))


class _Speaker:
    """Says texts that a pattern reads, its loops gone round some times."""

    def __init__(self, rng: random.Random, rounds: int) -> None:
        self.rng, self.rounds, self.groups = rng, rounds, dict[int, str]()

    def say(self, tree: Any, rounds: int = 0) -> str:
        return "".join(self._one(op, given, rounds or self.rounds) for op, given in tree)

    def _one(self, op: Any, given: Any, rounds: int) -> str:
        rng = self.rng
        match str(op):
            case "LITERAL":
                return chr(given)
            case "NOT_LITERAL":
                return next(c for c in "a .1" if ord(c) != given)
            case "ANY":
                return rng.choice("a .")
            case "IN":
                return self._of_class(given)
            case "BRANCH":
                return self.say(rng.choice(given[1]), rounds)
            case "SUBPATTERN":
                self.groups[given[0]] = self.say(given[3], rounds)
                return self.groups[given[0]]
            case "ATOMIC_GROUP":
                return self.say(given, rounds)
            case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
                least, most, inner = given
                count = min(int(most), max(int(least), rng.choice((0, 1, 1, 2, rounds))))
                piece = self.say(inner, max(2, rounds // 20))
                same = rng.random() < 0.7
                return "".join(piece if same else self.say(inner, max(2, rounds // 20)) for _ in range(count))
            case "GROUPREF":
                return self.groups.get(given, "")
            case _:
                return ""

    def _of_class(self, members: Any) -> str:
        rng = self.rng
        if str(members[0][0]) == "NEGATE":
            shut = re.compile("[" + "".join(_source(m) for m in members[1:]) + "]")
            return next((c for c in rng.sample("a .1-A\t([\"'é中", 11) if not shut.match(c)), "~")
        op, given = rng.choice(members)
        if str(op) == "RANGE":
            return chr(rng.choice((given[0], given[1])))
        return chr(given) if str(op) == "LITERAL" else rng.choice(_CLASSES.get(given, "a"))


def _source(member: Any) -> str:
    op, given = member
    if str(op) == "RANGE":
        return f"{re.escape(chr(given[0]))}-{re.escape(chr(given[1]))}"
    if str(op) == "LITERAL":
        return re.escape(chr(given))
    name = str(given).removeprefix("CATEGORY_")
    letter = name.removeprefix("NOT_")[0].lower()
    return "\\" + (letter.upper() if name.startswith("NOT_") else letter)


class _TooLongError(Exception):
    pass


def _stop(_number: int, _frame: object) -> None:
    raise _TooLongError


def seconds(pattern: re.Pattern[Any], text: str, limit: float) -> float:
    """Processor time to search a text; infinite where it is over the limit of wall time ten times over."""
    subject: Any = text.encode("utf-8", "surrogatepass") if isinstance(pattern.pattern, bytes) else text
    begin = time.process_time()
    signal.setitimer(signal.ITIMER_VIRTUAL, limit)
    try:
        pattern.match(subject)
        for count, _ in enumerate(pattern.finditer(subject)):
            if count > 50:
                break
    except _TooLongError:
        return float("inf")
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return time.process_time() - begin


def hunt(rooms: list[str], *, minutes: float, seed: int) -> int:
    """Search until the time is over; each pattern is told once. Gives how many were found."""
    # Python gives a signal to a pattern at work only where it looks for one, every few thousand steps.
    signal.signal(signal.SIGVTALRM, _stop)
    found = patterns(rooms)
    trees = {name: sre_parse.parse(p.pattern, p.flags & ~re.DEBUG) for name, p in found.items()}
    rng, told, tried = random.Random(seed), set[str](), 0
    end = time.process_time() + 60 * minutes
    while time.process_time() < end:
        for name in sorted(found.keys() - told):
            speaker = _Speaker(rng, rng.choice((30, 60, 500)))
            text = (speaker.say(trees[name]) * rng.choice((1, 1, 1, 40)))[:4000] + rng.choice(_ENDS)
            tried += 1
            spent = seconds(found[name], text, SECONDS * 4)
            if spent > SECONDS:
                told.add(name)
                print(
                    f"{name}: {spent:.1f} s for {len(text)} characters: {text[:120]!r}...{text[-9:]!r}",
                    flush=True,
                )
    print(
        f"{len(found)} patterns, {tried} texts, {len(told)} found, {time.process_time() / 60:.1f} processor minutes"
    )
    return len(told)


def main() -> int:
    """Read arguments and search."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cpu-minutes", type=float, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("rooms", nargs="*", default=["clean", "ingest", "text"])
    given = parser.parse_args()
    return 1 if hunt(given.rooms, minutes=given.cpu_minutes, seed=given.seed) else 0


if __name__ == "__main__":
    sys.exit(main())
