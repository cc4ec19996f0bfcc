"""How each outlet words the territory in dispute, and those who act there: the words, whose voice, where.

Descriptions are found by their shape: a name with words of status before it or a territory's noun after it
(`self-proclaimed Velm Republic`), an apposition (`Velm, a former province of Kestria,`), `Velm as a sovereign country`,
a definite phrase that takes the name up (`the breakaway region`), a power's noun beside a name (`the regime in Port
Velm`). A definite phrase is taken to mean the story's contested place only if one place stands out as contested, or,
without a word of status, if no other place was named since.

Words in quotation marks are quoted; the words of indirect speech are the outlet's own, for it chose them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import msgspec
import regex

from variorum.compare.content import content_stem, resources, sections, stem
from variorum.compare.descriptions import Found, Name, definite, double_names, nouns, power, roles, with_name
from variorum.compare.names import body_key, is_proper
from variorum.compare.view import StoryView, fetches, outlet_name, views
from variorum.records import Anchor, Naming, Tables, to_table
from variorum.records.story import Voice
from variorum.stage import Stage
from variorum.text.normalise import spell_out

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from variorum.settings import Settings

_MARKS = regex.compile('["“„«][^"“”„«»]+["”“»]')
# Votes that make a place contested: two pages' words of status, or one page's apposition and one more sign.
_CONTESTED = 3
# And how far it must stand out from the next.
_MARGIN = 2.0


class _Thing(msgspec.Struct, frozen=True):
    """What is named: the id and usual name that its rows carry."""

    about: str
    name: str


def _heads(view: StoryView) -> Iterator[tuple[Anchor, str, bool, tuple[str, str]]]:
    """Where names of places and bodies stand: (span, key, whether a place, (id, usual name))."""
    nouns = set(sections("naming.txt")["territory"])
    for mention in view.mentions:
        actor = view.actor_of.get(mention.chain)
        head = Anchor(mention.doc, mention.head.start, mention.head.end)
        words = view.text(head)
        territory = words.split()[-1].lower() in nouns
        if actor is None or not (mention.kind in {"place", "organisation"} or territory) or not _names(words):
            continue
        yield head, body_key(words), territory or mention.kind == "place", (actor.id, actor.name)


def _things(view: StoryView) -> tuple[dict[str, _Thing], dict[str, list[Name]]]:
    """Places and acting bodies of a story by name key; and every place where such a name stands, by document."""
    known: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    spans: dict[str, dict[tuple[int, int], Name]] = defaultdict(dict)
    for head, key, place, thing in _heads(view):
        known[key][thing] += 1
        spans[head.doc].setdefault((head.start, head.end), Name(head.start, head.end, key, place))
    for row in view.places:
        if row.gazetteer_id:
            key = body_key(view.text(row))
            # The gazetteer's word outweighs any number of chains: its ids are the same in every dossier.
            known[key][row.gazetteer_id, row.name] += 1_000_000
            spans[row.doc].setdefault((row.start, row.end), Name(row.start, row.end, key))
    things = {k: _Thing(*max(sorted(c), key=c.__getitem__)) for k, c in known.items()}
    # Names of one thing have one key, the one that stands most: Velm and Velm Republic, Velm and Upper Velm.
    often = {k: sum(c.values()) for k, c in known.items()}
    leading: dict[str, str] = {}
    for k in sorted(known, key=lambda k: (-often[k], k)):
        leading.setdefault(things[k].about, k)
    cores = {k: leading[things[_core(k, known)].about] for k in known}
    names = {
        doc: [Name(n.start, n.end, cores[n.key], n.place) for n in _outermost(list(found.values()))]
        for doc, found in spans.items()
    }
    return things, names


def _outermost(names: list[Name]) -> list[Name]:
    """Names in text order, those within longer ones left out."""
    kept: list[Name] = []
    for name in sorted(names, key=lambda n: (n.start, -n.end)):
        if not kept or name.end > kept[-1].end:
            kept.append(name)
    return kept


def _core(key: str, known: Container[str]) -> str:
    """The key of a name without a territory's noun, if the story has that name: Velm Republic is Velm."""
    nouns = {stem(w) for w in sections("naming.txt")["territory"]} | set(sections("naming.txt")["territory"])
    short = " ".join(w for w in key.split() if w not in nouns)
    return short if short and short in known else key


def _names(words: str) -> bool:
    """Whether words are a name: proper, and no pronoun that opens a sentence."""
    return is_proper(words) and bool(
        content_stem(spell_out(words.split(maxsplit=1)[0])) or len(words.split()) > 1
    )


def contested(found: dict[str, list[Found]]) -> str:
    """Key of the one place that the story's pages describe as contested; empty if none stands out.

    Args:
        found: Descriptions with a name in them, by document.
    """
    votes: Counter[str] = Counter()
    for rows in found.values():
        for row in rows:
            votes[row.key] += row.weight
    ranked = sorted(votes.items(), key=lambda v: (-v[1], v[0]))
    if not ranked or ranked[0][1] < _CONTESTED:
        return ""
    return ranked[0][0] if len(ranked) == 1 or ranked[0][1] >= _MARGIN * ranked[1][1] else ""


def _quoted(view: StoryView, doc: str) -> list[tuple[int, int]]:
    """Stretches of a document that stand in quotation marks, as far as statements tell."""
    text = view.documents[doc].text
    found = []
    for statement in view.statements:
        if statement.doc != doc or statement.manner == "indirect":
            continue
        for span in statement.content:
            if statement.manner == "direct":
                found.append((span.start, span.end))
                continue
            start = max(span.start - 1, 0)
            marks = _MARKS.finditer(text, start, span.end + 1)
            found += [(m.start(), m.end()) for m in marks]
    return found


class _Row(msgspec.Struct, frozen=True):
    """A description where it stands; `word` is by what it is compared with others: variants of one name have one."""

    thing: _Thing
    outlet: str
    word: str
    voice: Voice
    span: Anchor
    text: str


def _rows(view: StoryView) -> Iterator[_Row]:
    """Every description found."""
    things, names = _things(view)
    texts = {d: view.documents[d].text for d in view.documents}
    doubles = double_names(texts.values(), (texts[d][n.start : n.end] for d in names for n in names[d]))
    named = {d: with_name(texts[d], names.get(d, []), doubles) for d in texts}
    main = contested(named)
    said = [(texts[d][r.start : r.end], r.key) for d in named for r in named[d]]
    said += [
        (texts[d][r.start : r.end], main) for d in texts for r in definite(texts[d], names.get(d, []), main)
    ]
    own = nouns(said, main)
    for doc in sorted(texts):
        found = [
            *named[doc],
            *definite(texts[doc], names.get(doc, []), main, own),
            *power(texts[doc], names.get(doc, [])),
        ]
        bare = {(n.start, n.end) for n in names.get(doc, [])}
        seen: set[tuple[int, int]] = set()
        told: list[tuple[_Thing, int, int, str]] = []
        for row in sorted(found, key=lambda f: (f.start - f.end, f.start)):
            if row.key in things and not any(s <= row.start and row.end <= e for s, e in seen):
                seen.add((row.start, row.end))
                words = " ".join(texts[doc][row.start : row.end].split())
                word = f"n:{body_key(words)}" if (row.start, row.end) in bare else words.lower()
                told.append((things[row.key], row.start, row.end, word))
        told += [
            (_Thing(actor.id, actor.name), start, end, f"r:{_office(texts[doc][start:end])}")
            for start, end, actor in roles(view, doc)
        ]
        marks = _quoted(view, doc)
        for thing, start, end, word in told:
            voice: Voice = "quoted" if any(s <= start and end <= e for s, e in marks) else "own"
            text = " ".join(texts[doc][start:end].split())
            yield _Row(thing, outlet_name(view, doc), word, voice, Anchor(doc, start, end), text)


def _office(role: str) -> str:
    """The noun of a role, with neither whose nor which: Interior Minister of Velm -> minister."""
    words_ = regex.split(r"\s+(?:of|for|in)\s+", role, maxsplit=1)[0].split() or [""]
    return spell_out(words_[-1])


def _variants(words: Iterable[str]) -> dict[str, str]:
    """Names of one thing to the one that stands for them: Lake Velm, VELM and Velm; a long form and its initials."""
    ordered = sorted((w for w in words if w.startswith("n:")), key=lambda w: (len(w.split()), w))
    found: dict[str, str] = {}
    for word in ordered:
        parts = set(word[2:].split())
        short = next((f for f in found.values() if set(f[2:].split()) <= parts or _initials(f, word)), word)
        found[word] = short
    return found


def _initials(short: str, long: str) -> bool:
    return " " not in short and sorted(short[2:]) == sorted(w[0] for w in long[2:].split())


def _differ(rows: Iterable[_Row]) -> bool:
    """Whether outlets word a thing differently: each of two has a word for it that the other lacks."""
    said: dict[str, set[str]] = defaultdict(set)
    rows = list(rows)
    short = _variants({r.word for r in rows})
    for row in rows:
        said[row.outlet].add(short.get(row.word, row.word))
    sets = list(said.values())
    return any(a - b and b - a for i, a in enumerate(sets) for b in sets[:i])


def naming(view: StoryView) -> list[Naming]:
    """The naming rows of one story; differing only in capitals, descriptions are one.

    A thing that all outlets word alike, or one of them only more fully, is left out: there is nothing to compare.
    """
    about: dict[str, list[_Row]] = defaultdict(list)
    for row in _rows(view):
        about[row.thing.about].append(row)
    alone = len({outlet_name(view, doc) for doc in view.documents}) == 1
    found = []
    for rows in about.values():
        if not (_differ(rows) or (alone and len({r.word for r in rows}) > 1)):
            continue
        gathered: dict[tuple[str, str, Voice], list[_Row]] = defaultdict(list)
        for row in rows:
            gathered[row.outlet, row.text.lower(), row.voice].append(row)
        found += [_naming(view, told) for told in gathered.values()]
    return sorted(found, key=lambda n: (n.about, n.outlet, n.description.lower(), n.voice))


def _naming(view: StoryView, told: list[_Row]) -> Naming:
    first = min(told, key=lambda r: r.span)
    return Naming(
        story=view.story.id,
        about=first.thing.about,
        about_name=first.thing.name,
        outlet=first.outlet,
        # Within a sentence rather than at its beginning or in a headline.
        description=min((r.text for r in told), key=lambda t: (sum(c.isupper() for c in t), t)),
        voice=first.voice,
        spans=tuple(sorted({r.span for r in told})),
    )


def _run(tables: Tables, _settings: Settings) -> Tables:
    rows = [n for view in views(tables) for n in naming(view)]
    return {"naming": to_table(Naming, rows, made_by=STAGE.made_by)}


STAGE = Stage(
    name="naming",
    version=1,
    needs=("stories",),
    makes=("naming",),
    split_by="id",
    fetch=fetches("mentions", "places", "statements", "actors"),
    broadcast=("outlets",),
    run=_run,
    resources=resources,
    libraries=("regex",),
)
