from __future__ import annotations

import random
from datetime import UTC, datetime
from typing import Any

import pytest

from dialogs.reading.moments import Flag, Grain, Moment, Role, read_moments
from tests.reading import scores
from tests.reading.corpus import rows
from tests.reading.slips import mistype

WEDNESDAY = datetime.fromisoformat("2026-11-18T10:40:00-05:00")


def read(
    text: str, *, language: str = "es", reference: datetime = WEDNESDAY, zone: str = "America/Bogota"
) -> tuple[Moment, ...]:
    return read_moments(text, language=language, reference=reference, zone=zone)


def told(text: str, **settings: Any) -> list[tuple[str, str]]:
    return [(moment.t, moment.role.value) for moment in read(text, **settings)]


@pytest.mark.parametrize(
    ("corpus", "share"),
    [
        ("moments", 0.985),
        ("moments_fresh", 0.98),
        ("moments_negative", 0.99),
        ("moments_fresh_negative", 0.99),
    ],
)
def test_the_corpora_stay_read_as_well_as_they_are(corpus: str, share: float) -> None:
    told = scores.moments(rows(corpus))
    assert min(told.shares.values()) >= share, "\n".join(told.misread)


def test_slips_of_the_fingers_change_little() -> None:
    slips = random.Random(3)
    corpus = rows("moments") + rows("moments_fresh")
    told = scores.moments([row | {"text": mistype(row["text"], slips)} for row in corpus])
    assert told["exact"] >= 0.92, "\n".join(told.misread)


def test_a_moment_says_where_it_stands_and_which_instant_it_is() -> None:
    text = "Hola, desde ayer a las 3 de la tarde no hay internet"
    (moment,) = read(text)
    assert moment == Moment(
        text="ayer a las 3 de la tarde",
        start=12,
        end=36,
        t="2026-11-17T15:00",
        grain=Grain.HOUR,
        role=Role.START,
        utc=datetime(2026, 11, 17, 20, tzinfo=UTC),
        zone="America/Bogota",
        flag=Flag.OK,
    )


def test_a_day_is_its_first_instant() -> None:
    (moment,) = read("ayer")
    assert (moment.grain, moment.utc) == (Grain.DAY, datetime(2026, 11, 17, 5, tzinfo=UTC))


@pytest.mark.parametrize(
    ("text", "t"),
    [
        ("a las 3", "2026-11-18T03:00"),
        ("a las 11", "2026-11-17T23:00"),
        ("a las 09:30", "2026-11-18T09:30"),
        ("a las 11:00 am", "2026-11-17T11:00"),
        ("ayer a las 3", "2026-11-17T15:00"),
        ("ayer a las 9", "2026-11-17T09:00"),
        ("el viernes", "2026-11-13"),
        ("el miércoles", "2026-11-11"),
        ("el 25 de diciembre", "2025-12-25"),
        ("el viernes 13 de noviembre", "2026-11-13"),
        ("el sábado 21 de noviembre", "2026-11-21"),
        ("el 25 de noviembre", "2025-11-25"),
        ("el técnico viene a las 5", "2026-11-18T17:00"),
        ("mañana a las 9", "2026-11-19T09:00"),
        ("para el viernes", "2026-11-20"),
        ("el próximo 25 de noviembre", "2026-11-25"),
    ],
)
def test_what_can_be_past_is_past_unless_the_future_is_told(text: str, t: str) -> None:
    assert [moment.t for moment in read(text)] == [t]


def test_without_a_day_the_hour_is_looked_for_in_the_clock_of_the_zone_told_with_it() -> None:
    (moment,) = read("a las 16:00 UTC")
    assert (moment.t, moment.zone) == ("2026-11-17T16:00", "UTC")


def test_the_language_decides_which_number_is_the_month() -> None:
    assert told("12/03/2026") == [("2026-03-12", "point")]
    assert told("12/03/2026", language="en") == [("2026-12-03", "point")]
    assert told("25/03/2026", language="en") == [("2026-03-25", "point")]


def test_the_night_goes_on_after_midnight() -> None:
    assert told("anoche a las 11") == [("2026-11-17T23:00", "point")]
    assert told("anoche a la 1") == [("2026-11-18T01:00", "point")]
    assert told("anoche de 11 a 1") == [("2026-11-17T23:00", "start"), ("2026-11-18T01:00", "end")]


def test_midnight_is_that_of_the_night_just_passed() -> None:
    assert told("a medianoche") == [("2026-11-18T00:00", "point")]
    assert told("ayer a medianoche") == [("2026-11-18T00:00", "point")]


def test_an_interval_shares_its_day_its_half_of_the_day_and_its_zone() -> None:
    moments = read("yesterday between 3 and 4pm ET", language="en")
    assert [(m.t, m.role.value, m.zone) for m in moments] == [
        ("2026-11-17T15:00", "start", "America/New_York"),
        ("2026-11-17T16:00", "end", "America/New_York"),
    ]


def test_a_day_is_lent_to_the_hours_after_it() -> None:
    assert told("Ayer se cayó a las 3 pm y volvió a las 5 pm") == [
        ("2026-11-17T15:00", "point"),
        ("2026-11-17T17:00", "point"),
    ]


def test_what_happens_again_and_again_is_no_moment() -> None:
    assert told("todos los días a las 3 se cae") == []
    assert told("todos los días a las 3 se cae desde el lunes") == [("2026-11-16", "start")]


def test_opening_hours_are_no_moments_but_the_case_opened_then_is() -> None:
    assert told("abrimos a las 8 y cerramos a las 6") == []
    assert told("abrimos un caso a las 8") == [("2026-11-18T08:00", "point")]


def test_of_a_correction_the_last_is_meant() -> None:
    assert told("Empezó el jueves, no, el viernes") == [("2026-11-13", "start")]
    assert told("se fue el lunes a las 9, digo, a las 10") == [("2026-11-16T10:00", "point")]
    assert told("ayer no, hoy sí") == [("2026-11-17", "point"), ("2026-11-18", "point")]


def test_a_list_of_bare_hours_shares_the_day_told_at_its_end() -> None:
    hours = [("2026-11-16T08:00", "point"), ("2026-11-16T09:00", "point"), ("2026-11-16T10:00", "point")]
    assert told("el lunes a las 8, 9 y 10") == told("a las 8, 9 y 10 del lunes") == hours
    assert told("a las 9, 3 sedes y 2 tiendas sin línea") == [("2026-11-18T09:00", "point")]


def test_a_stage_of_a_month_is_a_day_inside_it() -> None:
    assert told("a principios de mes") == [("2026-11-01", "point")]
    assert told("a mediados de junio") == [("2026-06-15", "point")]
    assert told("since late October", language="en") == [("2026-10-25", "start")]
    assert told("the tech was late May I ask why", language="en") == []


def test_five_to_six_is_an_hour_where_only_an_hour_can_stand() -> None:
    assert told("it went at 5 to 6 pm", language="en") == [("2026-11-17T17:55", "point")]
    assert told("we have 5 to 6 phones down", language="en") == []


def test_a_day_when_all_was_well_lends_nothing_to_the_hour_after_it() -> None:
    assert told("yesterday it was fine, at 9 it went", language="en") == [
        ("2026-11-17", "point"),
        ("2026-11-18T09:00", "point"),
    ]


def test_a_visit_that_never_came_is_past() -> None:
    assert told("el técnico quedó en venir el lunes y nunca llegó") == [("2026-11-16", "point")]


def test_a_count_is_no_hour() -> None:
    assert told("a las 3 sucursales no les llega") == []
    assert told("a las 3 no llegó nada") == [("2026-11-18T03:00", "point")]


@pytest.mark.parametrize(
    "text",
    [
        "we are about 12 people with no internet",
        "around 8 people now",
        "tipo 8 clientes sin tono",
        "somos tipo 12 sin internet",
        "around 8 or 9 people",
    ],
)
def test_an_estimate_of_people_is_no_hour(text: str) -> None:
    assert told(text) == []


def test_a_day_keeps_clear_of_the_people_told_after_it() -> None:
    assert told("since yesterday, about 12 people") == [("2026-11-17", "start")]


def test_a_deadline_is_an_end_that_lies_ahead() -> None:
    assert told("I need it by 5pm today") == told("lo necesito para las 5 pm") == [("2026-11-18T17:00", "end")]
    assert told("by 8am everything was dead") == [("2026-11-18T08:00", "point")]


def test_the_present_hour_ends_what_is_told_and_begins_nothing() -> None:
    assert told("son las 10 y nada que sirve") == [("2026-11-18T10:00", "end")]
    assert told("eran las 10 y se cayó") == told("son las 10") == [("2026-11-18T10:00", "point")]


def test_each_hour_of_a_list_keeps_the_date_told_with_it() -> None:
    assert told("el 17/11 entre 10:00 y 10:30, el 16/11 a las 9:00") == [
        ("2026-11-17T10:00", "start"),
        ("2026-11-17T10:30", "end"),
        ("2026-11-16T09:00", "point"),
    ]


def test_an_hour_that_is_the_whole_answer_needs_nothing_beside_it() -> None:
    assert told("las 9") == told("como las 9.") == told("9 hs") == [("2026-11-18T09:00", "point")]
    assert told("las 9 sedes") == []


def test_a_part_of_the_day_that_has_begun_does_not_lie_ahead() -> None:
    reference = datetime.fromisoformat("2026-11-18T13:10:00-05:00")
    assert told("esta tarde se cayó", reference=reference) == [("2026-11-18T13:00", "point")]
    assert told("esta tarde se cayó") == [("2026-11-18T15:00", "point")]


def test_a_distance_is_measured_on_real_time_across_a_clock_change() -> None:
    reference = datetime.fromisoformat("2026-03-08T10:00:00-04:00")
    (moment,) = read("8 hours ago", language="en", reference=reference, zone="America/New_York")
    assert (moment.t, moment.utc) == ("2026-03-08T01:00", datetime(2026, 3, 8, 6, tzinfo=UTC))


def test_letters_with_combining_accents_and_capitals_read_alike() -> None:
    assert told("DESDE EL MIE\u0301RCOLES") == told("desde el miercoles") == [("2026-11-11", "start")]


def test_a_naive_reference_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        read("ayer", reference=datetime(2026, 11, 18))  # noqa: DTZ001 - that is what is refused


def test_the_hour_of_a_country_is_that_of_its_mainland_where_nearly_all_live_by_it() -> None:
    (spain,) = read("ocurrió a las 16:20 hora de España", reference=WEDNESDAY)
    (mexico,) = read("ocurrió a las 16:20 hora de México", reference=WEDNESDAY)
    assert (spain.zone, mexico.zone) == ("Europe/Madrid", "America/Bogota")


def test_a_night_goes_on_into_the_morning_told_after_it() -> None:
    assert told("anoche tipo 11 se cayó y volvió como a la 1 de la mañana") == [
        ("2026-11-17T23:00", "point"),
        ("2026-11-18T01:00", "point"),
    ]
