"""What waits in the outbox, for whoever watches over the assistant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, or_, select

from storage.database import Database
from storage.statements import table_of
from storage.tables import OutboxRow, OutboxState


@dataclass(frozen=True, slots=True)
class Backlog:
    """How many messages wait, for how long the oldest has been due, and how many were given up."""

    waiting: int
    overdue: timedelta
    dead: int


async def read_backlog(database: Database, now: datetime) -> Backlog:
    """Count the messages that are on their way or stranded."""
    rows = table_of(OutboxRow)
    begun = or_(rows.c.due_at <= now, rows.c.attempts > 0)
    query = (
        select(rows.c.state, func.count(), func.min(rows.c.created_at).filter(begun))
        .where(rows.c.state.in_([OutboxState.PENDING, OutboxState.DEAD]))
        .group_by(rows.c.state)
    )
    async with database.reading() as session:
        found = {state: (count, oldest) for state, count, oldest in await session.execute(query)}
    waiting, oldest = found.get(OutboxState.PENDING, (0, now))
    dead, _ = found.get(OutboxState.DEAD, (0, now))
    return Backlog(waiting, max(now - (oldest or now), timedelta()), dead)
