"""How well copied passages are found: planted copies in real news text, and strangers that share none.

    python -m bench.quality.reuse [--sweep]

Planted: runs of 8 to 80 words of one page of stories/ecbplus (dev; train with --sweep) are set into a page of another
topic, every nth word inserted, dropped or changed; scored by words on both sides (F1). Strangers: pages of different
topics; whatever is found between them is chance, and said to be a copy or not. Levels: whether the share of text in
passages orders the four degrees of copying of text_reuse/short-answers as its authors do (Spearman's rank correlation).
Rival: difflib's matching blocks of 8 words or more.
"""

from __future__ import annotations

import argparse
import difflib
import gzip
import itertools
import json
import random
import statistics
from typing import TYPE_CHECKING, Any

from scipy.stats import spearmanr

from bench.quality.measured import SHARED, Measured
from variorum.records import Document, Passage, empty, from_table, to_table
from variorum.reuse import align as ours
from variorum.reuse.fingerprints import FINGERPRINTS, SEEDS
from variorum.reuse.passages import PASSAGES
from variorum.settings import Settings
from variorum.text.normalise import words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

DATA = SHARED / "data"
# Words between two edits of a planted run; 0 for none.
EVERY = (0, 15, 7, 5, 4)
LEVELS = {"cut": 3, "light": 2, "heavy": 1, "non": 0}

Ranges = list[tuple[int, int, int, int]]


def load(name: str) -> list[dict[str, Any]]:
    """Records of one part."""
    with gzip.open(DATA / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def folded(text: str) -> list[str]:
    """Words as they are compared."""
    return [w.text for w in words(text)]


def edited(run: Sequence[str], every: int, rng: random.Random) -> list[str]:
    """The run with an edit after every so many words, never at its ends."""
    made = list(run)
    for at in reversed(range(every, len(run) - 2, every)) if every else ():
        kind = rng.choice(("insert", "drop", "change"))
        made[at : at + (kind != "insert")] = [] if kind == "drop" else [f"edit{rng.randrange(10**6)}"]
    return made


def planted(
    records: Sequence[dict[str, Any]], every: int, rng: random.Random
) -> tuple[list[str], list[str], set[int], set[int]]:
    """Two pages of different topics, the right one with runs of the left, and the places of these on both sides."""
    one, two = rng.sample(list(records), 2)
    while one["meta"]["topic"] == two["meta"]["topic"]:
        one, two = rng.sample(list(records), 2)
    left, right = folded(one["text"]), folded(two["text"])
    gold_left: set[int] = set()
    made, gold_right, at = [], set(), 0
    starts = list(range(0, max(len(left) - 80, 1), 100))
    rng.shuffle(starts)
    for start in starts[:3]:
        length = rng.randint(8, 80)
        run = left[start : start + length]
        cut = min(len(right), at + rng.randint(15, 60))
        made += right[at:cut]
        at = cut
        copy = edited(run, every, rng)
        gold_left |= set(range(start, start + len(run)))
        gold_right |= set(range(len(made), len(made) + len(copy)))
        made += copy
    return left, made + right[at:], gold_left, gold_right


def by_align(left: Sequence[str], right: Sequence[str]) -> Ranges:
    """Ours."""
    return [(m.left, m.left_end, m.right, m.right_end) for m in ours.align(left, right)]


def by_difflib(left: Sequence[str], right: Sequence[str]) -> Ranges:
    """The rival."""
    blocks = difflib.SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks()
    return [(b.a, b.a + b.size, b.b, b.b + b.size) for b in blocks if b.size >= ours.SHARED]


def planted_f1(
    records: Sequence[dict[str, Any]], find: Callable[..., Ranges], every: int, count: int = 60
) -> float:
    """Word-level F1 over both sides of many planted pairs."""
    rng = random.Random(every)
    hit = found = gold = 0
    for _ in range(count):
        left, right, gold_left, gold_right = planted(records, every, rng)
        ranges = find(left, right)
        for wanted, got in (
            (gold_left, {i for a, b, _, _ in ranges for i in range(a, b)}),
            (gold_right, {i for _, _, a, b in ranges for i in range(a, b)}),
        ):
            hit, found, gold = hit + len(wanted & got), found + len(got), gold + len(wanted)
    return 2 * hit / (found + gold)


def strangers(records: Sequence[dict[str, Any]]) -> tuple[int, int, int]:
    """Pairs of pages of different topics, and how many passages of kind copy and of other kinds lie between them."""
    documents = [Document(page=r["id"], text=r["text"]) for r in records]
    topic = {d.id: r["meta"]["topic"] for d, r in zip(documents, records, strict=True)}
    have = {"documents": to_table(Document, documents)}
    have |= {name: empty(name) for name in ("blocks", "headers", "statements")}
    for stage in (FINGERPRINTS, SEEDS, PASSAGES):
        have |= stage.run(have, Settings())
    between = [p for p in from_table(Passage, have["passages"]) if topic[p.left.doc] != topic[p.right.doc]]
    pairs = sum(topic[a.id] != topic[b.id] for a, b in itertools.combinations(documents, 2))
    copies = sum(p.kind == "copy" for p in between)
    return pairs, copies, len(between) - copies


def levels() -> float:
    """Spearman's rank correlation of copied share and level of copying."""
    records = load("text_reuse/short-answers/dev")
    sources = {r["id"]: folded(r["text"]) for r in records if r["meta"]["level"] == "orig"}
    rows = []
    for record in records:
        if record["meta"]["level"] in LEVELS:
            text = folded(record["text"])
            copied = sum(m.left_end - m.left for m in ours.align(text, sources[record["meta"]["source"]]))
            rows.append((copied / len(text), LEVELS[record["meta"]["level"]]))
    return float(spearmanr(*zip(*rows, strict=True)).statistic)


def gauge() -> Measured:
    """Planted copies, chance and levels of copying, beside difflib."""
    records = load("stories/ecbplus/dev")
    pairs, copies, others = strangers(records)
    names = {
        every: f"planted copies, {f'edits {every} words apart' if every else 'unchanged'}, F1"
        for every in EVERY
    }
    return Measured(
        about="Copies: runs of 8 to 80 words set into a page of another topic, word F1 on both sides; pages of different "
        "topics, between which any copy is chance; rank correlation (Spearman) with four degrees of copying. difflib's "
        "blocks of 8 equal words or more stand beside.",
        ours={
            **{names[every]: planted_f1(records, by_align, every) for every in EVERY},
            "pairs of strangers without a copy": 1 - copies / pairs,
            "degrees of copying, rank correlation": levels(),
        },
        rivals={"difflib": {names[every]: planted_f1(records, by_difflib, every) for every in EVERY}},
        aside={"passages of other kinds between strangers": others},
        counts={"documents": len(records), "pairs of strangers": pairs},
        data=(DATA / "stories/ecbplus/dev.jsonl.gz", DATA / "text_reuse/short-answers/dev.jsonl.gz"),
    )


def sweep() -> None:
    """Print planted F1 and chance copies on the training part for values of each constant of alignment."""
    records = load("stories/ecbplus/train")
    for name, values in (("RUN", (4, 5, 6)), ("GAP", (4, 6, 8, 12)), ("SAME", (0.5, 0.6, 0.7, 0.8, 0.9))):
        shipped = getattr(ours, name)
        for value in values:
            setattr(ours, name, value)
            scores = [planted_f1(records, by_align, every) for every in EVERY]
            print(
                name,
                value,
                [round(s, 3) for s in scores],
                round(statistics.mean(scores), 4),
                strangers(records)[1:],
            )
        setattr(ours, name, shipped)


def main() -> None:
    """Score on dev, or sweep on train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sweep", action="store_true")
    if parser.parse_args().sweep:
        sweep()
        return
    records = load("stories/ecbplus/dev")
    print("planted copies, words between edits:", EVERY)
    for name, find in (("variorum", by_align), ("difflib", by_difflib)):
        print(f"  {name:9} F1", [round(planted_f1(records, find, every), 3) for every in EVERY])
    pairs, copies, others = strangers(records)
    print(
        f"strangers: {pairs} pairs of pages of different topics: {copies} passages called copies, {others} of other kinds"
    )
    print(f"levels of copying: rank correlation {levels():.3f}")


if __name__ == "__main__":
    main()
