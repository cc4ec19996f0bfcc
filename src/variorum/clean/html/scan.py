"""One pass over a page's HTML: elements, and text nodes with the place of every character.

lxml and its kin tell no offsets, so the page is read once more here. The reading follows the HTML Standard's
tokenizer (section 13.2.5) in what it sees as tag, comment, raw text and reference; of its tree rules it keeps
those that decide where a block of text ends: implied end tags, and end tags that do not match.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from variorum.clean.html.chars import letters, seen
from variorum.errors import PageRefused

if TYPE_CHECKING:
    from variorum.settings import Limits


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


VOID = _names(
    "area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr"
)
# What ends a line of text. Buttons and form parts are inline in the Standard but never part of a sentence.
BLOCK = _names(
    "address article aside blockquote body button canvas caption center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html iframe legend li listing "
    "main menu nav noscript object ol optgroup option p pre search section select summary svg table tbody td "
    "template textarea tfoot th thead title tr ul video audio"
)
_CLOSES_P = BLOCK - {"body", "button", "html", "head", "object", "option", "optgroup", "select", "noscript"}
# A start tag that ends an open element of these names, unless one of the others stands between (13.1.2.4).
_IMPLIED: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "li": (frozenset({"li"}), frozenset({"ul", "ol", "menu", "dir"})),
    "dt": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "dd": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "tr": (frozenset({"tr"}), frozenset({"table"})),
    "td": (frozenset({"td", "th"}), frozenset({"tr", "table"})),
    "th": (frozenset({"td", "th"}), frozenset({"tr", "table"})),
    "option": (frozenset({"option"}), frozenset({"select"})),
}
_P_SCOPE = frozenset({"table", "td", "th", "button", "caption", "object", "template", "figure", "article"})
# Formatting elements and tables end by rules of their own (13.2.6.4.7, 13.2.4.2).
_FORMATTING = _names("a b big code em font i nobr s small strike strong tt u")
_TABLE_PARTS = _names("table tbody td tfoot th thead tr caption")
_TABLE_STOP = frozenset({"table"})
_SCOPE = frozenset({"td", "th", "caption", "table"})
_RAW_TEXT = frozenset({"script", "style", "xmp", "iframe", "noembed", "noframes"})
_RCDATA = frozenset({"textarea", "title"})
_RAW_END = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in _RAW_TEXT | _RCDATA}
# Elements whose attributes or raw text speak of the page rather than stand in it.
_NOTED = frozenset({"html", "meta", "link", "script", "time", "title"})
# Elements that trafilatura drops with all in them, wherever they stand: without them it reads a page in two thirds of the time
# and finds the same words on 194 of 197 pages tried (docs/why/clean-html.md).
_IDLE = _names(
    "area aside base button col embed footer iframe img input link meta nav noembed noframes noscript param script select source style svg track"
)

# Quotes count only after "=", so one quotation mark too many does not swallow the page.
_TOKEN = re.compile(
    r"<(?:(/?)([a-zA-Z][^\s/>]*)((?:[^=>]++|=\s*+(?:\"[^\"]*+\"|'[^']*+'|))*+)>|!--|[!?/]|(?=[a-zA-Z]))",
)
ATTRIBUTE = re.compile(r"([^\s/>=\"'][^\s/>=]*)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>][^\s>]*)))?")
_COMMENT_END = re.compile(r"--!?>")

# Tags that never close make every later one read to the end; so many such readings are borne, then no more.
_LOST_READINGS = 20


class _Kind:
    """What an element's name says of how it is read."""

    __slots__ = ("block", "closes_p", "formatting", "idle", "implied", "name", "noted", "raw", "void")

    def __init__(self, name: str) -> None:
        self.name = name
        self.block = name in BLOCK
        self.closes_p = name in _CLOSES_P
        self.implied = _IMPLIED.get(name)
        self.formatting = name in _FORMATTING
        self.idle = name in _IDLE
        self.noted = name in _NOTED
        self.raw = name in _RAW_END
        self.void = name in VOID


# By name as it stands in a page, capitals and all.
_KINDS: dict[str, _Kind] = {}
# Names beyond the Standard's are a page's own: so many are kept, then all are read anew.
_MOST_KINDS = 1_000


def _kind(name: str) -> _Kind:
    if len(_KINDS) > _MOST_KINDS:
        _KINDS.clear()
    return _KINDS.setdefault(name, _Kind(name.lower()))


class Node:
    """A stretch of text between two tags: code points `[start, end)` of the page.

    Attributes:
        element: Index of the element it stands in.
        flow: Number of its line: nodes of one flow run on without a block between them.
        breaks: `<br>` tags between it and the node before.
        space: Where white space before it begins (its first code point), or -1.
        words: What a reader sees of it, white space single.
        letters: Its letters and digits.
        mark: What was set behind its last letter for an extractor, to tell it from its copies; mostly nothing.
    """

    __slots__ = ("breaks", "element", "end", "flow", "letters", "mark", "space", "start", "words")

    def __init__(self, start: int, end: int, *, element: int, flow: int, breaks: int, space: int) -> None:
        self.start = start
        self.end = end
        self.element = element
        self.flow = flow
        self.breaks = breaks
        self.space = space
        self.words = ""
        self.letters = ""
        self.mark = ""


class Scan:
    """What one page holds.

    Attributes:
        raw: The page, decoded.
        tags: Name of each element, in page order; the first is the root, which stands for the page.
        parents: Index of each element's parent.
        attributes_at: Where the attributes of each element's start tag stand.
        nodes: Text nodes that are not white space alone, in page order.
        noted: Elements that speak of the page (`meta`, `link`, `script`, `time`, `html`, `title`).
        raw_text: For `script`, `style`, `title` and the like: where their content stands.
        idle: Stretches of the source, in order of their ends, that no extractor takes text from: comments, scripts, menus.
    """

    __slots__ = ("attributes_at", "idle", "nodes", "noted", "parents", "raw", "raw_text", "tags")

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.tags: list[str] = ["#page"]
        self.parents: list[int] = [-1]
        self.attributes_at: list[tuple[int, int]] = [(0, 0)]
        self.nodes: list[Node] = []
        self.noted: list[int] = []
        self.raw_text: dict[int, tuple[int, int]] = {}
        self.idle: list[tuple[int, int]] = []

    def attributes(self, element: int) -> dict[str, tuple[int, int]]:
        """Attributes of an element: where each value stands; the first of equal names counts."""
        start, end = self.attributes_at[element]
        found: dict[str, tuple[int, int]] = {}
        for match in ATTRIBUTE.finditer(self.raw, start, end):
            group = match.lastindex or 1
            span = match.span(group) if group > 1 else (match.end(), match.end())
            found.setdefault(match[1].lower(), span)
        return found


def scan(raw: str, limits: Limits) -> Scan:
    """Read a page.

    Args:
        raw: The page, decoded, complete.
        limits: What it may hold.

    Raises:
        PageRefused: If it holds more, or tags that never close.
    """
    found = _Scanner(raw, limits).run()
    for node in found.nodes:
        node.words = words = seen(raw, node.start, node.end)
        node.letters = letters(words)
    return found


class _Scanner:
    """The state of one reading."""

    def __init__(self, raw: str, limits: Limits) -> None:
        self.raw = raw
        self.limits = limits
        self.found = Scan(raw)
        self.stack = [0]
        self.open: dict[str, int] = {}
        self.flow = 0
        self.breaks = 0
        self.space = -1
        self.lost = _LOST_READINGS

    def run(self) -> Scan:
        raw, search, kinds = self.raw, _TOKEN.search, _KINDS
        position = text_start = 0
        while (match := search(raw, position)) is not None:
            closing, name, _ = match.groups()
            start = match.start()
            if start > text_start:
                self._text(text_start, start)
            if name is None:
                position, text_start = self._markup(match)
                continue
            kind = kinds.get(name) or _kind(name)
            if closing:
                self._end_tag(kind, match)
                position = text_start = match.end()
            else:
                position = text_start = self._start_tag(kind, match)
        if text_start < len(raw):
            self._text(text_start, len(raw))
        return self.found

    def _text(self, start: int, end: int) -> None:
        if self.raw[start:end].isspace():
            if self.space < 0:
                self.space = start
            return
        nodes = self.found.nodes
        if nodes and nodes[-1].end == start and nodes[-1].flow == self.flow and not self.breaks:
            nodes[-1].end = end
            return
        node = Node(start, end, element=self.stack[-1], flow=self.flow, breaks=self.breaks, space=self.space)
        nodes.append(node)
        self.breaks, self.space = 0, -1

    def _markup(self, match: re.Match[str]) -> tuple[int, int]:
        """Pass a comment, declaration or broken tag; gives where reading goes on, and where the next text begins."""
        raw, start, opening = self.raw, match.start(), match[0]
        if opening == "<!--":
            if raw.startswith((">", "->"), start + 4):
                end = raw.index(">", start) + 1
            else:
                closing = _COMMENT_END.search(raw, start + 4)
                end = closing.end() if closing else len(raw)
                if closing:
                    self.found.idle.append((start, end))
            return end, end
        following = raw[start + len(opening) : start + len(opening) + 1]
        if opening in {"<", "</"} and following.isascii() and following.isalpha():
            # A tag that never closes is text here, so that its words do not vanish.
            self.lost -= 1
            if self.lost < 0:
                raise PageRefused("tags that never close")
            return start + len(opening), start
        end = raw.find(">", start) + 1 or len(raw)
        return end, end

    def _start_tag(self, kind: _Kind, match: re.Match[str]) -> int:
        found, name = self.found, kind.name
        if name == "br":
            self.breaks += 1
            return match.end()
        if kind.block:
            self._new_flow()
            if kind.closes_p and self.open.get("p"):
                self._close_up_to(frozenset({"p"}), _P_SCOPE)
            if kind.implied:
                self._close_up_to(*kind.implied)
        elif name == "a" and self.open.get("a"):
            self._drop("a")
        elif name == "time" and found.nodes and found.tags[found.nodes[-1].element] == "time":
            # Two stamps side by side, published and updated: style sheets part or hide them, words do not run together.
            self.breaks = self.breaks or int(self.space < 0 and found.nodes[-1].flow == self.flow)
        element = len(found.tags)
        if element > self.limits.nodes:
            raise PageRefused(f"more than {self.limits.nodes} tags")
        attributes = start, end = match.span(3)
        if end - start > self.limits.attributes and self.raw.count("=", start, end) > self.limits.attributes:
            raise PageRefused(f"more than {self.limits.attributes} attributes on one tag")
        found.tags.append(name)
        found.parents.append(self.stack[-1])
        found.attributes_at.append(attributes)
        if kind.noted:
            found.noted.append(element)
        if kind.raw:
            return self._raw_text(kind, element, match)
        if not kind.void:
            self.stack.append(element)
            self.open[name] = self.open.get(name, 0) + 1
            if len(self.stack) > self.limits.depth:
                raise PageRefused(f"tags nested more than {self.limits.depth} deep")
        elif kind.idle:
            found.idle.append(match.span())
        return match.end()

    def _raw_text(self, kind: _Kind, element: int, match: re.Match[str]) -> int:
        start = match.end()
        end_match = _RAW_END[kind.name].search(self.raw, start)
        end = end_match.start() if end_match else len(self.raw)
        self.found.raw_text[element] = (start, end)
        if kind.block:
            self._new_flow()
        if kind.name == "textarea" and end > start and not self.raw[start:end].isspace():
            self.found.nodes.append(Node(start, end, element=element, flow=self.flow, breaks=0, space=-1))
            self._new_flow()
        after = self.raw.find(">", end) + 1 or len(self.raw)
        # An article's text may stand in its data for machines, and nowhere else.
        if kind.idle and end_match and "ld+json" not in match[3].lower():
            self.found.idle.append((match.start(), after))
        return after

    def _end_tag(self, kind: _Kind, match: re.Match[str]) -> None:
        name = kind.name
        if kind.block:
            self._new_flow()
        if name == "br":
            self.breaks += 1
        if not self.open.get(name):
            return
        if kind.formatting:
            self._drop(name)
            return
        if kind.block:
            closed = self._close_up_to(frozenset({name}), _TABLE_STOP if name in _TABLE_PARTS else _SCOPE)
        else:
            # A stray inline end tag does not close the block it stands in.
            closed = self._close_up_to(frozenset({name}), BLOCK)
        if kind.idle and closed:
            self.found.idle.append((self.found.attributes_at[closed][0] - len(name) - 1, match.end()))

    def _drop(self, name: str) -> None:
        """End an inline element without ending the blocks opened inside it."""
        tags, stack = self.found.tags, self.stack
        for depth in range(len(stack) - 1, 0, -1):
            if tags[stack[depth]] == name:
                del stack[depth]
                self.open[name] -= 1
                return

    def _close_up_to(self, names: frozenset[str], stop: frozenset[str]) -> int:
        """Close the innermost open element of one of `names`, unless one of `stop` stands inside; gives it, or 0."""
        tags, stack, still = self.found.tags, self.stack, self.open
        for depth in range(len(stack) - 1, 0, -1):
            tag = tags[stack[depth]]
            if tag in names:
                closed = stack[depth]
                for element in stack[depth:]:
                    still[tags[element]] -= 1
                del stack[depth:]
                return closed
            if tag in stop:
                return 0
        return 0

    def _new_flow(self) -> None:
        self.flow += 1
        self.breaks, self.space = 0, -1
