"""Whoever watches over the assistant is told the truth."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.clock import Clock
from bot.http import LATE, Probe, health_routes
from bot.workers import Workers
from dialogs.events import Place, Platform
from dialogs.messages import Message, Post
from storage.database import Database
from tests.conftest import NewDatabase


async def asked(probe: Probe, path: str) -> tuple[int, dict[str, object]]:
    application = web.Application()
    application.add_routes(health_routes(probe.readiness))
    async with TestClient(TestServer(application)) as client:
        response = await client.get(path)
        return response.status, await response.json()


async def test_a_desk_in_order_is_alive_and_ready(database: Database) -> None:
    probe = Probe(database, Workers(), Clock())
    assert await asked(probe, "/healthz") == (200, {"alive": True})
    status, body = await asked(probe, "/readyz")
    assert (status, body["ready"]) == (200, True)


async def test_a_message_long_overdue_is_told(database: Database) -> None:
    clock = Clock()
    place = Place(platform=Platform.WEB, channel="acme")
    async with database.unit() as unit:
        unit.outbox.add(Post(place=place, message=Message(blocks=())), "lane", clock.now())
        await unit.commit()
    probe = Probe(database, Workers(), clock)
    assert (await asked(probe, "/readyz"))[0] == 200
    clock.advance(LATE)
    status, body = await asked(probe, "/readyz")
    assert (status, body["checks"]) == (503, {"workers": "ok", "database": "ok", "outbox": "late"})
    assert isinstance(body["oldest_message_seconds"], int)
    assert body["oldest_message_seconds"] >= LATE.total_seconds()


async def test_a_message_meant_for_later_is_not_overdue(database: Database) -> None:
    clock = Clock()
    place = Place(platform=Platform.WEB, channel="acme")
    async with database.unit() as unit:
        later = clock.now() + timedelta(days=1)
        unit.outbox.add(Post(place=place, message=Message(blocks=())), "lane", clock.now(), later)
        await unit.commit()
    clock.advance(2 * LATE)
    assert (await asked(Probe(database, Workers(), clock), "/readyz"))[0] == 200


async def test_a_database_without_its_tables_is_told(new_database: NewDatabase) -> None:
    empty = await Database.open(new_database(False))
    status, body = await asked(Probe(empty, Workers(), Clock()), "/readyz")
    assert (status, body["checks"]) == (503, {"workers": "ok", "database": "StoreOutdatedError"})
    assert (await asked(Probe(empty, Workers(), Clock()), "/healthz"))[0] == 200
    await empty.close()


async def test_a_worker_that_ended_by_itself_is_told(sqlite_database: Database) -> None:
    workers = Workers()

    async def crash() -> None:
        raise ZeroDivisionError

    async def leave() -> None:
        pass

    workers.start("delivery", crash())
    workers.start("timers", leave())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    status, body = await asked(Probe(sqlite_database, workers, Clock()), "/readyz")
    assert status == 503
    assert body["checks"] == {"workers": "delivery crashed, timers crashed", "database": "ok", "outbox": "ok"}


async def test_workers_that_end_when_told_are_no_crash_and_late_ones_are_cut_off() -> None:
    workers = Workers()
    cut = asyncio.Event()

    async def good() -> None:
        await workers.stopping.wait()

    async def late() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            cut.set()

    workers.start("good", good())
    workers.start("late", late())
    await asyncio.sleep(0)
    await workers.stop(within=0.01)
    assert cut.is_set()
    assert not workers.crashed


async def test_a_platform_that_is_not_heard_is_told_once_it_lasts(database: Database) -> None:
    clock = Clock()
    probe = Probe(database, Workers(), clock)
    since: list[datetime | None] = [clock.now()]
    probe.ears[Platform.SLACK] = lambda: since[0]
    assert (await asked(probe, "/readyz"))[0] == 200
    clock.advance(timedelta(minutes=7, seconds=30))
    status, body = await asked(probe, "/readyz")
    assert (status, body["checks"]) == (
        503,
        {"workers": "ok", "database": "ok", "outbox": "ok", "slack": "deaf for 7 min"},
    )
    since[0] = None
    assert (await asked(probe, "/readyz"))[0] == 200
