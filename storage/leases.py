"""Leases of a process that is gone."""

from __future__ import annotations

from sqlalchemy import update

from storage.database import Database
from storage.statements import table_of
from storage.tables import OutboxRow, Timer


async def release_leases(database: Database) -> None:
    """Let go of what the process before this one had begun, so that nobody waits for its leases to end.

    Only for a store that no other process uses, as an SQLite file is; elsewhere the leases may belong to the
    living, and end by themselves. Who had begun a message stays noted: it may have been sent.
    """
    if database.engine.dialect.name != "sqlite":
        return
    async with database.unit() as unit:
        for table in (table_of(OutboxRow), table_of(Timer)):
            await unit.session.execute(update(table).where(table.c.lease_until.is_not(None)).values(lease_until=None))
        await unit.commit()
