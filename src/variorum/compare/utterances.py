"""One utterance in several wordings: statements of one story that render the same words of one speaker.

Only statements of one voice are compared: one actor, or a body and a person who speaks for it. How two renderings
relate is told by words alone (`render`); what is called a paraphrase is bounded in time as well, for a speaker who
says much the same a month later has said it anew.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import msgspec
from rapidfuzz.distance import Indel

from variorum.compare.content import Gist, Likeness, gist, in_order, likeness, resources
from variorum.compare.overlap import half, pairs
from variorum.compare.powers import acts_for
from variorum.compare.view import StoryView, fetches, views
from variorum.compare.witnesses import same_text, witnesses
from variorum.records import Actor, Anchor, Link, Statement, Tables, Utterance, to_table
from variorum.stage import Stage
from variorum.text.calendar import days_between

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from variorum.records.edges import LinkKind
    from variorum.settings import Settings

# Share of common content words (Dice) from which two statements of one voice are one utterance in other words. On MRPC
# train, where speakers are not told, it gives precision .86 (recall .59); the speaker's being one raises it, and the
# cases beside the tests part at it. Whoever says one thing in another order of words shares nearly all of them.
PARAPHRASE = 0.7
# Share of pairs of common words in one order; on MRPC train .5 to .85 give F1 .699 to .685, and the cases part at it.
IN_ORDER = 0.7
REORDERED = 0.8
# Least share (Dice) of common words for an excerpt: all its content words, in their order. 12 of 13 such pairs of MRPC
# train that no other rule finds are one, at any figure from .3 to .6.
EXCERPT = 0.4
# Content words that two renderings must share: two short remarks on one matter share two or three.
SHARED = 4
# A run of words this long that stands in both wordings is no accident of one topic.
RUN = 4
# Days between two pages after which a paraphrase counts as said anew.
ANEW = 7
# Content words below which equal words are no sign of one utterance: "supports the pact" is said every day. A name alone
# says nothing, copied or not, unless some words are quoted.
_FEWEST = 3
_QUOTED = 4
# Share of equal words from which a difference is an editor's or a typist's.
_TOUCHED_UP = 0.9


def days_apart(left: tuple[str, str], right: tuple[str, str]) -> int | None:
    """Least number of days between two spans of time; None where either is unknown."""
    later, earlier = days_between(left[1], right[0]), days_between(right[1], left[0])
    return None if later is None or earlier is None else max(later, earlier, 0)


def _pieces(short: Sequence[str], long: Sequence[str]) -> list[tuple[int, int]]:
    """Cut `short` greedily into the longest runs that stand in `long`: (length, place in `long`), in order."""
    found = []
    i = 0
    while i < len(short):
        best, place = 0, -1
        for j in range(len(long)):
            n = 0
            while i + n < len(short) and j + n < len(long) and short[i + n] == long[j + n]:
                n += 1
            if n > best:
                best, place = n, j
        found.append((best, place))
        i += max(best, 1)
    return found


def render(left: Gist, right: Gist) -> tuple[LinkKind, float] | None:
    """How one wording renders the other, contents of two statements of one voice, in either order.

    Returns:
        `verbatim` (same words, up to a touch), `shortened` (words left out at the ends or, in order, within),
        `spliced` (words brought together that stand apart or in another order), `paraphrased` (other words for the
        same), each with a score in 0..1; None where they do not render one another.
    """
    if not left.bag or not right.bag:
        return None
    if left.raw == right.raw:
        return "verbatim", 1.0
    alike = likeness(left, right)
    if not alike.shared:
        return None
    touch = float(Indel.normalized_similarity(left.raw, right.raw))
    if touch >= _TOUCHED_UP and alike.numbers and alike.polarity and half(left.bag, right.bag):
        return "verbatim", round(touch, 6)
    short, long = sorted((left, right), key=lambda g: (len(g.raw), g.raw))
    if cut := _cut(short, long):
        return cut
    if not alike.numbers or not alike.polarity:
        return None
    order = in_order(left, right)
    if alike.shared >= SHARED and alike.dice >= (PARAPHRASE if order >= IN_ORDER else REORDERED):
        return "paraphrased", alike.score
    return ("shortened", alike.score) if _excerpt(alike, order) else None


def _excerpt(alike: Likeness, order: float) -> bool:
    return alike.shared >= _FEWEST and alike.contained == 1 and alike.dice >= EXCERPT and order == 1


def _cut(short: Gist, long: Gist) -> tuple[LinkKind, float] | None:
    """Whether `short` is made of runs of `long`: shortened or spliced."""
    if len(short.bag) < 3 or len(short.raw) < RUN or not short.bag <= long.bag:
        return None
    pieces = _pieces(short.raw, long.raw)
    if len(pieces) == 1:
        return "shortened", 1.0
    good = [p for p in pieces if p[0] >= RUN]
    covered = sum(p[0] for p in good) / len(short.raw)
    if covered < _TOUCHED_UP:
        return None
    places = [p[1] for p in good]
    return ("shortened" if places == sorted(places) and len(good) == 1 else "spliced"), round(covered, 6)


class _Said(msgspec.Struct, frozen=True):
    statement: Statement
    actor: Actor | None
    gist: Gist
    span: Anchor


def _said(view: StoryView) -> list[_Said]:
    """Statements that may render an utterance; of statements within one another by one speaker, the outermost."""
    found: list[_Said] = []
    denying = {s.id for s in view.statements if s.act == "denies"}
    for statement in view.statements:
        if not statement.content or statement.negated or _hearsay(statement, denying):
            continue
        span = Anchor(statement.doc, statement.content[0].start, statement.content[-1].end)
        said = _Said(statement, view.actor_of.get(statement.speaker), gist(_words(view, statement)), span)
        if not _says(said):
            continue
        outer = [s for s in found if s.actor == said.actor and _holds(s.span, span)]
        if not outer:
            found = [s for s in found if not (s.actor == said.actor and _holds(span, s.span))]
            found.append(said)
    return found


def _hearsay(statement: Statement, denying: Container[str]) -> bool:
    """Whether nobody is said to have said it: no source is named, or a denial only reports it."""
    return (statement.source is None and not statement.speaker) or statement.via in denying


def _says(said: _Said) -> bool:
    """Whether a statement says something: two content words, or some words quoted."""
    return len(said.gist.bag) >= 2 or (said.statement.manner == "direct" and len(said.gist.raw) >= _QUOTED)


def _words(view: StoryView, statement: Statement) -> str:
    """The words of a statement's content, without the time of speaking where it stands among them."""
    time = next((t for t in view.times if t.id == statement.time), None) if statement.time else None
    text = view.documents[statement.doc].text
    pieces = []
    for span in statement.content:
        if time is not None and span.start <= time.start and time.end <= span.end:
            pieces += [text[span.start : time.start], text[time.end : span.end]]
        else:
            pieces.append(text[span.start : span.end])
    return " ".join(pieces)


def _holds(outer: Anchor, inner: Anchor) -> bool:
    return outer.doc == inner.doc and outer.start <= inner.start and inner.end <= outer.end


def voices(view: StoryView, actor: Actor | None) -> tuple[str, ...]:
    """Keys of an actor and of all for whom it speaks, one for the other, nearest first; none for no actor.

    A key is the actor's id; a state and what a page makes speak for it, its capital or its seat of government, have the
    state's name as theirs.
    """
    cache: dict[str, tuple[str, ...]] = view.cache("voices")
    start = actor.id if actor else ""
    if start not in cache:
        found: list[str] = []
        while actor is not None and (key := acts_for(view, actor) or actor.id) not in found:
            found.append(key)
            actor = view.actors.get(actor.speaks_for)
        cache[start] = tuple(found)
    return cache[start]


def one_voice(view: StoryView, left: Actor | None, right: Actor | None) -> bool:
    """Whether two actors can have spoken one utterance: the same, or one speaks for the other."""
    a, b = voices(view, left), voices(view, right)
    return bool(a and b) and (a[0] in b or b[0] in a)


def _groups(view: StoryView, said: Iterable[_Said]) -> Iterator[list[_Said]]:
    """Statements that may share a voice: those of a body together with those of all who speak for it."""
    found: dict[str, list[_Said]] = defaultdict(list)
    for s in said:
        found[(voices(view, s.actor) or ("",))[-1]].append(s)
    yield from (found[k] for k in sorted(found))


def _link(view: StoryView, left: _Said, right: _Said) -> Link | None:
    copied = same_text(view, left.span, right.span) and left.statement.doc != right.statement.doc
    if not one_voice(view, left.actor, right.actor) and not (copied and left.actor is right.actor):
        return None
    found = render(left.gist, right.gist)
    if found is None or not (copied or min(len(left.gist.bag), len(right.gist.bag)) >= _FEWEST):
        return None
    kind, score = found
    apart = days_apart(view.dates[left.statement.doc], view.dates[right.statement.doc])
    long_enough = len(left.gist.bag & right.gist.bag) >= SHARED
    if apart is not None and apart > ANEW and not (long_enough and kind != "paraphrased"):
        return None
    if kind == "paraphrased" and _translated(view, left, right):
        kind = "translated"
    a, b = sorted((left.statement.id, right.statement.id))
    return Link(a, b, kind, score)


def _translated(view: StoryView, left: _Said, right: _Said) -> bool:
    return any(view.documents[s.statement.doc].translated != "unknown" for s in (left, right))


def cluster(said: Sequence[Statement], links: Iterable[Link]) -> list[list[str]]:
    """Join statements along links, the surest first.

    Two statements of one page are joined only by a link of their own: a page that quotes two sentences takes them for
    two, whatever a third page makes of them.

    Returns:
        Clusters of two or more ids, sorted, in the order of their first id.
    """
    doc = {s.id: s.doc for s in said}
    links = sorted(links, key=lambda k: (-k.score, k.left, k.right))
    direct = {(k.left, k.right) for k in links}
    home = {i: [i] for i in doc}
    for link in links:
        left, right = home[link.left], home[link.right]
        # A page that says one thing hundreds of times has ten thousands of links within one cluster.
        if left is right:
            continue
        crossing = ((min(a, b), max(a, b)) for a in left for b in right if doc[a] == doc[b])
        if not all(pair in direct for pair in crossing):
            continue
        left.extend(right)
        for i in right:
            home[i] = left
    return sorted(sorted(c) for c in {id(c): c for c in home.values()}.values() if len(c) > 1)


def utterances(view: StoryView) -> list[Utterance]:
    """The utterances of one story that two or more statements render."""
    found = []
    for group in _groups(view, _said(view)):
        near = pairs([s.gist.bag for s in group])
        links = [k for i, j in near if (k := _link(view, group[i], group[j])) is not None]
        by_id = {s.statement.id: s for s in group}
        for ids in cluster([s.statement for s in group], links):
            members = set(ids)
            # A headline that renders its own page's text is no second rendering.
            if len({by_id[i].span.doc for i in ids}) < 2:
                continue
            kept = sorted(k for k in links if k.left in members and k.right in members)
            speaker = _speaker([by_id[i].actor for i in ids])
            found.append(
                Utterance(
                    story=view.story.id,
                    speaker=speaker.id if speaker else "",
                    speaker_name=speaker.name if speaker else "",
                    statements=tuple(ids),
                    links=tuple(kept),
                    origins=witnesses(view, [by_id[i].span for i in ids]),
                )
            )
    return sorted(found, key=lambda u: u.statements)


def _speaker(actors: Iterable[Actor | None]) -> Actor | None:
    """Who spoke: a person rather than the body spoken for, then whom most statements name, then the first by id."""
    known = [a for a in actors if a is not None]
    counts = Counter(a.id for a in known)
    return min(known, key=lambda a: (a.kind != "person", -counts[a.id], a.id), default=None)


def _run(tables: Tables, _settings: Settings) -> Tables:
    rows = [u for view in views(tables) for u in utterances(view)]
    return {"utterances": to_table(Utterance, rows, made_by=STAGE.made_by)}


STAGE = Stage(
    name="utterances",
    version=1,
    needs=("stories",),
    makes=("utterances",),
    split_by="id",
    fetch=fetches("times", "statements", "actors", "passages", "datings"),
    broadcast=("gazetteer",),
    run=_run,
    resources=resources,
    libraries=("rapidfuzz", "regex"),
)
