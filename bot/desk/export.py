"""A case as one JSON object, for other programs to read."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bot.desk.closing.decisions import Weighed, decisions_of
from bot.desk.exported import (
    ExportedCase,
    ExportedClosing,
    ExportedEscalation,
    ExportedFile,
    ExportedLevel,
    ExportedLink,
    ExportedPerson,
    ExportedSeverity,
    ExportedStart,
    ExportedStep,
    ExportedSurvey,
    ExportedThirdParty,
    ExportedZone,
)
from bot.desk.places import number_of
from dialogs.events import File
from storage.tables import Case, CaseEvent, CaseLink, Escalation, ServiceLevel, Survey, ThirdParty
from storage.unit import UnitOfWork


async def export_case(unit: UnitOfWork, case: Case, prefix: str, *, named: bool = True) -> ExportedCase:
    """Return a case as the JSON object that leaves the house. `prefix` is what its number begins with.

    `named` tells who answered surveys.
    """
    number = number_of(case)
    organisation = await unit.organisations.get(case.organisation_id) if case.organisation_id else None
    requester = await unit.people.get(case.requester_key)
    assignee = await unit.people.get(case.assignee_key) if case.assignee_key else None
    history = await unit.cases.history(number)
    return ExportedCase(
        number=f"{prefix}-{number}",
        status=case.status,
        organisation=organisation.name if organisation else None,
        requester=ExportedPerson(key=case.requester_key, name=requester.name if requester else ""),
        assignee=ExportedPerson(key=assignee.key, name=assignee.name) if assignee else None,
        participants=[
            ExportedPerson(key=person.key, name=person.name) for person in await unit.cases.participants(number)
        ],
        links=[_link(row, number, prefix) for row in await unit.cases.links(number)],
        language=case.language,
        description=case.description,
        expected_behaviour=case.expected_behaviour,
        service=case.service,
        impact=case.impact,
        severity=ExportedSeverity(proposed=case.severity_proposed, confirmed=case.severity_confirmed),
        started=_started(case),
        zone=ExportedZone(name=case.zone_name, assumed=case.zone_assumed),
        files=[_file(file) for file in await unit.cases.files(number)],
        service_levels=[_level(row) for row in await unit.service_levels.of_case(number)],
        third_parties=[_third_party(row) for row in await unit.third_parties.of_case(number)],
        closings=[_closing(one) for one in decisions_of(history).all],
        surveys=[_survey(row, named=named) for row in await unit.surveys.of_case(number)],
        escalations=[await _escalation(unit, row) for row in await unit.escalations.of_case(number)],
        created_at=_instant(case.created_at),
        history=[_entry(event) for event in history],
    )


def _instant(instant: datetime) -> str:
    return instant.isoformat().replace("+00:00", "Z")


def _maybe(instant: datetime | None) -> str | None:
    return _instant(instant) if instant else None


def _started(case: Case) -> ExportedStart | None:
    if case.started_text is None:
        return None
    instant = _instant(case.started_instant) if case.started_instant else None
    return ExportedStart(text=case.started_text, instant=instant, zone=case.started_zone, assumed=case.started_assumed)


def _link(row: CaseLink, number: int, prefix: str) -> ExportedLink:
    incoming = row.other_number == number
    other = row.case_number if incoming else row.other_number
    return ExportedLink(number=f"{prefix}-{other}", kind=row.kind, incoming=incoming)


def _file(file: File) -> ExportedFile:
    return ExportedFile(
        id=file.id,
        name=file.name,
        media_type=file.media_type,
        size=file.size,
        sha256=file.sha256,
        problem=file.problem,
    )


def _level(row: ServiceLevel) -> ExportedLevel:
    return ExportedLevel(
        kind=row.kind,
        severity=row.severity,
        started_at=_instant(row.started_at),
        due_at=_maybe(row.due_at),
        met_at=_maybe(row.met_at),
        dropped_at=_maybe(row.dropped_at),
        breached_at=_maybe(row.breached_at),
        paused=row.paused,
        policy_version=row.policy_version,
    )


def _third_party(row: ThirdParty) -> ExportedThirdParty:
    return ExportedThirdParty(
        name=row.name,
        reference=row.reference,
        email=row.email,
        status=row.status,
        asked_at=_instant(row.asked_at),
        written_at=_maybe(row.written_at),
        chased=row.chased,
        answered_at=_maybe(row.answered_at),
        ended_at=_maybe(row.ended_at),
    )


def _closing(weighed: Weighed) -> ExportedClosing:
    return ExportedClosing(
        at=_instant(weighed.at),
        message=weighed.message,
        text=weighed.text,
        label=weighed.label,
        decision=weighed.decision,
        reason=weighed.reason,
        undone=weighed.undone,
    )


def _survey(row: Survey, *, named: bool) -> ExportedSurvey:
    return ExportedSurvey(
        agent=row.agent_key,
        state=row.state,
        resolved_at=_instant(row.resolved_at),
        asked_at=_maybe(row.asked_at),
        answered_at=_maybe(row.answered_at),
        answered_by=row.answered_by if named else None,
        score=row.score,
        comment=row.comment,
        improvement=row.improvement,
    )


async def _escalation(unit: UnitOfWork, row: Escalation) -> ExportedEscalation:
    steps = await unit.escalations.steps(row.id or 0)
    return ExportedEscalation(
        cause=row.cause,
        reason=row.reason,
        by=row.by_key,
        started_at=_instant(row.started_at),
        state=row.state,
        outcome=row.outcome,
        ended_at=_instant(row.ended_at) if row.ended_at else None,
        steps=[
            ExportedStep(
                level=step.name,
                round=step.round,
                at=_instant(step.at),
                skipped=step.skipped,
                due_at=_instant(step.due_at) if step.due_at else None,
                acknowledged_at=_instant(step.acknowledged_at) if step.acknowledged_at else None,
                acknowledged_by=step.acknowledged_by,
            )
            for step in steps
        ],
    )


def _entry(event: CaseEvent) -> dict[str, Any]:
    return event.data | {
        "at": _instant(event.at),
        "kind": event.kind.value,
        "actor": event.actor_key,
        "platform": event.platform.value,
    }
