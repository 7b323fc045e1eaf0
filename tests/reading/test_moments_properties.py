from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.reading.moments import Flag, Grain, read_moments
from dialogs.reading.time_words import words
from dialogs.timezones import get_zone

ZONES = (
    "America/Bogota",
    "America/New_York",
    "America/Havana",
    "America/Santiago",
    "America/Asuncion",
    "America/Mexico_City",
    "America/Sao_Paulo",
    "America/St_Johns",
    "Europe/London",
    "Europe/Madrid",
    "Africa/Casablanca",
    "Asia/Beirut",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "UTC",
)
WORDS = sorted(
    words(
        "desde hasta entre de a las la el ayer hoy mañana anoche lunes viernes pasado próximo tarde noche "
        "madrugada mediodía medianoche hace horas minutos días semana media cuarto menos y para 3 9:15 15 "
        "23:59 24:00 00:00 12/03 29/02 31/11/2025 2026-02-30 15h30 8.30 pm a.m. since until from to between "
        "at on last next night Friday March half past quarter ago for the 3rd noon midnight 2030 1530 UTC "
        "GMT-5 ET hora Bogotá , . - ( ) no sin todos cada"
    )
)

instants = st.datetimes(datetime(1995, 1, 1), datetime(2060, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - bounds
texts = st.text(max_size=60) | st.lists(st.sampled_from(WORDS), max_size=10).map(" ".join)


@settings(max_examples=400, deadline=None)
@given(text=texts, reference=instants, zone=st.sampled_from(ZONES), language=st.sampled_from(["es", "en"]))
def test_any_text_is_read_and_every_moment_stands_in_it(
    text: str, reference: datetime, zone: str, language: str
) -> None:
    for moment in read_moments(text, language=language, reference=reference, zone=zone):
        assert moment.text
        assert text[moment.start : moment.end] == moment.text
        assert moment.utc.tzinfo is UTC
        if moment.zone == zone and moment.flag is not Flag.NONEXISTENT and moment.grain is not Grain.DAY:
            wall = moment.utc.astimezone(get_zone(zone)).replace(tzinfo=None)
            finest = "seconds" if moment.grain is Grain.SECOND else "minutes"
            assert wall.isoformat(timespec=finest) == moment.t


@pytest.mark.parametrize("piece", ["a ", "-", "a-", "a.b", "el 3 y ", "a las 3 ", "lleva dos horas y ", "hoy "])
def test_long_texts_take_time_in_proportion(piece: str) -> None:
    reference = datetime(2026, 11, 18, 15, 40, tzinfo=UTC)
    spent = []
    for length in (4_000, 16_000):
        text = (piece * length)[:length]
        tries = []
        for _ in range(3):
            begun = time.process_time()
            read_moments(text, language="es", reference=reference, zone="America/Bogota")
            tries.append(time.process_time() - begun)
        spent.append(min(tries))
    # Four times the text: linear work takes 4 times as long, quadratic 16 times.
    assert spent[1] < 10 * spent[0] + 0.05


def changes(zone: str) -> Iterator[tuple[datetime, timedelta]]:
    """Yield each clock change of a zone from 2022 to 2027: its instant, and how far the clocks were put forward."""
    rules = get_zone(zone)
    day, end = datetime(2022, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC)
    while day < end:
        before, after = day.astimezone(rules).utcoffset(), (day + timedelta(days=1)).astimezone(rules).utcoffset()
        assert before is not None
        assert after is not None
        if before != after:
            low, high = day, day + timedelta(days=1)
            while high - low > timedelta(minutes=1):
                middle = low + (high - low) // 2
                low, high = (middle, high) if middle.astimezone(rules).utcoffset() == before else (low, middle)
            yield high.replace(second=0, microsecond=0), after - before
        day += timedelta(days=1)


@pytest.mark.parametrize("zone", ZONES)
def test_every_clock_change_is_flagged(zone: str) -> None:
    rules = get_zone(zone)
    for instant, forward in changes(zone):
        wall_before = (instant - timedelta(minutes=1)).astimezone(rules).replace(tzinfo=None) + timedelta(minutes=1)
        inside = wall_before + timedelta(minutes=1) if forward > timedelta() else wall_before - timedelta(minutes=1)
        expected = Flag.NONEXISTENT if forward > timedelta() else Flag.AMBIGUOUS
        (moment,) = read_moments(
            f"{inside:%Y-%m-%d %H:%M}", language="es", reference=instant + timedelta(days=9), zone=zone
        )
        assert (moment.t, moment.flag) == (inside.isoformat(timespec="minutes"), expected)
        (calm,) = read_moments(
            f"{inside - timedelta(hours=5):%Y-%m-%d %H:%M}", language="es", reference=instant, zone=zone
        )
        assert calm.flag is Flag.OK
