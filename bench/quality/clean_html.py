"""How well HTML pages are cleaned, beside trafilatura alone, on the pages in ../shared/data/html.

    python -m bench.quality.clean_html [--worst N]   # precision and recall of the pages where ours is furthest behind

Body text is every block but title, byline, dateline and caption, which the two benchmarks leave out.
"""

from __future__ import annotations

import argparse
import gzip
import json
import logging
import re
from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
import trafilatura

from bench.quality.measured import SHARED, Measured
from variorum.clean.decode import decode as to_text
from variorum.clean.html import clean_html
from variorum.errors import PageRefused
from variorum.settings import Limits

if TYPE_CHECKING:
    from collections.abc import Callable

DATA = SHARED / "data/html"
# One division alone says little: two fits that differ by a handful of labelled lines differ by two whole bodies.
DIVISIONS = 3
NOT_BODY = {"title", "byline", "dateline", "caption"}
TOKEN = re.compile(r"\w+")
META_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)


def read(folder: str, count: int) -> list[tuple[dict, str]]:
    """Records of one benchmark with their pages, decoded."""
    root = DATA / folder
    with gzip.open(root / "dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines][: count or None]
    return [(row, decode(gzip.decompress((root / row["html"]).read_bytes()))) for row in rows]


def decode(page: bytes) -> str:
    """A page's text, by UTF-8 where it fits, else by what it says."""
    try:
        return page.decode("utf-8")
    except UnicodeDecodeError:
        named = META_CHARSET.search(page[:4096])
        try:
            return page.decode(named[1].decode("ascii") if named else "cp1252", "replace")
        except LookupError:
            return page.decode("cp1252", "replace")


def ours(raw: str, url: str) -> str:
    """Body text by Variorum."""
    try:
        text, offsets = to_text(raw.encode("utf-8", "replace"), "utf-8")
        found = clean_html(text, offsets, url=url, limits=Limits())
    except PageRefused:
        return ""
    return "\n\n".join(found.text[a:b] for a, b, kind in found.blocks if kind not in NOT_BODY)


def mode(**options: bool) -> Callable[[str, str], str]:
    """Body text by trafilatura alone, in one of its modes."""

    def system(raw: str, url: str) -> str:
        found = trafilatura.bare_extraction(raw, url=url, include_comments=False, **options)
        return (found.text if found else "") or ""

    return system


plain = mode(fast=True)
RIVALS = {
    "trafilatura": mode(),
    "trafilatura fast": plain,
    "trafilatura precise": mode(favor_precision=True),
}


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Four-token shingles, counted; a shorter text is one shingle."""
    tokens = TOKEN.findall(text)
    if len(tokens) < 4:
        return Counter([tuple(tokens)]) if tokens else Counter()
    return Counter(zip(tokens, tokens[1:], tokens[2:], tokens[3:], strict=False))


def body_scores(gold: str, system: str) -> tuple[float, float]:
    """Precision and recall of shingles on one page."""
    a, b = shingles(gold), shingles(system)
    same = (a & b).total()
    if a == b:
        return 1.0, 1.0
    return (same / b.total() if b else 0.0), (same / a.total() if a else 0.0)


def snippets(row: dict, text: str) -> tuple[int, int, int, int]:
    """True and false positives, true and false negatives of the strings that must and must not be there."""
    flat = " ".join(text.split())
    hits = sum(" ".join(s.split()) in flat for s in row["with"])
    wrong = sum(" ".join(s.split()) in flat for s in row["without"])
    return hits, wrong, len(row["without"]) - wrong, len(row["with"]) - hits


def f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall)


def body_f1(pages: list[tuple[dict, str]], texts: list[str]) -> float:
    """F1 of mean precision and mean recall of shingles, as the benchmark reports it."""
    scores = [body_scores(row["text"], text) for (row, _), text in zip(pages, texts, strict=True)]
    return f1(*(sum(s[i] for s in scores) / len(pages) for i in (0, 1)))


def exact(pages: list[tuple[dict, str]], texts: list[str]) -> float:
    """Share of pages whose whole body has the very words."""
    pairs = zip(pages, texts, strict=True)
    return sum(TOKEN.findall(row["text"]) == TOKEN.findall(text) for (row, _), text in pairs) / len(pages)


def snippet_f1(pages: list[tuple[dict, str]], system: Callable[[str, str], str]) -> float:
    """F1 of strings that must be there against those that must not, over all pages."""
    counts = [snippets(row, system(raw, row.get("url", ""))) for row, raw in pages]
    tp, fp, _, fn = (sum(c[i] for c in counts) for i in range(4))
    return f1(tp / (tp + fp), tp / (tp + fn))


# Resamples of pages for the interval of a difference; its ends move by less than .001 between seeds.
ROUNDS = 2000


def least_lead(pages: list[tuple[dict, str]], ours: list[str], other: list[str]) -> float:
    """Lower end of the 95 % interval of how far our body F1 is above another's, by a paired bootstrap over pages."""
    scores = np.array(
        [
            (*body_scores(row["text"], one), *body_scores(row["text"], two))
            for (row, _), one, two in zip(pages, ours, other, strict=True)
        ]
    )
    draw = np.random.default_rng(0).integers(0, len(pages), size=(ROUNDS, len(pages)))
    p, r, q, s = np.moveaxis(scores[draw].mean(axis=1), 1, 0)
    return float(np.percentile(2 * p * r / (p + r) - 2 * q * s / (q + s), 2.5))


def gauge() -> Measured:
    """Both benchmarks' dev parts, by trees that never saw the page's site, beside trafilatura alone in all its modes."""
    from bench.quality.fit_blocks import TREES, Folded, encoded, examples, fit  # noqa: PLC0415 - it reads pages as this module does

    logging.disable(logging.CRITICAL)
    bodies, strings = read("scrapinghub", 0), read("trafilatura", 0)
    lines = examples()
    divided = {f"division {seed}": Folded(lines, seed).ours for seed in range(DIVISIONS)}
    systems = {**divided, **RIVALS}
    texts = {name: [system(raw, row["url"]) for row, raw in bodies] for name, system in systems.items()}
    made = {
        name: {
            "scrapinghub body F1": body_f1(bodies, texts[name]),
            "scrapinghub body exact": exact(bodies, texts[name]),
            "trafilatura strings F1": snippet_f1(strings, system),
        }
        for name, system in systems.items()
    }
    logging.disable(logging.NOTSET)
    parts = [made.pop(name) for name in divided]
    ours = {figure: sum(part[figure] for part in parts) / DIVISIONS for figure in parts[0]}
    return Measured(
        about="HTML pages: F1 of the body's 4-word shingles and share of bodies with the very words (scrapinghub), and F1 of strings "
        "that must and must not be in the text (trafilatura's own benchmark). Ours are cross-validated by site: the second look at "
        "a page is by trees fitted without its site (`bench/quality/fit_blocks.py`), the mean of three divisions of the sites. "
        "The rivals are trafilatura's modes; the intervals are by the division where ours leads least.",
        ours=ours | {"shipped trees are the fit": float(encoded(fit(lines)) == TREES.read_text("utf-8"))},
        rivals=made,
        aside={
            f"body F1 above {name}, lower end of the 95 % interval": round(
                min(least_lead(bodies, texts[division], texts[name]) for division in divided), 4
            )
            for name in RIVALS
        },
        counts={"scrapinghub pages": len(bodies), "trafilatura pages": len(strings)},
        data=(DATA / "scrapinghub", DATA / "trafilatura"),
    )


def main() -> None:
    """List the pages where ours is furthest behind trafilatura's fast mode; the figures are the gate's."""
    from bench.quality.fit_blocks import Folded, examples  # noqa: PLC0415 - it reads pages as this module does

    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--worst", type=int, default=20, help="so many pages")
    asked = parser.parse_args()
    logging.disable(logging.CRITICAL)
    ours_unseen = Folded(examples()).ours
    rows = []
    for row, raw in read("scrapinghub", 0):
        mine, other = (body_scores(row["text"], system(raw, row["url"])) for system in (ours_unseen, plain))
        rows.append((sum(mine) - sum(other), row["id"], mine, other, row["url"]))
    for _, name, mine, other, url in sorted(rows)[: asked.worst]:
        print(f"{mine[0]:.3f} {mine[1]:.3f} against {other[0]:.3f} {other[1]:.3f}  {name} {url}")


if __name__ == "__main__":
    main()
