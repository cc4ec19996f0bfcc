"""Statements against GUM's and EWT's attributions: overlap and exact scores of content, source and cue.

GUM marks every attribution of a text, thoughts among them; EWT marks a list of predicates, so there only recall means
anything. A found statement matches a gold one if their contents share 0.3 of their characters (Jaccard over the union
of spans, as the field reports it); pairs are taken best first, one to one. `exact` asks for equal spans once marks
and white space at the ends are set aside.

    python -m bench.quality.statements dev            # every genre and the news-like ones
    python -m bench.quality.statements train --show 40   # misses and inventions, to read
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections import Counter

from bench.quality.measured import SHARED, Measured
from variorum.records import Block, Chain, Document, Mention, Sentence, Span, Time, from_table, to_table
from variorum.settings import Settings
from variorum.tag import mentions, reading, sentences, times
from variorum.tag.statements.assemble import read
from variorum.tag.statements.units import Page

DATA = SHARED / "data/statements"
NEWS = frozenset({"news", "interview", "speech", "court", "bio", "letter", "academic"})
# The converter's labels of pictures, which no text says.
_LABELS = frozenset({"Image", "Video", "Audio"})
_IGNORED = " \t\n.,;:!?…\"'“”‘’«»„()[]—–-"


def page_of(text: str) -> Page:
    """A page from plain text: one paragraph a line."""
    doc = Document(page="bench", text=text, language="en")
    blocks, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            blocks.append(Block(doc=doc.id, start=at, end=at + len(line), kind="paragraph"))
        at += len(line) + 1
    tables = {"documents": to_table(Document, [doc]), "blocks": to_table(Block, blocks)}
    for stage in (sentences.STAGE, reading.STAGE, mentions.STAGE, times.STAGE):
        tables |= stage.run(tables, Settings())
    return Page(
        doc,
        blocks=blocks,
        sentences=[Span(s.start, s.end) for s in from_table(Sentence, tables["sentences"])],
        mentions=from_table(Mention, tables["mentions"]),
        chains=from_table(Chain, tables["chains"]),
        times=from_table(Time, tables["times"]),
    )


def points(spans: list[tuple[int, int]], text: str) -> frozenset[int]:
    """Code points of spans, marks and white space apart, so that conventions about marks cost nothing."""
    return frozenset(i for s, e in spans for i in range(s, e) if text[i] not in _IGNORED)


def jaccard(left: frozenset[int], right: frozenset[int]) -> float:
    return len(left & right) / len(left | right) if left | right else 0.0


def gold_of(record: dict) -> list[dict]:
    spans = {s["id"]: (s["start"], s["end"]) for s in record["spans"]}
    return [
        {**r, **{role: points([spans[i] for i in ids], record["text"]) for role, ids in r["args"].items()}}
        for r in record["relations"]
        if r["args"].get("content")
        and not {record["text"][slice(*spans[i])] for i in r["args"]["cue"]} & _LABELS
    ]


def found_of(page: Page) -> list[dict]:
    text = page.text
    return [
        {
            "content": points([(c.start, c.end) for c in s.content], text),
            "source": points([(s.source.start, s.source.end)] if s.source else [], text),
            "cue": points([(s.cue.start, s.cue.end)] if s.cue else [], text),
            "speaker": s.speaker_name,
            "statement": s,
        }
        for s in read(page)
    ]


def match(gold: list[dict], found: list[dict]) -> list[tuple[int, int, float]]:
    """Best pairs one to one; of equal overlap the pair whose cues touch."""
    pairs = sorted(
        (
            (jaccard(g["content"], f["content"]), bool(g["cue"] & f["cue"]), -i, -j)
            for i, g in enumerate(gold)
            for j, f in enumerate(found)
            if g["content"] & f["content"]
        ),
        reverse=True,
    )
    used_gold, used_found, kept = set(), set(), []
    for score, _, i, j in pairs:
        if score >= 0.3 and -i not in used_gold and -j not in used_found:
            used_gold.add(-i)
            used_found.add(-j)
            kept.append((-i, -j, score))
    return kept


def tally(counts: Counter, gold: list[dict], found: list[dict]) -> list[tuple[int, int, float]]:
    pairs = match(gold, found)
    counts["gold"] += len(gold)
    counts["found"] += len(found)
    counts["overlap"] += len(pairs)
    for i, j, score in pairs:
        counts["near"] += score >= 0.8
        counts["exact"] += score == 1.0
        if gold[i]["source"]:
            counts["with source"] += 1
            counts["source overlap"] += jaccard(gold[i]["source"], found[j]["source"]) >= 0.3
            counts["source exact"] += gold[i]["source"] == found[j]["source"]
        if gold[i]["cue"]:
            counts["with cue"] += 1
            counts["cue overlap"] += bool(gold[i]["cue"] & found[j]["cue"])
    return pairs


def f1(counts: Counter, kind: str) -> tuple[float, float, float]:
    precision = counts[kind] / counts["found"] if counts["found"] else 0.0
    recall = counts[kind] / counts["gold"] if counts["gold"] else 0.0
    total = precision + recall
    return precision, recall, 2 * precision * recall / total if total else 0.0


def asked(record: dict, corpus: str) -> list[dict]:
    """Gold statements of a text; of EWT only clauses after a verb of speech."""
    gold = gold_of(record)
    if corpus == "ewt":
        return [g for g in gold if g["clausal"] and g["group"] == "speech" and not g["nominal"]]
    return gold


def records_of(corpus: str, part: str) -> list[dict]:
    with gzip.open(DATA / corpus / f"{part}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def gauge() -> Measured:
    """The dev parts: GUM's news, its news-like genres, and recall on EWT."""
    groups = {"gum news": Counter(), "gum news-like": Counter(), "ewt": Counter()}
    for corpus in ("gum", "ewt"):
        for record in records_of(corpus, "dev"):
            gold, found = asked(record, corpus), found_of(page_of(record["text"]))
            genre = record["meta"]["genre"]
            held = {"gum news": genre == "news", "gum news-like": genre in NEWS, "ewt": corpus == "ewt"}
            for name, counts in groups.items():
                if name.startswith(corpus) and held[name]:
                    tally(counts, gold, found)
    figures = {"ewt recall by overlap": f1(groups["ewt"], "overlap")[1]}
    for name in ("gum news", "gum news-like"):
        counts = groups[name]
        figures |= {f"{name} F1 by {kind}": f1(counts, kind)[2] for kind in ("overlap", "near", "exact")}
        figures[f"{name} source"] = counts["source overlap"] / max(1, counts["with source"])
        figures[f"{name} cue"] = counts["cue overlap"] / max(1, counts["with cue"])
    return Measured(
        about="Statements: content found, F1 at an overlap (Jaccard) of .3, of .8 (`near`) and exactly; of those found the "
        "share with the right source and cue. GUM marks thoughts too; EWT marks a list of predicates, so recall alone counts.",
        ours=figures,
        counts={f"{name} statements": counts["gold"] for name, counts in groups.items()},
        data=tuple(DATA / corpus / "dev.jsonl.gz" for corpus in ("gum", "ewt")),
    )


def report(name: str, counts: Counter) -> None:
    scores = "  ".join(
        f"{k} P {p:.3f} R {r:.3f} F {f:.3f}"
        for k in ("overlap", "near", "exact")
        for p, r, f in [f1(counts, k)]
    )
    source, cue = max(counts["with source"], 1), max(counts["with cue"], 1)
    print(
        f"{name:22} gold {counts['gold']:5} found {counts['found']:5}  {scores}  "
        f"source {counts['source overlap'] / source:.3f} exact {counts['source exact'] / source:.3f}  cue {counts['cue overlap'] / cue:.3f}"
    )


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("part", choices=("train", "dev"))
    parser.add_argument("--corpus", choices=("gum", "ewt", "both"), default="both")
    parser.add_argument("--genre", default="")
    parser.add_argument("--show", type=int, default=0)
    options = parser.parse_args()
    if not DATA.is_dir():
        print("no ../shared/data/statements beside the checkout: nothing measured", file=sys.stderr)
        return 1
    for corpus in ("gum", "ewt") if options.corpus == "both" else (options.corpus,):
        groups: dict[str, Counter] = {}
        shown = 0
        for record in records_of(corpus, options.part):
            genre = record["meta"]["genre"]
            if options.genre and genre not in options.genre.split(","):
                continue
            gold = asked(record, corpus)
            found = found_of(page_of(record["text"]))
            names = [f"{corpus}/{genre}", f"{corpus} all"] + (
                [f"{corpus} news-like"] if genre in NEWS else []
            )
            for name in names[1:]:
                tally(groups.setdefault(name, Counter()), gold, found)
            pairs = tally(groups.setdefault(names[0], Counter()), gold, found)
            if shown < options.show:
                shown += show(record, gold, found, pairs)
        for name in sorted(groups):
            report(name, groups[name])
    return 0


def show(record: dict, gold: list[dict], found: list[dict], pairs: list[tuple[int, int, float]]) -> int:
    """Print what was missed, invented, or cut wrongly in one text."""
    text = record["text"]

    def words(at: frozenset[int]) -> str:
        return text[min(at) : max(at) + 1].replace("\n", " ")[:140] if at else ""

    print("=====", record["id"])
    hit_gold, hit_found = {i for i, _, _ in pairs}, {j for _, j, _ in pairs}
    for i, g in enumerate(gold):
        if i not in hit_gold:
            print(f"  MISS [{words(g['source'])}] <{words(g['cue'])}> {words(g['content'])}")
    for j, f in enumerate(found):
        if j not in hit_found:
            print(f"  EXTRA [{words(f['source'])}] <{words(f['cue'])}> {words(f['content'])}")
    for i, j, score in pairs:
        if score < 1:
            print(
                f"  {score:.2f} GOLD [{words(gold[i]['source'])}] {words(gold[i]['content'])}\n       OURS [{words(found[j]['source'])}] {words(found[j]['content'])}"
            )
    return len(gold) + len(found) - len(pairs)


if __name__ == "__main__":
    raise SystemExit(main())
