"""Average linkage against a naive oracle, and the parting of alike stories."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.stories.linkage import ACROSS, COPIED, LEAST, NAMES, Node, average_linkage, part


def _likeness(values, size):
    """A symmetric matrix from a list of values, ones on the diagonal; cells far enough apart that no tie can form."""
    matrix = np.eye(size)
    cells = [(i, j) for i in range(size) for j in range(i)]
    for (i, j), value in zip(cells, values, strict=False):
        matrix[i, j] = matrix[j, i] = value
    return matrix


def _oracle(likeness, cut):
    """The definition: join the two clusters of greatest average likeness until none reaches the cut."""
    clusters = [(i,) for i in range(len(likeness))]
    while len(clusters) > 1:
        best, a, b = max(
            (round(float(likeness[np.ix_(x, y)].mean()), 12), -i, -j)
            for i, x in enumerate(clusters)
            for j, y in enumerate(clusters)
            if i < j
        )
        if best < cut:
            break
        joined = tuple(sorted(clusters[-a] + clusters[-b]))
        clusters = sorted([c for k, c in enumerate(clusters) if k not in (-a, -b)] + [joined])
    return sorted(clusters)


@st.composite
def _matrices(draw):
    size = draw(st.integers(0, 9))
    count = size * (size - 1) // 2
    values = draw(st.lists(st.integers(1, 10**6), min_size=count, max_size=count, unique=True))
    return _likeness([v / 10**6 for v in values], size)


@settings(deadline=None)
@given(_matrices(), st.floats(0.05, 0.9))
def test_linkage_agrees_with_the_definition(likeness, cut):
    """Clusters are those of the naive algorithm, and each tree's leaves are its members."""
    found = average_linkage(likeness, cut=cut)
    assert [n.members for n in found] == _oracle(likeness, cut)
    for node in found:
        if node.left and node.right:
            assert node.members == tuple(sorted(node.left.members + node.right.members))


@settings(deadline=None)
@given(_matrices())
def test_linkage_needs_no_order(likeness):
    """Turning the order of documents round gives the same clusters."""
    size = len(likeness)
    turned = average_linkage(likeness[::-1, ::-1], cut=0.4)
    back = sorted(tuple(sorted(size - 1 - i for i in n.members)) for n in turned)
    assert back == [n.members for n in average_linkage(likeness, cut=0.4)]


def _two(within, across, count=LEAST):
    size = 2 * count
    side = np.arange(size) < count
    likeness = np.where(side[:, None] == side[None, :], within, across)
    np.fill_diagonal(likeness, 1.0)
    return likeness


def _names(shared, count=LEAST):
    """Rows of names of two halves whose central names' cosine is `shared`."""
    own = np.sqrt(1 - shared)
    left, right = [np.sqrt(shared), own, 0.0], [np.sqrt(shared), 0.0, own]
    return np.array([left] * count + [right] * count)


def test_linkage_parts_two_alike_stories():
    """A cluster is parted where halves differ in likeness and in central names, and only where both hold."""

    def parts(across, shared, count=LEAST):
        (node,) = average_linkage(_two(0.5, across, count), cut=0.1)
        return len(part(node, _two(0.5, across, count), _names(shared, count)))

    low, high = 0.5 * ACROSS - 0.05, 0.5 * ACROSS + 0.05
    assert parts(low, NAMES - 0.1) == 2
    assert parts(low, NAMES + 0.1) == 1
    assert parts(high, NAMES - 0.1) == 1
    assert parts(low, NAMES - 0.1, LEAST - 1) == 1


@settings(deadline=None)
@given(_matrices(), st.integers(0, 99))
def test_linkage_parts_keep_every_document(likeness, seed):
    """Parting loses and doubles no document."""
    names = np.random.default_rng(seed).random((len(likeness), 4))
    for node in average_linkage(likeness, cut=0.1):
        found = part(node, likeness, names)
        assert sorted(i for p in found for i in p) == list(node.members)


def test_linkage_copies_bind():
    """Halves of which one copies the other are one story; a shared phrase binds nothing."""
    likeness, names = _two(0.5, 0.5 * ACROSS - 0.05, LEAST), _names(NAMES - 0.1)
    (node,) = average_linkage(likeness, cut=0.1)
    for words, wanted in ((COPIED, 1), (COPIED - 1, 2)):
        copied = np.zeros_like(likeness)
        copied[0, -1] = copied[-1, 0] = words
        assert len(part(node, likeness, names, copied)) == wanted


def test_linkage_of_a_long_chain_is_borne():
    """A story to which documents were joined one by one, a thousand and more, is parted like any other."""
    size = 1_200
    tree = Node((0,))
    for k in range(1, size):
        tree = Node(tuple(range(k + 1)), tree, Node((k,)))
    likeness = np.full((size, size), 0.5)
    assert part(tree, likeness, np.ones((size, 1))) == [tuple(range(size))]
