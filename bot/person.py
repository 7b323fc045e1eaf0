"""What is kept of one person, to be handed to them or forgotten."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Text, cast, delete, or_, select, update
from sqlmodel import col

from bot.desk.export import export_case
from dialogs.cases import SurveyState
from dialogs.events import Platform
from storage.database import Database
from storage.tables import (
    Case,
    CaseEvent,
    CaseParticipant,
    Conversation,
    Escalation,
    EscalationStep,
    HeldReply,
    Look,
    Member,
    PersonRow,
    Refusal,
    Survey,
    Timer,
)
from storage.unit import UnitOfWork

NOBODY = "—"
"""The name of who was erased."""

_NAMED_IN = (
    (Case, Case.requester_key),
    (Case, Case.assignee_key),
    (CaseEvent, CaseEvent.actor_key),
    (CaseParticipant, CaseParticipant.person_key),
    (Conversation, Conversation.person_key),
    (Escalation, Escalation.by_key),
    (Escalation, Escalation.acknowledged_by),
    (EscalationStep, EscalationStep.acknowledged_by),
    (HeldReply, HeldReply.actor_key),
    (Look, Look.actor_key),
    (Look, Look.person_key),
    (Refusal, Refusal.actor_key),
    (Survey, Survey.requester_key),
    (Survey, Survey.agent_key),
    (Survey, Survey.answered_by),
)
"""Everywhere that a person's key stands, beside their own row and who is in which channel."""


async def export_person(database: Database, key: str, prefix: str) -> str | None:
    """Return everything kept of a person as JSON: profile, cases, events, surveys, and who looked at their phone.

    Nothing where nobody has that key.
    """
    async with database.reading() as session:
        unit = UnitOfWork(session)
        person = await unit.people.get(key)
        if person is None:
            return None
        joined = select(col(CaseParticipant.case_number)).where(col(CaseParticipant.person_key) == key)
        own = select(Case).where(or_(col(Case.requester_key) == key, col(Case.number).in_(joined)))
        cases = (await session.scalars(own.order_by(col(Case.number)))).all()
        events = select(CaseEvent).where(col(CaseEvent.actor_key) == key).order_by(col(CaseEvent.id))
        looks = select(Look).where(col(Look.person_key) == key).order_by(col(Look.id))
        asked = or_(col(Survey.requester_key) == key, col(Survey.answered_by) == key)
        surveys = select(Survey).where(asked).order_by(col(Survey.id))
        told: dict[str, Any] = {
            "profile": person.model_dump(mode="json"),
            "cases": [await export_case(unit, case, prefix) for case in cases],
            "events": [event.model_dump(mode="json") for event in await session.scalars(events)],
            "surveys": [survey.model_dump(mode="json") for survey in await session.scalars(surveys)],
            "looks": [look.model_dump(mode="json") for look in await session.scalars(looks)],
        }
    return json.dumps(told, ensure_ascii=False)


async def _leave_history(unit: UnitOfWork, person: PersonRow, gone: str) -> None:
    """Put nobody in the place of a person wherever an entry of a history says who had a case, or was given it."""
    named = cast(col(CaseEvent.data), Text).contains(json.dumps(person.key), autoescape=True)
    for event in await unit.session.scalars(select(CaseEvent).where(named)):
        event.data = {
            name: gone if value == person.key else NOBODY if value == person.name else value
            for name, value in event.data.items()
        }


async def erase_person(database: Database, key: str, now: datetime) -> bool:
    """Forget a person: their profile, phones, open forms and what they said in surveys; their marks remain.

    The history keeps its events under nobody's name.

    False: nobody has that key.
    """
    async with database.unit() as unit:
        session = unit.session
        person = await unit.people.get(key)
        if person is None:
            return False
        gone = f"erased-{uuid4().hex}"
        session.add(PersonRow(key=gone, platform=person.platform, tenant="", id=gone, name=NOBODY, first_seen_at=now))
        await session.flush()
        await session.execute(update(Case).where(col(Case.requester_key) == key).values(phone=None))
        await session.execute(update(Conversation).where(col(Conversation.person_key) == key).values(state=""))
        said = update(Survey).where(col(Survey.answered_by) == key)
        await session.execute(said.values(comment="", improvement=""))
        unasked = update(Survey).where(col(Survey.requester_key) == key, col(Survey.state) == SurveyState.DUE)
        await session.execute(unasked.values(state=SurveyState.SKIPPED))
        for table, column in _NAMED_IN:
            await session.execute(update(table).where(col(column) == key).values({col(column): gone}))
        await _leave_history(unit, person, gone)
        await session.execute(delete(Timer).where(col(Timer.subject) == key))
        await session.execute(delete(Member).where(col(Member.person_key) == key))
        if person.platform is Platform.TEAMS:
            from bot.teams import forget_person

            await forget_person(unit, person.id)
        await session.delete(person)
        await unit.commit()
    return True
