"""What we wrote and labelled ourselves: the gold's development half (`bench/gold`) and the example (`examples/velmark`).

The gold's test half is never opened here: only the crises that `bench.gold.crises` lists for development are read.
"""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import msgspec
from bench.gold.crises import DEVELOPMENT, TEST

from training.data import plain, said
from training.data.form import (
    Attribution,
    Event,
    How,
    Mention,
    Name,
    Sentence,
    Span,
    Split,
    Text,
    Token,
)
from variorum.text import lexicon

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from bench.quality.example import Beside

    from training.data.package import Record
    from variorum.models.labels import Kind

ROOT = Path(__file__).resolve().parents[2] / "bench" / "gold"
LICENCE = "Apache-2.0 (ours)"
# Of events hardly any has a name of its own here ("the exchange"), so nothing is learned of such names.
KINDS: frozenset[Kind] = frozenset(("person", "organisation", "place", "group", "work"))


def _rows(folder: Path, table: str) -> list[Record]:
    path = folder / f"{table}.jsonl"
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []


def _by_doc(rows: Iterable[Record]) -> dict[str, list[Record]]:
    found: dict[str, list[Record]] = {}
    for row in rows:
        found.setdefault(row["doc"], []).append(row)
    return found


def _mention(row: Record, text: str, words: Sequence[Token], pronouns: frozenset[str]) -> Mention:
    head = row["head"]
    inside = plain.within(words, head["start"], head["end"])
    one = plain.head(text, inside, kind=row["kind"]) if inside else Token(head["start"], head["end"])
    return Mention(
        row["start"],
        row["end"],
        one.start,
        one.end,
        chain=row["chain"],
        kind=row["kind"],
        pronoun=row["text"].lower() in pronouns,
    )


class Words(msgspec.Struct, frozen=True):
    """How a crisis writes its words: those that stand without a capital somewhere, those that have one behind a word that has none."""

    common: frozenset[str]
    proper: frozenset[str]

    @classmethod
    def of(cls, texts: Iterable[str]) -> Words:
        """The words of some texts."""
        forms = [form for text in texts for form in text.split()]
        pairs = itertools.pairwise(forms)
        return cls(
            frozenset(f for f in forms if f.islower() and f.isalpha()),
            frozenset(
                right.strip(".,;:’'") for left, right in pairs if left.islower() and left[-1].isalpha()
            ),
        )


def _names(
    rows: Iterable[Record], text: str, sentences: Sequence[Sentence], written: Words
) -> Iterator[Name]:
    """The names that mentions hold, by rule at their heads; a lone word that begins a sentence must not be an ordinary one."""
    words = [t for s in sentences for t in s.tokens]
    first = {next((t.start for t in s.tokens if text[t.start].isalnum()), s.start) for s in sentences}
    for row in rows:
        head = row["head"]
        kept = plain.proper(text, plain.within(words, head["start"], head["end"]), kind=row["kind"])
        if kept and row["kind"] in KINDS:
            name = text[kept.start : kept.end]
            lone = kept.start in first and " " not in name
            ordinary = name.lower() in written.common or (lone and lexicon.word_classes(name))
            # Of groups ("Guests", "Two Umaquis") only those are names that have a capital within a sentence.
            if not ordinary and (row["kind"] != "group" or name.split()[0] in written.proper):
                yield Name(kept.start, kept.end, row["kind"])


def _spans(text: str, rows: Iterable[Record | None]) -> tuple[Span, ...]:
    found = (plain.trimmed(text, row["start"], row["end"]) for row in rows if row)
    return tuple(sorted(s for s in found if s))


def _how(cue: Sequence[str]) -> How:
    """Thought or said: what the guide takes for a statement is one, also where its cue is mostly none ("found", "shows")."""
    return "thought" if said.how(cue) == "thought" else "said"


def _attribution(row: Record, text: str) -> Attribution:
    cue = [lexicon.verb_lemma(w.lower()) or w.lower() for w in (row["cue"] or {"text": ""})["text"].split()]
    return Attribution(
        source=_spans(text, [row["source"]]),
        cue=_spans(text, [row["cue"]]),
        content=_spans(text, row["content"]),
        negated=row["negated"],
        chain=row["speaker"],
        speaker=row["speaker_name"],
        how=_how(cue),
    )


# Pronouns that stand for what is named on a page.
_PRONOUNS = frozenset(
    "i me myself you he him himself she her herself it itself we us ourselves they them themselves who whom this that these those".split()
)


def _unsure(
    text: str, sentences: Sequence[Sentence], names: Sequence[Name], mentions: Iterable[Mention]
) -> tuple[Span, ...]:
    """Words with a capital in a mention but in no name, where they begin no sentence."""
    inside = {at for m in mentions for at in range(m.start, m.end)}
    first = {s.start for s in sentences}
    return tuple(u for u in plain.unsure_capitals(text, sentences, names) if u.start in inside - first)


def gold(split: Split, root: Path = ROOT, crises: Sequence[str] = DEVELOPMENT) -> Iterator[Text]:
    """The pages of the gold's development half, and of the example: for tuning alone, as their figures are floors of the project.

    Args:
        split: `train` has none.
        root: Where the crises lie.
        crises: Names of crises.

    Yields:
        A text a page. Mentions and events are partial: the guide asks for those that matter to the crisis. All names are labelled.

    Raises:
        ValueError: For a crisis of the test half.
    """
    for crisis in crises:
        if crisis in TEST:
            raise ValueError(f"{crisis} is held out")
        if split == "train":
            continue
        tables = {name: _by_doc(_rows(root / crisis, name)) for name in ("mentions", "statements", "events")}
        pages = _rows(root / crisis, "pages")
        written = Words.of(p["text"] for p in pages)
        for page in pages:
            yield _page(page, {n: t.get(page["id"], []) for n, t in tables.items()}, split, written)


def _page(page: Record, tables: Mapping[str, list[Record]], split: Split, written: Words) -> Text:
    text = page["text"]
    sentences = plain.sentences(text)
    words = [t for s in sentences for t in s.tokens]
    mentions = sorted(
        (_mention(r, text, words, _PRONOUNS) for r in tables["mentions"]), key=lambda m: (m.start, -m.end)
    )
    names = plain.apart(_names(tables["mentions"], text, sentences, written))
    events = (Event(e["start"], e["end"], "", e["action"], e["status"]) for e in tables["events"])
    statements = (_attribution(r, text) for r in tables["statements"])
    return Text(
        id=page["id"],
        corpus="gold",
        split=split,
        licence=LICENCE,
        genre="news",
        text=text,
        sentences=sentences,
        layers=frozenset(("names", "mentions", "chains", "statements", "events")),
        names=names,
        mentions=tuple(mentions),
        statements=tuple(sorted(statements, key=lambda a: (a.content, a.cue))),
        events=tuple(sorted(events, key=lambda e: (e.start, e.end))),
        unsure=_unsure(text, sentences, names, mentions),
        kinds=KINDS,
        partial=frozenset(("mentions", "events")),
    )


def velmark(split: Split) -> Iterator[Text]:
    """The pages of the example as the pipeline cleans them, with the statements of its gold and the names that its chains have.

    The gold quotes words; a row whose words are not in the cleaned text is left out. Names are those of chains that the gold lists,
    wherever they stand: every other word with a capital is unsure.
    """
    if split == "dev":
        from bench.quality.example import build, rows  # noqa: PLC0415 - builds a dossier: only who asks for it pays

        with TemporaryDirectory() as folder:
            beside = build(Path(folder) / "dossier")
            stated, chained = rows("statements"), rows("chains")
            for page in sorted(beside.texts):
                yield _example(
                    beside,
                    page,
                    [r for r in stated if r["page"] == page],
                    [r for r in chained if r["page"] == page],
                )


def _example(beside: Beside, page: str, stated: Sequence[Record], chains: Sequence[Record]) -> Text:
    text = beside.texts[page].text
    sentences = plain.sentences(text)
    words = [t for s in sentences for t in s.tokens]
    names = plain.apart(n for c in chains for n in _of_chain(text, words, c))
    found = [a for r in stated if (a := _quoted(beside, r))]
    return Text(
        id=page,
        corpus="velmark",
        split="dev",
        licence=LICENCE,
        genre="news",
        text=text,
        sentences=sentences,
        layers=frozenset(("names", "statements")),
        names=names,
        statements=tuple(sorted(found, key=lambda a: (a.content, a.cue))),
        unsure=plain.unsure_capitals(text, sentences, names),
        kinds=KINDS,
    )


def _of_chain(text: str, words: Sequence[Token], chain: Record) -> Iterator[Name]:
    """Every place where a chain's name or alias stands, whole words and case alike; descriptions have no place among names."""
    starts, ends = {w.start for w in words}, {w.end for w in words}
    for called in {chain["name"], *chain.get("aliases", [])}:
        at = text.find(called)
        while at >= 0:
            if at in starts and at + len(called) in ends:
                kept = plain.proper(text, plain.within(words, at, at + len(called)), kind=chain["kind"])
                if kept and chain["kind"] in KINDS:
                    yield Name(kept.start, kept.end, chain["kind"])
            at = text.find(called, at + 1)


def _quoted(beside: Beside, row: Record) -> Attribution | None:
    quotable = beside.texts[row["page"]]
    content = [quotable.find(c, row.get("context", "")) for c in row["content"]]
    near = next((c for c in content if c), None)
    if near is None or None in content:
        return None
    roles = {
        name: quotable.find(row[name], near=near) if row.get(name) else None for name in ("source", "cue")
    }
    source, cue = (tuple(Span(p.start, p.end) for p in [roles[n]] if p) for n in ("source", "cue"))
    lemmas = [lexicon.verb_lemma(w.lower()) or w.lower() for w in row.get("cue", "").split()]
    return Attribution(
        source=source,
        cue=cue,
        content=tuple(sorted(Span(c.start, c.end) for c in content if c)),
        negated=row.get("negated", False),
        speaker=row.get("speaker_name", ""),
        how=_how(lemmas),
    )
