"""What a figure counts, where, when and in which respect: all that must agree before two figures can conflict (law 5)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import msgspec
import regex

from variorum.compare.content import content_stem, gist, stem
from variorum.compare.names import body_key
from variorum.records import Anchor, Figure, Place
from variorum.text import lexicon
from variorum.text.normalise import Word, words

if TYPE_CHECKING:
    from variorum.compare.view import StoryView

# Heads that say no more than that people or things are counted, or, beside a known quantity, no more than it.
GENERIC = frozenset(
    content_stem(w)
    for w in ("people", "person", "others", "them", "resident", "inhabitant", "member", "casualty", "protester", "demonstrator", "marcher", "dead", "fatality", "wounded", "injured", "refugee")
)  # fmt: skip
# Quantities that grow with what becomes known of a happening: each telling holds as of its page.
TOLLS = frozenset(("deaths", "casualties", "wounded", "missing", "displaced", "homeless", "evacuated", "detained", "hostages", "rescued", "infections", "destroyed", "damaged"))  # fmt: skip
# Words that tell the toll itself or a number, not of what.
_TOLLING = frozenset(content_stem(w) for w in ("dead", "injure", "wound", "hurt", "toll", "victim", "arrest", "missing", "displace", "life", "treat", "hospital", "dozen", "score", "hundred", "thousand", "million", "several"))  # fmt: skip
# Spans of time are no things that are counted: "for three years" and "for five years" speak of two matters.
_TIMES = frozenset(stem(w) for w in ("second", "minute", "hour", "day", "night", "week", "weekend", "month", "season", "year", "decade", "century", "time", "occasion"))  # fmt: skip
_PART_OF = regex.compile(
    r"^\W*of\s+(?:the|its|their|his|her|these|those|them|whom|which|all|\p{L}+['’]s)\b", regex.IGNORECASE
)
# Verbs that say that what is counted is there: a stock, not those who did something.
_BEING = frozenset(
    ("be", "have", "lie", "stand", "live", "reside", "dwell", "exist", "remain", "inhabit", "number", "total", "count", "include", "comprise", "belong")
)  # fmt: skip
# Verbs by which the counted are counted in only in a certain respect; their words go into `respect`.
_RESPECT = frozenset(
    ("consider", "identify", "declare", "register", "regard", "describe", "call", "estimate", "believe", "document", "verify", "confirm", "accredit", "list")
)  # fmt: skip
_DEFINITE = frozenset(("the", "its", "their", "his", "her", "our", "these", "those", "all"))
_ENDS_NOUN = frozenset(("of", "in", "at", "on", "from", "who", "that", "which", "living", "with", "by", "near", "to", "for", "under", "among", "between"))  # fmt: skip
_LOCATIVE = regex.compile(
    r"\b(?:in|at|near|inside|outside|across|around|throughout|within|of|over|on|along|off)\s+(?:the\s+)?(?:\p{Ll}+\s+){0,2}$",
    regex.IGNORECASE,
)
_RELATIVE = regex.compile(r"\s*(?:who|that|which|whom)\b")
# "Another nine" come on top of others.
_FURTHER = regex.compile(r"\b(?:another|further|additional|extra)\s+$", regex.IGNORECASE)
_MORE = regex.compile(r"\s+(?:more|further|other|others|additional)\b", regex.IGNORECASE)
# "The running of the dam" is no place where people are.
_DEED_OF = regex.compile(r"\p{Ll}{3,}(?:ing|tion|sion|ment|ance|ence|al|ity)\s+of\s+(?:the\s+)?$")
# ACLED's precisions: near or part of an area; a region or country.
_PART = 2
_AREA = 3
_AUXILIARY = frozenset(("be", "have", "will", "can", "may", "would", "could", "should", "must", "do"))
_CLAUSE_END = regex.compile(r"[,;:.!?—–()\"“”]|\b(?:and|but|while|as|after|when|because|although)\b")
# A figure said to be rounded may be off by a tenth either way: "about 50,000" is said of 45,000 to 55,000.
_ABOUT = 0.1
# A bare round number of a thousand or more stands for what rounds to it, by half a unit of its last digit that is no
# zero, but by no more than a twentieth. Below a thousand a number is taken as counted: 20 dead are not 22.
_ROUNDING = 0.05
_EXACT_BELOW = 1_000


class Matter(msgspec.Struct, frozen=True):
    """A figure with what it counts.

    Attributes:
        figure: The figure.
        span: Where it stands, with what it counts.
        quantity: The known quantity; empty for a population that is told by its noun.
        head: Stem of the noun that is counted; empty if none is told.
        people: Whether that noun is a name: Ruritanians.
        names: Names in the counted phrase (peoples, places), as keys.
        modifiers: Its other content words.
        aspect: Stem of the verb in whose respect they are counted; `stock` for those that are there; empty if it cannot be told.
        respect: The words that restrict the count (`consider themselves`); empty if none.
        context: Content of its sentence, the counted noun left out.
        place, place_name: Key and name of the place it holds for; empty if not told.
        country: The country in which the gazetteer files that place; empty if unknown.
        whole_country: Whether the place is that country, or as large.
        part_of_place: Whether it holds for a part of the place: southern Ruritania.
        time: (earliest, latest) as told; ("", "") if not told.
        page_time: (earliest, latest) of the page's publication; ("", "") if unknown.
        low, high: The values it allows for, rounding included.
        about: What it counts, in words.
    """

    figure: Figure
    span: Anchor
    quantity: str
    head: str
    people: bool
    names: frozenset[str]
    modifiers: frozenset[str]
    aspect: str
    respect: str
    context: frozenset[str]
    place: str
    place_name: str
    country: str
    whole_country: bool
    part_of_place: bool
    time: tuple[str, str]
    page_time: tuple[str, str]
    low: float
    high: float
    about: str


def allowed(figure: Figure) -> tuple[float, float]:
    """The values that a figure allows for: its range, widened by the rounding that its words suggest.

    Returns:
        (low, high), infinite where that end is open.
    """
    low = -math.inf if figure.low is None else figure.low
    high = math.inf if figure.high is None else figure.high
    if figure.vague or math.isinf(low) or math.isinf(high):
        return low, high
    return low - _slack(low, approximate=figure.approximate), high + _slack(
        high, approximate=figure.approximate
    )


def _slack(value: float, *, approximate: bool) -> float:
    if approximate:
        return abs(value) * _ABOUT
    if abs(value) < _EXACT_BELOW or value != int(value):
        return 0.0
    unit = 1
    while int(value) % (unit * 10) == 0:
        unit *= 10
    return min(unit / 2, abs(value) * _ROUNDING) if unit > 1 else 0.0


def _noun_phrase(text: str) -> tuple[list[Word], list[Word]]:
    """The words of a counted phrase up to its head, and those after it."""
    found = words(text)
    cut = next((i for i, w in enumerate(found) if i and w.text in _ENDS_NOUN), len(found))
    return found[:cut], found[cut:]


def _is_name(text: str, word: Word) -> bool:
    return text[word.start].isupper()


def _aspect(view: StoryView, figure: Figure) -> tuple[str, str]:
    """In which respect a figure counts: (verb stem or `stock`, restricting words)."""
    sentence = view.sentence_at(figure.doc, figure.start)
    if sentence is None:
        return "", ""
    text = view.documents[figure.doc].text
    start, end = figure.start, figure.end
    if figure.counts is not None:
        start, end = min(start, figure.counts.start), max(end, figure.counts.end)
    if figure.counts is not None and figure.counts.start > figure.end + 1:
        between = text[figure.end : figure.counts.start]
        if verb := _verb(between):
            return _named(verb, between)
    after = text[end : sentence.end]
    stop = _CLAUSE_END.search(after)
    clause = after[: stop.start()] if stop else after
    before = words(text[max(sentence.start, figure.start - 60) : figure.start])
    verb = _verb(clause)
    # "The 300 men will not leave" presupposes that there are 300; "the 300 men who left" does not.
    if before and before[-1].text in _DEFINITE and not _RELATIVE.match(clause) and verb not in _RESPECT:
        return "stock", ""
    if verb:
        return _named(verb, clause)
    last = next((v for w in reversed(before[-4:]) if (v := _plain_verb(w.text))), "")
    return _named(last, "") if last else ("", "")


def _plain_verb(word: str) -> str:
    """Lemma of a word that is a verb and hardly anything else; empty for others."""
    classes = lexicon.word_classes(word)
    verb = "v" in classes and (not set(classes) & set("na") or word.endswith("ed"))
    return lexicon.verb_lemma(word) if verb else stem(word) if not classes and word.endswith("ed") else ""


def _verb(clause: str) -> str:
    """Lemma of the first full verb of a clause; of auxiliaries standing alone, the last.

    Right after what is counted, and after `have` or `will`, a word that may be a verb or a noun is a verb.
    """
    last = ""
    for i, word in enumerate(words(clause)):
        likely = not i or last in {"have", "will", "can", "may"}
        lemma = lexicon.verb_lemma(word.text) if likely else _plain_verb(word.text)
        if lemma in _AUXILIARY:
            last = lemma
        elif lemma:
            return lemma
        elif last and not set(lexicon.word_classes(word.text)) & {"r"}:
            return last
    return last


def _named(verb: str, clause: str) -> tuple[str, str]:
    if verb in _RESPECT:
        place = regex.search(r"\p{L}+(?:\s+(?:themselves|itself|as|to|be))*", clause.strip())
        return "stock", place[0] if place else verb
    return ("stock", "") if verb in _BEING else (stem(verb), "")


def _place(view: StoryView, figure: Figure) -> Place | None:
    """The place a figure holds for: as tagged, else the only place of its sentence, if it stands in a phrase of place."""
    found = next((p for p in view.places if p.id == figure.place), None) if figure.place else None
    sentence = view.sentence_at(figure.doc, figure.start)
    if found is not None and _DEED_OF.search(
        view.documents[found.doc].text[max(found.start - 40, 0) : found.start]
    ):
        return None
    if found is not None or sentence is None:
        return found
    near = view.at(view.places, sentence)
    keys = {p.gazetteer_id or body_key(view.text(p)) for p in near}
    text = view.documents[figure.doc].text
    near = [p for p in near if _LOCATIVE.search(text, sentence.start, p.start)]
    return near[0] if len(keys) == 1 and near else None


def _about(view: StoryView, figure: Figure, place: str) -> str:
    counts = figure.counts
    text = view.documents[figure.doc].text[counts.start : counts.end] if counts else ""
    said = f"{figure.quantity}: {text}" if figure.quantity and text else figure.quantity or text
    return f"{said}, {place}" if place and place not in said else said


def read(view: StoryView, figure: Figure) -> Matter | None:
    """Read what a figure counts.

    Returns:
        None for ages, ordinals, and figures of which neither a counted noun nor a known quantity is told.
    """
    if figure.kind in {"age", "ordinal"} or (figure.counts is None and not figure.quantity):
        return None
    text = view.documents[figure.doc].text
    counts = figure.counts
    phrase = text[counts.start : counts.end] if counts else ""
    noun, rest = _noun_phrase(phrase)
    head = content_stem(noun[-1].text) if noun else ""
    # "Some 70,000 Ruritanians live there" counts what "the 70,000 Ruritanians" counts.
    quantity = "" if figure.quantity == "population" and head else figure.quantity
    if head in _TIMES and not quantity:
        return None
    place = _place(view, figure)
    place_name = (place.name or view.text(place)) if place else ""
    named = {body_key(phrase[w.start : w.end]) for w in (*noun[:-1], *rest) if _is_name(phrase, w)}
    aspect, respect = (quantity, "") if quantity else _aspect(view, figure)
    if counts and _PART_OF.match(text[figure.end : counts.end]):
        aspect = f"part of them, {aspect}"
    if _FURTHER.search(text[: figure.start][-12:]) or _MORE.match(text, figure.end):
        aspect = f"further, {aspect}"
    times = [t for t in view.times if t.id == figure.time]
    low, high = allowed(figure)
    start, end = (
        (figure.start, figure.end)
        if counts is None
        else (min(figure.start, counts.start), max(figure.end, counts.end))
    )
    return Matter(
        figure=figure,
        span=Anchor(figure.doc, start, end),
        quantity=quantity,
        head=head,
        people=bool(noun) and _is_name(phrase, noun[-1]),
        names=frozenset(named - {body_key(place_name), ""}),
        modifiers=frozenset(s for w in noun[:-1] if not _is_name(phrase, w) and (s := content_stem(w.text))),
        aspect=aspect,
        respect=respect,
        context=_context(view, figure, head),
        place=(place.gazetteer_id or body_key(view.text(place))) if place else "",
        place_name=place_name,
        country=place.country if place else "",
        whole_country=place is not None and place.precision == _AREA,
        part_of_place=place is not None and place.precision == _PART,
        time=(times[0].earliest, times[0].latest) if times else ("", ""),
        page_time=view.dates[figure.doc],
        low=low,
        high=high,
        about=_about(view, figure, place_name),
    )


def _context(view: StoryView, figure: Figure, head: str) -> frozenset[str]:
    """What a figure's sentence says besides numbers, the counted noun and the toll."""
    sentence = view.sentence_at(figure.doc, figure.start)
    if sentence is None:
        return frozenset()
    told = gist(view.text(sentence))
    return told.bag - told.numbers - _TOLLING - {head}
