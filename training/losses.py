"""What the model is asked for, layer by layer: losses over a batch, nothing counted where nobody said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor, nn

from training.coreference import antecedent_loss
from training.documents import MISSING
from variorum.models.pairs import mentions, pairs

if TYPE_CHECKING:
    from training.coreference import Scorer
    from training.model import Reader
    from training.windows import Batch, Lesson

# Weights of the layers; each loss is a mean over what is marked. Set by judgement, not swept: dependencies and names are
# what most depends on; the many classes of lemmas and the rare pointers would else outweigh them.
WEIGHTS: dict[str, float] = {
    "upos": 0.5, "lemma": 0.3, "arc": 1.0, "deprel": 0.7, "tags": 6.0, "mention": 0.7, "first": 0.3, "last": 0.3, "cue": 0.5,
    "source": 0.5, "negated": 0.1, "thought": 0.1, "chains": 0.7,
}  # fmt: skip
# Spans are rare: about one word in eight is in one; without this the first steps learn "outside" alone.
TAG_WEIGHTS = (1.0, 3.0, 2.0)
FAR = -1e4


def _classes(scores: Tensor, wanted: np.ndarray) -> Tensor | None:
    """Mean cross-entropy; None where nothing is marked."""
    if not (wanted != MISSING).any():
        return None
    flat = scores.float().reshape(-1, scores.shape[-1])
    return nn.functional.cross_entropy(flat, torch.as_tensor(wanted).reshape(-1), ignore_index=MISSING)


def masks(batch: Batch) -> tuple[np.ndarray, np.ndarray]:
    """Where a pointer may point, [B, N, 1 + N]: within the window, and within the sentence (for arcs and mentions)."""
    word, sentence = batch.inputs["word"] > 0, batch.inputs["sentence"]
    window = np.broadcast_to(word[:, None, :], (*word.shape, word.shape[1]))
    same = window & (sentence[:, :, None] == sentence[:, None, :])
    nothing = np.ones((*word.shape, 1), dtype=bool)
    return np.concatenate([nothing, window], 2), np.concatenate([nothing, same], 2)


def _pointers(out: dict[str, Tensor], batch: Batch) -> dict[str, Tensor | None]:
    window, same = masks(batch)
    found = {}
    for name, mask in (("arc", same), ("first", same), ("last", same), ("cue", window), ("source", window)):
        wanted = batch.labels[name]
        # What the mask forbids (a governor over a cut sentence's border) cannot be learned.
        reachable = np.take_along_axis(mask, np.maximum(wanted, 0)[..., None], 2)[..., 0]
        wanted = np.where(reachable, wanted, MISSING)
        found[name] = _classes(out[name].masked_fill(~torch.as_tensor(mask), FAR), wanted)
    return found


def _relations(model: Reader, out: dict[str, Tensor], batch: Batch) -> Tensor | None:
    arc, deprel = batch.labels["arc"], batch.labels["deprel"]
    rows, words = np.nonzero((arc != MISSING) & (deprel != MISSING))
    if not len(rows):
        return None
    scores = model.relations(out["dependent"][rows, words], out["governor"][rows, arc[rows, words]])
    return _classes(scores, deprel[rows, words])


def _tags(scores: Tensor, wanted: np.ndarray) -> Tensor | None:
    if not (wanted != MISSING).any():
        return None
    weights = torch.tensor(TAG_WEIGHTS)
    flat, aims = scores.float().reshape(-1, 3), torch.as_tensor(wanted).reshape(-1)
    return nn.functional.cross_entropy(flat, aims, weight=weights, ignore_index=MISSING)


def _chains(scorer: Scorer, states: Tensor, windows: list[Lesson]) -> Tensor | None:
    """The loss of antecedents, document by document; neighbouring windows of a document are one stretch."""
    losses = []
    for group in _groups(windows):
        rows, chains, sentence, held = [], [], [], []
        words: list[str] = []
        for n in group:
            window, shift = windows[n], len(words)
            rows.append(window.mentions[:, :3] + shift)
            chains.append(window.mentions[:, 3])
            held.append(states[n, : len(window.words)])
            words += window.words
            sentence.append(window.sentence)
        places, chain = np.concatenate(rows), np.concatenate(chains)
        if len(places) < 2 or (chain < 0).all():
            continue
        kinds = np.concatenate([windows[n].labels["mention"][windows[n].mentions[:, 0]] for n in group])
        # A kind that nobody tells is to pairs as none of ours, which agrees with all.
        kinds = np.where(kinds == MISSING, 1, kinds)
        found = pairs(mentions(words, np.concatenate(sentence), places, kinds))
        flat = torch.cat(held)[places.reshape(-1)].reshape(len(places), -1)
        scores = scorer(
            flat, torch.as_tensor(found.left), torch.as_tensor(found.right), torch.as_tensor(found.rows)
        )
        losses.append(antecedent_loss(scores, found.left, found.right, chain))
    return torch.stack(losses).mean() if losses else None


def _groups(windows: list[Lesson]) -> list[list[int]]:
    """Windows of one document that has chains, together and in order."""
    found: dict[str, list[int]] = {}
    for n, window in enumerate(windows):
        text = window.document.text
        if "chains" in text.layers and "chains" not in text.partial:
            found.setdefault(f"{text.corpus} {text.id}", []).append(n)
    return [_once(sorted(group, key=lambda n: windows[n].a), windows) for group in found.values()]


def _once(group: list[int], windows: list[Lesson]) -> list[int]:
    """Of windows in order those that lie behind one another: a batch may hold a stretch of a small corpus twice."""
    kept: list[int] = []
    for n in group:
        if not kept or windows[n].a >= windows[kept[-1]].b:
            kept.append(n)
    return kept


def losses(model: Reader, scorer: Scorer, batch: Batch) -> dict[str, Tensor]:
    """The losses of a batch by layer, unweighted; layers that nobody marked in it are missing."""
    inputs = {k: torch.as_tensor(batch.inputs[k]) for k in ("ids", "shapes", "mask", "first")}
    out = model(**inputs)
    found: dict[str, Tensor | None] = {
        name: _classes(out[name], batch.labels[name]) for name in ("upos", "lemma", "mention")
    }
    found |= _pointers(out, batch)
    found["deprel"] = _relations(model, out, batch)
    found["tags"] = _tags(out["tags"], batch.tags)
    for n, name in enumerate(("negated", "thought")):
        wanted = batch.labels[name]
        signs = torch.stack([-out["manner"][..., n], out["manner"][..., n]], -1)
        found[name] = _classes(signs, wanted)
    found["chains"] = _chains(scorer, out["state"], batch.windows)
    return {name: loss for name, loss in found.items() if loss is not None}


def total(found: dict[str, Tensor]) -> Tensor:
    """The weighted sum."""
    return torch.stack([WEIGHTS[name] * loss for name, loss in found.items()]).sum()
