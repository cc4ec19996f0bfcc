"""The reader: one encoder, one pass, several heads.

`Reader.forward` reads windows and gives, for each word, scores of classes, tags and pointers, and states for what is scored
in pairs afterwards: labels of arcs (`Relations`) and antecedents (`training.coreference.Scorer`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn

from training.encoder import WIDTH, Dropout, Encoder

if TYPE_CHECKING:
    from variorum.models.labels import Labels

# Arcs as in Dozat and Manning (2017), at half their size: the encoder is a quarter as wide as what they read.
ARC_WIDTH = 256
# Other pointers choose among few words.
POINTER_WIDTH = 64
LABEL_WIDTH = 96
TAG_WIDTH = 256
STATE_WIDTH = 128
DROPOUT = 0.2
# What the graph gives, in this order.
OUTPUTS: tuple[str, ...] = (
    "upos", "lemma", "tags", "mention", "manner", "arc", "first", "last", "cue", "source", "dependent", "governor", "state",
)  # fmt: skip
WIDTHS = {
    "arc": ARC_WIDTH,
    "first": POINTER_WIDTH,
    "last": POINTER_WIDTH,
    "cue": POINTER_WIDTH,
    "source": POINTER_WIDTH,
}


class Pointer(nn.Module):
    """Scores, for each word, each word as what it points to; place 0 is nothing."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.both = nn.Linear(WIDTH, 2 * width)
        self.nothing = nn.Parameter(torch.zeros(width))
        self.bilinear = nn.Linear(width, width)
        self.prior = nn.Linear(width, 1)
        self.dropout = Dropout(DROPOUT)
        self.width = width
        nn.init.normal_(self.nothing, std=0.1)

    def forward(self, words: Tensor) -> Tensor:
        """States of words [B, N, WIDTH] to scores [B, N, 1 + N]."""
        both = self.dropout(nn.functional.relu(self.both(words)))
        here, there = both[..., : self.width], both[..., self.width :]
        nothing = self.nothing.expand(words.shape[0], 1, self.width)
        there = torch.cat([nothing, there], dim=1)
        prior = self.prior(there).transpose(1, 2)
        return self.bilinear(here) @ there.transpose(1, 2) + prior  # type: ignore[no-any-return]


class Relations(nn.Module):
    """Scores the labels of arcs that are already chosen."""

    def __init__(self, labels: int) -> None:
        super().__init__()
        self.labels = labels
        self.bilinear = nn.Linear(LABEL_WIDTH, labels * LABEL_WIDTH)
        self.dependent = nn.Linear(LABEL_WIDTH, labels)
        self.governor = nn.Linear(LABEL_WIDTH, labels, bias=False)

    def forward(self, dependent: Tensor, governor: Tensor) -> Tensor:
        """States of dependents and of their governors [P, LABEL_WIDTH] to scores [P, labels]."""
        crossed = self.bilinear(dependent).view(-1, self.labels, LABEL_WIDTH)
        joint = (crossed @ governor.unsqueeze(-1)).squeeze(-1)
        return joint + self.dependent(dependent) + self.governor(governor)  # type: ignore[no-any-return]


class Reader(nn.Module):
    """Encoder and heads."""

    def __init__(self, labels: Labels, encoder: Encoder | None = None) -> None:
        super().__init__()
        self.encoder = encoder or Encoder()
        self.dropout = Dropout(DROPOUT)
        self.upos = nn.Linear(WIDTH, len(labels.upos))
        self.lemma = nn.Linear(WIDTH, len(labels.scripts))
        self.tags = nn.Sequential(
            nn.Linear(WIDTH, TAG_WIDTH),
            nn.GELU(),
            Dropout(DROPOUT),
            nn.Linear(TAG_WIDTH, 3 * len(labels.tags)),
        )
        self.mention = nn.Linear(WIDTH, len(labels.mentions))
        # Of cues: not said; thought rather than said.
        self.manner = nn.Linear(WIDTH, 2)
        self.pointers = nn.ModuleDict({name: Pointer(width) for name, width in WIDTHS.items()})
        self.ends = nn.Linear(WIDTH, 2 * LABEL_WIDTH)
        self.root = nn.Parameter(torch.zeros(LABEL_WIDTH))
        self.state = nn.Linear(WIDTH, STATE_WIDTH)
        self.relations = Relations(len(labels.deprels))
        self.tag_count = len(labels.tags)

    def forward(self, ids: Tensor, shapes: Tensor, mask: Tensor, first: Tensor) -> dict[str, Tensor]:
        """Read windows.

        Args:
            ids: Piece ids [B, L].
            shapes: Shapes of words on their first pieces [B, L].
            mask: 1 where a piece stands [B, L].
            first: The place of each word's first piece [B, N]; 0 on padding.

        Returns:
            By name (`OUTPUTS`): classes [B, N, C]; `tags` [B, N, T, 3]; pointers [B, N, 1 + N]; states [B, N, D], those of
            `governor` with the root before them [B, 1 + N, D].
        """
        return self.from_rows(self.encoder.rows(ids), shapes, mask, first)

    def from_rows(self, rows: Tensor, shapes: Tensor, mask: Tensor, first: Tensor) -> dict[str, Tensor]:
        """As `forward`, from rows of the table of embeddings [B, L, WIDTH]."""
        pieces = self.encoder.states(rows, shapes, mask)
        words = torch.gather(pieces, 1, first.unsqueeze(-1).expand(-1, -1, WIDTH))
        words = self.dropout(words)
        tags = self.tags(words).view(first.shape[0], first.shape[1], self.tag_count, 3)
        ends = nn.functional.relu(self.ends(words))
        root = self.root.expand(first.shape[0], 1, LABEL_WIDTH)
        out = {
            "upos": self.upos(words),
            "lemma": self.lemma(words),
            "tags": tags,
            "mention": self.mention(words),
            "manner": self.manner(words),
            "dependent": self.dropout(ends[..., :LABEL_WIDTH]),
            "governor": torch.cat([root, self.dropout(ends[..., LABEL_WIDTH:])], dim=1),
            "state": self.state(words),
        }
        return out | {name: pointer(words) for name, pointer in self.pointers.items()}
