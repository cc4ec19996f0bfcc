"""Miniature corpora in the formats of `../shared/data`, invented: a folder of them for a test to read."""

from __future__ import annotations

import gzip
import json


def span(text, words, **more):
    """A stand-off span of the only place where words stand."""
    assert text.count(words) == 1, words
    start = text.index(words)
    return {"start": start, "end": start + len(words), "surface": words, **more}


def write(root, folder, split, rows):
    """One split of one corpus."""
    path = root / folder / f"{split}.jsonl.gz"
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)
    return root


def conll(text, rows):
    """Sentence and tokens of one sentence from `form lemma upos feats head deprel` lines; forms stand in the text in this order."""
    tokens, at = [], 0
    for row in rows.strip().splitlines():
        form, lemma, upos, feats, above, deprel = row.split()
        at = text.index(form, at)
        tokens.append([at, at + len(form), lemma, upos, "X", feats, int(above), deprel])
        at += len(form)
    return {"sentences": [[0, len(tokens)]], "tokens": tokens}


# Two code points beyond the plane of the letters, a contraction without a space: offsets that count bytes or words fail.
NOTE = "😀 Vela Toru of Ostrel didn't say that “the ford is shut”."
NOTE_SYNTAX = """
😀 😀 SYM _ 6 discourse
Vela Vela PROPN Number=Sing 8 nsubj
Toru Toru PROPN Number=Sing 2 flat
of of ADP _ 5 case
Ostrel Ostrel PROPN Number=Sing 2 nmod
did do AUX _ 8 aux
n't not PART Polarity=Neg 8 advmod
say say VERB VerbForm=Inf 0 root
that that SCONJ _ 14 mark
“ “ PUNCT _ 14 punct
the the DET _ 12 det
ford ford NOUN Number=Sing 14 nsubj:pass
is be AUX _ 14 aux:pass
shut shut VERB _ 8 ccomp
” ” PUNCT _ 14 punct
. . PUNCT _ 8 punct
"""


def note_statement(**more):
    """The statement of `NOTE` as the corpora mark it: auxiliary and negation in the cue, marks and the stop in the content."""
    spans = [
        span(NOTE, "Vela Toru of Ostrel", id="S1", type="source"),
        span(NOTE, "didn't say", id="K1", type="cue"),
        span(NOTE, "that “the ford is shut”.", id="C1", type="content"),
    ]
    roles = {"source": ["S1"], "cue": ["K1"], "content": ["C1"]}
    relation = {"id": "A1", "type": "attribution", "quote": "mixed", "args": roles, **more}
    return {"text": NOTE, "spans": spans, "relations": [relation]}


def web(root):
    """EWT with Universal NER (a space between any two tokens) and PropBank's statements."""
    syntax = {"id": "weblog-1.xml", "text": NOTE, "meta": {"genre": "weblog"}, **conll(NOTE, NOTE_SYNTAX)}
    spaced = "😀 Vela Toru of Ostrel did n't say that “ the ford is shut ” ."
    names = [
        span(spaced, "Vela Toru", id="E1", type="PER"),
        span(spaced, "Ostrel", id="E2", type="LOC"),
        span(spaced, "ford", id="E3", type="OTH"),
    ]
    write(root, "syntax/ewt", "train", [syntax])
    write(root, "entities/uner-en", "train", [{"id": "weblog-1", "text": spaced, "meta": {}, "spans": names}])
    told = {"id": "weblog-1.xml", "meta": {"genre": "weblog"}, **note_statement(group="speech", clausal=True)}
    return write(root, "statements/ewt", "train", [told])


def _mention(words, head, kind, chain, **flags):
    told = {"named": False, "pronoun": False, "infstat": "new", **flags}
    at = span(NOTE, head)
    return span(NOTE, words, id=chain, type=kind, chain=chain, head=[at["start"], at["end"]], **told)


def gum(root, licence="CC BY 2.5"):
    """GUM's three packages of one text."""
    head = {"id": "GUM_news_ford", "text": NOTE, "meta": {"genre": "news", "licence": licence}}
    mentions = [
        _mention("Vela Toru of Ostrel", "Vela", "person", "1", named=True),
        _mention("Ostrel", "Ostrel", "place", "2", named=True),
        _mention("the ford", "ford", "object", "3"),
    ]
    write(root, "syntax/gum", "train", [{**head, **conll(NOTE, NOTE_SYNTAX)}])
    write(root, "entities/gum", "train", [{**head, "spans": mentions}])
    told = note_statement(polarity="negative", source_chain="1", source_name="Vela Toru")
    return write(root, "statements/gum", "train", [{**head, **told}])


def marked(key, text, marks, **meta):
    """A record whose spans are given as `(words, type)` or `(words, type, more fields)`."""
    spans = [
        span(text, words, id=f"E{n}", type=kind, **(more[0] if more else {}))
        for n, (words, kind, *more) in enumerate(marks)
    ]
    return {"id": key, "text": text, "meta": meta, "spans": spans, "sentences": [[0, len(text)]]}
