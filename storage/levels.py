"""Service levels, as they were last worked out."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.tables import ServiceLevel

_OF_CASE = (
    select(ServiceLevel)
    .where(col(ServiceLevel.case_number) == bindparam("case"))
    .order_by(col(ServiceLevel.started_at), col(ServiceLevel.kind))
)


class ServiceLevels:
    """What was promised about each case."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def of_case(self, number: int) -> Sequence[ServiceLevel]:
        """Return the promises about a case in the order they began."""
        return (await self._session.scalars(_OF_CASE, {"case": number})).all()

    def add(self, level: ServiceLevel) -> None:
        """Keep a new promise."""
        self._session.add(level)
