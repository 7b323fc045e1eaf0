"""Surveys: what customers thought of how a case was resolved."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field

from dialogs.cases import SurveyState
from storage.types import BigId, Table, human, instant, new_id, word


class Survey(Table, table=True):
    """One survey about one resolution of a case: `agent_key` resolved it, at `resolved_at`.

    `score` is from 1 to 5. `requester_key` is who was asked, `answered_by` who of their company answered.
    """

    __tablename__ = "surveys"

    id: int | None = new_id()
    case_number: int = Field(sa_type=BigId, foreign_key="cases.number", index=True)
    organisation_id: int | None = Field(default=None, sa_type=BigId, foreign_key="organisations.id", index=True)
    requester_key: str = Field(foreign_key="people.key", index=True)
    agent_key: str = Field(foreign_key="people.key", index=True)
    state: SurveyState = word(SurveyState, default=SurveyState.DUE)
    resolved_at: datetime = instant()
    asked_at: datetime | None = instant(default=None, index=True)
    answered_at: datetime | None = instant(default=None, index=True)
    answered_by: str | None = Field(default=None, foreign_key="people.key")
    score: int | None = None
    comment: str = human(default="")
    improvement: str = human(default="")
