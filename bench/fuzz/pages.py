"""Damage pages by the thousand and run the document stages over them: nothing may fail, no anchor may slip.

    python -m bench.fuzz.pages --minutes 10 [--seed 1] [--out build/fuzz] [PATHS...]

Pages are taken from the example and, where they lie beside the checkout, from ../shared (seeds and html). A find is
a stage that fails, an error that gets out, a page that takes long, or a span that says other words than its text or
its page. Each kind of find is told once, and the damaged page is kept under `--out` as it went in, so that

    python -m bench.fuzz.pages --again build/fuzz/NAME

shows the whole traceback. The same seed damages the same way. What is found becomes a small invented case in tests.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import itertools
import random
import re
import sys
import time
import traceback
import zlib
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from bench.fuzz.mutate import damaged
from variorum import api, ingest, pipeline
from variorum.engine.build import page_tables, plan_documents
from variorum.engine.local import run_stages
from variorum.engine.port import Task
from variorum.ingest.reading import FAILED
from variorum.measure.anchors import Source, anchor_faults
from variorum.records import Body, Document, Page, empty, from_table
from variorum.settings import Settings
from variorum.views.rows import Plainer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from variorum.records import Tables

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ("examples/velmark/pages", "../shared/seeds", "../shared/data/html")
# No page of the sources is larger than this after damage, and a page a second is the slowest that is borne.
MOST_BYTES = 400_000
SLOW_SECONDS = 4.0
_FAILED = ("the stage failed", "stopped: ", FAILED)


def read_sources(paths: list[Path]) -> list[bytes]:
    """Bytes of every page below the paths, gzip undone, in order of their names."""
    files = sorted(f for p in paths for f in ([p] if p.is_file() else p.rglob("*")) if f.is_file())
    pages = []
    for file in files:
        if file.name.endswith((".jsonl.gz", ".md", ".warc.gz")):
            continue
        data = file.read_bytes()
        pages.append(gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data)
    return [p for p in pages if p and len(p) < MOST_BYTES]


def sources_of(tables: Tables) -> dict[str, Source]:
    """Text and page of every document of a run, by id."""
    pages = {p.id: p for p in from_table(Page, tables["pages"])}
    bodies = {b.page: zlib.decompress(b.bytes) for b in from_table(Body, tables["bodies"])}
    return {
        d.id: Source(d.text, bodies[d.page], pages[d.page].charset, pages[d.page].form == "html")
        for d in from_table(Document, tables["documents"])
    }


def slipped(tables: Tables) -> Iterator[str]:
    """What is wrong with anchors in the tables of a run."""
    sources = sources_of(tables)
    plainer = Plainer({d.id: d for d in from_table(Document, tables["documents"])})
    for name, table in sorted(tables.items()):
        if name in {"bodies", "terms", "name_keys", "fingerprints"}:
            continue
        for row in plainer.rows(name, table):
            yield from (f"{name}: {fault}" for fault in anchor_faults(row, sources))


def finds(data: bytes) -> Iterator[str]:
    """What goes wrong with one input, as (kind and details) lines; nothing for one that is borne."""
    begin = time.process_time()
    try:
        for tables in api.document_tables(["-"], stdin=BytesIO(data), settings=Settings()):
            for row in tables["refusals"].to_pylist():
                if row["reason"].startswith(_FAILED):
                    yield f"{row['stage']}: {row['reason']}"
            yield from itertools.islice(slipped(tables), 2)
    except Exception as error:  # noqa: BLE001 - whatever gets out is a find
        frame = traceback.extract_tb(error.__traceback__)[-1]
        yield f"got out: {type(error).__name__} at {Path(frame.filename).name}:{frame.name}: {error}"
    spent = time.process_time() - begin
    if spent > SLOW_SECONDS:
        yield f"slow: {spent:.1f} s for {len(data)} bytes"


def _kind(find: str) -> str:
    """Finds that differ only in numbers, names and quotations are one kind."""
    return re.sub(r"'[^']*'|\"[^\"]*\"|\d+|\b[a-z2-7]{16}\b", "_", find)[:90]


def hunt(pages: list[bytes], *, minutes: float, seed: int, out: Path) -> int:
    """Damage and run until the time is over; print every kind of find once, and keep its input.

    Returns:
        How many kinds were found.
    """
    rng = random.Random(seed)
    known: dict[str, int] = {}
    end, done = time.monotonic() + 60 * minutes, 0
    while time.monotonic() < end:
        data = damaged(rng.choice(pages), rng)[:MOST_BYTES]
        done += 1
        for find in finds(data):
            kind = _kind(find)
            known[kind] = known.get(kind, 0) + 1
            if known[kind] == 1:
                out.mkdir(parents=True, exist_ok=True)
                name = hashlib.blake2b(kind.encode(), digest_size=5).hexdigest()
                (out / name).write_bytes(data)
                print(f"{done}: {out / name}: {find[:400]}", flush=True)
    print(f"{done} pages, {len(known)} kinds of finds, {sum(known.values())} finds")
    return len(known)


def again(path: Path) -> None:
    """Run one kept input with tracebacks."""
    plan = plan_documents(
        pipeline.stages(until="tag"), Settings(), {n: empty(n) for n in ("outlets", "gazetteer")}
    )
    for arrival in ingest.read([str(path)], Settings()):
        print(arrival.page)
        if arrival.page.status == "read":
            page, body = page_tables(arrival.page, arrival.body)
            tables = {"pages": page, "bodies": body, **plan.broadcast}
            try:
                made = run_stages(Task("", plan.stages, tables, plan.kept), Settings())
                print(*slipped(made.tables), sep="\n")
            except Exception:  # noqa: BLE001 - that is what is to be seen
                traceback.print_exc()


def main() -> int:
    """Read arguments and hunt."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=Path("build/fuzz"))
    parser.add_argument("--again", type=Path, help="a kept input to run with tracebacks")
    parser.add_argument("paths", nargs="*", type=Path)
    given = parser.parse_args()
    if given.again:
        again(given.again)
        return 0
    paths = given.paths or [p for s in SOURCES if (p := ROOT / s).is_dir()]
    return 1 if hunt(read_sources(paths), minutes=given.minutes, seed=given.seed, out=given.out) else 0


if __name__ == "__main__":
    sys.exit(main())
