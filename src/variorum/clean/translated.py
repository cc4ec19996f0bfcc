"""How a page says that its text is a translation, and the signs by which a text shows it."""

from __future__ import annotations

import re

# Languages as English, German, French, Spanish and Portuguese name them.
_ENGLISH = (
    r"(?-i:[A-Z]\w+(?:ish|ese)|German|French|Italian|Dutch|Arabic|Albanian|Serbian|Croatian|Bosnian|Macedonian|Montenegrin|Bulgarian|Romanian"
    r"|Hungarian|Czech|Slovak|Slovene|Slovenian|Ukrainian|Russian|Belarusian|Georgian|Armenian|Azerbaijani|Greek|Hebrew|Persian|Farsi|Dari|Pashto"
    r"|Urdu|Hindi|Bengali|Tamil|Thai|Korean|Malay|Indonesian|Swahili|Norwegian|Estonian|Latvian|Lithuanian|Icelandic|Catalan|Kazakh|Mandarin)"
)
_GERMAN = r"(?-i:[A-ZÄÖÜ][a-zäöüß]+isch(?:en)?|Deutsch(?:en)?|Hebräischen?)"
_FRENCH = (
    r"(?:[a-zéèçï]+(?:ais|ois|and|ien|ol)|russe|arabe|serbe|grec|turc|hébreu|croate|albanais|tchèque|suédois)"
)
_SPANISH = r"(?:inglés|francés|alemán|ruso|árabe|italiano|portugués|ucraniano|chino|catalán|hebreo|turco|serbio|albanés|inglês|francês|alemão|russo|espanhol|español)"
_THIS = r"(?:article|story|text|report|interview|essay|piece|page|post|translation)"

# `Machine translation is improving` tells of the craft.
_MACHINE = r"machine[- ]translat(?:ed|ion)\b(?=\W*$|\s?[.:(\[|]|\s[–—-]\s|\s(?:from|by|of|with)\b)"
# Behind a verb that begins sentences of any kind, who translated or from what: `Перевела Ада Морн`, not `Перевела деньги`.
_SOMEBODY = (
    r"(?=\s?:|\W*$|\s(?-i:[A-ZÀ-ÞĀĂĄĆČĎĐĘĚĞĽŁŃŇŐŘŚŞŠŤŮŰŹŻŽЂ-Я])"
    r"|\s(?:s|sa|z|ze|с|са|со|з)\s\w+(?:kog|ého|iny|iego|ского|ског|цького|ської)\b)"
)
# What makes a statement one about another version of this very text.
_ELSEWHERE = r"not|never|will|available|auch|nicht|ins|aussi|également|pas|también|também|não|anche|niet|ook|не|также|n['’]t"
_NEAR = rf"(?:(?!\b(?:{_ELSEWHERE})\b)[^.!?])"

# At the beginning of a line, a sentence or behind a byline: a word for translating and who did it, or from what.
_LEAD = (
    rf"(?:(?:machine |automatically )?translated (?:(?:in)?to \w+ )?(?:from|by)\b|(?:\w+ )?translation(?:\s?:| by\b| from\b)|{_MACHINE}|translators?\s?:"
    r"|(?:automatisch |maschinell )?übersetzt (?:von|aus)\b|(?:deutsche )?übersetzung(?:\s?:| von\b| aus\b)|übersetzer(?:in)?\s?:"
    rf"|aus dem {_GERMAN}(?: \w+)? (?:übersetzt|übertragen|von (?-i:[A-ZÄÖÜ]))"
    r"|traduite?s? (?:de\b|du\b|par\b|d['’])|traduction(?:\s?:| de\b| par\b| depuis\b)|traduct(?:eur|rice)\s?:"
    r"|traducid[oa]s? (?:por|del?)\b|traducción(?:\s?:| del?\b| por\b)|traductora?\s?:|traduzid[oa]s? (?:por|d[aeo])\b|tradução(?:\s?:| d[aeo]\b| por\b)"
    r"|tradott[oa] (?:da\b|dal\b|dall['’])|traduzione(?:\s?:| di\b| a cura\b| dal)|vertaald (?:door|uit)\b|vertaling(?:\s?:| door\b)"
    r"|översatt (?:av|från)\b|översättning(?:\s?:| av\b)|oversat (?:af|fra)\b|oversættelse(?:\s?:| ved\b)|oversatt (?:av|fra)\b|oversettelse(?:\s?:| ved\b)"
    rf"|suomentanut{_SOMEBODY}|käännös\s?:|(?:prze)?tłumaczenie\s?:|(?:prze)?tłumaczyła?{_SOMEBODY}|tłum\.|překlad\s?:|přeložila?{_SOMEBODY}|preklad\s?:|preložila?{_SOMEBODY}|fordította{_SOMEBODY}|fordítás\s?:|traducere(?:\s?:| de\b)"
    rf"|prev(?:od|eo|ela)\s?:|prijevod\s?:|prevel[ai]{_SOMEBODY}|prevedeno s\b|превод\s?:|преве(?:о|ла|дено){_SOMEBODY}|përktheu{_SOMEBODY}|përkthimi?\s?:|përkthyer nga\b|çevir(?:i|en)\s?:|μετάφραση\s?:"
    rf"|перевод(?:\s?:| с\b|\s(?-i:[А-Я]))|перев(?:ела|[её]л){_SOMEBODY}|переведено с\b|переклад(?:\s?:| з\b|\s(?-i:[А-ЯІЇЄ]))|пере(?:клав|клала){_SOMEBODY}|перекладено з\b"
    r"|(?:翻译|译者|编译|翻譯|翻訳|訳|번역)\s?[:：]|ترجمة\s?:)"
)
_STATES = re.compile(
    rf"(?:^\W{{0,3}}|(?-i:[.!?…]\s)){_LEAD}"
    rf"|\bthis {_THIS}\b{_NEAR}{{0,40}}\btranslat(?:ed|ion)\b(?! (?:in)?to (?!English\b))|\bthis {_THIS} (?:was|has been|is|had been)? ?(?:originally |first )?(?:published|written|appeared) in {_ENGLISH}\b"
    rf"|\bthe original (?:{_THIS} ?(?:was |is |has been )?(?:first )?(?:published|written|appeared|available)? ?|(?:was |is |has been )?(?:first )?(?:published|written|appeared|available) )in {_ENGLISH}\b"
    rf"|^\W{{0,3}}(?:(?:read|see|view) )?the original in {_ENGLISH}\b|^\W{{0,3}}(?:originally|first) (?:published|written|appeared) in {_ENGLISH}\b"
    rf"|\bdies(?:er|e|es) (?:text|artikel|beitrag|interview|gespräch|seite)\b{_NEAR}{{0,60}}\bübersetzt\b|\bdies(?:er|e|es) (?:text|artikel|beitrag|interview)\b{_NEAR}{{0,50}}\bauf {_GERMAN}\b(?! (?:verfügbar|abrufbar|erhältlich|lesen))"
    rf"|\bcet(?:te)? (?:article|texte|entretien|page)\b{_NEAR}{{0,60}}\btraduite?\b(?! en (?!français))|\bcet(?:te)? (?:article|texte|entretien)\b{_NEAR}{{0,50}}\bpubliée? en {_FRENCH}\b"
    rf"|\best[ea] (?:artículo|texto|entrevista|artigo|página)\b{_NEAR}{{0,60}}\btradu[cz]id[oa]\b(?! (?:a|al|ao|para o) (?!español|castellano|português))|\best[ea] (?:artículo|texto|artigo)\b{_NEAR}{{0,50}}\bpublicado (?:originalmente )?(?:en|em) {_SPANISH}\b"
    rf"|\bquesto (?:articolo|testo)\b{_NEAR}{{0,60}}\btradott|\bdeze (?:tekst|artikel)\b{_NEAR}{{0,60}}\bvertaald|\b(?:эта )?(?:статья|текст)\b{_NEAR}{{0,40}}\bперевед[её]н",
    re.IGNORECASE,
)
# In a byline also behind a comma or a stroke: `By Ada Morn, translated by Bo Lind`.
_BESIDE = re.compile(rf"[,;|•·/(–—-]\s*{_LEAD}", re.IGNORECASE)
# No such statement is without one of these.
_HINTS = (
    "ransla|ublished in|ritten in|ppeared in|riginal|übers|ertragen|aus dem|tradu|tradott|tradução|ertaa|ertali|versat|versæt|verset|översät|ktheu|kthy|kthim"
    "|maczy|tłum|eklad|eložil|ordít|omentanut|äännös|prev|prije|ревод|еревел|еревёл|еревед|ереклад|ереклав|реве|evir|翻|译|訳|번역|ترجمة|ετάφρ|auf |ublié|ublicado"
).split("|")
# Insertions that mark a translator at work in any language's text; and an editor's as they are none of English, in English text.
_NOTE = re.compile(
    r"[(\[][^()\[\]]{0,60}(?:\bn\.\s?d\.\s?t\b|\bn\.?d\.?t\b|\bn\. del? t\b|\bn\. do t\b|\banm\. d(?:\.|er) übers|\bprim\. prev|\bprzyp\. tłum|\bприм\. пер|\btranslator['’]?s? note|\bnote d[ue] traduct|\bnota del trad|\bпримечание переводчика|\btransl\.)[^()\[\]]{0,60}[)\]]",
    re.IGNORECASE,
)
_EDITORS = re.compile(
    r"\([^()]{0,60}(?:,\s|\b)(?:ed|red|ndlr|ndt|n\.d\.r|nota red|anm\. d\. red|prim\. red|transl)\.?\)"
)
_IN_ENGLISH = re.compile(r"\b(?:the|and)\b", re.IGNORECASE)
_LETTER = re.compile(r"\(\s?(?![aiAI]\s?\))[b-hj-z]\s\)|\(\s(?![aiAI]\s?\))[b-hj-z]\s?\)")
_ORGANISATION = re.compile(
    r"(?:^|[.!?]\s)(?:The )?[A-Z]{3,6} [a-z]+ (?:(?!\b[A-Z][a-z]+ [A-Z][a-z]+\b)[^.!?]){0,100}[.!?] (?:He|She) [a-z]+ed\b"
)


def statement(text: str, *, beside: bool) -> tuple[int, int] | None:
    """Where a line says that the page's text is a translation.

    Args:
        text: A line or short paragraph.
        beside: Whether it stands beside the text (a byline, a line that was removed): there the words may also follow a name.

    Returns:
        Half-open code points, or None. A sentence that tells of the translation of something else states nothing.

    >>> statement("By Ada Morn, translated by Bo Lind", beside=True)
    (11, 26)
    >>> statement("The poem was translated by Bo Lind.", beside=False)
    """
    low = text.lower()
    if not any(map(low.__contains__, _HINTS)):
        return None
    match = _STATES.search(text) or (_BESIDE.search(text) if beside else None)
    if match is None:
        return None
    start = match.start()
    while not text[start].isalpha():
        start += 1
    return start, match.end()


def signs(text: str) -> list[tuple[str, int, int]]:
    """The signs in a paragraph by which it shows that it is a translation: what each is and its half-open code points."""
    found = []
    if "(" in text or "[" in text:
        if note := _NOTE.search(text):
            found.append(("a translator's note", *note.span()))
        if (editor := _EDITORS.search(text)) and _IN_ENGLISH.search(text):
            found.append(("an editor's insertion as in other languages' press", *editor.span()))
        if letter := _LETTER.search(text):
            found.append(("a stray letter in brackets", *letter.span()))
    if organisation := _ORGANISATION.search(text):
        found.append(("`he` or `she` for an organisation", *organisation.span()))
    return found
