"""`ldsupport drill`: begins a drill in the running assistant, and tells step by step what becomes of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from uuid import uuid4

from sqlalchemy import select
from sqlmodel import col

from bot.desk.escalation.drill import TIMER
from dialogs.cases import ChannelRole, EscalationState
from dialogs.events import Place, Platform
from dialogs.messages import Mail
from dialogs.phrases import Voice
from storage.database import Database
from storage.outbox import DELIVERY
from storage.tables import Escalation, EscalationStep, OutboxRow, OutboxState
from storage.unit import UnitOfWork

BEGINS_WITHIN = 20.0
"""How long a running assistant may take to begin, in seconds; after that none is running."""
POLL = 0.5

Say = Callable[[str], None]


async def run_drill(database: Database, level: int | None, speak: Voice, say: Say) -> bool:
    """Run a drill and tell it line by line; return whether every message arrived and somebody acknowledged."""
    subject = uuid4().hex
    await _ask(database, subject, level)
    row = await _begun(database, subject)
    if row is None:
        say(speak("bot.drill.nobody_runs"))
        return False
    teller = _Teller(speak, say)
    while True:
        async with database.unit() as unit:
            found = await unit.escalations.get(row)
            assert found is not None, "a drill is never deleted"
            over = found.state in {EscalationState.OVER, EscalationState.UNANSWERED}
            waits = await teller.tell(unit, found)
        if over and not waits:
            return teller.conclude(found)
        await asyncio.sleep(POLL)


async def _ask(database: Database, subject: str, level: int | None) -> None:
    """Ask the running assistant to begin, where the managers read."""
    async with database.unit() as unit:
        channels = await unit.channels.of_role(ChannelRole.ESCALATIONS) or await unit.channels.of_role(ChannelRole.DESK)
        platform = channels[0].platform if channels else Platform.DESK
        now, place = datetime.now(UTC), Place(platform=platform, channel="drill")
        unit.timers.set(TIMER, subject, fence=str(level or ""), due_at=now, place=place, now=now)
        await unit.commit()


async def _begun(database: Database, subject: str) -> int | None:
    """Return the id of the drill once it has begun; take the wish back where nobody begins it."""
    for _ in range(int(BEGINS_WITHIN / POLL)):
        async with database.unit() as unit:
            row = await unit.escalations.latest_drill()
        if row is not None and row.reason == subject:
            return row.id
        await asyncio.sleep(POLL)
    async with database.unit() as unit:
        unit.timers.cancel(TIMER, subject)
        await unit.commit()
    return None


class _Teller:
    """Says each thing once."""

    def __init__(self, speak: Voice, say: Say) -> None:
        self._speak = speak
        self._say = say
        self._told = set[str]()
        self._lost = 0
        self._acknowledged = False

    def _once(self, key: str, phrase: str, **values: str | int) -> bool:
        if key in self._told:
            return False
        self._told.add(key)
        self._say(self._speak(phrase, **values))
        return True

    async def tell(self, unit: UnitOfWork, row: Escalation) -> bool:
        """Say what is new; return whether a message is still on its way."""
        waits = False
        for step in await unit.escalations.steps(row.id or 0):
            self._step(step)
            query = select(OutboxRow).where(col(OutboxRow.ref).like(f"escalation:{row.id}:{step.number}%"))
            for message in (await unit.session.scalars(query.order_by(col(OutboxRow.id)))).all():
                waits |= self._message(message)
            if step.acknowledged_by and not self._acknowledged:
                person = await unit.people.get(step.acknowledged_by)
                self._acknowledged = True
                name = (person.name or person.id) if person else step.acknowledged_by
                self._once("acknowledged", "bot.drill.acknowledged", name=name, level=step.name)
        return waits

    def _step(self, step: EscalationStep) -> None:
        if step.skipped is not None:
            why = self._speak(f"escalation.skipped.{step.skipped}")
            self._once(f"skipped {step.number}", "bot.drill.skipped", level=step.name, why=why)
        else:
            self._once(f"alerted {step.number}", "bot.drill.alerted", level=step.name, count=step.ways)

    def _message(self, row: OutboxRow) -> bool:
        delivery = DELIVERY.validate_json(row.payload)
        to = delivery.to if isinstance(delivery, Mail) else delivery.place.channel_key
        match row.state:
            case OutboxState.DONE:
                self._once(f"done {row.id}", "bot.drill.delivered", to=to)
            case OutboxState.DEAD:
                self._lost += self._once(f"dead {row.id}", "bot.drill.lost", to=to, why=row.last_error or "")
            case OutboxState.PENDING if row.last_error:
                self._once(f"again {row.id}", "bot.drill.again", to=to, why=row.last_error)
        return row.state is OutboxState.PENDING and not row.last_error

    def conclude(self, row: Escalation) -> bool:
        """Say how it ended; return whether all is well."""
        sound = self._acknowledged and not self._lost
        if row.state is EscalationState.UNANSWERED:
            self._once("end", "bot.drill.unanswered")
        self._once("verdict", "bot.drill.sound" if sound else "bot.drill.unsound")
        return sound
