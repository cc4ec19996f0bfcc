"""From frames and quotations to statements."""

from __future__ import annotations

import itertools
from bisect import bisect_right
from typing import TYPE_CHECKING

import msgspec

from variorum.records import Span, Statement
from variorum.records.spans import Act, Manner
from variorum.tag.statements import extents, frames, hints, speakers, subjects
from variorum.tag.statements.frame import is_speaker
from variorum.tag.statements.groups import verb_group
from variorum.tag.statements.marks import Quotation
from variorum.tag.statements.posts import posts
from variorum.tag.statements.speakers import NOBODY, Speaker
from variorum.tag.statements.units import Page, Unit, is_word, units

if TYPE_CHECKING:
    from collections.abc import Sequence

    from variorum.tag.statements.frame import Frame, Range
    from variorum.tag.statements.units import Item

# A quotation without a frame counts as speech from so many words. Swept 1 to 12 on statements train (news-like genres of GUM,
# weblogs and newsgroups of EWT): overlap F1 .581 to .585 whatever it is; 4 keeps short answers and drops single words.
_SPEECH_WORDS = 4
_SPEECH_BLOCKS = frozenset({"paragraph", "quote", "list", "embed"})


class Draft(msgspec.Struct):
    """A statement in the making; fields as in the record."""

    unit: int
    content: list[Span]
    manner: Manner
    act: Act = "asserts"
    source: Span | None = None
    cue: Span | None = None
    addressee: Span | None = None
    negated: bool = False
    time: str = ""
    speaker: Speaker = NOBODY
    inside: Quotation | None = None


def _span(items: Sequence[Item], found: Range) -> Span:
    return Span(items[found[0]].start, items[found[1] - 1].end)


def _content(items: Sequence[Item], ranges: Sequence[Range]) -> tuple[list[Span], Manner]:
    """Spans of the content, a whole quotation without its marks, and the manner they add up to."""
    spans: list[Span] = []
    direct = bool(ranges)
    quoted = False
    for start, end in ranges:
        quotation = items[start].quotation
        if end - start == 1 and quotation is not None:
            spans.append(Span(quotation.inner_start, quotation.inner_end))
            quoted = True
            continue
        direct = False
        quoted = quoted or any(x.kind == "quotation" for x in items[start:end])
        spans.append(_span(items, (start, end)))
    return spans, "direct" if direct else "mixed" if quoted else "indirect"


def _draft(page: Page, unit: Unit, number: int, frame: Frame) -> Draft:
    items = unit.items
    content, manner = _content(items, frame.content)
    source = _span(items, frame.source) if frame.source else None
    return Draft(
        unit=number,
        content=content,
        manner=manner,
        act=frame.act,
        source=source,
        cue=_span(items, frame.cue),
        addressee=_span(items, frame.addressee) if frame.addressee else None,
        negated=frame.negated,
        time=_time(page, unit, frame),
        speaker=speakers.resolve(page, source) if source else NOBODY,
        inside=unit.inside,
    )


def _time(page: Page, unit: Unit, frame: Frame) -> str:
    """The time told in the frame's own words: the nearest to the cue outside the content."""
    items = unit.items
    cue = _span(items, frame.cue)
    first = frame.start
    while (
        first > 0
        and items[first - 1].kind != "quotation"
        and items[first - 1].text not in ".;:"
        and frame.kind == "before"
    ):
        first -= 1
    last = min(max(frame.end, frame.cue[1], *(r[0] for r in frame.content[1:])), len(items))
    if frame.kind == "after":
        last = next((j for j in range(frame.end, len(items)) if items[j].kind != "word"), len(items))
    contents = [_span(items, r) for r in frame.content]
    found = [
        t
        for t in page.times_in(items[first].start, items[last - 1].end)
        if t.kind in ("DATE", "TIME") and not any(c.start <= t.start and t.end <= c.end for c in contents)
    ]
    best = min(
        found,
        key=lambda t: (min(abs(t.start - cue.end), abs(cue.start - t.end)), t.start, t.id),
        default=None,
    )
    return best.id if best else ""


def _subject_of(page: Page, unit: Unit, frame: Frame) -> Span | None:
    """The subject of a clause whose verb is no verb of saying, for a participle or second verb that shares it."""
    items = unit.items
    for i in range(1, frame.start):
        if hints.is_finite(items, i):
            found = subjects.subject_before(items, verb_group(items, i).start)
            if found is not None and is_speaker(page, items, found):
                return _span(items, found)
            return None
    return None


def _drafts(page: Page, unit: Unit, number: int) -> list[Draft]:
    found = extents.fill(unit.items, frames.find(page, unit))
    made: list[Draft] = []
    for frame in found:
        draft = _draft(page, unit, number, frame)
        if draft.source is None and frame.kind in ("along", "joined"):
            parent = made[frame.parent] if frame.parent >= 0 else None
            if parent is not None:
                draft.source, draft.speaker = parent.source, parent.speaker
                draft.time = draft.time or parent.time
            else:
                draft.source = _subject_of(page, unit, frame)
                if draft.source is None:
                    draft.content = []
                else:
                    draft.speaker = speakers.resolve(page, draft.source)
        made.append(draft)
    return made


class _Reader:
    """Reads the units of a page in order and gives quotations without a frame to who speaks there."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.units = units(page)
        self.drafts: list[list[Draft]] = [_drafts(page, u, n) for n, u in enumerate(self.units)]
        self.own = [n for n, u in enumerate(self.units) if u.inside is None]

    def run(self) -> list[Draft]:
        for at, number in enumerate(self.own):
            before = self.own[at - 1] if at else -1
            after = self.own[at + 1] if at + 1 < len(self.own) else -1
            self.orphans(number, before)
            self.pending(number, after)
        for at, number in enumerate(self.own):
            self.pronoun(number, self.own[at - 1] if at else -1)
            self.lone(at, number)
        return [d for drafts in self.drafts for d in drafts if d.content]

    def quotation(self, number: int, *, last: bool) -> Quotation | None:
        """The quotation that a unit begins or ends with."""
        items = [x for x in self.units[number].items if x.kind != "mark"]
        return (items[-1] if last else items[0]).quotation if items else None

    def orphans(self, number: int, before: int) -> None:
        """A frame that begins its unit with nothing before it: its quotation ended the unit before."""
        for draft in self.drafts[number]:
            if draft.content or draft.cue is None or before < 0:
                continue
            first = self.units[number].start in (draft.cue.start, draft.source.start if draft.source else -1)
            quotation = self.quotation(before, last=True)
            near = self.units[before].order == self.units[number].order
            if first and near and quotation is not None and not self.is_taken(quotation, before):
                draft.content, draft.manner = [Span(quotation.inner_start, quotation.inner_end)], "direct"

    def pronoun(self, number: int, before: int) -> None:
        """A "he" or "she" that begins its sentence and has no chain: who alone spoke in the sentence before goes on.

        The subject of the sentence before outranks all others as what a subject pronoun refers to (Grosz, Joshi and
        Weinstein 1995, "Centering").
        """
        unit = self.units[number]
        first = unit.items[0] if unit.items else None
        if (
            before < 0
            or first is None
            or first.low not in speakers.PERSONAL
            or self.units[before].order != unit.order
        ):
            return
        spoke = {d.speaker.chain for d in self.speaking(number, before) if d.cue}
        chain = self.page.chains.get(next(iter(spoke))) if len(spoke) == 1 else None
        if chain is None or chain.kind != "person":
            return
        for draft in self.drafts[number]:
            same = draft.source is not None and draft.source == Span(first.start, first.end)
            if same and not draft.speaker.chain and not draft.speaker.candidates:
                draft.speaker = Speaker(chain.id, chain.name, "pronoun")

    def pending(self, number: int, after: int) -> None:
        """A frame that ends in a colon at the end of its unit: what follows is its content."""
        drafts = [d for d in self.drafts[number] if not d.content]
        if not drafts or after < 0 or not self.page.text[: self.units[number].end].endswith(":"):
            return
        quotation = self.quotation(after, last=False)
        block = self.units[after]
        if quotation is not None:
            drafts[-1].content, drafts[-1].manner = (
                [Span(quotation.inner_start, quotation.inner_end)],
                "direct",
            )
        elif block.block == "quote":
            whole = self.page.blocks[block.order]
            drafts[-1].content, drafts[-1].manner = [Span(whole.start, whole.end)], "direct"

    def is_taken(self, quotation: Quotation, *numbers: int) -> bool:
        """Whether a quotation is, or lies in, content of a statement of those units."""
        return any(
            c.start <= quotation.inner_start and quotation.inner_end <= c.end
            for n in numbers
            for d in self.drafts[n]
            for c in d.content
        )

    def lone(self, at: int, number: int) -> None:
        """Quotations of a unit that holds nothing else and that no frame has taken."""
        unit = self.units[number]
        words = sum(1 for x in unit.items if is_word(x))
        if unit.block not in _SPEECH_BLOCKS or words > 0 or self.drafts[number]:
            return
        near = [n for n in self.own[max(at - 1, 0) : at + 2] if n != number]
        for item in unit.items:
            quotation = item.quotation
            if quotation is not None and not self.is_taken(quotation, *near):
                self.give(at, number, quotation)

    def is_speech(self, quotation: Quotation) -> bool:
        return self.page.text.count(" ", quotation.inner_start, quotation.inner_end) + 1 >= _SPEECH_WORDS

    def give(self, at: int, number: int, quotation: Quotation) -> None:
        """Give a lone quotation to the statement it continues, or to the speaker before or behind it."""
        span = Span(quotation.inner_start, quotation.inner_end)
        before = self.speaking(number, self.own[at - 1]) if at else []
        after = self.speaking(number, self.own[at + 1]) if at + 1 < len(self.own) else []
        here = self.units[number].order
        if before and (before[-1].manner == "direct") and self.is_continued(before[-1], here):
            before[-1].content.append(span)
            return
        if not self.is_speech(quotation):
            return
        sources = before
        if not before or (self.units[before[-1].unit].order != here and after):
            sources = [
                d for d in after if d.manner == "direct" and self.units[d.unit].order == here
            ] or before
        speaker = speakers.agreed(d.speaker for d in sources) if sources else NOBODY
        one = (
            sources[-1].source
            if sources and (speaker.chain or len({d.source for d in sources}) == 1)
            else None
        )
        self.drafts[number].append(
            Draft(
                unit=number,
                content=[span],
                manner="direct",
                source=one,
                speaker=speaker,
                time=sources[-1].time if one else "",
            )
        )

    def speaking(self, number: int, other: int) -> list[Draft]:
        """Statements of a neighbouring unit whose speaker may go on: those that lie in no other's content."""
        here, there = self.units[number], self.units[other]
        if abs(here.order - there.order) > 1 or there.block not in _SPEECH_BLOCKS:
            return []
        drafts = [d for d in self.drafts[other] if d.content]
        return [
            d
            for d in drafts
            if not any(
                o is not d and d.cue and any(c.start <= d.cue.start < c.end for c in o.content)
                for o in drafts
            )
        ]

    def is_continued(self, draft: Draft, order: int) -> bool:
        """Whether a speech goes on in the same paragraph, or in the next because its mark was left open."""
        if self.units[draft.unit].order == order:
            return True
        last = draft.content[-1]
        return self.page.text[last.end : last.end + 3].strip(" .,!?…")[:1] not in ("”", '"', "»", "’", "'")


def _outer(drafts: Sequence[Draft]) -> list[int]:
    """For each statement the number of the one in whose content it is made, -1 if in none; the narrowest counts."""
    contents = sorted((c.start, c.end, n) for n, d in enumerate(drafts) for c in d.content)
    starts = [c[0] for c in contents]
    # How far any content up to here reaches: none that starts before can hold what ends behind that.
    reach = list(itertools.accumulate((c[1] for c in contents), max))
    found = []
    for n, draft in enumerate(drafts):
        at = draft.cue or draft.content[0]
        best, width = -1, 0
        i = bisect_right(starts, at.start) - 1
        while i >= 0 and reach[i] >= at.end:
            start, end, other = contents[i]
            inside = end >= at.end and other != n and (start, end) != (at.start, at.end)
            if inside and (best < 0 or end - start < width):
                best, width = other, end - start
            i -= 1
        found.append(best)
    return found


def read(page: Page) -> list[Statement]:
    """The statements of one page, by place."""
    drafts = sorted(
        _with_posts(page, _Reader(page).run()),
        key=lambda d: (d.content[0].start, -d.content[-1].end, d.cue or Span(-1, -1)),
    )
    outer = _outer(drafts)
    made: dict[int, Statement] = {}
    order = sorted(range(len(drafts)), key=lambda n: _depth(n, outer))
    for n in order:
        draft = drafts[n]
        via = made.get(outer[n])
        if draft.inside is not None and draft.source is not None and outer[n] >= 0:
            draft.speaker = (
                speakers.first_person(page, draft.source, drafts[outer[n]].speaker) or draft.speaker
            )
        made[n] = _record(page, draft, via.id if via else "")
    return [made[n] for n in range(len(drafts))]


def _with_posts(page: Page, drafts: list[Draft]) -> list[Draft]:
    """Statements with those of embedded posts; what was read in a post stays if a post's words hold its cue."""
    for post in posts(page):
        start, end = min(post.source.start, post.content[0].start), max(post.source.end, post.content[-1].end)
        drafts = [
            d
            for d in drafts
            if not start <= d.content[0].start < end
            or (
                d.cue is not None and any(c.start <= d.cue.start and d.cue.end <= c.end for c in post.content)
            )
        ]
        speaker = speakers.resolve(page, post.source)
        drafts.append(
            Draft(
                unit=0,
                content=list(post.content),
                manner="direct",
                source=post.source,
                speaker=speaker,
                time=post.time,
            )
        )
    return drafts


def _depth(n: int, outer: Sequence[int]) -> int:
    depth, seen = 0, {n}
    while outer[n] >= 0 and outer[n] not in seen:
        n = outer[n]
        seen.add(n)
        depth += 1
    return depth


def _record(page: Page, draft: Draft, via: str) -> Statement:
    return Statement(
        doc=page.doc.id,
        source=draft.source,
        cue=draft.cue,
        content=tuple(draft.content),
        addressee=draft.addressee,
        speaker=draft.speaker.chain,
        speaker_name=draft.speaker.name,
        how_resolved=draft.speaker.how,
        candidates=draft.speaker.candidates,
        manner=draft.manner,
        act=draft.act,
        negated=draft.negated,
        via=via,
        time=draft.time,
    )
