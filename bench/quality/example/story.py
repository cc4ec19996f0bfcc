"""Scores of what compares pages: copies, origins, stories, utterances, conflicts, denials, naming, timeline, actors."""

from __future__ import annotations

from itertools import combinations
from typing import Any

from bench.quality.example.gold import Beside, Layer, Place, anchor, covered, f1, ratio, rows, share
from bench.quality.example.pages import CONTENT, SPAN, same_name

# A gold passage is found where this share of both its sides stands in passages of its kind.
COVERED = 0.8
# A value, or the words of a denial, may be cut a little otherwise than the gold cuts them.
LOOSE = 0.2


def passages(b: Beside) -> Layer:
    """Shared passages by kind; pairs of pages that copy; which side was first."""
    made = Layer()
    found = b.records("passages")
    gold = [(row, b.find(row["left"]), b.find(row["right"])) for row in rows("passages")]
    hits = {"copy": [], "quotation": []}
    first: list[bool] = []
    for row, left, right in gold:
        of = [p for p in found if left and right and {p.left.doc, p.right.doc} == {left.doc, right.doc}]
        kind = [p for p in of if p.kind == row["kind"]]
        hit = all(
            covered(s, [side for p in kind for side in (p.left, p.right)]) >= COVERED
            for s in (left, right)
            if s
        )
        hits[row["kind"]].append(bool(left and right and hit))
        if not hits[row["kind"]][-1]:
            kinds = sorted({p.kind for p in of})
            made.notes.append(
                f"missed {row['kind']} {row['left']['text'][:70]!r} ({row['left']['page']}); there: {kinds}"
            )
        for p in kind if row["kind"] == "copy" else []:
            if share([p.left, p.right], [left, right]) > LOOSE:
                earlier = {"left": p.left.doc, "right": p.right.doc}.get(p.first, "unknown")
                wanted = {"left": left.doc, "right": right.doc}.get(row["first"], "unknown")
                first.append(earlier == wanted)
                made.notes += (
                    []
                    if first[-1]
                    else [f"first: wanted {b.page_of.get(wanted, wanted)}, found {p.first}: {p.why}"]
                )
    wanted = {frozenset((a.doc, c.doc)) for row, a, c in gold if row["kind"] == "copy" and a and c}
    given = {frozenset((p.left.doc, p.right.doc)) for p in found if p.kind == "copy"}
    made.notes += [
        f"pair that does not copy: {sorted(b.page_of[d] for d in pair)}" for pair in given - wanted
    ]
    made.figures = {
        "copies found": ratio(sum(hits["copy"]), len(hits["copy"])),
        "quotations found": ratio(sum(hits["quotation"]), len(hits["quotation"])),
        "pairs that copy, F1": f1(
            ratio(len(given & wanted), len(given)), ratio(len(given & wanted), len(wanted))
        ),
        "first side right": ratio(sum(first), len(first)),
    }
    return made


def origins(b: Beside) -> Layer:
    """Groups of pages of one origin; for a wire also the kind."""
    made = Layer()
    found = {frozenset(o.documents): o for o in b.records("origins")}
    gold = [(row, b.docs(row["documents"])) for row in rows("origins")]
    hits = [docs in found for _, docs in gold]
    wires = [docs in found and found[docs].kind == "wire" for row, docs in gold if row["kind"] == "wire"]
    for row, docs in gold:
        if docs not in found or (row["kind"] == "wire" and found[docs].kind != "wire"):
            made.notes.append(
                f"{row['kind']} {row['name']} {row['documents']}: {found.get(docs) and found[docs].kind}"
            )
    precision = ratio(sum(docs in {d for _, d in gold} for docs in found), len(found))
    made.figures = {
        "groups, F1": f1(precision, ratio(sum(hits), len(hits))),
        "wires told": ratio(sum(wires), len(wires)),
    }
    return made


def stories(b: Beside) -> Layer:
    """Stories and episodes, exactly: share of gold ones found whole, times share of found ones that are gold."""
    made = Layer()
    for table in ("stories", "episodes"):
        wanted = {b.docs(row["documents"]) for row in rows(table)}
        # A story that the gold does not part has one episode, itself.
        wanted |= {
            b.docs(r["documents"])
            for r in rows("stories")
            if table == "episodes" and r["story"] not in _parted()
        }
        given = {frozenset(s.documents) for s in b.records(table)}
        made.figures[f"{table}, F1"] = f1(
            ratio(len(wanted & given), len(given)), ratio(len(wanted & given), len(wanted))
        )
        made.notes += [f"{table}: {sorted(b.page_of[d] for d in docs)}" for docs in given - wanted]
    return made


def _parted() -> set[str]:
    return {row["story"] for row in rows("episodes")}


def utterances(b: Beside) -> Layer:
    """Pairs of renderings of one utterance, within and across pages."""
    made = Layer()
    said = {s.id: s for s in b.records("statements")}
    places = {i: [anchor(s.doc, c) for c in s.content] for i, s in said.items()}
    given = [list(u.statements) for u in b.records("utterances")]
    total = right = 0
    speakers: list[bool] = []
    for row in rows("utterances"):
        spots = [b.find(r) for r in row["renderings"]]
        ids = [{i for i, c in places.items() if share([p], c) >= CONTENT} if p else set() for p in spots]
        for (one, left), (two, other) in combinations(list(zip(ids, row["renderings"], strict=True)), 2):
            total += 1
            joint = [u for u in given if one & set(u) and two & set(u)]
            right += bool(joint)
            if not joint:
                made.notes.append(
                    f"not joined ({bool(one)}, {bool(two)}): {left['text'][:60]!r} / {other['text'][:60]!r}"
                )
        for u in b.records("utterances"):
            if sum(bool(i & set(u.statements)) for i in ids) > 1:
                speakers.append(
                    same_name(row["speaker"], u.speaker_name) or _stands_for(row["speaker"], u.speaker_name)
                )
                made.notes += [] if speakers[-1] else [f"speaker {u.speaker_name}, wanted {row['speaker']}"]
    gold = [[b.find(r) for r in row["renderings"]] for row in rows("utterances")]
    sound = [u for u in given if any(_held(u, places, spots) for spots in gold)]
    made.notes += [f"invented: {[b.words(places[i][0])[:70] for i in u]}" for u in given if u not in sound]
    recall = ratio(right, total)
    precision = ratio(len(sound), len(given))
    made.figures = {
        "pairs joined": recall,
        "utterances sound": precision,
        "speakers right": ratio(sum(speakers), len(speakers)),
    }
    return made


def _stands_for(wanted: str, found: str) -> bool:
    """Whether a body is named for the person who speaks for it, as the gold's actors tell."""
    return any(row["name"] == wanted and row.get("speaks_for") == found for row in rows("actors"))


def _held(ids: list[str], places: dict[str, list[Place]], spots: list[Place | None]) -> bool:
    """Whether every statement overlaps one of the renderings of one gold utterance."""
    return all(any(p and share([p], places[i]) >= LOOSE for p in spots) for i in ids)


def _touches(span: Any, place: Place | None) -> bool:
    return (
        bool(place)
        and span is not None
        and span.doc == place.doc
        and span.start < place.end
        and place.start < span.end
    )


def conflicts(b: Beside) -> Layer:
    """Figures and accounts that part, by kind; how far they compare; pairs that do not part."""
    made = Layer()
    found = b.records("conflicts")
    told = {f.id: f for f in b.records("figures")}
    hits: dict[str, list[bool]] = {"figure": [], "denial": []}
    level: list[bool] = []
    for row in rows("conflicts"):
        left, right = b.find(row["left"]), b.find(row["right"])
        of = [c for c in found if c.kind == row["kind"] and _joins(c, left, right)]
        # One pair of values is told once, as its surest two tellings have it: another page's telling of it will do.
        same = row["kind"] == "figure" and _told_elsewhere(found, told, left, right)
        hits[row["kind"]].append(bool(of) or same)
        if not hits[row["kind"]][-1]:
            made.notes.append(
                f"missed {row['kind']} {row['left']} / {row['right']} ({row['comparable']}: {row['why']})"
            )
        elif of and row["kind"] == "figure":
            level.append(row["comparable"] in {c.comparable for c in of})
            made.notes += (
                []
                if level[-1]
                else [f"comparable {of[0].comparable} ({of[0].why}), wanted {row['comparable']}"]
            )
    kept = []
    for row in rows("not_conflicts"):
        left, right = b.find(row["left"]), b.find(row["right"])
        kept.append(
            not any(c.comparable != "no" and _joins(c, left, right) for c in found if c.kind == "figure")
        )
        made.notes += [] if kept[-1] else [f"false conflict {row['left']} / {row['right']}: {row['why']}"]
    made.figures = {f"{kind}s found": ratio(sum(h), len(h)) for kind, h in hits.items()}
    made.figures |= {
        "comparable right": ratio(sum(level), len(level)),
        "not parted": ratio(sum(kept), len(kept)),
    }
    return made


def _told_elsewhere(found: list[Any], told: dict[str, Any], left: Place | None, right: Place | None) -> bool:
    """Whether a conflict joins figures of the same two values, each of the same kind as those at two places."""
    ends = [next((_value(f) for f in told.values() if _touches(f, p)), None) for p in (left, right)]
    pairs = [
        [_value(told[i]) for i in (c.left, c.right)] for c in found if c.left in told and c.right in told
    ]
    return None not in ends and any(ends in (pair, pair[::-1]) for pair in pairs)


def _value(figure: Any) -> tuple[Any, ...]:
    return figure.kind, figure.quantity, figure.unit, figure.low, figure.high


def _joins(c: Any, left: Place | None, right: Place | None) -> bool:
    ends = (c.left_span, c.right_span)
    return any(_touches(ends[i], left) and _touches(ends[1 - i], right) for i in (0, 1))


def denials(b: Beside) -> Layer:
    """Denials found and linked to what they deny; those of what nobody claims say so."""
    made = Layer()
    said = {s.id: s for s in b.records("statements")}
    found = b.records("denials")
    gold = [
        (row, b.find(row["statement"]), row["denied"] and b.find(row["denied"])) for row in rows("denials")
    ]
    seen: list[bool] = []
    linked: list[bool] = []
    alone: list[bool] = []
    for row, statement, denied in gold:
        of = [
            d
            for d in found
            if any(_touches(anchor(said[d.statement].doc, c), statement) for c in said[d.statement].content)
        ]
        seen.append(bool(of))
        hit = [d for d in of if denied and _denies(d, said, denied)]
        if row["denied"]:
            linked.append(bool(hit))
            bad = not hit
        else:
            alone.append(bool(of) and not any(d.denied or d.claimed for d in of))
            bad = not alone[-1]
        if bad:
            ends = [_end(b, d, said) for d in of]
            made.notes.append(
                f"{row['statement']['text'][:60]!r} ({row['statement']['page']}): wanted {row['denied']}, found {ends}"
            )
    sound = [
        d for d in found
        if any(_touches(anchor(said[d.statement].doc, c), s) for c in said[d.statement].content for _, s, _ in gold)
    ]  # fmt: skip
    for d in found:
        if d not in sound:
            made.notes.append(
                f"invented: {[b.words(anchor(said[d.statement].doc, c)) for c in said[d.statement].content]}"
            )
    made.figures = {
        "found": ratio(sum(seen), len(seen)),
        "linked to what they deny": ratio(sum(linked), len(linked)),
        "told that nobody claims it": ratio(sum(alone), len(alone)),
        "sound": ratio(len(sound), len(found)),
    }
    return made


def _denies(d: Any, said: dict[str, Any], denied: Place) -> bool:
    if d.claimed and _touches(d.claimed, denied):
        return True
    return bool(d.denied) and any(
        _touches(anchor(said[d.denied].doc, c), denied) for c in said[d.denied].content
    )


def _end(b: Beside, d: Any, said: dict[str, Any]) -> str:
    if d.claimed:
        return b.words(d.claimed)[:80]
    return (
        b.words(anchor(said[d.denied].doc, said[d.denied].content[0]))[:80]
        if d.denied
        else f"nothing: {d.how}"
    )


def naming(b: Beside) -> Layer:
    """Each outlet's words for whom it names, and in whose voice."""
    made = Layer()
    found = b.records("naming")
    gold = b.placed("naming")
    hits, voices = [], []
    for row, place in gold:
        of = [
            n
            for n in found
            if any(_touches(s, place) for s in n.spans) and _same_words(row["text"], n.description)
        ]
        hits.append(bool(of))
        if not of:
            made.notes.append(f"missed {row['text']!r} of {row['about']} ({row['page']})")
            continue
        voices.append(any(n.voice == row["voice"] for n in of))
        made.notes += [] if voices[-1] else [f"voice of {row['text']!r} is {of[0].voice} ({row['page']})"]
    made.figures = {
        "words found": ratio(sum(hits), len(hits)),
        "voice right": ratio(sum(voices), len(voices)),
    }
    return made


def _same_words(wanted: str, found: str) -> bool:
    one, other = (
        " ".join(w for w in t.lower().split() if w not in {"the", "a", "its"}) for t in (wanted, found)
    )
    return one in other or other in one


def timeline(b: Beside) -> Layer:
    """Days that pages tell of: each gold line's date is in the timeline, told by how many of its pages."""
    made = Layer()
    lines = b.records("timeline")
    gold = rows("timeline")
    hits, shares = [], []
    for row in gold:
        docs = b.docs(row["documents"])
        of = [t for t in lines if _same_day(row["date"], t)]
        held = {d for t in of for d in t.documents}
        hits.append(bool(of) and all(t.kind == row["kind"] for t in of))
        shares.append(len(held & docs) / len(docs))
        if not hits[-1] or shares[-1] < 1:
            lack = sorted(b.page_of[d] for d in docs - held)
            made.notes.append(
                f"{row['date']} {row['kind']} {row['what']!r}: {[t.kind for t in of]}, lacks {lack}"
            )
    made.figures = {"days told": sum(hits) / len(hits), "pages that tell them": sum(shares) / len(shares)}
    return made


def _same_day(wanted: str, line: Any) -> bool:
    low, _, high = wanted.partition("/")
    if high:
        return line.earliest[:4] == low and line.latest[:4] == high
    return line.time == wanted or (len(wanted) == 10 and line.time[:10] == wanted)


def actors(b: Beside) -> Layer:
    """Persons and bodies across pages: those of one name joined, those of one surname apart."""
    made = Layer()
    chains = {c.id: c for c in b.records("chains")}
    found = b.records("actors")
    whole, clean = [], []
    people = [row for row in rows("actors") if row["kind"] == "person"]
    owner: dict[str, Any] = {c: a for a in found for c in a.chains}
    held: dict[str, set[str]] = {}
    for row in rows("actors"):
        docs = b.docs(row["documents"])
        names = {row["name"], *row["aliases"]}
        mine = [c for c in chains.values() if c.doc in docs and c.kind == row["kind"] and _bears(c, names)]
        ids = {owner[c.id].id for c in mine if c.id in owner}
        held[row["name"]] = ids
        whole.append(len(ids) == 1)
        if len(ids) != 1:
            made.notes.append(f"{row['name']} is {len(ids)} actors: {sorted({c.name for c in mine})}")
    for one, two in combinations(people, 2):
        if one["name"].split()[-1] == two["name"].split()[-1]:
            clean.append(not held[one["name"]] & held[two["name"]])
            made.notes += [] if clean[-1] else [f"{one['name']} and {two['name']} are one actor"]
    made.figures = {"joined": ratio(sum(whole), len(whole)), "kept apart": ratio(sum(clean), len(clean))}
    return made


def _bears(chain: Any, names: set[str]) -> bool:
    return chain.name in names or bool(set(chain.aliases) & {n for n in names if " " in n})


__all__ = [
    "SPAN", "actors", "conflicts", "denials", "naming", "origins", "passages", "stories", "timeline", "utterances",
]  # fmt: skip
