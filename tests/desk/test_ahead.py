"""What `/case show` says will happen by itself is what does: every timer that is set for a case is told ahead."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlmodel import col

from bot.desk.ahead import of_no_case
from bot.desk.timers import TIMERS, everything_ahead
from bot.settings import read_settings
from bot.turn import Turn
from dialogs.cases import Severity
from dialogs.events import Event, Invoked, Language
from dialogs.messages import spans_text
from dialogs.phrases import voice
from storage.database import Database
from storage.tables import Timer
from tests.desk.conftest import ACME, ANA, DESK, MARTA, Office

PARTY = """
[[third_parties.known]]
name = "Carrier X"
email = "noc@carrierx.example"
"""


async def texts(office: Office, number: int = 1) -> list[str]:
    """Return what is told of a case, and hold it against the timers that are set."""
    event = Event(key="look", actor=MARTA, place=DESK, at=office.now, what=Invoked(command="case"))
    async with office.database.unit() as unit:
        turn = Turn(unit, event, office.now, office.settings, office.links)
        case = await unit.cases.get(number)
        assert case is not None
        told = await everything_ahead(turn, case, voice(Language.SPANISH))
        timers = (await unit.session.scalars(select(Timer).order_by(col(Timer.due_at)))).all()
        moments: set[datetime] = {timer.due_at for timer in timers if TIMERS[timer.kind].ahead is not of_no_case}
    assert moments <= {one.at for one in told}
    assert [one.at for one in told] == sorted(one.at for one in told)
    return [spans_text(one.what) for one in told]


async def test_a_new_case_tells_its_warnings_and_what_is_due(office: Office) -> None:
    await office.files(ANA, ACME, "Sin tono", severity_proposed=Severity.S1)
    assert await texts(office) == [
        "aviso a la mesa: primera respuesta, va el 75 % del tiempo",
        "aviso a la mesa: primera respuesta, va el 90 % del tiempo",
        "vence: primera respuesta; se avisa a los gerentes",
        "aviso a la mesa: solución, va el 75 % del tiempo",
        "aviso a la mesa: solución, va el 90 % del tiempo",
        "vence: solución; se avisa a los gerentes",
    ]
    told = await office.types(MARTA, "ver 1")
    assert "• en 11 min · hoy 10:11 (Miami) → aviso a la mesa: primera respuesta, va el 75 % del tiempo" in told
    await office.types(MARTA, "tomar 1")
    assert (await texts(office))[0].startswith("aviso a Marta Rivas: primera respuesta")


async def test_a_case_that_waits_for_its_customer_tells_the_reminder_and_the_end(office: Office) -> None:
    await office.files(ANA, ACME, "Sin tono")
    await office.types(MARTA, "esperar 1 ¿Sigue?")
    assert await texts(office) == [
        "se le recuerda al cliente que esperamos su respuesta",
        "sin respuesta del cliente, queda resuelto",
    ]
    await office.waits(3 * 24 * 60)
    assert await texts(office) == ["sin respuesta del cliente, queda resuelto"]
    await office.types(MARTA, "recordar 1 no")
    assert await texts(office) == []
    assert "Qué sigue: nada que dependa del reloj." in await office.types(MARTA, "ver 1")


async def test_a_resolved_case_tells_its_survey_and_when_it_is_closed(office: Office) -> None:
    await office.files(ANA, ACME, "Sin tono")
    await office.types(MARTA, "resolver 1 listo")
    assert await texts(office) == ["encuesta al cliente", "el caso resuelto se cierra"]
    await office.waits(20)
    assert "la encuesta se cierra" in await texts(office)


async def test_a_case_at_a_third_party_tells_news_and_reminders(sqlite_database: Database) -> None:
    office = Office(sqlite_database, read_settings(f'times.undo = "1 minute"{PARTY}'))
    await office.open()
    await office.files(ANA, ACME, "Sin tono")
    await office.says(MARTA, office.under_card(), '/caso derivar "Carrier X" TT-1 noc@carrierx.example')
    await office.types(MARTA, "correo 1 enviar")
    told = await texts(office)
    assert "si nadie le da novedades al cliente, se las da el asistente" in told
    assert "recordatorio por correo a Carrier X" in told
    await office.types(MARTA, "responder 1 Seguimos")
    assert "sale la respuesta que espera" in await texts(office)


async def test_a_case_that_climbs_tells_who_is_alerted_next(office: Office) -> None:
    await office.files(ANA, ACME, "Sin tono")
    await office.types(MARTA, "escalar 1 urgente")
    assert "escalamiento: último aviso a todos" in await texts(office)


async def test_the_plan_and_the_story_tell_the_hour_of_the_customer_too(office: Office) -> None:
    office.now += timedelta(days=30)  # Miami has gone to summer time by then, Lima has none
    await office.files(ANA, ACME, "Sin tono")
    told = await office.types(MARTA, "ver 1")
    assert "Su historia (entre paréntesis, la hora de Lima):" in told
    assert "• hoy 11:00 (Miami) (10:00) · Ana Quispe registró el caso" in told
    assert "• en 22 min · hoy 11:22 (Miami) (10:22) → aviso a la mesa: primera respuesta" in told
