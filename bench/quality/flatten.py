"""Pages with a known body, flattened as people and crawlers do: the ground on which flat cleaning is measured.

Four ways: `copied` (a browser's copy-all: bullets, tabs, blank lines), `extracted` (a plain extractor: page
furniture dropped where its tag says so, inline runs glued), `crawled` (one line a block, no blank lines), `lost`
(every line break gone).
"""

from __future__ import annotations

import gzip
import json
import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from lxml import html as lxml_html
from lxml.etree import Comment, ProcessingInstruction

if TYPE_CHECKING:
    from collections.abc import Iterator

SHARED = Path(__file__).parents[3] / "shared"
WAYS = ("copied", "extracted", "crawled", "lost")
_DROPPED = {"script", "style", "noscript", "template", "svg", "head", "iframe", "object", "select", "math"}
_FURNITURE = {"nav", "header", "footer", "aside", "button", "menu"}
_INLINE = {
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i",
    "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time",
    "tt", "u", "var", "wbr", "img", "picture", "source", "input", "button",
}  # fmt: skip
_SPACED = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "blockquote", "figure", "table"}


def _walk(element: lxml_html.HtmlElement, way: str, out: list[str]) -> None:
    for event, node in _events(element, way):
        tag = node.tag
        if event == "text":
            out.append(re.sub(r"\s+", " ", node.text or ""))
        elif event == "tail":
            out.append(re.sub(r"\s+", " ", node.tail or ""))
        elif tag == "br":
            out.append("\n" if event == "start" else "")
        elif tag not in _INLINE:
            out.append("\n\n" if tag in _SPACED else "\n")
            if event == "start" and tag == "li" and way == "copied":
                out.append("  • ")
            if event == "end" and tag in {"td", "th"} and way == "copied":
                out.append("\t")


def _events(root: lxml_html.HtmlElement, way: str) -> Iterator[tuple[str, lxml_html.HtmlElement]]:
    stack: list[tuple[str, lxml_html.HtmlElement]] = [("start", root)]
    while stack:
        event, node = stack.pop()
        if event != "start":
            yield event, node
            continue
        skipped = (
            node.tag in (Comment, ProcessingInstruction)
            or node.tag in _DROPPED
            or "display:none" in (node.get("style") or "").replace(" ", "")
            or (way == "extracted" and node.tag in _FURNITURE)
        )
        if skipped:
            continue
        yield "start", node
        yield "text", node
        stack.append(("end", node))
        for child in reversed(node):
            stack.append(("tail", child))
            stack.append(("start", child))


def flatten(source: str, way: str) -> str:
    """The visible text of an HTML page, flattened in one of the four ways."""
    tree = lxml_html.document_fromstring(source)
    body = tree.find("body")
    out: list[str] = []
    _walk(tree if body is None else body, way, out)
    text = re.sub(r" *\n *", "\n", re.sub(r"[ \xa0]+", " ", "".join(out)))
    text = re.sub(r"• *\n+(?:  • *\n+)*(?=[^\s•])", "• ", text.replace("•", "  •")).replace("    •", "  •")
    title = tree.findtext("head/title")
    if way in {"extracted", "lost"} and title:
        text = re.sub(r"\s+", " ", title) + "\n" + text
    if way == "lost":
        return re.sub(r"\s+", " ", text).strip()
    blank = "\n" if way == "crawled" else "\n\n"
    return re.sub(r"\n{2,}", blank, text).strip()


def read(folder: Path, page: str) -> str:
    """The page's source, with bytes that are no UTF-8 replaced."""
    return gzip.decompress((folder / page).read_bytes()).decode("utf-8", "replace")


@lru_cache(maxsize=1)
def scrapinghub() -> list[dict[str, str]]:
    """Records `id`, `url`, `text`, `source` of the development half."""
    folder = SHARED / "data" / "html" / "scrapinghub"
    with gzip.open(folder / "dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [{**row, "source": read(folder, row["html"])} for row in rows]
