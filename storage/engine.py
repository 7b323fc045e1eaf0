"""Opens SQLite and PostgreSQL so that a commit lasts, and names their errors."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pydantic_core import from_json
from sqlalchemy import URL, Connection, event, exc, make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from storage.errors import (
    StoreBusyError,
    StoreDamagedError,
    StoreError,
    StoreFullError,
    StoreReadOnlyError,
    StoreUnreachableError,
    UnknownUrlError,
)
from storage.sqlite import connect

BUSY_SECONDS = 5
"""How long to wait for a lock that somebody else holds, before saying so."""

_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "sqlite+aiosqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}

_SQLITE_ERRORS: dict[int, type[StoreError]] = {
    sqlite3.SQLITE_BUSY: StoreBusyError,
    sqlite3.SQLITE_LOCKED: StoreBusyError,
    sqlite3.SQLITE_READONLY: StoreReadOnlyError,
    sqlite3.SQLITE_FULL: StoreFullError,
    sqlite3.SQLITE_CORRUPT: StoreDamagedError,
    sqlite3.SQLITE_NOTADB: StoreDamagedError,
    sqlite3.SQLITE_IOERR: StoreUnreachableError,
    sqlite3.SQLITE_CANTOPEN: StoreUnreachableError,
    sqlite3.SQLITE_PERM: StoreUnreachableError,
}

# https://www.postgresql.org/docs/current/errcodes-appendix.html; the longest beginning decides.
_SQLSTATES: dict[str, type[StoreError]] = {
    "08": StoreUnreachableError,  # connection exception
    "25006": StoreReadOnlyError,  # read_only_sql_transaction
    "28": StoreUnreachableError,  # invalid authorization
    "3D": StoreUnreachableError,  # no such database
    "40": StoreBusyError,  # deadlock_detected, serialization_failure
    "53100": StoreFullError,  # disk_full
    "53": StoreBusyError,  # too_many_connections and other shortages
    "55P03": StoreBusyError,  # lock_not_available
    "57P": StoreUnreachableError,  # shutting down, starting up
    "58": StoreUnreachableError,  # system error outside the database
    "XX": StoreDamagedError,  # data_corrupted, index_corrupted
}


def database_url(text: str) -> URL:
    """Return the address of a database with the driver that is used for it.

    Raises:
        UnknownUrlError: it is no database address, or of a kind that is not supported.
    """
    try:
        url = make_url(text)
    except exc.ArgumentError as error:
        raise UnknownUrlError from error
    if url.drivername not in _DRIVERS:
        raise UnknownUrlError(url.drivername)
    return url.set(drivername=_DRIVERS[url.drivername])


def open_engine(url: URL, *, foreign_keys: bool = True) -> AsyncEngine:
    """Return an engine for a database; a missing folder of an SQLite file is made.

    `foreign_keys` off is for migrations, which rebuild tables of SQLite.

    Raises:
        StoreUnreachableError: the folder cannot be made.
    """
    if url.get_backend_name() == "postgresql":
        return create_async_engine(
            url,
            json_deserializer=from_json,
            pool_size=10,
            max_overflow=10,
            connect_args={
                "application_name": "ldsupport",
                "options": f"-c lock_timeout={BUSY_SECONDS}s -c idle_in_transaction_session_timeout=60s",
            },
        )
    if url.database:
        try:
            Path(url.database).absolute().parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreUnreachableError(str(error)) from error
    path = url.database or ":memory:"
    engine = create_async_engine(
        url,
        json_deserializer=from_json,
        async_creator=lambda: connect(path, busy=BUSY_SECONDS, foreign_keys=foreign_keys),
    )

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Connection) -> None:
        # A transaction that reads first and writes later could find that somebody wrote in between, and fail.
        reading = connection.get_execution_options().get("reading", False)
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    return engine


@contextmanager
def translated() -> Iterator[None]:
    """Turn what a database says has gone wrong with it into a `StoreError`; other errors pass."""
    try:
        yield
    except exc.TimeoutError as error:
        raise StoreBusyError(str(error)) from error
    except exc.DBAPIError as error:
        kind = _kind_of(error.orig)
        if kind is None:
            raise
        raise kind(str(error.orig)) from error


def _kind_of(error: BaseException | None) -> type[StoreError] | None:
    if isinstance(error, sqlite3.Error):
        code = getattr(error, "sqlite_errorcode", None)
        return None if code is None else _SQLITE_ERRORS.get(code & 0xFF)
    state = getattr(error, "sqlstate", None)
    if state is None:
        return StoreUnreachableError if type(error).__name__ == "OperationalError" else None
    return next((_SQLSTATES[state[:n]] for n in (5, 3, 2) if state[:n] in _SQLSTATES), None)
