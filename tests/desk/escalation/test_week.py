"""A week of ladders, at random: people answer or do not, go and come, mail fails, the process dies and comes back.

However it goes, every escalation is taken up, not needed any more, or ends in the last alarm; no level is passed over
without a written reason; and nothing is done twice.
"""

from __future__ import annotations

import random
from collections import Counter
from datetime import timedelta
from itertools import pairwise

import pytest
from sqlalchemy import select
from sqlmodel import col

from bot.links import Links
from bot.routing import route
from bot.turn import Turn
from dialogs.cases import EscalationState, EventKind
from dialogs.messages import Mail, Post
from storage.database import Database
from storage.outbox import DELIVERY
from storage.tables import Escalation, EscalationStep, OutboxRow
from storage.timer_queue import TimerQueue
from tests.desk.conftest import ACME, ANA, CARMEN, DIEGO, ESCALATIONS, MARTA
from tests.desk.escalation.conftest import Ladders, opened

LIST = """
[escalation]
repeats = 1
[[escalation.levels]]
name = "Turno"
acknowledge_within = "15 minutes"
contacts = [{ name = "Carmen Ortiz", email = "carmen@ld.example", platform = "web", id = "carmen" }]
[[escalation.levels]]
name = "Supervisión"
acknowledge_within = "20 minutes"
calendar = "desk"
contacts = [
    { name = "Diego Salas", email = "diego@ld.example", platform = "web", id = "diego" },
    { name = "Kay Lee", email = "kay@ld.example" },
]
[[escalation.levels]]
name = "Gerencia"
acknowledge_within = "30 minutes"
contacts = [{ name = "Elena Ruiz", email = "elena@ld.example" }]
"""
CASES = 12
FAILING = ("carmen@ld.example", "diego@ld.example", "elena@ld.example", "escalado a Gerencia", "escalado a Turno")


class Week:
    """The desk and its luck."""

    def __init__(self, ladders: Ladders, seed: int) -> None:
        self.ladders = ladders
        self.luck = random.Random(seed)
        self.filed = 0

    async def passes(self, minutes: int) -> None:
        """Let time pass; now and then the process dies in the middle of what comes due, and that comes again."""
        ladders = self.ladders
        until = ladders.now + timedelta(minutes=minutes)
        timers = TimerQueue(ladders.database, f"process {self.luck.random()}")
        while due := await timers.claim(until, 1):
            (event,) = due
            ladders.now = max(ladders.now, event.at)
            async with ladders.database.unit() as unit:
                if await unit.timers.finish(event.key):
                    await route(Turn(unit, event, ladders.now, ladders.settings, ladders.links))
                if self.luck.random() < 0.1:
                    continue  # killed before the commit
                await unit.commit()
            await ladders.deliver()
        ladders.now = until

    async def happens(self) -> None:
        """Let one thing happen."""
        ladders, luck = self.ladders, self.luck
        case = luck.randint(1, max(self.filed, 1))
        match luck.choice(["file", "ask", "ask", "act", "act", "absence", "mail", "down", "work", "work"]):
            case "file" if self.filed < CASES:
                self.filed += 1
                await ladders.files(ANA, ACME, f"Problema {self.filed}")
            case "ask" if self.filed:
                who, where = luck.choice([(MARTA, ESCALATIONS), (ANA, ACME)])
                await ladders.types(who, f"LD-{case} no avanza", where, command="escalar")
            case "act" if self.filed:
                who, word = luck.choice([CARMEN, CARMEN, DIEGO]), luck.choice(["acuse", "subir", "posponer", "asumir"])
                await ladders.types(who, f"{word} LD-{case}", ESCALATIONS)
            case "absence":
                await ladders.types(luck.choice([CARMEN, DIEGO]), luck.choice(["ausente", "presente"]))
            case "mail":
                ladders.broken = tuple(one for one in FAILING if luck.random() < 0.3)
            case "down":
                ladders.now += timedelta(minutes=luck.choice([5, 90]))
            case "work" if self.filed:
                word = luck.choice(["responder {} Lo vemos", "resolver {} listo", "nota {} mirando"])
                await ladders.types(MARTA, word.format(f"LD-{case}"))


@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.soak) for seed in range(2, 12))])
async def test_a_week_of_ladders(sqlite_database: Database, links: Links, seed: int) -> None:
    ladders = await opened(sqlite_database, links, LIST)
    week = Week(ladders, seed)
    end = ladders.now + timedelta(days=7)
    while ladders.now < end:
        await week.happens()
        await week.passes(week.luck.choice([1, 20, 60, 180, 360]))
    ladders.broken = ()
    for _ in range(4 * 24):
        await week.passes(60)
    climbs = await ladders.climbs()
    assert len(climbs) >= 4
    by_climb: dict[int, list[EscalationStep]] = {}
    for step in await ladders.steps():
        by_climb.setdefault(step.escalation_id, []).append(step)
    outcomes = Counter(climb.state for climb in climbs)
    assert set(outcomes) <= {EscalationState.OVER, EscalationState.UNANSWERED}, outcomes
    for climb in climbs:
        steps = by_climb[climb.id or 0]
        await answered_or_alarmed(ladders, climb, steps)
        in_order(climb, steps)
        await every_reason_is_written(ladders, climb, steps)
    await nothing_twice(ladders)


async def answered_or_alarmed(ladders: Ladders, climb: Escalation, steps: list[EscalationStep]) -> None:
    """Whoever asked got somebody, or did not need them any more, or the last alarm was given."""
    kinds = await ladders.kinds(climb.case_number or 0)
    if climb.state is EscalationState.UNANSWERED:
        assert EventKind.LAST_ALARM in kinds
    else:
        assert climb.outcome in {"resolved", "moved"}
        assert climb.outcome == "resolved" or any(step.acknowledged_at for step in steps)
    assert climb.due_at is None


def in_order(climb: Escalation, steps: list[EscalationStep]) -> None:
    """Each step follows the one before: the next level, or the first of the next round; none is left out."""
    assert [step.number for step in steps] == list(range(1, len(steps) + 1))
    for before, after in pairwise(steps):
        follows = (after.round, after.level) in {(before.round, before.level + 1), (before.round + 1, 0)}
        waited = all(step.skipped for step in steps[: before.number])  # for the first level that opens
        assert follows or waited, (climb.id, before, after)
    alerted = [(step.round, step.level) for step in steps if step.skipped is None]
    assert len(alerted) == len(set(alerted)), (climb.id, alerted)


async def every_reason_is_written(ladders: Ladders, climb: Escalation, steps: list[EscalationStep]) -> None:
    history = await ladders.history(climb.case_number or 0)
    written = [
        (event.data["level"], event.data["why"])
        for event in history
        if event.kind is EventKind.LEVEL_SKIPPED and climb.started_at <= event.at <= (climb.ended_at or event.at)
    ]
    skipped = [(step.name, step.skipped) for step in steps if step.skipped is not None]
    assert not Counter(skipped) - Counter(written), (climb.id, skipped, written)


async def nothing_twice(ladders: Ladders) -> None:
    """No alert and no mail of a step was decided twice."""
    async with ladders.database.reading() as session:
        rows = (await session.scalars(select(OutboxRow).where(col(OutboxRow.ref).like("escalation:%")))).all()
    decided = Counter[tuple[str, str]]()
    for row in rows:
        delivery = DELIVERY.validate_json(row.payload)
        assert isinstance(delivery, Post | Mail)
        decided[row.ref or "", delivery.to if isinstance(delivery, Mail) else ""] += 1
    assert decided
    assert set(decided.values()) == {1}
