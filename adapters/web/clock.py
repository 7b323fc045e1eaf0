"""How far the page may move the desk's clock."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

_MORNING = time(9)
_SATURDAY = 5


class Move(StrEnum):
    """A button of the clock bar."""

    QUARTER = "quarter"
    HOUR = "hour"
    MORNING = "morning"


def distance(move: Move, now: datetime, zone: ZoneInfo) -> timedelta:
    """Return how far a move goes from `now`; the next working morning is nine o'clock, Monday to Friday."""
    match move:
        case Move.QUARTER:
            return timedelta(minutes=15)
        case Move.HOUR:
            return timedelta(hours=1)
        case Move.MORNING:
            return _next_morning(now, zone) - now


def _next_morning(now: datetime, zone: ZoneInfo) -> datetime:
    day = now.astimezone(zone).date()
    while True:
        morning = datetime.combine(day, _MORNING, zone)
        if morning > now and day.weekday() < _SATURDAY:
            return morning
        day += timedelta(days=1)
