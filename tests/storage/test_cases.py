"""Cases, and what is kept of them."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

from dialogs.cases import CaseStatus, EventKind
from dialogs.events import File, FileProblem, Platform
from storage.cases import Order
from storage.database import Database
from storage.tables import Case
from storage.unit import UnitOfWork
from tests.conftest import NewDatabase
from tests.storage.samples import ANA, NOW, after, new_case, place


async def test_cases_are_counted_from_one(database: Database) -> None:
    async with database.unit() as unit:
        assert [(await new_case(unit)).number for _ in range(3)] == [1, 2, 3]


async def test_a_case_comes_back_as_it_was_kept(database: Database) -> None:
    async with database.unit() as unit:
        await new_case(unit, description="ñandú \x00 🎫\ud83d", workaround=None, started_instant=after(-3600))
        await unit.commit()
    async with database.unit() as unit:
        case = await unit.cases.get(1)
        assert case is not None
        assert case.description == "ñandú \N{REPLACEMENT CHARACTER} 🎫\N{REPLACEMENT CHARACTER}"
        assert (case.status, case.workaround, case.zone_assumed) == (CaseStatus.NEW, None, True)
        assert case.started_instant == after(-3600)
        assert await unit.cases.get(2) is None


async def test_history_is_kept_in_the_order_it_happened(database: Database) -> None:
    async with database.unit() as unit:
        case = await new_case(unit)
        for kind in (EventKind.FILED, EventKind.TAKEN, EventKind.NOTED):
            unit.cases.record(
                case, kind, actor=ANA.key, at=NOW, platform=Platform.WEB, data={"text": "\x00é"}, event_key="web:1"
            )
        await unit.commit()
    async with database.unit() as unit:
        history = await unit.cases.history(1)
        assert [event.kind for event in history] == [EventKind.FILED, EventKind.TAKEN, EventKind.NOTED]
        assert history[0].data == {"text": "\x00é"}


def _happens(unit: UnitOfWork, case: Case, kind: EventKind) -> None:
    unit.cases.record(case, kind, actor=ANA.key, at=NOW, platform=Platform.WEB)


async def _kinds(unit: UnitOfWork) -> list[EventKind]:
    return [event.kind for event in await unit.cases.history(1)]


async def test_history_grows_with_what_a_unit_records(database: Database) -> None:
    async with database.unit() as unit:
        _happens(unit, await new_case(unit), EventKind.FILED)
        assert await _kinds(unit) == [EventKind.FILED]
        await unit.commit()
    async with database.unit() as unit:
        case = await unit.cases.lock(1)
        assert case is not None
        assert await _kinds(unit) == [EventKind.FILED]
        _happens(unit, case, EventKind.TAKEN)
        assert await _kinds(unit) == [EventKind.FILED, EventKind.TAKEN]
        assert await unit.cases.lock(1) is case
        await unit.commit()
    async with database.unit() as unit:
        assert await _kinds(unit) == [EventKind.FILED, EventKind.TAKEN]


async def test_history_read_before_a_case_was_locked_is_read_again(new_postgres: NewDatabase) -> None:
    one = await Database.open(new_postgres(True))
    async with one.unit() as unit:
        _happens(unit, await new_case(unit), EventKind.FILED)
        await unit.commit()
    async with one.unit() as unit:
        assert await _kinds(unit) == [EventKind.FILED]
        async with one.unit() as other:
            case = await other.cases.lock(1)
            assert case is not None
            case.status = CaseStatus.WORKING
            _happens(other, case, EventKind.TAKEN)
            await other.commit()
        case = await unit.cases.lock(1)
        assert case is not None
        assert case.status is CaseStatus.WORKING
        assert await _kinds(unit) == [EventKind.FILED, EventKind.TAKEN]
    await one.close()


async def test_a_list_holds_what_was_asked_for_and_the_newest_first(database: Database) -> None:
    async with database.unit() as unit:
        acme = await unit.organisations.get_or_add("ACME")
        globex = await unit.organisations.get_or_add("Globex")
        await new_case(unit, organisation_id=acme.id)
        await new_case(unit, organisation_id=globex.id)
        await new_case(unit, organisation_id=acme.id, status=CaseStatus.CLOSED, assignee_key=ANA.key)
        await new_case(unit, organisation_id=acme.id)

        async def numbers(**filters: object) -> list[int | None]:
            return [case.number for case in await unit.cases.list(**filters)]  # type: ignore[arg-type]

        assert await numbers() == [4, 3, 2, 1]
        assert await numbers(limit=2) == [4, 3]
        assert await numbers(organisation_id=acme.id) == [4, 3, 1]
        assert await numbers(organisation_id=acme.id, statuses=[CaseStatus.NEW]) == [4, 1]
        assert await numbers(assignee_key=ANA.key) == [3]
        assert await numbers(requester_key="nobody") == []


async def test_a_list_by_what_is_due_ends_with_what_has_nothing_due(database: Database) -> None:
    async with database.unit() as unit:
        for hours in (3, None, 1, 2, None):
            due = NOW + timedelta(hours=hours) if hours else None
            status = CaseStatus.WORKING if hours == 2 else CaseStatus.NEW
            await new_case(unit, next_due_at=due, status=status, assignee_key=ANA.key if hours == 3 else None)
        await new_case(unit, status=CaseStatus.CLOSED)

        async def numbers(**filters: Any) -> list[int | None]:
            statuses = [CaseStatus.NEW, CaseStatus.WORKING]
            return [case.number for case in await unit.cases.list(statuses=statuses, order=Order.DUE, **filters)]

        assert await numbers() == [3, 4, 1, 2, 5]
        assert await numbers(limit=2) == [3, 4]
        assert await numbers(unassigned=True) == [3, 4, 2, 5]
        assert await numbers(assignee_key=ANA.key) == [1]


async def test_a_conversation_leads_to_its_latest_case(database: Database) -> None:
    async with database.unit() as unit:
        await new_case(unit)
        await new_case(unit)
        latest = await unit.cases.by_conversation(place().key)
        assert latest is not None
        assert latest.number == 2
        assert await unit.cases.by_conversation("web:elsewhere:1") is None


async def test_a_locked_case_is_as_the_last_turn_left_it(database: Database) -> None:
    async with database.unit() as unit:
        await new_case(unit)
        await unit.commit()

    async with database.unit() as unit:
        case = await unit.cases.lock(1)
        assert case is not None
        case.status = CaseStatus.WORKING
        await unit.commit()

    async with database.unit() as unit:
        case = await unit.cases.lock(1)
        assert case is not None
        assert case.status is CaseStatus.WORKING
        assert await unit.cases.lock(9) is None


async def test_two_replicas_change_one_case_after_each_other(new_postgres: NewDatabase) -> None:
    address = new_postgres(True)
    one, two = await Database.open(address), await Database.open(address)
    async with one.unit() as unit:
        await new_case(unit)
        await unit.commit()

    async def status_seen_by_another() -> CaseStatus:
        async with two.unit() as unit:
            assert await unit.cases.get(1) is not None
            case = await unit.cases.lock(1)
            assert case is not None
            return case.status

    async with one.unit() as unit:
        case = await unit.cases.lock(1)
        assert case is not None
        waiting = asyncio.create_task(status_seen_by_another())
        await asyncio.wait([waiting], timeout=0.2)
        case.status = CaseStatus.WORKING
        await unit.commit()

    assert await waiting is CaseStatus.WORKING
    await one.close()
    await two.close()


async def test_files_belong_to_a_case_once_and_in_the_order_they_came(database: Database) -> None:
    picture = File(id="b", name="pantalla ñ.png", media_type="image/png", size=3_000_000_000, sha256="ab")
    lost = File(id="a", name="big.zip", problem=FileProblem.TOO_LARGE)
    async with database.unit() as unit:
        case = await new_case(unit)
        for seconds, file in enumerate((picture, lost, picture)):
            await unit.files.add(file, after(seconds))
            await unit.cases.attach(case.number or 0, file.id)
        assert await unit.cases.files(1) == (picture, lost)
        assert await unit.files.get("b") == picture
        assert await unit.files.get("none") is None
