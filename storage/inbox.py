"""Events taken in, so that none is taken twice."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.events import Platform
from storage.statements import insert_into, table_of
from storage.tables import InboxRow

_INBOX = table_of(InboxRow)
_ASKED_AT_ONCE = 500
_ACCEPT = insert_into(InboxRow).on_conflict_do_nothing().returning(_INBOX.c.key)


class Inbox:
    """The keys of the events that were taken in."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def accept_all(self, events: Collection[tuple[str, Platform]], now: datetime) -> set[str]:
        """Take many events in with one statement; return the keys of those that were not here before."""
        rows = [{"key": key, "platform": platform, "taken_at": now, "payload": ""} for key, platform in events]
        return set(await self._session.scalars(_ACCEPT, rows)) if rows else set()

    async def known(self, keys: Sequence[str], platform: Platform) -> frozenset[str]:
        """Return which of many events were taken in."""
        found: set[str] = set()
        for start in range(0, len(keys), _ASKED_AT_ONCE):
            some = keys[start : start + _ASKED_AT_ONCE]
            query = select(_INBOX.c.key).where(_INBOX.c.platform == platform, _INBOX.c.key.in_(some))
            found.update(await self._session.scalars(query))
        return frozenset(found)

    async def accept(self, key: str, platform: Platform, now: datetime, payload: str = "") -> bool:
        """Take an event in. False: it was here before, or is being taken in elsewhere and will be.

        `payload` is kept as long as the key is, for looking into what exactly arrived.
        """
        values = {"key": key, "platform": platform, "taken_at": now, "payload": payload}
        with self._session.no_autoflush:
            return (await self._session.execute(_ACCEPT, values)).first() is not None
