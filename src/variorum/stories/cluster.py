"""How alike two documents are, and the stories that follow: every document is in exactly one."""

from __future__ import annotations

from collections import defaultdict
from operator import attrgetter
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from variorum.records import (
    Candidate,
    Document,
    Passage,
    SameStory,
    Story,
    Tables,
    Term,
    from_table,
    to_table,
)
from variorum.stage import Fetch, Stage
from variorum.stories.linkage import CUT, average_linkage, part
from variorum.stories.vectors import NAME, background_digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import numpy.typing as npt

    from variorum.settings import Settings

    Matrix = npt.NDArray[np.float64]
    Vectors = Mapping[str, Mapping[str, float]]

# Pairs less alike than this are no evidence for a story and are not kept; well below the cut, so that a reader can see
# what was close.
_FLOOR = 0.1
# A component of more documents than this is first loosened at a higher cut: the matrix of likeness is quadratic.
_MOST = 3000
_LOOSEN = 0.04
# Terms multiplied at once: 3,000 documents of one crisis share some 50,000, of which the whole matrix would take 1.2 GB.
_SLICE = 4096


def vectors(rows: Iterable[Term]) -> dict[str, dict[str, float]]:
    """Terms by document, each document's in order of term, so that sums come out the same however rows came in."""
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for row in sorted(rows, key=attrgetter("doc", "term")):
        found[row.doc][row.term] = row.weight
    return found


def alike(left: Mapping[str, float], right: Mapping[str, float]) -> tuple[float, str]:
    """How alike two documents are, 0..1, and their strongest common terms in words."""
    products = {term: x * right[term] for term, x in left.items() if term in right}
    best = sorted(products, key=lambda t: (-products[t], t))[:5]
    why = "both speak of " + ", ".join(dict.fromkeys(t[len(NAME) :] for t in best)) if best else ""
    return min(1.0, round(sum(products.values()), 4)), why


def closeness(left: Mapping[str, float], right: Mapping[str, float]) -> float:
    """How alike two documents are, as `alike` has it, without saying why: a third of the time."""
    return min(1.0, round(sum([x * right[term] for term, x in left.items() if term in right]), 4))


def _run_same_story(tables: Tables, _settings: Settings) -> Tables:
    pairs = sorted({(c.left, c.right) for c in from_table(Candidate, tables["candidates"])})
    by_doc = vectors(from_table(Term, tables["terms"]))
    rows = []
    for left, right in pairs:
        score, why = alike(by_doc.get(left, {}), by_doc.get(right, {}))
        if score >= _FLOOR:
            rows.append(SameStory(left=left, right=right, score=score, why=why))
    return {"same_story": to_table(SameStory, rows, made_by=SAME_STORY.made_by)}


def _components(docs: Sequence[str], edges: Iterable[tuple[str, str]]) -> list[list[str]]:
    """Documents that edges hold together, each sorted, in order of the first."""
    root = {doc: doc for doc in docs}

    def find(doc: str) -> str:
        while root[doc] != doc:
            root[doc] = root[root[doc]]
            doc = root[doc]
        return doc

    for left, right in edges:
        if left in root and right in root:
            a, b = sorted((find(left), find(right)))
            root[b] = a
    groups: dict[str, list[str]] = defaultdict(list)
    for doc in sorted(docs):
        groups[find(doc)].append(doc)
    return [groups[first] for first in sorted(groups)]


def _small_components(docs: Sequence[str], edges: Sequence[SameStory], cut: float) -> list[list[str]]:
    """Components at the cut; those too large for a matrix at ever higher cuts."""
    found = []
    for component in _components(docs, ((e.left, e.right) for e in edges if e.score >= cut)):
        if len(component) <= _MOST or cut >= 1:
            found.append(component)
        else:
            inside = set(component)
            kept = [e for e in edges if e.left in inside and e.right in inside]
            found += _small_components(component, kept, cut + _LOOSEN)
    return found


def _columns(docs: Sequence[str], by_doc: Vectors, prefixes: tuple[str, ...] = ()) -> list[str]:
    """Terms with these prefixes in order; without prefixes, the terms that two documents or more have."""
    counts: dict[str, int] = defaultdict(int)
    for doc in docs:
        for term in by_doc.get(doc, {}):
            if not prefixes or term.startswith(prefixes):
                counts[term] += 1
    return sorted(t for t, n in counts.items() if prefixes or n > 1)


def _matrix(docs: Sequence[str], by_doc: Vectors, terms: Sequence[str]) -> Matrix:
    """Weights: one row a document, one column a term."""
    column = {term: k for k, term in enumerate(terms)}
    matrix = np.zeros((len(docs), len(column)))
    for i, doc in enumerate(docs):
        for term, weight in by_doc.get(doc, {}).items():
            if term in column:
                matrix[i, column[term]] = weight
    return matrix


def _likeness(docs: Sequence[str], by_doc: Vectors) -> Matrix:
    terms = _columns(docs, by_doc)
    likeness = np.zeros((len(docs), len(docs)))
    for low in range(0, len(terms), _SLICE):
        matrix = _matrix(docs, by_doc, terms[low : low + _SLICE])
        likeness += matrix @ matrix.T
    # Rounded, so that the order in which a processor adds cannot break a tie.
    return np.clip(np.round(likeness, 6), 0.0, 1.0)


class Cluster(msgspec.Struct, frozen=True):
    """A story's documents, sorted, and the most central one."""

    documents: tuple[str, ...]
    central: tuple[str, ...]


def clusters(
    docs: Sequence[str],
    edges: Sequence[SameStory],
    by_doc: Vectors,
    *,
    shared: Mapping[tuple[str, str], int] | None = None,
    cut: float = CUT,
) -> list[Cluster]:
    """Stories of these documents.

    Args:
        docs: Ids of all documents.
        edges: How alike pairs are; a pair without an edge stands apart.
        by_doc: The documents' terms.
        shared: Words of the longest passage of pairs that share one, by ids in order.
        cut: Least average likeness of what is joined.

    Returns:
        Every document in exactly one cluster; `central` has its documents by how alike they are to the others.
    """
    found = []
    for component in _small_components(sorted(docs), edges, cut):
        if len(component) == 1:
            found.append(Cluster(tuple(component), tuple(component)))
            continue
        likeness = _likeness(component, by_doc)
        names = _matrix(component, by_doc, _columns(component, by_doc, (NAME,)))
        copied = _copied(component, shared or {})
        for node in average_linkage(likeness, cut=cut):
            found += [
                _cluster(members, component, likeness) for members in part(node, likeness, names, copied)
            ]
    return sorted(found, key=attrgetter("documents"))


def _copied(docs: Sequence[str], shared: Mapping[tuple[str, str], int]) -> Matrix:
    place = {doc: i for i, doc in enumerate(docs)}
    matrix = np.zeros((len(docs), len(docs)))
    for (left, right), words in shared.items():
        if left in place and right in place:
            i, j = place[left], place[right]
            matrix[i, j] = matrix[j, i] = words
    return matrix


def longest_passages(
    passages: Iterable[Passage], documents: Mapping[str, Document]
) -> dict[tuple[str, str], int]:
    """Words of the longest passage of every pair that shares one; formulas say nothing of a story."""
    longest: dict[tuple[str, str], int] = defaultdict(int)
    for p in passages:
        if p.kind != "formula":
            pair = (p.left.doc, p.right.doc)
            longest[pair] = max(
                longest[pair], len(documents[p.left.doc].text[p.left.start : p.left.end].split())
            )
    return longest


def _cluster(members: Sequence[int], docs: Sequence[str], likeness: Matrix) -> Cluster:
    means = np.round(likeness[np.ix_(members, members)].sum(axis=1), 6)
    order = sorted(range(len(members)), key=lambda k: (-means[k], docs[members[k]]))
    return Cluster(
        documents=tuple(sorted(docs[m] for m in members)), central=tuple(docs[members[k]] for k in order)
    )


def title_of(documents: Iterable[Document]) -> str:
    """The first title among documents; without any, the first line of the first text."""
    documents = list(documents)
    titles = [d.title for d in documents if d.title]
    lines = [d.text.strip().split("\n", 1)[0][:120] for d in documents if d.text.strip()]
    return next(iter(titles), "") or next(iter(lines), "")


def days(documents: Iterable[tuple[str, str]]) -> tuple[str, str]:
    """First and last day of (earliest, latest) bounds; empty where no document has both."""
    known = [(low[:10], high[:10]) for low, high in documents if low and high]
    return (min(low for low, _ in known), max(high for _, high in known)) if known else ("", "")


def _run_stories(tables: Tables, _settings: Settings) -> Tables:
    documents = {d.id: d for d in from_table(Document, tables["documents"])}
    edges = sorted(from_table(SameStory, tables["same_story"]), key=attrgetter("left", "right"))
    by_doc = vectors(from_table(Term, tables["terms"]))
    rows = []
    shared = longest_passages(from_table(Passage, tables["passages"]), documents)
    for cluster in clusters(list(documents), edges, by_doc, shared=shared):
        held = [documents[doc] for doc in cluster.documents]
        opened, closed = days((d.published_earliest, d.published_latest) for d in held)
        title = title_of(documents[doc] for doc in cluster.central)
        rows.append(Story(title=title, documents=cluster.documents, opened=opened, closed=closed))
    return {"stories": to_table(Story, rows, made_by=STORIES.made_by)}


SAME_STORY = Stage(
    name="same_story",
    version=1,
    needs=("candidates",),
    makes=("same_story",),
    split_by="pair",
    fetch=(Fetch(table="terms", column="doc", by=("candidates.left", "candidates.right")),),
    resources=background_digest,
    run=_run_same_story,
)

STORIES = Stage(
    name="stories",
    version=1,
    needs=("same_story", "documents", "terms", "passages"),
    makes=("stories",),
    split_by="all",
    resources=background_digest,
    run=_run_stories,
)
