"""Escalations: how cases climbed, level by level."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, Text
from sqlmodel import Field

from dialogs.cases import EscalationCause, EscalationState, SkipReason
from storage.types import BigId, Table, human, instant, new_id, word


class Escalation(Table, table=True):
    """One climb of a case, or a drill, which has none. `ladder` is its own copy of the levels, as JSON.

    `level` is the one last alerted, counted from 0, and -1 before the first; `round` counts how often the list was
    begun. `due_at` is when something happens next, with `fence` as the fence of that timer. `snoozes` counts those of
    the level; `acknowledged_*` are of the acknowledgement that holds, or the last that did,
    and `reminded_at` is when its end was told. `reason` is what who asked for it wrote, `breach` the promise that was
    broken (`first_response:1`), and `outcome` why it is not needed any more.
    """

    __tablename__ = "escalations"
    __table_args__ = (Index("ix_escalations_due", "due_at"),)

    id: int | None = new_id()
    case_number: int | None = Field(default=None, sa_type=BigId, foreign_key="cases.number", index=True)
    cause: EscalationCause = word(EscalationCause)
    reason: str = human(default="")
    breach: str = ""
    by_key: str
    ladder: str = Field(sa_type=Text)
    state: EscalationState = word(EscalationState)
    round: int = 1
    level: int = -1
    fence: int = 0
    snoozes: int = 0
    started_at: datetime = instant(index=True)
    due_at: datetime | None = instant(default=None)
    acknowledged_at: datetime | None = instant(default=None)
    acknowledged_by: str | None = None
    reminded_at: datetime | None = instant(default=None)
    ended_at: datetime | None = instant(default=None)
    outcome: str = ""


class EscalationStep(Table, table=True):
    """A level that was alerted, or skipped for a reason. `name` is the level's in the language of the desk.

    `due_at` is when its acknowledgement was due. `ways` counts the messages that went out to it, `failed` those of
    them that could not be delivered for good.
    """

    __tablename__ = "escalation_steps"

    escalation_id: int = Field(sa_type=BigId, foreign_key="escalations.id", primary_key=True)
    number: int = Field(primary_key=True)
    round: int
    level: int
    name: str = human()
    at: datetime = instant(index=True)
    skipped: SkipReason | None = word(SkipReason, default=None)
    due_at: datetime | None = instant(default=None)
    ways: int = 0
    failed: int = 0
    acknowledged_at: datetime | None = instant(default=None)
    acknowledged_by: str | None = None
