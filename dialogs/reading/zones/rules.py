"""Which zones really differ: those whose clocks stood, or will stand, apart near an instant."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from dialogs.timezones import get_zone, offset_minutes

_WEEKS = 104


@lru_cache(maxsize=1024)
def _offsets(zone: str, year: int) -> tuple[int, ...]:
    rules = get_zone(zone)
    first = datetime(year - 1, 7, 1, 12, tzinfo=UTC)
    return tuple(offset_minutes(rules, first + timedelta(weeks=week)) for week in range(_WEEKS))


def same_rules(one: str, other: str, at: datetime) -> bool:
    """Tell whether two zones show the same hour all year: from last July to the next but one."""
    return one == other or _offsets(one, at.year) == _offsets(other, at.year)


def rule_sets(zones: Iterable[str], at: datetime) -> tuple[str, ...]:
    """Return the first zone of each set of rules that differs near an instant, in the order given."""
    found: list[str] = []
    for zone in zones:
        if not any(same_rules(zone, other, at) for other in found):
            found.append(zone)
    return tuple(found)


def offset_at(zone: str, at: datetime) -> int:
    """Return what a zone's clocks are ahead of UTC at an instant, in minutes."""
    return offset_minutes(get_zone(zone), at)


def shows_offset(zone: str, offset_min: int, at: datetime) -> bool:
    """Tell whether a zone keeps an offset at an instant, or all year round as its standard time."""
    return offset_at(zone, at) == offset_min or min(_offsets(zone, at.year)) == offset_min
