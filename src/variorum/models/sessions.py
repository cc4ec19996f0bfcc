"""The files of the reader, opened by onnxruntime: one thread, on the processor, each graph when it is first needed.

One thread, so that equal input gives equal output and many processes share a machine; a build spreads documents over processes.
"""

from __future__ import annotations

import functools
import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from variorum.errors import InputError
from variorum.models.labels import Labels
from variorum.models.pieces import Pieces

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float32]

FOLDER = Path(__file__).parent / "data"
FILES: tuple[str, ...] = (
    "labels.json", "pairs.onnx", "reader.onnx", "relations.onnx", "table.onnx", "tokenizer.json", "vectors.onnx",
)  # fmt: skip
SUMS = "SHA256SUMS"
_AGAIN = "install variorum again"
# Outputs whose names in the graph are longer, as an input is called `first` too.
_SUFFIX = "_scores"
_ERRORS_ALONE = 3


class Sessions:
    """Runs the graphs of a folder: `variorum.models.decode.Runner`, and sentence vectors.

    Args:
        folder: Where the graphs lie.
        threads: Threads that one run may use.
    """

    def __init__(self, folder: Path = FOLDER, threads: int = 1) -> None:
        self.folder, self.threads = folder, threads
        self._open: dict[str, Any] = {}

    def _run(self, graph: str, given: dict[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
        if graph not in self._open:
            session = _session(self.folder / f"{graph}.onnx", self.threads)
            self._open[graph] = session, [o.name for o in session.get_outputs()]
        session, names = self._open[graph]
        return dict(zip(names, session.run(names, given), strict=True))

    def read(self, inputs: dict[str, Ints]) -> dict[str, Floats]:
        """See `variorum.models.decode.Runner`."""
        given: dict[str, NDArray[Any]] = {n: inputs[n] for n in ("shapes", "mask", "first")}
        found = self._run("reader", given | {"embedded": self.rows(inputs["ids"])})
        return {name.removesuffix(_SUFFIX): values for name, values in found.items()}

    def rows(self, ids: Ints) -> Floats:
        """Piece ids [B, L] to their rows of the table of embeddings [B, L, 384]."""
        return self._run("table", {"ids": ids})["embedded"]

    def relations(self, dependent: Floats, governor: Floats) -> Floats:
        """See `variorum.models.decode.Runner`."""
        return self._run("relations", {"dependent": dependent, "governor": governor})["labels"]

    def pairs(self, states: Floats, left: Ints, right: Ints, rows: Ints) -> Floats:
        """See `variorum.models.decode.Runner`."""
        return self._run("pairs", {"states": states, "left": left, "right": right, "rows": rows})["scores"]

    def vectors(self, ids: Ints, mask: Ints) -> Floats:
        """Piece ids [B, L] and 1 where a piece stands to sentence vectors [B, 384] of length 1."""
        return self._run("vectors", {"mask": mask, "embedded": self.rows(ids)})["vectors"]


def _session(path: Path, threads: int) -> Any:
    # Before the import, or the runtime writes an id of the machine to the home folder and a file of what it means to send (law 8:
    # nothing is opened). Read once, when it is loaded; tests/test_offline.py watches.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    # For commands that read nothing: the import alone takes as long as their start.
    import onnxruntime  # noqa: PLC0415

    if not path.is_file():
        raise InputError(f"the reader's {path.name} is not in {path.parent}", _AGAIN)
    onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
    options.log_severity_level = _ERRORS_ALONE
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


class Model(msgspec.Struct, frozen=True):
    """A reader's files, ready to read: its graphs, its pieces and what its classes mean."""

    runner: Sessions
    pieces: Pieces
    labels: Labels


def open_model(folder: Path = FOLDER, threads: int = 1) -> Model:
    """Open the files of a reader.

    Args:
        folder: Where they lie; the package's own if none is given.
        threads: Threads that one run may use.

    Raises:
        InputError: If a file is missing.
    """
    for name in FILES:
        if not (folder / name).is_file():
            raise InputError(f"the reader's {name} is not in {folder}", _AGAIN)
    labels = msgspec.json.decode((folder / "labels.json").read_bytes(), type=Labels)
    return Model(Sessions(folder, threads), Pieces(folder / "tokenizer.json"), labels)


@functools.cache
def shipped() -> Model:
    """The model inside the package, opened once in a process."""
    return open_model()


@functools.cache
def digests() -> tuple[tuple[str, str], ...]:
    """(file name, SHA-256) of every file of the shipped model; goes into the ledger key of the stages that read with it.

    Raises:
        InputError: If a file is missing or is not the one that was shipped.
    """
    for name in (*FILES, SUMS):
        if not (FOLDER / name).is_file():
            raise InputError(f"the reader's {name} is not in {FOLDER}", _AGAIN)
    told = dict(line.split()[::-1] for line in (FOLDER / SUMS).read_text("utf-8").splitlines())
    found = []
    for name in FILES:
        digest = hashlib.sha256((FOLDER / name).read_bytes()).hexdigest()
        if digest != told.get(name):
            raise InputError(f"the reader's {name} in {FOLDER} is damaged", _AGAIN)
        found.append((name, digest))
    return tuple(found)


def write_sums(folder: Path) -> None:
    """Write the digests of a reader's files beside them, as `sha256sum` does."""
    lines = (f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in FILES)
    (folder / SUMS).write_text("".join(lines), "utf-8")
