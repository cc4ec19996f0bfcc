"""The corpora's files beside the checkout (`../shared/data`): gzip JSON Lines with stand-off offsets, train and dev alone."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from training.data.form import Split

if TYPE_CHECKING:
    from collections.abc import Iterator

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
SPLITS: tuple[Split, ...] = get_args(Split)
Record = dict[str, Any]


def records(folder: str, split: Split, *, root: Path = SHARED) -> Iterator[Record]:
    """The records of one split of a corpus.

    Args:
        folder: The corpus's folder below `root`, as `syntax/ewt`.
        split: `train` or `dev`; a corpus without the split has no records.
        root: Where the corpora lie.

    Yields:
        Records as the folder's README says.

    Raises:
        ValueError: For any other split: what is held out is never opened.
        FileNotFoundError: If the corpus is not there.
    """
    if split not in SPLITS:
        raise ValueError(f"only {', '.join(SPLITS)} are read, not {split}")
    if not (root / folder).is_dir():
        raise FileNotFoundError(root / folder)
    path = root / folder / f"{split}.jsonl.gz"
    if path.exists():
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for line in file:
                yield json.loads(line)
