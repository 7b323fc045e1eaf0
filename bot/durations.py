"""Lengths of time as people write them in settings: `10 minutes`, `10m`, `1h 30m`, `2 días`."""

from __future__ import annotations

import re
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
_PART = re.compile(r"\s*(\d{1,6})\s*([a-z]+)\s*(?:,|y\b|and\b)?")


def read_duration(text: str) -> timedelta:
    """Return the length of time that a text names.

    Raises:
        ValueError: it names none, or nothing longer than zero.
    """
    folded, total, position = fold(text).strip(), timedelta(), 0
    while position < len(folded):
        match = _PART.match(folded, position)
        if not match or match[2] not in _LENGTH_OF:
            raise ValueError(f"not a length of time: {text}")
        total += int(match[1]) * _LENGTH_OF[match[2]]
        position = match.end()
    if not total:
        raise ValueError(f"not a length of time: {text}")
    return total
