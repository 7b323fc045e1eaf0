"""Third parties that were asked about cases."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.tables import ThirdParty


class ThirdParties:
    """Who outside of the house was asked about which case."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, party: ThirdParty) -> None:
        """Keep a new one; it gets its id."""
        self._session.add(party)
        await self._session.flush()

    async def get(self, party_id: int) -> ThirdParty | None:
        """Return one by its id."""
        return await self._session.get(ThirdParty, party_id)

    async def lock(self, party: ThirdParty) -> ThirdParty:
        """Return one as it is now, for changing it. Lock its case first."""
        return await self._session.get_one(ThirdParty, party.id, with_for_update=True, populate_existing=True)

    async def of_case(self, number: int) -> Sequence[ThirdParty]:
        """Return those of a case in the order they were asked."""
        query = select(ThirdParty).where(col(ThirdParty.case_number) == number).order_by(col(ThirdParty.id))
        return (await self._session.scalars(query)).all()

    async def of_tokens(self, tokens: Collection[str]) -> Sequence[ThirdParty]:
        """Return those whose token is among these, in the order they were asked."""
        query = select(ThirdParty).where(col(ThirdParty.token).in_(tokens)).order_by(col(ThirdParty.id))
        return (await self._session.scalars(query)).all()
