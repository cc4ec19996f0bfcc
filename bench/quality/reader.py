"""The reader as it ships, int8, against what people marked: dependencies, names, coreference, statements, speakers, vectors.

python -m bench.quality.reader [MODEL]    # figures; of another model's folder, if one is given
"""

from __future__ import annotations

import gzip
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import numpy as np
from training.data.corpora import texts
from training.data.licence import why_not
from training.data.plain import as_found
from training.documents import documents
from training.evaluate import figures

from bench.gold import crises
from bench.quality.measured import SHARED, Measured
from variorum.models.decode import read
from variorum.models.sessions import FOLDER, open_model
from variorum.models.vectors import vectors

if TYPE_CHECKING:
    from training.data.form import Text

    from variorum.models.sessions import Model

DATA = SHARED / "data"
# What stands on the corpora's own sentences and words, as parsers are measured everywhere.
OWN = {"ewt": ("las", "upos"), "gum": ("las", "upos")}
# What stands on the sentences and words that the product finds: the figures to believe for pages.
FOUND = {
    "ewt": ("names", "name:person", "name:place", "name:organisation"),
    "gum": (
        "names",
        "mentions",
        "content overlap",
        "content and source",
        "source",
        "cue",
        "coreference exact",
    ),
    "crossner-politics": ("names",),
    "gold": ("names", "content overlap", "content and source", "source", "cue"),
}
BASELINES = {"coreference exact": "coreference exact, same head word"}
# Corpora that tell who is behind a pronoun or a title.
SPEAKERS = ("gum", "gold")
FILES = (
    *(
        DATA / f"{kind}/{corpus}/dev.jsonl.gz"
        for corpus in ("ewt", "gum")
        for kind in ("syntax", "statements")
    ),
    *(DATA / f"entities/{corpus}/dev.jsonl.gz" for corpus in ("gum", "uner-en", "crossner-politics")),
    *(DATA / f"pairs/{name}/dev.jsonl.gz" for name in ("sts-headlines", "mrpc")),
    *(crises.ROOT / crisis for crisis in crises.DEVELOPMENT),
)
ABOUT = (
    "The reader as it ships, int8, on texts that no weight was fitted on. `las`, `upos`: labelled attachment and parts of speech on the "
    "corpus's own sentences and words (punctuation counts, subtypes do not). All else on the sentences and words that the product finds. "
    "`names`: exact spans of persons, places and organisations with kind, F1 (ewt: Universal NER). `mentions`: exact spans, F1. `coreference "
    "exact`: CoNLL F1 on mentions found, chains of two and more; beside it those mentions joined by equal head words. `content "
    "overlap`: statements whose content shares half its words; `content and source`: that and the source; `source`, `cue`: exact spans. "
    "`speakers right`: the name behind a pronoun or a title; beside it the nearest name. Vectors: correlation (Pearson) of products "
    "with how alike people found two headlines; how often a pair that says the same stands above one that does not. GUM without "
    "texts under non-commercial licences."
)


def parts() -> dict[str, list[Text]]:
    """Development texts by corpus without those whose licence binds to non-commercial use.

    Raises:
        FileNotFoundError: If the data is not beside the checkout.
    """
    found: dict[str, list[Text]] = {}
    for text in texts("dev", FOUND):
        if not why_not(text.licence):
            found.setdefault(text.corpus, []).append(text)
    return found


def measure(model: Model, held: list[Text]) -> dict[str, float]:
    """Figures of `training.scores` and `training.speakers` on texts of one corpus, in their sentences and words."""
    read_ = [(d, read(d, model.runner, model.pieces, model.labels)) for d in documents(held, model.labels)]
    return next(iter(figures(read_, model.labels).values()), {})


def likeness(model: Model) -> dict[str, float]:
    """How well products of sentence vectors tell what people judged alike."""
    found = {}
    for name in ("sts-headlines", "mrpc"):
        with gzip.open(DATA / f"pairs/{name}/dev.jsonl.gz", "rt", encoding="utf-8") as lines:
            rows = [msgspec.json.decode(line) for line in lines]
        one, other = (vectors([r[side] for r in rows], model) for side in ("a", "b"))
        products = (one * other).sum(axis=1)
        if name == "mrpc":
            same = np.array([r["label"] == "same" for r in rows])
            above = products[same][:, None] - products[~same][None]
            found["mrpc same above different"] = float((above > 0).mean() + (above == 0).mean() / 2)
        else:
            found["sts-headlines correlation"] = float(
                np.corrcoef(products, [float(r["label"]) for r in rows])[0, 1]
            )
    return found


def gauge(folder: Path = FOLDER) -> Measured:
    """All figures of the issue's table but speed."""
    held, model = parts(), open_model(folder)
    own = {corpus: measure(model, held[corpus]) for corpus in OWN}
    found = {corpus: measure(model, [as_found(t) for t in held[corpus]]) for corpus in FOUND}
    ours = {f"{c} {name}": own[c][name] for c, names in OWN.items() for name in names}
    ours |= {f"{c} {name}": found[c][name] for c, names in FOUND.items() for name in names}
    ours |= {f"{c} speakers right": found[c]["speakers right"] for c in SPEAKERS}
    rivals = {"same head word": {}, "nearest name": {}}
    for corpus, names in FOUND.items():
        rivals["same head word"] |= {
            f"{corpus} {n}": found[corpus][BASELINES[n]] for n in names if n in BASELINES
        }
    for corpus in SPEAKERS:
        rivals["nearest name"][f"{corpus} speakers right"] = found[corpus]["speakers nearest name right"]
    return Measured(
        about=ABOUT,
        ours=ours | likeness(model),
        rivals=rivals,
        counts={
            **{f"{corpus} texts": len(group) for corpus, group in held.items()},
            **{f"{corpus} speakers asked": int(found[corpus]["speakers asked"]) for corpus in SPEAKERS},
        },
        data=FILES,
    )


def main() -> None:
    """Print the figures."""
    made = gauge(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
    for name, value in made.ours.items():
        beside = "".join(f"  {rival} {of[name]:.3f}" for rival, of in made.rivals.items() if name in of)
        print(f"{name:36} {value:.3f}{beside}")
    print(made.counts)


if __name__ == "__main__":
    main()
