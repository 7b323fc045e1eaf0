"""Cases, their history and their files; refusals."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Index
from sqlmodel import Field

from dialogs.cases import CaseStatus, EventKind, Impact, LinkKind, Severity
from dialogs.events import FileProblem, Language, Platform
from dialogs.messages import Grain
from storage.types import BigId, Table, human, instant, new_id, word


class Case(Table, table=True):
    """A case. Its `number` is counted up by the database; the prefix people see (`LD-`) is a setting.

    `started_*` and `zone_*` are `Told` and `ToldZone` of the draft. `severity_reason` is a phrase key.
    `nudges` tells that a customer who is waited for may be reminded, and the case resolved without an answer.
    `next_due_at` is when the first of its service levels is due, if any is.
    """

    __tablename__ = "cases"
    __table_args__ = (
        # Each list of cases reads one of these from its beginning, however many cases there are.
        Index(None, "status", "next_due_at", "number"),
        Index(None, "assignee_key", "status", "next_due_at", "number"),
        Index(None, "organisation_id", "status", "number"),
    )

    number: int | None = new_id()
    organisation_id: int | None = Field(default=None, sa_type=BigId, foreign_key="organisations.id")
    requester_key: str = Field(foreign_key="people.key", index=True)
    conversation_key: str = Field(index=True)
    status: CaseStatus = word(CaseStatus, default=CaseStatus.NEW)
    assignee_key: str | None = Field(default=None, foreign_key="people.key")
    language: Language = word(Language)
    description: str = human()
    expected_behaviour: str = human(default="")
    service: str | None = human(default=None)
    impact: Impact | None = word(Impact, default=None)
    workaround: bool | None = None
    severity_proposed: Severity = word(Severity)
    severity_reason: str
    severity_confirmed: Severity | None = word(Severity, default=None)
    started_text: str | None = human(default=None)
    started_instant: datetime | None = instant(default=None)
    started_zone: str | None = None
    started_assumed: bool = False
    started_grain: Grain | None = word(Grain, default=None)
    zone_name: str
    zone_assumed: bool
    phone: str | None = None
    complete: bool = True
    nudges: bool = True
    next_due_at: datetime | None = instant(default=None)
    created_at: datetime = instant(index=True)
    updated_at: datetime = instant()


class CaseEvent(Table, table=True):
    """One entry in the history of a case; never changed. `event_key` is the event that caused it."""

    __tablename__ = "case_events"
    __table_args__ = (Index(None, "kind", "at"),)

    id: int | None = new_id()
    case_number: int = Field(sa_type=BigId, foreign_key="cases.number", index=True)
    at: datetime = instant()
    kind: EventKind = word(EventKind)
    actor_key: str
    platform: Platform = word(Platform)
    data: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    event_key: str = ""


class StoredFile(Table, table=True):
    """What is known of a file that somebody sent: `dialogs.events.File` and when it came."""

    __tablename__ = "files"

    id: str = Field(primary_key=True)
    name: str = human()
    media_type: str
    size: int = Field(sa_type=BigInteger)
    sha256: str = ""
    problem: FileProblem | None = word(FileProblem, default=None)
    excerpt: str = human(default="")
    taken_at: str = ""
    created_at: datetime = instant()


class CaseFile(Table, table=True):
    """A file belongs to a case."""

    __tablename__ = "case_files"

    case_number: int = Field(sa_type=BigId, foreign_key="cases.number", primary_key=True)
    file_id: str = Field(foreign_key="files.id", primary_key=True, index=True)


class CaseParticipant(Table, table=True):
    """Somebody of the customer's company takes part in a case beside its requester."""

    __tablename__ = "case_participants"

    case_number: int = Field(sa_type=BigId, foreign_key="cases.number", primary_key=True)
    person_key: str = Field(foreign_key="people.key", primary_key=True, index=True)
    since: datetime = instant()


class CaseLink(Table, table=True):
    """A case belongs together with another: `DUPLICATE` says that it is the same as the other."""

    __tablename__ = "case_links"

    case_number: int = Field(sa_type=BigId, foreign_key="cases.number", primary_key=True)
    other_number: int = Field(sa_type=BigId, foreign_key="cases.number", primary_key=True, index=True)
    kind: LinkKind = word(LinkKind)
    since: datetime = instant()


class HeldReply(Table, table=True):
    """A reply to a customer that an agent has decided and that has not left yet, so it can be taken back.

    `files` are ids of kept files; `waits` tells that the case then waits for the customer. `channel_key` and `message`
    are where it was typed, if it may still be changed there.
    """

    __tablename__ = "held_replies"

    case_number: int = Field(sa_type=BigId, foreign_key="cases.number", primary_key=True)
    actor_key: str = Field(foreign_key="people.key")
    text: str = human()
    files: list[str] = Field(default_factory=list, sa_type=JSON)
    waits: bool = False
    channel_key: str | None = None
    message: str | None = None
    decided_at: datetime = instant()


class Look(Table, table=True):
    """Somebody of the desk was shown the phone number of a person."""

    __tablename__ = "looks"

    id: int | None = new_id()
    at: datetime = instant(index=True)
    actor_key: str = Field(index=True)
    person_key: str = Field(index=True)
    case_number: int | None = Field(default=None, sa_type=BigId)


class Refusal(Table, table=True):
    """Somebody asked for what they have no right to."""

    __tablename__ = "refusals"

    id: int | None = new_id()
    at: datetime = instant(index=True)
    actor_key: str
    action: str
    target: str
