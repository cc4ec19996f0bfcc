"""The labels that training data have: edit scripts of lemmas, and the inventory that is kept beside the weights."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from variorum.models.labels import Labels

if TYPE_CHECKING:
    from collections.abc import Iterable

    from training.data.form import Text

# Edit scripts seen less often are no class (and no lesson): below it nothing is learned, and each class costs time.
LEMMA_LEAST = 3
KEEP = "0|"


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
