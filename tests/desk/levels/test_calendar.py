"""Working time is counted by the wall clock of its zone, and nothing is counted twice or lost."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.desk.levels.calendar import (
    ALWAYS,
    Calendar,
    NoSuchHolidaysError,
    Pause,
    WorkingTime,
    add,
    counted,
    elapsed,
    holiday_name,
)

OFFICE = ((540, 1020),)
LUNCH = ((540, 780), (840, 1080))
MIAMI = Calendar(name="miami", zone="America/New_York", week=(OFFICE,) * 5 + ((), ()), holidays="US-FL")
LIMA = Calendar(name="lima", zone="America/Lima", week=(LUNCH,) * 5 + (((540, 720),), ()), holidays="PE")
NIGHTS = Calendar(name="nights", zone="Europe/Madrid", week=(((0, 360), (1320, 1440)),) * 7)
SPARSE = Calendar(name="sparse", zone="Pacific/Auckland", week=((), (), ((600, 601),), (), (), (), ()))
CALENDARS: tuple[WorkingTime, ...] = (ALWAYS, MIAMI, LIMA, NIGHTS, SPARSE)

HOUR = timedelta(hours=1)


def miami(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("America/New_York"))


START = datetime(2025, 1, 1, tzinfo=UTC)
instants = st.timedeltas(timedelta(), timedelta(days=1095)).map(lambda since: START + since)
targets = st.timedeltas(timedelta(seconds=1), timedelta(hours=12))


@st.composite
def pauses(draw: st.DrawFn) -> tuple[Pause, ...]:
    """Pauses that have ended, in order and apart from each other."""
    moments = sorted(set(draw(st.lists(instants, max_size=8))))
    return tuple(Pause(since, until) for since, until in zip(moments[::2], moments[1::2], strict=False))


@settings(deadline=None)
@given(st.sampled_from(CALENDARS), instants, targets, pauses())
def test_what_was_added_has_elapsed_and_not_a_moment_earlier(
    hours: WorkingTime, since: datetime, target: timedelta, paused: tuple[Pause, ...]
) -> None:
    due = add(hours, since, target, paused)
    assert due is not None
    assert elapsed(hours, since, due, paused) == target
    assert elapsed(hours, since, due - timedelta(microseconds=1), paused) == target - timedelta(microseconds=1)


@settings(deadline=None)
@given(st.sampled_from(CALENDARS), st.lists(instants, min_size=3, max_size=3), pauses())
def test_time_adds_up_over_any_cut(hours: WorkingTime, moments: list[datetime], paused: tuple[Pause, ...]) -> None:
    first, middle, last = sorted(moments)
    parts = elapsed(hours, first, middle, paused) + elapsed(hours, middle, last, paused)
    assert parts == elapsed(hours, first, last, paused)


@settings(deadline=None)
@given(st.sampled_from(CALENDARS), instants, targets, targets)
def test_more_to_do_is_never_due_earlier(
    hours: WorkingTime, since: datetime, target: timedelta, more: timedelta
) -> None:
    due, later = add(hours, since, target), add(hours, since, target + more)
    assert due is not None
    assert later is not None
    assert due < later


@settings(deadline=None)
@given(st.sampled_from([MIAMI, LIMA, NIGHTS, SPARSE]), instants)
def test_stretches_follow_each_other_without_overlap(calendar: Calendar, since: datetime) -> None:
    stretches = list(counted(calendar, since, since + timedelta(days=10)))
    moments = [moment for stretch in stretches for moment in stretch]
    assert moments == sorted(moments)
    assert all(opens < closes for opens, closes in stretches)


@pytest.mark.parametrize(
    ("since", "hours", "due"),
    [
        ("2026-03-04 10:00", 2, "2026-03-04 12:00"),
        ("2026-03-04 06:00", 2, "2026-03-04 11:00"),
        ("2026-03-04 20:00", 2, "2026-03-05 11:00"),
        ("2026-03-06 16:30", 1, "2026-03-09 09:30"),
        ("2026-03-07 12:00", 8, "2026-03-09 17:00"),
        ("2026-11-25 16:00", 2, "2026-11-30 10:00"),
        ("2026-07-02 16:00", 2, "2026-07-06 10:00"),
    ],
    ids=[
        "in hours",
        "before",
        "after",
        "friday evening",
        "weekend",
        "thanksgiving and its friday",
        "holiday on friday",
    ],
)
def test_due_times_in_miami(since: str, hours: int, due: str) -> None:
    assert add(MIAMI, miami(since), hours * HOUR) == miami(due)


def test_lunch_does_not_count() -> None:
    """One interval a weekday was all there was: no lunch (frappe helpdesk #2212, chatwoot #14009)."""
    noon = datetime(2026, 3, 4, 12, 30, tzinfo=ZoneInfo("America/Lima"))
    assert add(LIMA, noon, HOUR) == noon.replace(hour=14, minute=30)


def test_a_night_shift_loses_the_hour_that_spring_skips_and_gains_the_one_that_autumn_repeats() -> None:
    madrid = ZoneInfo("Europe/Madrid")
    for day, hours in ((date(2026, 3, 28), 8), (date(2026, 3, 29), 7), (date(2026, 10, 25), 9)):
        midnight = datetime(day.year, day.month, day.day, tzinfo=madrid)
        tomorrow = (midnight + timedelta(days=1)).replace(tzinfo=madrid)
        assert elapsed(NIGHTS, midnight, tomorrow) == hours * HOUR


def test_hours_that_spring_skips_do_not_count_twice() -> None:
    gap = Calendar(name="gap", zone="America/New_York", week=(((120, 180), (180, 240)),) * 7)
    opens, closes = miami("2026-03-08 00:00"), miami("2026-03-08 12:00")
    assert elapsed(gap, opens, closes) == HOUR


def test_office_hours_stay_at_their_wall_clock_across_daylight_saving() -> None:
    for friday, monday in (("2026-03-06 16:30", "2026-03-09 09:30"), ("2026-10-30 16:30", "2026-11-02 09:30")):
        assert add(MIAMI, miami(friday), HOUR) == miami(monday)


def test_a_pause_over_a_weekend_takes_no_working_time_away() -> None:
    """A hold counted the nights and days nobody works (frappe helpdesk #2449)."""
    paused = (Pause(miami("2026-03-06 17:00"), miami("2026-03-09 09:00")),)
    assert add(MIAMI, miami("2026-03-06 16:00"), 2 * HOUR, paused) == miami("2026-03-09 10:00")


def test_nothing_is_due_while_a_pause_lasts_but_what_fell_due_before_it() -> None:
    paused = (Pause(miami("2026-03-04 12:00")),)
    assert add(MIAMI, miami("2026-03-04 10:00"), 3 * HOUR, paused) is None
    assert add(MIAMI, miami("2026-03-04 10:00"), 2 * HOUR, paused) == miami("2026-03-04 12:00")


def test_an_exception_closes_a_day_or_opens_it_at_other_hours_even_on_a_holiday() -> None:
    exceptions = {date(2026, 3, 5): (), date(2026, 12, 25): ((600, 660),)}
    calendar = Calendar(name="own", zone=MIAMI.zone, week=MIAMI.week, holidays="US-FL", exceptions=exceptions)
    assert add(calendar, miami("2026-03-04 16:00"), 2 * HOUR) == miami("2026-03-06 10:00")
    assert add(calendar, miami("2026-12-24 17:00"), HOUR) == miami("2026-12-25 11:00")


def test_a_calendar_in_which_nobody_works_is_refused() -> None:
    """Where no working day was set, looking for one never ended (frappe helpdesk)."""
    with pytest.raises(ValueError, match="nobody ever works"):
        Calendar(name="empty", zone="UTC", week=((),) * 7)


def test_holidays_are_those_of_a_country_or_region_in_its_language() -> None:
    assert holiday_name("PE", date(2026, 7, 28), "es") == "Día de la Independencia"
    assert holiday_name("US-FL", date(2026, 11, 27)) == "Friday After Thanksgiving"
    assert holiday_name("US", date(2026, 11, 27)) is None
    with pytest.raises(NoSuchHolidaysError):
        holiday_name("XX", date(2026, 1, 1))
