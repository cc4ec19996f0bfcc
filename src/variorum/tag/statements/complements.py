"""What a verb of saying governs: the quotation, clause, infinitive or thing behind it, and whom it is said to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from variorum.tag.statements import hints, lexicon, phrases
from variorum.tag.statements.lexicon import (
    AUXILIARY,
    COORDINATOR,
    DETERMINER,
    JUDGEMENT,
    NEGATION,
    OBJECT,
    PREPOSITION,
    PRONOUN,
    SUBORDINATOR,
    UNIT_OF_TIME,
    WH,
    Verb,
)
from variorum.tag.statements.units import is_capital, is_name_like, is_word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from variorum.tag.statements.units import Item

ComplementKind = Literal["quote", "clause", "infinitive", "thing"]
_LOOSE = lexicon.words("loose")
_EMPTY = lexicon.words("empty")
# How far ahead "that" or "to" may stand behind a long addressee (swept 8 to 40 on statements train: 8 loses .004 F1 on EWT, from 16 on it is flat).
_AHEAD = 24
# More words than this behind such a verb are a clause even if no verb in them is known (swept 1 to 8 on statements train, 3 best).
_CLAUSE = 3


class Complement(msgspec.Struct, frozen=True):
    """What a cue governs.

    Attributes:
        kind: Sort of complement.
        start: Index of its first item.
        cue_end: One past the cue's last item: a preposition may belong to it.
        addressee: Range of whom it is said to, or None.
    """

    kind: ComplementKind
    start: int
    cue_end: int
    addressee: tuple[int, int] | None = None


def complement(items: Sequence[Item], after: int, verb: Verb, *, title: bool) -> Complement | None:
    """The complement of a verb whose last word, particles included, stands just before `after`.

    Args:
        items: Of the unit.
        after: Index behind the cue.
        verb: The verb.
        title: Whether the unit is a headline, where case tells nothing.

    Returns:
        The first that fits, from the surest (a quotation) to the least sure (a thing); None if nothing does.
    """
    i = phrases.skip_adjuncts(items, after)
    if "O" not in verb.frames:
        if "t" not in verb.frames:
            found = _said(items, i, after, verb, title=title)
            if found is not None:
                return found
        if verb.frames & {"t", "T"}:
            found = _told(items, i, after, verb, title=title)
            if found is not None:
                return found
    if "a" in verb.frames:
        found = _urged(items, i, after)
        if found is not None:
            return found
    return _thing(items, after, verb, title=title)


def _at(items: Sequence[Item], i: int) -> str:
    return items[i].low if 0 <= i < len(items) else ""


def _over_comma(items: Sequence[Item], i: int) -> int:
    """Step over ", however," and ", in a statement,"."""
    if _at(items, i) != ",":
        return i
    end = phrases.skip_adjuncts(items, i + 1)
    if end > i + 1 and _at(items, end) == ",":
        return end + 1
    # ", with some heat, that": whatever stands between commas, if the clause or quotation is plain behind them.
    comma = clause_stop(items, i + 1)
    plain = _at(items, comma + 1) == "that" or (
        comma + 1 < len(items) and items[comma + 1].kind == "quotation"
    )
    aside = comma - i <= _AHEAD // 2 and _at(items, comma) == "," and not hints.has_finite(items, i, comma)
    return comma + 1 if plain and aside else i


def quote_at(items: Sequence[Item], i: int) -> int:
    """Index of the quotation that begins at `i`, a comma, colon or dash before it stepped over; -1 if none.

    What looks like the title of a book ("he read 'The Long River'") is none unless such a mark stands before it.
    """
    marked = i < len(items) and items[i].text in (",", ":", "—", "–", "-", "...")
    i += marked
    if i >= len(items) or items[i].kind != "quotation" or (items[i].titled and not marked):
        return -1
    return i


def _said(items: Sequence[Item], i: int, after: int, verb: Verb, *, title: bool) -> Complement | None:
    """A quotation, a clause or an infinitive right behind the cue."""
    frames = verb.frames
    direct, i = i, _over_comma(items, i)
    if i > direct and _at(items, i) in {"which", "who", "whose", "where", "when"}:
        return None  # "..., they insist, after a day of talks, which ended": their clause stands before
    quote = quote_at(items, i)
    if quote < 0 and _at(items, i) in PREPOSITION:
        quote = _quote_ahead(items, i)
    if quote >= 0 and "q" in frames:
        return Complement("quote", quote, after)
    if _at(items, i) == ":" and frames & {"q", "c"} and i + 2 < len(items):
        return Complement("clause", i + 1, after)
    if "c" in frames:
        that = _that(items, i)
        if that >= 0:
            return Complement("clause", that, after)
    if "w" in frames and _at(items, i) in WH and _at(items, i + 1) not in ("", ".", ","):
        return Complement("clause", i, after)
    if "i" in frames and _is_infinitive(items, i):
        return Complement("infinitive", i, after)
    if _at(items, i) in verb.prepositions:
        return None
    if "z" in frames and is_clause(items, i, strict=verb.lemma not in _LOOSE, title=title):
        return Complement("clause", i, after)
    return None


def _is_infinitive(items: Sequence[Item], i: int) -> bool:
    i += _at(items, i) == "not"
    if _at(items, i) != "to" or i + 1 >= len(items):
        return False
    following = items[i + 1]
    if following.kind == "quotation" or lexicon.is_base(following.low):
        return True
    return not lexicon.word_classes(following.low) and not is_capital(following)


def _that(items: Sequence[Item], i: int) -> int:
    """Index of the complementiser that begins the clause at `i`, or behind a phrase that tells where or to whom; else -1."""
    if _at(items, i) == "that":
        return -1 if _at(items, i + 1) in UNIT_OF_TIME and not hints.has_finite(items, i + 2, i + 4) else i
    if _at(items, i) not in PREPOSITION | {"to", "as"}:
        return -1
    for j in range(i + 1, min(i + _AHEAD, len(items))):
        item = items[j]
        if item.low == "that":
            return j
        if item.kind == "quotation" or (item.kind == "mark" and item.text in ".;:,"):
            return -1
        if item.low in PRONOUN | SUBORDINATOR | AUXILIARY:
            return -1
    return -1


def _quote_ahead(items: Sequence[Item], i: int) -> int:
    """Index of the quotation behind a preposition's phrase and a comma or colon ("said of the plan: ..."); else -1."""
    for j in range(i + 1, min(i + _AHEAD // 2, len(items) - 1)):
        if items[j].text in (",", ":"):
            return j + 1 if items[j + 1].kind == "quotation" else -1
        if (
            not is_word(items[j])
            or items[j].low in SUBORDINATOR | AUXILIARY
            or hints.has_finite(items, j, j + 1)
        ):
            return -1
    return -1


def is_clause(items: Sequence[Item], i: int, *, strict: bool, title: bool) -> bool:
    """Whether a clause without "that" begins at `i`.

    Args:
        items: Of the unit.
        i: Where it would begin.
        strict: Whether the verb takes things too ("confirmed the deaths"), so that its finite verb must be seen before
            any word that could open a clause of its own.
        title: Whether the unit is a headline.
    """
    if i >= len(items) or not (is_word(items[i]) or items[i].kind == "quotation"):
        return False
    first = items[i].low
    if first in COORDINATOR | AUXILIARY | OBJECT - {"it", "you", "her"} or first == "to":
        return False
    if first in _EMPTY and _at(items, i + 1) != "one" and not hints.has_finite(items, i + 1, i + 3):
        return False
    if first in PREPOSITION:
        comma = next((j for j in range(i + 1, min(i + _AHEAD, len(items))) if items[j].text == ","), -1)
        return not strict and comma > 0 and is_clause(items, comma + 1, strict=True, title=title)
    if not strict and clause_stop(items, i) - i > _CLAUSE:
        return True
    if title and not strict:
        return i + 2 < len(items)
    return _has_predicate(items, i, strict=strict)


def _has_predicate(items: Sequence[Item], i: int, *, strict: bool) -> bool:
    pronoun = items[i].low in PRONOUN | {"there"}
    for j in range(i + 1, min(i + 30, len(items))):
        item = items[j]
        if item.kind == "mark" and item.text in ".;:?!":
            return False
        if strict and (item.text == "," or item.low in SUBORDINATOR | {"to"}):
            return False
        if hints.has_finite(items, j, j + 1):
            return True
        if pronoun and j == i + 1 and "v" in lexicon.word_classes(item.low):
            return True
        if not strict and is_word(item) and not is_capital(item) and _may_be_predicate(items, j):
            return True
    return False


def _may_be_predicate(items: Sequence[Item], j: int) -> bool:
    """Whether an ambiguous word (plans, vote, attacked) follows a noun as a verb would."""
    before = items[j - 1]
    if "v" not in lexicon.word_classes(items[j].low) or items[j].low.endswith("ing"):
        return False
    return (
        is_word(before)
        and before.low not in DETERMINER | PREPOSITION | {"to", "'s"}
        and (before.low.endswith("s") or is_capital(before))
    )


def addressee_end(items: Sequence[Item], i: int) -> int:
    """End of the noun phrase at `i` to whom something is said; `i` if there is none."""
    if i >= len(items) or not is_word(items[i]):
        return i
    if items[i].low in OBJECT:
        return i + 1
    if items[i].low in PREPOSITION | SUBORDINATOR | COORDINATOR | AUXILIARY | PRONOUN | NEGATION | {"to"}:
        return i
    end = phrases.phrase_after(items, i, loose=True)
    for j in range(i + 1, end):
        # A second determiner begins the clause: "told reporters the road was open".
        if items[j].low in DETERMINER and items[j - 1].low not in PREPOSITION | COORDINATOR | DETERMINER | {
            "all",
            "both",
        }:
            return j
        if items[j].low == "to" or (items[j].low in PREPOSITION and phrases.adjunct_end(items, j) > j):
            return j
        if is_name_like(items[j]) and not is_capital(items[j - 1]) and items[j - 1].low in lexicon.speakers():
            return j
    return end


def _told(items: Sequence[Item], i: int, after: int, verb: Verb, *, title: bool) -> Complement | None:
    """An addressee and then what it is told."""
    end = addressee_end(items, i)
    if "p" in verb.frames and verb.prepositions:
        end = next((j for j in range(i + 1, end) if items[j].low in verb.prepositions - {"of"}), end)
    if end == i:
        return None
    j = _over_comma(items, phrases.skip_adjuncts(items, end))
    quote = quote_at(items, j)
    if quote >= 0:
        kind: ComplementKind = "infinitive" if items[quote].opening == "to" else "quote"
        return Complement(kind, quote, after, (i, end))
    that = _that(items, j)
    if that >= 0:
        return Complement("clause", that, after, (i, end))
    if _at(items, j) in WH and "w" in verb.frames:
        return Complement("clause", j, after, (i, end))
    if _at(items, j) == ":" and j + 2 < len(items):
        return Complement("clause", j + 1, after, (i, end))
    if verb.frames & {"z", "t"} and is_clause(items, j, strict=False, title=title):
        return Complement("clause", j, after, (i, end))
    if verb.prepositions and "p" in verb.frames and _at(items, j) in verb.prepositions:
        return Complement("thing", j, after, (i, end))
    return None


def _urged(items: Sequence[Item], i: int, after: int) -> Complement | None:
    """Somebody and then what they are to do."""
    if i >= len(items) or not (is_word(items[i]) or items[i].text == "(") or items[i].low == "that":
        return None
    if items[i].low in PREPOSITION - {"for", "to"} or _is_infinitive(items, i):
        return None
    # "appealed to the council to act", "called for the council to act"
    i += items[i].low in {"to", "for"}
    for j in range(i + 1, min(i + _AHEAD, len(items) - 1)):
        item = items[j]
        if item.kind == "mark" and item.text in ".;:?!":
            return None
        if item.low in SUBORDINATOR - {"who", "than", "as"} or hints.has_finite(items, j, j + 1):
            return None
        if item.low == "to" and [x.low for x in items[j - 2 : j]] in (["in", "order"], ["so", "as"]):
            return None
        if item.low == "to" and _is_infinitive(items, j):
            start = j - (items[j - 1].low == "not")
            end = start - (items[start - 1].text == ",")
            return Complement("infinitive", start, after, (i, end)) if end > i else None
    return None


def _thing(items: Sequence[Item], after: int, verb: Verb, *, title: bool) -> Complement | None:
    """A thing, an action, or a thing and what it is called, blamed for, described as."""
    frames = verb.frames
    i = after
    while i < len(items) and is_word(items[i]) and hints.is_adverb(items[i]):
        i += 1
    if "o" in frames and _at(items, i) == "as" and i + 2 < len(items) and items[i + 1].kind == "quotation":
        i += 2  # "dismissed as 'a fairy tale' a report that": the thing stands behind what it is called
    stop = clause_stop(items, i)
    if "p" in frames and _at(items, i) in verb.prepositions and i + 1 < stop:
        return Complement("thing", i + 1, i + 1)
    if "g" in frames and i < stop and _is_gerund(items[i]):
        return Complement("thing", i, after)
    if i >= stop or not _is_thing_start(items, i):
        return None
    if "v" in frames:
        return Complement("thing", i, after) if _is_valued(items, i, stop) else None
    quoted = any(items[j].kind == "quotation" for j in range(i, min(i + 14, stop)))
    if frames & {"e", "E"} and (_is_called(items, i, stop) or (quoted and items[i].kind != "quotation")):
        return Complement("thing", i, after)
    if frames & {"o", "E"} and any(items[j].low == "as" for j in range(i + 1, min(i + _AHEAD, stop))):
        return Complement("thing", i, after)
    if frames & {"f", "O"} and any(
        items[j].low in verb.prepositions for j in range(i + 1, min(i + _AHEAD, stop))
    ):
        return Complement("thing", i, after)
    if "x" in frames:
        return Complement("thing", i, after) if _is_voiced(items, i, stop) else None
    if "n" in frames and (title or not _is_gerund(items[i]) or "n" in lexicon.word_classes(items[i].low)):
        return Complement("thing", i, after)
    return Complement("thing", i, after) if "N" in frames and quoted else None


def _is_valued(items: Sequence[Item], i: int, stop: int) -> bool:
    """Whether a thing is put "at" a number: "put the toll at 40"."""
    at = next((j for j in range(i + 1, stop) if items[j].low == "at"), stop)
    number = next((j for j in range(at + 1, min(at + 5, stop)) if items[j].text[0].isdigit()), stop)
    named = number + 1 < stop and is_capital(items[number + 1])
    apart = at == i or _at(items, i) in {"out", "up", "off", "on", "forward", "down"}
    return number < stop and not named and not apart and not items[number].timed


def _is_voiced(items: Sequence[Item], i: int, stop: int) -> bool:
    """Whether a noun of saying stands there with what it is about: "a warning of floods", not "an answer"."""
    return any(
        items[j].low in lexicon.nouns() and items[j + 1].low in PREPOSITION | {"that"}
        for j in range(i, min(i + 6, stop - 1))
    )


def clause_stop(items: Sequence[Item], i: int) -> int:
    """Index of the first mark from `i` that ends a clause."""
    return next(
        (j for j in range(i, len(items)) if items[j].kind == "mark" and items[j].text in ".,;:?!"), len(items)
    )


def _is_thing_start(items: Sequence[Item], i: int) -> bool:
    item = items[i]
    if item.kind == "quotation":
        return True
    if not is_word(item) or hints.is_temporal(items, i):
        return False
    bad = (
        PREPOSITION | SUBORDINATOR - {"that"} | COORDINATOR | AUXILIARY | NEGATION | (PRONOUN - {"it", "you"})
    )
    return item.low not in bad | {"to", "'s"}


def _is_gerund(item: Item) -> bool:
    low = item.low
    if low in {"being", "having"}:
        return True
    return low.endswith("ing") and len(low) > 4 and "v" in lexicon.word_classes(low)


def _is_called(items: Sequence[Item], i: int, stop: int) -> bool:
    """Whether a thing and a word for it stand between: "the claim false", "him a liar"."""
    for j in range(i + 1, stop):
        if items[j].low in JUDGEMENT and items[j - 1].low not in DETERMINER:
            return True
        if items[j].low in {"a", "an"} and items[j - 1].low not in PREPOSITION | COORDINATOR | {"to", "as"}:
            return True
    return False
