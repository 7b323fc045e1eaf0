"""Working time: when somebody is at the desk, and how much of it lies between two instants."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Protocol

import holidays

from dialogs.timezones import get_zone

Hours = tuple[tuple[int, int], ...]
"""Intervals of a day in minutes of the wall clock since midnight: `((540, 780), (840, 1080))` has lunch at one."""

Stretch = tuple[datetime, datetime]
"""From an instant to a later one, in UTC."""

DAY = timedelta(days=1)
FOREVER = datetime.max.replace(tzinfo=UTC)


class NoSuchHolidaysError(ValueError):
    """The country or its region has no holidays that are known."""


@dataclass(frozen=True, slots=True)
class Pause:
    """A time that does not count. Without `until` it has not ended. `third_party` tells who was waited for."""

    since: datetime
    until: datetime | None = None
    third_party: bool = False


class WorkingTime(Protocol):
    """Says when time counts."""

    def open_from(self, instant: datetime) -> Iterator[Stretch]:
        """Yield the times that count from an instant on, in order and apart from each other."""


class AroundTheClock:
    """All of the time counts."""

    def open_from(self, instant: datetime) -> Iterator[Stretch]:
        """Yield everything that is to come."""
        yield instant.astimezone(UTC), FOREVER


ALWAYS = AroundTheClock()


@lru_cache(maxsize=64)
def _holidays(code: str, language: str | None) -> holidays.HolidayBase:
    country, _, region = code.partition("-")
    try:
        found = holidays.country_holidays(country, subdiv=region or None)
        if language and (spoken := [one for one in found.supported_languages if one.startswith(language)]):
            found = holidays.country_holidays(country, subdiv=region or None, language=spoken[0])
    except NotImplementedError as error:
        raise NoSuchHolidaysError(code) from error
    return found


def holiday_name(code: str, day: date, language: str | None = None) -> str | None:
    """Return what is celebrated on a day in a country (`PE`) or a region of it (`US-FL`), if anything is.

    The days are those of the `holidays` package, and so are their names; in the language where it has it.

    Raises:
        NoSuchHolidaysError: it knows no such country or region.
    """
    return _holidays(code, language).get(day) if code else None


@dataclass(frozen=True)
class Calendar:
    """The hours of a desk: by weekday (Monday first), none on holidays, and on the dates of `exceptions` as they say.

    Hours are of the wall clock in `zone`, so the day that daylight saving begins or ends has an hour less or more
    where it falls into them. `day` is what one working day of a target counts as.
    """

    name: str
    zone: str
    week: tuple[Hours, ...]
    holidays: str = ""
    exceptions: Mapping[date, Hours] = field(default_factory=dict)
    day: timedelta = timedelta(hours=8)
    _known: dict[date, tuple[Stretch, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if len(self.week) != 7 or not any(self.week):
            raise ValueError(f"nobody ever works in the calendar {self.name}")
        holiday_name(self.holidays, date(2026, 1, 1))

    def open_from(self, instant: datetime) -> Iterator[Stretch]:
        """Yield the working time from an instant on."""
        day = instant.astimezone(get_zone(self.zone)).date()
        while True:
            for opens, closes in self.stretches(day):
                if closes > instant:
                    yield max(opens, instant.astimezone(UTC)), closes
            day += DAY

    def stretches(self, day: date) -> tuple[Stretch, ...]:
        """Return the working time of a day."""
        if day not in self._known:
            self._known[day] = tuple(self._stretches(day))
        return self._known[day]

    def _stretches(self, day: date) -> Iterator[Stretch]:
        after = self._instant(day, 0)
        for first, last in self._hours(day):
            # An hour that daylight saving skips is pushed onto the next one: nothing may count twice.
            opens, closes = max(self._instant(day, first), after), self._instant(day, last)
            if opens < closes:
                yield opens, closes
                after = closes

    def _hours(self, day: date) -> Hours:
        if day in self.exceptions:
            return self.exceptions[day]
        return () if holiday_name(self.holidays, day) else self.week[day.weekday()]

    def _instant(self, day: date, minute: int) -> datetime:
        local = datetime.combine(day + DAY * (minute // 1440), time(minute % 1440 // 60, minute % 60))
        return local.replace(tzinfo=get_zone(self.zone)).astimezone(UTC)


def counted(
    hours: WorkingTime, since: datetime, until: datetime | None = None, pauses: tuple[Pause, ...] = ()
) -> Iterator[Stretch]:
    """Yield the stretches that count between two instants. `pauses` are in order and apart from each other."""
    if pauses and pauses[-1].until is None:
        until = min(until or FOREVER, pauses[-1].since)
    if until is not None and until <= since:
        return
    for opens, closes in hours.open_from(since):
        if until is not None and opens >= until:
            return
        yield from _between(opens, closes if until is None else min(closes, until), pauses)
        if closes == FOREVER:
            return


def _between(opens: datetime, closes: datetime, pauses: tuple[Pause, ...]) -> Iterator[Stretch]:
    for pause in pauses:
        if pause.until is None or pause.since >= closes:
            break
        if pause.until <= opens:
            continue
        if pause.since > opens:
            yield opens, pause.since
        opens = pause.until
    if opens < closes:
        yield opens, closes


def add(hours: WorkingTime, since: datetime, target: timedelta, pauses: tuple[Pause, ...] = ()) -> datetime | None:
    """Return the first instant at which a time that counts has gone by, or nothing while a pause lasts before it."""
    left = target
    for opens, closes in counted(hours, since, None, pauses):
        if closes - opens >= left:
            return opens + left
        left -= closes - opens
    return None


def elapsed(hours: WorkingTime, since: datetime, until: datetime, pauses: tuple[Pause, ...] = ()) -> timedelta:
    """Return how much time counted between two instants."""
    stretches = counted(hours, since, until, pauses)
    return sum((closes - opens for opens, closes in stretches), timedelta())
