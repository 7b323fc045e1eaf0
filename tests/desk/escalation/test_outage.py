"""What was due while nobody was running comes late and says so; what does not come is noticed from beside."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import delete

from bot.auditor import Auditor
from bot.desk.escalation.outage import mark_outage, still_alive
from storage.tables import Timer
from tests.desk.escalation.conftest import Ladders
from tests.desk.escalation.test_ladder import escalated
from tests.desk.escalation.test_links import OfficeClock


@pytest.fixture
def auditor(ladders: Ladders) -> Auditor:
    return Auditor(ladders.database, ladders.settings, OfficeClock(ladders))


async def test_a_step_that_was_due_in_an_outage_says_how_late_it_is(ladders: Ladders, auditor: Auditor) -> None:
    await escalated(ladders)
    await still_alive(ladders.database, ladders.now)
    ladders.now += timedelta(minutes=40)
    await auditor.begin()
    await ladders.waits(0)
    [alert] = [text for text in ladders.alerts() if text.startswith("🔺 LD-1 · escalado a Gerencia")]
    assert "sale con 25 min de retraso: el asistente no estaba funcionando" in alert


async def test_a_step_that_is_late_because_the_clock_was_moved_says_nothing(ladders: Ladders, auditor: Auditor) -> None:
    await auditor.begin()
    await escalated(ladders)
    ladders.now += timedelta(minutes=40)
    await ladders.waits(0)
    [alert] = [text for text in ladders.alerts() if text.startswith("🔺 LD-1 · escalado a Gerencia")]
    assert "retraso" not in alert


async def test_a_short_restart_is_no_outage(ladders: Ladders) -> None:
    await still_alive(ladders.database, ladders.now)
    await mark_outage(ladders.database, ladders.now + timedelta(minutes=1), longer_than=timedelta(minutes=2))
    async with ladders.database.unit() as unit:
        assert await unit.values.get("process.outage") is None


async def test_a_step_that_does_not_come_is_told_once_and_set_again(ladders: Ladders, auditor: Auditor) -> None:
    await escalated(ladders)
    async with ladders.database.unit() as unit:
        await unit.session.execute(delete(Timer))
        await unit.commit()
    ladders.now += timedelta(minutes=18)
    await auditor.look()
    assert auditor.state() == "ok", "one look is not enough"
    for _ in range(3):
        await auditor.look()
    assert auditor.state() == "1 overdue"
    await ladders.deliver()
    warned = [text for text in ladders.alerts() if text.startswith("⚠️ LD-1: un paso de su escalamiento")]
    assert len(warned) == 1
    await ladders.waits(0)
    assert (await ladders.letters())[-1] == ("elena", "[LD-1] Escalado a Gerencia")
    await auditor.look()
    assert auditor.state() == "ok"


async def test_a_step_in_time_is_nobodys_trouble(ladders: Ladders, auditor: Auditor) -> None:
    await escalated(ladders)
    for _ in range(3):
        await ladders.waits(5)
        await auditor.look()
    assert auditor.state() == "ok"
    assert not any("⚠️" in text for text in ladders.alerts())
