"""How long no process was running: what came due meanwhile comes late, and says so."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

from bot.turn import Turn
from storage.database import Database

ALIVE = "process.alive"
"""Under this name the store keeps when a process was last seen running."""
OUTAGE = "process.outage"
"""Under this name the store keeps from when until when none was, the last time that was long."""


async def still_alive(database: Database, now: datetime) -> None:
    """Note that a process is running."""
    async with database.unit() as unit:
        await unit.values.set(ALIVE, now.isoformat())
        await unit.commit()


async def mark_outage(database: Database, now: datetime, *, longer_than: timedelta) -> None:
    """Note since when no process was running, where that is long ago, and that one is again."""
    async with database.unit() as unit:
        seen = await unit.values.get(ALIVE)
        if seen is not None and now - datetime.fromisoformat(seen) >= longer_than:
            await unit.values.set(OUTAGE, json.dumps([seen, now.isoformat()]))
        await unit.values.set(ALIVE, now.isoformat())
        await unit.commit()


async def delay_of(turn: Turn, due_at: datetime, *, longer_than: timedelta) -> timedelta | None:
    """Return how late something comes that was due while no process was running, where that is worth a word."""
    if turn.now - due_at < longer_than:
        return None
    kept = await turn.unit.values.get(OUTAGE)
    since, until = map(datetime.fromisoformat, json.loads(kept)) if kept else (turn.now, turn.now)
    return turn.now - due_at if since <= due_at <= until else None
