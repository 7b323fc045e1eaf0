"""The one door to time zone rules: the `tzdata` package, never what the machine happens to have."""

from __future__ import annotations

import re
import struct
from datetime import datetime
from functools import cache
from importlib import resources
from io import BytesIO
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_FIXED = re.compile(r"UTC(?P<sign>[+-])(?P<hours>[01]\d):(?P<minutes>[0-5]\d)")


@cache
def get_zone(name: str) -> ZoneInfo:
    """Return the zone of an IANA name such as ``America/New_York``, or of a fixed distance such as ``UTC-03:30``.

    Raises:
        ZoneInfoNotFoundError: there is no zone of that name.
    """
    if fixed := _FIXED.fullmatch(name):
        minutes = int(fixed["hours"]) * 60 + int(fixed["minutes"])
        return _fixed_zone(name, -minutes if fixed["sign"] == "-" else minutes)
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


def _fixed_zone(name: str, minutes: int) -> ZoneInfo:
    """Return a zone that always keeps its distance: a time zone file (RFC 9636) of one type and no transition."""
    label = name.encode() + b"\0"
    header = b"TZif2" + bytes(15) + struct.pack(">6l", 0, 0, 0, 0, 1, len(label))
    block = header + struct.pack(">lbB", minutes * 60, 0, 0) + label
    hours, rest = divmod(abs(minutes), 60)
    rule = f"<{name[3:].replace(':', '')}>{'' if minutes < 0 else '-'}{hours}:{rest:02}"
    return ZoneInfo.from_file(BytesIO(block + block + b"\n" + rule.encode() + b"\n"), key=name)


def fixed_name(minutes: int) -> str:
    """Return the name of a fixed distance from UTC, given in minutes: ``UTC-05:00``."""
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'-' if minutes < 0 else '+'}{hours:02}:{rest:02}"


def is_zone(name: str) -> bool:
    """Tell whether there is a zone of that IANA name."""
    if _FIXED.fullmatch(name):
        return False
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


@cache
def _countries() -> dict[str, str]:
    text = resources.files("tzdata").joinpath("zoneinfo", "zone.tab").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {row[2]: row[0] for row in rows}


def country_of_zone(zone: str) -> str | None:
    """Return the ISO 3166 code of the country of an IANA zone, after tzdata's zone.tab; none for one of no country."""
    return _countries().get(zone)
