"""Pages grown from a grammar of HTML, which knows what of them a reader sees.

A mutation knows nothing of the page it damages; a page grown here carries words of its own, each told apart: those of `seen` must
stand in the text or among what was removed, as often as they were written, and those of `unseen` (scripts, comments, values
of attributes) nowhere. Where a breakage leaves it open what is text, `exact` is False, and nothing is promised.
"""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from random import Random

# No word of any language has these letters; all are six long, so that two that run together are still two.
SEEN, UNSEEN = "zq", "qz"
PLANTED = re.compile(rf"(?:{SEEN}|{UNSEEN})[a-p]{{4}}")

_WORDS = (
    "the of and to in said on that was for council harbour ferry minister report Tuesday Belmark Oravia river bridge vote "
    "will has been by from with people der die und sagte nicht Hafen am le la et dit par los que una dijo и на что сказал в "
    "Ada Morn Bo Lind AP Reuters 2031 May März 3 12:30 40% $3bn"
).split()
_ODD = (
    "\u202e", "\u200f", "\u200b", "\u00ad", "\u2066", "\ufeff", "\u2028", "\u0085", "\u00a0", "\x00", "\x0b", "\x0c", "\x1b", "\x7f",
    "e" + "\u0301" * 30, "\u0634" + "\u064b" * 9, "\u200d\U0001f468\u200d\U0001f469", "\U0001f1e6\U0001f1fa", "\ufffe", "\u0130\u1e9e\ufb01",
    "\U000e0041", "\u3000", "\u0661\u0662", "\u4f60\u597d\u3002", "\u05e9\u05dc\u05d5\u05dd", "\ufffd", "\r", "\r\n", "\t", "\ua000",
)  # fmt: skip
_REFERENCES = (
    "&amp;", "&lt;", "&gt;b", "&nbsp;", "&nbsp", "&#8220;", "&#x201D;", "&notit;", "&NotEqualTilde;", "&acE;", "&#0;", "&#x110000;",
    "&#xD800;", "&#128;", "&#999999999999;", "&", "& ", "&;", "&#;", "&#x;", "&zzzz;", "&AMP", "&copy2", "&shy;", "&zwj;", "&rlm;",
    "&Tab;", "&NewLine;", "&fjlig;", "&amp;amp;", "&#13;", "&#32;", "&ThickSpace;", "&#x200b;", "&#8203;&#8203;", "&bne;", "&ZeroWidthSpace;",
)  # fmt: skip
_BLOCKS = (
    "div p section article main aside nav header footer ul ol li dl dt dd table tr td th blockquote figure figcaption form "
    "details h1 h2 h3 pre center fieldset button label select option address body html head dialog menu object video svg math template "
    "noscript my-box x:y canvas tbody caption colgroup hgroup"
).split()
_INLINE = "a b i em span strong sup sub code time font small u q cite mark abbr bdo ruby rt nobr tt s kbd ins del data".split()
_VOID = "br hr img wbr input meta link col embed source area".split()
_NAMES = (
    "nav ads share comments related byline author date caption lead headline article-body content hidden twitter-tweet newsletter footer "
    "copyright gallery modal timestamp tags story entry-content"
).split()
_KEYS = (
    "class id style href rel itemprop datetime hidden title lang dir data-x onclick role colspan rowspan property content src type name alt"
).split()
_VALUES = (
    "display:none", "author", "headline", "datePublished", "2031-05-04T10:00:00Z", "2031-99-99", "9000000000000000000", "-1", "1e9", "rtl",
    "xx", "", " ", ">", "<b>", "a=b", "&quot;", "&#x110000;", "javascript:1", "https://news.example/2031/05/04/x", "//", "::", "\u202e", "0",
    "visibility : hidden", "\x00",
)  # fmt: skip
_METAS = (
    "og:title author article:published_time article:modified_time og:site_name og:locale og:url dc.date citation_author "
    "parsely-author byl date last-modified content-language publisher twitter:title sailthru.date viewport og:article:author"
).split()
_STAMPS = (
    "2031-05-04T10:00:00Z", "2031-05-04", "0000-00-00", "9999-12-31T23:59:60+14:00", "Sun, 04 May 2031 10:00:00 GMT", "1936137600",
    "04/05/2031", "31.02.2031", "20310504T1000", "-1", "2031-05-04T10:00:00+99:99", "1970-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00",
    "Wed Apr 02 08:00:00 CEST 2031", "May 2031", "4. Mai 2031, 25:61 Uhr", "2031-W20-3", "\u0662\u0660\u0663\u0661-05-04", "10000-01-01",
)  # fmt: skip
_ATTRIBUTE_BREAKS = ('"', "'", "=", '="', "='x", "<", " / / ", "=\"a'b", "\x00")
_BREAKS = (
    "<", "</", "<a", "<a href='", '<p class="', "<!--", "<!", "<?", "<![CDATA[", "</p", "<plaintext>", "<script>", "<style>", "<title>",
    "<textarea>", "-->", "<!-->", "<!--->", "--!>", "]]>", "<xmp>", "<frameset>", "<iframe>", "</body></html>", "<b/", "<\x00b>", "<%x%>", "</3>",
    "<svg><style><b>", "<svg><title><p>", "<math><mi><script>", "<base href=//>", "<noembed>",
)  # fmt: skip


class Grown(msgspec.Struct, frozen=True):
    """A page and what is known of it.

    Attributes:
        text: Its source.
        seen: How often each planted word stands where a reader may see it.
        unseen: Planted words that stand where nobody reads them.
        exact: Whether the two are certain.
    """

    text: str
    seen: Counter[str]
    unseen: frozenset[str]
    exact: bool


def grow(rng: Random) -> Grown:
    """Grow a page.

    Args:
        rng: A seeded source of chance; the same seed gives the same page.
    """
    return _Grower(rng).page()


def grow_flat(rng: Random) -> str:
    """Grow a page saved as text: menus, a headline, paragraphs, repeated lines, all line breaks lost now and then."""
    grower = _Grower(rng)
    lines: list[str] = []
    for _ in range(rng.choice((3, 12, 40))):
        kind = rng.random()
        if kind < 0.4:
            lines.append(" ".join(rng.choices(_WORDS, k=rng.randint(1, 5))))
        elif kind < 0.9:
            lines.append(" ".join(grower.sentence() for _ in range(rng.randint(1, 5))))
        elif kind < 0.95:
            lines.extend([rng.choice(_LINES)] * rng.choice((1, 3, 2000)))
        else:
            lines.append(rng.choice(_ODD) * rng.choice((1, 40)))
    return rng.choice(("\n", "\n", "\n\n", " ", "\r\n", "\u2028", "\t")).join(lines)


_LINES = (
    "Share", "Photo: Ada Morn / AP", "* item", "By Ada Morn", "3 hours ago", "SEE ALSO", "4 May 2031", "\u2022", "...", "(Reuters) -", "Copyright 2031",
    "[caption]", "Source: AP", "Advertisement", "\u00a9 2031 The Oravia Post", "-" * 60, "1. one", "@oravia shared a post", "https://news.example/x", "AD",
)  # fmt: skip


class _Grower:
    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.parts: list[str] = []
        self.seen: Counter[str] = Counter()
        self.unseen: set[str] = set()
        self.exact = True
        self.breakage = rng.choice((0.0, 0.0, 0.02, 0.2))
        self.number = 0

    def page(self) -> Grown:
        rng = self.rng
        self.parts.append(
            rng.choice(
                (
                    "<!doctype html>",
                    "<!DOCTYPE html><html lang=en>",
                    "",
                    "\ufeff",
                    "<html>",
                    "<?xml version='1.0'?>",
                )
            )
        )
        if rng.random() < 0.9:
            self._head()
        self.parts.append(rng.choice(("<body>", "<body class='sticky-nav'>", "", "<BODY ONLOAD=x>")))
        if rng.random() < 0.6:
            self._article()
        for _ in range(rng.choice((1, 4, 15))):
            self._element(0)
        if rng.random() < 0.3:
            self._article()
        if rng.random() < 0.5:
            self.parts.append("</body></html>")
        if rng.random() < 0.05:
            self._say()
        return Grown("".join(self.parts), self.seen, frozenset(self.unseen), self.exact)

    def sentence(self, *, plant: bool = False) -> str:
        rng = self.rng
        words = rng.choices(_WORDS, k=rng.choice((3, 9, 25)))
        if plant:
            words.insert(rng.randrange(len(words)), self._visible())
        if rng.random() < 0.2:
            words.insert(rng.randrange(len(words)), rng.choice(_ODD) * rng.choice((1, 1, 12)))
        if rng.random() < 0.2:
            words.insert(rng.randrange(len(words)), f"\u201c{' '.join(rng.choices(_WORDS, k=4))}\u201d")
        return " ".join(words).capitalize() + rng.choice((".", ".", "?", "\u2026", "\u3002", ""))

    def _word(self, kind: str) -> str:
        self.number += 1
        number = self.number * 7919 % 65_536
        return kind + "".join(chr(97 + (number >> s & 15)) for s in (12, 8, 4, 0))

    def _visible(self) -> str:
        word = self._word(SEEN)
        self.seen[word] += 1
        return word

    def _hidden(self) -> str:
        word = self._word(UNSEEN)
        self.unseen.add(word)
        return word

    def _written(self, text: str) -> str:
        """A visible text as source: brackets escaped, some letters as references."""
        rng = self.rng
        text = text.replace("&", "&amp;").replace("<", "&lt;")
        if rng.random() < 0.3:
            text += " " + rng.choice(_REFERENCES) + " "
        at = rng.randrange(len(text)) if text else 0
        if rng.random() < 0.1 and text and "&" not in text and text[at].isalpha():
            text = text[:at] + rng.choice(("&#{};", "&#x{:x};")).format(ord(text[at])) + text[at + 1 :]
        return text

    def _say(self) -> None:
        self.parts.append(self._written(self.sentence(plant=True)))

    def _attributes(self) -> str:
        rng, made = self.rng, []
        for _ in range(rng.choice((0, 0, 1, 1, 2, 5))):
            key = rng.choice(_KEYS)
            value = rng.choice((rng.choice(_NAMES), rng.choice(_VALUES), self._hidden()))
            form = rng.random()
            if form < 0.1:
                made.append(key)
            elif form < 0.2 and re.fullmatch(r"[\w:/.-]+", value):
                made.append(f"{key}={value}")
            elif form < 0.4:
                made.append(f"{key} = '{value.replace(chr(39), '')}'")
            else:
                made.append(f'{key}="{value.replace(chr(34), "")}"')
        if rng.random() < self.breakage:
            self.exact = False
            made.append(rng.choice(_ATTRIBUTE_BREAKS))
        space = rng.choice((" ", " ", "\n", "\t", "/"))
        return "".join(space + a for a in made)

    def _element(self, depth: int) -> None:
        rng = self.rng
        if rng.random() < self.breakage:
            self.exact = False
            self.parts.append(rng.choice(_BREAKS))
        choice = rng.random()
        if choice < 0.12:
            self._out_of_sight()
        elif choice < 0.2:
            self.parts.append(f"<{rng.choice(_VOID)}{self._attributes()}{rng.choice(('', '/', ' /'))}>")
        elif choice < 0.45 or depth > 8:
            self._say()
        elif choice < 0.5:
            self.parts.append(f"<textarea>{self._written(self.sentence(plant=True))}</textarea>")
        elif choice < 0.53:
            self.parts.append(f"</{rng.choice(_BLOCKS + _INLINE)}>")
        elif choice < 0.57:
            self._table()
        else:
            self._nested(depth)

    def _nested(self, depth: int) -> None:
        rng = self.rng
        tag = rng.choice(_INLINE if rng.random() < 0.4 else _BLOCKS)
        if rng.random() < 0.05:
            tag = tag.upper()
        self.parts.append(f"<{tag}{self._attributes()}>")
        for _ in range(rng.choice((0, 1, 2, 4))):
            self._element(depth + 1)
            self.parts.append(rng.choice(("", " ", "\n")))
        end = rng.random()
        if end < 0.8:
            self.parts.append(f"</{tag}>")
        elif end < 0.9:
            self.parts.append(f"</{rng.choice(_INLINE + _BLOCKS)}>")

    def _article(self) -> None:
        rng = self.rng
        self.parts.append(rng.choice(("<article>", "<div class=content>", "<div>", "<main><div id=story>")))
        self.parts.append(f"<h1>{self._written(self.sentence(plant=True))}</h1>")
        if rng.random() < 0.5:
            stamp = rng.choice(_STAMPS)
            self.parts.append(
                f"<p class=byline>By {rng.choice(('Ada Morn', 'Bo Lind, AP', '<a rel=author>Ada Morn</a> and Bo Lind'))} <time datetime='{stamp}'>{stamp}</time></p>"
            )
        for _ in range(rng.choice((3, 6, 20))):
            said = " ".join(self._written(self.sentence(plant=True)) for _ in range(rng.randint(1, 4)))
            tag = rng.choice(("p", "p", "p", "p", "li", "blockquote", "h2", "div"))
            again = rng.choice((1, 1, 1, 1, 1, 2, 30))
            for word in PLANTED.findall(html.unescape(said).lower()):
                self.seen[word] += again - 1
            self.parts.append(f"<{tag}>{said}</{tag}>\n" * again)
            if rng.random() < 0.2:
                self._element(5)

    def _table(self) -> None:
        rng = self.rng
        self.parts.append("<table>")
        for _ in range(rng.choice((1, 3, 9))):
            self.parts.append("<tr>" if rng.random() < 0.9 else "")
            for _ in range(rng.choice((1, 3))):
                span = rng.choice(
                    (
                        "",
                        " colspan=3",
                        " rowspan='99'",
                        " colspan=65534 rowspan=9",
                        " colspan=-1",
                        " colspan=99999999999",
                    )
                )
                self.parts.append(f"<t{rng.choice('dh')}{span}>")
                self._say()
                self.parts.append(rng.choice(("</td>", "", "</th>")))
        self.parts.append(rng.choice(("</table>", "</table>", "")))

    def _out_of_sight(self) -> None:
        word = self._hidden()
        form = self.rng.choice(
            (
                "<!-- {} -->", "<!--{}--!>", "<!-- <p>{} > -- -->", "<script>var a='<p>{}</p>'</script>", "<style>.{}{{}}</style>",
                "<![CDATA[ {} ]]>", "<?php {} ?>", "<!X {}>", "</ {}>", "<iframe>{}</iframe>", "<noframes><p>{}</noframes>",
                "<script>if(a<b){{<!-- {} }}</script >", "<STYLE type=x>/*</b>{}*/</STYLE\n>", "<script>{}</scripty></script>", "<!---->",
                "<!-->", "<input value='{}'>", '<img alt="<b>{}</b>">',
            )
        )  # fmt: skip
        self.parts.append(form.format(word))

    def _head(self) -> None:
        rng = self.rng
        self.parts.append(rng.choice(("<head>", "<head>", "", "<HEAD profile=x>")))
        for _ in range(rng.choice((0, 2, 6))):
            kind = rng.random()
            if kind < 0.5:
                value = rng.choice(
                    (
                        rng.choice(_STAMPS),
                        self.sentence().replace('"', ""),
                        rng.choice(_VALUES),
                        "Ada Morn",
                        rng.choice(_REFERENCES),
                    )
                )
                quoted = value.replace('"', "")
                self.parts.append(
                    f'<meta {rng.choice(("name", "property", "itemprop"))}="{rng.choice(_METAS)}" content="{quoted}">'
                )
            elif kind < 0.7:
                self.parts.append(f'<script type="application/ld+json">{self._jsonld()}</script>')
            elif kind < 0.8:
                self.parts.append(f"<link rel=canonical href='{rng.choice(_VALUES).replace(chr(39), '')}'>")
            else:
                self._out_of_sight()
        if rng.random() < 0.8:
            seam = rng.choice((" - ", " | ", ": ", "|", " \u00bb "))
            self.parts.append(f"<title>{self.sentence()}{seam}The Oravia Post</title>")
        self.parts.append(rng.choice(("</head>", "</head>", "")))

    def _jsonld(self) -> str:
        rng = self.rng
        node = {
            rng.choice(("@type", "@type", "@type", "type")): rng.choice(
                ("NewsArticle", ["Article", 1, None], {}, "WebPage", None, 7, "VideoObject")
            ),
            "headline": self._value(0),
            "name": self._value(0),
            "datePublished": rng.choice((rng.choice(_STAMPS), self._value(0))),
            "dateModified": rng.choice((rng.choice(_STAMPS), self._value(0))),
            "author": self._value(0),
            "publisher": self._value(0),
            "inLanguage": self._value(2),
            "url": rng.choice(("https://news.example/x", self._value(0))),
            "mainEntityOfPage": self._value(0),
            "@graph": self._value(0),
        }
        if rng.random() < 0.3:
            node = {k: v for k, v in node.items() if rng.random() < 0.6}
        made = json.dumps(
            rng.choice((node, [node], {"@graph": [node, 3, [node]]})), ensure_ascii=rng.random() < 0.5
        )
        made = made.replace("</", "<\\/")
        if rng.random() < 0.2:
            at = rng.randrange(len(made))
            made = (
                made[:at]
                + rng.choice(("", "\\", "}", '"', "\n", "<!--", ";", "\ud800"))
                + made[at + rng.randrange(3) :]
            )
            made = made.replace("\ud800", "\\ud800")
        return rng.choice(("{}", "{};", "<!--{}-->", "//<![CDATA[\n{}\n//]]>", "\ufeff{}")).format(made)

    def _value(self, depth: int) -> object:
        rng = self.rng
        if depth < 3 and rng.random() < 0.4:
            if rng.random() < 0.5:
                return [self._value(depth + 1) for _ in range(rng.choice((0, 1, 3, 30)))]
            keys = ("name", "@id", "@type", "url", "@value", "headline", "author")
            return {rng.choice(keys): self._value(depth + 1) for _ in range(rng.choice((0, 1, 3)))}
        return rng.choice(
            (None, True, 0, -1, 1e308, 10**30, "", " ", "Ada Morn", "Ada Morn, Bo Lind", "by Ada Morn | The Oravia Post", "AP", "caf\u00e9 \u202ex",
             'a\\b"c\n\td', "&amp; &#39; <b>x</b>", "\x00", "https://news.example/x", rng.choice(_STAMPS), "x" * 300, self.sentence(), "[]", "en_US")
        )  # fmt: skip
