"""Capitalised runs: where a name may stand, before it is said of what."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import msgspec

from variorum.tag.mentions import known
from variorum.tag.mentions.known import Label
from variorum.text import lexicon
from variorum.text.lexicon import word_classes

if TYPE_CHECKING:
    from variorum.tag.mentions.page import Page

PARTICLES = lexicon.name_words("particle")
# Particles that may open a name: al-Tarif, el-Masi, van Oost after a full stop is rare and left alone.
_OPENING_PARTICLES = lexicon.name_words("opening")
_CALENDAR = frozenset(
    w.lower()
    for w in (*lexicon.WEEKDAYS, *lexicon.MONTH_NUMBERS, "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
)
_NEVER = frozenset(
    {
        "a",
        "i",
        "ok",
        "pm",
        "am",
        "gmt",
        "utc",
        "cet",
        "est",
        "a.m.",
        "p.m.",
        "tv",
        "http",
        "https",
        "www",
        "nos.",
        "no.",
        "vol.",
    }
) | lexicon.name_words("numbers")
# Words before "of" or "for" that open a long name: Ministry of ..., Republic of ..., Force for ...
_OPEN_OF = lexicon.name_words("open-of")


class Unit(msgspec.Struct):
    """One token, or one known name of several, of a run: tokens [first, stop)."""

    first: int
    stop: int
    label: Label


class Run(msgspec.Struct):
    """A stretch of tokens that may be one name or several, in units."""

    units: list[Unit]

    @property
    def first(self) -> int:
        return self.units[0].first

    @property
    def stop(self) -> int:
        return self.units[-1].stop


@functools.cache
def _title_words() -> frozenset[str]:
    return frozenset(
        w for forms in known.titles_by_first().values() for words, _, many in forms if not many for w in words
    )


def is_head(low: str) -> bool:
    """Whether a lower-case word heads names of bodies or places."""
    return low in lexicon.organisation_heads() or low in lexicon.place_heads()[0]


def _looks_inflected(low: str) -> bool:
    """Whether an unknown lower-case word is plainly an ordinary one by its ending and stem."""
    for ending, stems in (
        ("ies", ("y",)),
        ("es", ("", "e")),
        ("s", ("",)),
        ("ing", ("", "e")),
        ("ed", ("", "e")),
        ("ly", ("", "le")),
        ("er", ("", "e")),
        ("ers", ("", "e")),
        ("ness", ("",)),
    ):
        if low.endswith(ending) and any(word_classes(low.removesuffix(ending) + s) for s in stems):
            return True
    return low.endswith(("tion", "tions", "ments", "ally", "ingly", "fully"))


def _opens_name(page: Page, i: int) -> bool:
    """Whether the first word of a sentence is, or belongs to, a name."""
    word, low = page.word[i], page.low[i]
    following = i + 1 < len(page) and page.same_sentence(i, i + 1) and page.shape[i + 1] in "CUI"
    if page.shape[i] == "U" and len(word) > 1:
        return low not in {"the", "a"} and not (word_classes(low) and page.headline[page.sentence[i]])
    classes = word_classes(low)
    if known.labels().get(word, ""):
        return (
            not classes
            or following
            or page.upper_seen[word] > 0
            or known.labels()[word] in {"country", "capital", "people"}
        )
    if page.upper_seen[word] and low not in page.lower_seen and not set(classes) & set("pdcr"):
        return True
    if not classes:
        return low not in page.lower_seen and not (_looks_inflected(low) and not following)
    if not following or set(classes) & set("pdc"):
        return False
    after = page.low[i + 1]
    return (
        is_head(after) or low in _title_words() or (after in _title_words() and not set(classes) & set("vr"))
    )


def _in_headline(page: Page, i: int) -> bool:
    """Whether a capitalised word of a title-case headline is, or belongs to, a name: the body of the page tells."""
    word, low = page.word[i], page.low[i]
    if known.labels().get(word, "") not in {"", "given"} or page.upper_seen[word]:
        return True
    if page.shape[i] == "U":
        return True
    if is_head(low) or low in _title_words():
        return True
    return not word_classes(low) and low not in page.lower_seen and not _looks_inflected(low)


def _is_capital(page: Page, i: int) -> bool:
    """Whether a token may belong to a name by its capital."""
    form, low = page.shape[i], page.low[i]
    if form not in "CUI" or low in _NEVER or (page.word[i][0] in "@#"):
        return False
    if low in _CALENDAR:
        return (
            i > 0
            and page.word[i - 1] in lexicon.given_names()
            and page.shape[i - 1] == "C"
            and not page.opens[i]
        )
    headline = page.headline[page.sentence[i]]
    if headline == "upper":
        return (
            word_classes(low) == ""
            or page.upper_seen[page.word[i].capitalize()] > 0
            or page.upper_seen[page.word[i]] > 0
        )
    if page.opens[i]:
        return _opens_name(page, i)
    if headline == "title":
        return _in_headline(page, i)
    classes = word_classes(low)
    return not (classes and set(classes) <= set("pdcr") and form == "C")


def _joins(page: Page, run: list[Unit], i: int, stop: int, capital: list[bool]) -> int:
    """How many tokens from `i` connect a run to a capital after them; 0 if they do not."""
    low, ahead = page.low[i], i + 1 < stop
    if not ahead:
        return 0
    if low in {"-", "‐", "‑", "&", "/"} and capital[i + 1]:
        if low == "&":
            return 1
        return (
            1
            if page.adjacent(i - 1, i) and page.adjacent(i, i + 1) and low != "/" and not _two_states(page, i)
            else 0
        )
    if page.word[i] in PARTICLES:
        return _particles(page, run, i, stop, capital)
    if low in {"of", "for"}:
        return _of(page, run, i, stop, capital, low)
    if low == "in" and page.low[run[0].first] in lexicon.organisation_heads():
        # Organisation for Peace in Velmark (OPV): the place belongs to the name only where an acronym follows.
        return (
            1
            if capital[i + 1] and i + 3 < stop and page.word[i + 2] == "(" and page.shape[i + 3] == "U"
            else 0
        )
    if (
        low in {"and", "on"}
        and capital[i + 1]
        and any(page.low[k] in {"of", "for"} for k in range(run[0].first, i))
    ):
        return 1 if word_classes(page.low[i + 1]) and page.low[run[0].first] not in _OPEN_OF else 0
    return 0


def _two_states(page: Page, hyphen: int) -> bool:
    """Kosten-Velm border: two names, not one; so are a people and a state."""
    labels = known.labels()
    return any(
        labels.get(page.word[k], "") in {"country", "capital", "adjective", "people", "body"}
        for k in (hyphen - 1, hyphen + 1)
    )


def _particles(page: Page, run: list[Unit], i: int, stop: int, capital: list[bool]) -> int:
    count = 0
    while i + count < stop and page.word[i + count] in PARTICLES and count < 3:
        count += 1
    if i + count < stop and page.word[i + count] in {"-", "‐", "’", "'"}:
        count += 1
    if i + count >= stop or not capital[i + count] or page.opens[i + count]:
        return 0
    return 0 if run[-1].label in {"country", "body", "seat", "people", "adjective"} else count


def _of(page: Page, run: list[Unit], i: int, stop: int, capital: list[bool], low: str) -> int:
    count = 2 if page.low[i + 1] == "the" and i + 2 < stop else 1
    if not capital[i + count]:
        return 0
    before, first = page.low[i - 1], page.low[run[0].first]
    heads = lexicon.organisation_heads()
    if before in heads or (low == "of" and (before in _OPEN_OF or before in lexicon.place_heads()[0])):
        return count
    owner = (
        known.labels().get(page.word[i + count], "") in {"country", "capital"}
        or known.name_at(page, i + count, stop)[1] == "country"
    )
    return count if first in heads and owner and low == "of" else 0


def runs(page: Page) -> list[Run]:
    """All capitalised runs of a page, in text order; they do not overlap and none leaves its sentence."""
    capital = [_is_capital(page, i) for i in range(len(page))]
    found: list[Run] = []
    for first, stop in page.bounds:
        i = first
        while i < stop:
            run = _run_at(page, i, stop, capital)
            if run:
                found.append(Run(run))
                i = run[-1].stop
            else:
                i += 1
    return found


def _unit_at(page: Page, i: int, stop: int, capital: list[bool]) -> Unit | None:
    end, label = known.name_at(page, i, stop)
    if end > i and (page.shape[i] in "CU"):
        return Unit(i, end, label)
    if capital[i]:
        return Unit(i, i + 1, known.labels().get(page.word[i], ""))
    return None


def _run_at(page: Page, i: int, stop: int, capital: list[bool]) -> list[Unit]:
    """The run that starts at a token, in units; empty if none does."""
    units: list[Unit] = []
    opening = (
        page.low[i] in _OPENING_PARTICLES
        and i + 2 < stop
        and page.word[i + 1] == "-"
        and capital[i + 2]
        and page.adjacent(i, i + 1)
    )
    if opening:
        units, i = [Unit(i, i + 3, "")], i + 3
    while i < stop:
        unit = _unit_at(page, i, stop, capital)
        if unit:
            units.append(unit)
            i = unit.stop
            continue
        count = _joins(page, units, i, stop, capital) if units else 0
        if not count:
            break
        units[-1].stop = i + count
        following = _unit_at(page, i + count, stop, capital)
        if following:
            units[-1] = Unit(units[-1].first, following.stop, "")
            i = following.stop
    return units
