"""Running the trained modules on arrays: the `Runner` of torch, and weights on disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import torch
from safetensors.torch import load_file, save_file

from training.coreference import Scorer
from training.model import Reader
from variorum.models.labels import Labels

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float32]


class TorchRunner:
    """Reads with torch; the modules must be in evaluation mode."""

    def __init__(self, reader: Reader, scorer: Scorer) -> None:
        self.reader, self.scorer = reader, scorer

    @torch.inference_mode()
    def read(self, inputs: dict[str, Ints]) -> dict[str, Floats]:
        """See `variorum.models.decode.Runner`."""
        out = self.reader(**{k: torch.from_numpy(v) for k, v in inputs.items()})
        return {k: v.float().numpy() for k, v in out.items()}

    @torch.inference_mode()
    def relations(self, dependent: Floats, governor: Floats) -> Floats:
        """See `variorum.models.decode.Runner`."""
        found: Floats = self.reader.relations(torch.from_numpy(dependent), torch.from_numpy(governor)).numpy()
        return found

    @torch.inference_mode()
    def pairs(self, states: Floats, left: Ints, right: Ints, rows: Ints) -> Floats:
        """See `variorum.models.decode.Runner`."""
        given = (torch.from_numpy(v) for v in (states, left, right, rows))
        found: Floats = self.scorer(*given).numpy()
        return found


def save(folder: Path, reader: Reader, scorer: Scorer, labels: Labels) -> None:
    """Write `weights.safetensors` and `labels.json`; the weights come whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    held = {f"reader.{k}": v.contiguous() for k, v in reader.state_dict().items()}
    held |= {f"scorer.{k}": v.contiguous() for k, v in scorer.state_dict().items()}
    (folder / "labels.json").write_bytes(msgspec.json.format(msgspec.json.encode(labels), indent=1))
    save_file(held, folder / "weights.part")
    (folder / "weights.part").replace(folder / "weights.safetensors")


def load(folder: Path) -> tuple[Reader, Scorer, Labels]:
    """The modules of a folder, in evaluation mode.

    Raises:
        FileNotFoundError: If the folder holds no weights.
    """
    labels = msgspec.json.decode((folder / "labels.json").read_bytes(), type=Labels)
    held = load_file(folder / "weights.safetensors")
    reader, scorer = Reader(labels), Scorer()
    for module, name in ((reader, "reader."), (scorer, "scorer.")):
        module.load_state_dict({k.removeprefix(name): v for k, v in held.items() if k.startswith(name)})
    return reader.eval(), scorer.eval(), labels
