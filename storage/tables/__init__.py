"""Every table of the store, by what it is for."""

from __future__ import annotations

from storage.tables.cases import (
    Case,
    CaseEvent,
    CaseFile,
    CaseLink,
    CaseParticipant,
    HeldReply,
    Look,
    Refusal,
    StoredFile,
)
from storage.tables.directory import Channel, Member, Organisation, Outsider, PersonRow, Tenant
from storage.tables.escalations import Escalation, EscalationStep
from storage.tables.levels import ServiceLevel
from storage.tables.reports import ReportRequest
from storage.tables.surveys import Survey
from storage.tables.third_parties import ThirdParty
from storage.tables.traffic import (
    Conversation,
    InboxRow,
    KeptValue,
    OutboxRow,
    OutboxState,
    Posting,
    Timer,
)
from storage.tables.workspace import PageCounter, PageEvent, PageRecord
from storage.types import Table

METADATA = Table.metadata
"""All of them, as migrations see them."""

__all__ = [
    "METADATA",
    "Case",
    "CaseEvent",
    "CaseFile",
    "CaseLink",
    "CaseParticipant",
    "Channel",
    "Conversation",
    "Escalation",
    "EscalationStep",
    "HeldReply",
    "InboxRow",
    "KeptValue",
    "Look",
    "Member",
    "Organisation",
    "OutboxRow",
    "OutboxState",
    "Outsider",
    "PageCounter",
    "PageEvent",
    "PageRecord",
    "PersonRow",
    "Posting",
    "Refusal",
    "ReportRequest",
    "ServiceLevel",
    "StoredFile",
    "Survey",
    "Tenant",
    "ThirdParty",
    "Timer",
]
