"""A drill runs the real ladder with test messages, and its teller says what became of each."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot import drill as drill_module
from bot.desk.escalation.drill import TIMER
from bot.drill import run_drill
from dialogs.cases import EscalationCause, EscalationState
from dialogs.events import Language
from dialogs.phrases import voice
from storage.database import Database
from tests.desk.conftest import CARMEN, ESCALATIONS
from tests.desk.escalation.conftest import Ladders


async def begun(ladders: Ladders, level: str = "") -> None:
    async with ladders.database.unit() as unit:
        unit.timers.set(TIMER, "d1", fence=level, due_at=ladders.now, place=ESCALATIONS, now=ladders.now)
        await unit.commit()
    await ladders.waits(0)


async def test_its_messages_are_marked_and_touch_no_case(ladders: Ladders) -> None:
    await begun(ladders)
    alert = ladders.screen(ESCALATIONS)[-1]
    assert alert.text.startswith("🔺 SIMULACRO · escalado a Supervisión\n@Carmen Ortiz\nEsto es un simulacro.")
    assert alert.buttons == ("case.acknowledge", "case.further", "case.snooze")
    assert await ladders.letters() == [("carmen", "[SIMULACRO] Escalado a Supervisión")]
    [climb] = await ladders.climbs()
    assert (climb.cause, climb.case_number) == (EscalationCause.DRILL, None)
    assert not ladders.customers_see()


@pytest.mark.parametrize("typed", ["acuse SIMULACRO", "acknowledge drill"])
async def test_it_ends_with_an_acknowledgement(ladders: Ladders, typed: str) -> None:
    await begun(ladders)
    await ladders.types(CARMEN, typed, ESCALATIONS)
    [climb] = await ladders.climbs()
    assert (climb.state, climb.outcome, climb.acknowledged_by) == (EscalationState.OVER, "drill", CARMEN.key)
    assert "simulacro terminado" in ladders.alerts()[-1]


async def test_it_climbs_within_minutes_to_the_last_alarm(ladders: Ladders) -> None:
    await begun(ladders)
    await ladders.waits(1)
    assert (await ladders.letters())[-1] == ("elena", "[SIMULACRO] Escalado a Gerencia")
    await ladders.waits(1)
    assert ladders.alerts()[-1].startswith("🚨 SIMULACRO · nadie ha contestado")


async def test_one_level_alone(ladders: Ladders) -> None:
    await begun(ladders, "2")
    assert await ladders.letters() == [("elena", "[SIMULACRO] Escalado a Gerencia")]
    await ladders.waits(1)
    assert (await ladders.climbs())[0].state is EscalationState.UNANSWERED


async def test_a_new_one_ends_the_one_before(ladders: Ladders) -> None:
    await begun(ladders)
    await begun(ladders)
    assert [climb.state for climb in await ladders.climbs()] == [EscalationState.OVER, EscalationState.CLIMBING]


async def told(ladders: Ladders, does: str) -> tuple[bool, list[str]]:
    """Run the command against a desk that works; return whether all was well, and what it said."""
    lines: list[str] = []
    running = asyncio.create_task(run_drill(ladders.database, None, voice(Language.ENGLISH), lines.append))
    while not running.done():
        ladders.now += timedelta(days=400)  # the command lives by the real clock, ahead of the one of the tests
        await ladders.waits(0)
        if does and any("delivered" in line or "✗" in line for line in lines):
            await ladders.types(CARMEN, does, ESCALATIONS)
        await asyncio.sleep(0.02)
    return await running, lines


async def test_the_command_tells_what_arrived_and_who_answered(
    ladders: Ladders, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drill_module, "POLL", 0.01)
    sound, lines = await told(ladders, "acuse SIMULACRO")
    assert sound
    assert "  ✓ delivered: carmen@ld.example" in lines
    assert "  ✓ delivered: web:escalations" in lines
    assert any("Carmen Ortiz acknowledged" in line for line in lines)
    assert lines[-1] == "The drill went well."


async def test_the_command_fails_where_a_message_is_lost_or_nobody_answers(
    ladders: Ladders, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drill_module, "POLL", 0.01)
    ladders.broken = ("carmen@ld.example",)
    sound, lines = await told(ladders, "")
    assert not sound
    assert "  ✗ could not be delivered to carmen@ld.example: 550 no such mailbox" in lines
    assert "▸ Last alarm: nobody answered." in lines


async def test_the_command_says_that_nobody_runs_it(sqlite_database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drill_module, "POLL", 0.01)
    monkeypatch.setattr(drill_module, "BEGINS_WITHIN", 0.05)
    lines: list[str] = []
    assert not await run_drill(sqlite_database, None, voice(Language.ENGLISH), lines.append)
    assert lines == ["Nobody began the drill: is “ldsupport run” running with this database?"]
