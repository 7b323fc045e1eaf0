"""The one door to time zone rules: the `tzdata` package, never what the machine happens to have."""

from __future__ import annotations

from datetime import datetime
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
