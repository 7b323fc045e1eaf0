"""Timers: what is to be come back to, and when."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from pydantic import TypeAdapter
from sqlalchemy import bindparam, delete
from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.events import Place
from storage.statements import insert_into, table_of
from storage.tables import Timer

PLACE: TypeAdapter[Place] = TypeAdapter(Place)

_TIMERS = table_of(Timer)
_INSERT = insert_into(Timer)
_SET = _INSERT.on_conflict_do_update(
    index_elements=["kind", "subject"],
    set_={
        name: _INSERT.excluded[name]
        for name in ("key", "fence", "place", "set_at", "due_at", "attempts", "lease_until", "lease_by")
    },
)
_CANCEL = delete(_TIMERS).where(
    _TIMERS.c.kind == bindparam("gone_kind"), _TIMERS.c.subject == bindparam("gone_subject")
)


class Timers:
    """Sets and cancels timers as part of a turn. There is one timer of each kind for a subject.

    What is set and cancelled is gathered, and written at the commit.
    """

    def __init__(self, session: AsyncSession) -> None:
        self._session = session
        self._gathered: dict[tuple[str, str], dict[str, Any] | None] = {}

    def set(self, kind: str, subject: str, *, fence: str, due_at: datetime, place: Place, now: datetime) -> None:
        """Set a timer, in place of the one of the same kind and subject.

        `fence` names what it is set for. It comes back with the timer, so that the owner sees whether it has
        moved on since.
        """
        self._gathered[kind, subject] = {
            "kind": kind,
            "subject": subject,
            "key": f"timer:{uuid4().hex}",
            "fence": fence,
            "place": PLACE.dump_json(place).decode(),
            "set_at": now,
            "due_at": due_at,
            "attempts": 0,
            "lease_until": None,
            "lease_by": None,
        }

    async def find(self, kind: str, subject: str) -> Timer | None:
        """Return a timer as it stood before this unit."""
        return await self._session.get(Timer, (kind, subject))

    async def standing(self, kind: str, subject: str) -> Timer | None:
        """Return a timer as it stands now, in this unit too."""
        await self.flush()
        return await self._session.get(Timer, (kind, subject), populate_existing=True)

    def cancel(self, kind: str, subject: str) -> None:
        """Take a timer back, if there is one."""
        self._gathered[kind, subject] = None

    async def finish(self, key: str) -> bool:
        """Take away the timer that fired with that key. False: it was moved or cancelled; do nothing."""
        await self.flush()
        gone = delete(_TIMERS).where(_TIMERS.c.key == key).returning(_TIMERS.c.key)
        return (await self._session.execute(gone)).first() is not None

    async def flush(self) -> None:
        """Write what was gathered."""
        gone = [
            {"gone_kind": kind, "gone_subject": subject}
            for (kind, subject), row in self._gathered.items()
            if row is None
        ]
        rows = [row for row in self._gathered.values() if row]
        self._gathered.clear()
        if gone:
            await self._session.execute(_CANCEL, gone)
        if rows:
            await self._session.execute(_SET, rows)
