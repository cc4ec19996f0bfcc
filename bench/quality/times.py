"""Time expressions against GUM (dates and times) and WikiWars (all of TIMEX3), beside dateparser.

A found expression matches a gold one if they overlap; one to one, in text order. `value` is the share of matched
expressions with a full gold value that have the same value; `whole` is F1 of expressions found with their value.
The rules are those of the corpora's READMEs: GUM marks no durations and sets, so only dates and times of ours count
there, and of a gold value that is only a day or only a time of day only that part is compared; WikiWars gives values by
machine, so only full ISO dates and durations are.

    python -m bench.quality.times dev
    python -m bench.quality.times train --genres news,interview --show 30 --rivals
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import time
from collections.abc import Callable
from datetime import datetime

import msgspec

from bench.quality.measured import SHARED, Measured
from variorum.tag.times import find_times
from variorum.text.segment import sentences

System = Callable[[str, str, str], "list[Expression]"]
DATA = SHARED / "data/times"


class Expression(msgspec.Struct, frozen=True):
    """One expression: half-open code points and its value (empty if it has none that can be compared)."""

    start: int
    end: int
    value: str


class Tally(msgspec.Struct):
    """Counts over a corpus, and what went wrong, to read."""

    both: int = 0
    missed: int = 0
    invented: int = 0
    valued: int = 0
    right: int = 0
    seconds: float = 0.0
    characters: int = 0
    notes: list[tuple[str, str]] = msgspec.field(default_factory=list)

    def figures(self) -> dict[str, float]:
        """Precision, recall, F1 of expressions, share of right values, and F1 of expressions with their values."""
        precision = self.both / max(1, self.both + self.invented)
        recall = self.both / max(1, self.both + self.missed)
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        value = self.right / max(1, self.valued)
        return {"P": precision, "R": recall, "F1": f1, "value": value, "whole": f1 * value}

    def line(self) -> str:
        made = "  ".join(f"{name} {value:.3f}" for name, value in self.figures().items())
        return (
            f"{made}  (values: {self.valued})  "
            f"{self.characters / max(1e-9, self.seconds) / 4000:.0f} pages of 4,000 characters/s"
        )


def ours(text: str, published: str, corpus: str) -> list[Expression]:
    """Expressions by our grammar; durations and sets only where the corpus marks them."""
    spans = [
        (line.start() + piece.start, line.start() + piece.end)
        for line in re.finditer(r"[^\n]+", text)
        for piece in sentences(line.group())
    ]
    kinds = {"DATE", "TIME"} if corpus == "gum" else {"DATE", "TIME", "DURATION", "SET"}
    return [
        Expression(t.start, t.end, t.value)
        for t in find_times(text, spans, published=published)
        if t.kind in kinds and not (corpus == "gum" and t.value.endswith("_REF"))
    ]


def dateparser_search(text: str, published: str, corpus: str) -> list[Expression]:  # noqa: ARG001 - one signature for all
    """Expressions by dateparser, its finds sought in the text in order; its values are days."""
    from dateparser.search import search_dates  # noqa: PLC0415 - a rival is imported by the function that uses it

    options = {"PREFER_DATES_FROM": "past", "RETURN_AS_TIMEZONE_AWARE": False}
    if published:
        options["RELATIVE_BASE"] = datetime.fromisoformat(published[:10])
    found, at = [], 0
    for line in re.finditer(r"[^\n]+", text):
        for words, moment in search_dates(line.group(), languages=["en"], settings=options) or []:
            start = text.find(words, max(at, line.start()))
            if start >= 0:
                at = start + len(words)
                found.append(Expression(start, at, moment.date().isoformat()))
    return found


def gold_of(record: dict, corpus: str) -> list[Expression]:
    if corpus == "gum":
        values = [s.get("value", {}).get("when", "") for s in record["spans"]]
    else:
        values = [
            v if re.match(r"P|\d{4}-\d\d-\d\d", v := s.get("value") or "") else "" for s in record["spans"]
        ]
        values = [
            s.get("value") if re.match(r"\d{4}", s.get("value") or "") else v
            for s, v in zip(record["spans"], values, strict=True)
        ]
    return [Expression(s["start"], s["end"], v) for s, v in zip(record["spans"], values, strict=True)]


def same(gold: str, found: str) -> bool:
    """Whether a value is the gold one, as far as the gold one goes: a day without time, a time without day."""
    day, _, clock = found.partition("T")
    if re.fullmatch(r"\d\d:\d\d(:\d\d)?", gold):
        return clock[:5] == gold[:5]
    if "T" in gold and not gold.startswith("P"):
        return found.rstrip("Z")[:16] == gold[:16]
    return gold in {found, day if not found.startswith("P") else found}


def tally(text: str, gold: list[Expression], found: list[Expression], into: Tally) -> None:
    used: set[int] = set()
    for wanted in gold:
        hit = next(
            (
                i
                for i, f in enumerate(found)
                if i not in used and f.start < wanted.end and wanted.start < f.end
            ),
            None,
        )
        if hit is None:
            into.missed += 1
            into.notes.append(("missed", _around(text, wanted)))
            continue
        used.add(hit)
        into.both += 1
        if wanted.value and not wanted.value.startswith("-"):
            into.valued += 1
            into.right += same(wanted.value, found[hit].value)
            if not same(wanted.value, found[hit].value):
                into.notes.append((f"{wanted.value} read {found[hit].value}", _around(text, wanted)))
    for i, item in enumerate(found):
        if i not in used:
            into.invented += 1
            into.notes.append((f"invented {item.value}", _around(text, item)))


def _around(text: str, item: Expression) -> str:
    head, tail = text[max(0, item.start - 40) : item.start], text[item.end : item.end + 15]
    return f"{head}[{text[item.start : item.end]}]{tail}".replace("\n", " ")


def run(system: System, corpus: str, split: str, genres: set[str]) -> Tally:
    total = Tally()
    with gzip.open(DATA / corpus / f"{split}.jsonl.gz", "rt") as lines:
        for record in map(json.loads, lines):
            if genres and record["meta"].get("genre", "wars") not in genres:
                continue
            published = record["meta"].get("dct") or record["meta"].get("dateCreated") or ""
            started = time.process_time()
            found = system(record["text"], published, corpus)
            total.seconds += time.process_time() - started
            total.characters += len(record["text"])
            tally(record["text"], gold_of(record, corpus), found, total)
    return total


def named(ran: dict[str, Tally]) -> dict[str, float]:
    return {
        f"{corpus} {n}": made.figures()[n] for corpus, made in ran.items() for n in ("F1", "value", "whole")
    }


def gauge() -> Measured:
    """The dev parts of both corpora, beside dateparser."""
    ran, rival = (
        {corpus: run(system, corpus, "dev", set()) for corpus in ("gum", "wikiwars")}
        for system in (ours, dateparser_search)
    )
    return Measured(
        about="Times: expressions found (F1, by overlap), share of them with the right value, and both together (`whole`); GUM "
        "(dates and times) and WikiWars (all of TIMEX3). dateparser (`search_dates`) stands beside.",
        ours=named(ran),
        rivals={"dateparser": named(rival)},
        counts={f"{corpus} expressions": made.both + made.missed for corpus, made in ran.items()},
        data=tuple(DATA / corpus / "dev.jsonl.gz" for corpus in ran),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("split", choices=["train", "dev"])
    parser.add_argument("--genres", default="", help="genres of GUM, with commas between")
    parser.add_argument("--show", type=int, default=0, help="how many errors of each corpus to print")
    parser.add_argument("--rivals", action="store_true", help="run dateparser too (slow)")
    given = parser.parse_args()
    systems = {"ours": ours, "dateparser": dateparser_search} if given.rivals else {"ours": ours}
    for corpus in ("gum", "wikiwars"):
        for name, system in systems.items():
            genres = set(given.genres.split(",")) - {""} if corpus == "gum" else set()
            total = run(system, corpus, given.split, genres)
            print(f"{corpus:9} {given.split:6} {name:11} {total.line()}")
            for kind, words in total.notes[: given.show if name == "ours" else 0]:
                print(f"    {kind:28} {words}")


if __name__ == "__main__":
    main()
