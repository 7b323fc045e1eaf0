"""Surveys about resolved cases."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dialogs.cases import SurveyState
from storage.tables import Survey

STANDING = (SurveyState.ASKED, SurveyState.ANSWERED, SurveyState.EXPIRED)
"""Those that somebody really was asked, and that were not taken back."""


class Surveys:
    """What customers were asked after resolutions, and what they said."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, survey: Survey) -> int:
        """Keep a new survey and return its id."""
        self._session.add(survey)
        await self._session.flush()
        assert survey.id is not None
        return survey.id

    async def lock(self, survey_id: int) -> Survey | None:
        """Return a survey by its id, for changing it. Lock its case first."""
        return await self._session.get(Survey, survey_id, with_for_update=True, populate_existing=True)

    async def get(self, survey_id: int) -> Survey | None:
        """Return a survey by its id, for reading."""
        return await self._session.get(Survey, survey_id)

    async def of_case(self, number: int) -> Sequence[Survey]:
        """Return the surveys of a case in the order of its resolutions."""
        query = select(Survey).where(col(Survey.case_number) == number).order_by(col(Survey.id))
        return (await self._session.scalars(query)).all()

    async def asked_since(self, person_key: str, instant: datetime) -> bool:
        """Tell whether somebody was asked after an instant by a survey that was not taken back."""
        query = select(col(Survey.id)).where(
            col(Survey.requester_key) == person_key,
            col(Survey.asked_at) > instant,
            col(Survey.state).in_(STANDING),
        )
        return (await self._session.scalars(query.limit(1))).first() is not None
