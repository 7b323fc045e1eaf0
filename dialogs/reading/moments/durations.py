"""How long: "dos horas y media", "1h30", "a couple of days"."""

from __future__ import annotations

from datetime import timedelta

from dialogs.reading.moments.model import Grain
from dialogs.reading.moments.parts import Distance
from dialogs.reading.moments.tokens import Digits, Tokens

_CLOCK_GRAINS = {"SEC": Grain.SECOND, "MIN": Grain.MINUTE, "HOURS": Grain.HOUR, "HOUR": Grain.HOUR}
_DAYS = {"DIA": 1, "DAYS": 1, "NIGHTS": 1, "WEEK": 7}
_FINENESS = (Grain.DAY, Grain.HOUR, Grain.MINUTE, Grain.SECOND)


def read_duration(tokens: Tokens, first: int, last: int, *, ahead: bool = False) -> Distance | None:
    """Read how long the tokens say; none when they name no unit."""
    quantity: float | None = None
    unit = ""
    months = 0.0
    length = timedelta()
    grain: Grain | None = None
    for index in range(first, last):
        kind, value = tokens.kind(index), tokens.values[index]
        if isinstance(value, Digits):
            length, grain, unit = timedelta(hours=value.hour, minutes=value.minute), Grain.MINUTE, "MIN"
        elif kind == "MEDIA" and unit:
            step, fine = _step(unit, None, 0.5)
            length, grain, quantity = length + step, _finer(grain, fine), None
        elif kind in {"MEDIA", "CUARTO"}:
            quantity = (quantity or 0) * (kind == "MEDIA" and tokens.kind(index - 1) in {"Y", "A"}) + (
                0.5 if kind == "MEDIA" else 0.25
            )
        elif kind == "PAIR":
            quantity = 2
        elif kind in {"NUM", "BIG", "WNUM", "DEC"} or (kind in {"ONE", "A"} and not quantity):
            told = 1 if kind == "A" else value
            assert isinstance(told, int | float)
            tens = quantity is not None and kind == "WNUM" and quantity >= 20
            quantity = told + (quantity or 0) if tens else told
        elif kind in _CLOCK_GRAINS or kind in _DAYS:
            amount = 1 if quantity is None else quantity
            step, fine = _step(kind, value, amount)
            length, grain, unit, quantity = length + step, _finer(grain, fine), kind, None
        elif kind in {"MONTHS", "YEARS"}:
            assert isinstance(value, int)
            months += (1 if quantity is None else quantity) * value
            grain, unit, quantity = grain or Grain.DAY, kind, None
    if quantity is not None and unit == "HOUR":
        length, grain = length + timedelta(minutes=quantity), Grain.MINUTE
    return Distance(round(months), length, grain, ahead) if grain else None


def _step(kind: str, value: object, amount: float) -> tuple[timedelta, Grain]:
    if kind in _DAYS:
        days = value if isinstance(value, int) else _DAYS[kind]
        return timedelta(days=days * amount), Grain.DAY if amount % 1 == 0 else Grain.HOUR
    if kind in {"MONTHS", "YEARS"}:
        return timedelta(days=15 if kind == "MONTHS" else 182), Grain.DAY
    seconds = {"SEC": 1, "MIN": 60}.get(kind, 3600)
    grain = _CLOCK_GRAINS[kind]
    return timedelta(seconds=seconds * amount), grain if amount % 1 == 0 else Grain.MINUTE


def _finer(one: Grain | None, other: Grain) -> Grain:
    return max(one or Grain.DAY, other, key=_FINENESS.index)
