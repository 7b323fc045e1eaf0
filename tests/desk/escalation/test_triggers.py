"""What lets a case climb without anybody's word, and what customers may ask for."""

from __future__ import annotations

import pytest

from bot.desk.escalation.triggers import escalate
from bot.links import Links
from bot.turn import Turn
from dialogs.cases import CaseStatus, EscalationCause, EscalationState, EventKind, Impact, Severity
from dialogs.events import Event, Said
from dialogs.messages import OpenForm
from storage.database import Database
from tests.desk.conftest import ACME, ANA, BRUNO, CARMEN, ESCALATIONS, GLOBEX, LUIS, MARTA, whispered
from tests.desk.conftest import opened as form_opened
from tests.desk.escalation.conftest import LIST, Ladders, opened

GRAVE = {"severity_proposed": Severity.S1, "impact": Impact.ALL_DOWN}


class TestABrokenPromise:
    async def test_of_the_gravest_cases_climbs(self, ladders: Ladders) -> None:
        thread = await ladders.files(ANA, ACME, "Nada funciona", **GRAVE)
        await ladders.waits(15)
        assert await ladders.letters() == [("carmen", "[LD-1] Escalado a Supervisión")]
        assert "Motivo: venció: primera respuesta" in ladders.alerts()[-1]
        assert "está ahora con Supervisión" in ladders.last(thread)

    async def test_of_the_others_does_not(self, ladders: Ladders) -> None:
        await ladders.files(ANA, ACME, "Se corta")
        await ladders.waits(600)
        assert not await ladders.climbs()

    async def test_that_was_kept_late_climbs_no_further(self, ladders: Ladders) -> None:
        await ladders.files(ANA, ACME, "Nada funciona", **GRAVE)
        await ladders.waits(20)
        await ladders.types(MARTA, "responder LD-1 Ya lo vemos")
        await ladders.waits(20)
        assert len(await ladders.letters()) == 1
        assert (await ladders.climbs())[0].outcome == "kept"
        assert "el cliente tiene su respuesta" in "\n".join(ladders.alerts())

    async def test_that_is_none_any_more_climbs_no_further(self, ladders: Ladders) -> None:
        await ladders.files(ANA, ACME, "Nada funciona", **GRAVE)
        await ladders.waits(20)
        await ladders.types(MARTA, "gravedad LD-1 S3 solo un anexo")
        await ladders.waits(60)
        assert len(await ladders.letters()) == 1
        assert (await ladders.climbs())[0].outcome == "withdrawn"

    async def test_climbs_only_where_it_is_wanted(self, sqlite_database: Database, links: Links) -> None:
        ladders = await opened(sqlite_database, links, LIST.replace("repeats = 0", "repeats = 0\non_breach = []"))
        await ladders.files(ANA, ACME, "Nada funciona", **GRAVE)
        await ladders.waits(60)
        assert not await ladders.climbs()


async def wants(ladders: Ladders, cause: EscalationCause) -> bool:
    """Ask for an escalation as another part of the desk does; return whether there is one."""
    what = Said(message="m")
    event = Event(key=f"event:{next(ladders.ids)}", actor=ANA, place=ACME, at=ladders.now, what=what)
    async with ladders.database.unit() as unit:
        turn = Turn(unit, event, ladders.now, ladders.settings, ladders.links)
        case = await unit.cases.lock(1)
        assert case is not None
        climb = await escalate(turn, case, cause, "2: nadie llamó")
        await unit.commit()
    await ladders.deliver()
    return climb is not None


async def test_a_bad_survey_climbs_though_the_case_is_resolved_and_leaves_it_so(ladders: Ladders) -> None:
    await ladders.files(ANA, ACME, "No hay línea")
    await ladders.types(MARTA, "resolver LD-1 listo")
    assert await wants(ladders, EscalationCause.SURVEY)
    assert "mala calificación" in ladders.alerts()[-1]
    await ladders.waits(15)
    assert len(await ladders.letters()) == 2
    assert (await ladders.case()).status is CaseStatus.RESOLVED


async def test_a_bad_survey_climbs_only_where_it_is_wanted(sqlite_database: Database, links: Links) -> None:
    ladders = await opened(sqlite_database, links, LIST.replace("repeats = 0", "repeats = 0\non_bad_survey = false"))
    await ladders.files(ANA, ACME, "No hay línea")
    assert not await wants(ladders, EscalationCause.SURVEY)


async def test_the_third_reopening_climbs(ladders: Ladders) -> None:
    await ladders.files(ANA, ACME, "No hay línea")
    for times in range(1, 4):
        await ladders.types(MARTA, "resolver LD-1 listo")
        await ladders.types(MARTA, "mover LD-1 reabrir")
        await wants(ladders, EscalationCause.REOPENED)
        assert [climb.cause for climb in await ladders.climbs()] == [EscalationCause.REOPENED] * (times == 3)


async def test_one_at_a_time(ladders: Ladders) -> None:
    await ladders.files(ANA, ACME, "No hay línea")
    await ladders.types(MARTA, "LD-1 sigue", command="escalar")
    told = await ladders.types(MARTA, "LD-1 sigue", command="escalate")
    assert told == (
        "LD-1 ya está escalado: con Supervisión, sin acuse de recibo; tiene hasta: hoy 10:16 (Miami). "
        "Para subirlo ya: subir LD-1."
    )
    assert not await wants(ladders, EscalationCause.SURVEY)


async def test_a_resolved_case_is_open_again_and_a_closed_one_is_not(ladders: Ladders) -> None:
    await ladders.files(ANA, ACME, "No hay línea")
    await ladders.types(MARTA, "resolver LD-1 listo")
    await ladders.types(MARTA, "LD-1 el cliente no está conforme", command="escalar")
    assert (await ladders.case()).status is CaseStatus.WORKING
    assert EventKind.REOPENED in await ladders.kinds()
    await ladders.types(MARTA, "mover LD-1 cerrado")
    assert (await ladders.climbs())[0].state is EscalationState.OVER
    assert "cerrado" in await ladders.types(MARTA, "LD-1 otra vez", command="escalar")


class TestCustomers:
    async def test_ask_by_command_for_their_own(self, ladders: Ladders) -> None:
        thread = await ladders.files(ANA, ACME, "No hay línea")
        assert await ladders.types(BRUNO, "LD-1 nadie llama", ACME, command="escalar") == (
            "Listo, su caso LD-1 ya subió. Los detalles están en su hilo."
        )
        assert "Motivo: lo pidió el cliente, Bruno Paz" in ladders.alerts()[-1]
        assert "está ahora con Supervisión" in ladders.last(thread)

    async def test_without_words_they_are_asked_for_the_reason(self, ladders: Ladders) -> None:
        await ladders.files(ANA, ACME, "No hay línea")
        reply = await ladders.presses(ANA, "case.escalate", "LD-1", ACME)
        assert isinstance(reply, OpenForm)
        view = form_opened(reply)
        assert not view.inputs[0].required
        assert not await ladders.climbs()
        assert "ya subió" in whispered(await ladders.sends(ANA, view, text=""))

    @pytest.mark.parametrize("number", ["LD-1", "LD-77"])
    async def test_the_case_of_another_company_is_answered_like_none(self, ladders: Ladders, number: str) -> None:
        await ladders.files(ANA, ACME, "No hay línea")
        told = await ladders.types(LUIS, f"{number} hurry", GLOBEX, command="escalate")
        assert told == f"I cannot find case {number}."
        await ladders.says(LUIS, GLOBEX, f"escalate {number} hurry")
        assert not await ladders.climbs()
        assert ("luis", "escalate", number) in await ladders.refusals()

    async def test_a_level_that_took_it_up_may_be_left_behind(self, ladders: Ladders) -> None:
        thread = await ladders.files(ANA, ACME, "No hay línea")
        await ladders.types(ANA, "LD-1 sigue", ACME, command="escalar")
        assert "ya está con Supervisión" in await ladders.types(ANA, "LD-1 sigue", ACME, command="escalar")
        await ladders.types(CARMEN, "acuse LD-1", ESCALATIONS)
        await ladders.types(ANA, "LD-1 sigue", ACME, command="escalar")
        assert ladders.last(thread).startswith("Su caso LD-1 está ahora con Gerencia")
        await ladders.types(CARMEN, "acuse LD-1", ESCALATIONS)
        told = await ladders.types(ANA, "LD-1 sigue", ACME, command="escalar")
        assert told.startswith("Su caso LD-1 lo tiene Carmen Ortiz (Gerencia)")

    async def test_begin_above_where_their_case_got_to_before(self, ladders: Ladders) -> None:
        thread = await ladders.files(ANA, ACME, "No hay línea")
        await ladders.types(ANA, "LD-1 sigue", ACME, command="escalar")
        await ladders.types(CARMEN, "responder LD-1 Lo reviso")
        await ladders.types(CARMEN, "responder LD-1 Ya está")
        await ladders.waits(60)
        assert (await ladders.climbs())[0].state is EscalationState.OVER
        await ladders.types(ANA, "LD-1 sigue igual", ACME, command="escalar")
        assert ladders.last(thread).startswith("Su caso LD-1 está ahora con Gerencia")

    async def test_see_and_reach_only_the_levels_that_are_theirs(self, sqlite_database: Database, links: Links) -> None:
        ladders = await opened(sqlite_database, links, f"{LIST}customers = false\n")
        await ladders.files(ANA, ACME, "No hay línea")
        told = await ladders.types(ANA, "niveles", ACME)
        assert "Supervisión: acusa recibo en 15 min · Carmen Ortiz" in told
        assert "Gerencia" not in told
        assert "2. Gerencia" in await ladders.types(MARTA, "lista de escalación")
        await ladders.types(ANA, "LD-1 sigue", ACME, command="escalar")
        await ladders.types(CARMEN, "acuse LD-1", ESCALATIONS)
        assert "lo tiene Carmen Ortiz" in await ladders.types(ANA, "LD-1 sigue", ACME, command="escalar")

    async def test_of_a_company_with_a_list_of_its_own_climb_that_one(
        self, sqlite_database: Database, links: Links
    ) -> None:
        own = """
[[escalation.own]]
organisation = "Globex"
[[escalation.own.levels]]
name = "Cuenta clave"
acknowledge_within = "5 minutes"
contacts = [{ name = "Kay", email = "kay@ld.example", language = "en" }]
"""
        ladders = await opened(sqlite_database, links, LIST + own)
        await ladders.files(LUIS, GLOBEX, "No line")
        await ladders.types(LUIS, "LD-1 hurry", GLOBEX, command="escalate")
        assert await ladders.letters() == [("kay", "[LD-1] Escalated to Cuenta clave")]
