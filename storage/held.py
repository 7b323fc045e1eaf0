"""Replies that were decided and have not left yet."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from storage.tables import HeldReply


class HeldReplies:
    """At most one waits for each case."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def get(self, number: int) -> HeldReply | None:
        """Return the reply that waits for a case."""
        return await self._session.get(HeldReply, number)

    async def add(self, reply: HeldReply) -> None:
        """Keep a reply."""
        self._session.add(reply)
        await self._session.flush()

    async def remove(self, reply: HeldReply) -> None:
        """Let go of a reply that was sent or taken back."""
        await self._session.delete(reply)
        await self._session.flush()
