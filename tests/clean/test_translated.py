"""How a page says, and a text shows, that it is a translation."""

from __future__ import annotations

import pytest

from variorum.clean.translated import signs, statement

STATED = [
    "Translated from the German by Bo Lind.",
    "Translation: Ada Morn",
    "Übersetzt von Ada Morn",
    "Aus dem Englischen von Ada Morn",
    "Dieser Text wurde automatisch übersetzt.",
    "Dieser Artikel erschien zuerst auf Englisch.",
    "Traduit de l'anglais par Ada Morn",
    "Traduction : Ada Morn",
    "Cet article a d'abord été publié en anglais.",
    "Traducción de Ada Morn",
    "Traduzido por Ada Morn",
    "Traduzione di Ada Morn",
    "Vertaald door Ada Morn",
    "Översättning: Ada Morn",
    "Tłumaczenie: Ada Morn",
    "Перевод: Ада Морн",
    "Переклад: Ада Морн",
    "Prevod: Ada Morn",
    "Përktheu: Ada Morn",
    "翻译：林波",
    "Originally published in Danish.",
    "This article was originally published in German on 3 May.",
    "Read the original article in Spanish.",
    "The ship sank. Translated by Bo Lind.",
    "Machine translation from Danish",
    "This text was machine translated to English.",
    "Read the original in Danish",
    "Перевела Ада Морн",
    "Prevela s engleskog: Ada Morn",
]
SILENT = [
    "The poem was translated by Ada Morn in 1990, and nobody read it.",
    "He said that the talks translated into peace.",
    "The novel, originally published in German, sold well.",
    "This article was originally published in The Oravia Post.",
    "Die Regierung hat das Wort übersetzt.",
    "Le traducteur du roi est mort.",
    "Deutsch",
    "This text has not been translated.",
    "This article has been translated into German: read it here.",
    "This story is also available in a German translation.",
    "She quoted the novel from the original in French.",
    "Machine translation is improving, the council said.",
    "Dieser Artikel erscheint auch auf Englisch.",
    "Dieser Text wurde ins Englische übersetzt.",
    "Cet article a été traduit en anglais.",
    "Este artículo fue traducido al inglés.",
    "Перевела деньги на счёт и ушла.",
    "Prevela je pesmu i dobila nagradu.",
]


@pytest.mark.parametrize("text", STATED)
def test_a_page_says_that_it_is_translated(text):
    """Words for translating at the beginning of a line or about this very text state it, in each language read; they are told."""
    span = statement(text, beside=False)
    assert span
    assert text[slice(*span)].strip()


@pytest.mark.parametrize("text", SILENT)
def test_what_tells_of_another_translation_states_nothing(text):
    """A sentence about another text, a version of this one in other languages, another meaning, or where it first stood states nothing."""
    assert statement(text, beside=False) is None


def test_a_byline_may_name_the_translator_behind_the_author():
    """Behind a comma the words state it beside the text, not in a sentence."""
    line = "By Ada Morn, translated by Bo Lind"
    assert statement(line, beside=True) == (13, 26)
    assert statement(line, beside=False) is None


SIGNS = {
    "The council (of Oravia, ed.) met and spoke.": 1,
    "Rådet (i Oravia, red.) mødtes.": 0,
    "Rådet (translator's note: the council) mødtes.": 1,
    "Le conseil (d'Oravie, NdT) siège.": 1,
    "Совет (Оравии — прим. пер.) заседал.": 1,
    "The council (of Oravia) met.": 0,
}


@pytest.mark.parametrize("text", SIGNS)
def test_insertions_of_translators_and_editors(text):
    """A translator's note is a sign in any language, an editor's one in English text, where its form is foreign; other brackets none."""
    found = signs(text)
    assert len(found) == SIGNS[text]
    assert all(text[start] in "([" and text[end - 1] in ")]" for _, start, end in found)
