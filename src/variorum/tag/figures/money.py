"""Amounts of money: signs, codes and names of currencies, and names that the text itself uses as money."""

from __future__ import annotations

import re

import msgspec

from variorum.records.spans import FigureKind
from variorum.tag.figures import units
from variorum.tag.figures.amounts import BOUND_WORDS, Amount, find_amounts
from variorum.tag.figures.nouns import is_plural
from variorum.tag.figures.quantities import HEADS
from variorum.tag.numbers import CARDINAL


class Price(msgspec.Struct, frozen=True):
    """An amount with its currency: the amount widened over the bounds, where it ends, kind and unit."""

    amount: Amount
    end: int
    unit: str
    kind: FigureKind = "money"


_SIGN_BEFORE = re.compile(rf"(?P<sign>{units.SIGN}|\b{units.CODE} )\s?$")
_MONEY_AFTER = re.compile(
    rf"(?:[ -](?:{units.MONEY_NAME})\b|[ ]?(?P<code>{units.CODE})\b|(?P<sign>[€₽₺₴₪]))", re.IGNORECASE
)
# Names that are also other things: money only from a thousand on.
_DOUBTFUL = re.compile(r"(?:pound|real|som|kip|dram|rand|mark)s?", re.IGNORECASE)
_OWN_NAME = re.compile(
    r"[ \u00a0](?:[A-Z][\w’'-]+ |(?:gold|silver|new|old|million|billion) )?(?P<name>[a-z][a-z’'-]{2,})\b"
)

# Where only a sum of money can stand, and where money stands unless the noun is one of those below.
_SUM = (
    r"(?:reward|bounty|ransom|fines?|fee|fees|salary|salaries|wages?|pension|grant|loan|debts?|deposit|bail|prices?|compensation|"
    r"subsidy|penalty|bribes?|levy|sum|sums|budget|damages|donations?) of"
    r"|(?:fined|paid|pays?|paying|sold for|bought for|sells? for|selling for|priced at|valued at|its (?:value|price|worth|cost) at|auctioned for|"
    r"costs?|costing|earns?|earned|earning|worth|charged|charges|owes?|owed)(?: (?:him|her|them|it|us|me|you|every \w+|each \w+|each|\w+s|the \w+|a \w+))?"
    r"|(?:price|fee|wage|fare|salary|rent|pension)s?\b[^.;:]{1,60}? (?:to|at|from|by|is|was|are|were)(?: \w+ly)?"
)
_FRAME = re.compile(
    rf"\b(?:{_SUM}) (?:(?:{BOUND_WORDS}) )*(?:{CARDINAL})(?: (?:million|billion))?"
    rf"{_OWN_NAME.pattern}(?P<rate> (?:a|per|each|every) (?:day|night|week|month|year|head|hour|kilo|litre|liter|tonne|ton|boat|crew|person)\b)?",
)
# Verbs that take other things too (`paid 35 workers`, `cost 20 seats`): with them a plural noun is money only where
# nothing else is known of it.
_COUNTABLES = frozenset(
    """lives jobs seats goals points votes wins games matches places years months weeks days hours minutes seconds times
    visits workers employees staff people men women children families players members crews sailors farmers teachers
    doctors nurses companies firms banks states countries villages towns cities houses homes cars boats ships buses trucks
    tickets attention respects calls lashes strokes sentences charges counts shares acres hectares tonnes tons barrels bottles
    medals titles prizes places runs wickets stars credits marks calories copies instalments installments visits""".split()
)


def money_names(text: str) -> frozenset[str]:
    """Nouns that a text uses as money, told by where they stand: `a reward of 5,000 florins`.

    A name that is money once in a page is money throughout it.

    Args:
        text: A document's text.

    Returns:
        The nouns, lower-case plurals.
    """
    found = {m["name"] for m in _FRAME.finditer(text)}
    return frozenset(
        n
        for n in found
        if n not in _COUNTABLES
        and n not in HEADS
        and is_plural(n)
        and not units.measure(n)
        and not units.currency(n)
    )


def price(text: str, amount: Amount, names: frozenset[str]) -> Price | None:
    """Read an amount as money.

    Args:
        text: The sentence.
        amount: The amount in it.
        names: Nouns that the document uses as money.

    Returns:
        The sum, its unit as ISO 4217 code where one currency alone is meant, else the name as told; None if it is no money.
    """
    before = _SIGN_BEFORE.search(text, max(0, amount.start - 5), amount.start)
    if before:
        sign = before["sign"].strip()
        return Price(_rebound(text, amount, before.start()), amount.end, units.currency(sign) or sign)
    after = _MONEY_AFTER.match(text, amount.end)
    if after is None:
        return _own(text, amount, names)
    name = (after["code"] or after["sign"] or after.group()).strip(" -")
    if (after["code"] and not after["code"].isupper()) or name.lower() == "cents":
        return None
    if _DOUBTFUL.fullmatch(name) and amount.high is not None and amount.high < 1000:
        return Price(amount, after.end(), "lb", "measure") if name.lower().startswith("pound") else None
    return Price(amount, after.end(), units.currency(name) or name.lower())


def _own(text: str, amount: Amount, names: frozenset[str]) -> Price | None:
    match = _OWN_NAME.match(text, amount.end) if names else None
    if match is None or match["name"] not in names:
        return None
    return Price(amount, match.end(), match["name"])


def _rebound(text: str, amount: Amount, start: int) -> Amount:
    """Read the bounds before a currency sign: `at least $5 million`."""
    end = start + amount.end - amount.start
    joined = [a for a in find_amounts(text[:start] + text[amount.start : amount.end]) if a.end == end]
    if joined:
        return msgspec.structs.replace(joined[-1], start=min(joined[-1].start, start), end=amount.end)
    return msgspec.structs.replace(amount, start=start)
