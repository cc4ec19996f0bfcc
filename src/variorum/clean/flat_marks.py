"""Patterns of what stands beside an article's paragraphs: credits, captions, embedded posts, bylines, labels."""

from __future__ import annotations

import re

# Agencies by the names under which they are credited: wire services that sell to others, of all states alike.
AGENCIES: dict[str, str] = {
    name.lower(): name
    for name in (
        "AP AFP Reuters dpa EFE ANSA TASS Interfax Xinhua UPI Bloomberg PTI ANI IANS Yonhap Kyodo Jiji APA ATS"
        " Belga ANP TT NTB Ritzau STT PAP CTK ČTK MTI Agerpres BTA HINA Hina SRNA FENA Beta Tanjug ATA MIA ANA-MPA"
        " Ukrinform UNIAN BelTA Kazinform Trend AzerTac Armenpress Interpressnews Anadolu DHA IHA IRNA ISNA Fars"
        " Mehr Tasnim SANA MENA WAM SPA KUNA QNA Petra NNA WAFA TAP APS MAP NAN GNA KNA SAPA AAP Antara Bernama VNA"
        " TNA KCNA CNA Notimex Télam Telam MercoPress Kosovapress Makfax MINA EPA"
    ).split()
} | {
    "associated press": "AP",
    "the associated press": "AP",
    "agence france-presse": "AFP",
    "agence france presse": "AFP",
    "anadolu agency": "Anadolu",
    "aa": "Anadolu",
    "ria novosti": "RIA Novosti",
    "ria": "RIA Novosti",
    "press association": "PA Media",
    "pa media": "PA Media",
    "pa": "PA Media",
    "canadian press": "The Canadian Press",
    "the canadian press": "The Canadian Press",
    "prensa latina": "Prensa Latina",
    "lusa": "Lusa",
    "europa press": "Europa Press",
    "interfax.ru": "Interfax",
    "тасс": "TASS",
    "интерфакс": "Interfax",
    "риа новости": "RIA Novosti",
    "рейтер": "Reuters",
    "рейтерс": "Reuters",
    "ројтерс": "Reuters",
    "укринформ": "Ukrinform",
    "укрінформ": "Ukrinform",
    "униан": "UNIAN",
    "уніан": "UNIAN",
    "белта": "BelTA",
    "танјуг": "Tanjug",
    "бета": "Beta",
    "срна": "SRNA",
    "фена": "FENA",
    "хина": "Hina",
    "新华社": "Xinhua",
    "新華社": "Xinhua",
    "法新社": "AFP",
    "路透社": "Reuters",
    "美联社": "AP",
    "共同社": "Kyodo",
    "getty images": "Getty Images",
    "getty": "Getty Images",
    "shutterstock": "Shutterstock",
}
PICTURE_ONLY = frozenset({"Getty Images", "Shutterstock", "EPA"})

CREDIT_LINE = re.compile(r"^[\s•*\-–—]*(?:©|\(c\)|copyright\b)", re.IGNORECASE)
_PHOTO = r"(?:photo(?:graph(?:er|s|y|ed)?|s)?|picture|image|file photo|foto|bild|imagen|фото|photo credit|credit|illustration)"
CAPTION = re.compile(
    rf"(?:\|\s*|\.\s*|\[\s*|\(\s*|^\s*){_PHOTO}(?:\s+(?:by|credit|courtesy))?\s*[:/©]"
    r"|\bfile (?:photo|picture|image|pic)\b|\bgetty images\b|\bphoto(?:graphed)? by\b",
    re.IGNORECASE,
)
_WIRE = r"(?:AP|AFP|Reuters|REUTERS|EPA|dpa|DPA|TASS|EPA-EFE|EFE|Getty(?: Images)?|Xinhua|Anadolu|AA|Shutterstock)"
CAPTION_EXACT = re.compile(
    rf"[(\[](?:[^()\[\]]{{0,40}}[/,] ?)?{_WIRE}(?: Photo)?(?:/[^()\[\]]{{0,40}})?[)\]]\s*$|\bvia (?:AP|Reuters|Getty|AFP)\b"
    rf"|[A-Z][\w'’.-]+ [A-Z][\w'’.-]+\s?/\s?(?:{_WIRE}|[A-Z]{{2,}})(?: Photo| Images)?(?:\s*\([A-Z/ ]+\))?\s*$"
)
EMBED = re.compile(
    r"pic\.twitter\.com/\w+|[—–-]\s?[^\n]{1,60}\(@\w{1,20}\)\s+\w+\.? \d{1,2}, \d{4}\s*$"
    r"|^(?:A )?(?:post|video) shared by\b|^View this post on\b"
)
BYLINE = re.compile(
    r"^(?:(?:written |reported |reporting |story |posted |published |compiled |edited |translated )?by:?\s+(?=[A-Z\d])"
    r"|(?:authors?|reporter|editor|text|autor|autorin|auteur|autore|автор|аутор|autori|source|sources|quelle|izvor|извор|burimi|источник|fuente|fonte)\s?:\s?\S"
    r"|von (?=[A-Z][\w-]+ [A-Z])|par (?=[A-Z][\w-]+ [A-Z])|por (?=[A-Z][\w-]+ [A-Z]))",
    re.IGNORECASE,
)
BYLINE_CASE = re.compile(
    r"^(?:[A-Z][a-z]+ )?(?:by|BY|By):? [A-Z\d]|^[A-Z][\w ]{2,20}:|^[А-ЯЀ-Џ]\w+:|^(?:Von|Par|Por) "
)
CORRECTION = re.compile(
    r"^(?:correction|corrections|clarification|editor['’]s note|update|berichtigung|correctif|corrección|исправление|ispravka)\b\s?[:\-–—(]",
    re.IGNORECASE,
)
DATELINE = re.compile(
    r"^(?P<place>[A-ZÀ-ÞА-Я][\w'’.\- ]{1,40}(?:[,/] ?[A-ZÀ-ÞА-Я][\w'’.\- ]{1,30}){0,2}?)"
    r"(?:,? (?P<date>[A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?|\d{1,2} [A-Z][a-z]{2,8}(?: \d{4})?))?"
    r"[,.]?\s?(?:[\[(/](?P<agency>[A-Za-z][\w.&/ -]{1,30})[\])/])?\s?(?:—|–|--|-)\s?(?=[\"“‘A-ZÀ-ÞА-Я])"
)
RELATED = re.compile(
    r"^(?:see also|read also|also read|read more|related(?: articles?| stor(?:y|ies)| news| posts?)?|more on this|more|watch|read|recommended"
    r"|lesen sie auch|mehr zum thema|lire aussi|à lire aussi|lea también|leggi anche|leia também|lees ook|читайте также|по теме"
    r"|pročitajte (?:i|još)|прочитајте (?:и|још)|lexo edhe|lexoni edhe|czytaj także|przeczytaj także)\s*[:–—\-|»>]",
    re.IGNORECASE,
)
RELATED_HEAD = re.compile(
    r"^(?:see also|read also|also read|read more|read next|related(?: articles?| stor(?:y|ies)| news| posts?| content)?|more on this(?: story)?"
    r"|recommended|you may also like|lesen sie auch|mehr zum thema|zum thema|lire aussi|à lire aussi|lea también|leggi anche|leia também|lees ook"
    r"|читайте также|по теме|pročitajte (?:i|još)|прочитајте (?:и|још)|lexo edhe|lexoni edhe|czytaj także|przeczytaj także)\s*[:»>…]?\s*$",
    re.IGNORECASE,
)
BULLET = re.compile(r"^[•·●▪◦‣∙■►*]\s*|^[-–—]\s+")
# Each is taken where it first can be, and never looked at again: with a way back, forty `[caption]` and a word after them
# took for ever.
PLACEHOLDER = re.compile(
    r"^(?>\W*?(?:spot_img|loader|loading|undefined|null|lorem ipsum[^\n]*|\{\{[^}]*\}\}|\[\w[^\]]*\]))++\W*$",
    re.IGNORECASE,
)
# Labels left by a template before a headline: `date 2022-07-31 Headline`.
RESIDUE = re.compile(
    r"^(?:title\s*:?\s+|(?:date|published|posted|updated|time)\s*:?\s+\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:?\d{2})?)?\s+)+(?=\S)",
    re.IGNORECASE,
)
# An image's imprint as some site generators print it behind the caption: `- Brand, 1920, 31.07.2022`.
IMPRINT = re.compile(
    r"(?:^|\s)[-–—] (?P<brand>[A-Z][^,\n]{1,40}), (?P<width>\d{3,4})(?:, (?P<date>\d{1,2}\.\d{1,2}\.\d{4}|\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}/\d{4}))?\s*$"
)
# Furniture at the end of a headline's line.
TRAILING = re.compile(
    r"(?<!\s)\s++(?:related (?:articles?|stories|news|posts)|read more|share(?: this)?|leave a (?:comment|reply)|subscribe|see also)\s*$",
    re.IGNORECASE,
)
# Words that are written with a capital inside: no seam between two texts.
_CAMEL = r"(?<!\bMc)(?<!\bMac)(?<!\bDe)(?<!\bLe)(?<!\bLa)(?<!\bDi)(?<!\bFitz)(?<!\bYou)(?<!\bLinked)(?<!\bWhats)(?<!\bTik)(?<!\bPay)(?<!\bFace)(?<!\bInsta)(?<!\bSouth)(?<!\bNews)"
SEAM = re.compile(rf"(?<=[^\W\d_A-Z][^\W\d_A-Z]){_CAMEL}(?=[A-Z][a-z]*\s+[\w\"“(])")


def imprint(text: str) -> re.Match[str] | None:
    """An image's imprint at the end of a line; it ends in a digit, which spares most lines the search."""
    return IMPRINT.search(text) if text[-1:].isdigit() else None


def known_agency(name: str) -> str:
    """A known agency by its usual name; empty for any other name."""
    return AGENCIES.get(" ".join(name.lower().replace("©", "").split()), "")
