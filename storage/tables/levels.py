"""Service levels: what was promised about each case, and how it went."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index
from sqlmodel import Field

from dialogs.cases import BreachCause, LevelKind, Severity
from storage.types import BigId, Table, instant, word


class ServiceLevel(Table, table=True):
    """One promise about a case: the `number`-th of its kind, made anew from the history whenever that changes.

    `fingerprint` names all that `due_at` was made from, `policy_version` the targets and the calendar. `dropped_at` is
    when the promise no longer mattered, `cause` who was to act when it was broken. `paused` holds pairs of instants in
    ISO 8601, the last one open. `told` is the highest stage in percent that somebody was told of, `told_ref` the
    message that told it.
    """

    __tablename__ = "service_levels"
    __table_args__ = (Index(None, "kind", "met_at"),)

    case_number: int = Field(sa_type=BigId, foreign_key="cases.number", primary_key=True)
    kind: LevelKind = word(LevelKind, primary_key=True)
    number: int = Field(primary_key=True)
    severity: Severity = word(Severity)
    started_at: datetime = instant()
    due_at: datetime | None = instant(default=None)
    met_at: datetime | None = instant(default=None)
    dropped_at: datetime | None = instant(default=None)
    breached_at: datetime | None = instant(default=None, index=True)
    cause: BreachCause | None = word(BreachCause, default=None)
    paused: list[Any] = Field(default_factory=list, sa_type=JSON)
    fingerprint: str
    policy_version: str
    told: int = 0
    told_ref: str | None = None
