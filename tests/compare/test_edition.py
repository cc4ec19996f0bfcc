"""The edition tells the story once: every reading stands in one line, copies and renderings side by side."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from compare.crisis import Crisis, run
from variorum.records import (
    Claim,
    Conflict,
    Denial,
    EditionLine,
    Naming,
    TimelineEntry,
    Utterance,
    from_table,
)

COPIED = "The grain ship lay aground for three days before the tugs of the harbour guard came."


def _crisis():
    crisis = Crisis()
    one = crisis.page("Post", f"{COPIED} The blast at the quay killed 12 people.", published="2031-03-04")
    two = crisis.page(
        "Star", f"{COPIED} Rell denied that the blast was meant for the ship.", published="2031-03-05"
    )
    three = crisis.page("Echo", "Twenty people were killed at the quay by a blast.", published="2031-03-04")
    crisis.passage(one, COPIED, two, COPIED)
    crisis.figure(one, "12", 12, counts="12 |people", quantity="deaths")
    crisis.figure(three, "Twenty", 20, counts="people", quantity="deaths")
    crisis.says(
        two,
        crisis.chain(two, "Anka Rell"),
        "the blast was meant for the ship",
        "denied",
        act="denies",
        manner="indirect",
    )
    return crisis


def test_every_sentence_stands_once():
    """Bases and variants are the story's sentences, each once, in unbroken order."""
    crisis = _crisis()
    lines = sorted(crisis.made(EditionLine), key=lambda e: e.order)
    spans = [s for e in lines for s in (e.base, *e.variants)]
    wanted = {(s.doc, s.start, s.end) for s in crisis.rows["sentences"]}
    assert sorted((s.doc, s.start, s.end) for s in spans) == sorted(wanted)
    assert [e.order for e in lines] == list(range(len(lines)))


def test_copies_share_a_line_and_an_origin():
    """A copied sentence is printed once, in the reading of the earlier page, and has one origin."""
    crisis = _crisis()
    text = lambda s: crisis.text[s.doc][s.start : s.end]  # noqa: E731
    (line,) = [e for e in crisis.made(EditionLine) if text(e.base) == COPIED]
    assert [text(v) for v in line.variants] == [COPIED]
    assert len(line.witnesses) == 1
    assert line.marks == ("one origin only",)


def test_marks():
    """Sentences with parting figures are marked conflict, those with denials denial."""
    crisis = _crisis()
    marks = {crisis.text[e.base.doc][e.base.start :][:10]: e.marks for e in crisis.made(EditionLine)}
    assert "conflict" in marks["The blast "]
    assert "conflict" in marks["Twenty peo"]
    assert "denial" in marks["Rell denie"]


@given(st.randoms(use_true_random=False))
@settings(max_examples=10, deadline=None)
def test_order_of_rows_changes_nothing(random):
    """Shuffled tables give the same rows in every table of the room."""
    tables = _crisis().tables()
    wanted = run(tables)
    shuffled = {}
    for name, table in tables.items():
        rows = list(range(table.num_rows))
        random.shuffle(rows)
        shuffled[name] = table.take(rows) if rows else table
    found = run(shuffled)
    for name in ("actors", "utterances", "denials", "claims", "conflicts", "timeline", "naming", "edition"):
        assert found[name].sort_by("id") == wanted[name].sort_by("id"), name


def test_a_story_does_not_depend_on_its_neighbours():
    """Rows of another story in the same partition change nothing."""
    first, second = _crisis(), Crisis()
    second.page("Gazette", "The market of Ostry was full. Twenty people were killed at a ford.")
    alone = run(first.tables())
    import pyarrow as pa

    a, b = first.tables(), second.tables()
    together = run({name: pa.concat_tables([a[name], b[name]]) for name in a})
    story = a["stories"].column("id")[0].as_py()
    for record in (Utterance, Denial, Claim, Conflict, TimelineEntry, Naming, EditionLine):
        mine = [r for r in from_table(record, together[record.TABLE]) if r.story == story]
        assert mine == from_table(record, alone[record.TABLE]), record
