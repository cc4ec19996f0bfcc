"""How fast real pages are cleaned beside trafilatura alone: processor time, the same pages, one process, turn by turn.

    python -m bench.speed.cleaning   # both folders of ../shared/data/html, as JSON

Ours is decoding, cleaning, anchors, removed blocks and header evidence; the rival's is `bare_extraction(fast=True)`, text alone.
"""

from __future__ import annotations

import json
import logging
import time

from bench.quality.clean_html import DATA, plain, read
from variorum.clean.decode import decode
from variorum.clean.header import choose
from variorum.clean.html import clean_html
from variorum.errors import PageRefused
from variorum.settings import Limits

# Of html/trafilatura dev every fourth page: as many as of the other folder, some more.
FOLDERS = {"scrapinghub": 1, "trafilatura": 4}
# The least of so many rounds: other work on the machine only adds.
ROUNDS = 3


def ours(body: bytes, url: str) -> None:
    """Clean one page as the stage does, without making records of it."""
    raw, offsets = decode(body, "utf-8")
    try:
        made = clean_html(raw, offsets, url=url, limits=Limits())
    except PageRefused:
        return
    made.offset_map.pack()
    choose("", made.evidence)


def measure() -> dict[str, dict[str, float]]:
    """Milliseconds of processor time a page, ours and the rival's, by folder; empty without the corpora."""
    found: dict[str, dict[str, float]] = {}
    for folder, step in FOLDERS.items() if DATA.is_dir() else ():
        pages = [(raw, raw.encode("utf-8", "replace"), row.get("url", "")) for row, raw in read(folder, 0)]
        pages = pages[::step]
        spent: dict[str, list[float]] = {"ours": [], "trafilatura fast": []}
        for _ in range(ROUNDS):
            begin = time.process_time()
            for _, body, url in pages:
                ours(body, url)
            between = time.process_time()
            for raw, _, url in pages:
                plain(raw, url)
            spent["ours"].append(between - begin)
            spent["trafilatura fast"].append(time.process_time() - between)
        found[folder] = {name: min(rounds) / len(pages) * 1000 for name, rounds in spent.items()}
        found[folder]["pages"] = len(pages)
    return found


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    print(json.dumps(measure()))
