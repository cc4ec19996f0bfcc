"""Generated corpora for speed: invented crises, ten pages each, some of them copies; seeded, so the same everywhere."""

from __future__ import annotations

import itertools
import random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

PAGES_A_STORY = 10
WORDS_A_PAGE = 500
_SYLLABLES = "ba bre cal dor el fen gar hol ist jar kel lom mar nor ost pel quin ros sel tar ul vel wes yor zan".split()
ROLES = (
    "president",
    "prime minister",
    "interior minister",
    "police chief",
    "mayor",
    "union leader",
    "army spokesman",
)
VERBS = ("said", "warned", "announced", "told reporters", "denied", "insisted", "claimed")
NOUNS = (
    "harbour bridge border permit strike election dam refinery school hospital road tunnel law budget court ferry vaccine "
    "pipeline museum mine forest island railway prison market"
).split()
ACTS = (
    "closed",
    "blocked",
    "opened",
    "attacked",
    "searched",
    "guarded",
    "flooded",
    "rebuilt",
    "sold",
    "taxed",
)
PLURALS = (
    "workers",
    "police officers",
    "protesters",
    "soldiers",
    "families",
    "trucks",
    "boats",
    "students",
    "voters",
)


def _vocabulary(size: int) -> list[str]:
    rng = random.Random(1)
    made: dict[str, None] = {}
    while len(made) < size:
        made["".join(rng.choice(_SYLLABLES) for _ in range(rng.choice((1, 2, 2, 3, 3))))] = None
    return list(made)


# Zipf: the n-th word is n times rarer than the first, and frequent words are short. Fingerprints lean on that: where
# long words were as frequent as short ones, strangers shared windows in 70 pairs a page, real pages in none.
_VOCABULARY = sorted(_vocabulary(4_000), key=len)
_FREQUENCIES = list(itertools.accumulate(1 / n for n in range(1, len(_VOCABULARY) + 1)))


class Story:
    """One invented crisis: its names, its facts, its sentences."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.places = [self._name(2, 3) for _ in range(5)]
        self.people = [(self._name(2, 2), self._name(2, 3), rng.choice(ROLES)) for _ in range(6)]
        self.topic = rng.sample(NOUNS, 6)
        self.year, self.month = rng.randint(2001, 2029), rng.randint(1, 12)

    def _name(self, low: int, high: int) -> str:
        return "".join(self.rng.choice(_SYLLABLES) for _ in range(self.rng.randint(low, high))).capitalize()

    def sentence(self) -> str:
        """One sentence: a quotation, a report, a figure or a dated event."""
        r = self.rng
        first, last, role = r.choice(self.people)
        place, noun, other = r.choice(self.places), r.choice(self.topic), r.choice(self.topic)
        count, things, act = r.randint(2, 900), r.choice(PLURALS), r.choice(ACTS)
        day = f"{r.choice('Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split())}"
        # Fixed runs are shorter than a fingerprint's window, and the rest comes from a large vocabulary with the
        # frequencies of language, so that strangers share windows about as rarely as real pages do.
        return r.choice(
            (
                f'"{self.phrase(4).capitalize()} must not {act} {self.phrase(5)} while {things} {self.phrase(2)} wait for {self.phrase(1)} {other}," {role} {first} {last} {r.choice(VERBS)} on {day}.',
                f"{last} said that about {count} {things} {self.phrase(3)} {place} {self.phrase(4)} since {self.phrase(2)} {noun} was {act}.",
                f"According to the {place} government, {count} {things} {self.phrase(2)} were hurt {self.phrase(4)} near {r.choice(self.places)}.",
                f"The {noun} in {place} was {act} {self.phrase(3)} on {day} evening, {self.phrase(2)}, after {things} {self.phrase(5)} reached the {other}.",
                f'The {self.phrase(2)} ministry called {self.phrase(4)} "{self.phrase(3)}" and asked {things} to {self.phrase(3)}.',
                f"In {self.year - r.randint(1, 9)}, {self.phrase(5)} had {act} {place}, at {self.phrase(2)} {count} million euros.",
                f"Residents of {place} {self.phrase(6)} the {noun} or {self.phrase(4)} {act} {self.phrase(3)}.",
            )
        )

    def phrase(self, words: int) -> str:
        """So many words of the large vocabulary."""
        return " ".join(self.rng.choices(_VOCABULARY, cum_weights=_FREQUENCIES, k=words))

    def paragraphs(self, words: int) -> list[str]:
        """Paragraphs of so many words in all, three sentences each."""
        made, total = [], 0
        while total < words:
            made.append(" ".join(self.sentence() for _ in range(3)))
            total += len(made[-1].split())
        return made


def _html(title: str, site: str, date: str, paragraphs: list[str]) -> str:
    menu = "".join(
        f'<li><a href="/{n}">{n.capitalize()}</a></li>'
        for n in ("world", "politics", "sport", "weather", "video")
    )
    related = "".join(
        f'<li><a href="/{n}">More about the {noun}</a></li>' for n, noun in enumerate(NOUNS[:6])
    )
    body = "".join(f"<p>{p}</p>" for p in paragraphs)
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title} | {site}</title><meta property="og:site_name" content="{site}">'
        f'<meta property="article:published_time" content="{date}T09:30:00Z"></head><body><nav><ul>{menu}</ul></nav><main><article><h1>{title}</h1>'
        f'<p class="byline">By {site} staff</p>{body}</article><aside><h3>Related</h3><ul>{related}</ul></aside></main><footer>© {site}</footer></body></html>'
    )


# What a publishing house prints under all its pages: two sentences and a line that asks for money.
_BOILERPLATE = (
    "Reporters of this paper check every name, figure and quotation with two people at least before a page goes out. "
    "Readers who find a mistake in an article are asked to write to the editor, who prints corrections every Friday morning.",
    "Subscribe to our morning letter and read the most important stories of the day before breakfast.",
)


def write(
    folder: Path, pages: int, *, boilerplate: bool = False, a_story: int = PAGES_A_STORY, seed: int = 20261122
) -> None:
    """Write so many HTML pages in stories of ten; of each story's pages three reprint half of an earlier one.

    Args:
        folder: Where to; made if it is not there.
        pages: How many.
        boilerplate: Let every page end with the same two sentences and a subscription line.
        a_story: Pages of one story.
        seed: The same seed gives the same bytes.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(0, pages, a_story):
        rng = random.Random(f"{seed}-{number}")
        story = Story(rng)
        told: list[list[str]] = []
        for index in range(min(a_story, pages - number)):
            paragraphs = story.paragraphs(WORDS_A_PAGE)
            if index % 10 in {3, 6, 8}:
                source = told[rng.randrange(len(told))]
                paragraphs = source[: len(source) // 2] + paragraphs[len(paragraphs) // 2 :]
            told.append(paragraphs)
            closing = list(_BOILERPLATE) if boilerplate else []
            title = f"{story.places[0]}: {rng.choice(ACTS).capitalize()} {rng.choice(story.topic)} divides {story.places[1]}"
            date = f"{story.year}-{story.month:02d}-{1 + index * 2 % 28:02d}"
            site = f"{story.people[index % 6][1]} {rng.choice(('Post', 'Herald', 'Courier', 'News'))}"
            (folder / f"{number + index:06d}.html").write_text(
                _html(title, site, date, paragraphs + closing), "utf-8"
            )
