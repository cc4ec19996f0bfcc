"""The laws of statements, on constructions about invented people and on texts of chance."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.records import Block, Chain, Document, Mention, Sentence, Statement, Time, from_table, to_table
from variorum.settings import Settings
from variorum.tag import mentions, reading, sentences, times
from variorum.tag.statements import STAGE

CASES = Path(__file__).parent / "cases"


def _cases(name):
    return [json.loads(line) for line in (CASES / name).read_text("utf-8").splitlines()]


def _tables(texts, kind="paragraph", page="page"):
    docs, blocks = [], []
    for n, text in enumerate(texts):
        doc = Document(
            page=f"{page}{n}",
            text=text,
            language="en",
            published_earliest="2031-05-06",
            published_latest="2031-05-06",
        )
        docs.append(doc)
        at = 0
        for line in text.split("\n"):
            if line.strip():
                blocks.append(Block(doc=doc.id, start=at, end=at + len(line), kind=kind))
            at += len(line) + 1
    tables = {"documents": to_table(Document, docs), "blocks": to_table(Block, blocks)}
    for stage in (sentences.STAGE, reading.STAGE, mentions.STAGE, times.STAGE):
        made = stage.run({name: tables[name] for name in stage.needs}, Settings())
        tables |= {name: made[name] for name in made if name != "refusals"}
    return tables


def _read(text, kind="paragraph"):
    return from_table(Statement, STAGE.run(_tables([text], kind), Settings())["statements"])


def _words(text, span):
    return None if span is None else text[span.start : span.end]


def _as_told(text, statement, found, wanted):
    """A statement in the words of a case, with only the fields that the case tells."""
    told = {
        "source": _words(text, statement.source),
        "cue": _words(text, statement.cue),
        "content": [_words(text, c) for c in statement.content],
    }
    for field in set(wanted) - set(told):
        if field == "addressee":
            told[field] = _words(text, statement.addressee)
        elif field == "via":
            outer = next((s for s in found if s.id == statement.via), None)
            told[field] = _words(text, outer.cue) if outer else None
        else:
            told[field] = getattr(statement, field)
    return told


@pytest.mark.parametrize("case", _cases("positive.jsonl"), ids=lambda c: c["name"])
def test_statements_reads_construction(case):
    """Each construction gives the statements it holds, whole and no others."""
    text = case["text"]
    found = _read(text, case["block"])
    left = list(case["statements"])
    told = []
    for statement in found:
        cue, source = _words(text, statement.cue), _words(text, statement.source)
        wanted = next((w for w in left if w["cue"] == cue and w["source"] == source), {})
        if wanted:
            left.remove(wanted)
        told.append(_as_told(text, statement, found, wanted))
    assert sorted(told, key=str) == sorted(case["statements"], key=str)


@pytest.mark.parametrize("case", _cases("near_miss.jsonl"), ids=lambda c: c["text"][:40])
def test_statements_leaves_near_miss(case):
    """What only looks like a statement gives none."""
    assert _read(case["text"]) == []


def test_statements_resolves_speakers_within_the_page():
    """A pronoun, a role and a description lead to the chain of who was named; two of equal right lead to none."""
    text = (
        "Tarvian Foreign Ministry spokeswoman Ana Brel said the talks had failed. The spokeswoman added that no date "
        'was set. "We are ready," she said.\nKaro Teln and Mila Dorn said the road was closed.\nOfficials said little more would come.'
    )
    found = {_words(text, s.source): s for s in _read(text)}
    brel = found["Tarvian Foreign Ministry spokeswoman Ana Brel"]
    assert brel.speaker
    assert {brel.speaker} == {found["The spokeswoman"].speaker, found["she"].speaker}
    assert (found["The spokeswoman"].how_resolved, found["she"].how_resolved) == ("role", "pronoun")
    pair = found["Karo Teln and Mila Dorn"]
    assert (pair.speaker, pair.how_resolved, len(pair.candidates)) == ("", "unknown", 2)


def test_statements_speaker_is_the_head_of_its_phrase():
    """Who is named inside a description of the speaker is not taken for the speaker."""
    text = "Ana Brel praised the plan. A friend of Ana Brel said the road was closed. Brel's lawyer denied the theft."
    found = _read(text)
    brel = next(s.speaker for s in found if s.act == "praises")
    assert brel
    assert [s.speaker for s in found if s.act != "praises"].count(brel) == 0


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        (
            "Boats at the pier again. Nobody sleeps. pic.net.example/Kq8— Ana Brel (@brel_velm) May 6, 2031",
            "Ana Brel (@brel_velm)",
            ["Boats at the pier again. Nobody sleeps."],
        ),
        (
            "Boats at the pier.\n— Ana Brel (@brel_velm) May 6, 2031",
            "Ana Brel (@brel_velm)",
            ["Boats at the pier."],
        ),
        ("@brel_velm: Boats at the pier. https://net.example/1", "@brel_velm", ["Boats at the pier."]),
    ],
)
def test_statements_posts_are_said_by_who_posted_them(text, source, content):
    """An embedded post is its poster's, without cue, without the addresses behind it."""
    found = _read(text, "embed")
    assert [(_words(text, s.source), s.cue, [_words(text, c) for c in s.content]) for s in found] == [
        (source, None, content)
    ]
    assert {s.manner for s in found} == {"direct"}


def test_statements_post_may_hold_statements():
    """What a post reports is reported through the post; a post of nobody told is none of anybody's."""
    text = "Boats are back, police said.\n— Ana Brel (@brel_velm) May 6, 2031"
    inner, outer = sorted(_read(text, "embed"), key=lambda s: s.cue is None)
    assert (_words(text, inner.source), inner.via) == ("police", outer.id)
    assert _read("Boats at the pier again.", "embed") == []


def test_statements_role_without_a_name_is_a_role():
    """A speaker whom the page singles out by whose he is has a chain of his own, told by his role."""
    (found,) = _read("The crews stay at the pier, their speaker said.")
    assert found.speaker
    assert (found.speaker_name, found.how_resolved) == ("speaker", "role")


def test_statements_place_speaks_by_metonymy():
    """A capital or state that says something is its own chain, marked as metonymy."""
    found = _read("Oslo said the talks had failed.")
    assert [(s.speaker_name, s.how_resolved) for s in found] == [("Oslo", "metonymy")]


def test_statements_subject_goes_on_as_pronoun():
    """A "she" that begins the next sentence is who alone spoke in the sentence before; behind two speakers nobody."""
    one = _read("Mayor Ana Brel announced that guards planned a raid. She stressed that Velm was calm.")
    assert [s.speaker_name for s in one] == ["Ana Brel", "Ana Brel"]
    assert one[1].how_resolved == "pronoun"


def test_statements_time_of_speaking_stands_outside_content():
    """The time is that of the frame, never one that the speaker mentions."""
    text = "The mayor said on Monday that the dam broke on 3 May 2031. Ana Brel said the dam broke on 3 May 2031."
    tables = _tables([text])
    when = {t.id: _words(text, t) for t in from_table(Time, tables["times"])}
    found = from_table(Statement, STAGE.run(tables, Settings())["statements"])
    told = {_words(text, s.source): when.get(s.time, "") for s in found}
    assert "Monday" in told["The mayor"]
    assert told["Ana Brel"] == ""


_PIECES = st.sampled_from(
    "said|says|that|the mayor|Ana Brel|he|\"|“|”|'|’|‘|,|.|:|—|(|)|according to|denied|adding|and|but|told|reporters|as|called|"
    "false|the claim|who|urged|to|leave|on Monday|had not|will|Velm|was quoted as saying|in a statement|?|\n| |ing|it|by|"
    "warned of|rejected|media reports|«|»|„|put it|i.e.|U.S.|3.5|é|\u200b|😀|the road was open".split("|")
)
_TEXTS = st.lists(_PIECES, max_size=40).map(" ".join) | st.lists(_PIECES, max_size=40).map("".join)


def _check(text, found):
    ids = {s.id for s in found}
    for statement in found:
        spans = [
            *statement.content,
            *(s for s in (statement.source, statement.cue, statement.addressee) if s),
        ]
        assert statement.content
        assert all(0 <= s.start < s.end <= len(text) and text[s.start : s.end].strip() for s in spans)
        own = [s for s in (statement.source, statement.cue) if s and statement.cue]
        for left, right in itertools.combinations([*own, *statement.content], 2):
            assert left.end <= right.start or right.end <= left.start, (statement, text)
        assert statement.via == "" or (statement.via in ids and statement.via != statement.id)
        assert not (statement.speaker and statement.candidates)


@settings(max_examples=150, deadline=None)
@given(_TEXTS, st.sampled_from(["paragraph", "title", "quote", "caption"]))
def test_statements_any_text_gives_sound_spans(text, kind):
    """Whatever the text: no error, every span in it and not empty, and source, cue and content apart."""
    _check(text, _read(text, kind))


@settings(max_examples=20, deadline=None)
@given(st.permutations(range(6)))
def test_statements_of_a_page_are_its_own(order):
    """Pages read together, in any order of rows, give what each gives alone."""
    texts = [case["text"] for case in _cases("positive.jsonl")[20:26]]
    together = _tables(texts)
    shuffled = {n: t.take(list(reversed(range(t.num_rows)))) for n, t in together.items()}
    shuffled["documents"] = together["documents"].take(list(order))
    rows = STAGE.run(shuffled, Settings())["statements"].to_pylist()
    alone = []
    for doc in from_table(Document, together["documents"]):
        own = {
            n: t.filter([v == doc.id for v in t.column("id" if n == "documents" else "doc").to_pylist()])
            for n, t in together.items()
        }
        alone += STAGE.run(own, Settings())["statements"].to_pylist()
    assert sorted(rows, key=str) == sorted(alone, key=str)


def test_statements_stage_says_what_it_reads():
    """The stage fits the chain: its tables exist, and its word lists are named with their digests."""
    assert STAGE.makes == ("statements",)
    assert {"verbs.tsv", "cue_nouns.tsv", "statement_words.txt"} <= {name for name, _ in STAGE.resources()}
    assert {Mention.TABLE, Chain.TABLE, Sentence.TABLE, Time.TABLE, Block.TABLE} <= set(STAGE.needs)


@pytest.mark.parametrize(
    "text",
    [
        "The ship Velmar Star sank on Monday. She said the sea was calm.",
        "The Velm Institute opened in 2020. He said the work was done.",
        "President Karo Teln spoke to Judge Mila Dorn on Monday. It said the road was open.",
    ],
)
def test_statements_gives_pronouns_only_what_they_can_stand_for(text):
    """A "he" or "she" is no ship, body or place, and an "it" is no person."""
    (found,) = _read(text)
    assert (found.speaker, found.how_resolved) == ("", "unknown")
