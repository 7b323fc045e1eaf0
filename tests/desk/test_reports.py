"""Reports and digests: what managers see of how support is doing."""

from __future__ import annotations

import csv
import struct
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.digests import DigestWorker
from bot.files import Files
from bot.reporter import Reporter
from bot.settings import read_settings
from dialogs.messages import Attachments
from storage.database import Database
from tests.desk.conftest import (
    ACME,
    ANA,
    CARMEN,
    DESK,
    DIEGO,
    ESCALATIONS,
    GLOBEX,
    LUIS,
    MARTA,
    Office,
)
from tests.desk.escalation.conftest import LIST
from tests.stage import StillClock

MONDAY = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)
"""8:00 in Miami, where the clocks had gone forward the day before."""


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path, max_bytes=5_000_000, forbidden=frozenset())


async def made(office: Office, files: Files) -> None:
    """Let the reports that were asked for be made, and shown."""
    reporter = Reporter(office.database, office.settings, files, StillClock(office.now))
    while await reporter.make_next():
        pass
    await office.deliver()


async def contents(office: Office, files: Files) -> tuple[bytes, list[dict[str, str]]]:
    """Return the picture and the lines of the sheet of the last report in the desk's channel."""
    blocks = office.screen(DESK)[-1].message.blocks
    picture, sheet = next(block.files for block in blocks if isinstance(block, Attachments))
    png = b"".join([chunk async for chunk in files.read(picture.id)])
    text = b"".join([chunk async for chunk in files.read(sheet.id)]).decode("utf-8")
    return png, list(csv.DictReader(text.splitlines()))


async def a_week(office: Office) -> None:
    """Three cases: one answered and resolved in time, one answered late, one that nobody touches."""
    await office.files(ANA, ACME, "Sin tono")
    await office.types(MARTA, "responder 1 Lo estamos viendo")
    await office.types(MARTA, "gravedad 1 S2 así es")
    await office.types(MARTA, "resolver 1 Se reinició la troncal")
    await office.files(LUIS, GLOBEX, "One-way audio")
    office.now += timedelta(hours=1)
    await office.types(DIEGO, "responder 2 Estamos viéndolo")
    await office.types(DIEGO, "gravedad 2 S3 hay otra ruta")
    await office.files(ANA, ACME, "Eco en las llamadas")


async def test_a_report_counts_what_happened(office: Office, files: Files) -> None:
    await a_week(office)
    assert await office.types(MARTA, "informe") == "Preparando el informe; llega en unos segundos."
    await made(office, files)
    text = office.last(DESK)
    assert "Soporte del 25 feb al 3 mar" in text
    assert "Casos: abiertos: 3 · resueltos: 1 · reabiertos: 0" in text
    assert "Pendientes por antigüedad: 2 · menos de 1 día: 2" in text
    assert (
        "1.ª respuesta · S2: la mitad en 1 min, 9 de cada 10 en 1 h 1 min (meta 30 min) · 50 % a tiempo, de 2" in text
    )
    assert "Gravedad: 2 confirmadas; distintas de la propuesta: 1" in text
    _, lines = await contents(office, files)
    values = {(line["figure"], line["of"]): line["value"] for line in lines}
    assert values["opened", "2026-03-03"] == "3"
    assert values["severity", "S2->S3"] == "1"
    assert values["p50", "first_response/S2"] == "60"


async def test_a_broken_promise_is_counted_by_who_was_to_act(office: Office, files: Files) -> None:
    await office.files(ANA, ACME, "Sin tono")
    await office.waits(120)
    await office.types(MARTA, "responder 1 Ya lo vemos")
    await office.types(CARMEN, "informe semana")
    await made(office, files)
    assert "Plazos vencidos: 1.ª respuesta: 1 (sin asignar: 1)" in office.last(DESK)


async def test_time_with_third_parties_is_counted_within_the_days_of_the_report(office: Office, files: Files) -> None:
    await office.files(ANA, ACME, "Sin tono")
    await office.types(MARTA, 'derivar 1 "Carrier X" TT-9')
    office.now += timedelta(days=9)
    await office.types(MARTA, "informe semana")
    await made(office, files)
    assert "Esperando a terceros: 1 vez; la mitad hasta 6 días 10 h, en total 6 días 10 h" in office.last(DESK)


async def test_levels_that_were_alerted_are_counted_with_their_acknowledgements(
    sqlite_database: Database, files: Files
) -> None:
    office = Office(sqlite_database, read_settings(LIST))
    await office.open()
    await office.files(ANA, ACME, "No hay línea")
    await office.types(MARTA, "LD-1 sigue igual", command="escalar")
    await office.waits(20)
    await office.types(CARMEN, "acuse LD-1")
    await office.types(MARTA, "informe")
    await made(office, files)
    text = office.last(DESK)
    assert "Escalado · Supervisión: 1 alerta · 1 con acuse, la mitad en 21 min" in text
    assert "Escalado · Gerencia: 1 alerta · sin acuse" in text


async def opinions(office: Office) -> None:
    thread = await office.files(ANA, ACME, "Sin tono")
    await office.types(MARTA, "resolver 1 Se cambió la tarjeta.")
    await office.waits(20)
    await office.says(ANA, thread, "4, muy amables")


@pytest.mark.parametrize(("anonymous", "who"), [("false", " — Ana Quispe"), ("true", "")])
async def test_what_customers_thought_is_told_and_by_whom_if_that_may_be_known(
    sqlite_database: Database, files: Files, anonymous: str, who: str
) -> None:
    office = Office(sqlite_database, read_settings(f"survey.anonymous = {anonymous}"))
    await office.open()
    await opinions(office)
    await office.types(CARMEN, "informe agente Marta")
    await made(office, files)
    assert "Encuesta: 4,0 de 5 · respuestas: 1, enviadas: 1 (4: 1)" in office.last(DESK)
    assert f"4/5 · LD-1 · «muy amables»{who}\n" in office.last(DESK)
    _, lines = await contents(office, files)
    assert {"figure": "score", "of": "LD-1", "value": "4", "unit": "1-5"} in lines


async def test_the_picture_is_as_wide_as_a_phone_and_tall(office: Office, files: Files) -> None:
    await a_week(office)
    await office.types(MARTA, "informe mes")
    await made(office, files)
    png, _ = await contents(office, files)
    width, height = struct.unpack(">II", png[16:24])
    assert (png[:8], width) == (b"\x89PNG\r\n\x1a\n", 1080)
    assert height > width


async def test_a_report_may_be_of_one_company_or_one_agent(office: Office, files: Files) -> None:
    await a_week(office)
    await office.types(MARTA, "informe empresa acme")
    await made(office, files)
    assert "· ACME" in office.last(DESK)
    assert "Casos: abiertos: 2 · resueltos: 1" in office.last(DESK)
    await office.types(MARTA, "informe mes agente @Diego")
    await made(office, files)
    assert "· Diego Salas" in office.last(DESK)
    assert "Casos: abiertos: 1 · resueltos: 0" in office.last(DESK)


async def test_the_first_word_of_a_company_is_enough(office: Office) -> None:
    async with office.database.unit() as unit:
        await unit.organisations.get_or_add("Telco Sur")
        await unit.commit()
    assert "llega en unos segundos" in await office.types(MARTA, "informe mes empresa TELCO")
    assert "Telco Sur" in await office.types(MARTA, "informe mes empresa tel")


async def test_whoever_asks_for_the_unknown_hears_what_is_known(office: Office) -> None:
    assert "ACME" in await office.types(MARTA, "informe empresa acne")
    assert "Diego Salas" in await office.types(MARTA, "informe agente Zoe")
    assert "/caso informe mes empresa ACME" in await office.types(MARTA, "informe ayer")


async def test_customers_get_no_report_and_do_not_read_one(office: Office, files: Files) -> None:
    await a_week(office)
    await office.types(ANA, "informe", place=ACME)
    assert [row[1] for row in await office.refusals()] == ["report"]
    await office.types(MARTA, "informe", place=ACME)
    await made(office, files)
    assert "Casos: abiertos: 3" in office.last(DESK)
    assert "Pendientes" not in office.customers_see()


async def test_a_report_is_posted_once_by_whoever_makes_it_first(any_office: Office, files: Files) -> None:
    await a_week(any_office)
    await any_office.types(MARTA, "informe")
    async with any_office.database.unit() as unit:
        wanted = await unit.reports.first()
    assert wanted is not None
    await made(any_office, files)
    async with any_office.database.unit() as unit:
        assert not await unit.reports.finish(wanted.id)


async def test_a_name_draws_as_it_is_written(office: Office, files: Files) -> None:
    async with office.database.unit() as unit:
        await unit.organisations.get_or_add("Caf$é $x^2$ \\alpha")
        await unit.commit()
    await office.types(MARTA, "informe empresa Caf$é $x^2$ \\alpha")
    await made(office, files)
    assert "Caf$é $x^2$ \\alpha" in office.last(DESK)
    assert "No pude" not in office.last(DESK)


async def digest(office: Office, now: datetime, **settings: str) -> bool:
    digests = read_settings("\n".join(f"digests.{name} = {value}" for name, value in settings.items())).digests
    chosen = office.settings.model_copy(update={"digests": digests})
    office.now = now
    sent = await DigestWorker(office.database, chosen, StillClock(now)).send_due()
    await office.deliver()
    return sent


async def test_each_morning_the_desk_reads_what_is_due_what_waits_and_what_was_missed(office: Office) -> None:
    await a_week(office)
    assert await digest(office, datetime(2026, 3, 4, 13, 0, tzinfo=UTC))
    text = office.last(DESK)
    assert text.startswith("Buenos días · mié, 4 de mar de 2026")
    assert "Vence hoy o ya venció" in text
    assert "Venció desde el último día laborable" in text
    assert "LD-3 · ayer 11:37 (Miami) · Sin asignar · «Eco en las llamadas»" in text


async def test_a_digest_comes_once_and_not_before_its_time_nor_long_after(office: Office) -> None:
    await a_week(office)
    day = datetime(2026, 3, 4, 13, 0, tzinfo=UTC)
    assert not await digest(office, day - timedelta(minutes=1))
    assert not await digest(office, day + timedelta(hours=5))
    assert await digest(office, day)
    assert not await digest(office, day + timedelta(minutes=1))


async def test_nothing_is_said_where_there_is_nothing_to_say_or_nobody_wants_it(office: Office) -> None:
    before = len(office.screen(DESK))
    await digest(office, datetime(2026, 3, 4, 13, 0, tzinfo=UTC))
    assert len(office.screen(DESK)) == before
    await a_week(office)
    before = len(office.screen(DESK))
    await digest(office, datetime(2026, 3, 5, 13, 0, tzinfo=UTC), off='["web:desk"]')
    await digest(office, datetime(2026, 3, 6, 13, 0, tzinfo=UTC), daily="false")
    await digest(office, datetime(2026, 3, 7, 13, 0, tzinfo=UTC))  # a Saturday
    assert len(office.screen(DESK)) == before


async def test_on_mondays_the_managers_see_the_week_before(english_office: Office, files: Files) -> None:
    await a_week(english_office)
    await digest(english_office, MONDAY, daily="false")
    await made(english_office, files)
    assert "Support from Mar 2 to Mar 8" in english_office.last(ESCALATIONS)
    assert "Cases: opened: 3 · resolved: 1" in english_office.last(ESCALATIONS)


async def test_two_processes_send_one_digest(any_office: Office) -> None:
    await a_week(any_office)
    database: Database = any_office.database
    clock = StillClock(datetime(2026, 3, 4, 13, 0, tzinfo=UTC))
    workers = [DigestWorker(database, any_office.settings, clock) for _ in range(2)]
    assert [await worker.send_due() for worker in workers] == [True, False]
