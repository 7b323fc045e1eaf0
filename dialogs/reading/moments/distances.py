"""Readers of distances from now: "hace 2 horas", "lleva 3 días", "for the last hour", "dentro de 10 minutos"."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from dialogs.reading.moments import clocks
from dialogs.reading.moments.durations import read_duration
from dialogs.reading.moments.guards import SERVICES
from dialogs.reading.moments.model import Grain
from dialogs.reading.moments.parts import Atom, Distance, Part, Relative
from dialogs.reading.moments.tokens import Tokens
from dialogs.reading.text import fold
from dialogs.reading.time_words import words

# After "hace 2 horas (que)" these say that it goes on.
_STILL: Final = words("no nadie estamos esta estan tenemos tengo seguimos sigue ninguna ningun ya sin")
# Before "2 horas sin" or "down for 2 hours" these say that it is over, unless a perfect stands before them.
_OVER: Final = words("estuvimos estuve estuvo estuvieron pasamos pase duramos quedamos was were had went tarda tardo")
_PERFECT: Final = words("have has we've it's ve")


def _ago(tokens: Tokens, first: int, last: int) -> Atom | None:
    distance = read_duration(tokens, first, last)
    kinds = [tokens.kind(index) for index in range(first, last)]
    goes_on = fold(tokens.word(last + (tokens.kind(last) == "QUE"))) in _STILL
    begins = "SINCE" in kinds or ("HACE" in kinds and goes_on)
    while tokens.kind(first) in {"SINCE", "DE"}:
        first += 1
    if distance and "NIGHTS" in kinds:
        return Atom(first, last, day=Relative(-distance.length.days), part=Part.NIGHT, begins=begins)
    return _away(first, last, distance, begins=begins) if distance else None


def _lasting(tokens: Tokens, first: int, last: int) -> Atom | None:
    kinds = [tokens.kind(index) for index in range(first, last)]
    if kinds[0] == "SINCE" and kinds[-1] == "HOURS" and (clock := clocks.since_hours(tokens, first, last)):
        return clock
    if "YEARS" in kinds or "HOLD" in {tokens.kind(last), tokens.kind(last + 1)} or _is_over(tokens, first, kinds):
        return None
    after = fold(tokens.word(last))
    if kinds[0] == "HAVE" and not (after.endswith("ndo") or after in {"con", "asi"}):
        return None
    of = first if kinds[0] == "DE" else first - 1
    if tokens.kind(of) == "DE" and tokens.kind(of - 1) == "WORD":  # "plan de 12 meses sin"
        return None
    if kinds[0] in {"SIN", "DOWN"} and not _is_outage(tokens, first, last, kinds):
        return None
    distance = read_duration(tokens, first, last)
    return _away(first, last, distance, begins=True) if distance else None


def _is_over(tokens: Tokens, first: int, kinds: list[str]) -> bool:
    perfect = kinds[-1] != "SIN" and fold(tokens.word(first - 2)) in _PERFECT
    return kinds[0] != "BEEN" and fold(tokens.word(first - 1)) in _OVER and not perfect


def _is_outage(tokens: Tokens, first: int, last: int, kinds: list[str]) -> bool:
    """Tell whether "no X for 2 hours" speaks of an outage, not of what X does within that time."""
    if "EN" in kinds:
        return "in" in [fold(tokens.word(index)) for index in range(first, last)]
    return kinds[0] == "DOWN" or "FOR" in kinds or fold(tokens.word(first + 1)) in SERVICES


def _ahead(tokens: Tokens, first: int, last: int) -> Atom | None:
    soon = tokens.kind(last - 1) in {"SEC", "MIN"}
    if tokens.kind(first) == "EN" and (soon or tokens.kind(first - 1) != "END"):
        return None
    distance = read_duration(tokens, first, last, ahead=True)
    return _away(first, last, distance) if distance else None


def _away(first: int, last: int, distance: Distance, *, begins: bool = False) -> Atom:
    """Return whole days as a day, so that an hour can stand beside them ("hace 2 días a las 3")."""
    if distance.grain is Grain.DAY and not distance.months:
        days = distance.length.days
        return Atom(first, last, day=Relative(days if distance.ahead else -days), begins=begins)
    return Atom(first, last, distance=distance, begins=begins)


READERS: Final[dict[str, Callable[[Tokens, int, int], Atom | None]]] = {
    "ago": _ago,
    "lasting": _lasting,
    "ahead": _ahead,
}
