"""The language of a text."""

from __future__ import annotations

import socket

import pytest

from variorum.models.language import detect

CASES = {
    "en": "The council of Oravia met on Tuesday to hear what the owners of the ferry had to say about the accident.",
    "de": "Der Rat von Oravia trat am Dienstag zusammen, um die Eigentümer der Fähre zu dem Unglück zu hören.",
    "fr": "Le conseil d'Oravia s'est réuni mardi pour entendre les propriétaires du ferry au sujet de l'accident.",
    "ru": "Совет Оравии собрался во вторник, чтобы выслушать владельцев парома по поводу несчастного случая.",
    "sq": "Këshilli i Oravisë u mblodh të martën për të dëgjuar pronarët e tragetit lidhur me aksidentin e rëndë.",
}


@pytest.mark.parametrize("code", CASES)
def test_languages_are_told_without_a_network(code, monkeypatch):
    """A sentence is enough to tell its language, and no connection is opened."""

    def refuse(*_args, **_kwargs):
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    assert detect(CASES[code]).code == code


@pytest.mark.parametrize("text", ["", "   \n", "12:30 2031", "Hi", "x " * 5])
def test_too_little_is_unknown_with_a_reason(text):
    """Below the least number of letters nothing is said."""
    found = detect(text)
    assert (found.code, found.confidence) == ("unknown", 0.0)
    assert "letters" in found.reason


def test_line_breaks_do_not_matter():
    """A text broken into lines is the same text."""
    assert detect(CASES["en"].replace(" ", "\n")) == detect(CASES["en"])
