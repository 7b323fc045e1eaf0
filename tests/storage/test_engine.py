"""The database is opened so that a commit lasts, and says in types what is wrong with it."""

from __future__ import annotations

import asyncio
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from dialogs.events import Platform
from storage import engine
from storage.database import Database
from storage.engine import database_url
from storage.errors import (
    StoreBusyError,
    StoreDamagedError,
    StoreFullError,
    StoreReadOnlyError,
    StoreUnreachableError,
    UnknownUrlError,
)
from tests.conftest import NewDatabase
from tests.storage.samples import NOW, place


async def write(database: Database, key: str = "k", payload: str = "", first: str = "SELECT 1") -> bool:
    async with database.unit() as unit:
        await unit.session.execute(text(first))
        fresh = await unit.inbox.accept(key, Platform.WEB, NOW, payload)
        await unit.commit()
        return fresh


@asynccontextmanager
async def opened(address: str) -> AsyncIterator[Database]:
    database = await Database.open(address)
    try:
        yield database
    finally:
        await database.close()


@pytest.mark.parametrize(
    ("pragma", "value"), [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("fullfsync", 1)]
)
async def test_sqlite_writes_durably(sqlite_database: Database, pragma: str, value: object) -> None:
    async with sqlite_database.unit() as unit:
        assert await unit.session.scalar(text(f"PRAGMA {pragma}")) == value


async def test_a_unit_holds_the_right_to_write_from_its_beginning(sqlite_database: Database) -> None:
    async with sqlite_database.unit() as unit:
        await unit.values.get("anything")
        other = sqlite3.connect(sqlite_database.url.database or "", timeout=0)
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        other.close()


@pytest.mark.parametrize(
    ("address", "driver"),
    [
        ("sqlite:///data/support.db", "sqlite+aiosqlite"),
        ("sqlite+aiosqlite:///data/support.db", "sqlite+aiosqlite"),
        ("postgres://u:p@host/db", "postgresql+psycopg"),
        ("postgresql://u:p@host/db", "postgresql+psycopg"),
        ("postgresql+psycopg://u:p@host/db", "postgresql+psycopg"),
    ],
)
def test_addresses_in_all_their_spellings(address: str, driver: str) -> None:
    assert database_url(address).drivername == driver


@pytest.mark.parametrize("address", ["mysql://host/db", "postgresql+asyncpg://host/db", "support.db", ""])
def test_an_address_of_another_kind_is_refused(address: str) -> None:
    with pytest.raises(UnknownUrlError):
        database_url(address)


async def test_a_missing_folder_is_made(tmp_path: Path) -> None:
    async with opened(f"sqlite:///{tmp_path}/new/folder/support.db") as database:
        await database.migrate()
        assert await write(database)


async def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreUnreachableError):
        await Database.open(f"sqlite:///{tmp_path}/file/support.db")


async def test_a_path_that_is_a_folder(tmp_path: Path) -> None:
    with pytest.raises(StoreUnreachableError):
        await Database.open(f"sqlite:///{tmp_path}")


async def test_a_file_that_is_something_else(tmp_path: Path) -> None:
    (tmp_path / "support.db").write_text("It was a dark and stormy night. " * 100)
    with pytest.raises(StoreDamagedError):
        await Database.open(f"sqlite:///{tmp_path}/support.db")


async def test_a_file_that_is_taken_away(new_sqlite: NewDatabase) -> None:
    async with opened(new_sqlite(True)) as database:
        await database.check()
        Path(database.url.database or "").unlink()
        with pytest.raises(StoreUnreachableError):
            await database.check()


HOLD = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
"""


async def test_a_file_that_another_process_holds(sqlite_database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.2)
    await sqlite_database.engine.dispose()
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, sqlite_database.url.database or ""],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with holder:
        assert holder.stdout
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(StoreBusyError):
            await write(sqlite_database)
        async with sqlite_database.reading() as session:
            assert await session.scalar(text("SELECT count(*) FROM inbox")) == 0
        holder.communicate()

    assert await write(sqlite_database)


async def test_waiting_for_another_process_does_not_stop_the_loop(sqlite_database: Database) -> None:
    other = sqlite3.connect(sqlite_database.url.database or "", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    waiting = asyncio.create_task(write(sqlite_database))
    await asyncio.wait([waiting], timeout=0.1)
    other.execute("ROLLBACK")
    other.close()

    assert await waiting


async def test_a_full_disk_loses_the_turn_and_nothing_else(sqlite_database: Database) -> None:
    await write(sqlite_database, "before")
    with pytest.raises(StoreFullError):
        await write(sqlite_database, "k", "x" * 1_000_000, first="PRAGMA max_page_count = 1")

    assert await write(sqlite_database, "k", first="PRAGMA max_page_count = 1000000")
    assert not await write(sqlite_database, "before")


FILL = """
import asyncio, resource, sys
from storage.database import Database
from storage.errors import StoreError
from tests.storage.test_engine import write

async def fill():
    database = await Database.open(sys.argv[1])
    await write(database, "before")
    resource.setrlimit(resource.RLIMIT_FSIZE, (2**18, resource.RLIM_INFINITY))
    try:
        await write(database, "k", "x" * 1_000_000)
    except StoreError as error:
        print(type(error).__name__)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    print(await write(database, "k"), await write(database, "before"))
    await database.close()

asyncio.run(fill())
"""


async def test_a_file_that_cannot_be_written_any_further(new_sqlite: NewDatabase) -> None:
    done = subprocess.run([sys.executable, "-c", FILL, new_sqlite(True)], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["StoreUnreachableError", "True", "False"]


READ_ONLY = {"sqlite": "PRAGMA query_only = ON", "postgresql": "SET TRANSACTION READ ONLY"}


async def test_a_database_that_may_only_be_read(database: Database) -> None:
    with pytest.raises(StoreReadOnlyError):
        await write(database, first=READ_ONLY[database.url.get_backend_name()])


@pytest.mark.parametrize("wrong", [{"host": "127.0.0.1", "port": 1}, {"database": "nowhere"}])
async def test_a_postgres_that_is_not_there(new_postgres: NewDatabase, wrong: dict[str, object]) -> None:
    url = database_url(new_postgres(True)).set(**wrong)  # type: ignore[arg-type]
    if "host" in wrong:
        url = url.set(query={})
    with pytest.raises(StoreUnreachableError):
        await Database.open(url.render_as_string(hide_password=False))


async def test_a_postgres_that_was_restarted_costs_one_turn(new_postgres: NewDatabase) -> None:
    async with opened(new_postgres(True)) as database, opened(new_postgres(True)) as other:
        await write(database)
        async with other.reading() as session:
            await session.execute(
                text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"),
                {"name": database.url.database},
            )
        with pytest.raises(StoreUnreachableError):
            await write(database, "lost")

        assert await write(database, "lost")


async def test_two_turns_that_hold_each_other_up_are_parted(new_postgres: NewDatabase) -> None:
    async with opened(new_postgres(True)) as database:
        both = asyncio.Barrier(2)

        async def turn(first: str, second: str) -> None:
            async with database.unit() as unit:
                await unit.conversations.lock(place(first), NOW)
                await both.wait()
                await unit.conversations.lock(place(second), NOW)
                await unit.commit()

        results = await asyncio.gather(turn("1", "2"), turn("2", "1"), return_exceptions=True)

    assert sorted(str(type(result).__name__) for result in results) == ["NoneType", "StoreBusyError"]


async def test_a_lock_that_is_held_for_too_long(new_postgres: NewDatabase, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.2)
    address = new_postgres(True)
    async with opened(address) as one, opened(address) as two, one.unit() as unit:
        await unit.conversations.lock(place(), NOW)
        with pytest.raises(StoreBusyError):
            async with two.unit() as other:
                await other.conversations.lock(place(), NOW)
