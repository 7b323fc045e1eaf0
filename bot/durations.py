"""Lengths of time as people write them in settings: `10 minutes`, `10m`, `1h 30m`, `2 días`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

from dialogs.reading.text import fold

_UNITS = {
    "second": ("s", "sec", "secs", "second", "seconds", "seg", "segundo", "segundos"),
    "minute": ("m", "min", "mins", "minute", "minutes", "minuto", "minutos"),
    "hour": ("h", "hr", "hrs", "hour", "hours", "hora", "horas"),
    "day": ("d", "day", "days", "dia", "dias"),
    "week": ("w", "week", "weeks", "semana", "semanas"),
}
_LENGTHS = {
    "second": timedelta(seconds=1),
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
}
_LENGTH_OF = {word: _LENGTHS[unit] for unit, words in _UNITS.items() for word in words}
_DAYS = frozenset(_UNITS["day"] + _UNITS["week"])
_PART = re.compile(r"\s*(\d{1,6})\s*([a-z]+)\s*(?:,|y\b|and\b)?")


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time as it was named: so many days, and hours and minutes beside them."""

    days: int
    rest: timedelta

    @property
    def total(self) -> timedelta:
        """How long it is where a day has 24 hours."""
        return self.with_days_of(timedelta(days=1))

    def with_days_of(self, day: timedelta) -> timedelta:
        """Return how long it is where a day counts as that, such as a working day."""
        return self.days * day + self.rest


def read_duration(text: str) -> timedelta:
    """Return the length of time that a text names.

    Raises:
        ValueError: it names none, or nothing longer than zero.
    """
    return read_length(text).total


def read_length(text: str) -> Length:
    """Return the length of time that a text names, its days kept apart from its hours: `1 day` is not `24 hours`.

    Raises:
        ValueError: it names none, or nothing longer than zero.
    """
    folded, days, rest, position = fold(text).strip(), 0, timedelta(), 0
    while position < len(folded):
        match = _PART.match(folded, position)
        if not match or match[2] not in _LENGTH_OF:
            raise ValueError(f"not a length of time: {text}")
        length = int(match[1]) * _LENGTH_OF[match[2]]
        days, rest = (days + length.days, rest) if match[2] in _DAYS else (days, rest + length)
        position = match.end()
    if not (days or rest):
        raise ValueError(f"not a length of time: {text}")
    return Length(days, rest)
