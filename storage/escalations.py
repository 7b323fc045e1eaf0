"""Escalations and their steps."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dialogs.cases import EscalationCause, EscalationState
from storage.tables import Escalation, EscalationStep

OPEN = frozenset(
    {
        EscalationState.CLIMBING,
        EscalationState.WAITING,
        EscalationState.SNOOZED,
        EscalationState.ACKNOWLEDGED,
    }
)
"""The states in which something is still to come."""

_OPEN_AMONG = select(Escalation).where(
    col(Escalation.case_number).in_(bindparam("cases", expanding=True)), col(Escalation.state).in_(OPEN)
)


class Escalations:
    """How cases climb."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, escalation: Escalation) -> int:
        """Keep a new one and return its id."""
        self._session.add(escalation)
        await self._session.flush()
        assert escalation.id is not None
        return escalation.id

    async def get(self, identity: int) -> Escalation | None:
        """Return one by its id, for reading."""
        return await self._session.get(Escalation, identity)

    async def lock(self, identity: int) -> Escalation | None:
        """Return one by its id, for changing it."""
        return await self._session.get(Escalation, identity, with_for_update=True, populate_existing=True)

    async def open_of(self, number: int) -> Escalation | None:
        """Return the one of a case that goes on, if there is one."""
        return (await self.open_among((number,))).get(number)

    async def open_among(self, numbers: Collection[int]) -> dict[int, Escalation]:
        """Return those of some cases that go on, by the number of the case."""
        found = await self._session.scalars(_OPEN_AMONG, {"cases": list(numbers)})
        return {row.case_number: row for row in found if row.case_number is not None}

    async def latest_of(self, number: int) -> Escalation | None:
        """Return the one of a case that was begun last."""
        query = select(Escalation).where(col(Escalation.case_number) == number).order_by(col(Escalation.id).desc())
        return (await self._session.scalars(query.limit(1))).first()

    async def of_case(self, number: int) -> Sequence[Escalation]:
        """Return all of a case, the oldest first."""
        query = select(Escalation).where(col(Escalation.case_number) == number).order_by(col(Escalation.id))
        return (await self._session.scalars(query)).all()

    async def latest_drill(self) -> Escalation | None:
        """Return the drill that was begun last."""
        drills = select(Escalation).where(col(Escalation.cause) == EscalationCause.DRILL)
        return (await self._session.scalars(drills.order_by(col(Escalation.id).desc()).limit(1))).first()

    async def overdue(self, before: datetime) -> Sequence[Escalation]:
        """Return those that should have gone on before an instant, the oldest first."""
        query = select(Escalation).where(col(Escalation.due_at) < before).order_by(col(Escalation.due_at))
        return (await self._session.scalars(query)).all()

    def add_step(self, step: EscalationStep) -> None:
        """Keep a step."""
        self._session.add(step)

    async def steps(self, identity: int) -> Sequence[EscalationStep]:
        """Return the steps of an escalation in their order."""
        query = select(EscalationStep).where(col(EscalationStep.escalation_id) == identity)
        return (await self._session.scalars(query.order_by(col(EscalationStep.number)))).all()
