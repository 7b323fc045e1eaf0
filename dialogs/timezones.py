"""The one door to time zone rules: the `tzdata` package, never what the machine happens to have."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone, tzinfo
from functools import cache
from importlib import resources
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


@cache
def get_zone(name: str) -> ZoneInfo:
    """Return the zone of an IANA name such as ``America/New_York``.

    Raises:
        ZoneInfoNotFoundError: there is no zone of that name.
    """
    parts = name.split("/")
    if not all(part and part.replace("_", "").replace("-", "").replace("+", "").isalnum() for part in parts):
        raise ZoneInfoNotFoundError(name)
    source = resources.files("tzdata").joinpath("zoneinfo", *parts)
    if not source.is_file():
        raise ZoneInfoNotFoundError(name)
    with source.open("rb") as file:
        try:
            return ZoneInfo.from_file(file, key=name)
        except ValueError as error:
            raise ZoneInfoNotFoundError(name) from error


def is_zone(name: str) -> bool:
    """Tell whether there is a zone of that IANA name."""
    try:
        get_zone(name)
    except ZoneInfoNotFoundError:
        return False
    return True


def offset_minutes(zone: ZoneInfo, instant: datetime) -> int:
    """Return what the zone's clocks are ahead of UTC at an instant, in minutes."""
    offset = instant.astimezone(zone).utcoffset()
    assert offset is not None
    return round(offset.total_seconds() / 60)


_FIXED = re.compile(r"UTC([+-])(\d\d):(\d\d)")


def clock_of(name: str) -> tzinfo:
    """Return the clock of an IANA name, or of a fixed distance from UTC written ``UTC-05:00``.

    Raises:
        ZoneInfoNotFoundError: it is neither.
    """
    fixed = _FIXED.fullmatch(name)
    if fixed is None:
        return get_zone(name)
    sign, hours, minutes = fixed.groups()
    distance = timedelta(hours=int(hours), minutes=int(minutes))
    return timezone(-distance if sign == "-" else distance)


def fixed_name(minutes: int) -> str:
    """Return the name of a fixed distance from UTC, given in minutes: ``UTC-05:00``."""
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'-' if minutes < 0 else '+'}{hours:02}:{rest:02}"
