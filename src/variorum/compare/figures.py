"""Claims and conflicts: which figures are one claim, which part, and whether they can be compared at all (law 5)."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

import msgspec

from variorum.compare import matter
from variorum.compare.content import resources
from variorum.compare.denials import hull
from variorum.compare.matter import Matter
from variorum.compare.parting import Verdict, compare, part
from variorum.compare.utterances import one_voice
from variorum.compare.view import StoryView, fetches, views
from variorum.compare.witnesses import groups, origin_of, witnesses
from variorum.records import Anchor, Claim, Conflict, Tables, to_table
from variorum.stage import Stage

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from variorum.records.edges import Comparable
    from variorum.settings import Settings

# Other numbers that one account of a number is shown against; a reader who has seen five looks up the claims.
MOST = 5
_RANK: dict[Comparable, int] = {"yes": 2, "in part": 1, "no": 0}
_SCORE: dict[Comparable, float] = {"yes": 0.9, "in part": 0.6, "no": 0.2}


class _Read(msgspec.Struct, frozen=True):
    matter: Matter
    origin: str
    speaker: str


def _figures(view: StoryView) -> list[_Read]:
    """The figures of a story, each piece of copied text once: as the first of its copies tells it."""
    read = [m for f in view.figures if (m := matter.read(view, f)) is not None]
    spans = {m.span: m for m in reversed(read)}
    # Copies hold the same words; a figure within a changed stretch of a passage is no copy of its neighbour.
    by_value: dict[tuple[object, ...], list[Anchor]] = defaultdict(list)
    for span, m in spans.items():
        by_value[m.head, m.quantity, m.figure.low, m.figure.high, m.figure.unit].append(span)
    found = []
    for same in by_value.values():
        for group in groups(view, same):
            kept = spans[group[0]]
            found.append(_Read(kept, origin_of(view, group), kept.figure.said_by))
    return sorted(found, key=lambda r: r.matter.figure.id)


def _independent(view: StoryView, a: _Read, b: _Read) -> bool:
    """Whether two figures are told by two: by two origins, or on one page by two speakers."""
    if a.origin != b.origin:
        return True
    left, right = view.actor_of.get(a.speaker), view.actor_of.get(b.speaker)
    return left is not None and right is not None and not one_voice(view, left, right)


def _buckets(read: Sequence[_Read]) -> Iterator[list[_Read]]:
    """Figures that may count one thing: of one quantity, or of one counted noun."""
    found: dict[tuple[str, str, str], list[_Read]] = defaultdict(list)
    for r in read:
        m = r.matter
        found[m.figure.kind, m.figure.unit, m.quantity or m.head].append(r)
    yield from (found[k] for k in sorted(found) if k[2])


def _worth(a: Matter, b: Matter, verdict: Verdict) -> bool:
    """Whether a parting is worth showing: near-misses only where all but the time is told alike."""
    if verdict.comparable != "no":
        return True
    if verdict.update:
        return True
    alike = (a.head, a.place, a.aspect, a.names, a.modifiers) == (
        b.head,
        b.place,
        b.aspect,
        b.names,
        b.modifiers,
    )
    return bool(a.place) and alike and not (a.time[0] and b.time[0])


def figure_conflicts(view: StoryView, read: Sequence[_Read]) -> Iterator[Conflict]:
    """Figures of one matter whose values part: for each telling of a value and each other value, the surest conflict.

    So every independent account of a number stands against the best account of the other numbers, of `MOST` of them at
    most, and the conflicts grow with the accounts, not with their pairs.
    """
    best: dict[tuple[object, ...], tuple[int, str, Conflict]] = {}
    for bucket in _buckets(read):
        for x, y in combinations(bucket, 2):
            a, b = x.matter, y.matter
            if not part(a, b) or not _independent(view, x, y):
                continue
            verdict = compare(a, b)
            if verdict is None or not _worth(a, b, verdict):
                continue
            found = _conflict(view, a, b, verdict)
            for one, other in ((x, y), (y, x)):
                key = (
                    one.matter.quantity or one.matter.head,
                    one.origin,
                    _told(one.matter),
                    _told(other.matter),
                )
                rank = (_RANK[verdict.comparable], found.id, found)
                best[key] = max(best.get(key, rank), rank, key=lambda r: r[:2])
    accounts: dict[tuple[object, ...], list[tuple[int, str, Conflict]]] = defaultdict(list)
    for account, ranked_ in best.items():
        accounts[account[:-1]].append(ranked_)
    for ranked in accounts.values():
        yield from (c for *_, c in sorted(ranked, key=lambda r: r[:2], reverse=True)[:MOST])


def _told(a: Matter) -> float:
    """The number that a figure names: about 1,000 and 1,000 name one."""
    low, high = a.figure.low, a.figure.high
    return low if low is not None else high if high is not None else 0.0


def _conflict(view: StoryView, a: Matter, b: Matter, verdict: Verdict) -> Conflict:
    left, right = sorted((a, b), key=lambda m: m.figure.id)
    return Conflict(
        story=view.story.id,
        left=left.figure.id,
        right=right.figure.id,
        left_span=left.span,
        right_span=right.span,
        kind="figure",
        comparable=verdict.comparable,
        why=verdict.why,
        score=_SCORE[verdict.comparable],
    )


def denial_conflicts(view: StoryView) -> Iterator[Conflict]:
    """Denials of what another origin claims; of one denial in several copies or renderings of one origin, the surest."""
    statements = {s.id: s for s in view.statements}
    uttered = {i: u.id for u in view.utterances for i in u.statements}
    best: dict[tuple[str, str, Anchor], Conflict] = {}
    for denial in sorted(view.denials, key=lambda d: (-d.score, d.id)):
        if denial.claimed is None or denial.statement not in statements:
            continue
        mine = hull(statements[denial.statement])
        sentence = view.sentence_at(denial.claimed.doc, denial.claimed.start)
        other = denial.denied or (sentence.id if sentence else "")
        origin = origin_of(view, [mine])
        if not other or origin == origin_of(view, [denial.claimed]):
            continue
        (left, left_span), (right, right_span) = sorted(((denial.statement, mine), (other, denial.claimed)))
        found = Conflict(
            story=view.story.id,
            left=left,
            right=right,
            left_span=left_span,
            right_span=right_span,
            kind="denial",
            comparable="yes" if denial.score >= 0.75 else "in part",
            why=denial.how,
            score=denial.score,
        )
        best.setdefault((origin, uttered.get(denial.statement, denial.statement), denial.claimed), found)
    yield from best.values()


def claims(view: StoryView) -> list[Claim]:
    """One claim for each value told of one matter, with everything that backs it."""
    found: dict[tuple[object, ...], list[Matter]] = defaultdict(list)
    for figure in view.figures:
        m = matter.read(view, figure)
        if m is not None:
            key = (m.figure.kind, m.figure.unit, m.quantity, m.head, m.names, m.aspect, m.place)
            found[(*key, m.figure.low, m.figure.high, m.time)].append(m)
    rows = []
    for told in found.values():
        told.sort(key=lambda m: m.span)
        spans = tuple(sorted({m.span for m in told}))
        rows.append(
            Claim(
                story=view.story.id,
                about=told[0].about,
                value=view.text(told[0].figure),
                statements=tuple(sorted({i for m in told for i in _stated(view, m)})),
                spans=spans,
                origins=witnesses(view, spans),
            )
        )
    return sorted(rows, key=lambda c: c.id)


def _stated(view: StoryView, m: Matter) -> Iterator[str]:
    """Ids of the statements whose content holds a figure."""
    for s in view.statements:
        if s.doc == m.span.doc and any(
            c.start <= m.figure.start and m.figure.end <= c.end for c in s.content
        ):
            yield s.id


def conflicts(view: StoryView) -> list[Conflict]:
    """Where the accounts of one story part, on figures and by denial."""
    found = {c.id: c for c in (*figure_conflicts(view, _figures(view)), *denial_conflicts(view))}
    return [found[i] for i in sorted(found)]


def _run(tables: Tables, _settings: Settings) -> Tables:
    told, parted = [], []
    for view in views(tables):
        told += claims(view)
        parted += conflicts(view)
    return {
        "claims": to_table(Claim, told, made_by=STAGE.made_by),
        "conflicts": to_table(Conflict, parted, made_by=STAGE.made_by),
    }


STAGE = Stage(
    name="conflicts",
    version=1,
    needs=("stories",),
    makes=("claims", "conflicts"),
    split_by="id",
    fetch=fetches(
        "sentences",
        "times",
        "places",
        "figures",
        "statements",
        "actors",
        "passages",
        "datings",
        "utterances",
        "denials",
    ),
    run=_run,
    resources=resources,
    libraries=("rapidfuzz", "regex"),
)
