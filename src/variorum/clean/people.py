"""Names of those who wrote a page: cleaned of what stands around them, and found behind words that lead to them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from variorum.clean.flat_header import name_alone
from variorum.clean.flat_marks import PICTURE_ONLY, known_agency
from variorum.clean.moments import dates_in
from variorum.text.calendar.found import month_number
from variorum.text.calendar.months import weekday_names

if TYPE_CHECKING:
    from collections.abc import Sequence

# What leads to a name: "By", "Text:", "View all posts by". English, German, French, Spanish, Portuguese, Italian, Dutch,
# Scandinavian, Polish, Russian, Ukrainian, South Slavic: the languages of the dates that are read.
_VERBS = (
    r"(?:written|posted|published|submitted|created|compiled|reported|words|story|report|text|uploaded|added|view all posts|all posts|posts|articles?) by"
    r"|(?:(?:verfasst|geschrieben|erstellt|eingestellt|veröffentlicht|publiziert|gespeichert|gepostet|eingetragen"
    r"|(?:zeige )?alle (?:beiträge|artikel)|alles|beiträge|(?:eine? )?(?:interview|kolumne|kommentar|beitrag|gastbeitrag|analyse|reportage|essay|artikel|blog[- ]?beitrag)"
    r"|text|fotos? und text|text und fotos?) von)"
    r"|(?:(?:publié|écrit|rédigé|posté|propos recueillis) par)|(?:(?:escrito|publicado|redactado|enviado) por)|escribe"
    r"|(?:(?:scritto|pubblicato|postato) da)|(?:(?:geschreven|geplaatst) door)|(?:(?:skrevet|skriven|tekst) a[fv])"
)
_LABELS = (
    r"(?:written|authors?|by-?line|words|reporter|autor(?:in|es|a|en|i)?|verfasser(?:in)?|text(?: und (?:interview|fotos?))?|interview|redaktion|auteure?s?|texte|autor[ei]|testo|texto|auteur"
    r"|tekst|forfatter|skribent|автор|аутор|von|by|par|por)"
)
_PLAIN = r"(?:by|von|par|por|door|autor|author)"
_LEAD = re.compile(
    rf"^(?:(?:publiziert am|veröffentlicht am|posted on|published on|publié le)\b|(?:{_VERBS})\b\s*:?|{_LABELS}\s*:|{_PLAIN}\b(?=\s))\s*",
    re.IGNORECASE,
)
# A template's label that runs into the name: `AuthorAda Morn`.
_GLUED = re.compile(r"^(?:Author|Autor|Autorin|Auteur)(?=[A-ZÀ-Þ][a-zà-ÿ])")
_VERB_ANYWHERE = re.compile(rf"(?<!\w)(?:{_VERBS})\s*:?\s+", re.IGNORECASE)
# Every one of the words that lead to a name ends in one of these.
_VERB_ENDS = ("by", "von", "par", "por", "escribe", "da", "door", "af", "av")
_AT_START = re.compile(rf"^(?:{_LABELS}\s?:|(?:by|von|par|por|door)\b:?)\s+", re.IGNORECASE)
_AFTER_SEAM = re.compile(r"(?:[|•·/–—~-]\s*|\d\s+)(?:by|von|par|por|door|autor:|author:)\s+", re.IGNORECASE)
_BESIDE_DATE = re.compile(
    r"(?<!\w)(?:by|von|par|por|door)\s+|(?:autor|author)(?:in)?(?::\s*|\s+(?=[A-Z]))", re.IGNORECASE
)
# What follows a name: a place, a day, an account, a role. What parts it from the name is tried only from its beginning, or a long
# row of dashes would be tried from each. `Le` and `El` are parts of names unless a day follows.
_HANDLE = re.compile(r"(?<!\s)\s*(?:\(?@\w+\)?|[(\[]|https?:).*$|(?<!\s)\s+[|•·]\s.*$")
_ROLE = re.compile(
    r"(?<![\s,–-])[\s,–-]+(?:(?:chef)?redakteur(?:in)?|chefredakteur(?:in)?|redaktion(?:sleit\w+)?|staff(?: writer| reporter)?|senior \w+|reporter|correspondent|contributor|editor"
    r"|journalist(?:in)?|periodista|redactora?|rédact\w+|journaliste|giornalista|columnist|autorin?|verfasser(?:in)?)$",
    re.IGNORECASE,
)
_STAFF = re.compile(r"(?<=[a-z]) [A-Z]\w*[A-Z]\w* (?:Staff|Team)(?: Writer| Reporter)?$")
_WITH = re.compile(
    r"\s(?:with|mit|con|avec|com|met)\s(?:news )?(?:agenc(?:y|ies)|agenturen|agencias|agences|agências|agenzie)$",
    re.IGNORECASE,
)
_DATE_TAIL = re.compile(
    r"(?<![\s,|·•–—-])[\s,|·•–—-]+(?:veröffentlicht|publiziert|posted|published|updated|erstellt|aktualisiert|publié|publicado|pubblicato|(?-i:am|on)|(?:am|on)(?=\s\D{0,30}\d)|(?:le|el)(?=[\s:]+(?:(?:lun|mar|mer|mi[eé]|jeu|jue|ven|vie|sam|s[aá]b|dim|dom)\w*[.,]?\s)?\d))\b(?:\s+(?:am|on|le|el|in|by|von))?.*$"
    r"|(?<![\s,|·•–—-])[\s,|·•–—-]+(?:foto|fotos|photo|photos|bild|bilder)\b.*$",
    re.IGNORECASE,
)
_NOBODY = frozenset(
    {
        "no author",
        "follow",
        "author",
        "autor",
        "autorin",
        "by",
        "von",
        "anonymous",
        "share",
        "none",
        "null",
        "unknown author",
        "par",
        "por",
        "di",
        "da",
        "door",
        "text",
        "edited von",
        "edited by",
        "translated by",
        "translated von",
    }
)
_EDGES = " ,;|·•~–—-:/"
_LONGEST = 200
# A longer text is no name with something beside it.
_ANY_NAME = 2000


def author_name(text: str) -> str:
    """A name without "By", where and when it was written, roles and accounts; empty for an address or an account.

    >>> author_name("Text: Ada Morn, Redakteurin")
    'Ada Morn'
    """
    if len(text) > _ANY_NAME:
        return ""
    name = text.strip(_EDGES)
    while (shorter := _GLUED.sub("", _LEAD.sub("", name)).strip(_EDGES)) and shorter != name:
        name = shorter
    name = name_alone(name)
    if "://" in name or name.startswith(("@", "www.")) or not any(c.isalpha() for c in name):
        return ""
    name = _trimmed(name)
    if name.lower() in _NOBODY or len(name) > _LONGEST:
        return ""
    return name


def is_name(text: str) -> bool:
    """Whether a text reads as a name or names: capitals and the small words that stand in names; or one word.

    >>> is_name("Ada van Morn, Bo Lind"), is_name("8 minutes to read")
    (True, False)
    """
    people = [p.split() for p in re.split(r",|\s(?:und|and|&|et|y|och|og)\s|/", text)]
    words = [w for person in people for w in person]
    if not words or len(people) > _PEOPLE or any(len(p) > _PARTS for p in people):
        return False
    if len(words) == 1:
        return words[0].lower() not in _NO_NAME | _INSIDE and any(c.isalpha() for c in words[0])
    return all(
        w[0].isalpha()
        and (not w[0].islower() or w.lower() in _INSIDE)
        and (w.lower() not in _NO_NAME or _within(person, i))
        and not w.endswith(("?", "!", ":"))
        for person in people
        for i, w in enumerate(person)
    )


def _within(words: Sequence[str], i: int) -> bool:
    """Whether an article stands inside a name: `Marie Le Morn`, `Minh Le`, `Bo von der Lind`, `Anita Das`; not `le 3 mai`."""
    word, before = words[i].strip(_BESIDE), words[i - 1].lower() if i else ""
    if word.lower() == "der":
        return before in {"von", "van"}
    if word.lower() not in {"le", "el", "das"} or not before:
        return False
    after = words[i + 1].strip(_BESIDE) if words[i] == word and i + 1 < len(words) else ""
    if after[:1].isupper():
        # Behind a German article any noun has a capital.
        return word.lower() != "das" and after.lower() not in weekday_names() and not _is_month(after)
    # `Minh Le and Bo Lind`, `Minh Le on 3 May`; any other word in small letters follows an article.
    ends = not after[:1].isalnum() or after in _AND or after in _NO_NAME
    return word[0].isupper() and ends


def _trimmed(name: str) -> str:
    for pattern in (_HANDLE, _DATE_TAIL, _STAFF, _ROLE, _WITH):
        name = pattern.sub("", name).strip(_EDGES) or name
    words = name.split()
    while len(words) > 2 and _is_month(words[-1]) and not _is_called_so(words):
        words.pop()
        name = " ".join(words).strip(_EDGES)
    return name


def _is_called_so(words: Sequence[str]) -> bool:
    """Whether the last of the words is a month that people are called too and nothing parts it: `Theresa Mary May`."""
    return words[-1].lower() in {"april", "may", "june", "august"} and words[-2][-1] not in _EDGES


def _begins_name(words: Sequence[str], i: int) -> bool:
    """Whether a word that may be a month begins a name: `April Morn`, `Jan van Ost`; not `May 3`, `March on Monday`."""
    if not words[i][0].isupper() or words[i][-1] in _EDGES:
        return False
    after = next((w for w in words[i + 1 :] if w not in _INSIDE), "")
    word = after.strip(_BESIDE).lower()
    return (
        after[:1].isupper() and word not in _NO_NAME and word not in weekday_names() and not _is_month(word)
    )


def _is_month(word: str) -> bool:
    bare = word.strip(".,")
    return len(bare) > 2 and (month_number(bare, with_year=False) or 0) > 0


# Small words inside a name, between two names, and words after which no name goes on.
_INSIDE = frozenset(
    "de del della di da do dos das du des la le el al bin ibn van von vom der den ter ten zu zur af av y".split()
)
_AND = frozenset({"und", "and", "&", "et", "y", "e", "i", "och", "og", "en"})
_NO_NAME = frozenset(
    "a an your our this ein eine einen illustration illustrationen illustrations video ihr ihre unser unsere foto fotos photo photos bild bilder kategorie kategorien category categories veröffentlicht posted published updated stand uhr kommentare "
    "kommentar comments comment am um on at in le el il the der die das für for mit lesezeit tags fotografie links rechts hand sich ihr ihm uns".split()
)
_TOKEN = re.compile(r"\S+")
_BESIDE = ",;:()[]/|"
# What stands behind a month that is none of a name: `May 3`, `May 2031`; a day of another month may follow a name (`May 3 June`).
_IN_DATE = re.compile(r"\.?\s+\d{1,2}(?:st|nd|rd|th)?\b(?!:|\.?\s+[^\W\d_]{3,})|[.,]*\s+\d{4}\b")
_PEOPLE, _PARTS = 8, 5
_SIGNED_LINE = 160
# In a longer line a word in small letters behind `by` is any word.
_SHORT = 14
# `Dr.`, `Jr.`; a longer word with a full stop ends the sentence.
_INITIALS = 4


def signature(text: str) -> tuple[int, int] | None:
    """Where a line names who wrote the page, behind words that lead to the name.

    Args:
        text: A line of the page.

    Returns:
        Half-open code points of the name or names, or None. A nickname in small letters is one only behind words that
        say that somebody posted or wrote something, or beside a date.

    >>> signature("Posted by Ada Morn on 3 May 2031")
    (10, 18)
    """
    if len(text) > _SIGNED_LINE:
        return None
    dated = bool(dates_in(text))
    low = text.lower()
    tries = [(_VERB_ANYWHERE, True)] if any(map(low.__contains__, _VERB_ENDS)) else []
    tries += [(_AT_START, dated), (_AFTER_SEAM, dated)]
    if dated:
        tries.append((_BESIDE_DATE, True))
    short = len(text.split()) <= _SHORT
    for pattern, nick in tries:
        for match in pattern.finditer(text):
            if span := _names(text, match.end(), nick=nick and short):
                return span
    return None


def _names(text: str, at: int, *, nick: bool) -> tuple[int, int] | None:
    """The name or names that begin here."""
    start, ends, parts = -1, [-1], [0]
    tokens = list(_TOKEN.finditer(text, at))
    words = [t.group() for t in tokens]
    for i, token in enumerate(tokens):
        word = token.group().strip(",;:()[]").rstrip("/|")
        low, small = word.lower(), word[:1].islower()
        if not word[:1].isalpha() or low in weekday_names():
            break
        named = not parts[-1] and _begins_name(words, i)
        if _is_month(word) and not named and (parts[-1] != 1 or _IN_DATE.match(text, token.end())):
            break
        if low in _NO_NAME and not (parts[-1] and _within(words, i)):
            break
        if start < 0 and small:
            return token.span() if nick and low not in _INSIDE and word == token.group() else None
        if small and low in _AND:
            ends.append(-1)
            parts.append(0)
            continue
        if (small and (low not in _INSIDE or not parts[-1])) or parts[-1] >= _PARTS or len(parts) > _PEOPLE:
            break
        start = token.start() if start < 0 else start
        parts[-1] += 1
        if not small:
            ends[-1] = token.start() + len(token.group().rstrip(",;:()[]/|"))
        if token.group()[-1] in ";:)]/|" or (token.group().endswith(".") and len(word) > _INITIALS):
            break
        if token.group().endswith(","):
            ends.append(-1)
            parts.append(0)
    # Behind a full name and a comma a single word is a role or a place.
    while len(parts) > 1 and (ends[-1] < 0 or (parts[-1] == 1 and parts[0] > 1)):
        ends.pop()
        parts.pop()
    return (start, ends[-1]) if start >= 0 and ends[-1] > start else None


# A line of credit, in the languages of bylines: who is the source, with whose help, or signs of agencies and no more.
_SOURCE = re.compile(
    r"^\W{0,3}(?:sources?|quellen?|fuentes?|fontes?|fonti|bron(?:nen)?|kilder?|källa|źródło|zdroj|izvor|извор|источник|джерело|burimi)\s?:\s?",
    re.IGNORECASE,
)
_HELP = re.compile(
    r"(?:^\W{0,3}|[\w.]\s+|\()(?:with|mit(?: material von)?|con(?: información de)?|avec|com(?: informações d[aeo])?|met|and|und|y|et|e)\s+(?:the\s+)?(?=\S)",
    re.IGNORECASE,
)
_AGENCIES = re.compile(
    r"(?:news )?agenc(?:y|ies)|agenturen|agentur(?:material)?|agencias?|agences?|agências?|agenzie|agentschappen",
    re.IGNORECASE,
)
_PARTS_OF = re.compile(r"[^/,&|+]+?(?=\s*(?:[/,&|+]|\s(?:and|und|y|et|e)\s|$))")
_CREDIT_WORDS = 8
_SIGN = 4
_CAPITALS = re.compile(r"[\W_]*[A-Z]{3,}(?:\s?[/&+]\s?[A-Z]{2,})*[\W_]*")


def credited(text: str, *, byline: bool) -> list[tuple[str, int, int]]:
    """The agencies that a short line credits.

    Args:
        text: A line of the page that stands near the article.
        byline: Whether it is marked as byline. Elsewhere signs alone credit an agency only in capitals: `Mehr` and `Map`
            are words of menus.

    Returns:
        Name and half-open code points of each; `agencies` where none is named.

    >>> credited("Quelle: dpa/Agenturen", byline=False)
    [('dpa', 8, 11), ('agencies', 12, 21)]
    """
    if len(text.split()) > _CREDIT_WORDS:
        return []
    for pattern in (_SOURCE, _HELP):
        for match in pattern.finditer(text):
            if found := _agencies(text, match.end(), alone=False):
                return found
    # Names of several words are no words of menus.
    whole = " " in text and bool(known_agency(text.strip(" .()[]–—-")))
    return _agencies(text, 0, alone=True) if byline or whole or _CAPITALS.fullmatch(text) else []


def _agencies(text: str, at: int, *, alone: bool) -> list[tuple[str, int, int]]:
    """Agencies from here to the end of the line; alone, nothing but their signs and an editor's may stand there."""
    found, others = [], 0
    for match in _PARTS_OF.finditer(text, at):
        part = match.group()
        name = part.strip(" .()[]–—-")
        start = match.start() + part.find(name)
        known = "agencies" if _AGENCIES.fullmatch(name) else known_agency(name)
        if known and known not in PICTURE_ONLY:
            found.append((known, start, start + len(name)))
        elif name and not (alone and len(name) <= _SIGN):
            others += 1
    return [] if alone and others else found
