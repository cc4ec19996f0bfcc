"""Random pages, and what a second reader (the standard library's) sees in them."""

from __future__ import annotations

import html
from html.parser import HTMLParser

from hypothesis import strategies as st

WORDS = [
    "harbour",
    "council",
    "Oravia",
    "Belmark",
    "minister",
    "said",
    "talks",
    "strike",
    "wounded",
    "1,200",
    "“enough”",
    "isn’t",
    "—",
    "naïve",
    "Ödön",
    "Чайка",
    "港口",
    "agreement",
    "closed",
    "Tuesday",
    "ministry's",
    "fish&chips",
    "<b-side>",
    "x>y",
    "état",
]
CLASSES = (
    "",
    "nav",
    "share-bar",
    "byline",
    "caption",
    "related",
    "content",
    "story-body",
    "date",
    "ad slot",
    "xyz",
)


@st.composite
def _words(draw, least=1, most=12):
    return " ".join(draw(st.lists(st.sampled_from(WORDS), min_size=least, max_size=most)))


@st.composite
def _escaped(draw, least=1, most=12):
    text = draw(_words(least, most))
    escaped = html.escape(text, quote=draw(st.booleans()))
    for char, reference in draw(
        st.sampled_from(
            [(), (("’", "&#8217;"), ("—", "&mdash;")), ((" ", "&nbsp;"),), (("é", "&eacute"), (" ", "\n  "))]
        )
    ):
        escaped = escaped.replace(char, reference + (";" if reference[-1] not in "; \n" else ""))
    return escaped


@st.composite
def _inline(draw):
    parts = []
    for _ in range(draw(st.integers(1, 4))):
        text = draw(_escaped())
        wrap = draw(
            st.sampled_from(
                [
                    "{}",
                    "<b>{}</b>",
                    '<a href="/x?a=1&b=2">{}</a>',
                    "<i>{}",
                    "{}<br>",
                    "<span class='x'>{}</span>",
                    "{}<!-- c -->",
                ]
            )
        )
        parts.append(wrap.format(text.replace("{", "").replace("}", "")))
    return draw(st.sampled_from([" ", "", "\n"])).join(parts)


@st.composite
def _block(draw, depth=2):
    tag = draw(
        st.sampled_from(
            [
                "p",
                "div",
                "li",
                "h2",
                "blockquote",
                "figcaption",
                "td",
                "section",
                "aside",
                "nav",
                "footer",
                "span",
            ]
        )
    )
    name = draw(st.sampled_from(CLASSES))
    inner = draw(_inline())
    if depth and draw(st.booleans()):
        inner += draw(_block(depth=depth - 1))
    closing = draw(st.sampled_from([f"</{tag}>", f"</{tag}>", "" if tag in {"p", "li"} else f"</{tag}>"]))
    return f'<{tag} class="{name}">{inner}{closing}'


@st.composite
def pages(draw):
    """An HTML page with an article, chrome, and the untidiness of real ones."""
    title = draw(_escaped(3, 8))
    paragraphs = "".join(
        f"<p>{draw(_inline())} {draw(_escaped(8, 30))}.</p>\n" for _ in range(draw(st.integers(1, 5)))
    )
    before = "".join(draw(st.lists(_block(), max_size=3)))
    after = "".join(draw(st.lists(_block(), max_size=3)))
    script = draw(
        st.sampled_from(["", "<script>if (a < b) { c = '<p>no</p>' }</script>", "<style>p > a {}</style>"])
    )
    return (
        f"<!doctype html><html lang=en><head><title>{title}</title>{script}</head><body>{before}"
        f"<article><h1>{title}</h1>{paragraphs}</article>{after}</body></html>"
    )


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.parts, self.skip = [], 0

    def handle_starttag(self, tag, attrs):
        self.skip += tag in {"script", "style", "title"}

    def handle_endtag(self, tag):
        self.skip -= tag in {"script", "style", "title"}

    def handle_data(self, data):
        if not self.skip:
            self.parts.append(data)


def visible(page: str) -> str:
    """Every character a page shows, by the standard library's parser, white space left out."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return "".join("".join(reader.parts).split())
