"""An invented crisis told by several outlets in summer and in winter, and pages of other invented affairs."""

from __future__ import annotations

import random

# Who and what returns in every page of the ferry quarrel, in both seasons.
CENTRE = (
    "Ostrel",
    "Velmark",
    "Sarn",
    "Arlen Tovik",
    "Mirela Hask",
    "the Ostrel Ferry Council",
    "Velmark's Foreign Ministry",
)
SUMMER = (
    "{a} shut the Sarn crossing after {b} stopped ferry permits for Velmark farmers.",
    "Stones flew at the quay in Sarn on Sunday, and {a} blamed {b} for the unrest.",
    "{b} said the permits were void from August and asked {a} to keep the peace at Sarn.",
    "Farmers slept beside their carts while {a} and {b} argued over the permits.",
    "Sirens sounded in Sarn as {a} moved river police to the northern landing.",
)
WINTER = (
    "{a} put its river guard on alert after a lock keeper was arrested near Sarn.",
    "Barricades of ice and timber closed the Sarn road in December, and {b} wanted them gone.",
    "{b} denied sending men to the barricades that {a} complained of.",
    "The arrest of the lock keeper divides {a} and {b} as winter closes the river.",
    "{a} asked for patience while {b} counted sledges at the barricades of Sarn.",
)
# Other affairs: (people and places, words of the affair).
OTHERS = (
    (
        ("Port Kessin", "Dagny Orlo", "Brandt Museum"),
        "thieves stole paintings gallery curator alarm frame insurers reward",
    ),
    (
        ("Highmoor", "Tamsin Reyle", "Corvane Mine"),
        "miners shaft collapse rescuers drill gas lamps families pumps",
    ),
    (
        ("Lake Ammer", "Jory Pell", "Ammer Rovers"),
        "striker penalty goalkeeper cup final whistle coach season fans",
    ),
)


def page(templates, seed, *, length=8):
    """A page of the quarrel in one season."""
    rng = random.Random(seed)
    lines = []
    for _ in range(length):
        a, b = rng.sample(CENTRE, 2)
        lines.append(rng.choice(templates).format(a=a, b=b))
    title = f"{CENTRE[0]} and {CENTRE[1]} quarrel over Sarn"
    return title, "\n\n".join([title, *lines])


def other(kind, seed, *, length=8):
    """A page of another affair."""
    rng = random.Random(f"{kind} {seed}")
    names, words = OTHERS[kind]
    lines = [
        f"In {rng.choice(names)} the {' '.join(rng.sample(words.split(), 5))} near {rng.choice(names)}."
        for _ in range(length)
    ]
    title = f"{names[0]}: {names[1]} speaks at {names[2]}"
    return title, "\n\n".join([title, *lines])
