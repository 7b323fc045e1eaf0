"""Small things to keep by name."""

from __future__ import annotations

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.statements import insert_into
from storage.tables import KeptValue

_INSERT = insert_into(KeptValue)
_SET = _INSERT.on_conflict_do_update(index_elements=["key"], set_={"value": _INSERT.excluded.value})


class Values:
    """Texts by key."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def get(self, key: str) -> str | None:
        """Return what is kept under a key."""
        row = await self._session.get(KeptValue, key, populate_existing=True)
        return row.value if row else None

    async def remove(self, key: str) -> None:
        """Forget what is kept under a key."""
        await self._session.execute(delete(KeptValue).where(col(KeptValue.key) == key))

    async def set(self, key: str, value: str) -> None:
        """Keep a value under a key, in place of any other."""
        await self._session.execute(_SET, {"key": key, "value": value})
