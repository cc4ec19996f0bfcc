"""Stories: every document in exactly one, the same in any order and partition, blind to strangers."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reuse.parts import chain, rows
from stories.crisis import SUMMER, WINTER, other, page
from variorum.records import Candidate, Document, SameStory, Story, empty, from_table, to_table
from variorum.stories.candidates import CANDIDATES, REACH, TERMS
from variorum.stories.cluster import SAME_STORY, STORIES, days, title_of

STAGES = [TERMS, CANDIDATES, SAME_STORY, STORIES]


def _documents(pages):
    return [Document(page=f"{title} {n}", title=title, text=text) for n, (title, text) in enumerate(pages)]


def _stories(documents, buckets=1):
    return chain(STAGES, {"documents": to_table(Document, documents), "passages": empty("passages")}, buckets)


def _groups(documents):
    found = from_table(Story, _stories(documents)["stories"])
    names = {d.id: d.title for d in documents}
    return sorted(sorted(names[doc] for doc in s.documents) for s in found)


PICKS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 5)), min_size=1, max_size=9, unique=True)


def _picked(picks):
    return _documents([page(SUMMER, seed) if kind == 3 else other(kind, seed) for kind, seed in picks])


@settings(deadline=None, max_examples=20)
@given(PICKS, st.randoms())
def test_stories_cover_and_agree(picks, random):
    """Every document is in exactly one story; order and number of partitions change nothing."""
    documents = _picked(picks)
    made = {n: _stories(documents, n) for n in (1, 2, 7)}
    for name in ("candidates", "same_story", "stories"):
        assert rows(made[1][name]) == rows(made[2][name]) == rows(made[7][name])
    held = [doc for s in from_table(Story, made[1]["stories"]) for doc in s.documents]
    assert sorted(held) == sorted(d.id for d in documents)
    shuffled = list(documents)
    random.shuffle(shuffled)
    assert rows(_stories(shuffled)["stories"]) == rows(made[1]["stories"])


@settings(deadline=None, max_examples=20)
@given(PICKS)
def test_stories_ignore_strangers(picks):
    """A page of another affair, in words of its own, changes no story of the others."""
    documents = _picked(picks)
    strange = Document(
        page="strange",
        title="Quillon orchard",
        text="Quillon orchard pruned quinces beneath trellises at Quillon.",
    )
    before = rows(_stories(documents)["stories"])
    after = _stories([*documents, strange])["stories"]
    alone = [s for s in from_table(Story, after) if s.documents == (strange.id,)]
    assert len(alone) == 1
    assert rows(after) == sorted([*before, *rows(to_table(Story, alone))])


def test_stories_tell_affairs_apart():
    """Pages of four affairs make four stories."""
    documents = _documents(
        [*[page(SUMMER, n) for n in range(6)], *[other(k, n) for k in range(3) for n in range(4)]]
    )
    assert sorted(len(g) for g in _groups(documents)) == [4, 4, 4, 6]
    assert all(len(set(g)) == 1 for g in _groups(documents))


@pytest.mark.parametrize(("summer", "winter"), [(3, 2), (1, 1), (5, 5), (9, 8), (12, 4)])
def test_stories_one_quarrel_in_two_seasons_is_one(summer, winter):
    """The same people quarrelling over the same place in summer and winter are one story, few pages or many."""
    documents = _documents(
        [*[page(SUMMER, n) for n in range(summer)], *[page(WINTER, 50 + n) for n in range(winter)]]
    )
    assert len(_groups(documents)) == 1


def _quake(place, seed):
    """Two earthquakes: the same words, other places and people."""
    names = {
        "Lorne": ("Lorne Bay", "Lorne", "Ada Wick", "Tern Island"),
        "Pesk": ("Pesk Valley", "Pesk", "Ilan Dorr", "Mount Hale"),
    }[place]
    lines = [
        f"An earthquake of magnitude six shook {names[(seed + k) % 4]} and rescuers searched collapsed houses near"
        f" {names[(seed + k + 1) % 4]}, said {names[2]}."
        for k in range(5)
    ]
    return f"Earthquake shakes {names[0]}", "\n\n".join([f"Earthquake shakes {names[0]}", *lines])


def test_stories_two_alike_events_are_two():
    """Two earthquakes told in the same words are two stories, for their places and people differ."""
    documents = _documents([_quake(place, n) for place in ("Lorne", "Pesk") for n in range(5)])
    assert [sorted(set(g)) for g in _groups(documents)] == [
        ["Earthquake shakes Lorne Bay"],
        ["Earthquake shakes Pesk Valley"],
    ]


def test_same_story_says_why():
    """An edge names the strongest terms that both pages share, and lies between 0 and 1."""
    documents = _documents([page(SUMMER, 1), page(SUMMER, 2)])
    (edge,) = from_table(SameStory, _stories(documents)["same_story"])
    assert edge.left < edge.right
    assert 0 < edge.score <= 1
    assert "sarn" in edge.why


def test_same_story_hangs_on_two_documents_alone():
    """A pair's score is the same whatever else is in the dossier."""
    pair = _documents([page(SUMMER, 1), page(WINTER, 2)])
    (alone,) = from_table(SameStory, _stories(pair)["same_story"])
    many = [*pair, *_documents([page(SUMMER, n) for n in range(9, 15)])]
    among = [e for e in from_table(SameStory, _stories(many)["same_story"]) if e.id == alone.id]
    assert among == [alone]


def test_candidates_of_a_common_term_stay_linear():
    """Pages that all share one affair give pairs in proportion to the pages, and still one story."""
    count = 3 * REACH
    documents = _documents([page(SUMMER, n, length=4) for n in range(count)])
    made = _stories(documents)
    pairs = from_table(Candidate, made["candidates"])
    assert len(pairs) < count * count / 2
    assert made["stories"].num_rows == 1


def test_stories_titles_and_days():
    """A story is titled by its most central page, and opens and closes with the days that are known."""
    documents = _documents([page(SUMMER, n) for n in range(3)])
    (story,) = from_table(Story, _stories(documents)["stories"])
    assert story.title == documents[0].title
    assert (story.opened, story.closed) == ("", "")
    assert days([("2031-05-02", "2031-05-02"), ("", ""), ("2031-04-01", "2031-06-30T10:00Z")]) == (
        "2031-04-01",
        "2031-06-30",
    )
    assert title_of([Document(page="a", text="\n First line\nsecond")]) == "First line"
    assert title_of([]) == ""


@pytest.mark.parametrize(
    "texts", [[], [""], ["", ""], ["...", "   "], ["Наводнение в Сарне", "Наводнение в Сарне"]]
)
def test_stories_of_odd_texts(texts):
    """No document, empty documents and other scripts give stories all the same; empty pages are alike to nobody."""
    documents = [Document(page=f"p{n}", text=t) for n, t in enumerate(texts)]
    found = from_table(Story, _stories(documents)["stories"])
    assert sorted(doc for s in found for doc in s.documents) == sorted(d.id for d in documents)
    assert all(len(s.documents) == 1 for s in found) or "Наводнение" in texts[0]
