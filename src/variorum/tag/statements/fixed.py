"""Frames without an ordinary verb: "according to X", "as X put it", "was quoted as saying", "the claim that", "X: ..."."""

from __future__ import annotations

from typing import TYPE_CHECKING

from variorum.tag.statements import complements, hints, lexicon, phrases, subjects
from variorum.tag.statements.behind import is_over
from variorum.tag.statements.complements import Complement, ComplementKind
from variorum.tag.statements.frame import Cue, Frame, Range, before_frame
from variorum.tag.statements.groups import verb_group
from variorum.tag.statements.lexicon import DETERMINER, PRONOUN
from variorum.tag.statements.units import is_name_like, is_word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from variorum.records.spans import Act
    from variorum.tag.statements.units import Item, Page, Unit

_QUOTED_AS = lexicon.words("quoted_as")
# Acts of verbs whose "as X ..." repeats the clause before; "as the draft proposes" does not.
_TELLING = frozenset({"asserts", "accuses", "announces", "warns"})
# So many items may stand before the colon of "Minister Ana Brel: ...".
_LABEL = 9
# Words of which labels of sections are made, and who rules lands but is called a ruler of goods in jest.
_BANNER = lexicon.words("banner")
_RULERS = lexicon.words("rulers")


def quoted_as_saying(unit: Unit, i: int) -> Frame | None:
    """As in "The minister was quoted by the daily as saying ..."."""
    items = unit.items
    if i < 2 or items[i - 1].low != "as":
        return None
    verb = next((j for j in range(i - 2, max(i - 12, -1), -1) if items[j].low in _QUOTED_AS), -1)
    say = next(v for v, _ in lexicon.verbs()["saying"] if v.lemma == "say")
    governed = complements.complement(items, i + 1, say, title=False) if verb > 0 else None
    if governed is None:
        return None
    group = verb_group(items, verb)
    if group.passive:
        source = subjects.subject_before(items, group.start)
    else:
        source = (verb + 1, phrases.phrase_after(items, verb + 1, loose=True))
    if source is None or source[0] >= source[1] or source[1] > i:
        return None
    frame = before_frame(items, Cue(say, frozenset({"past"}), i, i + 1, group), governed, source)
    adjacent = group.passive and verb == i - 2
    frame.cue = (group.start, i + 1) if adjacent else (i, i + 1)
    return frame


def according(items: Sequence[Item], i: int) -> Frame | None:
    """As in "According to X, ..." and "..., according to X"."""
    if i + 2 >= len(items) or items[i + 1].low != "to" or not is_word(items[i + 2]):
        return None
    end = phrases.phrase_after(items, i + 2, loose=True)
    if end == i + 2:
        return None
    leading = i <= 3 and not hints.has_finite(items, 0, i) and all(is_word(x) for x in items[:i])
    leading = leading or items[i - 1].low in {"that", "but"}
    if not leading or (items[i + 2].low not in DETERMINER and _has_role_behind(items, end)):
        end = phrases.appositions_after(items, end)
    stop = phrases.skip_adjuncts(items, end)
    frame = Frame(
        kind="after", start=i, end=stop, cue=(i, i + 2), source=(i + 2, end), act="asserts", tense=""
    )
    comma = next(
        (
            j
            for j in range(stop, min(stop + 12, len(items)))
            if items[j].text == "," or items[j].kind == "quotation"
        ),
        -1,
    )
    if leading and (comma >= 0 or stop < len(items)):
        frame.kind = "before"
        start = comma + (items[comma].text == ",") if comma >= 0 else stop
        frame.complement = Complement(
            "quote" if items[min(start, len(items) - 1)].kind == "quotation" else "clause", start, i + 2
        )
    return frame


def _has_role_behind(items: Sequence[Item], end: int) -> bool:
    """Whether the part between the next two commas names a role ("Ana Brel, expert on rivers, ...")."""
    stop = complements.clause_stop(items, end + 1)
    return stop < len(items) and any(x.low in lexicon.speakers() for x in items[end + 1 : stop])


def as_put(items: Sequence[Item], i: int) -> Frame | None:
    """As in "as X put it", "as X said", "as claimed by X", set off by commas."""
    if i + 2 >= len(items):
        return None
    verbs = [v for v, t in lexicon.verbs().get(items[i + 1].low, ()) if "participle" in t and "c" in v.frames]
    if verbs and items[i + 2].low == "by":
        end = phrases.phrase_after(items, i + 3, loose=True)
        if end > i + 3:
            return Frame(
                kind="after",
                start=i,
                end=end,
                cue=(i + 1, i + 3),
                source=(i + 3, end),
                act=verbs[0].act,
                quoting=True,
            )
        return None
    end = phrases.phrase_after(items, i + 1, loose=True) if items[i + 1].low not in PRONOUN else i + 2
    if end == i + 1 or end >= len(items) or (i > 0 and items[i - 1].text not in (",", "—", "–", "-")):
        return None
    if not _is_saying(items, end) and _is_saying(items, end - 1) and end - 1 > i + 1:
        end -= 1  # "as a minister claims": the word is a noun too
    who, end = end, end + (items[end].low in lexicon.HAVE)
    if end >= len(items):
        return None
    put = [x.low for x in items[end : end + 2]] in (["put", "it"], ["puts", "it"])
    said = _saying(items, end)
    stop = phrases.skip_adjuncts(items, end + 1 + put)
    if said and said[0].frames & {"t", "T"}:
        stop = phrases.skip_adjuncts(items, complements.addressee_end(items, stop))
    if not (put or said) or not is_over(items, stop):
        return None
    act: Act = "asserts" if put else said[0].act
    frame = Frame(kind="after", start=i, end=stop, cue=(who, end + 1 + put), source=(i + 1, who), act=act)
    if i == 0:
        if stop + 1 >= len(items) or items[stop].text not in ",:":
            return None
        kind: ComplementKind = "quote" if items[stop + 1].kind == "quotation" else "clause"
        frame.kind, frame.complement = "before", Complement(kind, stop + 1, frame.cue[1])
    else:
        frame.quoting = True
    return frame


def _saying(items: Sequence[Item], at: int) -> list[lexicon.Verb]:
    """Verbs that may follow their clause, tell that it is so, and stand at an index in a finite form."""
    return [
        v
        for v, t in lexicon.verbs().get(items[at].low, ())
        if t & {"past", "s"} and "m" in v.frames and v.act in _TELLING
    ]


def _is_saying(items: Sequence[Item], at: int) -> bool:
    return bool(_saying(items, at)) or items[at].low in lexicon.HAVE | {"put", "puts"}


def noun_frame(items: Sequence[Item], i: int, noun: lexicon.Noun) -> Frame | None:
    """As in "the claim that", "threats to", with whose it is where that is told."""
    following = items[i + 1].low if i + 1 < len(items) else ""
    source: Range | None = None
    start = i + 1
    if following in {"by", "from"}:
        end = phrases.phrase_after(items, i + 2, loose=False)
        source, start = ((i + 2, end), end) if end > i + 2 else (None, start)
        following = items[start].low if start < len(items) else ""
    clause = following == "that" and "c" in noun.frames and hints.has_finite(items, start + 1, start + 24)
    action = following == "to" and "i" in noun.frames and start + 1 < len(items)
    if "b" in noun.frames and source is None and _possessor(items, i) is None:
        return None
    if not clause and not (action and source is None and _possessor(items, i) is not None):
        return None
    source = source or _possessor(items, i)
    governed = Complement("clause" if clause else "infinitive", start, i + 1)
    return Frame(
        kind="noun", start=i, end=start, cue=(i, i + 1), source=source, complement=governed, act=noun.act
    )


def _possessor(items: Sequence[Item], i: int) -> Range | None:
    """Whose claim it is: "the ministry's claim", "media reports"; None if not told."""
    for j in range(i - 1, max(i - 4, -1), -1):
        if items[j].low == "'s" or items[j].text.endswith(("s'", "s’")):
            end = j if items[j].low == "'s" else j + 1
            start = end
            while start > 0 and (
                is_name_like(items[start - 1]) or (start == end and is_word(items[start - 1]))
            ):
                start -= 1
            start -= start > 0 and items[start - 1].low in DETERMINER
            return (start, end) if start < end else None
    if i > 0 and items[i - 1].low in lexicon.speakers():
        return i - 1, i
    return None


def label(page: Page, unit: Unit, i: int) -> Frame | None:
    """As in "Minister Ana Brel: ..." before a quotation, or in a headline before or behind anything.

    The colon is the cue. A place speaks so only before a quotation ("Velm: two hurt" tells where).
    """
    items = unit.items
    headline = unit.block in ("title", "heading")
    if 0 < i <= _LABEL and i + 1 < len(items) and _is_label(page, items, (0, i)):
        quoted = items[i + 1].kind == "quotation"
        if quoted or (headline and i + 3 < len(items) and _is_label(page, items, (0, i), person=True)):
            governed = Complement("quote" if quoted else "clause", i + 1, i + 1)
            return Frame(
                kind="before",
                start=0,
                end=i + 1,
                cue=(i, i + 1),
                source=(0, i),
                complement=governed,
                act="asserts",
            )
    end = len(items)
    if headline and i > 2 and 0 < end - i - 1 <= 5 and _is_label(page, items, (i + 1, end), person=True):
        return Frame(kind="after", start=i, end=end, cue=(i, i + 1), source=(i + 1, end), act="asserts")
    return None


def signature(page: Page, unit: Unit, i: int) -> Frame | None:
    """A quotation, a dash and a name: the way pull quotes are signed. The dash is the cue."""
    items, end = unit.items, len(unit.items)
    if i != 1 or items[0].kind != "quotation" or not 0 < end - 2 <= _LABEL:
        return None
    stop = next((j for j in range(2, end) if items[j].text == ","), end)
    if not _is_label(page, items, (2, stop), person=True) or hints.has_finite(items, 2, end):
        return None
    return Frame(kind="after", start=1, end=end, cue=(1, 2), source=(2, end), act="asserts")


def _is_label(page: Page, items: Sequence[Item], found: Range, *, person: bool = False) -> bool:
    """Whether a range names somebody and nothing else."""
    start, end = found
    if not all(is_word(x) or x.text in ",-." for x in items[start:end]) or hints.has_finite(
        items, start, end
    ):
        return False
    if _is_banner(items, start, end):
        return False
    if items[end - 1].low in lexicon.speakers() and items[start].low not in lexicon.PREPOSITION:
        return True
    kinds = ("person", "organisation") if person else ("person", "organisation", "group", "place")
    last = items[end - 1].end
    return any(
        m.kind in kinds and m.end == last
        for m in page.mentions_in(items[start].start, last)
        if m.start == items[start].start or (m.kind == "person" and _is_described(items, start, m.start))
    )


def _is_described(items: Sequence[Item], start: int, name: int) -> bool:
    """Whether the words before a person's name can be a role: "Minister for Trade Ana Brel", not "Best of Velm"."""
    words = [x.low for x in items[start:] if x.start < name]
    return not set(words) & lexicon.PREPOSITION or bool(set(words) & lexicon.speakers())


def _is_banner(items: Sequence[Item], start: int, end: int) -> bool:
    """Whether a label tells what kind of text follows ("Breaking news", "King of Lamps") and not who speaks."""
    if items[end - 1].low in _BANNER:
        return all(x.low in _BANNER for x in items[start:end])
    last = items[end - 1].low
    ruled = items[start].low in _RULERS and end - start > 2 and items[start + 1].low == "of"
    return ruled and any("n" in lexicon.word_classes(w) for w in (last, last.removesuffix("s")))
