"""Episodes: stretches of a story without a pause; every document of the story in exactly one."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reuse.parts import chain, rows
from stories.crisis import SUMMER, WINTER, other, page
from variorum.records import Dating, Document, Episode, Story, Time, from_table, to_table
from variorum.reuse.fingerprints import FINGERPRINTS, SEEDS
from variorum.reuse.passages import PASSAGES
from variorum.stories.candidates import CANDIDATES, TERMS
from variorum.stories.cluster import SAME_STORY, STORIES
from variorum.stories.episodes import PAUSE, STAGE, by_time

STAGES = [FINGERPRINTS, TERMS, SEEDS, PASSAGES, CANDIDATES, SAME_STORY, STORIES, STAGE]


def _page(made, day=""):
    title, text = made
    return Document(
        page=f"{title} {hash_of(text)}",
        title=title,
        text=text,
        published_value=day,
        published_earliest=day,
        published_latest=day,
    )


def hash_of(text):
    """Something short that tells texts apart."""
    return sum(ord(c) * (n + 1) for n, c in enumerate(text))


def _episodes(documents, buckets=1, **tables):
    return chain(STAGES, {"documents": to_table(Document, documents), **tables}, buckets)


def _docs(made):
    return sorted(e.documents for e in from_table(Episode, made["episodes"]))


def _day(offset):
    return (date(2031, 7, 1) + timedelta(offset)).isoformat()


def test_episodes_part_summer_from_winter():
    """One quarrel in summer and winter is one story with two episodes, each with its days."""
    summer = [_page(page(SUMMER, n), _day(n)) for n in range(3)]
    winter = [_page(page(WINTER, n), _day(150 + n)) for n in range(2)]
    made = _episodes([*summer, *winter])
    assert made["stories"].num_rows == 1
    (first, second) = sorted(from_table(Episode, made["episodes"]), key=lambda e: e.opened)
    assert set(first.documents) == {d.id for d in summer}
    assert (first.opened, first.closed) == (_day(0), _day(2))
    assert set(second.documents) == {d.id for d in winter}


def test_episodes_take_undated_pages_by_their_words():
    """A page that tells no day joins the episode whose words it shares."""
    summer = [_page(page(SUMMER, n), _day(n)) for n in range(3)]
    winter = [_page(page(WINTER, n), _day(150 + n)) for n in range(3)]
    undated = _page(page(WINTER, 9))
    made = _episodes([*summer, *winter, undated])
    (with_it,) = [e for e in from_table(Episode, made["episodes"]) if undated.id in e.documents]
    assert winter[0].id in with_it.documents


def test_episodes_use_completed_dates():
    """A page whose year a mate tells stands in the episode of that year, with a dating that says why."""
    summer = [_page(page(SUMMER, n), _day(n)) for n in range(2)]
    winter = _page(page(WINTER, 1), "2031-12-03")
    partial = Document(
        page="partial",
        title=winter.title,
        text="Wednesday (December 3). " + page(WINTER, 1)[1],
        published_value="XXXX-12-03",
    )
    times = [Time(doc=partial.id, start=0, end=22, kind="DATE", value="XXXX-12-03")]
    made = _episodes([*summer, winter, partial], times=to_table(Time, times))
    (dating,) = from_table(Dating, made["datings"])
    assert (dating.doc, dating.value) == (partial.id, "2031-12-03")
    assert winter.id in dating.because_of
    assert tuple(sorted((winter.id, partial.id))) in _docs(made)


def test_episodes_without_any_date_are_one():
    """A story of which no day is known is one episode without days."""
    made = _episodes([_page(page(SUMMER, n)) for n in range(3)])
    (episode,) = from_table(Episode, made["episodes"])
    assert (episode.opened, episode.closed) == ("", "")


SPANS = st.dictionaries(
    st.integers(0, 20).map(str),
    st.tuples(st.integers(0, 300), st.integers(0, 5)).map(lambda p: (_day(p[0]), _day(sum(p)))),
)


@settings(deadline=None)
@given(SPANS)
def test_episodes_pauses(spans):
    """Stretches are in order of time, a pause lies between any two, and none lies within one."""
    groups = by_time(spans)
    assert sorted(d for g in groups for d in g) == sorted(spans)
    ends = [(min(spans[d][0] for d in g), max(spans[d][1] for d in g)) for g in groups]
    for (_, until), (start, _) in itertools.pairwise(ends):
        assert (date.fromisoformat(start) - date.fromisoformat(until)).days >= PAUSE
    for group in groups:
        reach = ""
        for start, end in sorted(spans[d] for d in group):
            assert not reach or (date.fromisoformat(start) - date.fromisoformat(reach)).days < PAUSE
            reach = max(reach, end)


PICKS = st.lists(
    st.tuples(st.integers(0, 4), st.integers(0, 4), st.sampled_from([None, 0, 10, 150])),
    min_size=1,
    max_size=7,
    unique=True,
)


@settings(deadline=None, max_examples=10)
@given(PICKS)
def test_episodes_cover_stories_in_any_partition(picks):
    """Every document of a story is in exactly one of its episodes; 1, 2 and 7 partitions are equal."""
    documents = {}
    for kind, seed, offset in picks:
        made = other(kind, seed) if kind < 3 else page((SUMMER, WINTER)[kind - 3], seed)
        document = _page(made, "" if offset is None else _day(offset))
        documents[document.id] = document
    made = {n: _episodes(list(documents.values()), n) for n in (1, 2, 7)}
    for name in ("passages", "stories", "episodes", "datings"):
        assert rows(made[1][name]) == rows(made[2][name]) == rows(made[7][name])
    episodes = from_table(Episode, made[1]["episodes"])
    for story in from_table(Story, made[1]["stories"]):
        held = [doc for e in episodes if e.story == story.id for doc in e.documents]
        assert sorted(held) == sorted(story.documents)


@pytest.mark.parametrize("texts", [[], [""], ["", "..."]])
def test_episodes_of_nothing(texts):
    """No page and empty pages make no trouble."""
    documents = [Document(page=f"p{n}", text=t) for n, t in enumerate(texts)]
    assert _episodes(documents)["episodes"].num_rows == len(texts)
