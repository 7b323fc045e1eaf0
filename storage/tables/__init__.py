"""Every table of the store, by what it is for."""

from __future__ import annotations

from storage.tables.cases import Case, CaseEvent, CaseFile, Refusal, StoredFile
from storage.tables.directory import Channel, Member, Organisation, PersonRow, Tenant
from storage.tables.traffic import (
    Conversation,
    InboxRow,
    KeptValue,
    OutboxRow,
    OutboxState,
    Posting,
    Timer,
)

__all__ = [
    "Case",
    "CaseEvent",
    "CaseFile",
    "Channel",
    "Conversation",
    "InboxRow",
    "KeptValue",
    "Member",
    "Organisation",
    "OutboxRow",
    "OutboxState",
    "PersonRow",
    "Posting",
    "Refusal",
    "StoredFile",
    "Tenant",
    "Timer",
]
