"""What the elements of a page say of the text in them: what it is called by its tags, classes and roles."""

from __future__ import annotations

import functools
import re
from collections import Counter
from typing import TYPE_CHECKING

from variorum.clean.html.chars import seen

if TYPE_CHECKING:
    from variorum.clean.html.scan import Node, Scan
    from variorum.records.document import BlockKind, RemovedKind


def _called(words: str) -> re.Pattern[str]:
    """Matches a class, id or role that has one of the words as a part: `site-nav`, `navBar_main`, `nav`."""
    return re.compile(rf"(?<![a-z])(?:{words.replace(' ', '|')})(?![a-z])")


# In order: the first that fits an element names what was removed with it.
_REMOVED: tuple[tuple[RemovedKind, re.Pattern[str]], ...] = (
    (
        "advert",
        _called("ads? adv adverts? advertisement advertising sponsor sponsored dfp taboola outbrain adslot"),
    ),
    (
        "comment_form",
        _called("comment-?form commentform respond reply-?form leave-?(?:a-)?(?:comment|reply)"),
    ),
    ("comments", _called("comments? commentlist disqus discussion replies")),
    (
        "social",
        _called(
            "share shares sharing sharebar sharedaddy social socials addthis addtoany sociable facebook twitter "
            "whatsapp telegram follow follow-?us like-?box"
        ),
    ),
    (
        "subscription",
        _called(
            "newsletters? subscribe subscriber subscription subscriptions paywall signup sign-?up login log-?in "
            "signin sign-?in register registration membership"
        ),
    ),
    (
        "related",
        _called(
            "related relateds recommended recommendations? recirc recirculation more-?(?:stories|news|articles|on|from) "
            "read-?(?:more|next|also) see-?also most-?(?:read|popular|viewed|shared) trending popular latest teasers? "
            "up-?next also-?read similar"
        ),
    ),
    ("licence", _called("copyright copyrights license licence legal disclaimer rights imprint colophon")),
    ("promotion", _called("promo promos promotion donate donation campaign app-?(?:download|promo) cta")),
    (
        "template",
        _called("cookie cookies consent gdpr modal popup overlay loader loading placeholder preload"),
    ),
    (
        "navigation",
        _called(
            "nav navs navbar navigation menu menus submenu breadcrumbs? skip skiplinks? topbar masthead toolbar "
            "site-?header page-?header site-?footer page-?footer footer pagination pager search tags? taglist banner "
            "contentinfo categories"
        ),
    ),
    ("media", _called("gallery slideshow carousel video audio player podcast media image photo picture")),
)
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

_BYLINE = _called("byline by-?line author authors author-?name contributor contributors writer")
_DATELINE = _called(
    "date datetime dateline timestamp pubdate published publish-?date post-?date time updated"
)
_CAPTION = _called("caption captions figcaption wp-caption-text image-?caption photo-?caption")
_LEAD = _called(
    "lead leads lede standfirst summary intro introduction deck dek sub-?title sub-?head sub-?headline sub-?heading chapo chapeau "
    "vorspann anleser entradilla bajada occhiello sommario strapline"
)
# So a lead is called too, and the teasers of other articles.
_TEASER = _called("teaser excerpt abstract description")
_EMBED = _called(
    r"twitter-tweet instagram-media fb-post telegram-post reddit-embed bluesky-embed mastodon-embed embed"
)
_CORRECTION = _called("correction corrections clarification editors?-?note editorial-?note")
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
        self._names: dict[int, str] = {}
        self._removed: dict[int, RemovedKind | None] = {-1: None}
        self._article: frozenset[int] = frozenset()
        self._hidden: dict[int, bool] = {-1: False}

    def ancestors(self, element: int) -> list[int]:
        """The element itself and all around it, innermost first."""
        found = []
        while element > 0:
            found.append(element)
            element = self.page.parents[element]
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
        if element not in self._names:
            start, end = self.page.attributes_at[element]
            made = ""
            if end - start > 4:
                found = self.page.attributes(element)
                wanted = ("class", "id", "role", "itemprop", "rel", "data-testid", "data-component")
                made = " ".join(_split_words(self.page.raw[slice(*found[n])]) for n in wanted if n in found)
            self._names[element] = made
        return self._names[element]

    def called(self, element: int, pattern: re.Pattern[str], *, levels: int) -> bool:
        """Whether the element or one of the `levels - 1` around it is called so."""
        for _ in range(levels):
            if element <= 0:
                return False
            if (names := self.names(element)) and pattern.search(names):
                return True
            element = self.page.parents[element]
        return False

    def removed_kind(self, element: int) -> RemovedKind | None:
        """What text in the element is by its innermost telling ancestor; None if none tells."""
        path = []
        while element not in self._removed:
            path.append(element)
            element = self.page.parents[element]
        kind = self._removed[element]
        for inner in reversed(path):
            kind = self._own_kind(inner) or kind
            self._removed[inner] = kind
        return kind

    def _own_kind(self, element: int) -> RemovedKind | None:
        """What the element's own tag and names say it is; None for the article's frame."""
        if element in self._article or self.page.tags[element] in _WHOLE:
            return None
        return _kind_of(self.names(element)) or _REMOVED_TAGS.get(self.page.tags[element])

    def hidden(self, element: int) -> bool:
        """Whether a reader with an ordinary browser does not see it."""
        path = []
        while element not in self._hidden:
            path.append(element)
            element = self.page.parents[element]
        state = self._hidden[element]
        for inner in reversed(path):
            state = state or self._hides(inner)
            self._hidden[inner] = state
        return state

    def _hides(self, element: int) -> bool:
        page = self.page
        if page.tags[element] in _UNSHOWN:
            return True
        start, end = page.attributes_at[element]
        if end - start < 6:
            return False
        found = page.attributes(element)
        style = found.get("style")
        return "hidden" in found or (
            style is not None and bool(_HIDDEN_STYLE.search(page.raw[slice(*style)]))
        )

    def block_kind(self, nodes: list[Node]) -> BlockKind:
        """What a line of kept text is."""
        element = nodes[0].element
        text = seen(self.page.raw, nodes[0].start, nodes[0].end)
        if _CORRECTION_TEXT.match(text) or self.called(element, _CORRECTION, levels=3):
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
        for inner in self.ancestors(element)[:5]:
            if self.page.tags[inner] == "figcaption":
                return True
        return self.called(element, _CAPTION, levels=3)

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
            if not _TEASER.search(names) and not _LEAD.search(names) and (kind := self._own_kind(inner)):
                return kind
        return None

    def in_chrome(self, element: int) -> bool:
        """Whether the element stands in what is no part of an article, whatever else it is called."""
        return self.removed_kind(element) in _CHROME

    def is_byline(self, element: int) -> bool:
        """Whether text in the element names who wrote the page."""
        return self.called(element, _BYLINE, levels=3)

    def is_dateline(self, element: int) -> bool:
        """Whether text in the element says when the page was published."""
        return any(self.page.tags[e] == "time" for e in self.ancestors(element)[:2]) or self.called(
            element, _DATELINE, levels=2
        )


@functools.lru_cache(maxsize=16_384)
def _kind_of(names: str) -> RemovedKind | None:
    """What is removed under such a class, id or role: pages repeat few of them many times."""
    return next((kind for kind, pattern in _REMOVED if pattern.search(names)), None)


_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def _split_words(names: str) -> str:
    """`navBar_main` as `nav-bar_main`."""
    return _CAMEL.sub("-", names).lower()
