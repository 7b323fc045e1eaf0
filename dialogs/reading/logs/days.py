"""Decides the day of stamps that do not tell it whole: no year, day and month in an unknown order, only a clock."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import pairwise

from dialogs.reading.logs.scan import EARLIEST, Found, Numbers, YearlessDay

_TOLERANCE = timedelta(days=1)  # a log in UTC, or a clock that runs ahead, may be a day beyond the reference
_RECENT = timedelta(days=400)
_ORDERS = ("dmy", "mdy", "ymd")


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _latest_year(month: int, day: int, weekday: int | None, limit: date) -> date | None:
    """Return the last such day not beyond the limit, of that weekday where one was told and one is found."""
    past = [
        found for year in range(limit.year, limit.year - 9, -1) if (found := _date(year, month, day)) and found <= limit
    ]
    matching = [found for found in past if weekday is None or found.weekday() == weekday]
    return next(iter(matching or past), None)


def _in_order(numbers: Numbers, order: str, limit: date) -> date | None:
    """Return the date that numbers tell in an order, None where they tell none or one beyond the limit."""
    first, second, third = numbers.first, numbers.second, numbers.third
    if third is None:
        return None if order == "ymd" else _latest_year(*_month_day(first, second, order), None, limit)
    if order == "ymd":
        found = _date(2000 + first, second, third) if numbers.short_year else None
    else:
        found = _date(third + 2000 * numbers.short_year, *_month_day(first, second, order))
    return found if found and found.year >= EARLIEST and found <= limit else None


def _month_day(first: int, second: int, order: str) -> tuple[int, int]:
    return (second, first) if order == "dmy" else (first, second)


def _never_falls(days: Iterable[date]) -> bool:
    days = list(days)
    pairs = list(pairwise(days))
    return all(a <= b for a, b in pairs) or all(a >= b for a, b in pairs)


def _decide_orders(series: list[Found], known: set[date], limit: date) -> list[str]:
    """Return the orders of day and month in which a series may be read, best first; none where it mixes them."""
    readings = {}
    for order in _ORDERS:
        days = [_in_order(found.day, order, limit) for found in series if isinstance(found.day, Numbers)]
        if all(days):
            readings[order] = [day for day in days if day]
    usual = {order: days for order, days in readings.items() if order != "ymd"}
    if usual and any(limit - min(days) < _RECENT for days in usual.values()):
        readings = usual
    elif "ymd" in readings and limit - min(readings["ymd"]) < _RECENT:
        return ["ymd"]
    elif usual:
        readings = usual
    if all(_is_machine_stamp(found) for found in series) and "mdy" in readings:
        return ["mdy"]
    near = {day + timedelta(days=shift) for day in known for shift in (-1, 0, 1)}
    for evidence in (_never_falls, near.issuperset):
        passing = {order: days for order, days in readings.items() if evidence(days)}
        readings = passing or readings
    if len({tuple(days) for days in readings.values()}) == 1:
        return list(readings)[:1]
    return list(readings)


def _is_machine_stamp(found: Found) -> bool:
    """Tell a stamp as Android writes it: ``11-22 09:15:03.123``, the month first."""
    day = found.day
    return isinstance(day, Numbers) and day.third is None and day.separator == "-" and len(found.fraction) >= 3


def _read_numbers(found: list[Found], known: set[date], limit: date) -> dict[int, tuple[date, ...]]:
    """Return the dates of the stamps told in numbers, by the place of the stamp, best first."""
    series = defaultdict(list)
    for stamp in found:
        if isinstance(stamp.day, Numbers):
            series[(stamp.day.separator, stamp.day.short_year, stamp.day.third is None)].append(stamp)
    dates = {}
    for stamps in series.values():
        orders = _decide_orders(stamps, known, limit) or _ORDERS
        for stamp in stamps:
            assert isinstance(stamp.day, Numbers)
            days = (_in_order(stamp.day, order, limit) for order in orders)
            dates[stamp.start] = tuple(dict.fromkeys(day for day in days if day))
    return dates


def _read_clocks(found: list[Found], dates: dict[int, tuple[date, ...]], reference: datetime) -> None:
    """Give each bare clock the day told before it, else the first told after it, else the last one possible.

    A clock that falls back by more than six hours has passed midnight.
    """
    told = next((days for stamp in found if (days := dates.get(stamp.start))), None)
    days, previous = told or (reference.date(),), timedelta()
    for stamp in found:
        if stamp.day is not None:
            days = dates.get(stamp.start) or days
        else:
            if previous - stamp.clock > timedelta(hours=6):
                days = tuple(day + timedelta(days=1) for day in days)
            dates[stamp.start] = days
        previous = stamp.clock
    if told is None:
        last = [stamp for stamp in found if stamp.day is None][-1]
        clock = timedelta(hours=reference.hour, minutes=reference.minute, seconds=reference.second)
        excess = dates[last.start][0] - reference.date() + timedelta(days=last.clock > clock)
        for start, days in dates.items():
            dates[start] = tuple(day - excess for day in days)


def decide_days(found: list[Found], reference: datetime) -> dict[int, tuple[date, ...]]:
    """Return the dates that each stamp may have, by its place, best first; none where there is no such day.

    What the text leaves open is taken from the past: no stamp lies more than a day after the reference.

    Args:
        found: the stamps and the days that stand alone, in the order of the text.
        reference: when the log was sent, in the zone of its clocks.
    """
    limit = reference.date() + _TOLERANCE
    dates: dict[int, tuple[date, ...]] = {stamp.start: (stamp.day,) for stamp in found if isinstance(stamp.day, date)}
    for stamp in found:
        if isinstance(stamp.day, YearlessDay):
            day = _latest_year(stamp.day.month, stamp.day.day, stamp.day.weekday, limit)
            dates[stamp.start] = (day,) if day else ()
    known = {day for days in dates.values() for day in days}
    dates |= _read_numbers(found, known, limit)
    if any(stamp.day is None for stamp in found):
        _read_clocks(found, dates, reference)
    return dates
