"""A desk with a list of two levels: Carmen, by name, and a director who is known by her address only."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from sqlalchemy import select
from sqlmodel import col

from bot.links import Links
from bot.settings import read_settings
from dialogs.cases import EventKind
from dialogs.messages import Mail
from storage.database import Database
from storage.delivery_queue import GIVEN_UP
from storage.outbox import DELIVERY
from storage.tables import Escalation, EscalationStep, OutboxRow, OutboxState
from tests.desk.conftest import DESK, ESCALATIONS, Office

CLIMBS = frozenset(EventKind) - frozenset(
    {EventKind.FILED, EventKind.STATUS_CHANGED, EventKind.BREACHED, EventKind.FILE_ADDED}
)

LIST = """
times.undo = "0 seconds"
[escalation]
repeats = 0
[[escalation.levels]]
name = "Supervisión"
acknowledge_within = "15 minutes"
contacts = [{ name = "Carmen Ortiz", email = "carmen@ld.example", platform = "web", id = "carmen" }]
[[escalation.levels]]
name = "Gerencia"
acknowledge_within = "30 minutes"
contacts = [{ name = "Elena Ruiz", email = "elena@ld.example" }]
"""


@dataclass
class Ladders(Office):
    """The desk, with time and mail."""

    broken: tuple[str, ...] = ()
    """What the next messages hold that cannot be delivered: an address, or some words."""

    async def deliver(self) -> None:
        async with self.database.unit() as unit:
            pending = select(OutboxRow).where(col(OutboxRow.state) == OutboxState.PENDING)
            for row in (await unit.session.scalars(pending)).all():
                if any(word in row.payload for word in self.broken):
                    row.state, row.last_error = OutboxState.DEAD, "550 no such mailbox"
                    unit.timers.set(GIVEN_UP, row.key, fence="", due_at=self.now, place=DESK, now=self.now)
            await unit.commit()
        await super().deliver()

    async def mails(self) -> list[Mail]:
        """Return every mail that was decided, in order."""
        async with self.database.reading() as session:
            rows = (await session.scalars(select(OutboxRow).order_by(col(OutboxRow.id)))).all()
        found = [DELIVERY.validate_json(row.payload) for row in rows]
        return [one for one in found if isinstance(one, Mail)]

    async def letters(self) -> list[tuple[str, str]]:
        """Return to whom mails went, and their subjects."""
        return [(mail.to.partition("@")[0], mail.subject) for mail in await self.mails()]

    async def climbs(self) -> list[Escalation]:
        async with self.database.reading() as session:
            return list((await session.scalars(select(Escalation).order_by(col(Escalation.id)))).all())

    async def history_of(self, number: int = 1) -> list[str]:
        """Return the history of a case from its escalation on: kinds, and what says why."""
        told = [event for event in await self.history(number) if event.kind in CLIMBS]
        return [
            " ".join([event.kind, *(str(event.data[key]) for key in ("level", "why") if event.data.get(key))])
            for event in told
        ]

    async def steps(self) -> list[EscalationStep]:
        async with self.database.reading() as session:
            query = select(EscalationStep).order_by(col(EscalationStep.escalation_id), col(EscalationStep.number))
            return list((await session.scalars(query)).all())

    def alerts(self) -> list[str]:
        """Return what stands in the managers' channel, in order."""
        return [shown.text for shown in self.screen(ESCALATIONS)]


@pytest.fixture
def links() -> Links:
    return Links("https://soporte.example", "geheim")


@pytest.fixture
async def ladders(sqlite_database: Database, links: Links) -> Ladders:
    return await opened(sqlite_database, links, LIST)


async def opened(database: Database, links: Links | None, settings: str) -> Ladders:
    """Return a desk with those settings."""
    office = Ladders(database, read_settings(settings), links=links)
    await office.open()
    return office
