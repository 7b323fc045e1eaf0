"""The other end of the timers: what has come due comes back as events."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import bindparam, func, or_, select, update

from dialogs.events import Event, Person, Platform, TimerFired
from storage.database import Database
from storage.statements import table_of
from storage.tables import Timer
from storage.timers import PLACE

CLOCK = Person(platform=Platform.DESK, tenant="", id="clock")
"""Who acts when a timer fires."""

_TIMERS = table_of(Timer)
_CLAIM = (
    select(_TIMERS)
    .where(
        _TIMERS.c.due_at <= bindparam("now"),
        or_(_TIMERS.c.lease_until.is_(None), _TIMERS.c.lease_until <= bindparam("now")),
    )
    .order_by(_TIMERS.c.due_at)
    .limit(bindparam("limit"))
    .with_for_update(skip_locked=True)
)
_LEASE = (
    update(_TIMERS)
    .where(_TIMERS.c.key == bindparam("row"))
    .values(attempts=_TIMERS.c.attempts + 1, lease_until=bindparam("until"), lease_by=bindparam("worker"))
)


class TimerQueue:
    """Gives due timers to one worker. Any number of workers may share a database."""

    def __init__(self, database: Database, worker: str, lease: timedelta = timedelta(seconds=30)) -> None:
        """A timer whose turn did not take it away comes again after `lease`, then after twice that, and so on."""
        self._database = database
        self._worker = worker
        self._lease = lease

    async def next_due(self, *, after: datetime | None = None, until: datetime) -> datetime | None:
        """Return when the first timer comes due after an instant and until another; nothing where none does."""
        query = select(func.min(_TIMERS.c.due_at)).where(_TIMERS.c.due_at <= until)
        async with self._database.reading() as session:
            found: datetime | None = await session.scalar(
                query if after is None else query.where(_TIMERS.c.due_at > after)
            )
            return found

    async def claim(self, now: datetime, limit: int = 50) -> list[Event]:
        """Take what is due, the oldest first. The turn ends it: `unit.timers.finish(event.key)`."""
        async with self._database.unit() as unit:
            found = (await unit.session.execute(_CLAIM, {"now": now, "limit": limit})).mappings().all()
            if found:
                leases = [
                    {
                        "row": row["key"],
                        "worker": self._worker,
                        "until": now + self._lease * 2 ** min(row["attempts"], 10),
                    }
                    for row in found
                ]
                await unit.session.execute(_LEASE, leases)
            await unit.commit()
        return [
            Event(
                key=row["key"],
                actor=CLOCK,
                place=PLACE.validate_json(row["place"]),
                at=row["due_at"],
                what=TimerFired(timer=row["kind"], fence=row["fence"], subject=row["subject"]),
            )
            for row in found
        ]
