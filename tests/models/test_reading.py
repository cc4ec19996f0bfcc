"""Readings in plain form, and readers that users plug in."""

from __future__ import annotations

import msgspec
import pytest

from variorum.errors import InputError
from variorum.models.reading import Mentioned, Named, Reading, Said, checked, open_reader

TEXT = "Vela Toru left. She said so."
SENTENCES = [[(0, 4), (5, 9), (10, 14), (14, 15)], [(16, 19), (20, 24), (25, 27), (27, 28)]]
READING = Reading(
    upos=("PROPN", "PROPN", "VERB", "PUNCT", "PRON", "VERB", "ADV", "PUNCT"),
    lemmas=("Vela", "Toru", "leave", ".", "she", "say", "so", "."),
    heads=(2, 0, -1, 2, 5, -1, 5, 5),
    deprels=("nsubj", "flat", "root", "punct", "nsubj", "root", "advmod", "punct"),
    names=(Named(0, 1, "person"),),
    mentions=(Mentioned(0, 1, 0, 0, "person"), Mentioned(4, 4, 4, 0, "person")),
    statements=(Said(content=((6, 6),), cue=(5, 5), source=(4, 4)),),
    events=((2, 2),),
)


class Fixed:
    """A reader that always says the same."""

    def read(self, text, sentences):
        """See `Reader`."""
        return READING


def fixed():
    """A factory of readers, for `open_reader`."""
    return Fixed()


def mute():
    """A factory of what is no reader."""
    return 3


def test_a_reading_that_fits_passes():
    """What fits its words comes back as it is; so does a reading of nothing."""
    assert checked(READING, SENTENCES) is READING
    assert checked(Reading(), []) == checked(Reading(), [[]]) == Reading()


FAULTS = [
    ({"upos": ()}, "0 upos for 8 words"),
    ({"heads": (2, 0, -1, 2, 2, -1, 5, 5)}, "word 4 has governor 2"),
    ({"heads": (0, 0, -1, 2, 5, -1, 5, 5)}, "word 0 has governor 0"),
    ({"names": (Named(7, 8, "person"),)}, "from word 7 to 8 of 8"),
    ({"names": (Named(1, 0, "person"),)}, "from word 1 to 0"),
    ({"names": (Named(0, 1, "PER"),)}, "unknown kinds: PER"),
    ({"names": (Named(0, 1, ""),)}, "unknown kinds"),
    ({"mentions": (Mentioned(0, 1, 2, 0, ""),)}, "has head 2"),
    ({"mentions": (Mentioned(0, 1, 1, -1, ""),)}, "chain -1"),
    ({"statements": (Said(content=()),)}, "without content"),
    ({"statements": (Said(content=((0, 1),), cue=(9, 9)),)}, "statements reaches from word 9"),
    ({"negations": ((-1, 0),)}, "negations reaches"),
]


@pytest.mark.parametrize(("change", "told"), FAULTS)
def test_a_reading_that_does_not_fit_is_told_of(change, told):
    """The error says which part of the reading does not fit the words."""
    with pytest.raises(InputError, match=told):
        checked(msgspec.structs.replace(READING, **change), SENTENCES)


def test_a_users_reader_is_opened_by_its_name_and_checked():
    """`module:factory` gives what the factory gives, once; what it reads is checked."""
    reader = open_reader("models.test_reading:fixed")
    assert reader is open_reader("models.test_reading:fixed")
    assert reader.read(TEXT, SENTENCES) == READING
    with pytest.raises(InputError, match="8 upos for 4 words"):
        reader.read(TEXT, SENTENCES[:1])


NAMES = [
    ("nowhere", "names no reader"), (":fixed", "names no reader"), ("nowhere.at.all:fixed", "cannot be imported"),
    ("models.test_reading:nothing", "cannot be imported"), ("models.test_reading:TEXT", "is no function"),
    ("models.test_reading:mute", "gave a int"), ("..relative:x", "names no reader"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "told"), NAMES)
def test_a_name_that_leads_to_no_reader_is_told_of(name, told):
    """The error names the reader and says what to give instead."""
    with pytest.raises(InputError, match=told) as caught:
        open_reader(name)
    assert "package.module:factory" in caught.value.remedy
