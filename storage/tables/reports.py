"""Reports that were asked for."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Text
from sqlmodel import Field

from dialogs.events import Language
from storage.types import BigId, Table, instant, new_id, word


class ReportRequest(Table, table=True):
    """A report that is still to be made: over which time, of which company or agent, in which language.

    `place` is a `Place` in JSON, where it goes. The row is taken away in the transaction that posts the report.
    """

    __tablename__ = "report_requests"

    id: int | None = new_id()
    since: datetime = instant()
    until: datetime = instant()
    organisation_id: int | None = Field(default=None, sa_type=BigId, foreign_key="organisations.id")
    person_key: str | None = Field(default=None, foreign_key="people.key")
    language: Language = word(Language)
    place: str = Field(sa_type=Text)
