"""What a name is a name of: evidence counted over the whole page, the most likely kind taken.

Rules of the kind that Mikheev, Moens and Grover (1999, "Named entity recognition without gazetteers") showed to
carry a long way: sure contexts first, then what the rest of the page says of the same words.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from variorum.tag.mentions.pieces import Piece, known_label
from variorum.text import lexicon
from variorum.text.lexicon import word_classes
from variorum.text.normalise import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from variorum.tag.mentions.known import Label
    from variorum.tag.mentions.page import Page

Scores = dict[str, float]

_LABEL_SCORES: Mapping[Label, tuple[str, float]] = {
    "country": ("place", 7),
    "capital": ("place", 5),
    "adjective": ("group", 7),
    "one": ("group", 6),
    "people": ("group", 8),
    "body": ("organisation", 7),
    "seat": ("organisation", 7),
    "given": ("person", 2),
    "group": ("group", 6),
}
_EVENT = frozenset(
    "war wars games cup olympics festival election elections referendum revolution uprising battle siege genocide massacre holocaust crisis "
    "operation offensive summit championship championships crusade intifada earthquake hurricane pandemic day week memorial"
    .split()
)
_WORK = frozenset(
    "treaty agreement accord accords act constitution resolution declaration protocol convention pact charter bill code law decree report bible koran quran "
    "article amendment memorandum award prize medal".split()
)
_SURNAME = re.compile(
    r"(?:ić|vic|ovic|evic|ich|ov|ova|ev|eva|sky|ski|ska|enko|chuk|yan|dze|shvili|son|sen|sson|oğlu|oglu|escu|opoulos|akis|idis|"
    r"ez|stein|berg|mann|man|elli|etti|ini|ard|aj|uk|ak|ec|wala|zadeh|pour|mov|nen|nova|kova|kov|lov|rov|ulis|quez|llo)$"
)
_PLACE_ENDING = re.compile(r"(?:burg|burgh|ville|shire|stan|grad|abad|pur|ovo|holm|stadt|dorf|sk|ington|ford|mouth|polis|land|istan|ania)$")
_IN = frozenset({"in", "near", "outside", "around", "across", "throughout", "within", "into", "towards", "toward", "inside"})
_AT = frozenset({"from", "to", "at", "between", "via", "through", "over"})
_COMPASS = frozenset({"northern", "southern", "eastern", "western", "central", "north", "south", "east", "west", "northeastern", "northwestern", "southeastern", "southwestern", "downtown", "nearby", "mainland", "upper", "lower"})
_SPEAK = frozenset("say tell add warn announce claim declare deny insist note stress explain reply argue write admit reiterate".split())


def scores(page: Page, piece: Piece) -> Scores:
    """Evidence for each kind from one piece and the words beside it."""
    found: Scores = defaultdict(float)
    label = known_label(page, piece)
    if label:
        kind, weight = _LABEL_SCORES[label]
        found[kind] += weight
    _by_form(page, piece, found)
    _by_context(page, piece, found)
    return found


def _by_form(page: Page, piece: Piece, found: Scores) -> None:
    words = page.word[piece.first : piece.stop]
    low = page.low[piece.first : piece.stop]
    heads, (after, before) = lexicon.organisation_heads(), lexicon.place_heads()
    single = len(words) == 1
    last = low[-1]
    of = next((low[k - 1] for k in range(1, len(low)) if low[k] in {"of", "for"}), "")
    for head in {last, of} - {""}:
        if head in heads and not (single and page.shape[piece.first] == "U"):
            found["organisation"] += (4.5 if heads[head] else 2.5) * (0.6 if single else 1)
        if head in after and not single:
            found["place"] += 4
    if not single and low[0] in before:
        found["place"] += 3
    if last in _EVENT or of in _EVENT:
        found["event"] += 5
    if last in _WORK or of in _WORK:
        found["work"] += 5
    if single and page.shape[piece.first] == "U" and len(words[0]) <= 6 and not page.headline[page.sentence[piece.first]] == "upper":
        found["organisation"] += 3
    if not single and words[0] in lexicon.given_names():
        found["person"] += 3.5 if len(words) <= 4 else 1
    if any(page.shape[k] == "I" for k in range(piece.first, piece.stop)):
        found["person"] += 2
    if not single and _SURNAME.search(fold(words[-1])) and len(words[-1]) > 4:
        found["person"] += 1.2
    if single and _SURNAME.search(fold(words[-1])) and len(words[-1]) > 4:
        found["person"] += 0.7
    if _PLACE_ENDING.search(last) and len(last) > 5:
        found["place"] += 1.2
    if 2 <= len(words) <= 3 and not any(word_classes(w) for w in low):
        found["person"] += 1
    if len(words) > 1 and any(word_classes(w) and not word_classes(w).strip("na") for w in low):
        found["organisation"] += 0.8


def _by_context(page: Page, piece: Piece, found: Scores) -> None:
    before = page.next_low(piece.first - 1) if page.same_sentence(piece.first - 1, piece.first) else ""
    after = page.next_low(piece.stop) if page.same_sentence(piece.stop - 1, piece.stop) else ""
    if piece.titled:
        found["person"] += 5
    if before == "the":
        found["person"] -= 2
        found["organisation"] += 1
    if before in _IN:
        found["place"] += 2
    elif before in _AT:
        found["place"] += 0.8
    elif before in _COMPASS:
        found["place"] += 2.5
    if before == "of" and page.next_low(piece.first - 2) in lexicon.place_heads()[1]:
        found["place"] += 4
    if lexicon.verb_lemma(after) in _SPEAK:
        found["person"] += 1.2
    elif after in {"who", "whose"}:
        found["person"] += 2
    if lexicon.verb_lemma(before) in _SPEAK:
        found["person"] += 0.8
    if after == "," and page.shape[min(piece.stop + 1, len(page) - 1)] == "0" and page.next_low(piece.stop + 2) == ",":
        found["person"] += 3 if len(page.low[piece.stop + 1]) == 2 else 0
    if after == "(" and page.next_low(piece.stop + 2) == ")" and page.shape[piece.stop + 1] == "U":
        found["organisation"] += 2.5
    if after == "," and page.same_sentence(piece.first, piece.stop + 1) and known_state(page, piece.stop + 1):
        found["place"] += 2


def known_state(page: Page, at: int) -> bool:
    """Whether a token is a state's name by itself."""
    return page.word[at] in lexicon.country_names()


def _default(page: Page, piece: Piece) -> str:
    """The kind of a name that nothing speaks for."""
    length = piece.stop - piece.first
    if length == 1:
        return "place" if page.next_low(piece.first - 1) in _IN | _AT else "organisation" if page.next_low(piece.first - 1) == "the" else "person"
    return "organisation" if any(word_classes(w) for w in page.low[piece.first : piece.stop]) else "person"


def _best(found: Mapping[str, float]) -> tuple[str, float]:
    kind = max(sorted(found), key=lambda k: found[k], default="")
    return kind, found.get(kind, 0.0)


def decide(page: Page, pieces: Sequence[Piece]) -> None:
    """Write each piece's kind, by its own evidence and that of equal names on the page."""
    own = [scores(page, p) for p in pieces]
    shared: dict[str, Scores] = defaultdict(lambda: defaultdict(float))
    names = [fold(page.slice(p.first, p.stop)) for p in pieces]
    for name, found in zip(names, own, strict=True):
        for kind, weight in found.items():
            shared[name][kind] += weight
    for piece, name in zip(pieces, names, strict=True):
        kind, weight = _best(shared[name])
        piece.kind = kind if weight >= _ENOUGH else _default(page, piece)
    _spread(page, pieces, names)


# Evidence below this is taken for none.
_ENOUGH = 1.0


def _spread(page: Page, pieces: Sequence[Piece], names: Sequence[str]) -> None:
    """A single word that is the last of a person's full name on the page is that person."""
    surnames = {
        fold(page.word[p.stop - 1]) for p in pieces if p.kind == "person" and p.stop - p.first > 1
    }
    for piece, name in zip(pieces, names, strict=True):
        if piece.stop - piece.first == 1 and name in surnames and not piece.label:
            piece.kind = "person"
