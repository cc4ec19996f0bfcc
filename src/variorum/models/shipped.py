"""The reader that ships: our model's labels in the plain form."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from variorum.models import sessions
from variorum.models.decode import read
from variorum.models.reading import Mentioned, Named, Reading, Said
from variorum.models.windows import Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from variorum.models.decode import Decoded, Statement
    from variorum.models.labels import Labels
    from variorum.models.sessions import Model

_NAME = "name:"


class Shipped:
    """Reads with our model.

    Args:
        model: Its files; those of the package, opened at the first reading, if none are given.
    """

    def __init__(self, model: Model | None = None) -> None:
        self._model = model

    def read(self, text: str, sentences: Sequence[Sequence[tuple[int, int]]]) -> Reading:
        """See `variorum.models.reading.Reader`."""
        model = self._model or sessions.shipped()
        counts = np.array([len(s) for s in sentences], dtype=np.int64)
        held = Words(
            words=[text[a:b] for sentence in sentences for a, b in sentence],
            sentence=np.repeat(np.arange(len(counts)), counts),
        )
        return plain(read(held, model.runner, model.pieces, model.labels), model.labels)


def plain(decoded: Decoded, labels: Labels) -> Reading:
    """What was decoded, in the form of all readers."""
    kinds = ("", "", *labels.mentions[2:])
    names = [
        Named(first, last, tag.removeprefix(_NAME))
        for tag, spans in decoded.spans.items()
        if tag.startswith(_NAME)
        for first, last in spans
    ]
    return Reading(
        upos=tuple(labels.upos[n] for n in decoded.upos.tolist()),
        lemmas=tuple(decoded.lemmas),
        heads=tuple(decoded.arc.tolist()),
        deprels=tuple(labels.deprels[n] for n in decoded.deprel.tolist()),
        names=tuple(sorted(names, key=lambda n: (n.first, -n.last, n.kind))),
        mentions=tuple(
            Mentioned(first, last, head, chain, kinds[kind])
            for head, first, last, chain, kind in decoded.mentions.tolist()
        ),
        statements=joined(decoded.statements),
        negations=tuple(decoded.spans["negation"]),
        events=tuple(decoded.spans["event"]),
    )


def joined(statements: Sequence[Statement]) -> tuple[Said, ...]:
    """Statements whose contents point to one cue and one source are one, in pieces ("If so," he said, "we go.").

    Contents within one another stay apart, and so do those without a cue.
    """
    groups: list[list[Statement]] = []
    # By cue and source the statement that may go on.
    open_: dict[object, list[Statement]] = {}
    for s in statements:
        group = open_.get((s.cue, s.source)) if s.cue else None
        if group and group[-1].content[1] < s.content[0]:
            group.append(s)
            continue
        groups.append([s])
        open_.setdefault((s.cue, s.source), groups[-1])
    return tuple(
        Said(
            content=tuple(s.content for s in g),
            cue=g[0].cue,
            source=g[0].source,
            negated=bool(g[0].negated),
            thought=bool(g[0].thought),
        )
        for g in groups
    )
