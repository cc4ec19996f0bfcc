"""Builds `src/variorum/stories/data/background.txt.gz`: in how many documents of open news text each word stands.

    python resources/background/build.py ../shared/data

Facts only, no sentence. From corpora whose licence allows commercial use: AllSides roundups, train (MIT), English Web Treebank, train
(CC BY-SA 4.0), MEANTIME (CC BY 4.0), re3d without its BBC part (OGL and others), GUM train without texts under NC (CC
BY). ECB+ is left out, so that what is swept and measured on it is not measured on its own frequencies.
"""

from __future__ import annotations

import argparse
import gzip
import io
import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from variorum.text.normalise import words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TARGET = Path(__file__).parents[2] / "src/variorum/stories/data/background.txt.gz"
# Words in fewer documents than this say no more than "rare", which is what an unlisted word is taken for.
LEAST = 2
MOST_WORDS = 30_000


def _any(record: dict[str, Any]) -> bool:  # noqa: ARG001 - one of the filters
    return True


def _not_bbc(record: dict[str, Any]) -> bool:
    return "bbc" not in json.dumps(record["meta"]).lower()


def _not_nc(record: dict[str, Any]) -> bool:
    return "NC" not in json.dumps(record["meta"].get("licence", "NC"))


CORPORA: tuple[tuple[str, Callable[[dict[str, Any]], bool]], ...] = (
    ("stories/allsides/train.jsonl.gz", _any),
    ("syntax/ewt/train.jsonl.gz", _any),
    ("events/meantime-en/train.jsonl.gz", _any),
    ("events/meantime-en/dev.jsonl.gz", _any),
    ("entities/re3d/train.jsonl.gz", _not_bbc),
    ("syntax/gum/train.jsonl.gz", _not_nc),
)


def texts(root: Path) -> Iterator[str]:
    """Texts of all corpora whose licence fits."""
    for name, keep in CORPORA:
        with gzip.open(root / name, "rt", encoding="utf-8") as lines:
            yield from (record["text"] for record in map(json.loads, lines) if keep(record))


def main() -> None:
    """Count, and write the list with its header."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="the folder shared/data")
    root = parser.parse_args().data
    counts: Counter[str] = Counter()
    total = 0
    for text in texts(root):
        total += 1
        counts.update({w.text for w in words(text)})
    common = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:MOST_WORDS]
    lines = [
        "# Document frequencies of words; built by resources/background/build.py, which names the corpora.",
        f"documents {total}",
        *(f"{word} {count}" for word, count in common if count >= LEAST),
    ]
    raw = io.BytesIO()
    with gzip.GzipFile(fileobj=raw, mode="wb", mtime=0, compresslevel=9) as packed:
        packed.write(("\n".join(lines) + "\n").encode())
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_bytes(raw.getvalue())


if __name__ == "__main__":
    main()
