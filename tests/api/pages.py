"""Small invented pages for tests of whole builds."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

BODY = (
    "The harbour of Tessaly was closed on Monday after the coast guard of Norrland stopped three fishing boats, the "
    "Norrland Interior Ministry said in a statement.",
    '"We will not let anyone fish in our waters without a permit," Interior Minister Anna Brekke told reporters. '
    "She said that 40 sailors had been detained.",
    'The government of Tessaly called the move "piracy" and demanded that the boats be released at once. '
    "About 1,200 people live from fishing in the northern harbour of Tessaly.",
)
OTHER = (
    "Tessaly's Foreign Ministry denied on Tuesday that its boats had crossed the line between the two states.",
    '"Our fishermen never left our own waters," Foreign Minister Paul Orsin said. He said 25 sailors were held by Norrland.',
    "The harbour of Tessaly was closed on Monday after the coast guard of Norrland stopped three fishing boats.",
)

# In a language that is not read in full.
RUSSIAN = (
    "Гавань Тессали закрыта с понедельника после того, как береговая охрана Норрланда остановила три рыбацких судна.",
    "Министр иностранных дел Тессали Пауль Орсин заявил, что рыбаки не покидали своих вод и должны быть освобождены.",
    "По словам местных жителей, в северной гавани рыбной ловлей живёт около тысячи двухсот человек.",
)


def html(
    title: str, paragraphs: tuple[str, ...], *, date: str = "2031-05-06", site: str = "The Tessaly Herald"
) -> str:
    body = "".join(f"<p>{p}</p>" for p in paragraphs)
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title} - {site}</title>'
        f'<meta property="og:site_name" content="{site}"><meta property="article:published_time" content="{date}T10:00:00Z">'
        f"</head><body><nav><ul><li><a href='/'>Home</a></li><li><a href='/world'>World</a></li></ul></nav>"
        f"<article><h1>{title}</h1>{body}</article><footer>© {site}. All rights reserved.</footer></body></html>"
    )


def write_pages(folder: Path) -> list[Path]:
    """Four pages of three outlets, one of them a near copy, and one that is no page."""
    folder.mkdir(parents=True, exist_ok=True)
    pages = {
        "a.html": html("Norrland stops three fishing boats", BODY),
        "b.html": html("Three boats stopped off Tessaly", (BODY[0], BODY[2], BODY[1]), date="2031-05-07", site="Northern Post"),
        "c.html": html("Tessaly denies crossing the line", OTHER, date="2031-05-07", site="Capital Daily"),
        "d.txt": "Home\nWorld\nSport\n\nBakers of Ostrel bake the longest loaf\n\n" + "\n\n".join(
            f"The bakers of Ostrel used {n} sacks of flour for the loaf, which was longer than the market square, "
            "and nobody in the town went home hungry that evening, the mayor said." for n in (12, 20, 31)
        ) + "\n\nLeave a reply\nYour email address will not be published",
    }  # fmt: skip
    for name, text in pages.items():
        (folder / name).write_text(text, "utf-8")
    return [folder / name for name in sorted(pages)]
