"""A connection to SQLite that makes a trip to its thread only where it may have to wait."""

from __future__ import annotations

import sqlite3
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


async def connect(path: str, *, busy: float) -> Connection:
    """Open a file. Transactions begin and end only where it is said; `busy` is how many seconds to wait for a lock."""
    opening = partial(sqlite3.connect, path, timeout=busy, isolation_level=None, check_same_thread=False)
    connection = Connection(opening, iter_chunk_size=64)
    connection._thread.daemon = True  # noqa: SLF001 - nothing is lost with it: what matters is committed
    await connection
    return connection
