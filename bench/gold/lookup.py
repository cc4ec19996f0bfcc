"""Say which places of the shipped gazetteer bear a name, for labellers of real places.

python -m bench.gold.lookup NAME ...
"""

from __future__ import annotations

import sys

from variorum.text import gazetteer


def main() -> None:
    """Print id, name, kind, country, coordinates and population of every place of each name."""
    places = gazetteer.load()
    for name in sys.argv[1:]:
        found = places.lookup(name)
        for e in found:
            where = "-" if e.lat is None else f"{e.lat:.2f} {e.lon:.2f}"
            print(
                f"{name}: {e.id}  {e.name}, {e.kind}, {e.country or '-'}, {where}, population {e.population}"
            )
        if not found:
            print(f"{name}: the gazetteer has none")


if __name__ == "__main__":
    main()
