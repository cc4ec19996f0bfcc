"""What the elements of a page say of the text in them: what it is called by its tags, classes and roles."""

from __future__ import annotations

import functools
import itertools
import re
from collections import Counter
from typing import TYPE_CHECKING

from variorum.clean.html.scan import ATTRIBUTE

if TYPE_CHECKING:
    from variorum.clean.html.scan import Node, Scan
    from variorum.records.document import BlockKind, RemovedKind

    # What the attributes of a start tag say: its names, what is removed under them, whether it is hidden.
    _Facts = tuple[str, RemovedKind | None, bool]


# Pages repeat few names many times; more than so many distinct ones are forgotten again.
_KNOWN = 16_384
# Longer attributes come once (pictures written out in a style); to remember them would hold 16,384 times their length.
_REMEMBERED = 1_000
_RUN = re.compile("[a-z]+")


class _Called:
    """Tells whether a class, id or role has one of some words as a part: `site-nav`, `navBar_main`, `nav`.

    Attributes:
        starts: The runs of letters with which one of the words begins: names without any of them are none of these.
    """

    def __init__(self, words: str) -> None:
        spelled = [one for word in words.split() for one in _spelled(word)]
        self._whole = frozenset(word for word in spelled if _RUN.fullmatch(word))
        self._parts = [re.compile(rf"(?<![a-z]){word}(?![a-z])") for word in spelled if "-" in word]
        self.starts = self._whole | {word.split("-")[0] for word in spelled}
        self._known: dict[str, bool] = {}

    def fits(self, names: str) -> bool:
        """Whether one of the words is a part of the names."""
        told = self._known.get(names)
        if told is None:
            if len(self._known) >= _KNOWN:
                self._known.clear()
            told = self._known[names] = self.among(names, _RUN.findall(names))
        return told

    def among(self, names: str, runs: list[str]) -> bool:
        """`fits`, of names whose runs of letters are known."""
        if self.starts.isdisjoint(runs):
            return False
        return not self._whole.isdisjoint(runs) or any(part.search(names) for part in self._parts)


def _spelled(word: str) -> list[str]:
    """The ways to spell a word: `teasers?` is two, `see-?also` is two, `read-?(?:more|next)` four."""
    parts = re.findall(r"(?:\(\?:([^()]*)\)|([a-z-]))(\??)", word)
    options = [(group or letter).split("|") + [""] * len(may) for group, letter, may in parts]
    return ["".join(chosen) for chosen in itertools.product(*options)]


# In order: the first that fits an element names what was removed with it.
_REMOVED: tuple[tuple[RemovedKind, _Called], ...] = (
    (
        "advert",
        _Called("ads? adv adverts? advertisement advertising sponsor sponsored dfp taboola outbrain adslot"),
    ),
    (
        "comment_form",
        _Called("comment-?form commentform respond reply-?form leave-?(?:a-)?(?:comment|reply)"),
    ),
    ("comments", _Called("comments? commentlist disqus discussion replies")),
    (
        "social",
        _Called(
            "share shares sharing sharebar sharedaddy social socials addthis addtoany sociable facebook twitter "
            "whatsapp telegram follow follow-?us like-?box"
        ),
    ),
    (
        "subscription",
        _Called(
            "newsletters? subscribe subscriber subscription subscriptions paywall signup sign-?up login log-?in "
            "signin sign-?in register registration membership"
        ),
    ),
    (
        "related",
        _Called(
            "related relateds recommended recommendations? recirc recirculation more-?(?:stories|news|articles|on|from) "
            "read-?(?:more|next|also) see-?also most-?(?:read|popular|viewed|shared) trending popular latest teasers? "
            "up-?next also-?read similar"
        ),
    ),
    ("licence", _Called("copyright copyrights license licence legal disclaimer rights imprint colophon")),
    ("promotion", _Called("promo promos promotion donate donation campaign app-?(?:download|promo) cta")),
    (
        "template",
        _Called("cookie cookies consent gdpr modal popup overlay loader loading placeholder preload"),
    ),
    (
        "navigation",
        _Called(
            "nav navs navbar navigation menu menus submenu breadcrumbs? skip skiplinks? topbar masthead toolbar "
            "site-?header page-?header site-?footer page-?footer footer pagination pager search tags? taglist banner "
            "contentinfo categories"
        ),
    ),
    ("media", _Called("gallery slideshow carousel video audio player podcast media image photo picture")),
)
_TELLING = frozenset().union(*(words.starts for _, words in _REMOVED))
_REMOVED_TAGS: dict[str, RemovedKind] = {
    "nav": "navigation",
    "menu": "navigation",
    "footer": "navigation",
    "search": "navigation",
    "form": "comment_form",
    "textarea": "comment_form",
    "select": "template",
    "option": "template",
    "button": "template",
    "label": "template",
    "dialog": "template",
    "template": "template",
    "noscript": "template",
    "svg": "media",
    "figure": "media",
    "video": "media",
    "audio": "media",
    "iframe": "media",
    "pre": "code",
    "code": "code",
    "aside": "related",
}
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)

_BYLINE = _Called("byline by-?line author authors author-?name contributor contributors writer")
_DATELINE = _Called(
    "date datetime dateline timestamp pubdate published publish-?date post-?date time updated"
)
_CAPTION = _Called("caption captions figcaption wp-caption-text image-?caption photo-?caption")
_HEADLINE = _Called("headline entry-title (?:post|article|story|news)-?title article-?heading bookmark")
_SITE = _Called("site-?(?:title|name) blog-?title site-?branding branding logo")
# Words for those who hear the page.
_SPOKEN = _Called(
    "sr-only aural screen-reader-text assistive-text visually-?hidden element-invisible hide-accessible"
)
_LEAD = _Called(
    "lead leads lede standfirst summary intro introduction deck dek sub-?title sub-?head sub-?headline sub-?heading chapo chapeau "
    "vorspann anleser entradilla bajada occhiello sommario strapline"
)
# So a lead is called too, and the teasers of other articles.
_TEASER = _Called("teaser excerpt abstract description")
_EMBED = _Called(
    r"twitter-tweet instagram-media fb-post telegram-post reddit-embed bluesky-embed mastodon-embed embed"
)
_CORRECTION = _Called("correction corrections clarification editors?-?note editorial-?note")
_CORRECTION_TEXT = re.compile(
    r"(?:correction|clarification|editor['’]s note)\b\W|(?:an earlier|a previous) version of this (?:article|story|report|page)",
    re.IGNORECASE,
)
_CHROME: frozenset[RemovedKind | None] = frozenset(
    {
        "advert",
        "comments",
        "comment_form",
        "related",
        "social",
        "subscription",
        "navigation",
        "promotion",
        "template",
    }
)
# What holds the whole page is called by the page's state ("nav-open", "no-cookie").
_WHOLE = frozenset({"html", "body"})
# How a word is read (ruby): readers of the page see it above the word, it is none of the sentence's.
READINGS = frozenset({"rt", "rp"})
_UNSHOWN = READINGS | {"template", "noscript", "head"}
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


class Elements:
    """Reads tags, classes and roles of a page's elements, each once."""

    def __init__(self, page: Scan) -> None:
        self.page = page
        self._facts: list[_Facts | None] = [None] * len(page.tags)
        self._removed: dict[int, RemovedKind | None] = {-1: None}
        self._article: frozenset[int] = frozenset()
        self._hidden: dict[int, bool] = {-1: False}
        self._byline: dict[int, bool] = {}

    def ancestors(self, element: int, levels: int = -1) -> list[int]:
        """The element itself and all around it, innermost first, or so many of them."""
        found: list[int] = []
        parents = self.page.parents
        while element > 0 and len(found) != levels:
            found.append(element)
            element = parents[element]
        return found

    def set_article(self, nodes: list[Node]) -> None:
        """Say which text nodes are the article's: what holds half of them is a frame, whatever it is called.

        (`body class="sticky-nav"`, `div class="with-sidebar"`.)
        """
        counts: Counter[int] = Counter()
        for node in nodes:
            counts.update(self.ancestors(node.element))
        self._article = frozenset(e for e, n in counts.items() if 2 * n >= len(nodes))
        self._removed = {-1: None}

    def in_menu(self, element: int) -> bool:
        """Whether the element stands in a menu, by its tag."""
        return any(self.page.tags[e] in {"nav", "menu"} for e in self.ancestors(element))

    def names(self, element: int) -> str:
        """Class, id, role and the like of an element, in lower case, joined by spaces."""
        return self._read(element)[0]

    def _read(self, element: int) -> _Facts:
        facts = self._facts[element]
        if facts is None:
            start, end = self.page.attributes_at[element]
            read = _facts_in if end - start <= _REMEMBERED else _facts_in.__wrapped__
            facts = self._facts[element] = read(self.page.raw[start:end]) if end - start > 4 else _NO_FACTS
        return facts

    def called(self, element: int, words: _Called, *, levels: int) -> bool:
        """Whether the element or one of the `levels - 1` around it is called so."""
        for _ in range(levels):
            if element <= 0:
                return False
            if (names := self.names(element)) and words.fits(names):
                return True
            element = self.page.parents[element]
        return False

    def removed_kind(self, element: int) -> RemovedKind | None:
        """What text in the element is by its innermost telling ancestor; None if none tells."""
        removed = self._removed
        if element in removed:
            return removed[element]
        path = []
        while element not in removed:
            path.append(element)
            element = self.page.parents[element]
        kind = removed[element]
        for inner in reversed(path):
            kind = self._own_kind(inner) or kind
            removed[inner] = kind
        return kind

    def _own_kind(self, element: int) -> RemovedKind | None:
        """What the element's own tag and names say it is; None for the article's frame."""
        if element in self._article or self.page.tags[element] in _WHOLE:
            return None
        return self._read(element)[1] or _REMOVED_TAGS.get(self.page.tags[element])

    def hidden(self, element: int) -> bool:
        """Whether a reader with an ordinary browser does not see it."""
        known = self._hidden
        if element in known:
            return known[element]
        path = []
        while element not in known:
            path.append(element)
            element = self.page.parents[element]
        state, tags = known[element], self.page.tags
        for inner in reversed(path):
            state = state or tags[inner] in _UNSHOWN or self._read(inner)[2]
            known[inner] = state
        return state

    def block_kind(self, nodes: list[Node]) -> BlockKind:
        """What a line of kept text is."""
        element = nodes[0].element
        if _CORRECTION_TEXT.match(nodes[0].words) or self.called(element, _CORRECTION, levels=3):
            return "correction"
        tags = [self.page.tags[e] for e in self.ancestors(element)]
        if _HEADINGS.intersection(tags):
            return "heading"
        if self.is_caption(element):
            return "caption"
        for inner, tag in zip(self.ancestors(element), tags, strict=True):
            if tag == "blockquote":
                return "embed" if self.called(inner, _EMBED, levels=2) else "quote"
            if tag == "li":
                return "list"
        return "embed" if self.called(element, _EMBED, levels=4) else "paragraph"

    def is_caption(self, element: int) -> bool:
        """Whether text in the element is a caption."""
        for inner in self.ancestors(element, 5):
            if self.page.tags[inner] == "figcaption":
                return True
        return self.called(element, _CAPTION, levels=3)

    def is_headline(self, element: int) -> bool:
        """Whether the element or one just around it is called a headline."""
        return self.called(element, _HEADLINE, levels=3)

    def is_site(self, element: int) -> bool:
        """Whether text in the element is called the site's name or sign."""
        return self.called(element, _SITE, levels=3)

    def is_spoken(self, element: int) -> bool:
        """Whether text in the element is called one for screen readers."""
        return self.called(element, _SPOKEN, levels=1)

    def is_lead(self, element: int) -> bool:
        """Whether text in the element is called the article's lead."""
        return self.called(element, _LEAD, levels=2)

    def is_teaser(self, element: int) -> bool:
        """Whether text in the element is called a teaser, excerpt or description, of this article or of another."""
        return self.called(element, _TEASER, levels=3)

    def removed_lead(self, element: int) -> RemovedKind | None:
        """What a lead in the element is removed as: `removed_kind`, but for what is called a lead or a teaser itself."""
        for inner in self.ancestors(element):
            names = self.names(inner)
            if not _TEASER.fits(names) and not _LEAD.fits(names) and (kind := self._own_kind(inner)):
                return kind
        return None

    def in_chrome(self, element: int) -> bool:
        """Whether the element stands in what is no part of an article, whatever else it is called."""
        return self.removed_kind(element) in _CHROME

    def is_byline(self, element: int) -> bool:
        """Whether text in the element names who wrote the page."""
        told = self._byline.get(element)
        if told is None:
            told = self._byline[element] = self.called(element, _BYLINE, levels=3)
        return told

    def is_dateline(self, element: int) -> bool:
        """Whether text in the element says when the page was published."""
        return any(self.page.tags[e] == "time" for e in self.ancestors(element, 2)) or self.called(
            element, _DATELINE, levels=2
        )


_NO_FACTS: _Facts = ("", None, False)
_WANTED = ("class", "id", "role", "itemprop", "rel", "data-testid", "data-component")


@functools.lru_cache(maxsize=_KNOWN)
def _facts_in(attributes: str) -> _Facts:
    """Read the attributes of a start tag; the first of equal ones counts."""
    found: dict[str, str] = {}
    for name, double, single, bare in reversed(ATTRIBUTE.findall(attributes)):
        found[name.lower()] = double or single or bare
    names = " ".join([_split_words(found[name]) for name in _WANTED if name in found])
    hidden = "hidden" in found or ("style" in found and bool(_HIDDEN_STYLE.search(found["style"])))
    return names, _kind_of(names), hidden


def _kind_of(names: str) -> RemovedKind | None:
    """What is removed under such a class, id or role."""
    runs = _RUN.findall(names)
    if _TELLING.isdisjoint(runs):
        return None
    return next((kind for kind, words in _REMOVED if words.among(names, runs)), None)


_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def _split_words(names: str) -> str:
    """`navBar_main` as `nav-bar_main`."""
    return (names if names.islower() else _CAMEL.sub("-", names)).lower()
