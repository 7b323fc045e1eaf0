"""Third parties: who outside of the house was asked about a case."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field

from dialogs.cases import ThirdPartyStatus
from storage.types import BigId, Table, human, instant, new_id, word


class ThirdParty(Table, table=True):
    """Somebody outside who was asked about a case, once: who is asked again is there again, under the same token.

    `reference` is their own number for it. `token` cannot be guessed and stands in what is written to them, so that
    an answer finds the case. `written_at` is when the last e-mail to them was decided, `chased` how often they were
    reminded since.
    """

    __tablename__ = "third_parties"

    id: int | None = new_id()
    case_number: int = Field(sa_type=BigId, foreign_key="cases.number", index=True)
    name: str = human()
    reference: str = human(default="")
    email: str | None = None
    token: str = Field(index=True)
    status: ThirdPartyStatus = word(ThirdPartyStatus, default=ThirdPartyStatus.WAITING)
    asked_at: datetime = instant()
    answered_at: datetime | None = instant(default=None)
    ended_at: datetime | None = instant(default=None)
    written_at: datetime | None = instant(default=None)
    chased: int = 0
