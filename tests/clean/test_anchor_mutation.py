"""A word changed in a page's bytes changes in the text at its span, and nowhere else."""

from __future__ import annotations

import pytest
from bench.quality.clean_anchors import RIGHT, WRONG, Page, change, clean, handfuls, judge, words_of
from hypothesis import given, settings
from hypothesis import strategies as st

SENTENCES = (
    "Twelve people were rescued when the ferry Maris sank off Belmark on Tuesday, the coast guard said in a statement.",
    "Divers searched the strait for nine hours, the harbour master told the council, and found one empty lifeboat.",
    "Nobody had checked the pumps since the ship was sold in March, according to papers that the owners showed.",
    "Oravia will close its northern quays until the wreck has been lifted, which may take the whole winter, it added.",
)
# What may stand between two words, and what becomes of a word; no page says them so, all do some of it.
BETWEEN = (
    " ",
    "\n  ",
    "&nbsp;",
    " <!-- a > b --> ",
    " <![CDATA[ x ]]> ",
    "<br>\n",
    " <wbr>",
    "</b> ",
    " <b>",
    " <a href='/x?a=1&b=2'>",
    " <i/> ",
)
WITHIN = (
    "{}",
    "{}",
    "{}",
    "<b>{}</b>",
    "<span class=x>{}",
    "{}</span>",
    "{}&amp;",
    "&ldquo;{}&rdquo;",
    "{}<!-- -->",
    "&eacute;{}",
    "{}&#233",
    "{} <",
)
# Charset, and letters of a word that it can write.
CHARSETS = {
    "utf-8": "Žofie Чайка 港口 naïve",
    "windows-1252": "naïve état Ödön",
    "windows-1251": "Чайка сказала",
    "iso-8859-2": "Žofie řekla",
    "shift_jis": "港口 の 話",
    "gb18030": "港口 関係者",
    "koi8-r": "Чайка сказала",
}


@st.composite
def paragraph(draw, sentence: str) -> str:
    """A sentence with markup, references, comments and broken tags between and within its words."""
    words = [draw(st.sampled_from(WITHIN)).replace("{}", word) for word in sentence.split()]
    return "".join(draw(st.sampled_from(BETWEEN)) + word if i else word for i, word in enumerate(words))


@st.composite
def pages(draw) -> tuple[str, str]:
    """A page whose first sentence a teaser repeats, before or after the article, and its charset."""
    charset = draw(st.sampled_from(sorted(CHARSETS)))
    body = [draw(paragraph(f"{s} {CHARSETS[charset]}.")) for s in SENTENCES]
    teaser = f"<div class=teasers><ul><li><a href=/y>{SENTENCES[0]}</a></li></ul></div>"
    before, after = draw(st.sampled_from([(teaser, ""), ("", teaser), ("", "")]))
    ending = draw(st.sampled_from(["</p>", "", "</div></p>", "</p></span>"]))
    article = "".join(f"<p>{p}{ending}" for p in body)
    head = f"<meta charset={charset}><title>Ferry sinks off Belmark</title><script>x = '<p>no</p>'</script>"
    page = f"<html><head>{head}</head><body>{before}<article><h1>Ferry sinks off Belmark</h1>{article}</article>{after}</body></html>"
    return page, charset


def page_of(source: str, charset: str) -> Page:
    body = source.encode(charset)
    found, made = clean(body, "")
    return Page("invented", body, "", found, made)


@settings(max_examples=10, deadline=None)
@given(pages(), st.data())
def test_a_changed_word_changes_at_its_span(drawn, data):
    """Whatever stands around a word, and in each charset: changed in its bytes it changes at its span, if it stays, alone."""
    page = page_of(*drawn)
    words = list(words_of(page))
    some = data.draw(st.lists(st.sampled_from(words), min_size=1, max_size=4, unique=True))
    assert judge(page, change(page, some)) != WRONG
    assert judge(page, change(page, some[:1])) != WRONG


PLAIN = "<html><head><meta charset={}><title>Ferry sinks off Belmark</title></head><body>{}<article><h1>Ferry sinks off Belmark</h1>{}</article></body></html>"


@pytest.mark.parametrize("charset", sorted(CHARSETS))
def test_every_word_of_a_plain_page_is_right(charset):
    """On a page without damage every word's change shows at its span, a teaser's copy of its line before it or not."""
    article = "".join(
        f"<p>{s} {CHARSETS[charset]} &ldquo;caf&eacute;&rdquo; <!-- no --> end.</p>" for s in SENTENCES
    )
    teaser = f"<div class=teasers><p>{SENTENCES[0]}</p></div>"
    for before in ("", teaser):
        page = page_of(PLAIN.format(charset, before, article), charset)
        for some in handfuls(list(words_of(page))):
            changed = change(page, some)
            assert changed.body != page.body
            assert judge(page, changed) == RIGHT


def test_a_wrong_anchor_is_seen():
    """The measure has teeth: a page judged by the map of its other copy, or by one that is a byte off, is wrong."""
    article = "".join(f"<p>{s}</p>" for s in SENTENCES)
    source = PLAIN.format("utf-8", f"<div class=teasers><p>{SENTENCES[0]}</p></div>", article)
    page = page_of(source, "utf-8")
    word = next(w for w in words_of(page) if page.made.text[w.start : w.end] == "rescued")
    changed = change(page, [word])
    copy = source.replace("rescued", "sftdvfe", 1).encode()
    shifted = source.replace("s were rescued", "s wfsf sescued").encode()
    assert judge(page, changed) == RIGHT
    assert judge(page, changed._replace(body=copy)) == WRONG
    assert judge(page, changed._replace(body=shifted)) == WRONG
