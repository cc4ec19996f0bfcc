"""Universal Dependencies: sentences with tags, lemmas and heads, and the negations that the tags tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from training.data.form import Negation, Sentence, Span, Token

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from training.data.package import Record

# Words that negate though not every corpus tags them so.
_NEGATING = frozenset("not never no nor neither without nobody nothing none nowhere hardly scarcely".split())
# "No." as an answer negates nothing in its sentence.
_NO_CUE = frozenset({"INTJ", "PROPN", "NOUN", "X"})


def sentences(record: Record) -> tuple[Sentence, ...]:
    """The sentences of a record of `../shared/data/syntax`, in which `head` counts from 1 and 0 is the root."""
    made = []
    for number, (first, last) in enumerate(record["sentences"], 1):
        tokens = tuple(
            Token(start, end, upos, lemma, above - 1, deprel)
            for start, end, lemma, upos, _, _, above, deprel in record["tokens"][first:last]
        )
        made.append(Sentence(tokens[0].start, max(t.end for t in tokens), tokens, str(number)))
    return tuple(made)


def negations(record: Record) -> tuple[Negation, ...]:
    """Negating words with the word that each of them negates: its governor, or none for the root."""
    return tuple(n for first, last in record["sentences"] for n in _negations(record["tokens"][first:last]))


def _negations(rows: Sequence[Sequence[object]]) -> Iterator[Negation]:
    for start, end, lemma, upos, _, feats, above, _ in rows:
        told = "Polarity=Neg" in str(feats) or "PronType=Neg" in str(feats) or str(lemma).lower() in _NEGATING
        if told and upos not in _NO_CUE:
            governor = rows[int(str(above)) - 1] if above else None
            negated = Span(int(str(governor[0])), int(str(governor[1]))) if governor else None
            yield Negation(Span(int(str(start)), int(str(end))), negated)


def tags(record: Record) -> dict[int, tuple[str, str, str]]:
    """Of each token by its start: universal tag, lemma, features."""
    return {t[0]: (t[3], t[2], t[5]) for t in record["tokens"]}
