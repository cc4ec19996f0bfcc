"""The documents that reading is timed on."""

from __future__ import annotations

from bench.speed import reader


def test_documents_are_as_the_figures_say():
    """25 sentences of 25 words, each word where its place says, the same for the same number and others for another."""
    text, sentences = reader.document(3)
    assert len(sentences) == reader.SENTENCES == 25
    assert {len(s) for s in sentences} == {25}
    words = [text[a:b] for s in sentences for a, b in s]
    assert " ".join(words) == text.strip()
    assert reader.document(3)[0] == text != reader.document(4)[0]
