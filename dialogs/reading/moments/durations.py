"""How long: "dos horas y media", "1h30", "a couple of days"."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from dialogs.reading.moments.model import Grain
from dialogs.reading.moments.parts import Distance
from dialogs.reading.moments.tokens import Digits, Tokens

_HOUR: Final = 3600
_DAY: Final = 24 * _HOUR
_NUMBERS: Final = frozenset({"NUM", "BIG", "WNUM", "DEC"})
_FRACTIONS: Final = {"MEDIA": 0.5, "CUARTO": 0.25}
_GRAINS: Final = {
    "SEC": Grain.SECOND,
    "MIN": Grain.MINUTE,
    "HOURS": Grain.HOUR,
    "HOUR": Grain.HOUR,
    "DIA": Grain.DAY,
    "DAYS": Grain.DAY,
    "NIGHTS": Grain.DAY,
    "WEEK": Grain.DAY,
}
_BELOW: Final = {
    Grain.DAY: Grain.HOUR,
    Grain.HOUR: Grain.MINUTE,
    Grain.MINUTE: Grain.SECOND,
    Grain.SECOND: Grain.SECOND,
}
_FINENESS: Final = (Grain.DAY, Grain.HOUR, Grain.MINUTE, Grain.SECOND)


def read_duration(tokens: Tokens, first: int, last: int, *, ahead: bool = False) -> Distance | None:
    """Read how long the tokens say; none when they name no unit."""
    quantity: float | None = None
    unit = 0
    months = 0
    length = timedelta()
    grain: Grain | None = None
    for index in range(first, last):
        kind, value = tokens.kind(index), tokens.values[index]
        if isinstance(value, Digits):
            length, grain = timedelta(hours=value.hour, minutes=value.minute), Grain.MINUTE
        elif kind in _FRACTIONS and unit:
            length, quantity = length + timedelta(seconds=unit * _FRACTIONS[kind]), None
            grain = _finer(grain, Grain.MINUTE if unit < _DAY else Grain.HOUR if unit == _DAY else Grain.DAY)
        elif kind in _FRACTIONS:
            after_and = "Y" in {tokens.kind(index - 1), tokens.kind(index - 2)} and quantity is not None
            quantity = (quantity or 0) + _FRACTIONS[kind] if after_and else (quantity or 1) * _FRACTIONS[kind]
        elif kind == "PAIR":
            quantity = 2
        elif kind in _NUMBERS or (kind in {"ONE", "A"} and not quantity):
            told = 1 if kind == "A" else value
            assert isinstance(told, int | float)
            tens = kind == "WNUM" and quantity is not None and quantity >= 20
            quantity = told + quantity if tens and quantity else told
        elif kind in {"MONTHS", "YEARS"}:
            assert isinstance(value, int)
            months += round((1 if quantity is None else quantity) * value)
            grain, unit, quantity = grain or Grain.DAY, value * 30 * _DAY, None
        elif kind in _GRAINS:
            assert isinstance(value, int)
            amount = 1 if quantity is None else quantity
            unit = value * (_DAY if _GRAINS[kind] is Grain.DAY else 1)
            length += timedelta(seconds=unit * amount)
            grain = _finer(grain, _GRAINS[kind] if amount % 1 == 0 else _BELOW[_GRAINS[kind]])
            quantity = None
    if quantity is not None and unit == _HOUR:
        # "una hora y veinte": minutes without the word.
        length, grain = length + timedelta(minutes=quantity), Grain.MINUTE
    return Distance(months, length, grain, ahead) if grain else None


def _finer(one: Grain | None, other: Grain) -> Grain:
    return max(one or Grain.DAY, other, key=_FINENESS.index)
