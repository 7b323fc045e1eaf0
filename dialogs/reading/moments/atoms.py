"""Reads what the grammar found: each rule's tokens become atoms, or nothing where a guard sees a count or a name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from dialogs.reading.moments import clocks, days, distances
from dialogs.reading.moments.grammar import RULES, SCANNER
from dialogs.reading.moments.parts import Atom, Part, Relative
from dialogs.reading.moments.tokens import Tokens

_PARTS: Final = {
    "morning": Part.MORNING,
    "afternoon": Part.AFTERNOON,
    "evening": Part.EVENING,
    "night": Part.NIGHT,
    "dawn": Part.DAWN,
    "am": Part.MORNING,
    "pm": Part.AFTERNOON,
}


def find_atoms(tokens: Tokens) -> list[Atom]:
    """Return the atoms of a text in its order."""
    atoms = []
    match = SCANNER.search(tokens.kinds)
    while match is not None:
        assert match.lastindex is not None
        atom, goes_on = _read(tokens, match.start(), match.lastindex - 1)
        if atom is not None:
            atoms.append(atom)
        match = SCANNER.search(tokens.kinds, goes_on)
    return atoms


def _read(tokens: Tokens, start: int, number: int) -> tuple[Atom | None, int]:
    """Try the rules from a number on at a place; return the first atom that no guard refuses and where to go on."""
    for name, rule in RULES[number:]:
        match = rule.match(tokens.kinds, start)
        if match is None:
            continue
        if name == "skip":
            return None, match.end()
        atom = _READERS[name](tokens, start, match.end())
        if atom is not None:
            return atom, match.end()
    return None, start + 1


def _never(_tokens: Tokens, first: int, last: int) -> Atom:
    return Atom(first, last, never=True)


def _all_day(_tokens: Tokens, first: int, last: int) -> Atom:
    return Atom(first, last, day=Relative(0), weak=True)


def _told_part(tokens: Tokens, first: int, last: int) -> Part:
    for index in range(first, last):
        kind = tokens.kind(index)
        if kind == "MANANA":
            return Part.MORNING
        if kind in {"PART", "AMPM"}:
            return _PARTS[str(tokens.values[index])]
    return Part.AFTERNOON


def _part(tokens: Tokens, first: int, last: int) -> Atom | None:
    kinds = [tokens.kind(index) for index in range(first, last)]
    tomorrow = kinds == ["DE", "MANANA"] and tokens.kind(first - 1) == "SINCE"
    if tomorrow or tokens.kind(last) in {"THING", "SHIFT"}:
        return None
    part = _told_part(tokens, first, last)
    if "EARLY" in kinds:
        part = Part.EARLY
    dawn = part is Part.DAWN and kinds[0] == "DE" and len(kinds) == 2
    strong = dawn or kinds[0] in {"EN", "ALL"} or kinds[:2] in (["A", "LA"], ["A", "MEDIA"], ["THE", "ALL"])
    return Atom(first + (kinds[0] in {"EN", "DE", "DEL"}), last, part=part, weak=not strong)


def _two_parts(_tokens: Tokens, first: int, last: int) -> Atom | None:
    return Atom(first, last, part=Part.EVENING, weak=True)


def _this_part(tokens: Tokens, first: int, last: int) -> Atom | None:
    if tokens.kind(last) in {"THING", "SHIFT"}:
        return None
    if tokens.kind(last - 1) == "NOON":
        return replace(clocks.noon(tokens, first, last), day=Relative(0))
    return Atom(first, last, day=Relative(0), part=_told_part(tokens, first, last))


def _night_of(tokens: Tokens, first: int, last: int) -> Atom | None:
    if tokens.kind(last - 1) == "LAST":
        return Atom(first, last, day=Relative(-2), part=_told_part(tokens, first, last))
    if tokens.kind(last - 1) == "NIGHTOF":
        nights = tokens.values[last - 1]
        assert isinstance(nights, int)
        return Atom(first, last, day=Relative(nights - (last - first > 1)), part=Part.NIGHT)
    if tokens.kind(last - 1) == "NOON":
        return replace(clocks.noon(tokens, first, last), day=Relative(-1))
    return Atom(first, last, day=Relative(-1), part=_told_part(tokens, first, last))


def _daytime(_tokens: Tokens, first: int, last: int) -> Atom:
    return Atom(first, last, part=Part.DAYTIME, weak=True)


def _early(_tokens: Tokens, first: int, last: int) -> Atom:
    return Atom(first, last, part=Part.EARLY, weak=True)


def _first_hour(_tokens: Tokens, first: int, last: int) -> Atom:
    return Atom(first, last, part=Part.FIRST_HOUR)


_READERS: Final[dict[str, Callable[[Tokens, int, int], Atom | None]]] = {
    "never": _never,
    "all_day": _all_day,
    "part": _part,
    "two_parts": _two_parts,
    "this_part": _this_part,
    "night_of": _night_of,
    "daytime": _daytime,
    "early": _early,
    "first_hour": _first_hour,
    **days.READERS,
    **clocks.READERS,
    **distances.READERS,
}
