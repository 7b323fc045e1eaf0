"""What passes through: events taken in, conversations, messages on their way out, timers."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, Text, text
from sqlmodel import Field

from dialogs.events import Platform
from storage.types import BigId, Table, instant, new_id, word


class InboxRow(Table, table=True):
    """An event that was taken in. Its key is unique on its platform, so the same event counts once."""

    __tablename__ = "inbox"

    platform: Platform = word(Platform, primary_key=True)
    key: str = Field(primary_key=True)
    taken_at: datetime = instant()
    payload: str = Field(default="", sa_type=Text)


class Conversation(Table, table=True):
    """One thread that the assistant takes part in, and what it remembers of it.

    `turns` counts how often it was locked, so it also says whether anything happened since. `state` is the
    engine's own JSON text. `case_number` is the case that the thread is about, once there is one.
    """

    __tablename__ = "conversations"
    __table_args__ = (Index("ix_conversations_person", "person_key", "updated_at"),)

    key: str = Field(primary_key=True)
    platform: Platform = word(Platform)
    channel: str
    thread: str | None = None
    direct: bool = False
    person_key: str | None = None
    case_number: int | None = Field(default=None, sa_type=BigId, foreign_key="cases.number")
    state: str = Field(default="", sa_type=Text)
    turns: int = 1
    created_at: datetime = instant()
    updated_at: datetime = instant()


class OutboxState(StrEnum):
    """Where a message stands on its way out."""

    PENDING = "pending"
    DONE = "done"
    DEAD = "dead"


_PENDING = text("state = 'pending'")


class OutboxRow(Table, table=True):
    """A message on its way out: in order within its lane, and a lane waits while its first one is pending.

    `key` is the delivery's idempotency key, never used twice. `ref` names the message it makes; `target_ref`
    the earlier one it goes under or replaces. `replaces` names what it shows anew as a whole, so that a later one of
    the same makes it needless. `attempts` counts tries begun, and `lost`
    those whose sender was never heard of again. `unsure` says that one of the tries may have sent it.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_next", "due_at", "id", sqlite_where=_PENDING, postgresql_where=_PENDING),
        Index("ix_outbox_lane", "lane", "id", sqlite_where=_PENDING, postgresql_where=_PENDING),
    )

    id: int | None = new_id()
    key: str
    lane: str
    payload: str = Field(sa_type=Text)
    ref: str | None = None
    target_ref: str | None = None
    replaces: str | None = None
    state: OutboxState = word(OutboxState, default=OutboxState.PENDING)
    created_at: datetime = instant()
    due_at: datetime = instant()
    attempts: int = 0
    lost: int = 0
    unsure: bool = False
    lease_until: datetime | None = instant(default=None)
    lease_by: str | None = None
    last_error: str | None = Field(default=None, sa_type=Text)
    settled_at: datetime | None = instant(default=None)


class Posting(Table, table=True):
    """Where a message that was given a name (`ref`) stands on its platform, and when it was last given new content."""

    __tablename__ = "postings"
    __table_args__ = (Index("ix_postings_message", "platform", "channel", "message"),)

    ref: str = Field(primary_key=True)
    platform: Platform = word(Platform)
    channel: str
    message: str
    revised_at: datetime | None = instant(default=None)


class Timer(Table, table=True):
    """Something to come back to at `due_at`: one of each kind for a subject, and setting it again moves it.

    `key` is new with every setting. `fence` is what the owner compares, to know whether it still matters. The
    row is gone once the timer was handled, moved or cancelled.
    """

    __tablename__ = "timers"

    kind: str = Field(primary_key=True)
    subject: str = Field(primary_key=True)
    key: str = Field(unique=True)
    fence: str
    place: str = Field(sa_type=Text)
    set_at: datetime = instant()
    due_at: datetime = instant(index=True)
    attempts: int = 0
    lease_until: datetime | None = instant(default=None)
    lease_by: str | None = None


class KeptValue(Table, table=True):
    """One small thing the assistant keeps, such as how far the desk's clock was moved."""

    __tablename__ = "kept_values"

    key: str = Field(primary_key=True)
    value: str = Field(sa_type=Text)
