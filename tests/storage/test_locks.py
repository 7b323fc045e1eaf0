"""What is locked is as others left it, whatever was read of it before."""

from __future__ import annotations

from typing import Any

import pytest

from dialogs.cases import EscalationCause, EscalationState, SurveyState
from storage.database import Database
from storage.tables import Escalation, Survey
from storage.unit import UnitOfWork
from tests.conftest import NewDatabase
from tests.storage.samples import ANA, NOW, new_case


def escalations(unit: UnitOfWork) -> tuple[Any, Any]:
    row = Escalation(
        cause=EscalationCause.DRILL,
        by_key=ANA.key,
        ladder="{}",
        state=EscalationState.CLIMBING,
        started_at=NOW,
    )
    return unit.escalations, row


def surveys(unit: UnitOfWork) -> tuple[Any, Any]:
    row = Survey(case_number=1, requester_key=ANA.key, agent_key=ANA.key, resolved_at=NOW)
    return unit.surveys, row


@pytest.mark.parametrize(
    ("kind", "state"), [(escalations, EscalationState.ACKNOWLEDGED), (surveys, SurveyState.WITHDRAWN)]
)
async def test_a_row_read_before_it_was_locked_is_read_again(
    kind: Any, state: EscalationState | SurveyState, new_postgres: NewDatabase
) -> None:
    database = await Database.open(new_postgres(True))
    async with database.unit() as unit:
        await new_case(unit)
        repository, row = kind(unit)
        number = await repository.add(row)
        await unit.commit()
    async with database.unit() as unit:
        repository, _ = kind(unit)
        before = await repository.get(number)
        async with database.unit() as other:
            (await kind(other)[0].lock(number)).state = state
            await other.commit()
        assert before.state is not state
        assert (await repository.lock(number)).state is state
    await database.close()
