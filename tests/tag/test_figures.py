"""Figures: cases as data, what they are tied to, and laws that hold for any text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.records import Document, Figure, Place, Sentence, Span, Statement, Time, from_table, to_table
from variorum.settings import Settings
from variorum.tag.figures import STAGE, find_figures
from variorum.tag.times import find_times
from variorum.text.segment import sentences

CASES = [
    json.loads(line) for line in (Path(__file__).parent / "cases" / "figures.jsonl").read_text().splitlines()
]
PIECES = (
    "20 1,200 5.5 million thousand dozens hundreds of several a few two twenty-three at least up to between and or - % percent "
    "people soldiers were killed injured fled $ € euros km 34-year-old first third half in five no one casualties , . ( ) : 's "
    "Vards consider themselves 999999999999999999999 0 m bn resolution 31 July 2022 toll rose of them including lives cost crowns paid "
    "hundred not union speaks cases cholera Marok"
).split()
TEXTS = st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join) | st.text(max_size=80)


def found(text, **given_records):
    spans = [(p.start, p.end) for p in sentences(text)]
    times = given_records.pop("times", None)
    times = find_times(text, spans, doc="d") if times is None else times
    return find_figures(text, spans, times=times, doc="d", **given_records)


def span(text, words):
    start = text.index(words)
    return start, start + len(words)


def place(text, words, name=""):
    start, end = span(text, words)
    return Place(doc="d", start=start, end=end, name=name or words, gazetteer_id=name or words, precision=1)


def statement(text, words, speaker):
    return Statement(doc="d", content=(Span(*span(text, words)),), speaker=speaker, manner="indirect")


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["text"][:60])
def test_figures_cases(case):
    """Each figure of the case is found, whole, with kind, range, unit, quantity, noun and flags; and nothing else is."""
    text = case["text"]
    got = [
        {
            "text": text[f.start : f.end],
            "kind": f.kind,
            "low": f.low,
            "high": f.high,
            "unit": f.unit,
            "quantity": f.quantity,
            "counts": text[f.counts.start : f.counts.end] if f.counts else "",
            "approximate": f.approximate,
            "vague": f.vague,
        }
        for f in found(text)
    ]
    assert got == case["figures"]


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_figures_any_text(text):
    """Any text is read without error; spans lie in the text, in order, apart; no range is empty or upside down."""
    end = 0
    for figure in found(text):
        assert end <= figure.start < figure.end <= len(text)
        end = figure.end
        assert figure.low is not None or figure.high is not None
        if figure.low is not None and figure.high is not None:
            assert figure.low <= figure.high
        if figure.counts:
            assert 0 <= figure.counts.start < figure.counts.end <= len(text)
            assert text[figure.counts.start : figure.counts.end].strip()


@given(TEXTS)
@settings(max_examples=150, deadline=None)
def test_figures_are_no_times(text):
    """No figure overlaps a time."""
    spans = [(p.start, p.end) for p in sentences(text)]
    times = find_times(text, spans, doc="d")
    for figure in found(text, times=times):
        assert all(figure.end <= t.start or t.end <= figure.start for t in times)


def test_figures_place_after():
    """The place in a phrase of place after the figure holds for it; a state that speaks does not."""
    text = "Ostra said 20 people were killed in Tarn and 5 were hurt near Brod."
    places = [place(text, w) for w in ("Ostra", "Tarn", "Brod")]
    assert [f.place for f in found(text, places=places)] == [places[1].id, places[2].id]


def test_figures_place_before():
    """A single place before the figure holds for it; of several none does."""
    one, two = "In Tarn, 20 people were killed.", "In Tarn and in Brod, 20 people were killed."
    tarn = place(one, "Tarn")
    assert [f.place for f in found(one, places=[tarn])] == [tarn.id]
    assert [f.place for f in found(two, places=[place(two, "Tarn"), place(two, "Brod")])] == [""]


def test_figures_time():
    """The only time of the clause holds for the figure, not the time at which it was said."""
    text = "He said on Monday that 20 people were killed on Sunday."
    told = statement(text, "that 20 people were killed on Sunday", "c")
    (figure,) = found(text, statements=[told])
    times = find_times(text, [(0, len(text))], doc="d")
    assert figure.time == times[1].id
    assert isinstance(times[1], Time)


def test_figures_time_of_another_clause():
    """A time past a comma belongs to another clause; one at the head of the sentence holds for it all."""
    assert [f.time for f in found("After fires in 5 villages, talks were put off until May 2020.")] == [""]
    text = "Since 1999, at least 200 people have fled."
    assert [f.time for f in found(text)] == [find_times(text, [(0, len(text))], doc="d")[0].id]


def test_figures_said_by():
    """The speaker of the innermost statement around a figure says it; outside of all, the outlet does."""
    text = "He said she claimed 20 people were killed. The outlet counted 30 people."
    outer, inner = (
        statement(text, "she claimed 20 people were killed", "he"),
        statement(text, "20 people were killed", "she"),
    )
    assert [f.said_by for f in found(text, statements=[outer, inner])] == ["she", ""]


def test_figures_stage():
    """The stage treats each document alone, and no order of rows changes its output."""
    texts = {"a": "At least 20 people were killed.", "b": "Some 30 people were hurt on 3 May 2020."}
    docs = [Document(id=i, page=i, text=t) for i, t in texts.items()]
    rows = [
        Sentence(doc=i, start=p.start, end=p.end, block="x") for i, t in texts.items() for p in sentences(t)
    ]
    times = [t for i, text in texts.items() for t in find_times(text, [(0, len(text))], doc=i)]

    def run(documents):
        tables = {
            "documents": to_table(Document, documents),
            "sentences": to_table(Sentence, rows[::-1]),
            "times": to_table(Time, times),
            "places": to_table(Place, []),
            "statements": to_table(Statement, []),
        }
        return from_table(Figure, STAGE.run(tables, Settings())["figures"])

    together = run(docs)
    assert together == run(docs[::-1]) == run(docs[:1]) + run(docs[1:])
    assert [f.quantity for f in together] == ["deaths", "wounded"]
