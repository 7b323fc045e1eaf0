"""What is due comes back as an event, once, however much fails meanwhile."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

from bot.clock import Clock
from bot.timers import TimerWorker
from dialogs.events import Event, Place, Platform, TimerFired
from storage.database import Database
from storage.timer_queue import TimerQueue
from tests.stage import BareStage, StillClock

PLACE = Place(platform=Platform.WEB, channel="acme", thread="1")


class SetClock(Clock):
    """Stands still until it is moved."""

    def now(self) -> datetime:
        return datetime(2026, 11, 22, 14, tzinfo=UTC) + self.ahead


async def test_a_timer_comes_when_it_is_due_and_again_if_its_turn_failed(sqlite_database: Database) -> None:
    clock, stopping = SetClock(), asyncio.Event()
    events: asyncio.Queue[Event] = asyncio.Queue()
    failures = [RuntimeError("first try"), None]

    async def sink(event: Event) -> None:
        events.put_nowait(event)
        if failure := failures.pop(0):
            raise failure
        async with sqlite_database.unit() as unit:
            await unit.timers.finish(event.key)
            await unit.commit()

    async with sqlite_database.unit() as unit:
        due_at = clock.now() + timedelta(minutes=10)
        unit.timers.set("silence", "a", fence="3", due_at=due_at, place=PLACE, now=clock.now())
        await unit.commit()
    worker = TimerWorker(TimerQueue(sqlite_database, "me"), sink, clock)
    running = asyncio.create_task(worker.run(stopping))
    await asyncio.sleep(0.05)
    assert events.empty()

    clock.advance(timedelta(minutes=10))
    worker.news.set()
    first = await asyncio.wait_for(events.get(), 5)
    assert first.what == TimerFired(timer="silence", fence="3", subject="a")
    assert (first.place, first.at) == (PLACE, due_at)

    clock.advance(timedelta(minutes=1))
    worker.news.set()
    assert (await asyncio.wait_for(events.get(), 5)).key == first.key
    stopping.set()
    await running
    clock.advance(timedelta(days=1))
    assert await TimerQueue(sqlite_database, "me").claim(clock.now()) == []


async def test_time_that_is_moved_stops_wherever_something_is_due_and_at_what_that_sets(
    sqlite_database: Database,
) -> None:
    clock, stopping = SetClock(), asyncio.Event()
    began, seen = clock.now(), list[tuple[str, timedelta]]()

    async def sink(event: Event) -> None:
        assert isinstance(event.what, TimerFired)
        seen.append((event.what.subject, clock.now() - began))
        async with sqlite_database.unit() as unit:
            await unit.timers.finish(event.key)
            if event.what.subject == "a":
                later = clock.now() + timedelta(minutes=5)
                unit.timers.set("step", "b", fence="", due_at=later, place=PLACE, now=clock.now())
            await unit.commit()

    async with sqlite_database.unit() as unit:
        for subject, minutes in (("a", 10), ("c", 20), ("d", 90)):
            due_at = began + timedelta(minutes=minutes)
            unit.timers.set("step", subject, fence="", due_at=due_at, place=PLACE, now=began)
        await unit.commit()
    worker = TimerWorker(TimerQueue(sqlite_database, "me"), sink, clock)
    running = asyncio.create_task(worker.run(stopping))
    await worker.pass_time(timedelta(hours=1))
    assert [(subject, after / timedelta(minutes=1)) for subject, after in seen] == [("a", 10), ("b", 15), ("c", 20)]
    assert clock.now() - began == timedelta(hours=1)
    stopping.set()
    await running


async def test_a_reminder_that_waits_outlives_its_process_and_comes_once(sqlite_database: Database) -> None:
    """A conversation that went on after a restart was never reminded again (python-telegram-bot #3522)."""
    before = await BareStage(sqlite_database).open()
    await before.says("ana", "no salen las llamadas internacionales", channel="acme")
    after = BareStage(sqlite_database, clock=StillClock(before.clock.now() + timedelta(minutes=11)))
    await after.waits(timedelta(hours=5))
    assert (await after.heard("acme")).count("¿sigue ahí?") == 1
