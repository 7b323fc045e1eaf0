"""Conversations, one turn at a time."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dialogs.events import Place
from storage.statements import insert_into, table_of
from storage.tables import Case, Conversation

_INSERT = insert_into(Conversation)
_LOCK = (
    select(Conversation)
    .from_statement(
        _INSERT.on_conflict_do_update(
            index_elements=["key"],
            set_={"turns": table_of(Conversation).c.turns + 1, "updated_at": _INSERT.excluded.updated_at},
        ).returning(*table_of(Conversation).c)
    )
    .execution_options(populate_existing=True)
)

_HOLD = (
    select(Conversation)
    .where(col(Conversation.key).in_(bindparam("keys", expanding=True)))
    .order_by(col(Conversation.key))
    .with_for_update()
)
_LATEST_OF = (
    select(Conversation)
    .where(
        col(Conversation.person_key) == bindparam("person"),
        col(Conversation.platform) == bindparam("platform"),
        col(Conversation.channel) == bindparam("channel"),
        col(Conversation.thread).is_not(None),
    )
    .order_by(col(Conversation.updated_at).desc())
    .limit(1)
)
_CONVERSATIONS, _CASES = table_of(Conversation), table_of(Case)
_LOCK_OF_CASE = (
    select(Conversation)
    .from_statement(
        update(_CONVERSATIONS)
        .where(
            _CONVERSATIONS.c.key
            == select(_CASES.c.conversation_key).where(_CASES.c.number == bindparam("case")).scalar_subquery()
        )
        .values(turns=_CONVERSATIONS.c.turns + 1, updated_at=bindparam("now"))
        .returning(*_CONVERSATIONS.c)
    )
    .execution_options(populate_existing=True)
)


class Conversations:
    """The threads the assistant takes part in."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session
        self._locked: dict[str, Conversation] = {}
        self._held: dict[str, Conversation | None] = {}

    async def hold(self, keys: Collection[str]) -> None:
        """Lock those of many conversations that exist, in one statement and always in the same order."""
        self._held = dict.fromkeys(keys)
        for row in await self._session.scalars(_HOLD, {"keys": sorted(keys)}):
            self._held[row.key] = row

    async def lock(self, place: Place, now: datetime, *, opener: str = "") -> Conversation:
        """Return the conversation of a place, new where there was none; nobody else has it until the end.

        `opener` names the post of ours that is to open its thread in the channel of the place: until that stands, the
        conversation goes by its name. Lock the conversation first and a case second, always, so that two turns cannot
        hold each other up.
        """
        key = place.key + opener
        held = self._held.get(key)
        if key not in self._locked and held is not None:
            held.turns += 1
            held.updated_at = now
            self._locked[key] = held
        if key not in self._locked:
            values = {
                "key": key,
                "platform": place.platform,
                "channel": place.channel,
                "thread": place.thread,
                "direct": place.direct,
                "state": "",
                "turns": 1,
                "created_at": now,
                "updated_at": now,
            }
            with self._session.no_autoflush:  # what earlier turns changed can wait, and is then written together
                self._locked[key] = (await self._session.scalars(_LOCK, values)).one()
        return self._locked[key]

    async def settle(self, conversation: Conversation, thread: str) -> None:
        """Let a locked conversation go by the thread that its opener turned out to open."""
        del self._locked[conversation.key]
        stands = Place(platform=conversation.platform, channel=conversation.channel, thread=thread)
        conversation.key, conversation.thread = stands.key, thread
        self._locked[stands.key] = conversation
        await self._session.flush()

    async def get(self, key: str) -> Conversation | None:
        """Return a conversation by `Place.key`, not locked."""
        if key in self._locked:
            return self._locked[key]
        if key in self._held:
            return self._held[key]
        with self._session.no_autoflush:
            return await self._session.get(Conversation, key)

    async def lock_of_case(self, number: int, now: datetime) -> Conversation | None:
        """Return the conversation that a case was filed from; nobody else has it until the end."""
        for _ in range(2):  # it may have got its thread while it was waited for, and goes by another key since
            found = (await self._session.scalars(_LOCK_OF_CASE, {"case": number, "now": now})).one_or_none()
            if found is not None:
                self._locked[found.key] = found
                break
        return found

    async def latest_of(self, person_key: str, place: Place) -> Conversation | None:
        """Return the last conversation that somebody has in a thread of a channel, not locked."""
        which = {"person": person_key, "platform": place.platform, "channel": place.channel}
        return (await self._session.scalars(_LATEST_OF, which)).one_or_none()

    async def private_of(self, person_key: str) -> Conversation | None:
        """Return the private chat of somebody with the assistant, not locked."""
        query = select(Conversation).where(col(Conversation.person_key) == person_key, col(Conversation.direct))
        return (await self._session.scalars(query.order_by(col(Conversation.updated_at).desc()).limit(1))).one_or_none()
