"""When it was: gives a phrase its wall time, seen from the moment the text was written."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from dialogs.reading.moments.model import Grain
from dialogs.reading.moments.parts import Clock, Date, Day, Distance, Part, Period, Relative, Weekday, Which
from dialogs.reading.moments.phrases import Phrase

_MIDNIGHT_FOLLOWS = (Relative, Weekday)


def months_before(day: date, months: int) -> date:
    """Return the day so many calendar months earlier, or the last of that month when it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def resolve_distance(distance: Distance, now: datetime) -> datetime:
    """Return the instant at a distance from now, which is aware."""
    sign = -1 if distance.ahead else 1
    if distance.months:
        day = months_before(now.date(), sign * distance.months)
        now = datetime.combine(day, now.timetz())
    return now - sign * distance.length


def resolve_day(day: Day, today: date, *, future: bool = False) -> date:
    """Return the date of a day: of several, the last one, or the next one if it lies in the future."""
    match day:
        case Relative(days):
            return today + timedelta(days=days)
        case Weekday(number, which):
            return _weekday(number, Which.NEXT if future and which is Which.LAST else which, today)
        case Date():
            return _date(day, today, future=future)
        case Period.LAST_WEEK:
            return today - timedelta(days=today.weekday() + 7)
        case Period.LAST_MONTH:
            return months_before(today.replace(day=1), 1)
        case Period.LAST_YEAR:
            return date(today.year - 1, 1, 1)
        case Period.WEEKEND:
            return today - timedelta(days=(today.weekday() - 5) % 7)


def _weekday(number: int, which: Which, today: date) -> date:
    back = (today.weekday() - number) % 7
    if which is Which.THIS:
        return today - timedelta(days=back)
    if which is Which.NEXT:
        return today + timedelta(days=(-back % 7) or 7)
    if which is Which.LAST_WEEK:
        return today - timedelta(days=today.weekday() + 7 - number)
    return today - timedelta(days=(back or 7) + (7 if which is Which.LAST_BUT_ONE else 0))


def _date(told: Date, today: date, *, future: bool) -> date:
    """Return the last such date, or the nearest that falls on the weekday told beside it."""
    if told.year and told.month:
        return date(told.year, told.month, min(told.day, monthrange(told.year, told.month)[1]))
    if told.month:
        options = [(today.year + step, told.month) for step in (1, 0, -1, -2, -3, -4, -5, -6, -7, -8)]
    else:
        first = today.replace(day=1)
        options = [((m := months_before(first, step)).year, m.month) for step in range(-2, 13)]
    days = [date(year, month, told.day) for year, month in options if told.day <= monthrange(year, month)[1]]
    right = [day for day in days if told.weekday in {None, day.weekday()}] or days
    if told.weekday is not None and not future:
        return min(right, key=lambda day: abs(day - today))
    past = [day for day in right if day <= today]
    coming = [day for day in right if day >= today]
    return coming[-1] if not past or (coming and future) else past[0]


def resolve_days(one: Day, two: Day, today: date) -> tuple[date, date]:
    """Return the first and the last day of an interval; weekdays are those that follow one another."""
    begin, end = resolve_day(one, today), resolve_day(two, today)
    if end < begin and isinstance(two, Weekday) and end + timedelta(days=7) <= today:
        end += timedelta(days=7)
    if end < begin and isinstance(one, Weekday):
        begin -= timedelta(days=7)
    return begin, end


def resolve_clock(phrase: Phrase, now: datetime) -> datetime:
    """Return the wall time of a phrase with a clock time; ``now`` is the wall time of the writing."""
    assert phrase.clock is not None
    today = now.date()
    if phrase.day is None and phrase.part is None:
        return _nearest(phrase, now)
    day = resolve_day(phrase.day or Relative(0), today, future=phrase.future)
    if phrase.day is None:
        return _nearest(phrase, now)
    options = [at_clock(phrase, day, hour) for hour in hours(phrase.clock, phrase.clock_part or phrase.part)]
    if len(options) == 1:
        return options[0]
    past = [option for option in options if option <= now]
    if day == today:
        return options[-1] if phrase.future or not past else past[-1]
    # Of a day that is told, the waking hours are meant: from seven in the morning to half past six.
    early, late = options
    return early if early.hour >= 7 else late


def _nearest(phrase: Phrase, now: datetime) -> datetime:
    assert phrase.clock is not None
    options = sorted(
        at_clock(phrase, now.date() + timedelta(days=days), hour)
        for days in (-2, -1, 0, 1)
        for hour in hours(phrase.clock, phrase.clock_part or phrase.part)
    )
    if phrase.future:
        return next(option for option in options if option > now)
    return [option for option in options if option <= now][-1]


def hours(clock: Clock, part: Part | None) -> tuple[int, ...]:
    """Return the hours of the day that a told hour can be; 24 is the midnight that ends the day."""
    hour = clock.hour
    if clock.afternoon is not None:
        return (hour % 12 + (12 if clock.afternoon else 0),)
    if clock.full or hour > 12:
        return (hour,)
    match part:
        case Part.DAWN | Part.EARLY | Part.FIRST_HOUR:
            return (hour % 12,)
        case Part.MORNING:
            return (hour,)
        case Part.AFTERNOON | Part.EVENING:
            return (hour % 12 + 12,)
        case Part.DAYTIME:
            return (hour if hour >= 7 else hour + 12,)
        case Part.NIGHT:
            return (hour + 12 if hour >= 6 else hour,) if hour != 12 else (0,)
        case None:
            return (hour % 12, hour % 12 + 12)


def at_clock(phrase: Phrase, day: date, hour: int) -> datetime:
    """Return the wall time at an hour of a day; the small hours of a night belong to the next date."""
    clock = phrase.clock
    assert clock is not None
    small = hour < 6 and Part.NIGHT in {phrase.part, phrase.clock_part} and phrase.day is not None
    told_midnight = hour == 0 and clock.hour == 0 and not clock.minute and clock.grain is Grain.HOUR
    midnight = told_midnight and isinstance(phrase.day, _MIDNIGHT_FOLLOWS) and phrase.day != Relative(0)
    today = phrase.day == Relative(0) and hour == 0
    if hour == 24 or ((small or midnight) and not today):
        day += timedelta(days=1)
    return datetime.combine(day, time(hour % 24, clock.minute, clock.second or 0))


def resolve_part(phrase: Phrase, now: datetime) -> datetime:
    """Return a wall time inside a part of a day."""
    part, today = phrase.part, now.date()
    assert part is not None
    if phrase.day is not None:
        day = resolve_day(phrase.day, today, future=phrase.future)
        if phrase.day == Relative(0) and part is Part.NIGHT and now.hour < 5:
            day -= timedelta(days=1)
    else:
        day = today if now.hour >= part.begins else today - timedelta(days=1)
        if phrase.future and now.hour >= part.begins:
            day = today + timedelta(days=1)
    # A part of today that has begun is told of its beginning, not of what is still to come.
    begun = day == today and part.begins <= now.hour < part.inside and not phrase.future
    return datetime.combine(day, time(now.hour if begun else part.inside))


def resolve_pair(one: Phrase, two: Phrase, now: datetime) -> tuple[datetime, datetime]:
    """Return begin and end of an interval of two clock times, which lend each other day and part."""
    assert one.clock is not None
    assert two.clock is not None
    if one.day is None:
        end = resolve_clock(two, now)
        return _last_before(one, end), end
    begin = resolve_clock(_in_half(one, two), now)
    if two.day is not None:
        return begin, resolve_clock(two, now)
    options = [
        datetime.combine(begin.date() + timedelta(days=days), time(hour % 24, two.clock.minute, two.clock.second or 0))
        for days in (0, 1)
        for hour in hours(two.clock, two.clock_part)
    ]
    return begin, min(option for option in options if option > begin)


def _last_before(one: Phrase, end: datetime) -> datetime:
    assert one.clock is not None
    options = [
        datetime.combine(end.date() - timedelta(days=days), time(hour % 24, one.clock.minute, one.clock.second or 0))
        for days in (0, 1)
        for hour in hours(one.clock, one.clock_part or one.part)
    ]
    return max(option for option in options if option < end)


def _in_half(one: Phrase, two: Phrase) -> Phrase:
    """Return the beginning in the half of the day that brings it closest before its end ("3 to 5 pm")."""
    assert one.clock is not None
    assert two.clock is not None
    begins = hours(one.clock, one.clock_part or one.part)
    ends = hours(two.clock, two.clock_part)
    if len(begins) == 1 or len(ends) != 1:
        return one
    before = [hour for hour in begins if (hour, one.clock.minute) < (ends[0], two.clock.minute)] or list(begins)
    told = Clock(before[-1], one.clock.minute, one.clock.second, one.clock.grain, full=True)
    return replace(one, clock=told)
