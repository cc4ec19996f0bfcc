"""One story as readers see it: the edition, the timeline, who said what, where accounts part, copies, naming."""

from __future__ import annotations

from typing import TYPE_CHECKING

from variorum import records as r
from variorum.records import by
from variorum.text.normalise import fold
from variorum.views.differences import Piece, pieces, side_by_side, words_of
from variorum.views.families import families
from variorum.views.shapes import (
    Copied,
    CopiedPassage,
    EpisodeView,
    Line,
    Moment,
    NamedThing,
    OriginView,
    Parting,
    Reading,
    Rendering,
    Revised,
    Said,
    StoryView,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from variorum.views.shelf import Shelf


def _within(inner: r.Anchor, outer: r.Anchor) -> bool:
    return inner.doc == outer.doc and outer.start <= inner.start and inner.end <= outer.end


class StoryReader:
    """Makes story views of one dossier; tables are read once."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._episodes = by(shelf.all(r.Episode), "story")
        self._edition = by(shelf.all(r.EditionLine), "story")
        self._timeline = by(shelf.all(r.TimelineEntry), "story")
        self._utterances = by(shelf.all(r.Utterance), "story")
        self._conflicts = by(shelf.all(r.Conflict), "story")
        self._denials = by(shelf.all(r.Denial), "story")
        self._naming = by(shelf.all(r.Naming), "story")
        self._passages = shelf.all(r.Passage)
        self._revisions = shelf.all(r.Revision)
        self._said = by(shelf.statements.values(), "doc")

    def view(self, story: r.Story) -> StoryView:
        """The story, all of it."""
        shelf = self._shelf
        docs = sorted(story.documents, key=shelf.sort_key)
        witnesses = tuple(shelf.witnesses[d] for d in docs)
        conflicts = [self._conflict(c) for c in self._conflicts[story.id] if c.kind != "denial"]
        return StoryView(
            id=story.id,
            title=story.title,
            opened=story.opened,
            closed=story.closed,
            witnesses=witnesses,
            outlets=len({fold(shelf.outlet_name(d)) for d in docs} - {""}),
            episodes=tuple(
                self._episode(e)
                for e in sorted(self._episodes[story.id], key=lambda e: (e.opened or "9999", e.id))
            ),
            edition=tuple(self._line(row) for row in sorted(self._edition[story.id], key=lambda e: e.order)),
            timeline=tuple(
                self._moment(t)
                for t in sorted(self._timeline[story.id], key=lambda t: (t.earliest, t.latest, t.id))
            ),
            renderings=self._renderings(story.id),
            families=families(shelf, docs),
            said=self._speakers(docs),
            partings=tuple(c for c in conflicts if c.comparable != "no"),
            incomparable=tuple(c for c in conflicts if c.comparable == "no"),
            denials=tuple(
                self._denial(d) for d in sorted(self._denials[story.id], key=lambda d: (-d.score, d.id))
            ),
            copied=self._copied(docs),
            revised=self._revised(docs),
            origins=self._origins(docs),
            naming=self._named(story.id),
        )

    def _readings(self, anchors: Sequence[r.Anchor], notes: Sequence[str] = ()) -> tuple[Reading, ...]:
        texts = [self._shelf.text(a) for a in anchors]
        notes = [*notes, *([""] * (len(anchors) - len(notes)))]
        return tuple(
            Reading(self._shelf.witnesses[a.doc], a, tuple(marked), note)
            for a, marked, note in zip(anchors, side_by_side(texts), notes, strict=True)
        )

    def _plain(self, anchor: r.Anchor, note: str = "") -> Reading:
        return Reading(
            self._shelf.witnesses[anchor.doc], anchor, (Piece(self._shelf.text(anchor), ""),), note
        )

    def _episode(self, row: r.Episode) -> EpisodeView:
        docs = sorted(row.documents, key=self._shelf.sort_key)
        return EpisodeView(row.title, row.opened, row.closed, tuple(self._shelf.witnesses[d] for d in docs))

    def _line(self, row: r.EditionLine) -> Line:
        base = self._plain(row.base)
        same = words_of(self._shelf.text(row.base))
        others = [v for v in row.variants if words_of(self._shelf.text(v)) != same]
        variants = tuple(self._against(v, row.base) for v in others)
        first = {a.doc: a for a in (*reversed(row.variants), row.base)}
        carriers = sorted(
            map(self._plain, first.values()), key=lambda c: (len(c.witness.siglum), c.witness.siglum)
        )
        return Line(base, variants, tuple(carriers), len(row.witnesses), row.marks)

    def _against(self, anchor: r.Anchor, other: r.Anchor) -> Reading:
        """A reading with its own words marked, as against another."""
        marked = pieces(self._shelf.text(anchor), self._shelf.text(other))
        return Reading(self._shelf.witnesses[anchor.doc], anchor, tuple(marked))

    def _moment(self, row: r.TimelineEntry) -> Moment:
        readings = tuple(self._plain(a) for a in row.spans)
        return Moment(
            row.time, row.earliest, row.latest, row.kind == "background", readings, len(row.origins)
        )

    def _spoken(self, statement: r.Statement) -> r.Anchor:
        """The whole content of a statement, from its first word to its last."""
        spans = statement.content or tuple(s for s in (statement.cue, statement.source) if s is not None)
        return r.Anchor(statement.doc, min(s.start for s in spans), max(s.end for s in spans))

    def _speaker_note(self, statement: r.Statement) -> str:
        source = self._shelf.span_text(statement.doc, statement.source)
        return source or statement.speaker_name

    def _renderings(self, story: str) -> tuple[Rendering, ...]:
        """Utterances, those that independent origins carry in different words first."""
        views = [self._rendering(u) for u in self._utterances[story]]
        return tuple(
            sorted(
                views, key=lambda u: (-u.origins, u.kinds == ("verbatim",), u.speaker, u.readings[0].anchor)
            )
        )

    def _rendering(self, row: r.Utterance) -> Rendering:
        said = [self._shelf.statements[s] for s in row.statements if s in self._shelf.statements]
        said.sort(key=lambda s: (self._shelf.sort_key(s.doc), s.id))
        readings = self._readings([self._spoken(s) for s in said], [self._speaker_note(s) for s in said])
        kinds = tuple(sorted({link.kind for link in row.links}))
        return Rendering(row.speaker_name, kinds, readings, len(row.origins))

    def _speakers(self, docs: Iterable[str]) -> tuple[Said, ...]:
        groups: dict[str, list[r.Statement]] = {}
        for doc in docs:
            for statement in sorted(self._said[doc], key=self._spoken):
                actor = self._shelf.actor_of.get(statement.speaker)
                groups.setdefault(actor.id if actor else "", []).append(statement)
        actors = {a.id: a for a in self._shelf.actor_of.values()}
        rows = []
        for key, said in groups.items():
            actor = actors.get(key)
            readings = tuple(self._plain(self._spoken(s), self._how(s)) for s in said)
            rows.append(
                Said(actor.name if actor else "Speaker not resolved", actor.roles if actor else (), readings)
            )
        return tuple(
            sorted(rows, key=lambda s: (s.speaker == "Speaker not resolved", -len(s.readings), s.speaker))
        )

    def _how(self, statement: r.Statement) -> str:
        source = self._shelf.span_text(statement.doc, statement.source)
        words = [source, "does not say" if statement.negated else statement.act, statement.manner]
        return " · ".join(w for w in words if w)

    def _conflict(self, row: r.Conflict) -> Parting:
        left, right = self._plain(row.left_span), self._plain(row.right_span)
        return Parting(
            row.kind,
            row.comparable,
            row.why,
            self._around(left),
            self._around(right),
            self._value(row.left),
            self._value(row.right),
        )

    def _around(self, reading: Reading) -> Reading:
        """The reading within its sentence, its own words as the piece that is marked."""
        anchor = reading.anchor
        text = self._shelf.documents[anchor.doc].text
        holder = next(
            (s for s in self._shelf.sentences[anchor.doc] if s.start <= anchor.start and anchor.end <= s.end),
            None,
        )
        if holder is None or (holder.start, holder.end) == (anchor.start, anchor.end):
            return reading
        parts = (
            Piece(text[holder.start : anchor.start], ""),
            Piece(text[anchor.start : anchor.end], "own"),
            Piece(text[anchor.end : holder.end], ""),
        )
        return Reading(reading.witness, anchor, tuple(p for p in parts if p.text), reading.note)

    def _value(self, record: str) -> str:
        figure = self._shelf.figures.get(record)
        if figure is None:
            return ""
        low, high = figure.low, figure.high
        number = " to ".join(dict.fromkeys(f"{v:,.10g}" for v in (low, high) if v is not None))
        return ("about " if figure.approximate else "") + number

    def _denial(self, row: r.Denial) -> Parting:
        statement = self._shelf.statements[row.statement]
        said = self._spoken(statement)
        left = self._around(self._plain(said, self._speaker_note(statement)))
        right = None
        denied = self._shelf.statements.get(row.denied)
        if denied is not None:
            right = self._around(self._plain(self._spoken(denied), self._speaker_note(denied)))
        elif row.claimed is not None and not _within(row.claimed, said):
            right = self._around(self._plain(row.claimed))
        return Parting("denial", "", row.how, left, right)

    def _copied(self, docs: Sequence[str]) -> tuple[Copied, ...]:
        inside = set(docs)
        pairs: dict[tuple[str, str], list[r.Passage]] = {}
        for p in self._passages:
            if p.left.doc in inside and p.right.doc in inside:
                pairs.setdefault((p.left.doc, p.right.doc), []).append(p)
        rows = []
        for (left, right), found in pairs.items():
            found.sort(key=lambda p: (p.left.start, p.left.end, p.id))
            words = sum(len(self._shelf.text(p.left).split()) for p in found)
            copies = sum(p.kind != "quotation" for p in found)
            views = tuple(self._passage(p) for p in found)
            rows.append(
                Copied(self._shelf.witnesses[left], self._shelf.witnesses[right], words, copies, views)
            )
        return tuple(sorted(rows, key=lambda c: (c.copies == 0, -c.words, c.left.siglum, c.right.siglum)))

    def _passage(self, row: r.Passage) -> CopiedPassage:
        left, right = self._readings([row.left, row.right])
        sides = {"left": left.witness.siglum, "right": right.witness.siglum, "unknown": ""}
        return CopiedPassage(row.kind, row.same, sides[row.first], row.why, left, right)

    def _revised(self, docs: Sequence[str]) -> tuple[Revised, ...]:
        """Captures of one address in this story, in order."""
        inside = set(docs)
        rows = [row for row in self._revisions if row.earlier in inside and row.later in inside]
        return tuple(
            Revised(
                earlier=self._shelf.witnesses[row.earlier],
                later=self._shelf.witnesses[row.later],
                told=row.order == "told",
                why=row.why,
                same=row.same,
                titles=(self._shelf.documents[row.earlier].title, self._shelf.documents[row.later].title)
                if row.title_edits
                else (),
                places=tuple(
                    self._place(before, after)
                    for before, after in zip(row.before, row.after, strict=True)
                    if before.start < before.end and after.start < after.end
                ),
            )
            for row in sorted(rows, key=lambda row: (row.address, row.times, row.id))
        )

    def _place(self, before: r.Anchor, after: r.Anchor) -> tuple[Reading, Reading]:
        left, right = self._readings([before, after])
        return left, right

    def _origins(self, docs: Sequence[str]) -> tuple[OriginView, ...]:
        inside = set(docs)
        rows = []
        for origin in self._shelf.origins.values():
            shares = tuple(
                (self._shelf.witnesses[d], share)
                for d, share in zip(origin.documents, origin.shares, strict=True)
                if d in inside
            )
            if shares:
                rows.append(OriginView(origin.kind, origin.name, shares, origin.evidence))
        return tuple(sorted(rows, key=lambda o: (-len(o.shares), o.shares[0][0].siglum, o.name)))

    def _outlet(self, row: r.Naming) -> str:
        """Whose words they are; a page's sign where its outlet is unknown."""
        witness = self._shelf.witnesses[row.spans[0].doc]
        return f"{witness.siglum} (outlet unknown)" if row.outlet == witness.location else row.outlet

    def _named(self, story: str) -> tuple[NamedThing, ...]:
        things: dict[str, dict[str, list[r.Naming]]] = {}
        names: dict[str, str] = {}
        for row in sorted(
            self._naming[story], key=lambda n: (n.about, n.outlet, n.voice, -len(n.spans), n.description)
        ):
            outlet = self._outlet(row)
            things.setdefault(row.about, {}).setdefault(outlet, []).append(row)
            names[row.about] = row.about_name
        views = [
            NamedThing(
                names[about],
                tuple(
                    (outlet, tuple((n.description, n.voice, n.spans) for n in rows))
                    for outlet, rows in sorted(outlets.items())
                ),
            )
            for about, outlets in things.items()
        ]
        return tuple(
            sorted(views, key=lambda t: (-len(t.uses), -sum(len(words) for _, words in t.uses), t.name))
        )
