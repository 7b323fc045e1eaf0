"""A connection to SQLite that makes a trip to its thread only where it may have to wait."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

import aiosqlite

T = TypeVar("T")


class Connection(aiosqlite.Connection):
    """`aiosqlite`, except that the statements inside a transaction run right where they are asked for.

    Such a statement takes microseconds, less than handing it to the thread and back. What may wait for a lock
    or for the disk goes to the thread as ever: the beginning of a transaction and its end.
    """

    async def _execute(self, fn: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        connection = self._connection
        ending = fn.__name__ in {"commit", "rollback"}
        if connection and (fn.__name__ == "cursor" or connection.in_transaction != ending):
            return fn(*args, **kwargs)
        result: T = await super()._execute(fn, *args, **kwargs)  # type: ignore[no-untyped-call]
        return result


async def connect(path: str, *, busy: float, foreign_keys: bool) -> Connection:
    """Open a file so that a commit lasts, whatever happens to the machine.

    Transactions begin and end only where it is said. `busy` is how many seconds to wait for a lock.
    """
    opening = partial(sqlite3.connect, path, timeout=busy, isolation_level=None, check_same_thread=False)
    connection = Connection(opening, iter_chunk_size=64)
    connection._thread.daemon = True  # noqa: SLF001 - nothing is lost with it: what matters is committed
    try:
        await connection
    except BaseException:
        connection._thread.join()  # noqa: SLF001 - it has nothing left to do but to report to our loop
        raise
    try:
        await _write_ahead(connection, busy)
        for pragma in ("synchronous = FULL", "fullfsync = ON", f"foreign_keys = {'ON' if foreign_keys else 'OFF'}"):
            await connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        await connection.close()
        raise
    return connection


async def _write_ahead(connection: Connection, busy: float) -> None:
    """Have the file keep a log that is written ahead; it remembers that. For this SQLite itself does not wait."""
    until = time.monotonic() + busy
    while True:
        try:
            await connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() >= until:
                raise
            await asyncio.sleep(0.02)
        else:
            return
