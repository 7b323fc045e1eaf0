"""Zones by name, and fixed distances from UTC as zones like any other."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfoNotFoundError

import pytest

from dialogs.timezones import fixed_name, get_zone, is_zone


@pytest.mark.parametrize("minutes", [0, 60, -300, -210, 345, 840, -720])
def test_a_distance_is_a_zone_that_never_changes(minutes: int) -> None:
    name = fixed_name(minutes)
    zone = get_zone(name)
    for month in (1, 7):
        instant = datetime(2026, month, 1, 12, tzinfo=UTC)
        assert instant.astimezone(zone).utcoffset() == timedelta(minutes=minutes)
        assert datetime(1950, month, 1, tzinfo=zone).utcoffset() == timedelta(minutes=minutes)
    assert zone.key == name
    assert not is_zone(name)


@pytest.mark.parametrize(
    "name", ["", "Miami", "UTC-5", "UTC-99:00", "../etc/passwd", "America/", "America/Nowhere", "/"]
)
def test_what_is_no_zone_is_refused(name: str) -> None:
    with pytest.raises(ZoneInfoNotFoundError):
        get_zone(name)
    assert not is_zone(name)
