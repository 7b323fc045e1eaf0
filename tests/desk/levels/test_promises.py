"""Who is told of a promise, when, how often; and what happens to all of it when the settings change."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.desk.levels.keeping import TIMER as SERVICE_LEVEL
from bot.desk.levels.policy import policies_of
from bot.export import export_lines
from bot.mistakes import SettingsError
from bot.recompute import BATCH, recompute
from bot.settings import read_settings
from dialogs.cases import EventKind, LevelKind, Severity
from dialogs.events import Language, Place, Platform, TimerFired
from dialogs.phrases import voice
from storage.database import Database
from storage.timer_queue import CLOCK, TimerQueue
from tests.desk.conftest import ACME, ANA, DESK, ESCALATIONS, GLOBEX, LUIS, MARTA, START, Office
from tests.stage import StillClock

STRICT = """
[service_levels.S2]
first_response = "5 minutes"
"""


def said(office: Office, place: Place, text: str) -> int:
    return sum(text in shown.text for shown in office.screen(place))


async def levels(office: Office, number: int = 1) -> dict[LevelKind, str | None]:
    async with office.database.unit() as unit:
        rows = await unit.service_levels.of_case(number)
        return {row.kind: row.due_at and row.due_at.strftime("%H:%M") for row in rows}


async def test_nobody_is_told_before_their_time_and_managers_once(any_office: Office) -> None:
    office = any_office
    await office.files(ANA, ACME, "Sin tono")
    await office.waits(21)
    assert said(office, DESK, "Por vencer") == 0
    await office.waits(1)
    assert said(office, DESK, "pasó el 75 % del tiempo") == 1
    await office.waits(5)
    assert said(office, DESK, "pasó el 90 % del tiempo") == 1
    assert said(office, DESK, "pasó el 75 % del tiempo") == 0
    assert said(office, ESCALATIONS, "Vencido") == 0
    await office.waits(60)
    assert said(office, ESCALATIONS, "Vencido · LD-1") == 1
    assert [event.data["level"] for event in await office.history() if event.kind is EventKind.BREACHED] == [
        "first_response"
    ]


async def test_a_warning_that_stops_being_true_is_withdrawn(office: Office) -> None:
    await office.files(ANA, ACME, "Sin tono")
    await office.waits(24)
    await office.types(MARTA, "responder 1 Lo vemos.")
    assert said(office, DESK, "Aviso retirado · LD-1") == 1
    assert said(office, DESK, "Por vencer") == 0


async def test_what_stands_still_is_not_about_to_break(office: Office) -> None:
    thread = await office.files(ANA, ACME, "Sin tono", severity_proposed=Severity.S1)
    await office.types(MARTA, "responder 1 Lo vemos.")
    office.now += timedelta(minutes=15)
    await office.types(MARTA, "mover 1 cliente")
    other = read_settings("service_levels.warn_at = [10, 50, 90]")
    await recompute(office.database, other, StillClock(office.now))
    await office.deliver()
    assert not any("Por vencer" in shown.text for shown in office.screen(office.under_card()))
    office.settings = other
    await office.says(ANA, thread, "Ya le mandé el número")
    (warning,) = [shown.text for shown in office.screen(office.under_card()) if "Por vencer" in shown.text]
    assert "novedades: pasó el 50 % del tiempo" in warning


async def test_a_breach_taken_back_by_a_lower_severity_is_withdrawn(office: Office) -> None:
    await office.files(ANA, ACME, "Sin tono")
    await office.waits(40)
    await office.types(MARTA, "gravedad 1 S4 hay alternativa")
    assert said(office, ESCALATIONS, "Aviso retirado · LD-1") == 1
    assert said(office, ESCALATIONS, "Vencido") == 0


async def test_several_at_once_are_one_message(office: Office) -> None:
    thread = await office.files(ANA, ACME, "Sin tono", severity_proposed=Severity.S1)
    await office.types(MARTA, "responder 1 Lo vemos.")
    await office.says(ANA, thread, "¿Y bien?")
    office.now += timedelta(minutes=23)
    await office.waits(1)
    (warning,) = [shown.text for shown in office.screen(office.under_card()) if "Por vencer" in shown.text]
    assert "siguiente respuesta: pasó el 75" in warning
    assert "novedades: pasó el 75" in warning
    assert "@Marta Rivas" in warning


async def test_a_higher_severity_tells_at_once_what_is_overdue_under_it(office: Office) -> None:
    await office.files(ANA, ACME, "Sin tono", severity_proposed=Severity.S3)
    await office.waits(20)
    await office.types(MARTA, "gravedad 1 S1 todo caído")
    assert said(office, ESCALATIONS, "primera respuesta: venció") == 1


async def test_a_late_answer_that_no_timer_saw_is_still_a_breach(office: Office) -> None:
    await office.files(ANA, ACME, "Sin tono")
    office.now += timedelta(hours=2)
    await office.types(MARTA, "responder 1 Perdón por la demora.")
    assert said(office, ESCALATIONS, "se cumplió") == 1


async def test_other_promises_move_what_runs_and_leave_what_has_ended(any_office: Office) -> None:
    office = any_office
    await office.files(ANA, ACME, "Uno")
    await office.types(MARTA, "responder 1 Lo vemos.")
    await office.files(ANA, ACME, "Dos")
    clock = StillClock(office.now)
    before = await levels(office)
    assert await recompute(office.database, office.settings, clock) == 2
    assert await levels(office) == before
    strict = read_settings(STRICT)
    assert await recompute(office.database, strict, clock) == 2
    assert await recompute(office.database, strict, clock) == 0
    assert (await levels(office, 1))[LevelKind.FIRST_RESPONSE] == before[LevelKind.FIRST_RESPONSE]
    assert (await levels(office, 2))[LevelKind.FIRST_RESPONSE] == "15:07"


async def test_a_recomputation_that_moves_nothing_leaves_the_cards_alone(office: Office) -> None:
    await office.files(ANA, ACME, "Sin tono")
    async with office.database.unit() as unit:
        before = len((await unit.session.execute(text("SELECT 1 FROM outbox"))).all())
    other = read_settings('[service_levels.S1]\nfirst_response = "10 minutes"')
    assert await recompute(office.database, other, StillClock(office.now)) == 1
    async with office.database.unit() as unit:
        assert len((await unit.session.execute(text("SELECT 1 FROM outbox"))).all()) == before


async def test_a_recomputation_goes_on_where_it_was_ended(office: Office) -> None:
    for number in range(3):
        await office.files(ANA, ACME, f"Caso {number}")
    clock, strict = StillClock(office.now), read_settings(STRICT)
    async with office.database.unit() as unit:
        await unit.values.set("service_levels.done_up_to", f"{policies_of(strict).version}:2")
        await unit.commit()
    assert await recompute(office.database, strict, clock) == 1
    assert BATCH < 100


async def test_a_company_has_its_own_promises_and_loses_them_with_the_settings(sqlite_database: Database) -> None:
    own = '[[service_levels.own]]\norganisation = "ACME"\nS2 = { first_response = "10 minutes" }'
    office = Office(sqlite_database, read_settings(own))
    await office.open()
    await office.files(ANA, ACME, "Uno")
    await office.files(LUIS, GLOBEX, "Two")
    assert (await levels(office, 1))[LevelKind.FIRST_RESPONSE] == "15:10"
    assert (await levels(office, 2))[LevelKind.FIRST_RESPONSE] == "15:31"
    assert "Compromisos de ACME" in await office.types(MARTA, "porqué 1")
    await recompute(office.database, read_settings(""), StillClock(office.now))
    assert (await levels(office, 1))[LevelKind.FIRST_RESPONSE] == "15:30"


async def test_there_is_one_timer_for_a_case_and_none_for_a_resolved_one(office: Office) -> None:
    await office.files(ANA, ACME, "Sin tono")
    queue = TimerQueue(office.database, "look", timedelta())
    far = START + timedelta(days=2)
    assert [event.what.timer for event in await queue.claim(far) if isinstance(event.what, TimerFired)] == [
        SERVICE_LEVEL
    ]
    await office.types(MARTA, "resolver 1 Listo.")
    found = [event.what.timer for event in await queue.claim(far) if isinstance(event.what, TimerFired)]
    assert SERVICE_LEVEL not in found


async def test_a_timer_of_promises_that_are_no_longer_made_breaks_nothing(office: Office) -> None:
    await office.files(ANA, ACME, "Sin tono")
    stale = TimerFired(timer=SERVICE_LEVEL, fence="of another policy", subject="1")
    place = Place(platform=Platform.DESK, channel="")
    await office.does(CLOCK, place, stale)
    assert said(office, ESCALATIONS, "Vencido") == 0
    await office.waits(60)
    assert said(office, ESCALATIONS, "Vencido · LD-1") == 1


async def test_the_ledger_shows_what_to_add_up(office: Office) -> None:
    await office.files(ANA, ACME, "Sin tono", severity_proposed=Severity.S3)
    told = await office.types(MARTA, "porqué 1")
    assert "primera respuesta: 4 h; cuenta el horario «desk» (America/New_York); un día son 8 h." in told
    assert "cuenta mar, 3 de mar de 2026 10:00–14:00: 4 h" in told
    assert "vence mar, 3 de mar de 2026 14:00 (Miami)" in told


async def test_what_the_ledger_counts_adds_up_to_the_target(sqlite_database: Database) -> None:
    days = ("monday", "tuesday", "wednesday", "thursday", "friday")
    lunch = "\n".join(f'{day} = ["09:00-13:00", "14:00-18:00"]' for day in days)
    office = Office(
        sqlite_database, read_settings(f'[[calendars]]\nname = "desk"\nzone = "America/Lima"\nday = "8h"\n{lunch}')
    )
    await office.open()
    await office.files(ANA, ACME, "Sin tono", severity_proposed=Severity.S4)
    _, _, solution = (await office.types(MARTA, "porqué 1")).partition("solución: 80 h")
    counted = re.findall(r"^.*(?:cuenta .*|tramos más): (?:(\d+) h)?(?: ?(\d+) min)?$", solution, re.MULTILINE)
    assert len(counted) == 16
    assert sum(60 * int(hours or 0) + int(minutes or 0) for hours, minutes in counted) == 80 * 60


async def test_the_export_tells_promises_and_pauses(office: Office) -> None:
    await office.files(ANA, ACME, "Sin tono")
    await office.types(MARTA, "esperar 1 ¿Qué número marcó?")
    (line,) = [line async for line in export_lines(office.database, "LD")]
    told = {level["kind"]: level for level in json.loads(line)["service_levels"]}
    assert told["first_response"]["met_at"] == "2026-03-03T15:01:00Z"
    assert told["resolution"]["paused"] == [["2026-03-03T15:01:00Z", None]]
    assert told["resolution"]["due_at"] is None


WRONG = """
[service_levels]
calendar = "luna"
"""
WORSE = """
[[calendars]]
name = "desk"
zone = "America/Lima"
day = "8 hours"
holidays = "ZZ"

[[calendars]]
name = "empty"
zone = "America/Lima"
day = "8 hours"

[[calendars]]
name = "odd"
zone = "America/Lima"
day = "8 hours"
monday = ["14:00-18:00", "09:00-15:00"]

[[service_levels.own]]
S1 = { first_response = "10 minutes" }
"""


@pytest.mark.parametrize("language", Language)
def test_mistakes_in_calendars_are_told_with_their_lines(language: Language) -> None:
    lines = []
    for source in (WRONG, WORSE):
        with pytest.raises(SettingsError) as told:
            read_settings(source)
        lines += [mistake.line for mistake in told.value.mistakes]
        assert list(told.value.sentences(voice(language)))
    assert lines == [3, 6, 8, 17, 19]


async def test_another_severity_tells_the_customer_what_is_promised_now(office: Office) -> None:
    thread = await office.files(ANA, ACME, "Sin tono", severity_proposed=Severity.S3)
    await office.types(MARTA, "gravedad 1 S1 se cayó toda la sede")
    assert office.last(thread) == (
        "Un analista revisó la gravedad de su caso LD-1: S1 · crítica.\n"
        "Le respondemos antes de: hoy 10:15 (Lima).\n"
        "Con esta gravedad, la solución está prevista antes de: hoy 14:00 (Lima)."
    )
    assert "se cayó" not in office.customers_see()
    await office.types(MARTA, "responder 1 Lo vemos.")
    await office.types(MARTA, "gravedad 1 S2")
    assert "Tendrá novedades antes de: hoy 12:" in office.last(thread)


async def test_what_is_overdue_or_stands_still_is_not_promised_anew(office: Office) -> None:
    thread = await office.files(ANA, ACME, "Sin tono", severity_proposed=Severity.S3)

    def told() -> str:
        return [shown.text for shown in office.screen(thread) if "revisó la gravedad" in shown.text][-1]

    office.now += timedelta(minutes=30)
    await office.types(MARTA, "gravedad 1 S1")
    assert "Le respondemos antes" not in told()
    assert "la solución está prevista antes de: hoy 14:00 (Lima)" in told()
    await office.types(MARTA, "esperar 1 ¿Qué número marcó?")
    await office.types(MARTA, "gravedad 1 S2")
    assert told() == "Un analista revisó la gravedad de su caso LD-1: S2 · alta."
