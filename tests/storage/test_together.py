"""What is written at the same time shares a commit, and nobody pays for another's mistake."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy import event

from storage.database import Database
from storage.together import Together
from storage.unit import UnitOfWork


def commits(database: Database) -> list[None]:
    """A list that grows with every commit."""
    found: list[None] = []
    event.listen(database.engine.sync_engine, "commit", lambda _: found.append(None))
    return found


def writing(name: str, value: str) -> Callable[[UnitOfWork], Awaitable[str]]:
    async def work(unit: UnitOfWork) -> str:
        await unit.values.set(name, value)
        return value

    return work


async def failing(unit: UnitOfWork) -> str:
    await unit.values.set("lost", "never kept")
    raise ZeroDivisionError


async def kept(database: Database, name: str) -> str | None:
    async with database.unit() as unit:
        return await unit.values.get(name)


async def test_many_pieces_take_few_commits_and_keep_their_order(database: Database) -> None:
    together, made = Together(database), commits(database)
    results = await asyncio.gather(*(together.do(writing("x", str(number))) for number in range(50)))
    assert results == [str(number) for number in range(50)]
    assert len(made) <= 2
    assert await kept(database, "x") == "49"


async def test_one_that_fails_is_told_so_and_the_others_are_kept(database: Database) -> None:
    together = Together(database)
    first, broken, last = await asyncio.gather(
        together.do(writing("a", "1")), together.do(failing), together.do(writing("b", "2")), return_exceptions=True
    )
    assert (first, last) == ("1", "2")
    assert isinstance(broken, ZeroDivisionError)
    assert [await kept(database, name) for name in ("a", "lost", "b")] == ["1", None, "2"]
    assert await together.do(writing("a", "3")) == "3"


async def test_who_no_longer_waits_holds_nobody_up(database: Database) -> None:
    together = Together(database)
    gone = asyncio.create_task(together.do(writing("a", "1")))
    await asyncio.sleep(0)
    gone.cancel()
    with pytest.raises(asyncio.CancelledError):
        await gone
    assert await together.do(writing("b", "2")) == "2"
    assert await kept(database, "a") == "1"
