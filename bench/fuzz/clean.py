"""Fuzz cleaning and reading: pages grown, repeated and damaged, containers damaged; laws beyond "it does not fail".

    python -m bench.fuzz.clean --cpu-minutes 60 [--seed 1] [--out build/fuzz] [PATHS...]

What is checked: see `bench.fuzz.laws`; that cleaning twice gives equal records; that a container gives back the pages that were
put into it; that nothing but refusals comes of damage; processor time. `--again FILE` cleans one kept input. The count of
processor time is of this process, all work included.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import re
import resource
import sys
import time
import traceback
import warnings
import zlib
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from bench.fuzz.boxes import boxed
from bench.fuzz.grow import Grown, grow, grow_flat
from bench.fuzz.heavy import heavy, heavy_flat
from bench.fuzz.laws import broken_laws
from bench.fuzz.mutate import damaged
from bench.fuzz.pages import ROOT, SOURCES, read_sources
from variorum import ingest
from variorum.clean import STAGE
from variorum.errors import PageRefused
from variorum.ingest.reading import FAILED
from variorum.records import Body, Page, to_table
from variorum.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from variorum.records import Tables

# A page of 200,000 bytes is to be cleaned within so many seconds of processor time; larger ones in proportion.
SECONDS, BYTES = 2.0, 200_000
# Reading a container, its bombs included.
READ_SECONDS = 4.0
# Pages of one input that are cleaned.
_CLEANED = 4
_CHARSETS = ("utf-8",) * 8 + (
    "windows-1252",
    "utf-16",
    "utf-8-sig",
    "shift_jis",
    "windows-1251",
    "gb18030",
    "koi8-r",
    "utf-16-be",
    "big5",
    "euc-kr",
)
_SETTINGS = Settings()


def tables_of(page: Page, body: bytes) -> Tables:
    """One page as the stage takes it."""
    return {
        "pages": to_table(Page, [page]),
        "bodies": to_table(Body, [Body(page=page.id, bytes=zlib.compress(body, 1))]),
    }


def cleaning_finds(page: Page, body: bytes, grown: Grown | None) -> Iterator[str]:
    """What goes wrong in cleaning one page."""
    tables = tables_of(page, body)
    begin = time.process_time()
    made = STAGE.run(tables, _SETTINGS)
    spent = time.process_time() - begin
    if spent > SECONDS * max(1, len(body) / BYTES):
        yield f"slow: cleaning {page.form} took {spent:.1f} s for {len(body)} bytes"
    elif spent < 0.2 and STAGE.run(tables, _SETTINGS) != made:
        yield "cleaned twice, two results"
    yield from broken_laws(page, body, made, grown)


def finds(data: bytes, grown: Grown | None = None, held: tuple[bytes, ...] | None = None) -> Iterator[str]:
    """What goes wrong with one input."""
    try:
        begin = time.process_time()
        arrivals = list(ingest.read(["-"], _SETTINGS, stdin=BytesIO(data)))
        spent = time.process_time() - begin
        if spent > READ_SECONDS:
            yield f"slow: reading took {spent:.1f} s for {len(data)} bytes"
        for arrival in arrivals:
            if arrival.page.reason.startswith(FAILED):
                yield f"read: {arrival.page.reason}"
        read = [a for a in arrivals if a.page.status == "read"]
        if held is not None and [a.body for a in read] != list(held):
            yield f"box: {len(held)} pages put in, {len(read)} read: {[a.page.reason for a in arrivals][:3]}"
        for arrival in read[:_CLEANED]:
            page, body = arrival.page, arrival.body
            known = grown if grown is not None and _is_source(page, body, grown) else None
            yield from cleaning_finds(page, body, known)
    except PageRefused as error:
        yield f"got out: refusal: {error.reason}"
    except Exception as error:  # noqa: BLE001 - whatever gets out is a find
        frames = [f"{Path(f.filename).name}:{f.name}" for f in traceback.extract_tb(error.__traceback__)]
        ours = [f for f in frames if not f.startswith("clean.py")]
        yield f"got out: {type(error).__name__} at {' '.join(ours[-3:])}: {error}"


def _is_source(page: Page, body: bytes, grown: Grown) -> bool:
    try:
        return page.form == "html" and body.decode(page.charset or "utf-8").removeprefix(
            "\ufeff"
        ) == grown.text.removeprefix("\ufeff")
    except UnicodeDecodeError:
        return False


class Input(msgspec.Struct, frozen=True):
    """An input: how it was made, its bytes, and what is known of it: as a page, or of the pages in it."""

    way: str
    data: bytes
    grown: Grown | None = None
    held: tuple[bytes, ...] | None = None


def made(rng: random.Random, seeds: list[bytes]) -> Input:
    """An input by chance."""
    way = rng.random()
    if way < 0.3:
        page = grow(rng)
        return Input("grown", _encoded(rng, page.text), page)
    if way < 0.42:
        return Input("grown, damaged", damaged(_encoded(rng, grow(rng).text), rng)[:400_000])
    if way < 0.58:
        return Input("heavy", _encoded(rng, heavy(rng, most=90_000)))
    if way < 0.63:
        return Input("heavy flat", _encoded(rng, heavy_flat(rng, most=90_000)))
    if way < 0.7:
        return Input("flat", _encoded(rng, grow_flat(rng)))
    if way < 0.85:
        box = boxed(rng)
        return Input("box", box.data, held=box.held)
    return Input("seed, damaged", damaged(rng.choice(seeds), rng)[:400_000])


def _encoded(rng: random.Random, text: str) -> bytes:
    charset = rng.choice(_CHARSETS)
    data = (
        text.encode(charset, "xmlcharrefreplace" if "<" in text else "replace")
        if charset[:3] != "utf"
        else text.encode(charset, "surrogatepass")
    )
    if rng.random() < 0.5 and "utf-16" not in charset:
        data = (
            f"<meta charset={charset.removesuffix('-sig')}>".encode() + data
            if b"<p" in data and not text.startswith("\ufeff")
            else data
        )
    return data


def _kind(find: str) -> str:
    return re.sub(r"'[^']*'|\"[^\"]*\"|\d+|\b(?:zq|qz)[a-p]{4}\b|\[.*?\]", "_", find)[:70]


def hunt(seeds: list[bytes], *, minutes: float, seed: int, out: Path) -> int:
    """Make inputs until the processor time is spent; print each kind of find thrice, and keep its input.

    Returns:
        How many kinds were found.
    """
    known: dict[str, int] = {}
    ways: dict[str, int] = {}
    number, told = 0, 0.0
    while time.process_time() < 60 * minutes:
        rng = random.Random(f"{seed}:{number}")
        number += 1
        given = made(rng, seeds)
        way, data = given.way, given.data
        ways[way] = ways.get(way, 0) + 1
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        found = list(finds(data, given.grown, given.held))
        grew = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024
        if grew > 400:
            found.append(f"memory: {grew} MiB more for {len(data)} bytes")
        for find in found:
            kind = _kind(find)
            known[kind] = known.get(kind, 0) + 1
            if known[kind] <= 3:
                out.mkdir(parents=True, exist_ok=True)
                name = hashlib.blake2b(kind.encode(), digest_size=5).hexdigest() + f"-{known[kind]}"
                (out / name).write_bytes(data)
                print(f"{number} ({way}): {out / name}: {find[:500]}", flush=True)
        if time.process_time() - told > 60:
            told = time.process_time()
            print(
                f"{time.strftime('%H:%M')} {told / 60:.1f} processor minutes, {number} inputs {ways}, {sum(known.values())} finds",
                flush=True,
            )
    print(
        f"{time.process_time() / 60:.1f} processor minutes, {number} inputs {ways}, {len(known)} kinds of finds, {known}"
    )
    return len(known)


def main() -> int:
    """Read arguments and hunt."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cpu-minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=Path("build/fuzz"))
    parser.add_argument("--again", type=Path, help="a kept input to look at once more")
    parser.add_argument("paths", nargs="*", type=Path)
    given = parser.parse_args()
    warnings.simplefilter("ignore")
    if given.again:
        print(*finds(given.again.read_bytes()), sep="\n")
        return 0
    paths = given.paths or [p for s in SOURCES if (p := ROOT / s).is_dir()]
    return 1 if hunt(read_sources(paths), minutes=given.cpu_minutes, seed=given.seed, out=given.out) else 0


if __name__ == "__main__":
    sys.exit(main())
