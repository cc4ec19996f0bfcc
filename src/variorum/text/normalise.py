"""Normal forms for comparing: quotes, dashes, spaces, case, marks on letters, spelling of names.

Anchors never rest on a normal form. `fold` keeps every code point in its place, so offsets stay valid; `words`
gives each folded word with the place it came from; `name_key` is for comparing alone and has no offsets.
"""

from __future__ import annotations

import functools
import unicodedata

import msgspec
import regex
from rapidfuzz.distance import DamerauLevenshtein

_QUOTES = {ord(c): '"' for c in "“”„‟«»″〝〞＂‹›"} | {ord(c): "'" for c in "‘’‚‛′`´ʼʻ＇"}
_DASHES = {ord(c): "-" for c in "‐‑‒–—―−﹘﹣－"}
# Letters that Unicode does not decompose: (one letter for `fold`, full spelling for `spell_out`).
_LETTERS = {
    "ß": ("s", "ss"),
    "æ": ("a", "ae"),
    "œ": ("o", "oe"),
    "ø": ("o", "o"),
    "đ": ("d", "d"),
    "ð": ("d", "d"),
    "þ": ("t", "th"),
    "ł": ("l", "l"),
    "ħ": ("h", "h"),
    "ı": ("i", "i"),
    "ŋ": ("n", "ng"),
    "ə": ("a", "a"),
}
# Cyrillic by the common English newspaper practice; Unicode takes marks off й, ё, ї first, hence the short list.
_CYRILLIC = {
    **dict(zip("абвгдезийклмнопрстуфыэієђјљњћџ", "abvgdeziyklmnoprstufyeiedjlncd", strict=True)),
    "ж": "zh",
    "х": "kh",
    "ц": "ts",
    "ч": "ch",
    "ш": "sh",
    "щ": "shch",
    "ю": "yu",
    "я": "ya",
    "є": "ye",
    "ѓ": "g",
    "ъ": "",
    "ь": "",
    "љ": "lj",
    "њ": "nj",
    "џ": "dz",
}


class Word(msgspec.Struct, frozen=True, gc=False):
    """A word in its normal form, and where it stands: half-open code points."""

    text: str
    start: int
    end: int


class _FoldTable(dict[int, str]):
    """Code point to its one-letter normal form, filled as letters are met."""

    def __missing__(self, point: int) -> str:
        self[point] = folded = _fold_point(chr(point))
        return folded


def _fold_point(char: str) -> str:
    point = ord(char)
    if point in _QUOTES:
        return _QUOTES[point]
    if point in _DASHES:
        return _DASHES[point]
    if char.isspace():
        return " "
    base = unicodedata.normalize("NFKD", char)[0] if not unicodedata.combining(char) else char
    lower = base.lower()[0]
    return _LETTERS[lower][0] if lower in _LETTERS else lower


_FOLD = _FoldTable()


def fold(text: str) -> str:
    """Lower case, without marks on letters, with plain quotes, dashes and spaces.

    Args:
        text: Any text.

    Returns:
        A text of the same length, code point for code point, so that offsets hold in both.
    """
    return text.translate(_FOLD)


def _spelled(char: str) -> str:
    if char in _CYRILLIC:
        return _CYRILLIC[char]
    return _LETTERS[char][1] if char in _LETTERS else _FOLD[ord(char)]


@functools.lru_cache(maxsize=65_536)
def spell_out(word: str) -> str:
    """One word in the form in which words are compared; the length may change.

    Like `fold`, but marks that stand as code points of their own are dropped, ß becomes ss, Cyrillic becomes
    Latin, and the points of an abbreviation go (U.S. and US are one word).
    """
    plain = unicodedata.normalize("NFKD", word.lower())
    kept = (c for c in plain if not unicodedata.combining(c) and c not in ".\u00ad\u200b")
    return "".join(_spelled(c) for c in kept)


_WORD = regex.compile(
    r"\d+(?:[.,:]\d+)*(?:st|nd|rd|th)?"  # 50,000  18:57  3.5  2nd
    r"|(?:\p{L}\.){2,}"  # U.S.
    r"|[\p{L}\p{M}\p{N}]+(?:['’ʼ][\p{L}\p{M}]+)*"  # don't, Marovia's
)
_POSSESSIVE = regex.compile(r"['’ʼ][sS]$")


@functools.lru_cache(maxsize=65_536)
def _compared(word: str) -> str:
    """A word as it stands, in the form in which words are compared."""
    return spell_out(_POSSESSIVE.sub("", word))


def words(text: str) -> list[Word]:
    """The words of a text in the form in which words are compared.

    A word is a run of letters and digits, with an apostrophe inside; hyphens part words; the possessive 's is left
    off the folded form but stays inside the place. White space and punctuation are no words.

    Args:
        text: Any text.

    Returns:
        Words in text order; `text[w.start:w.end]` is what stands there.
    """
    found = []
    for match in _WORD.finditer(text):
        form = _compared(match[0])
        if form:
            found.append(Word(form, *match.span()))
    return found


# Spellings by which one foreign sound reaches English, in the order they are tried.
_SOUNDS: tuple[tuple[str, str], ...] = (
    (r"[^a-z ]", ""),
    (r"shch|sch", "s"),
    (r"tch|ch|tz|ts|cz|tsh", "c"),
    (r"sh|sz", "s"),
    (r"dj", "d"),
    (r"dzh|dz|zh", "z"),
    (r"kh|gh", "h"),
    (r"ph", "f"),
    (r"th", "t"),
    (r"ck|q", "k"),
    (r"ou|oo", "u"),
    (r"w", "v"),
    (r"x", "ks"),
    (r"[yj]+", "i"),
    (r"ee|iy|ie(?= |$)", "i"),
    (r"(.)\1+", r"\1"),
    (r"(?<=[aeiou])h(?= |$)", ""),
)
_SOUND_RULES = tuple((regex.compile(p), r) for p, r in _SOUNDS)


@functools.lru_cache(maxsize=65_536)
def name_key(name: str) -> str:
    """A spelling-blind key of a name: Dmitri, Dmitry, Dmitriy and Дмитрий have one key, Vučić and Vucic too.

    Args:
        name: A name of one or several words.

    Returns:
        Lower-case Latin letters and single spaces; empty if the name has no letters.
    """
    key = " ".join(spell_out(part) for part in name.replace("-", " ").replace("–", " ").split())
    for pattern, with_ in _SOUND_RULES:
        key = pattern.sub(with_, key)
    return " ".join(key.split())


# Below this many letters one edit makes another name too often (Mira, Mara). Of 2,946 surnames and places of uner-en, wikigold and
# crossner-politics, as keys, the share with another name one edit away is .31 at 5 letters, .15 at 6, .05 at 7, .06 at 8.
LONG_NAME = 7


def near_name(left: str, right: str) -> bool:
    """Whether two names are one up to spelling: equal keys, or one edit apart where both are long.

    Args:
        left: A single name (a surname, a place), not a whole phrase; it is compared by its `name_key`.
        right: The other.

    Returns:
        True for Dmitri and Dmitry, for Kosten and Koshten (7 letters or more in both, same first letter, one
        letter changed, left out, added or swapped), False for short names that differ.
    """
    a, b = name_key(left), name_key(right)
    if a == b:
        return bool(a)
    if min(len(a), len(b)) < LONG_NAME or a[0] != b[0]:
        return False
    return int(DamerauLevenshtein.distance(a, b, score_cutoff=1)) <= 1
