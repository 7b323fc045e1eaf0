"""The numbers of the settings, and how long they take by the clock on the wall: counted minute by minute.

Nothing of the desk's own arithmetic is used: holidays, hours and targets are written down here a second time.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

KINDS = ("first_response", "next_response", "update_every", "resolution")
HOLIDAYS = {
    "": set[str](),
    "US-FL": {"2026-11-11", "2026-11-26", "2026-11-27", "2026-12-25", "2027-01-01", "2027-01-18", "2027-05-31"},
    "PE": {"2026-12-08", "2026-12-09", "2026-12-25", "2027-01-01", "2027-03-25", "2027-03-26", "2027-05-01"},
    "MX": {"2026-11-16", "2026-12-25", "2027-01-01", "2027-02-01", "2027-03-15", "2027-05-01"},
}
"""From November 2026 to May 2027, as the calendars of those countries have them."""
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DEFAULTS = tomllib.loads((Path(__file__).parents[3] / "bot/settings/defaults.toml").read_text("utf-8"))

Hours = tuple[tuple[int, int], ...]
Pauses = tuple[tuple[int, int | None], ...]


@dataclass(frozen=True)
class Opening:
    """When a desk works, by the clock on its wall."""

    zone: str
    week: tuple[Hours, ...]
    special: tuple[tuple[str, Hours], ...]
    holidays: str
    day: int

    def hours(self, day: date) -> Hours:
        special = dict(self.special)
        if day.isoformat() in special:
            return special[day.isoformat()]
        return () if day.isoformat() in HOLIDAYS[self.holidays] else self.week[day.weekday()]


@dataclass(frozen=True)
class Rules:
    """What is promised to a company: seconds by severity and kind, in whose hours."""

    seconds: Mapping[str, Mapping[str, int]]
    around_the_clock: frozenset[str]
    opening: Opening
    warn_at: tuple[int, ...]
    third_party_pauses: bool


@lru_cache(maxsize=64)
def rules_of(source: str, company: str) -> Rules:
    """Read what the settings promise to a company: in its channel, to itself, or to everybody."""
    told = tomllib.loads(source)
    levels = DEFAULTS["service_levels"] | told.get("service_levels", {})
    for severity in ("S1", "S2", "S3", "S4"):
        levels[severity] = DEFAULTS["service_levels"][severity] | levels.get(severity, {})
    channels = {f"{one['platform']}:{one['id']}": one.get("organisation") for one in told.get("channels", ())}
    own = levels.get("own", ())
    found = [one for one in own if company and channels.get(one.get("channel", "")) == company]
    found += [one for one in own if company and one.get("organisation") == company]
    mine = found[0] if found else {}
    calendars = {one["name"]: one for one in told.get("calendars", DEFAULTS["calendars"])}
    opening = _opening(calendars[mine.get("calendar", levels["calendar"])])
    targets = {severity: levels[severity] | mine.get(severity, {}) for severity in ("S1", "S2", "S3", "S4")}
    always = frozenset(severity for severity, target in targets.items() if target["hours"] == "always")
    return Rules(
        seconds={
            severity: {kind: _seconds(target[kind], 86_400 if severity in always else opening.day) for kind in KINDS}
            for severity, target in targets.items()
        },
        around_the_clock=always,
        opening=opening,
        warn_at=tuple(levels["warn_at"]),
        third_party_pauses=mine.get("third_party_pauses", levels["third_party_pauses"]),
    )


def _seconds(text: str, day: int) -> int:
    number, unit = text.split()
    return int(number) * {"minute": 60, "hour": 3600, "day": day}[unit.rstrip("s")]


def _opening(told: Mapping[str, Any]) -> Opening:
    return Opening(
        zone=told["zone"],
        week=tuple(_hours(told.get(day, ())) for day in DAYS),
        special=tuple((one["date"].isoformat(), _hours(one["hours"])) for one in told.get("exceptions", ())),
        holidays=told.get("holidays", ""),
        day=_seconds(told["day"], 0),
    )


def _hours(told: Sequence[str]) -> Hours:
    def minute(text: str) -> int:
        hour, _, rest = text.partition(":")
        return int(hour) * 60 + int(rest)

    return tuple((minute(one.split("-")[0]), minute(one.split("-")[1])) for one in told)


_WHOLE_DAY = b"\1" * 1440


@lru_cache(maxsize=4096)
def _minutes(opening: Opening, day: int) -> bytes:
    """Return for every minute of a day in UTC, counted since 1970, whether somebody works."""
    zone, first = ZoneInfo(opening.zone), datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=day)
    found = bytearray(1440)
    for minute in range(1440):
        local = (first + timedelta(minutes=minute)).astimezone(zone)
        now = local.hour * 60 + local.minute
        found[minute] = any(opens <= now < closes for opens, closes in opening.hours(local.date()))
    return bytes(found)


@lru_cache(maxsize=4096)
def reach(since: int, wanted: tuple[int, ...], opening: Opening | None, pauses: Pauses) -> list[int | None]:
    """Return when each of some numbers of seconds, the smallest first, has gone by; nothing for what a pause bars."""
    found: list[int | None] = []
    at, gone, today, works = since, 0, -1, b""
    while len(found) < len(wanted):
        resting = [(begun, end) for begun, end in pauses if begun <= at and (end is None or at < end)]
        if any(end is None for _, end in resting):
            return found + [None] * (len(wanted) - len(found))
        if resting:
            at = max(end for _, end in resting if end is not None)
            continue
        if at // 86_400 != today:
            today = at // 86_400
            works = _minutes(opening, today) if opening else _WHOLE_DAY
        until = at - at % 60 + 60
        for begun, _ in pauses:
            if at < begun < until:
                until = begun
        if works[at % 86_400 // 60]:
            while len(found) < len(wanted) and gone + until - at >= wanted[len(found)]:
                found.append(at + wanted[len(found)] - gone)
            gone += until - at
        at = until
    return found
