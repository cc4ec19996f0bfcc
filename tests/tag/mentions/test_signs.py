"""Signs of kinds: each place where a name stands counts, in whatever order."""

from __future__ import annotations

import pytest

from variorum.records import Block, Document, Sentence, Token, from_table, to_table
from variorum.records import Label as Record
from variorum.settings import Settings
from variorum.tag import reading, sentences
from variorum.tag.mentions.page import Page
from variorum.tag.mentions.signs import shown
from variorum.tag.mentions.titles import titles


def page(text):
    doc = Document(page="p", text=text, language="en")
    blocks = [Block(doc=doc.id, start=0, end=len(text), kind="paragraph")]
    tables = {"documents": to_table(Document, [doc]), "blocks": to_table(Block, blocks)}
    for stage in (sentences.STAGE, reading.STAGE):
        tables |= stage.run(tables, Settings(reader="tag.readers:Plain"))
    rows = {r: from_table(r, tables[r.TABLE]) for r in (Sentence, Token, Record)}
    return Page(doc, rows[Sentence], rows[Token], blocks, rows[Record])


def votes(text, name):
    made = page(text)
    spans = [(i, i + 1, "person") for i, w in enumerate(made.word) if w == name]
    return dict(shown(made, spans, titles(made))[name.lower()])


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Troops in Brodsk waited.", "place"),
        ("Brodsk police waited.", "place"),
        ("They saw Brodsk's army.", "place"),
        ("The mayor of Brodsk waited.", "place"),
        ("The Brodsk spokesman waited.", "organisation"),
    ],
)
def test_signs_speak_for_a_kind(text, kind):
    """What stands beside a name speaks for its kind above all others, and never for a person."""
    found = votes(text, "Brodsk")
    assert max(found, key=found.__getitem__) == kind
    assert found.get("person", 0) <= 0


def test_signs_hang_on_no_order():
    """Sentences told the other way round show the same, of listed names too."""
    one, other = "The mayor of Aaron left.", "Then Aaron left."
    assert votes(f"{one} {other}", "Aaron") == votes(f"{other} {one}", "Aaron")
