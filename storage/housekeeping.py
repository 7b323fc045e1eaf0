"""Forgets what nobody needs any more."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete

from storage.database import Database
from storage.statements import table_of
from storage.tables import InboxRow, OutboxRow, OutboxState

KEPT = timedelta(days=7)
"""How long the trace of a finished event or message stays. Platforms redeliver within hours."""

KEPT_DEAD = timedelta(days=60)
"""How long a message that could not be delivered stays to be looked at."""


async def tidy(database: Database, now: datetime) -> None:
    """Delete old inbox keys and settled messages. To be called about once a day."""
    inbox, outbox = table_of(InboxRow), table_of(OutboxRow)
    async with database.unit() as unit:
        await unit.session.execute(delete(inbox).where(inbox.c.taken_at < now - KEPT))
        for state, kept in ((OutboxState.DONE, KEPT), (OutboxState.DEAD, KEPT_DEAD)):
            await unit.session.execute(delete(outbox).where(outbox.c.state == state, outbox.c.settled_at < now - kept))
        await unit.commit()
