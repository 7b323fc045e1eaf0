"""Third parties: what agents type, what the customer hears, and when news come by themselves."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.desk.levels.clocks import Clock
from bot.desk.levels.policy import policies_of
from bot.desk.third_parties.news import tell_at
from bot.desk.third_parties.words import Asked, read_asked
from bot.export import export_lines
from bot.settings import read_settings
from dialogs.cases import CaseStatus, EventKind, LevelKind, Severity
from dialogs.events import Invoked, Place
from tests.desk.conftest import ACME, ANA, DESK, DIEGO, ESCALATIONS, LOG, MARTA, Office, opened
from tests.desk.levels.test_promises import said
from tests.stage import AT_ONCE

NAMED = """
third_parties.named = true

[[third_parties.known]]
name = "Carrier X"
email = "noc@carrierx.example"

[[third_parties.known]]
name = "Discreta"
named = false
"""


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ('"Carrier X" TT-991', Asked(name="Carrier X", reference="TT-991")),
        ("«Carrier X»", Asked(name="Carrier X")),
        ("“Carrier X”: TT 99", Asked(name="Carrier X", reference="TT 99")),
        ("Carrier X TT-991", Asked(name="Carrier X", reference="TT-991")),
        ("Level3 77", Asked(name="Level3", reference="77")),
        ("carrier uno 12 noc@x.example", Asked(name="carrier uno", reference="12", email="noc@x.example")),
        (
            '"Carrier X" TT-1 <mailto:noc@x.example> Buenos días:\n¿pueden verlo?',
            Asked(name="Carrier X", reference="TT-1", email="noc@x.example", text="Buenos días:\n¿pueden verlo?"),
        ),
        ("Sur\nque revisen la ruta", Asked(name="Sur", text="que revisen la ruta")),
        ("telco norte caso 5 urge", Asked(name="Telco Norte", reference="caso 5", text="urge")),
        ("Telco que revisen la troncal 4471", Asked(name="Telco", text="que revisen la troncal 4471")),
        ("", None),
        ("noc@x.example", None),
        ('"Carrier X" ' + "7" * 61, None),
        ("y" * 81, None),
    ],
)
def test_whom_the_words_name(typed: str, asked: Asked | None) -> None:
    assert read_asked(typed, ["Telco Norte", "Telco"]) == asked


async def test_a_third_party_from_the_question_to_the_export(any_office: Office) -> None:
    office = any_office
    thread = await office.files(ANA, ACME, "Sin tono")
    answer = await office.types(MARTA, 'derivar LD-1 "Carrier X" TT-991')
    assert answer == "LD-1 espera a Carrier X · TT-991; el cliente ya lo sabe."
    assert office.last(thread) == (
        "Para avanzar con su caso LD-1 necesitamos la respuesta de otro proveedor;"
        " le damos novedades antes de: hoy 12:01 (Lima)."
    )
    case = await office.case()
    assert (case.status, case.assignee_key) == (CaseStatus.WAITING_THIRD_PARTY, MARTA.key)
    assert "Espera a: Carrier X · TT-991 · desde mar, 3 de mar de 2026 10:01 (Miami)\n" in office.card().text
    await office.types(MARTA, "contestó 1 Cambiaron la tarjeta.")
    assert (await office.case()).status is CaseStatus.CLOSE_THE_LOOP
    assert "Espera a:" not in office.card().text
    assert "tarjeta" not in office.customers_see()
    (line,) = [line async for line in export_lines(office.database, "LD")]
    (party,) = json.loads(line)["third_parties"]
    assert party == {
        "name": "Carrier X",
        "reference": "TT-991",
        "email": None,
        "status": "answered",
        "asked_at": "2026-03-03T15:01:00Z",
        "written_at": None,
        "chased": 0,
        "answered_at": "2026-03-03T15:02:00Z",
        "ended_at": None,
    }


async def test_only_agents_ask_third_parties(office: Office) -> None:
    await office.files(ANA, ACME, "Sin tono")
    for typed in ('derivar 1 "Carrier X"', "contestó 1 listo", "novedad 1"):
        assert "solo lo puede hacer el equipo" in await office.types(ANA, typed, ACME)
    assert (await office.case()).status is CaseStatus.NEW


async def test_the_form_on_the_card_asks_as_the_words_do(office: Office) -> None:
    await office.files(ANA, ACME, "Sin tono")
    view = opened(await office.presses(MARTA, "case.derive", "LD-1"))
    await office.sends(MARTA, view, party='El "otro"', reference="77", email="")
    derived = next(shown.text for shown in office.screen(office.under_card()) if "derivó" in shown.text)
    assert derived == "Marta Rivas derivó el caso a El otro · 77."
    await office.types(MARTA, "derivar 1 Tercera 5 revisar la ruta\ny la troncal")
    assert office.last(office.under_card()).endswith("«revisar la ruta\ny la troncal»")
    await office.types(MARTA, "derivar 1 Tercera retirar")
    view = opened(await office.presses(DIEGO, "case.answered", "LD-1"))
    assert [one.name for one in view.inputs] == ["text"]
    await office.types(MARTA, 'derivar 1 "Telco Sur"')
    view = opened(await office.presses(DIEGO, "case.answered", "LD-1"))
    assert [option.value for option in view.inputs[0].options] == ["El otro", "Telco Sur"]
    await office.sends(DIEGO, view, party="Telco Sur", text="No es de ellos.")
    assert "Telco Sur contestó sobre LD-1" in office.last(office.under_card())


async def test_names_are_told_to_customers_where_the_settings_say_so(office: Office) -> None:
    office.settings = read_settings(NAMED)
    thread = await office.files(ANA, ACME, "Sin tono")
    view = opened(await office.does(MARTA, DESK, Invoked(command="caso", text="derivar 1 carrier x")))
    assert view.inputs[0].value == "noc@carrierx.example"
    assert "la respuesta de Carrier X;" in office.last(thread)
    await office.types(MARTA, 'derivar 1 "Telco Sur"')
    assert "consultamos también a Telco Sur." in office.last(thread)
    await office.waits(120)
    assert "Seguimos a la espera de Carrier X y Telco Sur por su caso LD-1." in office.last(thread)
    await office.types(MARTA, "derivar 1 Discreta")
    await office.waits(120)
    assert "Seguimos a la espera de otros proveedores por su caso LD-1." in office.last(thread)
    async with office.database.unit() as unit:
        assert [one.email for one in await unit.third_parties.of_case(1)] == ["noc@carrierx.example", None, None]


async def news(office: Office, thread: Place) -> int:
    return sum("Seguimos a la espera" in shown.text for shown in office.screen(thread))


async def test_news_come_once_for_each_time_they_are_due_and_stop_no_first_answer(any_office: Office) -> None:
    office = any_office
    thread = await office.files(ANA, ACME, "Sin tono")
    await office.types(MARTA, 'derivar LD-1 "Carrier X"')
    await office.waits(60)
    assert said(office, ESCALATIONS, "primera respuesta: venció") == 1
    assert said(office, ESCALATIONS, "novedades") == 0
    for times in range(1, 4):
        await office.waits(118)
        assert await news(office, thread) == times
    told = [event for event in await office.history() if event.kind is EventKind.UPDATED]
    assert {event.actor_key for event in told} == {"desk::clock"}
    assert [later.at - sooner.at for sooner, later in pairwise(told)] == [timedelta(minutes=118)] * 2
    assert said(office, ESCALATIONS, "novedades") == 0


async def test_news_are_not_told_where_somebody_wrote_or_nobody_waits_any_more(office: Office) -> None:
    thread = await office.files(ANA, ACME, "Sin tono")
    await office.types(MARTA, 'derivar LD-1 "Carrier X"')
    await office.waits(100)
    await office.says(MARTA, thread, "El proveedor ya lo revisa.")
    await office.waits(100)
    assert await news(office, thread) == 0
    await office.types(MARTA, "contestó 1 Listo.")
    await office.waits(300)
    assert await news(office, thread) == 0
    await office.types(MARTA, "mover 1 tercero")
    await office.waits(1)
    assert await news(office, thread) == 1
    await office.types(MARTA, "resolver 1 Quedó.")
    await office.waits(600)
    assert await news(office, thread) == 1


async def test_who_is_away_is_not_spoken_to_but_the_desk(office: Office) -> None:
    await office.files(ANA, ACME, "Sin tono")
    await office.types(MARTA, 'derivar LD-1 "Carrier X"')
    await office.types(MARTA, "ausente")
    await office.types(DIEGO, "contestó 1 Cambiaron la tarjeta.", command="caso")
    top = [shown.text for shown in office.screen(DESK) if "contestó" in shown.text]
    assert top == ["Equipo: Carrier X contestó sobre LD-1. Falta avisarle al cliente.\n«Cambiaron la tarjeta.»"]


async def test_an_answer_to_a_resolved_case_moves_nothing(office: Office) -> None:
    await office.files(ANA, ACME, "Sin tono")
    await office.types(MARTA, 'derivar LD-1 "Carrier X"')
    await office.types(MARTA, "resolver LD-1 Quedó.")
    await office.says(MARTA, DESK, "/caso contestó LD-1 Ya está.", LOG)
    assert (await office.case()).status is CaseStatus.RESOLVED
    assert "que ya estaba resuelto" in "\n".join(shown.text for shown in office.screen(office.under_card()))
    assert LOG.name not in office.customers_see()


@dataclass(frozen=True, kw_only=True)
class DueClock(Clock):
    """A clock that is due when it is told to be."""

    due_at: datetime


def news_clock(severity: Severity, started: datetime, due: datetime) -> Clock:
    policy = policies_of(read_settings("")).usual
    return DueClock(
        kind=LevelKind.UPDATE_EVERY, number=1, started_at=started, severity=severity, policy=policy, due_at=due
    )


BEFORE = timedelta(minutes=2)
MONDAY = datetime(2026, 3, 9, 0, 0, tzinfo=ZoneInfo("America/New_York"))


@pytest.mark.parametrize(
    ("severity", "zone", "started", "due", "told"),
    [
        ("S2", "Asia/Tokyo", 10, 12, 11 + 58 / 60),
        ("S4", "America/New_York", 10, 34, 33 + 58 / 60),
        # 22:00 in Madrid: told before 20:00 there, while the desk works
        ("S3", "Europe/Madrid", 17 + 1, 40, 39 - 1 / 60),
        # the desk's day is the night of Tokyo: told in the day of Tokyo, whoever works then
        ("S3", "Asia/Tokyo", 10, 34, 31 - 1 / 60),
        # the whole time between is night there: as soon as it is day
        ("S3", "Asia/Kolkata", 14, 20, 22.5),
    ],
)
def test_when_the_assistant_tells_news_itself(
    severity: str, zone: str, started: float, due: float, told: float
) -> None:
    began = MONDAY + timedelta(hours=started)
    clock = news_clock(Severity(severity), began, MONDAY + timedelta(hours=due))
    at = tell_at(clock, zone, BEFORE, began)
    assert at.astimezone(MONDAY.tzinfo) == MONDAY + timedelta(hours=told)


@given(
    zone=st.sampled_from(["America/Lima", "Europe/Madrid", "Asia/Tokyo", "Asia/Kolkata", "Pacific/Auckland"]),
    severity=st.sampled_from(list(Severity)),
    started=st.integers(0, 60 * 24 * 300),
    length=st.integers(30, 60 * 24 * 5),
    late=st.integers(0, 60 * 24 * 5),
)
def test_news_that_can_wait_never_come_at_night(
    zone: str, severity: Severity, started: int, length: int, late: int
) -> None:
    began = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=started)
    clock = news_clock(severity, began, began + timedelta(minutes=length))
    now = began + timedelta(minutes=late)
    at = tell_at(clock, zone, BEFORE, now)
    assert at >= now
    if severity in {Severity.S3, Severity.S4}:
        assert 8 <= at.astimezone(ZoneInfo(zone)).hour < 20
    elif late < length:
        assert clock.due_at is not None
        assert at <= clock.due_at


async def test_news_are_reminded_of_even_where_nothing_is_warned_of(office: Office) -> None:
    office.settings = read_settings(f"{AT_ONCE}\nservice_levels.warn_at = []")
    await office.files(ANA, ACME, "Sin tono")
    await office.types(MARTA, "tomar 1")
    await office.types(MARTA, 'derivar 1 "Carrier X"')
    before = len(office.screen(office.under_card()))
    await office.waits(100)
    (reminder,) = office.screen(office.under_card())[before:]
    assert "novedad" in reminder.text
    assert reminder.buttons == ("case.update", "case.update")


async def test_nothing_else_is_warned_of_where_nothing_is_wanted(office: Office) -> None:
    office.settings = read_settings(f"{AT_ONCE}\nservice_levels.warn_at = []")
    await office.files(ANA, ACME, "Sin tono")
    await office.types(MARTA, "responder 1 Lo vemos")
    seen = len(office.screen(office.under_card())), len(office.screen(DESK))
    await office.waits(110)
    assert (len(office.screen(office.under_card())), len(office.screen(DESK))) == seen
