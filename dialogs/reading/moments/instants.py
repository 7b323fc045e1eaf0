"""From wall clocks to instants, honest about the hours a clock change repeats or leaves out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone, tzinfo

from dialogs.reading.moments.model import Flag
from dialogs.timezones import get_zone


def zone_rules(zone: str | int) -> tuple[str, tzinfo]:
    """Return the name and the rules of an IANA zone or of a distance from UTC in minutes."""
    if isinstance(zone, str):
        return zone, get_zone(zone)
    if zone == 0:
        return "UTC", UTC
    sign, (hours, minutes) = "-" if zone < 0 else "+", divmod(abs(zone), 60)
    return f"UTC{sign}{hours:02}:{minutes:02}", timezone(timedelta(minutes=zone))


def to_instant(wall: datetime, rules: tzinfo) -> tuple[datetime, Flag]:
    """Return the first instant at which a zone's clocks showed a wall time (naive), and whether they did.

    A wall time that a clock change left out is read with the offset from before the change.
    """
    first = wall.replace(tzinfo=rules, fold=0)
    second = first.replace(fold=1)
    instant = first.astimezone(UTC)
    if first.utcoffset() == second.utcoffset():
        return instant, Flag.OK
    shown = instant.astimezone(rules).replace(tzinfo=None)
    return instant, Flag.AMBIGUOUS if shown == wall else Flag.NONEXISTENT
