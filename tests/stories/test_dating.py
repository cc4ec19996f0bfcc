"""Dates completed from story mates: only where the evidence singles out one value, and with that evidence."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.records import Anchor, Document, Passage, Time, by
from variorum.stories.dating import Mates, datings, is_dated
from variorum.text.calendar import as_day

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "cases/dating.jsonl").read_text("utf-8").splitlines()
]


def _document(name, case, spoken):
    said = case["docs"][name]
    day = said.get("day", "")
    return Document(
        page=name,
        text="\n".join(text for text, _ in spoken) or "Nothing is told.",
        published_value=said.get("value", day),
        published_earliest=said.get("since", day),
        published_latest=day,
    )


def _mates(case):
    spoken = {name: [(t[1], t) for t in case["times"] if t[0] == name] for name in case["docs"]}
    documents = {name: _document(name, case, spoken[name]) for name in case["docs"]}
    times = []
    for name, found in spoken.items():
        at = 0
        for text, entry in found:
            anchored = entry[3] if len(entry) > 3 else ""
            times.append(
                Time(
                    doc=documents[name].id,
                    start=at,
                    end=at + len(text),
                    kind="DATE",
                    value=entry[2],
                    anchored_to=anchored,
                )
            )
            at += len(text) + 1
    passages = [
        Passage(left=Anchor(documents[a].id, 0, 5), right=Anchor(documents[b].id, 0, 5), kind=kind, same=1.0)
        for a, b, kind in case.get("passages", ())
    ]
    ids = {d.id: name for name, d in documents.items()}
    return Mates(
        documents={d.id: d for d in documents.values()}, times=by(times, "doc"), headers={}, passages=passages
    ), ids


@pytest.mark.parametrize("case", CASES, ids=[c["name"] for c in CASES])
def test_dating_cases(case):
    """Each case gives the dates that its evidence singles out, and no other."""
    mates, ids = _mates(case)
    assert {ids[d.doc]: d.value for d in datings(mates)} == case["want"]


@pytest.mark.parametrize("case", [c for c in CASES if c["want"]], ids=[c["name"] for c in CASES if c["want"]])
def test_dating_gives_its_evidence(case):
    """A dating rests on records of the story, says why, scores in 0..1, and its bounds hold its value."""
    mates, _ = _mates(case)
    known = {
        *mates.documents,
        *(t.id for ts in mates.times.values() for t in ts),
        *(p.id for p in mates.passages),
    }
    for dating in datings(mates):
        assert dating.because_of
        assert set(dating.because_of) <= known
        assert dating.why
        assert 0 < dating.score < 1
        assert dating.earliest <= dating.value <= dating.latest


DAYS = st.dates().map(lambda d: d.isoformat())
STORIES = st.fixed_dictionaries(
    {
        "docs": st.dictionaries(
            st.sampled_from("abcd"),
            st.one_of(
                st.builds(dict, day=DAYS),
                st.builds(dict, value=DAYS.map(lambda d: f"XXXX{d[4:]}")),
                st.just({}),
            ),
            min_size=1,
        ),
        "times": st.just([]),
    }
)


@settings(deadline=None)
@given(STORIES)
def test_dating_any_story(case):
    """Whatever the days, no dated page is dated again and every value is a day of the calendar."""
    mates, _ = _mates(case)
    for dating in datings(mates):
        assert not is_dated(mates.documents[dating.doc])
        assert as_day(dating.value)


@settings(deadline=None)
@given(st.sampled_from(CASES), st.randoms())
def test_dating_needs_no_order(case, random):
    """Documents, times and passages in another order give the same datings."""
    mates, _ = _mates(case)
    documents, passages = list(mates.documents.items()), list(mates.passages)
    random.shuffle(documents)
    random.shuffle(passages)
    times = {doc: random.sample(list(found), len(found)) for doc, found in mates.times.items()}
    again = Mates(documents=dict(documents), times=times, headers={}, passages=passages)
    assert datings(again) == datings(mates)
