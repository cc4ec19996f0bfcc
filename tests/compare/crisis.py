"""A small invented crisis, built record by record, so that this room is tested without the rooms before it."""

from __future__ import annotations

import re
from collections import defaultdict

from variorum.compare import actors, denials, edition, figures, naming, timeline, utterances
from variorum.compare.view import StoryView, views
from variorum.records import (
    TABLES,
    Anchor,
    Block,
    Chain,
    Document,
    Episode,
    Figure,
    Mention,
    Origin,
    Passage,
    Place,
    Sentence,
    Span,
    Statement,
    Story,
    Time,
    by,
    from_table,
    to_table,
)
from variorum.settings import Settings
from variorum.text.calendar import bounds

STAGES = (
    actors.NAME_KEYS,
    actors.SAME_ENTITY,
    actors.ACTORS,
    utterances.STAGE,
    denials.STAGE,
    figures.STAGE,
    timeline.STAGE,
    naming.STAGE,
    edition.STAGE,
)
_SENTENCE = re.compile(r"\S.*?(?:[.!?][”\"’]?(?=\s|$)|$)", re.DOTALL)


class Crisis:
    """Pages and what upstream rooms would find in them."""

    def __init__(self) -> None:
        self.rows: dict[str, list] = defaultdict(list)
        self.text: dict[str, str] = {}

    def page(self, outlet, *paragraphs, published="2031-03-04", translated="unknown", title=""):
        """Add a page of paragraphs; gives its document's id."""
        text = "\n\n".join(paragraphs)
        page = f"page-{outlet}-{len(self.text)}"
        earliest, latest = bounds(published)
        doc = Document(
            page=page,
            location=f"{outlet}/{len(self.text)}",
            outlet=outlet,
            title=title,
            published_value=published,
            published_earliest=earliest,
            published_latest=latest,
            language="en",
            translated=translated,
            text=text,
        )
        self.rows["documents"].append(doc)
        self.text[doc.id] = text
        at = 0
        for paragraph in paragraphs:
            block = Block(doc=doc.id, start=at, end=at + len(paragraph), kind="paragraph")
            self.rows["blocks"].append(block)
            self.rows["sentences"] += [
                Sentence(doc=doc.id, start=at + m.start(), end=at + m.end(), block=block.id)
                for m in _SENTENCE.finditer(paragraph)
            ]
            at += len(paragraph) + 2
        return doc.id

    def find(self, doc, words):
        """Where words stand in a page; a bar parts the word's context before it from the words meant."""
        before, bar, meant = words.partition("|")
        if not bar:
            before, meant = "", words
        start = self.text[doc].index(before + meant) + len(before)
        return start, start + len(meant)

    def span(self, doc, words):
        return Span(*self.find(doc, words))

    def anchor(self, doc, words):
        return Anchor(doc, *self.find(doc, words))

    def chain(self, doc, name, kind="person", **more):
        chain = Chain(doc=doc, name=name, kind=kind, **more)
        self.rows["chains"].append(chain)
        return chain.id

    def mention(self, doc, words, kind, chain):
        start, end = self.find(doc, words)
        self.rows["mentions"].append(
            Mention(doc=doc, start=start, end=end, kind=kind, head=Span(start, end), chain=chain)
        )

    def says(self, doc, speaker, content, cue="", **more):
        names = {c.id: c.name for c in self.rows["chains"]}
        statement = Statement(
            doc=doc,
            cue=self.span(doc, cue) if cue else None,
            content=tuple(self.span(doc, c) for c in ([content] if isinstance(content, str) else content)),
            speaker=speaker,
            speaker_name=names.get(speaker, ""),
            **{"manner": "direct", **more},
        )
        self.rows["statements"].append(statement)
        return statement.id

    def place(self, doc, words, gazetteer_id="", name="", **more):
        start, end = self.find(doc, words)
        row = Place(
            doc=doc,
            start=start,
            end=end,
            gazetteer_id=gazetteer_id,
            name=name or words.rsplit("|", 1)[-1],
            **more,
        )
        self.rows["places"].append(row)
        return row.id

    def time(self, doc, words, value, kind="DATE"):
        start, end = self.find(doc, words)
        earliest, latest = bounds(value)
        row = Time(doc=doc, start=start, end=end, kind=kind, value=value, earliest=earliest, latest=latest)
        self.rows["times"].append(row)
        return row.id

    def figure(self, doc, words, low, high=None, counts="", **more):
        start, end = self.find(doc, words)
        row = Figure(
            doc=doc,
            start=start,
            end=end,
            low=low,
            high=low if high is None else high,
            counts=self.span(doc, counts) if counts else None,
            **{"kind": "count", **more},
        )
        self.rows["figures"].append(row)
        return row.id

    def passage(self, left, left_words, right, right_words, kind="copy"):
        a, b = sorted((self.anchor(left, left_words), self.anchor(right, right_words)))
        self.rows["passages"].append(Passage(left=a, right=b, kind=kind, same=1.0))

    def origin(self, *docs):
        """Say that these documents have one origin; documents of which nothing is said have their own."""
        self.rows["origins"].append(
            Origin(kind="wire", name="agency", documents=tuple(sorted(docs)), shares=(1.0,) * len(docs))
        )

    def tables(self):
        """The tables that the stages of this room need."""
        rows = dict(self.rows)
        docs = sorted(self.text)
        taken = {d for o in rows.get("origins", ()) for d in o.documents}
        rows["origins"] = [
            *rows.get("origins", ()),
            *(Origin(kind="own", name=d, documents=(d,), shares=(1.0,)) for d in docs if d not in taken),
        ]
        story = Story(title="The Velm quarrel", documents=tuple(docs))
        rows["stories"] = [story]
        rows.setdefault("episodes", [Episode(story=story.id, title="", documents=tuple(docs))])
        return {name: to_table(spec.record, rows.get(name, ())) for name, spec in TABLES.items()}

    def run(self, until=None):
        """The tables after the stages of this room, up to and with `until`."""
        return run(self.tables(), until)

    def view(self, until=None) -> StoryView:
        (view,) = views(self.run(until))
        return view

    def made(self, record, until=None):
        return from_table(record, self.run(until)[record.TABLE])


def run(tables, until=None):
    """Run the stages of this room over tables, one after another."""
    for stage in STAGES:
        tables = {**tables, **stage.run({name: tables[name] for name in stage.reads}, Settings())}
        if until is not None and stage.name == until:
            break
    return tables


def only(rows, field, value):
    """The one row whose field has this value."""
    (row,) = by(rows, field)[value]
    return row
