"""The compiled names of zones and places, and how they are looked up.

places.txt: a first line with the IANA names in use, then one line per name, sorted: the name, a tab, and what it
stands for, parted by `;`, heaviest first. Each is kind, country, state, zones (numbers into the first line, joined
by `+`), weight. tools/compile_zones.py writes it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from importlib import resources

from dialogs.reading.text import fold

WORD = re.compile(r"[^\W_]+")


class Kind(StrEnum):
    """What sort of thing a name names."""

    CITY = "c"
    STATE = "s"
    COUNTRY = "n"
    CODE = "q"
    """`TX`, `CO`: it narrows another name and says nothing alone."""
    DEMONYM = "d"
    """`colombiana`: it tells a zone only beside a word for one."""
    SPOKEN = "z"
    """`Eastern time`, `SA Pacific Standard Time`, `America/Lima`."""
    ABBREVIATION = "a"


@dataclass(frozen=True, slots=True)
class Place:
    """One thing a name stands for.

    ``weight`` is in thousands of lives, ``zones`` has the most peopled first. ``offset_min`` is what an abbreviation
    claims, in minutes ahead of UTC; none where it claims nothing.
    """

    kind: Kind
    country: str
    state: str
    zones: tuple[str, ...]
    weight: int
    offset_min: int | None


# What is written short or long: one way in the table and in what is looked up.
_SHORT = {
    "sta": "santa", "sto": "santo", "pto": "puerto", "cd": "ciudad", "ft": "fort", "saint": "st", "std": "standard",
    "edo": "estado", "gral": "general", "tz": "timezone",
}  # fmt: skip


def spell_out(word: str) -> str:
    """Return a folded word as the table spells it."""
    return _SHORT.get(word, word)


def key_of(name: str) -> str:
    """Return a name as the table spells it: folded words parted by one space."""
    return " ".join(map(spell_out, WORD.findall(fold(name))))


@cache
def _lines() -> tuple[tuple[str, ...], list[str]]:
    text = resources.files("dialogs.reading").joinpath("data", "places.txt").read_text(encoding="utf-8")
    first, *names = text.splitlines()
    return tuple(first.split(" ")), names


@lru_cache(maxsize=4096)
def places_named(key: str) -> tuple[Place, ...]:
    """Return what a name, spelt as by `key_of`, stands for; nothing when it is no name."""
    zones, names = _lines()
    start = key + "\t"
    index = bisect_left(names, start)
    if index == len(names) or not names[index].startswith(start):
        return ()
    found = []
    for told in names[index][len(start) :].split(";"):
        kind, country, state, numbers, weight = told.split(",")
        offset = kind[1:]
        found.append(
            Place(
                Kind(kind[0]),
                country,
                state,
                tuple(zones[int(number)] for number in numbers.split("+")),
                int(weight),
                int(offset) if offset and offset != "any" else None,
            )
        )
    return tuple(found)
