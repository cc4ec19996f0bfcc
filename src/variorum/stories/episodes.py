"""Episodes: the stretches of a story that hang together in time, and the dates completed on the way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING

import msgspec

from variorum.records import (
    Dating,
    Document,
    Episode,
    Header,
    Passage,
    Story,
    Tables,
    Term,
    Time,
    by,
    from_table,
    to_table,
)
from variorum.stage import Fetch, Stage
from variorum.stories.cluster import closeness, days, title_of, vectors
from variorum.stories.dating import Mates, datings, spans_of_days
from variorum.stories.vectors import background_digest
from variorum.text.calendar import days_between

if TYPE_CHECKING:
    from variorum.settings import Settings

# Days without a page that end an episode. Argued, not swept (no open corpus here has dates): outlets come back to a running
# crisis at least weekly, so three silent weeks are a pause; a month-long gap between two rounds of one quarrel is met.
PAUSE = 21
# A shared copied passage counts like this much likeness when an undated page looks for its episode.
_COPIED = 1.0
_QUOTED = 0.3


class _Told(msgspec.Struct, frozen=True):
    """All that the partition's stories may ask for."""

    documents: Mapping[str, Document]
    times: Mapping[str, Sequence[Time]]
    headers: Mapping[str, Sequence[Header]]
    passages: Mapping[str, Sequence[Passage]]
    terms: Mapping[str, Mapping[str, float]]


def _mates(story: Story, told: _Told) -> Mates:
    inside = set(story.documents)
    found = {p.id: p for doc in story.documents for p in told.passages.get(doc, ()) if p.right.doc in inside}
    return Mates(
        documents={doc: told.documents[doc] for doc in story.documents if doc in told.documents},
        times={doc: told.times.get(doc, ()) for doc in story.documents},
        headers={doc: told.headers.get(doc, ()) for doc in story.documents},
        passages=[found[i] for i in sorted(found)],
    )


def by_time(spans: Mapping[str, tuple[str, str]], pause: int = PAUSE) -> list[list[str]]:
    """Gather documents into stretches without a pause.

    Args:
        spans: First and last day of each document.
        pause: Days without a page that end a stretch.

    Returns:
        Documents of each stretch, sorted, in order of time.
    """
    groups: list[list[str]] = []
    until = ""
    for doc in sorted(spans, key=lambda d: (spans[d], d)):
        start, end = spans[doc]
        gap = days_between(until, start) if until else None
        if gap is None or gap >= pause:
            groups.append([])
        groups[-1].append(doc)
        until = max(until, end)
    return [sorted(g) for g in groups]


def _place_undated(doc: str, groups: Sequence[Sequence[str]], mates: Mates, told: _Told) -> int:
    """The episode that an undated page is most like, by its words and by the passages that it shares; the earliest of equals."""
    bonus: dict[str, float] = defaultdict(float)
    for passage in mates.passages:
        if doc in (passage.left.doc, passage.right.doc):
            other = passage.right.doc if passage.left.doc == doc else passage.left.doc
            worth = {"copy": _COPIED, "quotation": _QUOTED}.get(passage.kind, 0.0)
            bonus[other] = max(bonus[other], worth)
    mine = told.terms.get(doc, {})
    worths = [
        sum(closeness(mine, told.terms.get(o, {})) + bonus[o] for o in group) / len(group) for group in groups
    ]
    return max(range(len(groups)), key=lambda k: (round(worths[k], 6), -k))


def _split(story: Story, mates: Mates, told: _Told, spans: Mapping[str, tuple[str, str]]) -> list[list[str]]:
    groups = by_time(spans)
    undated = [doc for doc in story.documents if doc not in spans]
    if not groups:
        return [sorted(undated)]
    places = [(doc, _place_undated(doc, groups, mates, told)) for doc in undated]
    return [
        sorted([*group, *(doc for doc, k in places if k == number)]) for number, group in enumerate(groups)
    ]


def _central(docs: Sequence[str], told: _Told) -> list[str]:
    """Documents by how alike they are to the others, most first."""
    worth = {
        doc: round(sum(closeness(told.terms.get(doc, {}), told.terms.get(o, {})) for o in docs), 6)
        for doc in docs
    }
    return sorted(docs, key=lambda doc: (-worth[doc], doc))


def _run_episodes(tables: Tables, _settings: Settings) -> Tables:
    told = _Told(
        documents={d.id: d for d in from_table(Document, tables["documents"])},
        times=by(sorted(from_table(Time, tables["times"]), key=attrgetter("doc", "start", "id")), "doc"),
        headers=by(sorted(from_table(Header, tables["headers"]), key=attrgetter("doc", "id")), "doc"),
        passages=_by_left(from_table(Passage, tables["passages"])),
        terms=vectors(from_table(Term, tables["terms"])),
    )
    episodes: list[Episode] = []
    completed: list[Dating] = []
    for story in sorted(from_table(Story, tables["stories"]), key=attrgetter("id")):
        mates = _mates(story, told)
        made = datings(mates)
        completed += made
        spans = spans_of_days(mates, made)
        for docs in _split(story, mates, told, spans):
            opened, closed = days(spans[doc] for doc in docs if doc in spans)
            title = title_of(mates.documents[doc] for doc in _central(docs, told) if doc in mates.documents)
            episodes.append(
                Episode(story=story.id, title=title, documents=tuple(docs), opened=opened, closed=closed)
            )
    return {
        "episodes": to_table(Episode, episodes, made_by=STAGE.made_by),
        "datings": to_table(Dating, completed, made_by=STAGE.made_by),
    }


def _by_left(passages: Sequence[Passage]) -> dict[str, list[Passage]]:
    found: dict[str, list[Passage]] = defaultdict(list)
    for passage in passages:
        found[passage.left.doc].append(passage)
    return found


STAGE = Stage(
    name="episodes",
    version=2,
    needs=("stories",),
    makes=("episodes", "datings"),
    split_by="id",
    fetch=(
        Fetch(table="documents", column="id", by=("stories.documents",)),
        Fetch(table="times", column="doc", by=("stories.documents",)),
        Fetch(table="headers", column="doc", by=("stories.documents",)),
        Fetch(table="passages", column="left.doc", by=("stories.documents",)),
        Fetch(table="terms", column="doc", by=("stories.documents",)),
    ),
    resources=background_digest,
    run=_run_episodes,
)
