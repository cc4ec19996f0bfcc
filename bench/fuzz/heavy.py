"""Pages that say one small thing thousands of times, where a careless pattern or loop takes the square of their length."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

_PROSE = "<p>Twelve people were rescued when the ferry sank off Belmark on Tuesday, the coast guard of Oravia said.</p>\n"
_UNITS = (
    "<p>", "</p>", "<b>", "</b>", "<i>", "<a href=x>", "<li>", "<td>", "<tr><td>", "<dd>", "<option>", "<div>", "</div>", "<br>", "<span>x</span>",
    "<table>", "<ul>", "<ul><li>", "<h1>", "<h1>x</h1>", "<h2>x y</h2>", "<font>", "<em>x", "<p>x", "<p>Share</p>", "<p><b>x</b></p>", "<time>", "<hr>",
    "<time datetime=2031-05-04>4 May 2031</time>", "<p class=byline>By Ada Morn</p>", "<p class=author>x y</p>", "<a rel=author>Ada Morn</a>",
    "<span itemprop=datePublished content=x>", "<!--", "-->", "<!-- x -->", "<!", "<?", "</", "<", "< ", "<a", "<a ", "<a b", "<a b=", '<a b="', "<a b='>",
    "<script>", "<script></script>", "<style>", "<title>", "<title>x</title>", "<textarea>", "<svg>", "<select>", "<meta name=author content='Ada Morn'>",
    "<meta property=article:published_time content=2031-05-04>", "<link rel=canonical href=https://news.example/2031/05/04/x>", "&", "&amp;", "&#", "&#x", "&am", "&nbsp;",
    "&notit;", "&#8203;", " ", "\n", "\t", "\u00a0", "\u200b", "\u0301", "\u202e", "\x00", "\ufffd", "\u00ad", "\U0001f600", "a", "a ", "A", "Aa ", "A.", "a.b", "1", "1 ",
    "1.", "1,", "1/", "2031-05-04 ", "4 May 2031, ", "May ", "04.05.31 ", "12:30 ", "-", "- ", " - ", "|", " | ", "x | ", "x - ", ": ", "(", ")", "[", "((", '"', '" ', "'", "\u201c",
    "\u201c\u201d", ".", ". ", "...", "! ", "\u2026", "@", "@a ", "By ", "by Ada Morn ", "By Ada Morn, ", "Ada ", "Ada Morn and ", "von ", "le ", "and ", "AP/", "Source: AP ",
    "(Reuters) ", "Photo: ", "Published ", "Updated ", "\u00a9 ", "Copyright ", "https://a.b/", "http://", "www.", "a@b.c ", "/", "\\", '\\"', "\\u", "{", "}", '{"a":', "[[", '"name":"x",',
    '"headline":', ";", "=", "= ", '="', "='", "class=x ", "a=b ", 'x="y" ', "rel=author ", "%", "$", "#", "~", "_", "_a", "\u4f60", "\u3002", "\u0634", "e\u0301", "\u0130",
    "<nav>", "</nav>", "<p hidden>x</p>", "<div style='display:none'>x</div>", "<!DOCTYPE html>", "<html>", "<body>", "<head>", "</html>", "<iframe>", "<base href=x>", "<p>The council will meet on Tuesday to hear it.</p>",
    "Correction: ", "Editor's note: ", "<blockquote class=twitter-tweet>", "<figure><figcaption>x</figcaption></figure>", "<details><summary>x</summary>", "Mr. ", "U.S. ", "St. ", "* x\n", "\u2022 x\n",
    "Share\n", "Read more\n", "SEE ALSO\n", "\r\n", "\x85", "\u2028", "3 hours ago\n", "The council met. ", "the council met, ", "Ada Morn, Bo Lind, ", "translated by ", "\u00fcbersetzt von ", "(ed.) ", "( ..., ed.) ", "AD\n",
    "<span class='a b c'>x</span> ", "<sup>1</sup>", "<wbr>", "<img alt=x>", "<input>", "<form>", "<label>x", "<ruby>x<rt>y</rt></ruby>", "<p lang=de>x</p>", "<my-box>x</my-box>",
)  # fmt: skip
_WITHIN = (
    "{}", "<html><body>{}</body></html>", "<body><article>" + 6 * _PROSE + "{}</article>", "<article>{}" + 6 * _PROSE + "</article>",
    "<body><h1>{}</h1>" + 6 * _PROSE, "<body><article><h1>A ferry sank</h1><p class=byline>{}</p>" + 6 * _PROSE, "<body><article><p>{}</p>" + 6 * _PROSE,
    "<title>{}</title><h1>A ferry sank off Belmark | The Oravia Post</h1>" + 6 * _PROSE, "<title>A ferry sank</title><h1>{}</h1>" + 6 * _PROSE,
    "<title>{0}</title><h1>{0}</h1>" + 6 * _PROSE, '<meta property="og:title" content="{}">' + 6 * _PROSE, '<meta name=author content="{}"><h1>x y</h1>' + 6 * _PROSE,
    '<meta property="article:published_time" content="{}">' + 6 * _PROSE, '<meta property=og:site_name content="{0}"><title>{0}</title>' + 6 * _PROSE,
    '<script type=application/ld+json>{{"@type":"NewsArticle","headline":"{0}","author":"{0}","datePublished":"{0}"}}</script>' + 6 * _PROSE,
    '<script type=application/ld+json>{{"@type":"NewsArticle","author":[{0}]}}</script>' + 6 * _PROSE, "<script type=application/ld+json>{}</script>" + 6 * _PROSE, "<a title='{}'>" + 6 * _PROSE, "<p {}>" + 6 * _PROSE,
    "<p class='{}'>" + 6 * _PROSE, "<link rel=canonical href='{}'>" + 6 * _PROSE, "<!-- {} -->" + 6 * _PROSE, "<!--{}" + 6 * _PROSE, "<script>{}</script>" + 6 * _PROSE,
    "<html lang='{}'>" + 6 * _PROSE, "<body><article>" + 6 * _PROSE + "<p>{}", "<body><article><time datetime='{0}'>{0}</time>" + 6 * _PROSE, "<body><table><tr><td>{}</table>" + 6 * _PROSE,
    "<body>" + 1500 * "<b>" + "{}" + 6 * _PROSE, "<body>" + 900 * "<div>" + 6 * _PROSE + "{}", "<body><pre>{}</pre>" + 6 * _PROSE, "<body>" + 6 * _PROSE + "<footer>{}</footer>", "<body><article>" + 6 * _PROSE + "<figcaption>{}</figcaption>" + _PROSE,
    "<body><article><p>{}. " + 300 * "the council of Oravia met ", "<style>{}</style>" + 6 * _PROSE, "<body><div class=date>{}</div>" + 6 * _PROSE, "<textarea>{}</textarea>" + 6 * _PROSE,
)  # fmt: skip
_TEXT = (
    "Twelve people were rescued when the ferry sank off Belmark on Tuesday, the coast guard of Oravia said.\n"
)
_WITHIN_TEXT = (
    "{0}",
    5 * _TEXT + "{0}",
    "{0}\n" + 5 * _TEXT,
    "A ferry sank\nBy Ada Morn\n{0}\n" + 5 * _TEXT + "{0}",
    5 * _TEXT.replace("\n", " ") + "{0}",
    "Photo: {0}\n" + 5 * _TEXT,
)


def heavy(rng: Random, *, most: int) -> str:
    """A page that says one thing, or a few in turn, very often.

    Args:
        rng: A seeded source of chance.
        most: Code points that the repeated part may have.
    """
    return _filled(rng, rng.choice(_WITHIN), most)


def heavy_flat(rng: Random, *, most: int) -> str:
    """The same for a page saved as text."""
    return _filled(rng, rng.choice(_WITHIN_TEXT), most)


def _filled(rng: Random, frame: str, most: int) -> str:
    unit = "".join(rng.choice(_UNITS) for _ in range(rng.choice((1, 1, 1, 1, 2, 2, 3, 5))))
    size = rng.choice((most // 20, most // 4, most, most))
    if rng.random() < 0.1:
        # Each time with another number, so that no two are equal.
        return frame.format("".join(f"{unit}{i}" for i in range(size // (len(unit) + 5))))
    if rng.random() < 0.15:
        half = size // len(unit) // 2 + 1
        return frame.format(unit * half + rng.choice(_UNITS) * half)[: 2 * most]
    return frame.format(unit * (size // len(unit) + 1))
