"""What was decided arrives: once, in order, and whatever the platform does meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from bot import delivery as delivery_module
from bot.clock import Clock
from bot.delivery import DeliveryWorker
from dialogs.events import Place, Platform
from dialogs.messages import Delivery, Mail, Message, Paragraph, Plain, Post, Revise, message_text
from dialogs.ports import PermanentError, TransientError, UnknownOutcomeError
from storage.database import Database
from storage.delivery_queue import DeliveryQueue
from storage.tables import OutboxRow, OutboxState
from tests.fakes.adapter import FakeAdapter, sent_but


class SetClock(Clock):
    """Stands still until it is moved."""

    def now(self) -> datetime:
        return datetime(2026, 11, 22, 14, tzinfo=UTC) + self.ahead


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def adapter() -> FakeAdapter:
    return FakeAdapter()


@pytest.fixture
def worker(sqlite_database: Database, adapter: FakeAdapter, clock: SetClock) -> DeliveryWorker:
    return DeliveryWorker(DeliveryQueue(sqlite_database, "me"), {Platform.WEB: adapter}, clock)


@asynccontextmanager
async def running(worker: DeliveryWorker) -> AsyncIterator[asyncio.Event]:
    stopping = asyncio.Event()
    task = asyncio.create_task(worker.run(stopping))
    try:
        yield stopping
    finally:
        stopping.set()
        await task


def message(text: str) -> Message:
    return Message(blocks=(Paragraph((Plain(text),)),))


def post(text: str, *, thread: str = "1", ref: str | None = None, under: str | None = None) -> Post:
    place = Place(platform=Platform.WEB, channel="acme", thread=thread)
    return Post(place=place, message=message(text), ref=ref, under=under)


async def decide(database: Database, clock: Clock, *deliveries: Delivery, lane: str = "lane") -> None:
    async with database.unit() as unit:
        for delivery in deliveries:
            unit.outbox.add(delivery, lane, clock.now())
        await unit.commit()


async def rows(database: Database) -> list[OutboxRow]:
    async with database.reading() as session:
        return list((await session.scalars(select(OutboxRow).order_by(OutboxRow.id))).all())


async def settled(database: Database, worker: DeliveryWorker, count: int) -> list[OutboxRow]:
    """Wait until so many messages have been tried and put down again."""
    async with asyncio.timeout(10):
        while True:
            found = [row for row in await rows(database) if row.lease_by is None and row.attempts]
            if len(found) >= count:
                return found
            await asyncio.sleep(0.01)


def texts(adapter: FakeAdapter) -> list[str]:
    return [message_text(sent.message) for _, sent, _ in adapter.sent]


async def test_a_lane_keeps_its_order_while_lanes_go_side_by_side(
    sqlite_database: Database, worker: DeliveryWorker, adapter: FakeAdapter, clock: SetClock
) -> None:
    adapter.gate.clear()
    await decide(sqlite_database, clock, post("a1"), post("a2"), post("a3"), lane="a")
    await decide(sqlite_database, clock, post("b1"), lane="b")
    async with running(worker):
        await adapter.until_begun(2)
        assert adapter.at_once == 2
        adapter.gate.set()
        await adapter.until_sent(4)
    assert [text for text in texts(adapter) if text[0] == "a"] == ["a1", "a2", "a3"]
    assert adapter.most_at_once == 2
    assert {row.state for row in await rows(sqlite_database)} == {OutboxState.DONE}


async def test_news_wakes_the_worker_before_it_would_look_anyway(
    sqlite_database: Database,
    worker: DeliveryWorker,
    adapter: FakeAdapter,
    clock: SetClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(delivery_module, "POLL", 3600)
    async with running(worker):
        await asyncio.sleep(0)
        await decide(sqlite_database, clock, post("at once"), post("and the next"))
        worker.news.set()
        await adapter.until_sent(2)


async def test_without_news_the_worker_looks_by_itself(
    sqlite_database: Database,
    worker: DeliveryWorker,
    adapter: FakeAdapter,
    clock: SetClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(delivery_module, "POLL", 0.01)
    async with running(worker):
        await decide(sqlite_database, clock, post("by another process"))
        await adapter.until_sent(1)


async def test_a_busy_platform_is_given_the_time_it_asks_for(
    sqlite_database: Database, worker: DeliveryWorker, adapter: FakeAdapter, clock: SetClock
) -> None:
    adapter.trouble.append(TransientError("rate limited", retry_after=40))
    await decide(sqlite_database, clock, post("first"), post("second"))
    async with running(worker):
        (row,) = await settled(sqlite_database, worker, 1)
        assert row.due_at - clock.now() == timedelta(seconds=40)
        assert (row.state, row.last_error) == (OutboxState.PENDING, "TransientError: rate limited")
        assert not adapter.sent
        clock.advance(timedelta(seconds=40))
        worker.news.set()
        await adapter.until_sent(2)
    assert texts(adapter) == ["first", "second"]
    assert not adapter.asked, "nothing was sent, so there was nothing to ask for"


async def test_waits_grow_between_tries(
    sqlite_database: Database, worker: DeliveryWorker, adapter: FakeAdapter, clock: SetClock
) -> None:
    adapter.trouble.extend(TransientError("down") for _ in range(12))
    await decide(sqlite_database, clock, post("late"))
    waits = []
    async with running(worker):
        for tries in range(1, 13):
            async with asyncio.timeout(10):
                while (row := (await rows(sqlite_database))[0]).attempts < tries or row.lease_by:
                    await asyncio.sleep(0.005)
            waits.append((row.due_at - clock.now()).total_seconds())
            clock.advance(timedelta(seconds=waits[-1]))
            worker.news.set()
        await adapter.until_sent(1)
    assert 0.5 <= waits[0] <= 1
    assert 16 <= waits[5] <= 32
    assert 150 <= waits[-1] <= 300


async def test_what_will_never_be_taken_is_given_up_and_frees_its_lane(
    sqlite_database: Database, worker: DeliveryWorker, adapter: FakeAdapter, clock: SetClock
) -> None:
    adapter.trouble.append(PermanentError("no such channel"))
    await decide(sqlite_database, clock, post("lost"), post("next"))
    async with running(worker):
        await adapter.until_sent(1)
    assert texts(adapter) == ["next"]
    lost, _ = await rows(sqlite_database)
    assert (lost.state, lost.last_error) == (OutboxState.DEAD, "no such channel")


@pytest.mark.parametrize("arrived", [True, False])
async def test_an_unknown_outcome_is_looked_up_before_sending_again(
    sqlite_database: Database, worker: DeliveryWorker, adapter: FakeAdapter, clock: SetClock, *, arrived: bool
) -> None:
    lost = UnknownOutcomeError("connection lost")
    adapter.trouble.append(sent_but(lost) if arrived else lost)
    await decide(sqlite_database, clock, post("once", ref="card:LD-1"))
    async with running(worker):
        await settled(sqlite_database, worker, 1)
        clock.advance(timedelta(seconds=2))
        worker.news.set()
        await adapter.until_sent(1)
        async with asyncio.timeout(10):
            while (await rows(sqlite_database))[0].state is not OutboxState.DONE:
                await asyncio.sleep(0.01)
    assert texts(adapter) == ["once"]
    assert len(adapter.asked) == 1
    async with sqlite_database.unit() as unit:
        posting = await unit.postings.find("card:LD-1")
    assert posting is not None
    assert posting.message == "message 1"


async def test_looking_up_may_fail_without_forgetting_that_the_outcome_is_unknown(
    sqlite_database: Database, worker: DeliveryWorker, adapter: FakeAdapter, clock: SetClock
) -> None:
    adapter.trouble.append(sent_but(UnknownOutcomeError("connection lost")))
    adapter.finding.append(TransientError("down"))
    await decide(sqlite_database, clock, post("once"))
    async with running(worker):
        for tries in range(1, 3):
            async with asyncio.timeout(10):
                while (row := (await rows(sqlite_database))[0]).attempts < tries or row.lease_by:
                    await asyncio.sleep(0.01)
            clock.advance(timedelta(seconds=5))
            worker.news.set()
        async with asyncio.timeout(10):
            while (await rows(sqlite_database))[0].state is not OutboxState.DONE:
                await asyncio.sleep(0.01)
    assert texts(adapter) == ["once"]
    assert len(adapter.asked) == 2


async def test_a_message_that_breaks_the_adapter_is_given_up_and_the_rest_goes_on(
    sqlite_database: Database, worker: DeliveryWorker, adapter: FakeAdapter, clock: SetClock
) -> None:
    adapter.trouble.extend(ZeroDivisionError("poison") for _ in range(10))
    await decide(sqlite_database, clock, post("poison"), post("after it"))
    async with running(worker):
        for tries in range(1, 11):
            async with asyncio.timeout(10):
                while (row := (await rows(sqlite_database))[0]).attempts < tries or row.lease_by:
                    await asyncio.sleep(0.01)
            clock.advance(timedelta(minutes=5))
            worker.news.set()
        await adapter.until_sent(1)
    assert texts(adapter) == ["after it"]
    assert (await rows(sqlite_database))[0].state is OutboxState.DEAD


async def test_a_platform_that_never_answers_is_left_after_a_while(
    sqlite_database: Database,
    worker: DeliveryWorker,
    adapter: FakeAdapter,
    clock: SetClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(delivery_module, "PATIENCE", 0.02)
    adapter.gate.clear()
    await decide(sqlite_database, clock, post("slow"))
    async with running(worker):
        (row,) = await settled(sqlite_database, worker, 1)
        assert row.unsure, "it may have been sent"
        adapter.gate.set()
        monkeypatch.undo()
        clock.advance(timedelta(seconds=5))
        worker.news.set()
        await adapter.until_sent(1)
    assert len(adapter.asked) == 1


async def test_what_is_being_sent_is_finished_before_the_worker_stops(
    sqlite_database: Database, worker: DeliveryWorker, adapter: FakeAdapter, clock: SetClock
) -> None:
    adapter.gate.clear()
    await decide(sqlite_database, clock, post("begun"), post("not begun"))
    async with running(worker) as stopping:
        await adapter.until_begun(1)
        stopping.set()
        adapter.gate.set()
    assert [row.state for row in await rows(sqlite_database)] == [OutboxState.DONE, OutboxState.PENDING]


async def test_a_revision_reaches_the_message_that_was_posted_under_its_name(
    sqlite_database: Database, worker: DeliveryWorker, adapter: FakeAdapter, clock: SetClock
) -> None:
    place = Place(platform=Platform.WEB, channel="acme")
    revision = Revise(place=place, ref="card:LD-1", message=message("new"))
    await decide(sqlite_database, clock, post("old", ref="card:LD-1"), revision, lane="card:LD-1")
    async with running(worker):
        await adapter.until_sent(2)
    assert [target for _, _, target in adapter.sent] == [None, "message 1"]


async def test_a_revision_of_what_was_never_sent_is_given_up(
    sqlite_database: Database, worker: DeliveryWorker, adapter: FakeAdapter, clock: SetClock
) -> None:
    place = Place(platform=Platform.WEB, channel="acme")
    await decide(sqlite_database, clock, Revise(place=place, ref="card:LD-9", message=message("new")), post("next"))
    async with running(worker):
        await adapter.until_sent(1)
    assert texts(adapter) == ["next"]


async def test_what_no_platform_here_can_send_waits_for_one_that_can(
    sqlite_database: Database, worker: DeliveryWorker, adapter: FakeAdapter, clock: SetClock
) -> None:
    mail = Mail(to="a@example.com", subject="-", message=message("by mail"))
    await decide(sqlite_database, clock, mail)
    async with running(worker):
        (row,) = await settled(sqlite_database, worker, 1)
    assert row.state is OutboxState.PENDING
    assert row.last_error == "TransientError: mail is not configured here"


async def test_a_row_that_cannot_be_read_does_not_stop_the_rest(
    sqlite_database: Database, worker: DeliveryWorker, adapter: FakeAdapter, clock: SetClock
) -> None:
    await decide(sqlite_database, clock, post("unreadable"))
    async with sqlite_database.unit() as unit:
        await unit.session.execute(update(OutboxRow).values(payload='{"kind": "from the future"}'))
        await unit.commit()
    async with running(worker):
        async with asyncio.timeout(10):
            while not (await rows(sqlite_database))[0].attempts:
                await asyncio.sleep(0.01)
        await decide(sqlite_database, clock, post("fine"), lane="another")
        worker.news.set()
        await adapter.until_sent(1)
    assert texts(adapter) == ["fine"]
