"""A conversation takes one turn at a time, whoever else works on the same database."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from storage.database import Database
from storage.tables import Conversation
from tests.conftest import NewDatabase
from tests.storage.samples import NOW, after, new_case, place


async def test_a_conversation_begins_with_its_first_turn(database: Database) -> None:
    async with database.unit() as unit:
        conversation = await unit.conversations.lock(place("7"), NOW)
        conversation.state = "asked"
        await unit.commit()

    async with database.unit() as unit:
        conversation = await unit.conversations.lock(place("7"), after(5))
        assert (conversation.channel, conversation.thread) == ("acme", "7")
        assert (conversation.state, conversation.turns) == ("asked", 2)
        assert (conversation.created_at, conversation.updated_at) == (NOW, after(5))


async def test_locking_it_again_in_the_same_unit_is_the_same_turn(database: Database) -> None:
    async with database.unit() as unit:
        first = await unit.conversations.lock(place(), NOW)
        first.state = "changed"
        assert await unit.conversations.lock(place(), NOW) is first
        assert (first.state, first.turns) == ("changed", 1)


async def test_two_replicas_take_turns_in_one_conversation(new_database: NewDatabase) -> None:
    address = new_database(True)
    one, two = await Database.open(address), await Database.open(address)
    log: list[str] = []

    async def second() -> None:
        async with two.unit() as unit:
            conversation = await unit.conversations.lock(place(), NOW)
            log.append(f"second finds {conversation.state}")
            await unit.commit()

    async with one.unit() as unit:
        conversation = await unit.conversations.lock(place(), NOW)
        waiting = asyncio.create_task(second())
        await asyncio.wait([waiting], timeout=0.2)
        log.append("first goes on")
        conversation.state = "what the first left"
        await unit.commit()
    await waiting

    assert log == ["first goes on", "second finds what the first left"]
    await one.close()
    await two.close()


async def test_two_replicas_work_on_two_conversations_at_once_on_postgres(new_postgres: NewDatabase) -> None:
    address = new_postgres(True)
    one, two = await Database.open(address), await Database.open(address)

    async with asyncio.timeout(2), one.unit() as unit, two.unit() as other:
        await unit.conversations.lock(place("1"), NOW)
        await other.conversations.lock(place("2"), NOW)
        await other.commit()
        await unit.commit()

    await one.close()
    await two.close()


async def test_the_conversation_of_a_case_is_found_and_locked(database: Database) -> None:
    async with database.unit() as unit:
        (await unit.conversations.lock(place(), NOW)).state = "asked"
        case = await new_case(unit)
        found = await unit.conversations.lock_of_case(case.number or 0, after(9))
        assert found is not None
        assert (found.key, found.state, found.turns, found.updated_at) == (place().key, "asked", 2, after(9))
        assert await unit.conversations.lock(place(), after(10)) is found
        assert await unit.conversations.lock_of_case(999, after(9)) is None


async def test_who_waits_for_a_case_while_its_thread_becomes_known_gets_it(new_database: NewDatabase) -> None:
    address = new_database(True)
    one, two = await Database.open(address), await Database.open(address)
    top = replace(place(), thread=None)
    async with one.unit() as unit:
        conversation = await unit.conversations.lock(top, NOW, opener="opener:1")
        case = await new_case(unit, conversation_key=conversation.key)
        await unit.commit()

    async def second() -> Conversation | None:
        async with two.unit() as unit:
            return await unit.conversations.lock_of_case(case.number or 0, after(1))

    async with one.unit() as unit:
        conversation = await unit.conversations.lock_of_case(case.number or 0, NOW)
        locked = await unit.cases.lock(case.number or 0)
        assert conversation is not None
        assert locked is not None
        waiting = asyncio.create_task(second())
        await asyncio.wait([waiting], timeout=0.2)
        await unit.conversations.settle(conversation, "7")
        locked.conversation_key = conversation.key
        await unit.commit()
    found = await waiting
    assert found is not None
    assert (found.key, found.thread) == (place("7").key, "7")
    await one.close()
    await two.close()


async def test_the_latest_conversation_of_somebody_is_that_of_this_channel(database: Database) -> None:
    async with database.unit() as unit:
        for seconds, where in enumerate((place("1"), place("2"), place("3", channel="other"))):
            (await unit.conversations.lock(where, after(seconds))).person_key = "ana"
        (await unit.conversations.lock(place("4"), after(9))).person_key = "luis"
        found = await unit.conversations.latest_of("ana", place("9"))
        assert found is not None
        assert found.thread == "2"
        assert await unit.conversations.latest_of("eva", place("9")) is None
