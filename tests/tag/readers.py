"""A reader for tests that marks by plain rules: words with a capital are names of persons, each is a mention with a chain of its own form."""

from __future__ import annotations

from variorum.models.reading import Mentioned, Named, Reading, Said


class Plain:
    """The first word of a sentence governs the others; the last says all the words before it, where it is a name."""

    def read(self, text, sentences):
        words = [text[a:b] for s in sentences for a, b in s]
        chains = {w: n for n, w in enumerate(dict.fromkeys(words))}
        heads, said, at = [], [], 0
        for sentence in sentences:
            heads += [-1] + [at] * (len(sentence) - 1) if sentence else []
            last = at + len(sentence) - 1
            if len(sentence) > 1 and words[last][0].isupper():
                said.append(Said(content=((at, last - 1),), source=(last, last)))
            at += len(sentence)
        capitals = [n for n, w in enumerate(words) if w[:1].isupper()]
        return Reading(
            upos=tuple("PROPN" if w[:1].isupper() else "X" for w in words),
            lemmas=tuple(w.lower() for w in words),
            heads=tuple(heads),
            deprels=tuple("root" if h < 0 else "dep" for h in heads),
            names=tuple(Named(n, n, "person") for n in capitals),
            mentions=tuple(Mentioned(n, n, n, chains[words[n]], "person") for n in capitals),
            statements=tuple(said),
        )
