"""How well documents are gathered into stories: B-cubed F1 on stories/ecbplus and stories/allsides, beside scikit-learn.

    python -m bench.quality.stories [--sweep]

The rival is scikit-learn's TF-IDF (sublinear tf, English stop words, min_df=2), cosine, average linkage, at the cut that
is best on the very part it is scored on; ours runs with the constants as shipped. `--sweep` prints what each constant
of linkage does on the training parts; that is what they were chosen by.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import time
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage
from sklearn.feature_extraction.text import TfidfVectorizer

from bench.quality.measured import SHARED, Measured
from variorum.records import Block, Document, SameStory, Story, Term, empty, from_table, to_table
from variorum.reuse.fingerprints import FINGERPRINTS, SEEDS
from variorum.reuse.passages import PASSAGES
from variorum.settings import Settings
from variorum.stories import linkage as ours
from variorum.stories.candidates import CANDIDATES, TERMS
from variorum.stories.cluster import SAME_STORY, STORIES, clusters, vectors

if TYPE_CHECKING:
    from collections.abc import Sequence

DATA = SHARED / "data/stories"


def load(name: str) -> list[dict[str, Any]]:
    """Records of one part."""
    with gzip.open(DATA / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def bcubed(found: Sequence[object], gold: Sequence[object]) -> tuple[float, float, float]:
    """B-cubed F1, precision, recall (Bagga, Baldwin 1998) of two labellings of the same items."""
    both, left, right = Counter(zip(found, gold, strict=True)), Counter(found), Counter(gold)
    precision = sum(n * n / left[a] for (a, _), n in both.items()) / len(found)
    recall = sum(n * n / right[b] for (_, b), n in both.items()) / len(found)
    return 2 * precision * recall / (precision + recall), precision, recall


def tables(records: Sequence[dict[str, Any]]) -> tuple[dict[str, Any], dict[str, str]]:
    """Documents with their title blocks, and the gold story of each."""
    documents, blocks, gold = [], [], {}
    for record in records:
        title = record["meta"].get("title") or record["text"].split("\n")[0]
        document = Document(page=record["id"], title=title, text=record["text"])
        documents.append(document)
        gold[document.id] = record["meta"]["story"]
        if record["text"].startswith(title):
            blocks.append(Block(doc=document.id, start=0, end=len(title), kind="title"))
    return {"documents": to_table(Document, documents), "blocks": to_table(Block, blocks)}, gold


def rival(records: Sequence[dict[str, Any]], gold: Sequence[str]) -> tuple[float, float, float, float]:
    """scikit-learn's F1, precision, recall at its best cut, and the cut."""
    model = TfidfVectorizer(sublinear_tf=True, stop_words="english", min_df=2)
    rows = model.fit_transform([r["text"] for r in records])
    distance = np.clip(1 - (rows @ rows.T).toarray(), 0, None)
    tree = linkage(distance[np.triu_indices(len(records), 1)], "average")
    cuts = [round(c, 2) for c in np.arange(0.02, 0.6, 0.01)]
    return max((*bcubed(fcluster(tree, 1 - c, "distance").tolist(), gold), c) for c in cuts)


class Score(NamedTuple):
    """Ours and the rival's on one part: F1, precision, recall; the rival's also the cut."""

    documents: int
    wanted: int
    found: int
    seconds: float
    ours: tuple[float, float, float]
    rival: tuple[float, float, float, float]


def score(name: str) -> Score:
    """Ours and the rival's on one part."""
    records = load(name)
    have, gold = tables(records)
    have |= {table: empty(table) for table in ("headers", "statements")}
    start = time.perf_counter()
    for stage in (FINGERPRINTS, SEEDS, PASSAGES, TERMS, CANDIDATES, SAME_STORY, STORIES):
        have |= stage.run(have, Settings())
    spent = time.perf_counter() - start
    story = {doc: s.id for s in from_table(Story, have["stories"]) for doc in s.documents}
    ids = [Document(page=r["id"]).id for r in records]
    return Score(
        documents=len(records),
        wanted=len(set(gold.values())),
        found=len(set(story.values())),
        seconds=spent,
        ours=bcubed([story[i] for i in ids], [gold[i] for i in ids]),
        rival=rival(records, [gold[i] for i in ids]),
    )


def gauge() -> Measured:
    """B-cubed on the dev parts, beside scikit-learn."""
    scores = {name: score(name) for name in ("ecbplus/dev", "allsides/dev")}
    return Measured(
        about="Stories: B-cubed F1 of the clusters with the constants as shipped. scikit-learn is TF-IDF (sublinear tf, "
        "English stop words, `min_df=2`), cosine, average linkage, at the cut that is best on the very part.",
        ours={f"{name} B-cubed F1": s.ours[0] for name, s in scores.items()},
        rivals={"scikit-learn": {f"{name} B-cubed F1": s.rival[0] for name, s in scores.items()}},
        counts={f"{name} documents": s.documents for name, s in scores.items()},
        data=tuple(DATA / f"{name}.jsonl.gz" for name in scores),
    )


def show(name: str, made: Score) -> None:
    """Print one part's scores."""
    print(f"{name}: {made.documents} documents, {made.wanted} stories")
    f1, precision, recall = made.ours
    print(
        f"  variorum      F1 {f1:.3f}  P {precision:.3f}  R {recall:.3f}  ({made.found} stories, {made.seconds:.1f} s)"
    )
    f1, precision, recall, cut = made.rival
    print(f"  scikit-learn  F1 {f1:.3f}  P {precision:.3f}  R {recall:.3f}  (its best cut, {cut})")


def sweep() -> None:
    """Print F1 on the training parts for values of each constant of linkage around the shipped one."""
    for name, most in (("ecbplus/train", None), ("allsides/train", 900)):
        have, gold = tables(load(name)[:most])
        for stage in (TERMS, CANDIDATES, SAME_STORY):
            have |= stage.run(have, Settings())
        by_doc, edges = vectors(from_table(Term, have["terms"])), from_table(SameStory, have["same_story"])
        grid = {
            "CUT": (0.14, 0.16, 0.18, 0.2),
            "ACROSS": (0.7, 0.75, 0.8),
            "NAMES": (0.7, 0.75),
            "LEAST": (3, 4, 5),
        }
        for values in itertools.product(*grid.values()):
            for constant, value in zip(grid, values, strict=True):
                setattr(ours, constant, value)
            found = {
                d: n
                for n, c in enumerate(clusters(list(gold), edges, by_doc, cut=values[0]))
                for d in c.documents
            }
            print(
                name,
                dict(zip(grid, values, strict=True)),
                round(bcubed([found[d] for d in gold], list(gold.values()))[0], 4),
            )


def main() -> None:
    """Score the dev parts, or sweep on the training parts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sweep", action="store_true")
    if parser.parse_args().sweep:
        sweep()
        return
    for name in ("ecbplus/dev", "ecbplus/train", "allsides/dev"):
        show(name, score(name))


if __name__ == "__main__":
    main()
