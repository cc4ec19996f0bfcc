"""Names of those who wrote a page, cleaned of what stands around them and found in lines."""

from __future__ import annotations

import pytest

from variorum.clean.people import author_name, is_name, signature


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("By Ada Morn", "Ada Morn"),
        ("Von Ödön Lind |", "Ödön Lind"),
        ("By", ""),
        ("https://x.example/ada", ""),
        ("@ada", ""),
        ("Byron Lind", "Byron Lind"),
        ("By Ada Morn in Port Velm", "Ada Morn"),
    ],
)
def test_author_names(text, name):
    """A name loses "By" and its like, never a part of itself; addresses and accounts are no names."""
    assert author_name(text) == name


SIGNED = {
    "several names": (
        "Posted by Ada Morn, Bo Lind and Cy van Ost on 3 May 2031",
        "Ada Morn, Bo Lind and Cy van Ost",
    ),
    "a nickname after a verb": ("Gespeichert von morn7 am 3. Mai 2031", "morn7"),
    "behind a seam": ("Ships | By Ada Morn | 3 May 2031", "Ada Morn"),
    "a day before": ("3 mai 2031 par Ada Morn", "Ada Morn"),
    "a role behind": ("Autorin: Ada Morn, Projektleiterin der Werft", "Ada Morn"),
    "an interview": ("Ein Interview von Ada Morn mit Bo Lind.", "Ada Morn"),
    "who stands where": ("Von links nach rechts: Bo Lind", ""),
    "any words": ("by the way, it sank", ""),
    "a name that is a month": ("By Theresa May, 3 May 2031", "Theresa May"),
    "a month before a family name": ("By April Morn", "April Morn"),
    "a month before small words": ("By Jan van Ost and June Lind on 3 May 2031", "Jan van Ost and June Lind"),
    "a month and a day": ("By May 3 all ships had sailed", ""),
    "an article that is a family name": ("By Anita Das on 3 May 2031", "Anita Das"),
    "an article that is one of two names": ("By Anita Das and Bo Lind", "Anita Das and Bo Lind"),
    "an article before a noun": ("Ein Interview von Ada Morn Das Schiff", "Ada Morn"),
    "a month behind the name": ("By Ada Morn May 3, 2031", "Ada Morn"),
    "a month of a day behind one name": ("By Ada May 3, 2031", "Ada"),
    "small words inside": ("By Ursula von der Morn", "Ursula von der Morn"),
    "an article in a name": ("By Marie Le Morn and Minh Le", "Marie Le Morn and Minh Le"),
    "an article before a day": ("Par Ada Morn Le lundi 3 mai 2031", "Ada Morn"),
    "an article before a sentence": ("Par Ada Morn Le navire a coulé", "Ada Morn"),
    "a sentence": ("The ship was seen by Ada Morn, who said on 3 May 2031 that it sank. " * 3, ""),
}


@pytest.mark.parametrize("name", SIGNED)
def test_words_that_lead_to_a_name(name):
    """A line names its author behind words that say so, up to where the name ends; other lines name nobody."""
    line, wanted = SIGNED[name]
    span = signature(line)
    assert (line[slice(*span)] if span else "") == wanted


CLEANED = {
    "AuthorAda Morn": "Ada Morn",
    "View all posts by Ada Morn": "Ada Morn",
    "Ada Morn - January": "Ada Morn",
    "Ada Morn @adamorn": "Ada Morn",
    "Text und Interview: Ada Morn": "Ada Morn",
    "Ada Morn Chefredakteurin": "Ada Morn",
    "No Author": "",
    "Dr. Ada von Morn": "Dr. Ada von Morn",
    "Marie Le Morn": "Marie Le Morn",
    "Minh Le": "Minh Le",
    "Marie Le Morn le lundi 3 mai 2031": "Marie Le Morn",
    "Ada Morn el 3 de mayo": "Ada Morn",
    "Ada Morn on Monday": "Ada Morn",
    "Ada Morn On May 3": "Ada Morn",
    "Bar On": "Bar On",
    "Theresa May": "Theresa May",
    "Theresa Mary May": "Theresa Mary May",
    "Theresa Mary - May": "Theresa Mary",
}


@pytest.mark.parametrize("text", CLEANED)
def test_a_name_without_what_stands_around_it(text):
    """Labels, days, roles and accounts are no part of a name; who is nobody has none."""
    assert author_name(text) == CLEANED[text]


@pytest.mark.parametrize(
    ("text", "yes"),
    [
        ("Ursula von der Morn", True),
        ("Marie Le Morn", True),
        ("Bo le Morné", True),
        ("Anita Das", True),
        ("Wer Das Schiff", False),
        ("Ada Morn le Lundi", False),
        ("Sieger der Woche", False),
        ("Le Monde", False),
    ],
)
def test_articles_inside_a_name(text, yes):
    """Articles read as part of a name inside it, `der` behind `von` and `van` alone, `Das` as its last word; a name does not begin with one."""
    assert is_name(text) == yes


def test_a_long_text_holds_no_name():
    """A text far longer than any name names nobody, however it begins."""
    assert author_name(f"Ada Morn ({'x' * 3000}") == ""
