"""A timer comes back once, and only while it still matters."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

from dialogs.events import Platform, TimerFired
from storage.database import Database
from storage.timer_queue import TimerQueue
from tests.conftest import NewDatabase
from tests.storage.samples import NOW, after, place

LEASE = timedelta(seconds=30)


async def set_timer(database: Database, due_at: datetime, *, kind: str = "reminder", fence: str = "1") -> None:
    async with database.unit() as unit:
        unit.timers.set(kind, "c", fence=fence, due_at=due_at, place=place(), now=NOW)
        await unit.commit()


async def finished(database: Database, key: str) -> bool:
    async with database.unit() as unit:
        mine = await unit.timers.finish(key)
        await unit.commit()
        return mine


async def test_a_timer_comes_back_as_an_event_when_it_is_due(database: Database) -> None:
    await set_timer(database, after(600), fence="asked:3")
    queue = TimerQueue(database, "me")

    assert await queue.claim(after(599)) == []
    [event] = await queue.claim(after(600))

    assert event.what == TimerFired(timer="reminder", fence="asked:3", subject="c")
    assert (event.place, event.at, event.actor.platform) == (place(), after(600), Platform.DESK)


async def test_setting_a_timer_again_moves_it(database: Database) -> None:
    await set_timer(database, after(10), fence="old")
    await set_timer(database, after(20), fence="new")
    queue = TimerQueue(database, "me")

    assert await queue.claim(after(19)) == []
    [event] = await queue.claim(after(20))
    assert isinstance(event.what, TimerFired)
    assert event.what.fence == "new"


async def test_timers_of_different_kinds_do_not_disturb_each_other(database: Database) -> None:
    async with database.unit() as unit:
        for kind in ("reminder", "breach", "survey"):
            unit.timers.set(kind, "c", fence="1", due_at=NOW, place=place(), now=NOW)
        unit.timers.cancel("breach", "c")
        await unit.commit()

    events = await TimerQueue(database, "me").claim(NOW)

    assert {event.what.timer for event in events if isinstance(event.what, TimerFired)} == {"reminder", "survey"}


async def test_a_cancelled_timer_does_not_fire(database: Database) -> None:
    await set_timer(database, NOW)
    async with database.unit() as unit:
        unit.timers.cancel("reminder", "c")
        unit.timers.cancel("breach", "never set")
        await unit.commit()

    assert await TimerQueue(database, "me").claim(NOW) == []


async def test_a_timer_is_finished_once(database: Database) -> None:
    await set_timer(database, NOW)
    [event] = await TimerQueue(database, "me").claim(NOW)

    assert await finished(database, event.key)
    assert not await finished(database, event.key)


async def test_a_timer_that_was_moved_while_it_fired_does_nothing(database: Database) -> None:
    await set_timer(database, NOW)
    [event] = await TimerQueue(database, "me").claim(NOW)
    await set_timer(database, after(60))

    assert not await finished(database, event.key)
    assert len(await TimerQueue(database, "me").claim(after(60))) == 1


async def test_a_timer_that_is_moved_in_the_very_unit_it_fires_in_does_nothing(database: Database) -> None:
    await set_timer(database, NOW)
    [event] = await TimerQueue(database, "me").claim(NOW)

    async with database.unit() as unit:
        unit.timers.set("reminder", "c", fence="2", due_at=after(60), place=place(), now=NOW)
        assert not await unit.timers.finish(event.key)
        await unit.commit()

    assert len(await TimerQueue(database, "me").claim(after(60))) == 1


async def test_a_timer_whose_turn_failed_comes_again_and_each_time_later(database: Database) -> None:
    await set_timer(database, NOW)
    queue = TimerQueue(database, "me", LEASE)
    [event] = await queue.claim(NOW)
    async with database.unit() as unit:
        assert await unit.timers.finish(event.key)

    assert await queue.claim(after(29)) == []
    assert await queue.claim(after(30)) == [event]
    assert await queue.claim(after(89)) == []
    assert await queue.claim(after(90)) == [event]


async def test_two_workers_never_get_the_same_timer(new_database: NewDatabase) -> None:
    address = new_database(True)
    replicas = [await Database.open(address) for _ in range(2)]
    for n in range(20):
        await set_timer(replicas[0], after(n), kind=f"k{n}")

    got = await asyncio.gather(*(TimerQueue(replicas[n % 2], f"w{n}").claim(after(60), limit=5) for n in range(6)))

    keys = [event.key for events in got for event in events]
    assert len(keys) == len(set(keys))
    remaining = await TimerQueue(replicas[0], "last").claim(after(60))
    assert len(keys) + len(remaining) == 20
    for replica in replicas:
        await replica.close()


async def test_a_worker_does_not_wait_for_a_timer_that_a_turn_is_finishing(new_postgres: NewDatabase) -> None:
    address = new_postgres(True)
    one, two = await Database.open(address), await Database.open(address)
    await set_timer(one, NOW)
    [event] = await TimerQueue(one, "one", timedelta(0)).claim(NOW)

    async with one.unit() as unit:
        assert await unit.timers.finish(event.key)
        async with asyncio.timeout(2):
            assert await TimerQueue(two, "two").claim(NOW) == []

    await one.close()
    await two.close()
