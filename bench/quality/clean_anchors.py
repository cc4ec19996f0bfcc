"""Anchors by mutation: a word changed in a page's bytes must change in the text at its span, and nothing else may.

    python -m bench.quality.clean_anchors [--words N]

A word of the text is chosen, the letters at the bytes that it is anchored to are changed to others of the same length, and the
page is read and cleaned anew from its bytes. Were the anchor that of another copy of the line, or a byte off, the text would
change elsewhere or not at all. The words of one page are changed several at a time, each in a block of its own; where text and
map then are those expected, each of them stands right, since no new word can have come from another's bytes. Where they are
not, each half of them is changed alone, down to single words.
"""

from __future__ import annotations

import argparse
import gzip
import html
import json
import logging
import random
import re
import unicodedata
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from bench.quality.measured import SHARED, Measured
from variorum.clean.decode import decode
from variorum.clean.html import clean_html
from variorum.clean.html.chars import letters
from variorum.errors import PageRefused
from variorum.ingest.charset import detect
from variorum.settings import Limits

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from variorum.clean.cleaned import Cleaned

DATA = SHARED / "data/html"
FOLDERS = ("scrapinghub", "trafilatura")
WORDS = 10_000
# So many of them stand in lines that the page shows more than once; of all words of text one in forty does.
REPEATED = WORDS // 5
# Words changed at a time, at most: a page is cleaned some three times and not twenty.
AT_A_TIME = 24
# Code points between words changed at a time: two of one title would make another title of it.
_FAR = 60
# More words of one page are never asked for.
_MOST = 60
_WORD = re.compile(r"[^\W_]+")
# Of a line this short a copy is met by chance.
_LINE_WORDS, _LINE_LETTERS = 3, 10
_NOT_SEEN = re.compile(
    r"<(script|style|title|iframe|noscript|template|textarea|xmp|noembed|noframes)\b.*?</\1\s*>|<!--.*?-->",
    re.DOTALL | re.IGNORECASE,
)
_TAG = re.compile(r"</?[a-zA-Z](?:[^>\"']|\"[^\"]*\"|'[^']*')*>|<[!?][^>]*>")

RIGHT, OTHERWISE, WRONG = "right", "kept otherwise", "wrong"


class Word(NamedTuple):
    """A word of a text: its span, the block it stands in, and whether the page shows its line more than once."""

    start: int
    end: int
    block: int
    repeated: bool


class Page(NamedTuple):
    """A page as stored, and what cleaning made of it."""

    name: str
    body: bytes
    url: str
    charset: str
    made: Cleaned


class Change(NamedTuple):
    """Bytes with some words changed, and the text expected of them."""

    body: bytes
    text: str


def clean(body: bytes, url: str) -> tuple[str, Cleaned]:
    """A page's charset, and what cleaning makes of it; raises PageRefused."""
    charset = detect(body).name
    if not charset:
        raise PageRefused("no charset")
    raw, offsets = decode(body, charset)
    return charset, clean_html(raw, offsets, url=url, limits=Limits())


def read() -> Iterator[tuple[str, bytes, str]]:
    """Name, bytes and address of every page of both dev sets."""
    for folder in FOLDERS:
        with gzip.open(DATA / folder / "dev.jsonl.gz", "rt", encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                yield (
                    f"{folder}/{row['id']}",
                    gzip.decompress((DATA / folder / row["html"]).read_bytes()),
                    row["url"],
                )


def other_letter(char: str, charset: str) -> str:
    """Another letter or digit of the same case and as many bytes; empty if there is none near."""
    size = _size(char, charset)
    if not char.isalnum() or not size:
        return ""
    for step in (1, -1, 2, -2, 3, -3):
        found = chr(max(ord(char) + step, 0))
        like = found.isalnum() and unicodedata.category(found) == unicodedata.category(char)
        if like and unicodedata.is_normalized("NFKC", found) and _size(found, charset) == size:
            return found
    return ""


def _size(char: str, charset: str) -> int:
    """Bytes of a character; 0 for one that the charset does not have."""
    return len(char.encode(charset, "ignore"))


def new_letters(page: Page, word: Word) -> list[tuple[int, int, str]]:
    """What becomes of a word: place in the text, place in the page, new letter; what stands as a reference stays."""
    found = []
    for i in range(word.start, word.end):
        char = page.made.text[i]
        for low, high in page.made.offset_map.page_ranges(i, i + 1):
            new = other_letter(char, page.charset)
            if new and page.body[low:high] == char.encode(page.charset, "ignore"):
                found.append((i, low, new))
    return found


def change(page: Page, words: Sequence[Word]) -> Change:
    """Change words in the page's bytes and in its text."""
    body, text = bytearray(page.body), list(page.made.text)
    for i, low, new in (letter for word in words for letter in new_letters(page, word)):
        made = new.encode(page.charset)
        body[low : low + len(made)], text[i] = made, new
    return Change(bytes(body), "".join(text))


def shown(raw: str) -> str:
    """Letters of all that a page shows, by a reading that shares no code with cleaning."""
    return re.sub(r"[\W_]+", "", html.unescape(_TAG.sub("", _NOT_SEEN.sub("", raw))))


def words_of(page: Page) -> Iterator[Word]:
    """The words of a page's text."""
    seen = shown(page.body.decode(page.charset, "replace"))
    for number, (start, end, _) in enumerate(page.made.blocks):
        text = page.made.text[start:end]
        key = letters(text)
        repeated = len(key) >= _LINE_LETTERS and len(text.split()) >= _LINE_WORDS and seen.count(key) > 1
        for match in _WORD.finditer(text):
            yield Word(start + match.start(), start + match.end(), number, repeated)


def held(old: Cleaned, changed: Change, made: Cleaned) -> bool:
    """Whether every anchor was right although other lines are kept now than before.

    Bytes that stand in both texts say what they are to say in both; and no line is gone from its bytes but says the same
    from others that were not in the text, as it would had it been anchored to the wrong one of its copies.
    """
    expected, found = by_byte(old, changed.text), by_byte(made, made.text)
    if any(found.get(byte, char) != char for byte, char in expected.items()):
        return False
    gone = [old.text[a:b] for a, b, _ in old.blocks if not places(old, a, b) <= found.keys()]
    come = [letters(made.text[a:b]) for a, b, _ in made.blocks if not places(made, a, b) <= expected.keys()]
    return not any(letters(line) and letters(line) in other for line in gone for other in come)


def places(made: Cleaned, start: int, end: int) -> set[int]:
    """Where the characters of a span begin in the page, white space left out."""
    found = ((i, made.offset_map.page_ranges(i, i + 1)) for i in range(start, end))
    return {ranges[0][0] for i, ranges in found if ranges and not made.text[i].isspace()}


def by_byte(made: Cleaned, text: str) -> dict[int, str]:
    """The character that stands for the bytes that begin at each place of the page, white space left out."""
    return {
        run.page_start + i * run.width: text[run.start + i]
        for run in made.offset_map.runs
        for i in range(run.length)
        if not text[run.start + i].isspace()
    }


def judge(page: Page, changed: Change) -> str:
    """Clean the changed bytes: `RIGHT`, `WRONG`, or `OTHERWISE` if other lines are kept and all of them stand right."""
    try:
        _, made = clean(changed.body, page.url)
    except PageRefused:
        return OTHERWISE
    if made.text == changed.text:
        return RIGHT if made.offset_map == page.made.offset_map else WRONG
    return OTHERWISE if held(page.made, changed, made) else WRONG


def verdicts(page: Page, words: Sequence[Word]) -> list[tuple[Word, str]]:
    """Each word's verdict: several at a time, by halves down to one by one where a page comes out otherwise."""
    return [told for some in handfuls(words) for told in settled(page, some)]


def settled(page: Page, words: Sequence[Word]) -> list[tuple[Word, str]]:
    """Verdicts of words changed together: all right where the page comes out as expected, else those of either half."""
    together = judge(page, change(page, words))
    if together == RIGHT or len(words) == 1:
        return [(word, together) for word in words]
    half = len(words) // 2
    return settled(page, words[:half]) + settled(page, words[half:])


def handfuls(words: Sequence[Word]) -> list[list[Word]]:
    """Words by so many as are changed at a time, far from one another."""
    made: list[list[Word]] = []
    for word in words:
        free = (h for h in made if len(h) < AT_A_TIME and all(abs(w.start - word.start) > _FAR for w in h))
        handful = next(free, None)
        if handful is None:
            made.append([word])
        else:
            handful.append(word)
    return made


def pages() -> Iterator[Page]:
    """Every page that is cleaned."""
    for name, body, url in read():
        try:
            charset, made = clean(body, url)
        except PageRefused:
            continue
        yield Page(name, body, url, charset, made)


def drawn(page: Page) -> tuple[list[Word], ...]:
    """Words of a page in an order of chance seeded by its name: those of repeated lines, and all others."""
    words = list(words_of(page))
    random.Random(page.name).shuffle(words)
    again, once = [w for w in words if w.repeated], [w for w in words if not w.repeated]
    return tuple(list(islice((w for w in some if new_letters(page, w)), _MOST)) for some in (again, once))


def sample(drawn_words: Sequence[Sequence[Word]], count: int) -> list[list[Word]]:
    """The first words of every page, then the second, and so on until there are enough."""
    turns = sorted((turn, number) for number, words in enumerate(drawn_words) for turn in range(len(words)))
    taken = Counter(number for _, number in turns[:count])
    return [list(words[: taken[number]]) for number, words in enumerate(drawn_words)]


def measure(count: int) -> list[tuple[Page, Word, str]]:
    """Every word's verdict, with its page."""
    every = list(pages())
    again, once = zip(*map(drawn, every), strict=True)
    again = sample(again, count * REPEATED // WORDS)
    once = sample(once, count - sum(map(len, again)))
    return [
        (page, word, verdict)
        for page, some, more in zip(every, again, once, strict=True)
        for word, verdict in verdicts(page, [*some, *more])
    ]


def gauge() -> Measured:
    """Words of all dev pages of both folders."""
    logging.disable(logging.CRITICAL)
    found = measure(WORDS)
    logging.disable(logging.NOTSET)
    return told_of([(word.repeated, verdict) for _, word, verdict in found])


def told_of(verdicts: Sequence[tuple[bool, str]]) -> Measured:
    """The figures, from verdicts each with whether the word's line is repeated."""
    told = Counter(verdict for _, verdict in verdicts)
    again = Counter(verdict for repeated, verdict in verdicts if repeated)
    return Measured(
        about="Anchors by mutation: a word of the text is changed in the page's bytes where it is anchored (other letters, as many "
        "bytes), and the page is cleaned anew. The first figure: share of words for which exactly that span of the text changed, "
        "and no anchor. The others leave out words whose change made cleaning keep other lines or none, as long as every anchor held "
        "(the changed word stands at its span if it stands at all, no other word changed, no copy of its line took its place): "
        "they are counted below. Drawn by chance from all dev pages of both folders, a fifth from lines that the page shows more "
        "than once.",
        ours={
            "exactly the span changes": told[RIGHT] / told.total(),
            "anchors right": 1 - told[WRONG] / told.total(),
            "anchors right, repeated lines": 1 - again[WRONG] / again.total(),
        },
        aside={"words whose change made other lines be kept": told[OTHERWISE]},
        counts={"words": told.total(), "words of repeated lines": again.total()},
        data=tuple(DATA / folder for folder in FOLDERS),
    )


def main() -> None:
    """Print every word that did not come out right."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--words", type=int, default=WORDS)
    logging.disable(logging.CRITICAL)
    found = measure(parser.parse_args().words)
    for page, word, verdict in found:
        if verdict != RIGHT:
            start, end, kind = page.made.blocks[word.block]
            text = page.made.text
            print(
                f"{verdict:14} {kind:10} {page.name}: {text[max(start, word.start - 30) : word.start]}"
                f"[{text[word.start : word.end]}]{text[word.end : min(end, word.end + 30)]}"
            )
    print(Counter((verdict, word.repeated) for _, word, verdict in found))


if __name__ == "__main__":
    main()
