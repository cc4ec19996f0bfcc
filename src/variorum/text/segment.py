"""Sentences and tokens with exact offsets.

Sentences are syntok's (Kemal Inan's and Florian Leitner's splitter, MIT), mended where news text needs it: closing
quotation marks stay with their sentence, opening ones go with the next, abbreviations before a name end none.
Tokens follow Universal Dependencies where it matters here: the possessive 's, n't and hyphens are tokens of their
own, abbreviations keep their point.
"""

from __future__ import annotations

import functools

import msgspec
import regex
from syntok import segmenter
from syntok.tokenizer import Tokenizer


class Piece(msgspec.Struct, frozen=True, order=True, gc=False):
    """A stretch of a text: half-open code points."""

    start: int
    end: int


OPENING = frozenset("“‘„«‹([{")
CLOSING = frozenset("”’»›)]}")
# Words written with a point that a name or number follows: no sentence ends there.
_BEFORE_NAME = (
    "Mr|Mrs|Ms|Mx|Dr|Prof|Gen|Lt|Col|Maj|Capt|Sgt|Cpl|Cmdr|Const|Adm|Brig|Pvt|Det|Insp|Supt|Sen|Rep|Gov|Pres|Amb|Hon|Rev|Fr|St|"
    "Sts|Msgr|Mgr|Sr|Jr|Messrs|Mme|Mlle|Ing|Dipl|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec|No|Nos|Art|Vol|Fig|"
    "vs|ca|approx|cf|e\\.g|i\\.e|Mt|Ft|Ave|Blvd|Rd|Sq|dept|Dept|est|Est|para|Para|Res|resp"
)
_ABBREVIATION = regex.compile(rf"\b(?:{_BEFORE_NAME})\.$")
_INITIAL = regex.compile(r"(?:^|[\s(“\"'])\p{Lu}\.(?:-?\p{Lu}\.)*$")
# May end a sentence too; then what follows tells: a name of several capitals ("U.S. Army") does not start one.
_COUNTRY = regex.compile(r"\b(?:U\.S|U\.K|U\.N|E\.U|U\.A\.E|D\.C|a\.m|p\.m)\.$")
_STARTS_SENTENCE = regex.compile(
    r"[\"“‘'(]?(?:The|A|An|He|She|It|They|We|I|You|But|And|In|On|At|This|That|These|Those|There|His|Her|Their|Its|For|"
    r"After|Before|As|If|When|While|However|Earlier|Later|Meanwhile|Some|Many|Both|No|Not)\b"
)
_TERMINAL = regex.compile(r"[.!?…]+[\"”’'»)\]]*$")


@functools.cache
def _tokenizer() -> Tokenizer:
    return Tokenizer(replace_not_contraction=False)


def sentences(text: str) -> list[Piece]:
    """The sentences of one block.

    Args:
        text: The text of a block; sentences never reach across blocks, so give one block at a time.

    Returns:
        Sentences in text order, without white space at their ends. They do not overlap and hold every character
        of the block that is not white space.
    """
    cuts = _cuts(text)
    found = []
    for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True):
        piece = text[start:end]
        lead = len(piece) - len(piece.lstrip())
        if piece.strip():
            found.append(Piece(start + lead, start + len(piece.rstrip())))
    return found


def _cuts(text: str) -> list[int]:
    """Offsets at which a new sentence starts, the first apart."""
    starts = [s[0].offset for s in segmenter.segment(_tokenizer().tokenize(text)) if s][1:]
    line = dateline(text)
    kept: list[int] = [line] if 0 < line < len(text) else []
    for start in starts:
        cut = _keep_quotes(text, start)
        if (not kept or cut > kept[-1]) and not _is_no_end(
            text[max(0, cut - 60) : cut].rstrip(), text[cut : cut + 40]
        ):
            kept.append(cut)
    return kept


# KOSTEN – / KOSTEN, Marovia, May 6 (North Agency) - : a place in capitals, or any place with an agency in brackets.
_DATELINE = regex.compile(
    r"(?:\p{Lu}[\p{Lu}.'’\-]+(?: \p{Lu}[\p{Lu}.'’\-]+){0,3}(?:, [\p{L}\d. ]{2,24}){0,2}(?: ?\([\p{L}\d .,/&\-]{2,30}\))?"
    r"|\p{Lu}[\p{L}.'’\-]+(?: \p{Lu}[\p{L}.'’\-]+){0,3}(?:, [\p{L}\d. ]{2,24}){0,2} ?\([\p{Lu}][\p{L}\d .,/&\-]{1,30}\))"
    r"\s*(?:[–—]|--?)\s+(?=\S)"
)


def dateline(text: str) -> int:
    """Where the report begins behind a block's dateline; 0 where the block has none.

    The place, the day and the agency before the dash are no part of the first sentence, nor of what it quotes.
    """
    found = _DATELINE.match(text)
    return found.end() if found else 0


def _keep_quotes(text: str, start: int) -> int:
    """Move a cut so that closing marks stay behind it and opening marks come after it."""
    cut = start
    while cut < len(text) and (text[cut] in CLOSING or (text[cut] == '"' and _closes(text, cut))):
        cut += 1
    if cut == start:
        back = len(text[:cut].rstrip())
        while back > 0 and text[back - 1] in OPENING:
            back -= 1
            cut = back
    return cut


def _closes(text: str, at: int) -> bool:
    """Whether a straight quotation mark at a sentence's start ends the sentence before it."""
    before = at > 0 and not text[at - 1].isspace()
    after = at + 1 >= len(text) or text[at + 1].isspace()
    return before or (after and text.count('"', 0, at) % 2 == 1)


def _is_no_end(before: str, after: str) -> bool:
    """Whether the words before a cut show that no sentence ends there."""
    after = after.lstrip()
    if _ABBREVIATION.search(before):
        return True
    if _COUNTRY.search(before) or _INITIAL.search(before):
        return bool(after) and not _STARTS_SENTENCE.match(after)
    # "What now?" she asked: the sentence goes on in lower case after its quotation.
    return bool(regex.match(r"\p{Ll}", after)) and bool(_TERMINAL.search(before)) and not before.endswith(".")


_TOKEN = regex.compile(
    rf"""
      https?://\S+[^\s.,;:!?)\]"'”’] | www\.\S+[^\s.,;:!?)\]"'”’]
    | (?<![\w@])@\w+ | \#\w+                            # handles and tags
    | (?:\p{{L}}\.){{2,}}\p{{L}}?(?!\p{{L}})            # U.S.  U.S.A
    | \b(?:{_BEFORE_NAME})\.(?=\s|$)                    # Gen.
    | (?<![\p{{L}}\p{{N}}])\p{{Lu}}\.(?=\s?\p{{Lu}})    # J. Smith
    | [$€£¥]?\d+(?:[.,:]\d+)*(?:st|nd|rd|th|s|m|bn|k|%)?\b%?
    | \p{{L}}[\p{{L}}\p{{M}}]*(?=n['’]t\b) | n['’]t\b   # do n't
    | ['’](?:s|S|re|ve|ll|d|m|RE|VE|LL|D|M)\b
    | [\p{{L}}\p{{M}}\p{{N}}_]+(?:['’](?!(?:s|S|re|ve|ll|d|m|t)\b)\p{{L}}[\p{{L}}\p{{M}}]*)*   # O'Neill
    | \.\.\.+ | --+ | \S
    """,
    regex.VERBOSE,
)


def tokens(text: str, start: int = 0, end: int | None = None) -> list[Piece]:
    """The tokens of a stretch of a text.

    Args:
        text: The whole text.
        start: First code point of the stretch.
        end: One past its last; the text's end if not given.

    Returns:
        Tokens in text order, as offsets into the whole text; they hold every character that is not white space.
    """
    stop = len(text) if end is None else end
    # A few control characters are space to Python and none to the pattern.
    return [Piece(m.start(), m.end()) for m in _TOKEN.finditer(text, start, stop) if not m[0].isspace()]
