"""The map from code points to bytes: exact both ways, whatever the widths."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.text.offsets import OffsetMap, Run, TextBuilder, byte_offsets

PIECES = st.lists(
    st.tuples(
        st.text("aé漢😀", min_size=0, max_size=5),
        st.integers(0, 30),
        st.sampled_from([1, 2, 4]),
        st.booleans(),
    ),
    max_size=12,
)


def _build(pieces):
    """Pieces with gaps of the page between them, some moved to the front of the page; what each letter comes from."""
    builder, truth, page = TextBuilder(), [], 0
    for text, skip, width, gap in pieces:
        page += skip
        builder.add(text, page, width)
        truth += [(page + i * width, page + (i + 1) * width) for i in range(len(text))]
        page += len(text) * width
        if gap:
            builder.gap("\n\n")
            truth += [None, None]
    return builder, truth


@given(PIECES)
def test_offsets_give_the_bytes_of_every_letter(pieces):
    """Each code point leads to its own bytes; what stands for none leads to none."""
    builder, truth = _build(pieces)
    offsets = builder.offset_map()
    for i, wanted in enumerate(truth):
        assert offsets.page_ranges(i, i + 1) == ([] if wanted is None else [wanted])


@given(PIECES, st.integers(0, 40), st.integers(0, 40))
def test_offsets_of_a_span_are_those_of_its_letters(pieces, start, length):
    """The ranges of a span cover the bytes of its letters and no others."""
    builder, truth = _build(pieces)
    found = {
        b for low, high in builder.offset_map().page_ranges(start, start + length) for b in range(low, high)
    }
    assert found == {b for t in truth[start : start + length] if t for b in range(*t)}


@given(PIECES)
def test_offsets_lead_back(pieces):
    """From a letter to its bytes and back is the letter."""
    builder, truth = _build(pieces)
    offsets = builder.offset_map()
    for i, wanted in enumerate(truth):
        if wanted:
            assert offsets.text_spans(*wanted) == [(i, i + 1)]


@given(PIECES)
def test_offsets_pack_is_lossless(pieces):
    """A packed map is the same map, and an empty one is no bytes."""
    offsets = _build(pieces)[0].offset_map()
    assert OffsetMap.unpack(offsets.pack()) == offsets
    assert (offsets.pack() == b"") == (not offsets.runs)


def test_offsets_overlap_is_refused():
    """Two runs cannot claim one letter."""
    with pytest.raises(ValueError, match="overlaps"):
        OffsetMap([Run(0, 3, 0, 1), Run(2, 1, 9, 1)])


@pytest.mark.parametrize(
    "charset",
    ["utf-8", "ascii", "cp1252", "utf-16-le", "utf-16-be", "utf-32-le", "gb18030", "cp1251", "euc_jp"],
)
@given(st.text(st.characters(max_codepoint=0x2FFF, exclude_categories=["Cs"]), max_size=30))
def test_byte_offsets_cut_the_encoded_text(charset, text):
    """Cutting the bytes at a letter's offsets gives the letter."""
    text = text.encode(charset, "ignore").decode(charset)
    data, offsets = text.encode(charset), byte_offsets(text, charset)
    assert offsets[len(text)] == len(data)
    assert all(data[offsets[i] : offsets[i + 1]].decode(charset) == c for i, c in enumerate(text))
