"""Keeps the browser page through restarts."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from pydantic import TypeAdapter
from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dialogs.events import Event
from storage.database import Database
from storage.statements import insert_into
from storage.tables import PageCounter, PageEvent, PageRecord

_EVENT = TypeAdapter(Event)
_NEXT = (
    insert_into(PageCounter)
    .values(id=1, value=1)
    .on_conflict_do_update(index_elements=["id"], set_={"value": col(PageCounter.value) + 1})
    .returning(col(PageCounter.value))
)


class StoredWorkspace:
    """The records and waiting events of the page, each call one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, record: str, *, key: str, room: str, body: str, event: Event | None = None) -> PageRecord:
        """Keep a new record; where its key is known, change nothing and return the record kept then."""
        async with self._database.unit() as unit:
            number = await _next(unit.session)
            known = await _by_key(unit.session, key)
            if known is not None:
                return known
            kept = PageRecord(id=record, key=key, room=room, body=body, number=number, change=number)
            unit.session.add(kept)
            _keep(unit.session, event, number)
            await unit.commit()
            return kept

    async def change(self, record: str, edit: Callable[[str], str], event: Event | None = None) -> PageRecord | None:
        """Replace the body of a record by what `edit` makes of it; None where there is no such record."""
        async with self._database.unit() as unit:
            number = await _next(unit.session)
            kept = await unit.session.get(PageRecord, record)
            body = None if kept is None else edit(kept.body)
            if kept is None or body is None or body == kept.body:
                return kept
            kept.body, kept.change = body, number
            _keep(unit.session, event, number)
            await unit.commit()
            return kept

    async def get(self, record: str) -> PageRecord | None:
        """Return the record of this id."""
        async with self._database.reading() as session:
            return await session.get(PageRecord, record)

    async def find(self, key: str) -> PageRecord | None:
        """Return the record kept under this key."""
        async with self._database.reading() as session:
            return await _by_key(session, key)

    async def records(self, rooms: Collection[str], *, after: int = 0) -> Sequence[PageRecord]:
        """Return the records of these rooms that changed after the change of this number, as they came."""
        wanted = select(PageRecord).where(col(PageRecord.room).in_(rooms), col(PageRecord.change) > after)
        async with self._database.reading() as session:
            return (await session.scalars(wanted.order_by(col(PageRecord.number)))).all()

    async def expect(self, event: Event) -> bool:
        """Keep an event that changes nothing on the page; False where its key waits already."""
        async with self._database.unit() as unit:
            number = await _next(unit.session)
            if await unit.session.get(PageEvent, event.key) is not None:
                return False
            _keep(unit.session, event, number)
            await unit.commit()
            return True

    async def acknowledge(self, key: str) -> None:
        """Let go of an event that the desk has taken."""
        async with self._database.unit() as unit:
            await unit.session.execute(delete(PageEvent).where(col(PageEvent.key) == key))
            await unit.commit()

    async def unacknowledged(self) -> Sequence[Event]:
        """Return the events that the desk has not taken, as they came."""
        async with self._database.reading() as session:
            rows = await session.scalars(select(PageEvent).order_by(col(PageEvent.number)))
            return [_EVENT.validate_json(row.payload) for row in rows]


async def _next(session: AsyncSession) -> int:
    return (await session.scalars(_NEXT)).one()


async def _by_key(session: AsyncSession, key: str) -> PageRecord | None:
    return (await session.scalars(select(PageRecord).where(col(PageRecord.key) == key))).one_or_none()


def _keep(session: AsyncSession, event: Event | None, number: int) -> None:
    if event is not None:
        payload = _EVENT.dump_json(event).decode()
        session.add(PageEvent(key=event.key, number=number, payload=payload))
