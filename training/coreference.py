"""Antecedents: scores of pairs of mentions, and their loss."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn

from training.model import STATE_WIDTH
from variorum.models.pairs import ROWS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

HIDDEN = 64
DROPOUT = 0.2


class Scorer(nn.Module):
    """Scores each pair of mentions; a mention without an antecedent scores 0."""

    def __init__(self) -> None:
        super().__init__()
        # A mention is its head and both its ends.
        self.mention = nn.Linear(3 * STATE_WIDTH, STATE_WIDTH)
        self.left = nn.Linear(STATE_WIDTH, HIDDEN)
        self.right = nn.Linear(STATE_WIDTH, HIDDEN)
        self.crossed = nn.Linear(STATE_WIDTH, HIDDEN)
        self.features = nn.Embedding(ROWS, HIDDEN)
        self.score = nn.Linear(HIDDEN, 1)
        self.dropout = nn.Dropout(DROPOUT)

    def forward(self, states: Tensor, left: Tensor, right: Tensor, rows: Tensor) -> Tensor:
        """Score pairs.

        Args:
            states: States of head, first and last word of each mention, joined [M, 3 * STATE_WIDTH].
            left: The earlier mention of each pair [P].
            right: The later one [P].
            rows: Rows of the features [P, F].

        Returns:
            Scores [P]; above 0 is likelier the same than new.
        """
        held = self.dropout(torch.tanh(self.mention(states)))
        a, b = held[left], held[right]
        known = self.features(rows).sum(1)
        hidden = torch.relu(self.left(held)[left] + self.right(held)[right] + self.crossed(a * b) + known)
        return self.score(self.dropout(hidden)).squeeze(-1)  # type: ignore[no-any-return]


def antecedent_loss(
    scores: Tensor, left: NDArray[np.int64], right: NDArray[np.int64], chains: NDArray[np.int64]
) -> Tensor:
    """Marginal likelihood of the right antecedents (Lee et al. 2017), "none" among the candidates; a mean over mentions.

    Args:
        scores: Scores of pairs [P].
        left: The earlier mention of each pair.
        right: The later one, ascending.
        chains: Chain of each mention, -1 where it stands alone.
    """
    count = len(chains)
    places = torch.as_tensor(right)
    same = torch.as_tensor((chains[left] == chains[right]) & (chains[right] >= 0))
    ends = torch.zeros(count)
    # Sums over each mention's candidates, "none" with score 0; shifted by the highest against overflow.
    top = ends.clone().scatter_reduce(0, places, scores.detach().float(), "amax")
    shifted = (scores.float() - top[places]).exp()
    whole = (-top).exp().scatter_add(0, places, shifted)
    good = ends.clone().scatter_add(0, places, shifted * same)
    # Right is "none" where no candidate is of the chain.
    alone = ends.clone().scatter_add(0, places, same.float()) == 0
    good = good + (-top).exp() * alone
    return -(good / whole).clamp_min(1e-9).log().mean()
