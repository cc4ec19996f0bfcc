"""How far the content of each frame of a unit reaches, and which frame shares whose source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from variorum.tag.statements import hints, lexicon, phrases
from variorum.tag.statements.hints import is_adverb
from variorum.tag.statements.lexicon import COORDINATOR, PRONOUN, SUBORDINATOR
from variorum.tag.statements.units import is_capital, is_word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from variorum.tag.statements.frame import Frame, Range
    from variorum.tag.statements.units import Item

_CLAUSE_OPENERS = lexicon.words("clause_opener")
_BEHIND_THING = lexicon.words("behind_thing")
_RELATIVE = frozenset({"that", "which", "who"})
# More items than this hold a verb, known or not (4 to 12 score alike on statements train).
_LONG = 4


class _Extents:
    """Reads the frames of one unit from left to right and closes contents as later frames begin."""

    def __init__(self, items: Sequence[Item], frames: Sequence[Frame]) -> None:
        self.items = items
        self.frames = frames
        self.stops = [len(items)] * len(frames)
        self.open: list[int] = []
        self.main = -1
        self.region = 0
        self.dropped: set[int] = set()

    def cut(self, at: int, keep: int = 0) -> None:
        """Close the open contents at an index, all but the `keep` outermost."""
        for i in self.open[keep:]:
            self.stops[i] = min(self.stops[i], at)
        del self.open[keep:]

    def comma_before(self, index: int) -> bool:
        return index > 0 and self.items[index - 1].text == ","

    def before(self, g: int) -> None:
        frame = self.frames[g]
        k = frame.start - 1
        if k >= 0 and self.open:
            low = self.items[k].low
            if self.items[k].text == ";":
                self.cut(k)
            elif low in _CLAUSE_OPENERS and self.comma_before(k):
                self.cut(k - 1)
            elif low in {"and", "but"} and frame.tense == self.frames[self.open[0]].tense:
                self.cut(k)
        if not self.open:
            self.main = g
        self.open.append(g)
        if frame.aside:
            self.stops[g] = next(
                (j for j in range(frame.end, len(self.items)) if self.items[j].text == ","), self.stops[g]
            )

    def after(self, g: int) -> None:
        frame = self.frames[g]
        content = [i for i in self.open if not frame.quoting]
        end = frame.start - (self.comma_before(frame.start))
        if frame.quoting and self.open:
            owner = self.open[-1]
            self.cut(end)
            governed = self.frames[owner].complement
            frame.content = [(governed.start, end)] if governed is not None else []
            return
        start = self.region
        self.cut(end)
        if self.opens_clause(frame):
            # "A and, the mayor believes, B": she is only said to believe B.
            self.region = self.next_start(g)
            frame.content = [(frame.end + 1, self.region)]
            self.main = g
            return
        frame.content = [(start, end)] if start < end else []
        self.region = frame.end
        if not content or self.frames[content[0]].start >= start:
            self.main = g
        self.resume(g)

    def opens_clause(self, frame: Frame) -> bool:
        """Whether a frame between commas stands right behind the word that joins its content to what precedes."""
        items, k = self.items, frame.start
        joins = k > 1 and items[k - 1].text == "," and items[k - 2].low in COORDINATOR
        return joins and frame.end + 1 < len(items) and items[frame.end].text == ","

    def next_start(self, g: int) -> int:
        """Where what follows a frame ends: at the next participle's frame, else at the unit's end."""
        following = self.frames[g + 1] if g + 1 < len(self.frames) else None
        return following.start - 1 if following is not None and following.kind == "along" else len(self.items)

    def resume(self, g: int) -> None:
        """Content that goes on behind a frame in its middle."""
        frame, items = self.frames[g], self.items
        k = frame.end
        if k >= len(items) or not frame.content:
            return
        if (
            items[k].text in (",", ":", ".", "—", "–", "...")
            and k + 1 < len(items)
            and items[k + 1].kind == "quotation"
        ):
            k += 1
        if items[k].kind == "quotation":
            frame.content.append((k, k + 1))
            self.region = k + 1
            return
        start, end = frame.content[0]
        if items[k].text == "," and end > start and not any(x.kind == "quotation" for x in items[start:end]):
            stop = self.next_start(g)
            if self.goes_on(start, end, k + 1, stop):
                frame.content.append((k + 1, stop))
                self.region = stop

    def goes_on(self, start: int, end: int, behind: int, stop: int) -> bool:
        """Whether content goes on behind a frame: its verb is still missing, or a phrase follows that tells no frame's own when or where."""
        items = self.items
        if not hints.has_finite(items, start, end):
            return hints.has_finite(items, behind, stop)
        phrase = behind < stop and items[behind].low in lexicon.PREPOSITION - SUBORDINATOR
        own = phrases.adjunct_end(items, behind) > behind if phrase else True
        return phrase and not own and not hints.has_finite(items, behind, stop)

    def along(self, g: int) -> None:
        frame = self.frames[g]
        if self.comma_before(frame.start):
            self.cut(frame.start - 1)
            frame.parent = self.main
        else:
            frame.parent = self.open[-1] if self.open else self.main
            self.cut(frame.start - (self.items[frame.start - 1].kind == "word"))
        self.open.append(g)

    def joined(self, g: int) -> None:
        frame = self.frames[g]
        comma = self.items[frame.start].text == "," or self.comma_before(frame.start)
        same = [n for n, i in enumerate(self.open) if self.fits(i, frame)]
        if same:
            keep = same[0] if comma else same[-1]
            frame.parent = self.open[keep]
            self.cut(frame.start - (self.items[frame.start].text != "," and comma), keep)
        elif self.main >= 0 and self.fits(self.main, frame) and not self.open:
            frame.parent = self.main
        elif self.open:
            self.dropped.add(g)
            return
        self.open.append(g)

    def fits(self, i: int, frame: Frame) -> bool:
        other = self.frames[i]
        return other.tense == frame.tense or "helped" in (other.tense, frame.tense) or not other.tense

    def noun(self, g: int) -> None:
        self.open.append(g)
        if len(self.open) == 1:
            comma = next(
                (j for j in range(self.frames[g].end, len(self.items)) if self.items[j].text == ","),
                len(self.items),
            )
            self.stops[g] = comma

    def run(self) -> None:
        for g, frame in enumerate(self.frames):
            if frame.kind == "before":
                self.before(g)
            elif frame.kind == "after":
                self.after(g)
            elif frame.kind == "along":
                self.along(g)
            elif frame.kind == "joined":
                self.joined(g)
            else:
                self.noun(g)


def fill(items: Sequence[Item], frames: Sequence[Frame]) -> list[Frame]:
    """Give every frame its content and parent.

    Args:
        items: Of the unit.
        frames: Of the unit, in the order of their cues; changed in place.

    Returns:
        The frames that stand, each with `content` trimmed of marks and of words that join clauses. A frame whose content
        stands elsewhere (in the next block, or in the unit before) has none.
    """
    extents = _Extents(items, frames)
    extents.run()
    renumbered: dict[int, int] = {}
    kept: list[Frame] = []
    for g, frame in enumerate(frames):
        if g in extents.dropped:
            continue
        if frame.complement is not None and not frame.content:
            frame.content = _governed(items, frame, extents.stops[g])
        if frame.kind == "after" and not _is_content(items, frame):
            frame.content = []
        frame.content = [r for r in (_trimmed(items, *r) for r in frame.content) if r[0] < r[1]]
        if frame.parent in extents.dropped:
            frame.parent = -1
        frame.parent = renumbered.get(frame.parent, -1)
        renumbered[g] = len(kept)
        kept.append(frame)
    return kept


def _is_content(items: Sequence[Item], frame: Frame) -> bool:
    """Whether what stands before a frame can be said: a quotation or a clause; in a headline verbs are not seen."""
    capitals = sum(1 for x in items if is_capital(x))
    inverted = (
        frame.source is not None
        and frame.cue[1] <= frame.source[0]
        and items[frame.cue[0]].low != "according"
    )
    if frame.quoting or inverted or 2 * capitals > len(items):
        return True
    return any(
        any(x.kind == "quotation" for x in items[s:e])
        or hints.has_finite(items, s, e)
        or (e - s > _LONG or items[s].low in PRONOUN)
        for s, e in frame.content
    )


def _governed(items: Sequence[Item], frame: Frame, stop: int) -> list[Range]:
    governed = frame.complement
    if governed is None or governed.start >= len(items):
        return []
    if governed.kind == "infinitive" and items[governed.start].kind == "quotation":
        behind = governed.start + 1
        if behind < stop and items[behind].low in SUBORDINATOR:
            return [(governed.start, behind)]
    if governed.kind == "quote":
        return _quoted(items, governed.start, stop)
    if governed.kind == "thing":
        stop = min(stop, _thing_stop(items, governed.start, stop))
        return _around_time(items, governed.start, stop)
    return [(governed.start, stop)]


def _quoted(items: Sequence[Item], start: int, stop: int) -> list[Range]:
    """A quotation behind its cue, with those that follow it at once, or with the clause it is a fragment of."""
    found: list[Range] = [(start, start + 1)]
    i = start + 1
    while i < stop and (
        items[i].kind == "quotation"
        or (items[i].text in ".," and i + 1 < stop and items[i + 1].kind == "quotation")
    ):
        if items[i].kind == "quotation":
            found.append((i, i + 1))
        i += 1
    quotation = items[start].quotation
    if (
        i < stop
        and is_word(items[i])
        and not is_adverb(items[i])
        and quotation is not None
        and _is_fragment(items, start, i)
    ):
        return [(start, stop)]
    return found


def _is_fragment(items: Sequence[Item], quote: int, following: int) -> bool:
    """Whether a clause goes on behind a quotation: a short one that ends in no mark of its own."""
    first, last = items[quote], items[following]
    if first.quotation is None or last.low in SUBORDINATOR | PRONOUN:
        return False
    return first.quotation.end - first.quotation.inner_end <= 1 and first.end - first.start < 120


def _thing_stop(items: Sequence[Item], start: int, stop: int) -> int:
    """Where a thing ends: at a comma that opens something else, before "after", "when" ..., or at a second verb."""
    for i in range(start + 1, stop):
        low = items[i].low
        if low in _BEHIND_THING and is_word(items[i]) and low not in {"which", "who", "where"}:
            return i
        if low in {"and", "but"} and _is_second_verb(items, start, i):
            return i
        if items[i].text == "," and i + 1 < stop:
            following = items[i + 1]
            opens = following.low in SUBORDINATOR | PRONOUN | lexicon.PREPOSITION or following.low.endswith(
                "ing"
            )
            opens = opens or _is_remark(items, i, stop)
            if opens or (following.low in COORDINATOR and hints.has_finite(items, i + 2, stop)):
                return i
    return stop


def _around_time(items: Sequence[Item], start: int, stop: int) -> list[Range]:
    """A thing without the time of saying that stands in it: "accused Marovia | on Tuesday | of theft"."""
    for i in range(start + 1, stop):
        end = phrases.timed_end(items, i)
        if i < end < stop and items[end].low in {"of", "for"}:
            return [(start, i), (end, stop)]
    return [(start, stop)]


def _is_second_verb(items: Sequence[Item], start: int, i: int) -> bool:
    """Whether the coordinator at `i` joins a verb to the cue: "rejected the charge and closed the road".

    A verb inside the thing may be what it is joined to ("the plan that it drew up and signed"), so there must be none.
    """
    j = i + 1
    while j < len(items) and is_word(items[j]) and is_adverb(items[j]):
        j += 1
    if j + 1 >= len(items) or hints.has_finite(items, start, i):
        return False
    low, behind = items[j].low, items[j + 1].low
    verb = low.endswith("ed") or hints.is_finite(items, j)
    opens = behind in lexicon.DETERMINER | lexicon.OBJECT | {"to", "that"} or items[j + 1].kind == "quotation"
    return verb and is_word(items[j]) and not is_capital(items[j]) and opens


def _is_remark(items: Sequence[Item], comma: int, stop: int) -> bool:
    """Whether the page says something of its own of what stands before: ", a decision that most states accept"."""
    if comma + 3 >= stop or items[comma + 1].low not in {"a", "an"}:
        return False
    relative = next((j for j in range(comma + 2, stop) if items[j].low in _RELATIVE), stop)
    return hints.has_finite(items, relative + 1, stop) and not any(
        x.text == "," for x in items[comma + 1 : stop]
    )


def _trimmed(items: Sequence[Item], start: int, end: int) -> Range:
    """Without marks at the ends and without words that only join."""
    while start < end and (
        (items[start].kind == "mark" and items[start].text not in "([$€£") or items[start].low in COORDINATOR
    ):
        start += 1
    while end > start and (
        (items[end - 1].kind == "mark" and items[end - 1].text not in ")]%")
        or items[end - 1].low in COORDINATOR
    ):
        end -= 1
    return start, end
