"""Pieces of writing that come at the same time, in one transaction: they share the price of its commit."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from storage.database import Database
from storage.unit import UnitOfWork

T = TypeVar("T")

BATCH = 64
"""Most pieces in one transaction."""


@dataclass(slots=True)
class _Waiting:
    work: Callable[[UnitOfWork], Awaitable[Any]]
    result: asyncio.Future[Any]


class Together:
    """Does pieces of writing in the order they come. What comes while one transaction is committed goes into the next.

    One piece that fails does not take the others along: each of them is then done alone.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._queue: list[_Waiting] = []
        self._worker: asyncio.Task[None] | None = None

    async def do(self, work: Callable[[UnitOfWork], Awaitable[T]]) -> T:
        """Do a piece of writing and return its result once it is committed. It may be begun more than once.

        Raises:
            Exception: what `work` raised, or a `StoreError`; nothing of it was kept.
        """
        waiting = _Waiting(work, asyncio.get_running_loop().create_future())
        self._queue.append(waiting)
        if self._worker is None or self._worker.done():
            self._worker = asyncio.create_task(self._run())
        result: T = await waiting.result
        return result

    async def _run(self) -> None:
        while self._queue:
            batch, self._queue = self._queue[:BATCH], self._queue[BATCH:]
            try:
                await self._settle(batch)
            except BaseException as error:
                for waiting in batch:
                    if not waiting.result.done():
                        waiting.result.set_exception(error)
                if not isinstance(error, Exception):
                    raise

    async def _settle(self, batch: list[_Waiting]) -> None:
        try:
            async with self._database.unit() as unit:
                results = [await waiting.work(unit) for waiting in batch]
                await unit.commit()
        except Exception as error:  # noqa: BLE001 - it is whoever asked for it that has to know
            if len(batch) > 1:
                for waiting in batch:
                    await self._settle([waiting])
            elif not batch[0].result.done():
                batch[0].result.set_exception(error)
            return
        for waiting, result in zip(batch, results, strict=True):
            if not waiting.result.done():
                waiting.result.set_result(result)
