"""The shape of a case as it leaves the house. Instants are ISO 8601 in UTC."""

from __future__ import annotations

from typing import Any, TypedDict


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
