"""The mistakes that other desks made with their promises, one by one: each test says which.

Where the arithmetic alone decides, the test is in `test_calendar` or `test_clocks`; here is what takes a whole desk.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.recompute import recompute
from bot.settings import read_settings
from dialogs.cases import EventKind, LevelKind, Severity
from dialogs.events import Person, Place, Platform, Said
from storage.database import Database
from storage.tables import ServiceLevel
from tests.desk.conftest import ACME, ANA, DESK, ESCALATIONS, GLOBEX, LUIS, MARTA, Office
from tests.stage import AT_ONCE, StillClock

HOUR = timedelta(hours=1)
LIMA = """
[[calendars]]
name = "desk"
zone = "America/New_York"
day = "8 hours"
monday = ["09:00-17:00"]
tuesday = ["09:00-12:00", "13:00-17:00"]
wednesday = ["09:00-17:00"]

[[calendars]]
name = "lima"
zone = "America/Lima"
day = "8 hours"
tuesday = ["08:00-17:00"]

[[service_levels.own]]
organisation = "ACME"
calendar = "lima"
"""


async def promise(office: Office, number: int, kind: LevelKind) -> ServiceLevel:
    """Return the latest promise of a kind about a case."""
    async with office.database.unit() as unit:
        return [row for row in await unit.service_levels.of_case(number) if row.kind is kind][-1]


async def first_due(office: Office, number: int = 1) -> datetime | None:
    return (await promise(office, number, LevelKind.FIRST_RESPONSE)).due_at


async def opened(database: Database, settings: str) -> Office:
    office = Office(database, read_settings(f"{AT_ONCE}\n{settings}"))
    await office.open()
    return office


async def test_another_calendar_moves_what_is_due(office: Office) -> None:
    """The hours of the desk were changed, and open tickets kept the old due times (zammad #534)."""
    await office.files(LUIS, GLOBEX, "No dial tone", severity_proposed=Severity.S3)
    assert await first_due(office) == datetime(2026, 3, 3, 19, 0, tzinfo=UTC)
    assert await recompute(office.database, read_settings(LIMA), StillClock(office.now)) == 1
    assert await first_due(office) == datetime(2026, 3, 3, 20, 0, tzinfo=UTC)  # the new lunch is left out
    assert (await office.case()).next_due_at == datetime(2026, 3, 3, 20, 0, tzinfo=UTC)


async def test_a_policy_that_is_gone_binds_nobody(sqlite_database: Database) -> None:
    """A policy was deleted or switched off, and its clocks ran on (zammad #4353, #4359)."""
    office = await opened(sqlite_database, LIMA + 'S1 = { first_response = "5 minutes" }')
    await office.files(ANA, ACME, "Sin tono", severity_proposed=Severity.S1)
    await recompute(office.database, read_settings(AT_ONCE), StillClock(office.now))
    await office.waits(8)
    assert [shown.text for shown in office.screen(ESCALATIONS)] == []
    row = await promise(office, 1, LevelKind.FIRST_RESPONSE)
    assert (row.due_at, row.told) == (datetime(2026, 3, 3, 15, 15, tzinfo=UTC), 0)


async def test_a_case_that_was_answered_is_never_broken_by_that_promise(office: Office) -> None:
    """An agent had replied, and the ticket escalated all the same (zammad #3140)."""
    thread = await office.files(ANA, ACME, "Sin tono")
    await office.says(MARTA, thread, "Lo estamos viendo, Ana.")
    await office.waits(100)
    assert [shown.text for shown in office.screen(ESCALATIONS)] == []
    assert EventKind.BREACHED not in await office.kinds()


@pytest.mark.parametrize("where", [Platform.WEB, Platform.SLACK, Platform.TEAMS])
async def test_what_a_customer_writes_counts_wherever_they_write_it(sqlite_database: Database, where: Platform) -> None:
    """What a customer wrote on the web page did not start the clock that an e-mail did (zammad #1322)."""
    office = await opened(sqlite_database, "")
    thread = await office.files(ANA, ACME, "Sin tono")
    await office.types(MARTA, "responder 1 Lo vemos.")
    place = Place(platform=Platform.WEB, channel=thread.channel, thread=thread.thread)
    writer = Person(platform=where, tenant="acme", id="rosa", name="Rosa")
    await office.does(writer, place, Said(message="m1", text="¿Y bien?"))
    row = await promise(office, 1, LevelKind.NEXT_RESPONSE)
    assert row.due_at == row.started_at + HOUR


async def test_a_case_that_was_merged_is_broken_no_more(office: Office) -> None:
    """A ticket that had been merged into another one escalated (zammad #904)."""
    await office.files(ANA, ACME, "Sin tono")
    await office.files(ANA, ACME, "Sin tono, otra vez")
    await office.types(MARTA, "responder 1 Lo vemos.")
    await office.types(MARTA, "duplicado 2 LD-1")
    await office.waits(90)
    assert not any("LD-2" in shown.text for shown in office.screen(ESCALATIONS))
    assert (await promise(office, 2, LevelKind.FIRST_RESPONSE)).dropped_at


async def test_no_holiday_delays_a_due_time_in_silence(office: Office) -> None:
    """Dates of a casual feed of holidays moved due times, and nobody saw why (zammad #390)."""
    office.now = datetime(2026, 11, 25, 20, 0, tzinfo=UTC)
    await office.files(ANA, ACME, "Sin tono", severity_proposed=Severity.S3)
    told = await office.types(MARTA, "porqué 1")
    assert "Thanksgiving Day" in told
    assert "Friday After Thanksgiving" in told
    assert "vence lun, 30 de nov de 2026" in told


async def test_each_company_has_its_own_hours_in_its_own_zone(sqlite_database: Database) -> None:
    """All policies shared one zone, and each weekday had one interval only (frappe helpdesk #2212)."""
    office = await opened(sqlite_database, LIMA)
    office.now = datetime(2026, 3, 3, 16, 0, tzinfo=UTC)  # Tuesday, 11:00 in both places
    await office.files(ANA, ACME, "Sin tono", severity_proposed=Severity.S3)
    await office.files(LUIS, GLOBEX, "No dial tone", severity_proposed=Severity.S3)
    assert await first_due(office, 1) == datetime(2026, 3, 3, 20, 0, tzinfo=UTC)  # 15:00 in Lima, no lunch
    assert await first_due(office, 2) == datetime(2026, 3, 3, 21, 1, tzinfo=UTC)  # 16:01 in Miami, lunch left out


async def test_working_time_only_counts_where_it_is_promised(office: Office) -> None:
    """The switch for working time was there and nothing heeded it (chatwoot #13392)."""
    office.now = datetime(2026, 3, 6, 22, 30, tzinfo=UTC)  # Friday, 17:30 in Miami
    for severity in (Severity.S2, Severity.S3):
        await office.files(ANA, ACME, "Sin tono", severity_proposed=severity)
    assert await first_due(office, 1) == datetime(2026, 3, 6, 23, 0, tzinfo=UTC)
    assert await first_due(office, 2) == datetime(2026, 3, 9, 17, 0, tzinfo=UTC)


async def test_a_wait_of_nights_adds_no_nights(office: Office) -> None:
    """The time of a hold was added to the date of creation, nights and all (frappe helpdesk #2449)."""
    office.now = datetime(2026, 3, 6, 21, 0, tzinfo=UTC)  # Friday, 16:00 in Miami
    thread = await office.files(ANA, ACME, "Sin tono", severity_proposed=Severity.S3)
    await office.waits(59)
    await office.types(MARTA, "esperar 1 ¿Qué número marcó?")
    office.now = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)
    await office.says(ANA, thread, "El 4471")
    solved_by = (await promise(office, 1, LevelKind.RESOLUTION)).due_at
    assert solved_by == datetime(2026, 3, 11, 20, 0, tzinfo=UTC)  # Wednesday, 16:00: an hour on Friday, 8, 8 and 7


async def test_another_severity_keeps_what_was_paused(office: Office) -> None:
    """A change of priority made the promise anew and forgot the earlier pauses (GLPI #6902, #15605)."""
    thread = await office.files(ANA, ACME, "Sin tono")
    await office.types(MARTA, "esperar 1 ¿Qué número marcó?")
    office.now += 3 * HOUR
    await office.says(ANA, thread, "El 4471")
    before = await promise(office, 1, LevelKind.RESOLUTION)
    await office.types(MARTA, "gravedad 1 S1")
    after = await promise(office, 1, LevelKind.RESOLUTION)
    assert before.due_at is not None
    assert after.due_at == before.due_at - 4 * HOUR
    assert after.paused == before.paused


async def test_the_card_tells_what_the_desk_keeps(office: Office) -> None:
    """The screen worked the deadlines out by itself, and differently (chatwoot)."""
    await office.files(ANA, ACME, "Sin tono", severity_proposed=Severity.S4)
    assert (await office.case()).next_due_at == await first_due(office)
    assert "primera respuesta en 1 día · mié, 4 de mar de 2026 10:00" in office.card().text


async def test_an_old_case_that_is_opened_again_is_not_overdue_at_once(office: Office) -> None:
    """Opening a very old thread again broke its total resolution time in the same moment."""
    await office.files(ANA, ACME, "Sin tono")
    await office.types(MARTA, "resolver 1 Listo.")
    office.now += timedelta(days=3)
    await office.types(MARTA, "mover 1 en curso")
    row = await promise(office, 1, LevelKind.RESOLUTION)
    assert (row.number, row.breached_at) == (2, None)
    assert row.due_at == row.started_at + 8 * HOUR
    assert not any("Vencido" in shown.text for shown in (*office.screen(DESK), *office.screen(ESCALATIONS)))
