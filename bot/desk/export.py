"""A case as one JSON object, for other programs to read."""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypedDict

from bot.desk.closing.decisions import Weighed, decisions_of
from bot.desk.places import number_of
from dialogs.events import File
from storage.tables import Case, CaseEvent, CaseLink, Escalation, ServiceLevel, Survey, ThirdParty
from storage.unit import UnitOfWork


class ExportedPerson(TypedDict):
    """Who somebody is: their key in the store, and their name."""

    key: str
    name: str


class ExportedSeverity(TypedDict):
    """A severity as the facts proposed it and as an analyst confirmed it."""

    proposed: str
    confirmed: str | None


class ExportedStart(TypedDict):
    """When it began: as told, and the instant read from that (ISO 8601, UTC) in a zone."""

    text: str
    instant: str | None
    zone: str | None
    assumed: bool


class ExportedZone(TypedDict):
    """The zone of the evidence; `assumed` where nobody told it."""

    name: str
    assumed: bool


class ExportedFile(TypedDict):
    """A file; its size is in bytes, `problem` says why it is not with us."""

    id: str
    name: str
    media_type: str
    size: int
    sha256: str
    problem: str | None


class ExportedLevel(TypedDict):
    """A promise: when it began, was due, was kept or dropped, and broken; `paused` holds pairs of instants."""

    kind: str
    severity: str
    started_at: str
    due_at: str | None
    met_at: str | None
    dropped_at: str | None
    breached_at: str | None
    paused: list[list[str | None]]
    policy_version: str


class ExportedLink(TypedDict):
    """Another case: this one is a `duplicate` or `follow_up` of it, or `related`. `incoming` is the other way."""

    number: str
    kind: str
    incoming: bool


class ExportedThirdParty(TypedDict):
    """Who outside was asked, their own number for the case, and when they were asked, written to and answered."""

    name: str
    reference: str
    email: str | None
    status: str
    asked_at: str
    written_at: str | None
    chased: int
    answered_at: str | None
    ended_at: str | None


class ExportedClosing(TypedDict):
    """A decision about what a customer wrote after a resolution: what it was read as, what was done, and why.

    `undone` tells that an agent found it wrong.
    """

    at: str
    message: str | None
    text: str
    label: str
    decision: str
    reason: str
    undone: bool


class ExportedSurvey(TypedDict):
    """What the customer thought of a resolution by an agent. Without `answered_by`, names are not to be told."""

    agent: str
    state: str
    resolved_at: str
    asked_at: str | None
    answered_at: str | None
    answered_by: str | None
    score: int | None
    comment: str
    improvement: str


class ExportedStep(TypedDict):
    """A level that was alerted, or skipped for a reason, and when it acknowledged."""

    level: str
    round: int
    at: str
    skipped: str | None
    due_at: str | None
    acknowledged_at: str | None
    acknowledged_by: str | None


class ExportedEscalation(TypedDict):
    """How a case climbed, why, and how that ended."""

    cause: str
    reason: str
    by: str
    started_at: str
    state: str
    outcome: str
    ended_at: str | None
    steps: list[ExportedStep]


class ExportedCase(TypedDict):
    """A case with its history. Instants are ISO 8601 in UTC."""

    number: str
    status: str
    organisation: str | None
    requester: ExportedPerson
    assignee: ExportedPerson | None
    participants: list[ExportedPerson]
    links: list[ExportedLink]
    language: str
    description: str
    expected_behaviour: str
    service: str | None
    impact: str | None
    severity: ExportedSeverity
    started: ExportedStart | None
    zone: ExportedZone
    files: list[ExportedFile]
    service_levels: list[ExportedLevel]
    third_parties: list[ExportedThirdParty]
    closings: list[ExportedClosing]
    surveys: list[ExportedSurvey]
    escalations: list[ExportedEscalation]
    created_at: str
    history: list[dict[str, Any]]


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
