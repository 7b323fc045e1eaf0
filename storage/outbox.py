"""Messages decided: they wait here for their way out, in order within their lane."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, bindparam, delete, func, insert, literal_column, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dialogs.events import Place, Platform
from dialogs.messages import Delivery, Mail, Post, Revise, ShowHome
from storage.statements import table_of
from storage.tables import OutboxRow, OutboxState, Outsider, Posting

DELIVERY: TypeAdapter[Delivery] = TypeAdapter(Delivery)

HELD = datetime(9999, 1, 1, tzinfo=UTC)
"""When a message is due that waits until nobody from outside is in its channel."""

_ROWS = table_of(OutboxRow)
_ADD = insert(_ROWS)


def pending(state: ColumnElement[Any]) -> ColumnElement[bool]:
    """Return the condition of what waits to be sent."""
    # Written out, not bound: only so do both databases see that their index of pending rows serves.
    return state == literal_column("'pending'")


def _waiting_of(rows: Any) -> tuple[ColumnElement[bool], ...]:
    return pending(rows.c.state), rows.c.lane == bindparam("of_lane"), rows.c.replaces == bindparam("of")


_NEWER = _ROWS.alias("newer")
_SUPERSEDE = delete(_ROWS).where(
    *_waiting_of(_ROWS),
    _ROWS.c.lease_by.is_(None),
    _ROWS.c.id < select(func.max(_NEWER.c.id)).where(*_waiting_of(_NEWER)).scalar_subquery(),
)


@dataclass(frozen=True, slots=True)
class Lost:
    """A message that could not be delivered for good, its name where it has one, and why."""

    delivery: Delivery
    ref: str
    error: str


class Outbox:
    """Takes messages as part of a turn. They are gathered, and written at the commit in the order given."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session
        self._gathered: list[dict[str, Any]] = []
        self._channels: dict[str, list[dict[str, Any]]] = {}

    def add(
        self,
        delivery: Delivery,
        lane: str,
        now: datetime,
        due_at: datetime | None = None,
        *,
        regardless: bool = False,
    ) -> None:
        """Decide a message. A `due_at` later than now holds back the rest of the lane as well.

        What is for a channel that somebody from outside is in waits until they left, unless it goes `regardless`.
        """
        self._gathered.append(
            {
                "key": uuid4().hex,
                "lane": lane,
                "payload": DELIVERY.dump_json(delivery).decode(),
                "ref": delivery.ref if isinstance(delivery, Post | Mail) else None,
                "target_ref": _target_ref(delivery),
                "replaces": replaces(delivery),
                "state": OutboxState.PENDING,
                "created_at": now,
                "due_at": due_at or now,
                "attempts": 0,
                "lost": 0,
                "unsure": False,
            }
        )
        if isinstance(delivery, Post | Revise) and not regardless:
            self._channels.setdefault(delivery.place.channel_key, []).append(self._gathered[-1])

    async def hold(self, place: Place) -> None:
        """Let what is on its way to a channel wait until it is released."""
        await self._move(place, _ROWS.c.lease_by.is_(None), due_at=HELD)

    async def release(self, place: Place, now: datetime) -> None:
        """Let go what waits for a channel, in the order it was decided."""
        await self._move(place, _ROWS.c.due_at == HELD, due_at=now)

    async def _move(self, place: Place, which: ColumnElement[bool], *, due_at: datetime) -> None:
        there = f'{{"place":{{"platform":"{place.platform}","channel":"{place.channel}"'
        waiting = _ROWS.c.state == OutboxState.PENDING, _ROWS.c.payload.startswith(there, autoescape=True)
        await self._session.execute(update(_ROWS).where(*waiting, which).values(due_at=due_at))

    async def rename_lane(self, old: str, new: str) -> None:
        """Let what waits in one lane stand in another one from now on, before what is added to that later."""
        waiting = _ROWS.c.state == OutboxState.PENDING, _ROWS.c.lane == old
        await self._session.execute(update(_ROWS).where(*waiting).values(lane=new))

    async def lost(self, key: str) -> Lost | None:
        """Return the message of a key that was given up."""
        query = select(OutboxRow).where(col(OutboxRow.key) == key, col(OutboxRow.state) == OutboxState.DEAD)
        row = (await self._session.scalars(query)).first()
        return Lost(DELIVERY.validate_json(row.payload), row.ref or "", row.last_error or "") if row else None

    async def sent(self, keys: Collection[str], error: str) -> Lost | None:
        """Return the first of some messages that were sent, as one that came back with an error after all."""
        done = col(OutboxRow.key).in_(keys), col(OutboxRow.state) == OutboxState.DONE
        row = (await self._session.scalars(select(OutboxRow).where(*done).order_by(col(OutboxRow.id)))).first()
        return Lost(DELIVERY.validate_json(row.payload), row.ref or "", error) if row else None

    async def flush(self) -> None:
        """Write what was gathered; of what shows the same thing anew, only the newest is left to be sent."""
        if self._gathered:
            await self._hold_back()
            rows, self._gathered = self._gathered, []
            await self._session.execute(_ADD, rows)
            for lane, what in {(row["lane"], row["replaces"]) for row in rows if row["replaces"]}:
                await self.supersede(lane, what)

    async def supersede(self, lane: str, what: str) -> None:
        """Forget what waits to show something anew, but for the newest of it. What is being sent is left alone."""
        await self._session.execute(_SUPERSEDE, {"of_lane": lane, "of": what})

    async def _hold_back(self) -> None:
        channels, self._channels = self._channels, {}
        if channels:
            query = select(col(Outsider.channel_key)).where(col(Outsider.channel_key).in_(channels)).distinct()
            for held in await self._session.scalars(query):
                for row in channels[held]:
                    row["due_at"] = HELD


def _target_ref(delivery: Delivery) -> str | None:
    match delivery:
        case Post(under=ref) | Revise(ref=ref):
            return ref
        case _:
            return None


def replaces(delivery: Delivery) -> str | None:
    """Return the name of what a message shows anew as a whole; None where it adds to what is there."""
    match delivery:
        case Revise(ref=ref):
            return ref
        case ShowHome(person=person):
            return f"home:{person}"
        case _:
            return None


class Postings:
    """Where messages that were given a name stand on their platform."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def find(self, ref: str) -> Posting | None:
        """Return where the message of that name stands, once it was sent."""
        return await self._session.get(Posting, ref)

    async def ref_of(self, platform: Platform, channel: str, message: str) -> str | None:
        """Return the name of a message on a platform, if it was given one."""
        query = select(col(Posting.ref)).where(
            col(Posting.platform) == platform,
            col(Posting.channel) == channel,
            col(Posting.message) == message,
        )
        return (await self._session.scalars(query)).first()
