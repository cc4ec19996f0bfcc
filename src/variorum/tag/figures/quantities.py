"""Known quantities (deaths, wounded, displaced ...), told by the noun counted or by the verb beside the amount."""

from __future__ import annotations

import re

from variorum.tag.numbers import CARDINAL

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
    "wounded": r"wounded|injured|hurt|hospitali[sz]ed|maimed|treated(?= (?:in|at|for|by|there|on)\b)|(?:are|were|being) treated|"
    r"(?:suffered|sustained) (?:\w+ )?(?:injuries|wounds|burns)|(?:needed|received|sought) (?:\w+ )?treatment|(?:taken|rushed|brought|admitted) to (?:an? |the )?(?:\w+ )?hospitals?|"
    r"(?:are|were|remain|remained) in (?:an? |the )?(?:hospital|intensive care)",
    "missing": r"missing|unaccounted for|disappeared",
    "displaced": r"displaced|fled|fleeing|flee|uprooted|expelled|deported|driven (?:out|from)|forced (?:out|from)|(?:left|leave|abandoned) their (?:homes|villages|houses)|forced to (?:flee|leave)|sought (?:refuge|shelter|asylum)|crossed the border",
    "homeless": r"(?:left |made )?homeless",
    "evacuated": r"evacuated",
    "detained": r"arrested|detained|jailed|imprisoned|taken into custody|in custody|behind bars|captured|rounded up|held in",
    "hostages": r"abducted|kidnapped|taken hostage|held hostage|held captive",
    "released": r"freed|released",
    "rescued": r"rescued|saved|pulled (?:alive )?from",
    "protesters": r"protested|protesting|demonstrated|demonstrating|rallied|rallying|marched|marching|gathered|took to the streets|turned out|blocked|blocking|"
    r"(?:took part in|taken part in|taking part in|attended|joined|came to)(?: [\w’'-]+){1,4}? (?:protests?|demonstrations?|rally|rallies|march|marches|vigil)",
    "voters": r"voted|cast (?:their|a) (?:ballots?|votes?)|eligible to vote",
    "destroyed": r"destroyed|demolished|razed|levelled|leveled|burned down|burnt down|gutted|torched|set on fire|set ablaze",
    "damaged": r"damaged",
    "infections": r"infected|tested positive|contracted",
    "deployed": r"deployed|stationed|dispatched",
    "population": r"live|living|lived|reside|residing|inhabit",
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
# Words between noun and verb that are no object: `bury their dead` does not make the buriers dead.
_BETWEEN = (
    r"(?:[ -](?!(?:and|but|while|when|after|as|or|that|which|who|where|their|his|her|its|our|my|your|the|an?|no|any|"
    r"this|these|those|more)\b)[^\W\d_][\w’'-]*){0,2}?"
)
_RIGHT = [
    (q, re.compile(rf"{_AUX}{_BETWEEN}{_AUX}(?: {_ADVERB})*[ -](?:{v})\b", re.IGNORECASE))
    for q, v in _AFTER.items()
]
# Between noun and verb: `workers of the mill`, `people in the town of Tarn`. A participle past it may tell of its last
# noun (`people in houses damaged`), so only a finite verb counts there.
_PHRASE = re.compile(
    r"(?: (?:of|from|in|at|on|near|aboard|inside|outside|across|around|with)(?: (?!(?:and|but|while|when|after|as|or|that|which|who|"
    r"where|were|was|are|is|have|has|had|will|would|died|lost|fled|perished|drowned)\b)[\w’'-]+){1,5}?){1,2}"
    r"(?=,? (?:who |which |that )?(?:were|was|are|have|has|had|will|would|could|may|might|remain|remained|died|lost|fled|perished|drowned|marched|rallied|protested)\b)"
)
_INSERTED = re.compile(
    r",? (?:\((?:[^()]{1,60})\)|(?:including|among them|most of them|mostly|some of them|all of them|many of them)[^,;:.]{1,60},)"
    r"|, [^,;:.]{1,90},(?= (?:were|was|are|is|have|has|had|will|died|fled|perished|drowned)\b)"
    r"| – [^–;:.]{1,90} –(?= )| ?— ?[^—;:.]{1,90} ?—"
)

# What a rising number counts, by the words that name it: `the death toll at the mill has risen to 20`.
_COUNTED_BY = {
    "deaths": (
        r"(?:death |civilian )?toll|body count|(?:number|total) of (?:[\w-]+ ){0,3}?(?:dead|deaths|killed|fatalities|victims)|deaths(?= of)",
        "dead|deaths|fatalities",
    ),
    "wounded": (r"number of (?:[\w-]+ ){0,3}?(?:wounded|injured|injuries)", "wounded|injured"),
    "missing": ("number of missing", "missing"),
    "displaced": (
        r"number of (?:[\w-]+ ){0,3}?(?:displaced|refugees|evacuees)",
        "displaced|refugees|evacuees",
    ),
    "detained": (r"number of (?:[\w-]+ ){0,3}?(?:arrests|detained|detainees|prisoners)", "arrests|detainees"),
    "infections": (r"number of (?:[\w-]+ ){0,3}?(?:infections|infected|cases)", "infections|confirmed cases"),
    "protesters": (
        r"number of (?:[\w-]+ ){0,3}?(?:protesters|demonstrators|marchers)",
        "protesters|demonstrators",
    ),
}
_ROSE = (
    "rose|risen|rises|rising|climbed|climbs|climbing|jumped|jumps|grew|grown|grows|increased|increases|went up|gone up|soared|swelled|"
    "fell|fallen|dropped|revised|raised|lowered|updated|corrected"
)
_RAISING = "raised|raises|raising|brought|brings|bringing|taken|takes|taking|took|pushed|pushes|pushing|lifted|lifts|lifting|put|puts|putting"
_WHERE = r"(?: (?:people|persons))?(?: (?:at|in|from|of|on|after|across|among|over|since|for|caused by)(?: [\w’'-]+){1,9}?)?"
_MEANWHILE = r"(?:,? (?:has|had|have|is|was|been|now|then|later|since|already|further|also|officially|currently|so far|up|down|sharply|put|set|on \w+day))*"
_ALREADY = r"(?: (?:a total of|as many as|around|now|\w+ly))* ?$"


def _toll(sure: str, bare: str) -> re.Pattern[str]:
    """A head that names a number, with or without change; other heads only where a word says that they changed."""
    before = rf"{_WHERE}{_MEANWHILE}"
    change = rf"(?:{_ROSE}){_MEANWHILE}(?: from (?:{CARDINAL}))?"
    told = rf"(?:{sure})(?: of|{before}(?: (?:{change}|stood|stands|standing))? (?:to|at|is|was|reach(?:ed|es|ing)|pass(?:ed|es|ing)|exceeds|exceeded|topped))"
    raised = rf"(?:{_RAISING}) (?:the |its )?(?:total |number of )?(?:confirmed |reported )?(?:{bare}){_WHERE} (?:to|at)"
    rose = rf"(?:{bare}){before} {change} to"
    return re.compile(rf"\b(?:{told}|{raised}|{rose}){_ALREADY}", re.IGNORECASE)


_BY_TOLL = [(q, _toll(sure, bare)) for q, (sure, bare) in _COUNTED_BY.items()]
_TOLL_WORDS = re.compile(
    r"toll|number of|total of|dead|deaths|fatalities|body count|wounded|injured|missing|arrests|infections|cases",
    re.IGNORECASE,
)

_SAVED = re.compile(r"\b(?:sav(?:e|ed|es|ing)|rescu(?:e|ed|es|ing))(?: [\w’'-]+){0,2} $", re.IGNORECASE)
_COST = re.compile(
    r"\b(?:cost|costs|costing|claim(?:s|ed|ing)?|los(?:t|e|es|ing)|loss of|tak(?:e|es|en|ing)|took|at the price of|in exchange for)"
    r"(?: (?:a total of|another|some|the|all|his|her|its|their|a further|a reported|the nation|us|them|it|him))* $",
    re.IGNORECASE,
)
_LIVES_AFTER = re.compile(
    rf"{_AUX}(?: {_ADVERB})* (?P<verb>lost|claimed|taken|cut short|saved|spared)\b", re.IGNORECASE
)

# Illnesses whose `cases` are infections, and words that make cases those of an illness.
_ILLNESS = re.compile(
    r"\b(?:cholera|measles|malaria|covid|covid-19|coronavirus|influenza|flu|ebola|polio|mpox|monkeypox|dengue|typhoid|typhus|tuberculosis|"
    r"rabies|plague|zika|hepatitis|diphtheria|meningitis|anthrax|pneumonia|scabies|mumps|rubella|infection|infections|"
    r"(?:the )?(?:disease|virus|illness|fever|infection|epidemic|outbreak))\b",
    re.IGNORECASE,
)
_CASES_ARE = frozenset({"confirmed", "active", "suspected", "infection", "asymptomatic", "symptomatic"})

# What befalls people only, and what befalls things only.
_OF_THINGS = frozenset({"destroyed", "damaged"})
_PEOPLE = frozenset(
    "people persons men women children civilians workers residents villagers families passengers".split()
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
    if noun == "lives":
        return _lives(text[max(0, start - 60) : start], text[noun_end : min(ceiling, noun_end + 60)])
    if noun == "cases":
        return "infections" if _of_illness(text[start:noun_end], text[noun_end : noun_end + 60]) else ""
    found = _beside(text, start=start, told=HEADS.get(noun, ""), noun_end=noun_end, ceiling=ceiling)
    return "" if found in _OF_THINGS and noun in _PEOPLE else found


def _lives(before: str, after: str) -> str:
    """Lives are lost or saved; other lives (`touched 20 lives`) are no known quantity."""
    if _SAVED.search(before):
        return "rescued"
    if _COST.search(before):
        return "deaths"
    match = _LIVES_AFTER.match(after)
    if match is None:
        return ""
    return "rescued" if match["verb"].lower() in {"saved", "spared"} else "deaths"


def _of_illness(phrase: str, after: str) -> bool:
    if _CASES_ARE & set(phrase.lower().split()) or _ILLNESS.search(phrase):
        return True
    told = re.match(r" (?:of|with) (?:the )?", after)
    return bool(told and _ILLNESS.match(after, told.end()))


def _beside(text: str, *, start: int, told: str, noun_end: int, ceiling: int) -> str:
    """The quantity told by the noun if it is a state, else by the verb before, else by the one after, else by the noun."""
    if told in {"deaths", "wounded", "missing", "casualties", "displaced", "homeless", "detained"}:
        return told
    left = _left(text[max(0, start - 160) : start])
    if left:
        after = _right(text[noun_end : min(ceiling, noun_end + 60)])
        # `left 20 people dead`, `rescued 20 people injured in`: an adjective after the noun is nearer than a verb before it,
        # but `killing 5 people who fled` stays deaths.
        return left if left != "deployed" or not after else after
    tail = text[noun_end : noun_end + 200]
    inserted = _INSERTED.match(tail)
    if inserted:  # `20 people, including 3 children, were killed`
        return _right(tail[inserted.end() :][:110]) or told
    if text[:start].rstrip().lower().endswith(("including", "among them", "of them")):
        tail = tail.removeprefix(",")
    return _right(tail[: max(0, ceiling - noun_end)][:160]) or told


def _left(head: str) -> str:
    beside = next((q for q, pattern in _LEFT if pattern.search(head[-80:])), "")
    if beside or not _TOLL_WORDS.search(head):
        return beside
    return next((q for q, pattern in _BY_TOLL if pattern.search(head)), "")


def _right(tail: str) -> str:
    phrase = _PHRASE.match(tail)
    if phrase:
        tail = tail[phrase.end() :]
    best, name = len(tail) + 1, ""
    for quantity, pattern in _RIGHT:
        match = pattern.match(tail)
        if match and match.end() < best:
            best, name = match.end(), quantity
    return name
