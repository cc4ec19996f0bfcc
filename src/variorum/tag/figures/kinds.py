"""From amounts to figures: money, shares, measures, ages, ordinals and counts; and what looks like a figure and is none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from variorum.tag.figures import units
from variorum.tag.figures.amounts import Amount, find_amounts
from variorum.tag.figures.kin import PRONOUN, Quantity, inherited, is_elided, is_inside, is_one_of_list
from variorum.tag.figures.money import price
from variorum.tag.figures.nouns import counted, is_plural, named_themselves
from variorum.tag.figures.quantities import HEADS, quantity_of
from variorum.tag.numbers import ORDINAL_WORDS, ORDINALS, SCALES, SMALL, parse_ordinal

if TYPE_CHECKING:
    from variorum.records.spans import FigureKind

# Stretches in which digits are no figures: addresses, handles, telephone numbers, scores, versions.
_MASK = re.compile(
    r"https?://\S+|www\.\S+|\S+@\S+|[@#]\w+|\bpic\.\w+\.\w+/\S*|\b[\w-]+\.(?:com|org|net|html?)\S*"
    r"|\+\d[\d ()-]{6,}\d|\(\d{3}\) \d{3}-\d{4}|\b\d{3}-\d{3,4}-?\d*\b"
    r"|\b(?:won|win|wins|beat|lost|lose|drew|draw|score|scored|lead|led|victory|defeat|defeated|tie|tied|ahead|down|final)\b[^.;]{0,24}?\b\d{1,3} ?[-–:] ?\d{1,3}\b"
    r"|\b\d+(?:\.\d+){2,}\b|\b\d{1,3}[:×x]\d{1,4}\b|\bv\d[\d.]*|\b\d+/\d+\b"
    r"|\b\d{1,2}:\d\d\b",
    re.IGNORECASE,
)
# Before a number that names rather than counts.
_NAMING = re.compile(
    r"\b(?:resolutions?|nos?\.|number|article|articles|section|paragraph|chapter|page|pages|pp?\.|clause|annex|appendix|protocol|channel|"
    r"route|highway|flight|room|floor|line|platform|gate|unit|zone|level|phase|step|rule|act|bill|law|directive|decree|item|title|"
    r"volume|vol\.|part|figure|table|episode|season|grade|category|class|type|model|mark|mk|version|windows|battalion|brigade|regiment|"
    r"division|squadron|group of|boeing|airbus|apollo|soyuz|falcon|agenda|psalm|verse|studio|gallery|terminal|point|day|week|year|"
    r"round|game|set|lot|box|suite|apartment|district|area|sector|block|building|house|camp|pier|berth|code|zip|isbn|doi|tel\.?|fax|call|"
    r"dial|photo|image|file|id|ip|port|bus|tram|train|car|exit|mile|km|top|formula|big|news|radio|fm|group|at age|tv|front|pillar|option|scenario)[ \u00a0#(]?\s?$",
    re.IGNORECASE,
)
_CAPITAL_BEFORE = re.compile(r"(?<![.!?:;“\"] )(?<!^)\b[A-Z][\w’'-]*[a-z]\w* $")
_MEASURE_AFTER = re.compile(rf"[ \u00a0-]?(?P<unit>{units.MEASURE})(?![\w/])", re.IGNORECASE)
_SHARE_AFTER = re.compile(rf"[ \u00a0-]?{units.SHARE}", re.IGNORECASE)
_AGE_AFTER = re.compile(
    r"(?:[- ](?P<unit>year|month|week|day)s?[- ]olds?\b|(?: years?)? of age\b)", re.IGNORECASE
)
_AGE_BEFORE = re.compile(r"\b(?:aged|age of|age|ages|the age of)(?: between)? $", re.IGNORECASE)
_AGE_BESIDE = re.compile(
    r"(?!(?:In|At|Near|From|To|On|Of|For|The)\b)[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)+(?:, | \()$"
)
# A surname alone may be a place (`in Tarn, 20 ...`) or a side (`Reds, 20`): more must fit.
_AGE_SURNAME = re.compile(
    r"(?<!\b[Ii]n )(?<!\b[Aa]t )(?<!\b[Nn]ear )(?<!\b[Ff]rom )(?<!\b[Tt]o )(?<![\w’'-])[A-Z][\w’'-]*[a-rt-z], $"
)
_AGE_END = re.compile(r", (?:[a-z]|[“\"])|\.(?: [A-Z“\"]|$)")
_ADULT = (16, 105)
_FRACTIONS = {
    "half": 50.0,
    "third": 100 / 3,
    "quarter": 25.0,
    "fifth": 20.0,
    "tenth": 10.0,
    "fourth": 25.0,
    "sixth": 100 / 6,
    "eighth": 12.5,
}
_FRACTION = re.compile(
    r"\b(?P<bound>(?:more than|less than|over|nearly|almost|about|around|roughly|at least|up to|just over|just under|under) )?"
    r"(?:(?P<top>a|one|two|three|four|five|nine)[ -](?P<bottom>third|quarter|fourth|fifth|sixth|eighth|tenth)s?(?= of| majority)"
    r"|(?P<half>half)(?= (?:of )?(?:the|its|their|all|his|her|our|a|of|those|these)\b)"
    r"|(?P<in>one|two|three|four|five|six|seven|eight|nine|\d{1,2}) (?:in|out of)(?: every)? (?P<of>two|three|four|five|six|seven|eight|ten|20|100|1,000|\d{1,3})\b(?! (?:years|days|months|weeks|hours|minutes)))",
    re.IGNORECASE,
)
_ORDINAL = re.compile(
    rf"(?<![\w.,/-])(?P<digits>\d{{1,3}}(?:st|nd|rd|th))\b(?!-)|\b(?:the|a|its|his|her|their|for the|our) (?P<word>(?!zeroth){ORDINAL_WORDS})\b(?= [a-z])(?! (?:of|world|lady|aid|half|hand|language|party)\b)",
    re.IGNORECASE,
)
_ZERO = re.compile(
    r"\b(?P<no>no|zero)(?: (?:reported|reports of|further|new|immediate|serious|civilian|known|military|confirmed|other))* (?P<noun>casualties|injuries|deaths|fatalities|victims|arrests|dead|wounded|losses|detentions)\b"
    r"|\b(?P<nobody>no one|nobody|none|no (?:people|civilians|soldiers|police officers|officers))(?= (?:was|were|has been|had been|have been|is|are)?\s?(?:reported |seriously |reportedly )?(?P<verb>killed|injured|hurt|wounded|arrested|detained|died|harmed))",
    re.IGNORECASE,
)
_ZERO_VERBS = {
    "killed": "deaths",
    "died": "deaths",
    "injured": "wounded",
    "hurt": "wounded",
    "wounded": "wounded",
    "harmed": "wounded",
    "arrested": "detained",
    "detained": "detained",
}
_SMALL_PRONOUN = re.compile(
    r"(?: (?:of|another|by one|at|or the|and|day|time|way|side|hand|that|who|thing|can|has|is|was|more|such|which|reason)\b|[,.;:'’)]|$)"
)
_NOT = re.compile(r"\b(?:not|nor|never|without)(?: even)? $", re.IGNORECASE)
_ONE_PERSON = re.compile(
    r"(?: (?!(?:of|day|side|way|time|hand|thing|another|more|such|that|who|reason|point|month|week|year|hour)\b)[a-z-]+){1,3}"
)


def find_quantities(
    text: str, masked: list[tuple[int, int]], names: frozenset[str] = frozenset()
) -> list[Quantity]:
    """Find the figures of one sentence.

    Args:
        text: The sentence.
        masked: Spans of it that are times, and so no figures.
        names: Nouns that the document uses as money.

    Returns:
        Non-overlapping figures in text order.
    """
    present = frozenset(_WORDS.findall(text.lower()))
    closed = [*masked, *((m.start(), m.end()) for m in _MASK.finditer(text))] if present & _DIGITS else masked
    found = [q for hints, find in _FINDERS if present & hints for q in find(text)]
    if present & _NUMERALS:
        found += _amounts(text, closed, names)
    return _apart([q for q in found if _open(q.start, q.end, closed)])


def _amounts(text: str, closed: list[tuple[int, int]], names: frozenset[str]) -> list[Quantity]:
    amounts = [a for a in find_amounts(text) if _open(a.start, a.end, closed)]
    found: list[Quantity] = []
    ceilings = [*(a.start for a in amounts[1:]), len(text)]
    for i, amount in enumerate(amounts):
        ceiling = ceilings[i]
        if i + 1 < len(amounts) and is_inside(text, amount, amounts[i + 1]):
            ceiling = ceilings[i + 1]
        if i and is_inside(text, amounts[i - 1], amount):
            ceiling = amount.end
        quantity = _read(text, amount, ceiling, names)
        if quantity is not None:
            found.append(inherited(text, quantity, found))
    return found


def _open(start: int, end: int, closed: list[tuple[int, int]]) -> bool:
    return all(end <= low or start >= high for low, high in closed)


def _apart(found: list[Quantity]) -> list[Quantity]:
    kept: list[Quantity] = []
    for item in sorted(found, key=lambda q: (q.start - q.end, q.start)):
        if all(item.end <= k.start or item.start >= k.end for k in kept):
            kept.append(item)
    return sorted(kept, key=lambda q: q.start)


def _read(text: str, amount: Amount, ceiling: int, names: frozenset[str]) -> Quantity | None:
    money = _money(text, amount, names)
    if money is not None:
        return money
    for reader in (_share, _age, _measure):
        quantity = reader(text, amount)
        if quantity is not None:
            return quantity
    return _count(text, amount, ceiling)


def _made(amount: Amount, kind: FigureKind, *, start: int | None = None, end: int | None = None, unit: str = "",
          counts: tuple[int, int] | None = None, quantity: str = "") -> Quantity:  # fmt: skip
    return Quantity(
        start=amount.start if start is None else start, end=amount.end if end is None else end, kind=kind, low=amount.low,
        high=amount.high, unit=unit, counts=counts, quantity=quantity, approximate=amount.approximate, vague=amount.vague,
    )  # fmt: skip


def _money(text: str, amount: Amount, names: frozenset[str]) -> Quantity | None:
    told = price(text, amount, names)
    return None if told is None else _made(told.amount, told.kind, end=told.end, unit=told.unit)


def _share(text: str, amount: Amount) -> Quantity | None:
    after = _SHARE_AFTER.match(text, amount.end)
    if after is None:
        return None
    end = after.end()
    if points := re.compile(r"[ -]points?\b").match(text, end):
        return _made(amount, "measure", end=points.end(), unit="pp")
    return _made(amount, "share", end=end, unit="%", counts=_share_of(text, end))


def _share_of(text: str, end: int) -> tuple[int, int] | None:
    match = re.compile(r" of (?:the |all |its |their )?(?=[a-zA-Z])").match(text, end)
    if match is None:
        return None
    return counted(text, match.end() - 1) or counted(text, match.end() - 1, one=True)


def _measure(text: str, amount: Amount) -> Quantity | None:
    after = _MEASURE_AFTER.match(text, amount.end)
    if after is None:
        return None
    glued = not after.group()[0].isspace() and after.group()[0] != "-"
    if glued and len(after["unit"]) > 3 and not after["unit"].startswith("°"):
        return None
    return _made(amount, "measure", end=after.end(), unit=units.measure(after["unit"]))


def _age(text: str, amount: Amount) -> Quantity | None:
    if amount.high is not None and amount.high > 130:
        return None
    after = _AGE_AFTER.match(text, amount.end)
    if after:
        return _made(amount, "age", end=after.end(), unit=(after["unit"] or "year").lower())
    before = _AGE_BEFORE.search(text, max(0, amount.start - 24), amount.start)
    if before or (text[amount.start : amount.end].isdigit() and _after_name(text, amount)):
        return _made(amount, "age", unit="year")
    return None


def _after_name(text: str, amount: Amount) -> bool:
    """Whether a bare number stands where ages stand: `Ines Marok, 34, said`, `Marok, 34, said`."""
    full = _AGE_BESIDE.search(text, max(0, amount.start - 60), amount.start)
    if full:
        closing = {","} if full.group().endswith(", ") else {")"}
        least = 0 if "," in closing else _ADULT[0]
        return text[amount.end : amount.end + 1] in closing | {")"} and least < (amount.high or 0)
    grown = _ADULT[0] <= (amount.high or 0) <= _ADULT[1]
    return bool(
        grown
        and _AGE_SURNAME.search(text, max(0, amount.start - 40), amount.start)
        and _AGE_END.match(text, amount.end)
    )


def _count(text: str, amount: Amount, ceiling: int) -> Quantity | None:
    """A count: something is named that is counted, or a verb beside it says what it is."""
    numeral = text[amount.start : amount.end].lower()
    digits = numeral[-1:].isdigit()
    one = amount.low == amount.high == 1
    if one and _NOT.search(text, max(0, amount.start - 12), amount.start):
        return None  # `not one soldier crossed`
    if _is_name(text, amount, digits=digits) or (
        one and (_SMALL_PRONOUN.match(text, amount.end) or not _ONE_PERSON.match(text, amount.end))
    ):
        return None
    hyphen = re.compile(
        r"-(?P<noun>member|strong|man|person|nation|seat|storey|story|page|point|party|state|car|vehicle|bed)\b"
    ).match(text, amount.end)
    counts = _counted(text, amount, one=one)
    noun_end = counts[1] if counts else hyphen.end() if hyphen else amount.end
    noun = text[counts[0] : counts[1]].rsplit(None, 1)[-1].lower() if counts else ""
    quantity = quantity_of(text, start=amount.start, noun=noun, noun_end=noun_end, ceiling=ceiling)
    if counts is None and hyphen:
        counts = hyphen.span("noun") if hyphen["noun"] != "strong" else None
    elif counts is None and not quantity:
        return _without_noun(text, amount)
    if one and not quantity and noun not in HEADS and not is_one_of_list(text, amount.start, amount.end):
        return None
    return _made(amount, "count", counts=counts, quantity=quantity)


def _without_noun(text: str, amount: Amount) -> Quantity | None:
    """`Two of them`, and an amount that leaves out what was named before."""
    pronoun = PRONOUN.match(text, amount.end)
    if pronoun:
        return _made(amount, "count", counts=pronoun.span("noun"))
    if is_elided(text, amount.start, amount.end):
        return msgspec.structs.replace(_made(amount, "count"), elided=True)
    return None


def _counted(text: str, amount: Amount, *, one: bool) -> tuple[int, int] | None:
    found = counted(text, amount.end, one=one) or named_themselves(text, amount.end)
    if found is None:
        return None
    # `20 Serbs`, `20 police officers`; not `20 Minutes`, a name, nor the genitive of `5 years' work`
    return found


def _is_name(text: str, amount: Amount, *, digits: bool) -> bool:
    """Whether the number names a thing (`resolution 1244`, `Protocol 14`) rather than counts."""
    before = text[max(0, amount.start - 28) : amount.start]
    if _NAMING.search(before) and digits:
        return True
    noun = re.compile(r"(?: [\w’'-]+){0,3}? ([\w’'-]+)").match(text, amount.end)
    follows = bool(noun and any(is_plural(w) for w in noun.group().split()))
    # Only the word before is asked for; names are shorter than sixty letters.
    named = _CAPITAL_BEFORE.search(text, max(0, amount.start - 60), amount.start)
    return digits and named is not None and not follows


def _zeros(text: str) -> list[Quantity]:
    found = []
    for match in _ZERO.finditer(text):
        if match["no"]:
            name = HEADS.get(
                match["noun"].lower(), "casualties" if match["noun"].lower() in {"victims", "losses"} else ""
            )
            span, counts = match.span("no"), match.span("noun")
        else:
            name, span, counts = _ZERO_VERBS[match["verb"].lower()], match.span("nobody"), None
        found.append(
            Quantity(start=span[0], end=span[1], kind="count", low=0, high=0, quantity=name, counts=counts)
        )
    return found


_SMALL = {
    "a": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
}


def _fractions(text: str) -> list[Quantity]:
    found = []
    for match in _FRACTION.finditer(text):
        if match["half"]:
            value = 50.0
        elif match["bottom"]:
            value = min(100.0, round(_SMALL[match["top"].lower()] * _FRACTIONS[match["bottom"].lower()], 4))
        else:
            top, bottom = (
                _SMALL.get(w.lower()) or float(w.replace(",", "")) for w in (match["in"], match["of"])
            )
            if not 0 < top < bottom:
                continue
            value = round(100 * top / bottom, 4)
        word = (match["bound"] or "").strip().lower()
        low = None if word in {"less than", "up to", "just under", "under"} else value
        high = None if word in {"more than", "over", "at least", "just over"} else value
        about = word in {"nearly", "almost", "about", "around", "roughly"}
        found.append(Quantity(start=match.start(), end=match.end(), kind="share", low=low, high=high, unit="%",
                              counts=_share_of(text, match.end()), approximate=about))  # fmt: skip
    return found


def _ordinals(text: str) -> list[Quantity]:
    found = []
    for match in _ORDINAL.finditer(text):
        group = "digits" if match["digits"] else "word"
        value = parse_ordinal(match[group])
        if value is not None:
            found.append(
                Quantity(
                    start=match.start(group), end=match.end(group), kind="ordinal", low=value, high=value
                )
            )
    return found


# Words without which a finder finds nothing: a sentence is sifted by them first, which makes the room three times faster.
_WORDS = re.compile(r"[a-z]+|\d")
_DIGITS = frozenset("0123456789")
_NUMERALS = _DIGITS | frozenset(
    (
        *SMALL,
        *SCALES,
        *(w + "s" for w in SCALES),
        "dozen",
        "dozens",
        "tens",
        "score",
        "scores",
        "several",
        "few",
        "handful",
        "couple",
        "half",
    )
)
_FINDERS = (
    (frozenset({"no", "zero", "nobody", "none"}), _zeros),
    (_DIGITS | frozenset((*_SMALL, *_FRACTIONS, *(w + "s" for w in _FRACTIONS))) - {"a"}, _fractions),
    (_DIGITS | frozenset(ORDINALS) | frozenset(w for w in SMALL if w.endswith("ty")), _ordinals),
)
