"""One turn, one transaction."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import func, select

from dialogs.events import Platform
from storage.database import Database
from storage.delivery_queue import DeliveryQueue
from storage.tables import InboxRow, OutboxRow
from tests.conftest import NewDatabase
from tests.storage.samples import NOW, place, post


async def accepted(database: Database, key: str) -> bool:
    async with database.unit() as unit:
        fresh = await unit.inbox.accept(key, Platform.WEB, NOW)
        await unit.commit()
        return fresh


async def test_what_was_not_committed_never_happened(database: Database) -> None:
    async with database.unit() as unit:
        assert await unit.inbox.accept("k", Platform.WEB, NOW)
        (await unit.conversations.lock(place(), NOW)).state = "{}"
        unit.outbox.add(post("hola"), "lane", NOW)
        unit.timers.set("reminder", "s", fence="1", due_at=NOW, place=place(), now=NOW)

    assert await accepted(database, "k")
    assert await DeliveryQueue(database, "me").claim(NOW) == []
    async with database.unit() as unit:
        conversation = await unit.conversations.lock(place(), NOW)
        assert (conversation.state, conversation.turns) == ("", 1)


async def test_an_error_in_a_turn_undoes_all_of_it(database: Database) -> None:
    async def turn() -> None:
        async with database.unit() as unit:
            await unit.inbox.accept("k", Platform.WEB, NOW)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await turn()

    assert await accepted(database, "k")


async def test_a_turn_that_is_cancelled_leaves_nothing_and_blocks_nobody(database: Database) -> None:
    begun = asyncio.Event()

    async def hang() -> None:
        async with database.unit() as unit:
            await unit.inbox.accept("k", Platform.WEB, NOW)
            begun.set()
            await asyncio.Event().wait()

    turn = asyncio.create_task(hang())
    await begun.wait()
    turn.cancel()
    with pytest.raises(asyncio.CancelledError):
        await turn

    assert await accepted(database, "k")


async def test_an_event_counts_once(database: Database) -> None:
    assert await accepted(database, "k")
    assert not await accepted(database, "k")


async def test_platforms_may_have_the_same_keys(database: Database) -> None:
    async with database.unit() as unit:
        assert await unit.inbox.accept("k", Platform.WEB, NOW)
        assert await unit.inbox.accept("k", Platform.SLACK, NOW)


async def test_an_event_delivered_twice_at_the_same_time_counts_once(new_database: NewDatabase) -> None:
    address = new_database(True)
    replicas = [await Database.open(address) for _ in range(2)]

    fresh = await asyncio.gather(*(accepted(replicas[n % 2], f"k{n // 4}") for n in range(16)))

    assert sum(fresh) == 4
    for replica in replicas:
        await replica.close()


async def test_ten_writers_at_once_lose_nothing(database: Database) -> None:
    async def turns(writer: int) -> None:
        for n in range(5):
            async with database.unit() as unit:
                await unit.inbox.accept(f"{writer}.{n}", Platform.WEB, NOW)
                conversation = await unit.conversations.lock(place(), NOW)
                conversation.state += "x"
                unit.outbox.add(post(f"{writer}.{n}"), "lane", NOW)
                await unit.commit()

    await asyncio.gather(*map(turns, range(10)))

    async with database.reading() as session:
        assert await session.scalar(select(func.count()).select_from(InboxRow)) == 50
        assert await session.scalar(select(func.count()).select_from(OutboxRow)) == 50
    async with database.unit() as unit:
        conversation = await unit.conversations.lock(place(), NOW)
        assert conversation.state == "x" * 50
        assert conversation.turns == 51


async def test_several_events_can_be_committed_as_one(database: Database) -> None:
    async with database.unit() as unit:
        for n in range(3):
            assert await unit.inbox.accept(f"k{n}", Platform.WEB, NOW)
            conversation = await unit.conversations.lock(place(), NOW)
            conversation.state += str(n)
            unit.outbox.add(post(str(n)), "lane", NOW)
        assert not await unit.inbox.accept("k1", Platform.WEB, NOW)
        await unit.commit()

    queue = DeliveryQueue(database, "me")
    said = []
    while claimed := await queue.claim(NOW):
        said += [each.delivery for each in claimed]
        await queue.finish(claimed[0], None, NOW)
    assert said == [post("0"), post("1"), post("2")]
    async with database.unit() as unit:
        assert (await unit.conversations.lock(place(), NOW)).state == "012"


async def test_reading_waits_for_no_writer(database: Database) -> None:
    async with database.unit() as unit:
        await unit.inbox.accept("k", Platform.WEB, NOW)
        async with asyncio.timeout(2), database.reading() as session:
            assert await session.scalar(select(func.count()).select_from(InboxRow)) == 0


async def test_a_value_is_kept_in_place_of_the_last(database: Database) -> None:
    async with database.unit() as unit:
        assert await unit.values.get("clock") is None
        await unit.values.set("clock", "900")
        await unit.values.set("clock", "1800")
        assert await unit.values.get("clock") == "1800"


async def test_the_inbox_tells_which_of_many_events_it_has(database: Database) -> None:
    keys = [f"k{number}" for number in range(1200)]
    async with database.unit() as unit:
        await unit.inbox.accept_all([(key, Platform.SLACK) for key in keys[::2]], NOW)
        await unit.inbox.accept("k1", Platform.WEB, NOW)
        await unit.commit()
    async with database.unit() as unit:
        assert await unit.inbox.known(keys, Platform.SLACK) == frozenset(keys[::2])
        assert await unit.inbox.known([], Platform.SLACK) == frozenset()
