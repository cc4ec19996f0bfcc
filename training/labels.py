"""The labels that the model may give: fixed by this list or seen in the training data, and kept beside the weights."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import msgspec

from training.data.form import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from training.data.form import Text

UPOS: tuple[str, ...] = (
    "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X",
)  # fmt: skip
NAME_TAGS: tuple[str, ...] = tuple(f"name:{kind}" for kind in KINDS)
# `inner`: a content that lies within another statement's content.
ROLE_TAGS: tuple[str, ...] = ("source", "cue", "content", "inner")
# Each tag has a tagger of its own (outside, begins, inside), so spans of different tags may nest and overlap.
TAGS: tuple[str, ...] = (*NAME_TAGS, *ROLE_TAGS, "negation", "event")
# Classes of a word as head of a mention: none, a mention of no kind of ours, the kinds.
MENTIONS: tuple[str, ...] = ("none", "thing", *KINDS)
# Edit scripts seen less often are no class (and no lesson): below it nothing is learned, and each class costs time.
LEMMA_LEAST = 3
KEEP = "0|"


class Labels(msgspec.Struct, frozen=True):
    """What the classes of the model mean, in their order."""

    deprels: tuple[str, ...]
    scripts: tuple[str, ...]
    upos: tuple[str, ...] = UPOS
    tags: tuple[str, ...] = TAGS
    mentions: tuple[str, ...] = MENTIONS


def script(form: str, lemma: str) -> str:
    """The edit that makes a lemma of a form: `CUT|ADDED` from the lower-cased end, `=LEMMA` where nothing is shared.

    A lemma with a capital keeps the form's case and is marked by `^` (names).
    """
    mark = "^" if lemma.lower() != lemma else ""
    base, wanted = (form, lemma) if mark else (form.lower(), lemma)
    shared = 0
    while shared < min(len(base), len(wanted)) and base[shared] == wanted[shared]:
        shared += 1
    if not shared:
        return f"={lemma}"
    return f"{mark}{len(base) - shared}|{wanted[shared:]}"


def apply_script(form: str, edit: str) -> str:
    """The lemma that an edit script makes of a form; the lower-cased form where the script does not fit it."""
    if edit.startswith("="):
        return edit[1:]
    base = form if edit.startswith("^") else form.lower()
    cut, _, added = edit.removeprefix("^").partition("|")
    return base[: len(base) - int(cut)] + added if int(cut) <= len(base) else base


def inventory(texts: Iterable[Text]) -> Labels:
    """The labels seen in the texts that have syntax, most frequent scripts first."""
    deprels: set[str] = set()
    scripts: Counter[str] = Counter()
    for text in texts:
        if "syntax" not in text.layers:
            continue
        for token in text.tokens():
            if token.deprel:
                deprels.add(token.deprel)
            if token.lemma:
                scripts[script(text.text[token.start : token.end], token.lemma)] += 1
    ordered = sorted(scripts, key=lambda s: (-scripts[s], s))
    kept = [s for s in ordered if scripts[s] >= LEMMA_LEAST and s != KEEP]
    return Labels(deprels=tuple(sorted(deprels)) or ("dep",), scripts=(KEEP, *kept))
