"""The other end of the outbox: who sends takes messages from here, in order within each lane."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import RowMapping, bindparam, case, exists, or_, select, update

from dialogs.events import Place, Platform
from dialogs.messages import Delivery, Post, Revise
from storage.database import Database
from storage.outbox import DELIVERY, pending, replaces
from storage.statements import insert_into, table_of
from storage.tables import OutboxRow, OutboxState, Posting
from storage.together import Together
from storage.unit import UnitOfWork

GIVEN_UP = "delivery.given_up"
"""The kind of the timer by which the desk hears of a message that was given up; its subject is the message's key."""

STANDS = "delivery.stands"
"""The kind of the timer by which the desk hears that an awaited message was posted; its subject is its ref."""

LOST_TRIES = 5
"""After this many tries whose sender was never heard of again, a message is given up: it may be what kills us."""

_ROWS = table_of(OutboxRow)
_EARLIER = _ROWS.alias("earlier")
_POSTINGS = table_of(Posting)


_CLAIM = (
    select(_ROWS, _POSTINGS.c.message.label("target"))
    .outerjoin(_POSTINGS, _POSTINGS.c.ref == _ROWS.c.target_ref)
    .where(
        pending(_ROWS.c.state),
        _ROWS.c.due_at <= bindparam("now"),
        or_(_ROWS.c.lease_until.is_(None), _ROWS.c.lease_until <= bindparam("now")),
        or_(
            _ROWS.c.replaces.is_(None),
            _POSTINGS.c.revised_at.is_(None),
            _POSTINGS.c.revised_at <= bindparam("revised_before"),
        ),
        ~exists().where(pending(_EARLIER.c.state), _EARLIER.c.lane == _ROWS.c.lane, _EARLIER.c.id < _ROWS.c.id),
    )
    .order_by(_ROWS.c.due_at, _ROWS.c.id)
    .limit(bindparam("limit"))
    .with_for_update(of=_ROWS, skip_locked=True)
)
_LEASE = update(_ROWS).values(
    lease_until=bindparam("until"),
    lease_by=bindparam("worker"),
    attempts=_ROWS.c.attempts + 1,
    lost=_ROWS.c.lost + case((_ROWS.c.lease_by.is_not(None), 1), else_=0),
)
_SETTLE = (
    update(_ROWS)
    .where(_ROWS.c.id == bindparam("row"), _ROWS.c.lease_by == bindparam("worker"), pending(_ROWS.c.state))
    .values(lease_until=None, lease_by=None)
    .returning(_ROWS.c.id)
)
_INSERT = insert_into(Posting)
_POSTED = _INSERT.on_conflict_do_update(
    index_elements=["ref"],
    set_={name: _INSERT.excluded[name] for name in ("platform", "channel", "message")},
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """A message that is ours to send until the lease ends.

    `key` is its idempotency key and `target` the platform's id of the message it goes under or replaces, where
    that was sent. `unsure` says that an earlier try ended without an answer: ask the platform before sending.
    """

    id: int
    key: str
    lane: str
    delivery: Delivery
    target: str | None
    attempts: int
    unsure: bool


class DeliveryQueue:
    """Gives messages to one sender. Any number of senders may share a database.

    A lane's first pending message holds back the rest of the lane: while it is being sent, and while it waits
    to be tried again.
    """

    def __init__(
        self,
        database: Database,
        worker: str,
        lease: timedelta = timedelta(seconds=20),
        revise_every: timedelta = timedelta(),
    ) -> None:
        """`worker` is unique among all senders. What is not settled when its lease ends, others may take.

        A message is given new content no sooner than `revise_every` after the last.
        """
        self._together = Together(database)
        self._worker = worker
        self._lease = lease
        self._revise_every = revise_every

    async def claim(self, now: datetime, limit: int = 50) -> list[Claimed]:
        """Take what is due, at most one message of each lane."""

        async def take(unit: UnitOfWork) -> list[RowMapping]:
            due = {"now": now, "limit": limit, "revised_before": now - self._revise_every}
            found = (await unit.session.execute(_CLAIM, due)).mappings().all()
            lost = [row["id"] for row in found if row["lease_by"] and row["lost"] + 1 >= LOST_TRIES]
            taken = [row for row in found if row["id"] not in lost]
            if lost:
                await unit.session.execute(
                    update(_ROWS)
                    .where(_ROWS.c.id.in_(lost))
                    .values(state=OutboxState.DEAD, settled_at=now, lease_until=None, lease_by=None)
                )
                for row in found:
                    if row["id"] in lost:
                        _tell(unit, GIVEN_UP, row["key"], now)
            if taken:
                await unit.session.execute(
                    _LEASE.where(_ROWS.c.id.in_([row["id"] for row in taken])),
                    {"until": now + self._lease, "worker": self._worker},
                )
            return taken

        return [
            Claimed(
                id=row["id"],
                key=row["key"],
                lane=row["lane"],
                delivery=DELIVERY.validate_json(row["payload"]),
                target=row["target"],
                attempts=row["attempts"] + 1,
                unsure=row["unsure"] or row["lease_by"] is not None,
            )
            for row in await self._together.do(take)
        ]

    async def finish(self, claimed: Claimed, message: str | None, now: datetime) -> bool:
        """It was sent; `message` is its id on the platform. False: the lease was lost, others see to it."""

        async def done(unit: UnitOfWork) -> bool:
            mine = await self._settle(unit, claimed, state=OutboxState.DONE, settled_at=now, last_error=None)
            match claimed.delivery:
                case Post(ref=str(ref), place=place, awaited=awaited) if mine and message:
                    posting = {"ref": ref, "platform": place.platform, "channel": place.channel, "message": message}
                    await unit.session.execute(_POSTED, posting)
                    if awaited:
                        _tell(unit, STANDS, ref, now)
                case Revise(ref=ref) if mine:
                    await unit.session.execute(update(_POSTINGS).where(_POSTINGS.c.ref == ref).values(revised_at=now))
            return mine

        return await self._together.do(done)

    async def retry(self, claimed: Claimed, *, due_at: datetime, error: str, refused: bool) -> bool:
        """Try again later. `refused`: the platform is known to have sent nothing. False as with `finish`."""

        async def later(unit: UnitOfWork) -> bool:
            mine = await self._settle(
                unit, claimed, due_at=due_at, last_error=error, unsure=claimed.unsure or not refused
            )
            if what := replaces(claimed.delivery):
                await unit.outbox.supersede(claimed.lane, what)
            return mine

        return await self._together.do(later)

    async def bury(self, claimed: Claimed, *, error: str, now: datetime) -> bool:
        """Give it up and free its lane; the row stays to be looked at. False as with `finish`."""

        async def dead(unit: UnitOfWork) -> bool:
            mine = await self._settle(unit, claimed, state=OutboxState.DEAD, settled_at=now, last_error=error)
            if mine:
                _tell(unit, GIVEN_UP, claimed.key, now)
            return mine

        return await self._together.do(dead)

    async def _settle(self, unit: UnitOfWork, claimed: Claimed, **values: object) -> bool:
        which = {"row": claimed.id, "worker": self._worker}
        return (await unit.session.execute(_SETTLE.values(**values), which)).first() is not None


def _tell(unit: UnitOfWork, kind: str, subject: str, now: datetime) -> None:
    """Let the desk hear, in the same transaction, what became of a message."""
    unit.timers.set(kind, subject, fence="", due_at=now, place=Place(platform=Platform.DESK, channel=""), now=now)
