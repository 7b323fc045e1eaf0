"""What those do who are alerted, and how long an acknowledgement holds."""

from __future__ import annotations

import pytest

from bot.links import Links
from bot.settings import read_settings
from dialogs.cases import EscalationState
from storage.database import Database
from tests.desk.conftest import ACME, ANA, BRUNO, CARMEN, DESK, DIEGO, ESCALATIONS, MARTA, whispered
from tests.desk.escalation.conftest import LIST, Ladders, opened
from tests.desk.escalation.test_ladder import escalated


async def state(ladders: Ladders) -> EscalationState:
    return (await ladders.climbs())[-1].state


@pytest.mark.parametrize("typed", ["acuse LD-1", "ack LD-1", "acuso recibo ld1", "acknowledge 1"])
async def test_an_acknowledgement_stops_the_climb_and_is_credited(ladders: Ladders, typed: str) -> None:
    thread = await escalated(ladders)
    await ladders.waits(5)
    assert (await ladders.types(CARMEN, typed, ESCALATIONS)).startswith("Listo, LD-1: ✓ Carmen Ortiz acusó recibo")
    alert = ladders.screen(ESCALATIONS)[0]
    assert alert.buttons == ("case.takeover", "case.further")
    assert "Carmen Ortiz acusó recibo" in alert.text
    assert ladders.last(thread) == "Carmen Ortiz ya está al tanto de su caso LD-1 y le responde en este hilo."
    [step] = await ladders.steps()
    assert step.acknowledged_at is not None
    assert (step.acknowledged_at - step.at).total_seconds() == 300
    await ladders.waits(39)
    assert len(await ladders.letters()) == 1


async def test_pressed_twice_it_counts_once(ladders: Ladders) -> None:
    await escalated(ladders)
    await ladders.presses(CARMEN, "case.acknowledge", "LD-1", ESCALATIONS)
    again = await ladders.presses(CARMEN, "case.acknowledge", "LD-1", ESCALATIONS)
    assert whispered(again).startswith("LD-1 ya tiene quien lo vea: ✓ Carmen Ortiz acusó recibo")
    assert (await ladders.history_of()).count("acknowledged Supervisión") == 1


@pytest.mark.parametrize("button", ["acknowledge", "takeover", "further", "snooze"])
@pytest.mark.parametrize("who", [MARTA, ANA], ids=["agent", "customer"])
async def test_only_managers_and_whom_the_list_names_may(ladders: Ladders, who, button: str) -> None:
    await escalated(ladders)
    told = whispered(await ladders.presses(who, f"case.{button}", "LD-1", ESCALATIONS))
    assert told.startswith("Eso ")
    assert await state(ladders) is EscalationState.CLIMBING
    assert ("marta" if who is MARTA else "ana", button, "LD-1") in await ladders.refusals()


async def test_a_desk_without_managers_answers_itself(sqlite_database: Database, links: Links) -> None:
    ladders = await opened(sqlite_database, links, "")
    async with ladders.database.unit() as unit:
        await unit.channels.remove(ESCALATIONS.channel_key)
        await unit.commit()
    await escalated(ladders)
    assert ladders.screen(DESK)[-1].text.startswith("🔺 LD-1 · escalado a Supervisión")
    await ladders.types(DIEGO, "acuse LD-1")
    assert await state(ladders) is EscalationState.ACKNOWLEDGED


async def test_who_takes_over_has_the_case_and_acknowledges(ladders: Ladders) -> None:
    await escalated(ladders)
    await ladders.types(CARMEN, "tomar LD-1")
    assert await state(ladders) is EscalationState.ACKNOWLEDGED
    await ladders.waits(60)  # reminded, then climbed on: she has it, and did nothing
    await ladders.types(CARMEN, "asumir LD-1")
    assert (await ladders.case()).assignee_key == CARMEN.key
    assert await state(ladders) is EscalationState.ACKNOWLEDGED


async def test_a_manager_sends_it_further_up_to_the_top(ladders: Ladders) -> None:
    thread = await escalated(ladders)
    await ladders.presses(CARMEN, "case.further", "LD-1", ESCALATIONS)
    assert (await ladders.letters())[-1] == ("elena", "[LD-1] Escalado a Gerencia")
    assert ladders.last(thread).startswith("Su caso LD-1 está ahora con Gerencia")
    told = whispered(await ladders.presses(CARMEN, "case.further", "LD-1", ESCALATIONS))
    assert told.startswith("LD-1 ya está en el nivel más alto")


async def test_an_alert_is_put_off_twice_and_no_more(ladders: Ladders) -> None:
    await escalated(ladders)
    for _ in range(2):
        await ladders.waits(10)
        assert "pospuesto hasta" in await ladders.types(CARMEN, "posponer LD-1", ESCALATIONS)
        await ladders.waits(29)
        assert len(await ladders.letters()) == 1
    assert "Se acabó la pausa de LD-1" in "\n".join(
        shown.text for key, screen in ladders.screens.items() if key.startswith("escalations:") for shown in screen
    )
    assert "solo dos veces" in await ladders.types(CARMEN, "posponer LD-1", ESCALATIONS)
    await ladders.waits(15)
    assert (await ladders.letters())[-1] == ("elena", "[LD-1] Escalado a Gerencia")


class TestAnAcknowledgementIsALease:
    async def test_who_gave_it_is_reminded_and_a_case_that_does_not_move_climbs_on(self, ladders: Ladders) -> None:
        await escalated(ladders)
        await ladders.types(CARMEN, "acuse LD-1", ESCALATIONS)
        await ladders.types(CARMEN, "nota LD-1 lo estoy viendo")
        await ladders.waits(39)
        below = next(screen for key, screen in ladders.screens.items() if key.startswith("escalations:bot"))
        assert below[-1].text.startswith("@Carmen Ortiz\n⏰ LD-1 no ha avanzado desde su acuse de recibo.")
        assert len(await ladders.letters()) == 1
        await ladders.waits(20)
        assert (await ladders.letters())[-1] == ("elena", "[LD-1] Escalado a Gerencia")
        assert "climbed_on not_moved" in await ladders.history_of()

    @pytest.mark.parametrize("does", ["responder LD-1 Ya viene el técnico", "mover LD-1 tercero", "asignar LD-1 Diego"])
    async def test_a_case_that_moves_ends_it(self, ladders: Ladders, does: str) -> None:
        await escalated(ladders)
        await ladders.types(CARMEN, "acuse LD-1", ESCALATIONS)
        await ladders.types(MARTA, does)
        await ladders.waits(60)
        assert len(await ladders.letters()) == 1
        assert (await ladders.climbs())[0].outcome == "moved"
        assert "el caso avanza" in ladders.alerts()[0]

    async def test_the_customers_own_words_do_not_move_it(self, ladders: Ladders) -> None:
        thread = await escalated(ladders)
        await ladders.types(CARMEN, "acuse LD-1", ESCALATIONS)
        await ladders.says(ANA, thread, "¿hay novedades?")
        await ladders.says(BRUNO, thread, "seguimos sin línea")
        await ladders.waits(60)
        assert (await ladders.letters())[-1] == ("elena", "[LD-1] Escalado a Gerencia")


async def test_after_the_last_alarm_somebody_may_still_take_it_up(ladders: Ladders) -> None:
    thread = await escalated(ladders)
    await ladders.waits(45)
    assert await state(ladders) is EscalationState.UNANSWERED
    await ladders.presses(CARMEN, "case.acknowledge", "LD-1", ESCALATIONS)
    assert await state(ladders) is EscalationState.ACKNOWLEDGED
    assert "ya está al tanto" in ladders.last(thread)


async def test_what_is_not_escalated_is_called_so(ladders: Ladders) -> None:
    await ladders.files(ANA, ACME, "No hay línea")
    assert await ladders.types(CARMEN, "acuse LD-1") == "LD-1 no está escalado ahora."
    assert await ladders.types(CARMEN, "acuse LD-9") == "LD-9 no está escalado ahora."
    assert "Se escribe así" in await ladders.types(CARMEN, "acuse")


async def test_a_press_at_the_moment_of_the_step_wins_or_loses_whole(ladders: Ladders) -> None:
    """The timer that was due already finds another fence, and does nothing."""
    await escalated(ladders)
    ladders.now = (await ladders.steps())[0].due_at or ladders.now
    await ladders.types(CARMEN, "acuse LD-1", ESCALATIONS)
    await ladders.waits(1)
    assert len(await ladders.letters()) == 1


async def test_the_plan_shows_what_was_and_what_comes(sqlite_database: Database, links: Links) -> None:
    hours = LIST.replace('acknowledge_within = "30 minutes"', 'calendar = "desk"\nacknowledge_within = "30 minutes"')
    ladders = await opened(sqlite_database, links, hours)
    await escalated(ladders)
    told = await ladders.types(MARTA, "ver LD-1")
    assert "Escalamiento: con Supervisión, sin acuse de recibo; tiene hasta: hoy 10:16 (Miami)" in told
    steps = told[told.index("Escalamiento:\n") :].splitlines()[1:3]
    assert steps == ["• mar, 3 de mar de 2026 10:01 (Miami) · Supervisión: avisado", "Su historia:"]
    plan = [line for line in told.splitlines() if "→ escalamiento" in line]
    assert plan == [
        "• en 15 min · hoy 10:16 (Miami) → escalamiento: se avisa a Gerencia",
        "• en 45 min · hoy 10:46 (Miami) → escalamiento: último aviso a todos",
    ]


async def test_settings_are_needed_for_none_of_it(sqlite_database: Database) -> None:
    """The list of the package names nobody: managers answer in their channel, and no mail is sent."""
    ladders = await opened(sqlite_database, None, "")
    assert ladders.settings == read_settings("")
    await escalated(ladders)
    assert not await ladders.letters()
    await ladders.presses(CARMEN, "case.acknowledge", "LD-1", ESCALATIONS)
    assert await state(ladders) is EscalationState.ACKNOWLEDGED
