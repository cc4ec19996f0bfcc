"""The labels that the model may give: fixed by this list or seen in training, and kept beside the weights."""

from __future__ import annotations

from typing import Literal, get_args

import msgspec

# What names and mentions may be of. `other`: named, and none of these.
Kind = Literal["person", "organisation", "place", "group", "event", "work", "other"]
KINDS: tuple[Kind, ...] = get_args(Kind)
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


class Labels(msgspec.Struct, frozen=True):
    """What the classes of the model mean, in their order."""

    deprels: tuple[str, ...]
    scripts: tuple[str, ...]
    upos: tuple[str, ...] = UPOS
    tags: tuple[str, ...] = TAGS
    mentions: tuple[str, ...] = MENTIONS


def apply_script(form: str, edit: str) -> str:
    """The lemma that an edit script makes of a form; the lower-cased form where the script does not fit it.

    Args:
        form: The word as it stands.
        edit: `CUT|ADDED` from the lower-cased end, `^CUT|ADDED` from the end as it stands, `=LEMMA`.
    """
    if edit.startswith("="):
        return edit[1:]
    base = form if edit.startswith("^") else form.lower()
    cut, _, added = edit.removeprefix("^").partition("|")
    return base[: len(base) - int(cut)] + added if int(cut) <= len(base) else base
