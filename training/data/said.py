"""Attributions of the statement corpora, brought to the borders of `bench/gold/guide.md`.

The corpora take auxiliaries and negation into the cue, and "that", marks of quotation and the full stop into the content; the guide
does not. What is no attribution at all (credits of pictures, names over a whole text) is left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from training.data.form import Attribution, How, Span
from training.data.plain import within

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from training.data.form import Sentence, Token
    from training.data.package import Record

# Words of thinking and wishing; "known": what is known, seen or found out is no statement in the guide.
_THOUGHT = frozenset(
    "think believe hope guess feel expect imagine suppose assume wish wonder consider doubt fear worry worried afraid sure suspect want "
    "need love like prefer plan intend anticipate figure reckon belief thought opinion glad happy sorry confident convinced".split()
)
_KNOWN = frozenset(
    "know see find remember realize realise notice understand learn decide discover determine recall forget hear observe mean ensure read "
    "check show establish knowledge".split()
)
# Captions that the discourse layer of GUM takes for attributions.
_CAPTIONS = frozenset("image photo picture credit video".split())
_MARKS = frozenset("\"“”„‟«»‘’‚‹›'`")
# Longer contents are whole texts under a speaker's name (the longest sentence with a cue has 652 code points in GUM without NC).
LONGEST = 1000


def attributions(record: Record, sentences: Sequence[Sentence]) -> tuple[Attribution, ...]:
    """The attributions of a record of `../shared/data/statements`, in order of their contents.

    Args:
        record: The record.
        sentences: The same text's sentences with syntax.
    """
    tokens = [t for s in sentences for t in s.tokens]
    spans = {s["id"]: Span(s["start"], s["end"]) for s in record["spans"]}
    found = (_attribution(record, relation, spans, tokens) for relation in record["relations"])
    return tuple(sorted((a for a in found if a), key=lambda a: (a.content, a.cue)))


def _attribution(
    record: Record, relation: Record, spans: Mapping[str, Span], tokens: Sequence[Token]
) -> Attribution | None:
    roles = {
        name: [spans[i] for i in relation["args"].get(name, [])] for name in ("source", "cue", "content")
    }
    cue = [c for s in roles["cue"] for c in _cue(within(tokens, s.start, s.end))] or roles["cue"]
    content = [c for s in roles["content"] if (c := _content(record["text"], within(tokens, s.start, s.end)))]
    lemmas = {(t.lemma or "").lower() for s in cue for t in within(tokens, s.start, s.end)}
    if not cue or not content or lemmas & _CAPTIONS or content[-1].end - content[0].start > LONGEST:
        return None
    # PropBank's things told ("told the story") are no contents.
    if relation.get("clausal") is False and relation["quote"] == "indirect":
        return None
    return Attribution(
        source=tuple(sorted(roles["source"])),
        cue=tuple(sorted(cue)),
        content=tuple(sorted(content)),
        negated=relation.get("polarity") == "negative" or _negated(roles["cue"], tokens),
        chain=relation.get("source_chain", ""),
        speaker=relation.get("source_name", ""),
        how=how(lemmas, relation.get("group", "")),
    )


def how(lemmas: Collection[str], group: str = "") -> How:
    """How a thing was said, by the cue's lemmas and, where the corpus tells it, its group (`thought` or `speech`)."""
    lemmas = set(lemmas)
    if lemmas & _KNOWN:
        return "known"
    return "thought" if group == "thought" or lemmas & _THOUGHT else "said"


def _negated(cue: Sequence[Span], tokens: Sequence[Token]) -> bool:
    words = [t for s in cue for t in within(tokens, s.start, s.end)]
    return any((t.lemma or "").lower() in {"not", "never"} for t in words)


def _runs(tokens: Sequence[Token], kept: Sequence[bool]) -> Iterator[Span]:
    """Spans of neighbouring tokens that are kept."""
    start: int | None = None
    end = 0
    for token, keep in zip(tokens, kept, strict=True):
        if keep:
            start, end = token.start if start is None else start, token.end
        elif start is not None:
            yield Span(start, end)
            start = None
    if start is not None:
        yield Span(start, end)


def _cue(words: Sequence[Token]) -> list[Span]:
    """The cue without auxiliaries, "to" and negation; empty if nothing else is in it ("was like")."""
    return list(
        _runs(words, [w.upos not in {"AUX", "PART"} and (w.lemma or "").lower() != "never" for w in words])
    )


def _content(text: str, words: Sequence[Token]) -> Span | None:
    """The content without "that", outer marks of quotation, commas, and the full stop of what is not quoted."""
    left = list(words)
    quoted = bool(left) and text[left[0].start : left[0].end] in _MARKS
    while left and (
        text[left[0].start : left[0].end] in _MARKS | {",", ":", "-", "–", "—"} or _is_that(left[0])
    ):
        left = left[1:]
    drop = _MARKS | ({",", ":", ";"} if quoted else {",", ":", ";", ".", "-", "–", "—"})
    while left and text[left[-1].start : left[-1].end] in drop:
        left = left[:-1]
    return Span(left[0].start, left[-1].end) if left else None


def _is_that(token: Token) -> bool:
    return token.upos == "SCONJ" and (token.lemma or "").lower() == "that"
