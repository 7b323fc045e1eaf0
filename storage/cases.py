"""Cases, their history and files; refusals."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import bindparam, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dialogs.cases import CaseStatus, EventKind, LinkKind
from dialogs.events import File, Platform
from storage.statements import insert_into
from storage.tables import Case, CaseEvent, CaseFile, CaseLink, CaseParticipant, Look, PersonRow, Refusal, StoredFile


class Order(StrEnum):
    """In which order cases are listed.

    The newest first; or what is due first, and then what has nothing due; or where nothing happened for longest.
    """

    NEWEST = "newest"
    DUE = "due"
    QUIET = "quiet"


_ORDERS = {
    Order.NEWEST: (col(Case.number).desc(),),
    Order.DUE: (col(Case.next_due_at).asc().nulls_last(), col(Case.number)),
    Order.QUIET: (col(Case.updated_at), col(Case.number)),
}
_HISTORY = select(CaseEvent).where(col(CaseEvent.case_number) == bindparam("case")).order_by(col(CaseEvent.id))
_FILES = (
    select(StoredFile)
    .join(CaseFile, col(CaseFile.file_id) == col(StoredFile.id))
    .where(col(CaseFile.case_number) == bindparam("case"))
    .order_by(col(StoredFile.created_at), col(StoredFile.id))
)
_FILE_FIELDS = ("id", "name", "media_type", "size", "sha256", "problem", "excerpt", "taken_at")


class Cases:
    """Cases and what happened to them."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session
        self._locked: dict[int, Case] = {}
        self._histories: dict[int, list[CaseEvent]] = {}  # of locked cases: nobody else adds to them

    async def add(self, case: Case) -> int:
        """Keep a new case and return the number it got."""
        self._session.add(case)
        await self._session.flush()
        assert case.number is not None
        self._locked[case.number], self._histories[case.number] = case, []
        return case.number

    async def get(self, number: int) -> Case | None:
        """Return a case by its number, for reading."""
        return await self._session.get(Case, number)

    async def lock(self, number: int) -> Case | None:
        """Return a case by its number, for changing it: nobody else changes it until the end of the unit."""
        if number not in self._locked:
            case = await self._session.get(Case, number, with_for_update=True, populate_existing=True)
            if case is None:
                return None
            self._locked[number] = case
        return self._locked[number]

    def locked(self, number: int) -> Case | None:
        """Return a case that this unit has locked already."""
        return self._locked.get(number)

    async def by_conversation(self, key: str) -> Case | None:
        """Return the latest case that was filed from a conversation."""
        query = select(Case).where(col(Case.conversation_key) == key).order_by(col(Case.number).desc()).limit(1)
        return (await self._session.scalars(query)).first()

    async def of_channel(self, channel_key: str, statuses: Collection[CaseStatus], limit: int) -> Sequence[Case]:
        """Return the first cases in those statuses that were filed in a channel."""
        query = (
            select(Case)
            .where(
                col(Case.conversation_key).startswith(f"{channel_key}:", autoescape=True),
                col(Case.status).in_(statuses),
            )
            .order_by(col(Case.number))
            .limit(limit)
        )
        return (await self._session.scalars(query)).all()

    async def numbers(self, statuses: Collection[CaseStatus], *, after: int, limit: int) -> Sequence[int]:
        """Return the next numbers after one of the cases in those statuses, the lowest first."""
        query = select(col(Case.number)).where(col(Case.status).in_(statuses), col(Case.number) > after)
        found = await self._session.scalars(query.order_by(col(Case.number)).limit(limit))
        return [number for number in found if number is not None]

    async def list(
        self,
        *,
        statuses: Collection[CaseStatus] = (),
        order: Order = Order.NEWEST,
        limit: int | None = None,
        organisation_id: int | None = None,
        requester_key: str | None = None,
        assignee_key: str | None = None,
        unassigned: bool = False,
    ) -> Sequence[Case]:
        """Return the first cases that fit everything that is given.

        The first of each status are found by themselves: an index has them in order, so that no others are looked at.
        """
        query = select(col(Case.number)).order_by(*_ORDERS[order]).limit(limit)
        if organisation_id is not None:
            query = query.where(col(Case.organisation_id) == organisation_id)
        if requester_key is not None:
            query = query.where(col(Case.requester_key) == requester_key)
        if assignee_key is not None or unassigned:
            query = query.where(col(Case.assignee_key) == assignee_key)
        queries = [query.where(col(Case.status) == status) for status in sorted(statuses)] or [query]
        first = union_all(*(select(one.subquery().c.number) for one in queries)).subquery()
        found = select(Case).join(first, first.c.number == col(Case.number)).order_by(*_ORDERS[order]).limit(limit)
        return (await self._session.scalars(found)).all()

    def record(
        self,
        case: Case,
        kind: EventKind,
        *,
        actor: str,
        at: datetime,
        platform: Platform,
        data: Mapping[str, Any] | None = None,
        event_key: str = "",
    ) -> None:
        """Append to the history of a case. `actor` is a person's key; `data` holds JSON values."""
        assert case.number is not None, "a case is added before its history"
        event = CaseEvent(
            case_number=case.number,
            kind=kind,
            actor_key=actor,
            at=at,
            platform=platform,
            data=dict(data or {}),
            event_key=event_key,
        )
        self._session.add(event)
        if case.number in self._histories:
            self._histories[case.number].append(event)

    async def history(self, number: int) -> Sequence[CaseEvent]:
        """Return what happened to a case, the oldest first."""
        if number in self._histories:
            return tuple(self._histories[number])
        found = (await self._session.scalars(_HISTORY, {"case": number})).all()
        if number in self._locked:
            self._histories[number] = list(found)
        return found

    async def attach(self, number: int, file_id: str) -> None:
        """Say that a kept file belongs to a case. Saying it twice changes nothing."""
        values = {"case_number": number, "file_id": file_id}
        await self._session.execute(insert_into(CaseFile).on_conflict_do_nothing(), values)

    async def files(self, number: int) -> tuple[File, ...]:
        """Return the files of a case in the order they came."""
        with self._session.no_autoflush:
            return tuple(map(_file, await self._session.scalars(_FILES, {"case": number})))

    async def join(self, number: int, person_key: str, now: datetime) -> bool:
        """Say that somebody takes part in a case. False: they did already."""
        values = {"case_number": number, "person_key": person_key, "since": now}
        joined = insert_into(CaseParticipant).on_conflict_do_nothing().returning(col(CaseParticipant.person_key))
        return (await self._session.execute(joined, values)).first() is not None

    async def participants(self, number: int) -> Sequence[PersonRow]:
        """Return who takes part in a case beside its requester, the first to join first."""
        query = (
            select(PersonRow)
            .join(CaseParticipant, col(CaseParticipant.person_key) == col(PersonRow.key))
            .where(col(CaseParticipant.case_number) == number)
            .order_by(col(CaseParticipant.since), col(PersonRow.key))
        )
        return (await self._session.scalars(query)).all()

    async def link(self, number: int, other: int, kind: LinkKind, now: datetime) -> bool:
        """Say that a case belongs together with another. False: that was said already."""
        values = {"case_number": number, "other_number": other, "kind": kind, "since": now}
        row = insert_into(CaseLink).on_conflict_do_update(
            index_elements=["case_number", "other_number"],
            set_={"kind": kind, "since": now},
            where=col(CaseLink.kind) != kind,
        )
        kept = row.returning(col(CaseLink.case_number))
        return (await self._session.execute(kept, values)).first() is not None

    async def links(self, number: int) -> Sequence[CaseLink]:
        """Return the links of a case, those that others have to it included, the oldest first."""
        query = (
            select(CaseLink)
            .where((col(CaseLink.case_number) == number) | (col(CaseLink.other_number) == number))
            .order_by(col(CaseLink.since), col(CaseLink.other_number))
        )
        return (await self._session.scalars(query)).all()


class Files:
    """What is known of the files that people sent. Their content is kept elsewhere."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, file: File, now: datetime) -> None:
        """Keep what is known of a file. A file that is kept already stays as it is."""
        values = {name: getattr(file, name) for name in _FILE_FIELDS} | {"created_at": now}
        await self._session.execute(insert_into(StoredFile).on_conflict_do_nothing(), values)

    async def get(self, file_id: str) -> File | None:
        """Return what is known of a file."""
        row = await self._session.get(StoredFile, file_id)
        return _file(row) if row else None


class Refusals:
    """Who asked for what they have no right to."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def record(self, *, actor: str, action: str, target: str, at: datetime) -> None:
        """Keep a refusal. `actor` is a person's key."""
        self._session.add(Refusal(actor_key=actor, action=action, target=target, at=at))


class Looks:
    """Who was shown whose phone number."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def record(self, *, actor: str, person: str, case: int | None, at: datetime) -> None:
        """Keep that somebody was shown a person's number; both are keys."""
        self._session.add(Look(actor_key=actor, person_key=person, case_number=case, at=at))


def _file(row: StoredFile) -> File:
    return File(**{name: getattr(row, name) for name in _FILE_FIELDS})
