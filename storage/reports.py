"""Reports: those still to be made, and the numbers they are made from."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, Select, case, delete, func, select, type_coerce
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dialogs.cases import BreachCause, CaseStatus, EventKind, LevelKind, Severity
from dialogs.events import Language, Place
from storage.statements import table_of
from storage.surveys import STANDING
from storage.tables import (
    Case,
    CaseEvent,
    Escalation,
    EscalationStep,
    PersonRow,
    ReportRequest,
    ServiceLevel,
    Survey,
    ThirdParty,
)
from storage.types import UtcDateTime

_PLACE: TypeAdapter[Place] = TypeAdapter(Place)

AT_ONCE = 500
"""How many rows of a report are read at once: a few milliseconds' worth."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What is counted: from an instant up to another, of one company or one agent where they are given."""

    since: datetime
    until: datetime
    organisation_id: int | None = None
    person_key: str | None = None


class Ended(NamedTuple):
    """What a report needs of a promise that ended; there may be a hundred thousand."""

    severity: Severity
    started_at: datetime
    met_at: datetime
    breached_at: datetime | None
    paused: Sequence[Sequence[str | None]]


_LEVELS = table_of(ServiceLevel)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A report to be made, and where it goes."""

    id: int
    scope: Scope
    language: Language
    place: Place


class ReportRequests:
    """Reports that are still to be made."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def add(self, scope: Scope, language: Language, place: Place) -> None:
        """Ask for a report."""
        self._session.add(
            ReportRequest(
                since=scope.since,
                until=scope.until,
                organisation_id=scope.organisation_id,
                person_key=scope.person_key,
                language=language,
                place=_PLACE.dump_json(place).decode(),
            )
        )

    async def first(self) -> Wanted | None:
        """Return the report that has waited longest, if any does."""
        row = (await self._session.scalars(select(ReportRequest).order_by(col(ReportRequest.id)).limit(1))).first()
        if row is None:
            return None
        assert row.id is not None
        return Wanted(
            id=row.id,
            scope=Scope(
                since=row.since, until=row.until, organisation_id=row.organisation_id, person_key=row.person_key
            ),
            language=row.language,
            place=_PLACE.validate_json(row.place),
        )

    async def finish(self, request: int) -> bool:
        """Take a report off the list. False: another process has."""
        gone = delete(ReportRequest).where(col(ReportRequest.id) == request).returning(col(ReportRequest.id))
        return (await self._session.execute(gone)).first() is not None


class Statistics:
    """Counts what happened to the cases within a scope. Only reads."""

    def __init__(self, session: AsyncSession, scope: Scope) -> None:
        self._session = session
        self._scope = scope

    def _of_cases(self, query: Select[Any]) -> Select[Any]:
        """Keep of a query over cases those of the company or the agent."""
        if self._scope.organisation_id is not None:
            query = query.where(col(Case.organisation_id) == self._scope.organisation_id)
        if self._scope.person_key is not None:
            query = query.where(col(Case.assignee_key) == self._scope.person_key)
        return query

    async def opened(self) -> Sequence[datetime]:
        """Return when each case was filed."""
        at = col(Case.created_at)
        query = self._of_cases(select(at).where(at >= self._scope.since, at < self._scope.until))
        return [filed for (filed,) in await self._read(query)]

    async def backlog(self, statuses: Collection[CaseStatus], older_than: Sequence[datetime]) -> list[int]:
        """Count the cases in those statuses by age: filed after the first instant, after the second, and so on.

        `older_than` falls; the last number is of those filed before all of them.
        """
        filed = col(Case.created_at)
        bucket = case(*((filed >= limit, number) for number, limit in enumerate(older_than)), else_=len(older_than))
        query = self._of_cases(select(bucket, func.count()).where(col(Case.status).in_(statuses)).group_by(bucket))
        found = dict(list(await self._session.execute(query)))
        return [found.get(number, 0) for number in range(len(older_than) + 1)]

    async def levels_met(self, kind: LevelKind) -> Sequence[Ended]:
        """Return the promises of a kind that ended with what was promised, in time or late."""
        at = _LEVELS.c.met_at
        query = select(*(_LEVELS.c[name] for name in Ended._fields)).where(
            _LEVELS.c.kind == kind, at >= self._scope.since, at < self._scope.until
        )
        return [Ended._make(row) for row in await self._read(self._joined(query, _LEVELS.c.case_number))]

    async def breaches(self) -> dict[tuple[LevelKind, BreachCause], int]:
        """Count the broken promises by kind and by who was to act; one that was broken only for a while is none."""
        kind, cause = _LEVELS.c.kind, _LEVELS.c.cause
        query: Any = select(kind, cause, func.count()).where(*self._broken()).group_by(kind, cause)
        rows = await self._session.execute(self._joined(query, _LEVELS.c.case_number))
        return {(one, who): count for one, who, count in rows}

    async def missed(self, limit: int) -> Sequence[tuple[int, datetime]]:
        """Return the first cases of which a promise was broken, each with the instant of its first."""
        case_number = _LEVELS.c.case_number
        query: Any = select(case_number, func.min(_LEVELS.c.breached_at)).where(*self._broken())
        first = query.group_by(case_number).order_by(case_number).limit(limit)
        return [(number, at) for number, at in await self._session.execute(self._joined(first, case_number))]

    def _broken(self) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
        return _LEVELS.c.breached_at >= self._scope.since, _LEVELS.c.breached_at < self._scope.until

    async def events(self, kind: EventKind) -> Sequence[tuple[int, datetime, Mapping[str, Any]]]:
        """Return the case, the instant and the data of each entry of a kind in the histories."""
        at = col(CaseEvent.at)
        query = select(col(CaseEvent.case_number), at, col(CaseEvent.data)).where(
            col(CaseEvent.kind) == kind, at >= self._scope.since, at < self._scope.until
        )
        joined = self._joined(query, col(CaseEvent.case_number)).order_by(at, col(CaseEvent.id))
        return [(number, at, data) for number, at, data in await self._read(joined)]

    async def third_parties(self) -> Sequence[tuple[datetime, datetime | None]]:
        """Return from when until when each third party was waited for, where that overlaps; not all have answered."""
        asked, ended = col(ThirdParty.asked_at), func.coalesce(col(ThirdParty.answered_at), col(ThirdParty.ended_at))
        query: Any = select(asked, type_coerce(ended, UtcDateTime)).where(
            asked < self._scope.until, ended.is_(None) | (ended >= self._scope.since)
        )
        rows = await self._session.execute(self._joined(query, col(ThirdParty.case_number)))
        return [(since, until) for since, until in rows]

    async def alerts(self) -> Sequence[EscalationStep]:
        """Return the levels that were alerted about cases, in their order; those that were skipped are left out."""
        at = col(EscalationStep.at)
        query = (
            select(EscalationStep)
            .join(Escalation, col(Escalation.id) == col(EscalationStep.escalation_id))
            .where(at >= self._scope.since, at < self._scope.until, col(EscalationStep.skipped).is_(None))
            .where(col(Escalation.case_number).is_not(None))
            .order_by(at)
        )
        return (await self._session.scalars(self._joined(query, col(Escalation.case_number)))).all()

    async def surveyed(self) -> int:
        """Count the surveys that were asked and not taken back."""
        asked = col(Survey.asked_at)
        query = select(func.count()).where(
            asked >= self._scope.since, asked < self._scope.until, col(Survey.state).in_(STANDING)
        )
        return await self._session.scalar(self._of_surveys(query)) or 0

    async def answers(self) -> Sequence[tuple[Survey, str]]:
        """Return the surveys that were answered, the newest first, each with the name of who did."""
        at = col(Survey.answered_at)
        query = (
            select(Survey, func.coalesce(col(PersonRow.name), ""))
            .join(PersonRow, col(PersonRow.key) == col(Survey.answered_by), isouter=True)
            .where(at >= self._scope.since, at < self._scope.until, col(Survey.score).is_not(None))
            .order_by(at.desc())
        )
        return [(survey, name) for survey, name in await self._session.execute(self._of_surveys(query))]

    def _of_surveys(self, query: Any) -> Any:
        """Keep of a query over surveys those of the company, or those that credit the agent."""
        if self._scope.organisation_id is not None:
            query = query.where(col(Survey.organisation_id) == self._scope.organisation_id)
        if self._scope.person_key is not None:
            query = query.where(col(Survey.agent_key) == self._scope.person_key)
        return query

    async def _read(self, query: Select[Any]) -> list[Any]:
        """Read rows of which there may be many: in between, others get their turn."""
        found: list[Any] = []
        async for rows in (await self._session.stream(query)).partitions(AT_ONCE):
            found += rows
            await asyncio.sleep(0)
        return found

    def _joined(self, query: Select[Any], number: Any) -> Select[Any]:
        if self._scope.organisation_id is None and self._scope.person_key is None:
            return query
        return self._of_cases(query.join(Case, col(Case.number) == number))

    async def severities(self) -> dict[tuple[Severity, Severity], int]:
        """Count how often each severity was proposed for a case and which one was confirmed."""
        at, proposed, confirmed = col(Case.created_at), col(Case.severity_proposed), col(Case.severity_confirmed)
        within = (at >= self._scope.since, at < self._scope.until, confirmed.is_not(None))
        query: Any = select(proposed, confirmed, func.count()).where(*within).group_by(proposed, confirmed)
        rows = await self._session.execute(self._of_cases(query))
        return {(before, after): count for before, after, count in rows}
