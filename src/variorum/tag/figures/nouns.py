"""What an amount counts: the noun phrase after it, found by closed lists of the words at which such a phrase ends."""

from __future__ import annotations

import re

# No noun phrase goes on past one of these.
_STOPS = frozenset(
    """a about above according across after against ago all along already also although among amid an and any are around as at
    away back be because been before behind being below beneath beside between beyond both but by can cannot could despite did do
    does done down due during each either else ever every except for from had has have having he her here hers him his how however if
    in including inside instead into is it its itself just last least less like may me might more most must my near nearly neither
    never next no nor not now of off often on once only onto or other our out outside over own per rather said say says she should
    since so some soon still such than that the their them themselves then there these they this those though through throughout to
    today together tomorrow too toward towards under unless until up upon us was we well were what when where whether which while who
    whom whose why will with within without would yesterday yet you your worth apart ahead away annually daily weekly monthly
    yearly overnight alone altogether combined total respectively also reportedly allegedly currently later earlier
    became become becomes began came come comes did fell felt gave go goes got held kept knew led left live lived lives lost made make makes met
    put ran remain remains rose sat saw seem sent set shot show spoke stand stood take takes told took voted went won work fled die died
    dies face faces need needs want wants say think believe consider identify gather gathered marched rallied crossed claim claims""".split()
)
# Plural without -s, and words that are counted without one.
_PLURALS = frozenset(
    """people men women children police troops personnel staff servicemen servicewomen policemen policewomen firefighters crew dead
    wounded injured missing displaced media cattle sheep fish aircraft policy-makers congressmen lawmakers spacecraft youth elderly
    homeless clergy infantry artillery gunmen fishermen businessmen businesswomen clergymen countrymen militiamen tribesmen
    horsemen oxen geese mice feet teeth criteria phenomena data""".split()
)
_NOT_PLURAL = re.compile(r"(?:ss|us|is|ous|[a-z]['’]s)$", re.IGNORECASE)
_VERBISH = re.compile(r"\w{2,}(?:ed|ing)$")
# Participles and such that describe rather than tell: the phrase goes on.
_DESCRIBING = frozenset(
    """armed wounded injured displaced united masked uniformed unarmed registered licensed trained retired suspected elected detained
    organised organized guided used deserted abandoned alleged convicted accused imprisoned jailed missing remaining surviving
    visiting neighbouring neighboring existing fighting shipping building mining ageing aging living voting landing training
    unaccompanied fortified captured affected infected coloured colored experienced skilled unmanned red sacred confirmed""".split()
)
# A state told after the noun: `20 people dead`.
_STATES = frozenset({"dead", "wounded", "injured", "missing", "displaced"})
_WORD = re.compile(r"[ \u00a0](?P<open>['‘“\"]?)(?P<word>[^\W\d_][\w’'.-]*)")
_LONGEST = 6
# After an amount `lives` is no verb: a plural amount would have `live`.
_LIVES = re.compile(
    r"[ \u00a0](?:(?:human|innocent|civilian|young|further|additional|more|other|[A-Z][a-z]+an) ){0,2}(?P<noun>lives)\b"
)


def counted(text: str, end: int, *, one: bool = False) -> tuple[int, int] | None:
    """The noun phrase that follows an amount.

    Args:
        text: The sentence.
        end: End of the amount in it.
        one: Whether the amount is one, so that the noun is singular.

    Returns:
        Its half-open span, from the first word after the amount (and `of`, `of the`) to its head noun; None if none is
        seen for certain.
    """
    start = _past_of(text, end)
    if not one and (lives := _LIVES.match(text, start)):
        return lives.start() + 1, lives.end()
    words: list[tuple[int, int, str]] = []
    position = start
    while len(words) < _LONGEST and (match := _WORD.match(text, position)):
        if match["open"] and words:
            break
        word = match["word"].rstrip(".’'-")
        low = word.lower()
        if low in _STOPS or (_VERBISH.match(low) and low not in _DESCRIBING):
            break
        words.append((match.start("word"), match.start("word") + len(word), low))
        position = match.end("word")
        if len(word) != len(match["word"]):
            break
    last = _head(words, one=one)
    if last is None:
        return None
    return words[0][0], words[last][1]


def _past_of(text: str, end: int) -> int:
    match = re.compile(r"[- ](?:strong|odd|plus)\b").match(text, end)
    end = match.end() if match else end
    match = re.compile(
        r" (?:of|more|other|additional|further|such|or so)(?: (?:the|these|those|its|their|his|her|our|all|more|other))?(?= )"
    ).match(text, end)
    return match.end() if match else end


def _head(words: list[tuple[int, int, str]], *, one: bool) -> int | None:
    """Index of the head: the last plural of the first run of plurals; for one, the last word of the phrase."""
    plural = [is_plural(w) for _, _, w in words]
    if one:
        return len(words) - 1 if words else None
    for i, yes in enumerate(plural):
        goes_on = i + 1 < len(words) and plural[i + 1] and words[i + 1][2] not in _STATES
        if yes and not goes_on:  # `police officers`: the run of plurals ends at its last
            return i
    return None


def is_plural(word: str) -> bool:
    """Whether a word looks like a plural noun."""
    low = word.lower()
    if low in _PLURALS or low.rpartition("-")[2] in _PLURALS:
        return True
    return len(low) > 2 and low.endswith("s") and not _NOT_PLURAL.search(low)


_SELF = re.compile(
    r" (?:consider|considers|call|identify|regard|declare|describe|define|see)(?:ed|d)? (?:themselves|as)(?: as| to be)?(?: being)?(?= )"
)


def named_themselves(text: str, end: int) -> tuple[int, int] | None:
    """What people who are only counted call themselves: `of whom 300 consider themselves Vardans`."""
    match = _SELF.match(text, end)
    return counted(text, match.end()) if match else None
