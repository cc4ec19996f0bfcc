"""Names and who `he` and `she` are, scored on open corpora.

Run: `python -m bench.quality.mentions` (names: span F1 by kind, exact spans) or
`python -m bench.quality.mentions pronouns` (share of he and she of GUM's dev part that are linked, and rightly).
`python -m bench.quality.mentions names uner-en dev errors` prints what was wrong.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import Counter

from bench.quality.measured import SHARED, Measured
from variorum.records import Block, Chain, Document, Mention, by, from_table, to_table
from variorum.settings import Settings
from variorum.tag import mentions, reading, sentences
from variorum.text import lexicon

KINDS = {
    "uner-en": {"PER": "person", "ORG": "organisation", "LOC": "place"},
    "wikigold": {"PER": "person", "ORG": "organisation", "LOC": "place"},
    "crossner-politics": {
        "person": "person",
        "politician": "person",
        "organisation": "organisation",
        "politicalparty": "organisation",
        "country": "place",
        "location": "place",
    },
    "re3d": {"Person": "person", "Organisation": "organisation", "Location": "place"},
}
# Parts that the reader was not trained on stand first.
PARTS = (
    ("uner-en", "dev"),
    ("crossner-politics", "dev"),
    ("re3d", "dev"),
    ("uner-en", "train"),
    ("wikigold", "train"),
)
Name = tuple[int, int, str]


def rows(corpus: str, part: str) -> list[dict]:
    with gzip.open(SHARED / "data/entities" / corpus / f"{part}.jsonl.gz", "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def blocks_of(doc: Document, sentences: list[list[int]] | None) -> list[Block]:
    """One block a line; where the corpus gives sentences (it has lost the lines), one a sentence."""
    spans, at = sentences or [], 0
    for line in [] if sentences else doc.text.split("\n"):
        spans = [*spans, [at, at + len(line)]] if line.strip() else spans
        at += len(line) + 1
    return [Block(doc=doc.id, start=a, end=b, kind="paragraph") for a, b in spans]


def tagged(row: dict) -> tuple[list[Mention], dict[str, Chain]]:
    doc = Document(page=row["id"], text=row["text"], language="en")
    tables = {
        "documents": to_table(Document, [doc]),
        "blocks": to_table(Block, blocks_of(doc, row.get("sentences"))),
    }
    for stage in (sentences.STAGE, reading.STAGE, mentions.STAGE):
        tables |= stage.run(tables, Settings())
    chains = {c.id: c for c in from_table(Chain, tables["chains"])}
    return from_table(Mention, tables["mentions"]), chains


def names(row: dict) -> set[Name]:
    """Heads of mentions that are names: those that stand among their chain's names and have a capital."""
    found = set()
    mentioned, chains = tagged(row)
    for m in mentioned:
        text = row["text"][m.head.start : m.head.end]
        chain = chains.get(m.chain)
        named = chain is None or text in {chain.name, *chain.aliases}
        role = text.lower() in lexicon.titles()
        if m.kind in {"person", "organisation", "place"} and named and not role and not text[:1].islower():
            found.add((m.head.start, m.head.end, m.kind))
    return found


def f1(right: int, given: int, wanted: int) -> float:
    return 2 * right / max(1, given + wanted)


def tally_names(corpus: str, part: str, *, errors: bool = False) -> tuple[Counter, Counter, Counter]:
    """Names right, given and wanted, by kind."""
    right, given, wanted = Counter(), Counter(), Counter()
    for row in rows(corpus, part):
        gold = {
            (s["start"], s["end"], KINDS[corpus][s["type"]])
            for s in row["spans"]
            if s["type"] in KINDS[corpus]
        }
        got = names(row)
        right.update(k for *_, k in gold & got)
        given.update(k for *_, k in got)
        wanted.update(k for *_, k in gold)
        if errors:
            _print_errors(row["text"], gold, got)
    return right, given, wanted


def score_names(corpus: str, part: str, *, errors: bool = False) -> None:
    right, given, wanted = tally_names(corpus, part, errors=errors)
    total = [c.total() for c in (right, given, wanted)]
    print(
        f"{corpus} {part}: F1 {f1(*total):.3f} P {total[0] / max(1, total[1]):.3f} R {total[0] / max(1, total[2]):.3f}",
        {k: round(f1(right[k], given[k], wanted[k]), 3) for k in sorted(wanted)},
    )


def _print_errors(text: str, gold: set[Name], got: set[Name]) -> None:
    for mark, wrong in (("+", got - gold), ("-", gold - got)):
        for a, b, kind in sorted(wrong):
            print(mark, kind, repr(f"{text[max(0, a - 30) : a]}[[{text[a:b]}]]{text[b : b + 20]}"))


def tally_pronouns() -> tuple[int, int, int]:
    """How often `he` and `she` stand, are linked, and linked rightly: to a chain with a name or role of the same gold chain."""
    seen, linked, right = 0, 0, 0
    for row in rows("gum", "dev"):
        gold = {tuple(s["head"]): s["chain"] for s in row["spans"] if s.get("chain")}
        mentioned, _ = tagged(row)
        heads = by(mentioned, "chain")
        for m in mentioned:
            if row["text"][m.start : m.end].lower() not in {"he", "she"}:
                continue
            wanted = gold.get((m.start, m.end))
            if wanted is None:
                continue
            seen += 1
            if not m.chain:
                continue
            linked += 1
            others = {
                gold[h]
                for o in heads[m.chain]
                if o.id != m.id
                for h in gold
                if o.head.start <= h[0] and h[1] <= o.head.end
            }
            right += wanted in others
    return seen, linked, right


def score_pronouns() -> None:
    seen, linked, right = tally_pronouns()
    print(f"he and she: {seen} in all, {linked} linked, {right} rightly ({right / max(1, linked):.3f})")


def gauge() -> Measured:
    """Names on parts that nothing was fitted on, and pronouns."""
    parts = [(corpus, part) for corpus, part in PARTS if part == "dev"]
    scores = {corpus: [c.total() for c in tally_names(corpus, part)] for corpus, part in parts}
    seen, linked, right = tally_pronouns()
    return Measured(
        about="Mentions: names of persons, organisations and places, exact spans and kinds, F1, on parts that the reader "
        "was not trained on; and `he` and `she` of GUM's dev part: linked at all, linked rightly.",
        ours={
            **{f"{corpus} names F1": f1(*counts) for corpus, counts in scores.items()},
            "gum he and she, right of linked": right / max(1, linked),
            "gum he and she, linked rightly of all": right / max(1, seen),
        },
        counts={
            **{f"{corpus} names": counts[2] for corpus, counts in scores.items()},
            "gum he and she": seen,
        },
        data=tuple(
            SHARED / "data/entities" / corpus / f"{part}.jsonl.gz"
            for corpus, part in [*parts, ("gum", "dev")]
        ),
    )


if __name__ == "__main__":
    if sys.argv[1:2] == ["pronouns"]:
        score_pronouns()
    elif len(sys.argv) > 3:
        score_names(sys.argv[2], sys.argv[3], errors="errors" in sys.argv)
    else:
        for corpus, part in PARTS:
            score_names(corpus, part)
