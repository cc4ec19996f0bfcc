"""Known quantities (deaths, wounded, displaced ...), told by the noun counted or by the verb beside the amount."""

from __future__ import annotations

import re

# Quantity -> heads of the noun phrase that tell it by themselves.
_HEADS: dict[str, str] = {
    "deaths": "dead death deaths fatality fatalities bodies corpses",
    "casualties": "casualty casualties",
    "wounded": "wounded injured injury injuries",
    "missing": "missing disappeared",
    "displaced": "displaced refugee refugees evacuee evacuees idps deportees",
    "homeless": "homeless",
    "detained": "arrests detainees prisoners arrest detentions inmates captives pows",
    "hostages": "hostages hostage abductees abductions kidnappings",
    "protesters": "protesters protestors demonstrators marchers rioters protester demonstrator strikers",
    "votes": "votes ballots vote",
    "voters": "voters",
    "troops": "troops soldiers peacekeepers servicemen servicewomen servicepeople paratroopers marines soldier peacekeeper conscripts reservists",
    "police": "policemen policewomen police gendarmes constables",
    "fighters": "fighters militants rebels gunmen insurgents militiamen mercenaries combatants guerrillas terrorists attackers",
    "infections": "infections",
    "population": "inhabitants residents",
    "jobs": "jobs layoffs redundancies",
    "attacks": "attacks strikes airstrikes raids bombings",
}
HEADS = {word: quantity for quantity, line in _HEADS.items() for word in line.split()}

# Verbs right before the amount (active), or after the noun phrase (passive or of state).
_BEFORE: dict[str, str] = {
    "deaths": r"kill(?:ed|ing|s)?|murder(?:ed|ing|s)?|slay(?:ing|s)?|slew|execut(?:ed|ing|es)|massacr(?:ed|ing)|claim(?:ed|ing|s)? the lives of|"
    r"(?:death toll|toll|number of (?:dead|deaths|killed)|dead) (?:has |had )?(?:risen |climbed |rose |climbs |rises |jumped |grown |increased )?(?:is |was |stands |stood |now )?(?:to|at|of|is|was|reached|reaches|passed|exceeds|exceeded)|"
    r"shot dead|lynched|drown(?:ed|ing)",
    "wounded": r"wound(?:ed|ing|s)?|injur(?:ed|ing|es)|hurt(?:ing)?|maim(?:ed|ing)",
    "displaced": r"displac(?:ed|ing|es)|expel(?:led|ling|s)?|deport(?:ed|ing|s)?|uproot(?:ed|ing|s)?|drove out|driven out",
    "evacuated": r"evacuat(?:ed|ing|es)",
    "detained": r"arrest(?:ed|ing|s)?|detain(?:ed|ing|s)?|jail(?:ed|ing|s)?|imprison(?:ed|ing|s)?|captur(?:ed|ing|es)|round(?:ed|ing) up",
    "hostages": r"abduct(?:ed|ing|s)?|kidnap(?:ped|ping|s)?|took hostage|seized as hostages",
    "released": r"free(?:d|ing)|releas(?:ed|ing|es)",
    "rescued": r"rescu(?:ed|ing|es)|sav(?:ed|ing)",
    "destroyed": r"destroy(?:ed|ing|s)?|demolish(?:ed|ing|es)?|raz(?:ed|ing)|level(?:ed|led|ling)",
    "damaged": r"damag(?:ed|ing|es)",
    "homeless": r"left homeless",
    "population": r"population of|home to|inhabited by|populated by",
    "deployed": r"deploy(?:ed|ing|s)?|dispatch(?:ed|ing|es)?|station(?:ed|ing)",
}  # fmt: skip
_AFTER: dict[str, str] = {
    "deaths": r"killed|dead|died|die|shot dead|murdered|massacred|slain|executed|perished|drowned|lost their lives|lost his life|lost her life|losing their lives|beheaded|lynched|burned to death|deceased",
    "wounded": r"wounded|injured|hurt|hospitali[sz]ed|maimed|treated for|suffered (?:\w+ )?(?:injuries|wounds|burns)",
    "missing": r"missing|unaccounted for|disappeared",
    "displaced": r"displaced|fled|fleeing|flee|uprooted|expelled|deported|driven (?:out|from)|forced (?:out|from)|(?:left|leave|abandoned) their (?:homes|villages|houses)|forced to (?:flee|leave)|sought (?:refuge|shelter|asylum)|crossed the border",
    "homeless": r"(?:left |made )?homeless",
    "evacuated": r"evacuated",
    "detained": r"arrested|detained|jailed|imprisoned|taken into custody|in custody|behind bars|captured|rounded up|held in",
    "hostages": r"abducted|kidnapped|taken hostage|held hostage|held captive",
    "released": r"freed|released",
    "rescued": r"rescued|saved|pulled (?:alive )?from",
    "protesters": r"protested|protesting|demonstrated|demonstrating|rallied|rallying|marched|marching|gathered|took to the streets|turned out|attended|blocked|blocking",
    "voters": r"voted|cast (?:their|a) (?:ballots?|votes?)|eligible to vote",
    "destroyed": r"destroyed|demolished|razed|levelled|leveled|burned down|burnt down|gutted|torched|set on fire|set ablaze",
    "damaged": r"damaged",
    "infections": r"infected|tested positive|contracted",
    "deployed": r"deployed|stationed|dispatched",
    "population": r"live|lives|living|lived|reside|residing|inhabit",
}  # fmt: skip

_ADVERB = r"(?:also|reportedly|allegedly|already|now|still|then|later|seriously|badly|slightly|lightly|severely|critically|being|been|feared|believed|confirmed|reported|immediately|peacefully|to be|to have been)"
_LEFT = [
    (
        q,
        re.compile(
            rf"\b(?:{v})(?: (?:a total of|another|some|the|all|his|her|its|their|a further|a reported|with|up|as many as))* ?$",
            re.IGNORECASE,
        ),
    )
    for q, v in _BEFORE.items()
]
_AUX = r"(?:,? (?:who|which|that))?(?: (?:were|was|are|is|have|has|had|will|would|could|may|might|got|remain|remained|remains|went|listed|lay|lie|left|be))*"
_BETWEEN = r"(?:[ -](?!(?:and|but|while|when|after|as|or|that|which|who)\b)[^\W\d_][\w’'-]*){0,2}?"
_RIGHT = [
    (q, re.compile(rf"{_AUX}{_BETWEEN}{_AUX}(?: {_ADVERB})*[ -](?:{v})\b", re.IGNORECASE))
    for q, v in _AFTER.items()
]
_INSERTED = re.compile(
    r",? (?:\((?:[^()]{1,60})\)|(?:including|among them|most of them|mostly|some of them|all of them|many of them)[^,;:.]{1,60},)"
)


def quantity_of(text: str, *, start: int, noun: str, noun_end: int, ceiling: int) -> str:
    """Which known quantity an amount gives.

    Args:
        text: The sentence.
        start: Start of the amount with its bounds.
        noun: Head of what it counts, lower case; empty if nothing is named.
        noun_end: Where the counted phrase ends (the amount's end if nothing is named).
        ceiling: Where the next amount starts: its verbs are not ours.

    Returns:
        Its name; empty if nothing tells.
    """
    told = HEADS.get(noun, "")
    if told in {"deaths", "wounded", "missing", "casualties", "displaced", "homeless", "detained"}:
        return told
    head = text[max(0, start - 80) : start]
    left = next((q for q, pattern in _LEFT if pattern.search(head)), "")
    if left:
        after = _right(text[noun_end : min(ceiling, noun_end + 60)])
        # `left 20 people dead`, `rescued 20 people injured in`: an adjective after the noun is nearer than a verb before it,
        # but `killing 5 people who fled` stays deaths.
        return left if left != "deployed" or not after else after
    tail = text[noun_end : noun_end + 160]
    inserted = _INSERTED.match(tail)
    if inserted:  # `20 people, including 3 children, were killed`
        return _right(tail[inserted.end() :][:110]) or told
    if text[:start].rstrip().lower().endswith(("including", "among them", "of them")):
        tail = tail.removeprefix(",")
    return _right(tail[: max(0, ceiling - noun_end)][:110]) or told


def _right(tail: str) -> str:
    best, name = len(tail) + 1, ""
    for quantity, pattern in _RIGHT:
        match = pattern.match(tail)
        if match and match.end() < best:
            best, name = match.end(), quantity
    return name
