"""Speed and memory, stage by stage and end to end, on generated corpora; figures go to docs/reference/speed.md.

Each measurement runs in a fresh process. The rival, trafilatura alone (`fast=True`), cleans the same pages in the same
run, so that the ratio holds on other machines; seconds do not.
"""

from __future__ import annotations

import argparse
import json
import platform
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import msgspec

from bench.speed import corpus

ROOT = Path(__file__).resolve().parents[2]
SIZES = (100, 1_000)
# Corpora that are hard on the stages that compare, and how many pages of each: what every page of a house says under
# its articles, and one story of them all.
HARD: dict[str, tuple[dict, tuple[int, int]]] = {
    "every page ends with the same three lines": ({"boilerplate": True}, (100, 400)),
    "all pages tell one story": ({"a_story": 1_000}, (100, 300)),
}
EXAMPLE = ROOT / "examples" / "velmark" / "pages"
# A thousand pages may cost at most this much more a page than a hundred (the limit for growth).
GROWTH = 1.2


def _stages(pages: Path, into: Path) -> dict[str, float]:
    """Seconds of every stage of one build in one process."""
    from variorum import api, pipeline  # noqa: PLC0415
    from variorum.settings import Settings  # noqa: PLC0415

    spent: dict[str, float] = {}

    def timed(stage):  # noqa: ANN001, ANN202
        def run(tables, settings):  # noqa: ANN001, ANN202
            begin = time.process_time()
            made = stage.run(tables, settings)
            spent[stage.name] = spent.get(stage.name, 0.0) + time.process_time() - begin
            return made

        return msgspec.structs.replace(stage, run=run)

    pipeline.STAGES = tuple(timed(s) for s in pipeline.STAGES)
    begin = time.process_time()
    api.build([pages], into, settings=Settings(workers=1))
    spent["everything"] = time.process_time() - begin
    spent["engine, store and reading of files"] = spent["everything"] - sum(
        v for k, v in spent.items() if k != "everything"
    )
    return spent


def _whole(pages: Path, into: Path) -> dict[str, float]:
    """Wall-clock seconds of a build and a report as users run them."""
    from variorum import api  # noqa: PLC0415
    from variorum.report import write_report  # noqa: PLC0415

    begin = time.perf_counter()
    dossier = api.build([pages], into)
    built = time.perf_counter()
    write_report(dossier, into.parent / "report.html")
    return {"build": built - begin, "report": time.perf_counter() - built}


def _rival(pages: Path, _into: Path) -> dict[str, float]:
    """Seconds that trafilatura alone takes to clean the pages, without offsets."""
    import trafilatura  # noqa: PLC0415

    begin = time.process_time()
    for path in sorted(pages.iterdir()):
        trafilatura.extract(path.read_text("utf-8"), fast=True, include_comments=False)
    return {"trafilatura fast": time.process_time() - begin}


JOBS = {"stages": _stages, "whole": _whole, "rival": _rival}


def _child(job: str, pages: str, into: str) -> None:
    found = JOBS[job](Path(pages), Path(into))
    own, children = (
        resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    print(json.dumps({"seconds": found, "megabytes": own, "worker_megabytes": children}))


def _run(job: str, pages: Path, into: Path) -> dict:
    command = [
        sys.executable,
        "-m",
        "bench.speed.run",
        "--job",
        job,
        "--pages",
        str(pages),
        "--into",
        str(into),
    ]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def measure(sizes: tuple[int, ...] = SIZES) -> dict[int, dict[str, dict]]:
    """Every job on every size, each in a process of its own."""
    found: dict[int, dict[str, dict]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            pages = Path(folder) / f"pages{size}"
            corpus.write(pages, size)
            found[size] = {job: _run(job, pages, Path(folder) / f"{job}{size}" / "dossier") for job in JOBS}
            print(f"{size} pages measured", file=sys.stderr)
        # The small corpus again, after the large one: growth is a ratio of both, and the machine may slow down meanwhile.
        small = min(sizes)
        again = _run("stages", Path(folder) / f"pages{small}", Path(folder) / "again" / "dossier")["seconds"]
        first = found[small]["stages"]["seconds"]
        found[small]["stages"]["seconds"] = {name: (first[name] + again[name]) / 2 for name in first}
    return found


def measure_hard() -> dict[str, dict[int, float]]:
    """Milliseconds of processor time a page of builds of the hard corpora, by their names and sizes."""
    found: dict[str, dict[int, float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for number, (name, (options, sizes)) in enumerate(HARD.items()):
            for size in sizes:
                pages = Path(folder) / f"{number}-{size}"
                corpus.write(pages, size, **options)
                done = _run("stages", pages, pages.with_name(f"{pages.name}-built"))
                found.setdefault(name, {})[size] = done["seconds"]["everything"] / size * 1000
            print(f"{name}: measured", file=sys.stderr)
    return found


def measure_start() -> tuple[int, float]:
    """Pages of the example, and the processor time of building and reporting it with two commands, each started cold."""
    with tempfile.TemporaryDirectory() as folder:
        dossier = Path(folder) / "dossier"
        commands = (
            ["build", str(EXAMPLE), "-o", str(dossier)],
            ["report", str(dossier), "-o", f"{folder}/report.html"],
        )
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        told = [
            subprocess.run(
                [sys.executable, "-m", "variorum", *c], check=True, capture_output=True, text=True
            ).stdout
            for c in commands
        ]
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return int(re.search(r"(\d+) pages read", told[0])[1]), spent


def measure_cleaning() -> dict[str, dict[str, float]]:
    """What `bench.speed.cleaning` measures, in a process of its own."""
    command = [sys.executable, "-m", "bench.speed.cleaning"]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def measure_reader() -> dict[str, float]:
    """What `bench.speed.reader` measures, each figure in processes of its own."""
    command = [sys.executable, "-m", "bench.speed.reader"]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def page(
    found: dict[int, dict[str, dict]],
    hard: dict[str, dict[int, float]],
    start: tuple[int, float],
    cleaning: dict[str, dict[str, float]],
    reader: dict[str, float],
) -> str:
    """The reference page."""
    small, large = min(found), max(found)
    lines = [
        "# Measured speed\n\n<!-- made by `make bench`; do not edit -->\n\n",
        f"Generated pages of {corpus.WORDS_A_PAGE} words, ten a story, three of ten partly copied (`bench/speed/corpus.py`). Python "
        f"{platform.python_version()}, {platform.machine()}, two cores. Read ratios rather than seconds.\n\n",
        "## End to end, as users run it\n\n| pages | build, pages/s | report, s | peak memory, MB | largest worker, MB |\n|---|---|---|---|---|\n",
    ]
    for size, jobs in found.items():
        whole = jobs["whole"]
        lines.append(
            f"| {size:,} | {size / whole['seconds']['build']:.1f} | {whole['seconds']['report']:.1f} | {whole['megabytes']:.0f} | {whole['worker_megabytes']:.0f} |\n"
        )
    cost = {size: jobs["stages"]["seconds"]["everything"] / size for size, jobs in found.items()}
    lines.append(
        f"\nProcessor time a page at {large:,} pages is {cost[large] / cost[small]:.2f} times that at {small:,} (limit {GROWTH}).\n\n"
        "## Stage by stage, milliseconds of processor time a page, one process\n\n"
    )
    lines.append(
        f"| stage | {' | '.join(f'{size:,} pages' for size in found)} |\n|---|{'---|' * len(found)}\n"
    )
    for name in found[large]["stages"]["seconds"]:
        cells = [
            f"{jobs['stages']['seconds'].get(name, 0) / size * 1000:.2f}" for size, jobs in found.items()
        ]
        lines.append(f"| {name} | {' | '.join(cells)} |\n")
    ratios = [
        f"{jobs['rival']['seconds']['trafilatura fast'] / jobs['stages']['seconds']['clean']:.2f} at {size:,} pages"
        for size, jobs in found.items()
    ]
    lines.append(
        f"\nCleaning, anchors and header evidence included, runs at {', '.join(ratios)} of the speed of trafilatura `fast=True` alone in the same run.\n"
    )
    return "".join(lines) + _cleaning(cleaning) + _reader(reader) + _hard(hard, start)


def _cleaning(cleaning: dict[str, dict[str, float]]) -> str:
    rows = [
        f"| html/{folder} dev, {spent['pages']:.0f} pages | {spent['ours']:.1f} | {spent['trafilatura fast']:.1f} "
        f"| {spent['trafilatura fast'] / spent['ours']:.2f} |\n"
        for folder, spent in cleaning.items()
    ]
    return (
        "\n## Cleaning real pages, milliseconds of processor time a page\n\nAnchors, removed blocks and header evidence included; "
        "trafilatura `fast=True` alone gives text.\n\n| pages | Variorum | trafilatura fast | its time over ours |\n|---|---|---|---|\n"
        + "".join(rows)
    )


def _reader(reader: dict[str, float]) -> str:
    rows = [f"| {name} | {value:,.2f} |\n" for name, value in reader.items()]
    return (
        "\n## The reader\n\nGenerated documents of 25 sentences of 25 words, all heads; two processes of one thread. The bare encoder "
        "is that of the sentence vectors, int8 too, over the same sentences turn by turn.\n\n| figure | |\n|---|---|\n"
        + "".join(rows)
    )


def _hard(hard: dict[str, dict[int, float]], start: tuple[int, float]) -> str:
    rows = [
        f"| {name} | {' | '.join(f'{spent:.0f} at {size:,}' for size, spent in by_size.items())} |\n"
        for name, by_size in hard.items()
    ]
    return (
        "\n## Corpora that are hard on comparing, milliseconds of processor time a page\n\n| corpus | few pages | more |\n|---|---|---|\n"
        + "".join(rows)
        + f"\n## From a cold start\n\n`variorum build` and `variorum report` of the example's {start[0]} pages, imports included: "
        f"{start[1]:.1f} s of processor time, with bytecode at hand.\n"
    )


def main() -> int:
    """Measure, write the page, and fail if cost grows faster than allowed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--job", choices=JOBS)
    parser.add_argument("--pages", default="")
    parser.add_argument("--into", default="")
    asked = parser.parse_args()
    if asked.job:
        _child(asked.job, asked.pages, asked.into)
        return 0
    found = measure()
    made = page(found, measure_hard(), measure_start(), measure_cleaning(), measure_reader())
    (ROOT / "docs" / "reference" / "speed.md").write_text(made, "utf-8")
    cost = {size: jobs["stages"]["seconds"]["everything"] / size for size, jobs in found.items()}
    grown = cost[max(cost)] / cost[min(cost)]
    print(made)
    return 0 if grown <= GROWTH else 1


if __name__ == "__main__":
    sys.exit(main())
