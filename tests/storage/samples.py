"""Small things that the tests of the store have in common."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from dialogs.cases import Severity
from dialogs.events import Language, Person, Place, Platform
from dialogs.messages import Delivery, Message, Paragraph, Plain, Post, Revise
from storage.database import Database
from storage.tables import Case
from storage.unit import UnitOfWork

NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
ANA = Person(platform=Platform.WEB, tenant="acme", id="ana", name="Ana Ruiz")


def after(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def place(thread: str = "1", channel: str = "acme") -> Place:
    return Place(platform=Platform.WEB, channel=channel, thread=thread)


def message(text: str) -> Message:
    return Message(blocks=(Paragraph((Plain(text),)),))


def post(text: str, *, ref: str | None = None, under: str | None = None) -> Post:
    return Post(place=place(), message=message(text), ref=ref, under=under)


def revise(ref: str, text: str) -> Revise:
    return Revise(place=place(), ref=ref, message=message(text))


async def send(database: Database, *deliveries: Delivery, lane: str = "lane") -> None:
    async with database.unit() as unit:
        for delivery in deliveries:
            unit.outbox.add(delivery, lane, NOW)
        await unit.commit()


async def new_case(unit: UnitOfWork, **changes: object) -> Case:
    """Add a case of Ana's; `changes` are columns."""
    await unit.people.get_or_add(ANA, NOW)
    columns = {
        "requester_key": ANA.key,
        "conversation_key": place().key,
        "language": Language.SPANISH,
        "description": "No puedo llamar",
        "severity_proposed": Severity.S2,
        "severity_reason": "intake.severity.many",
        "zone_name": "America/New_York",
        "zone_assumed": True,
        "created_at": NOW,
        "updated_at": NOW,
    }
    case = Case(**(columns | changes))
    await unit.cases.add(case)
    return case
