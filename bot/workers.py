"""Work that goes on in the background, each piece known by name, so that none dies unnoticed."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

import structlog

_log = structlog.get_logger()


class Workers:
    """Runs workers until they are told to stop. One that ends by itself is a defect: logged, and never ready again."""

    def __init__(self) -> None:
        self.stopping = asyncio.Event()
        self.crashed: set[str] = set()
        self._tasks: dict[str, asyncio.Task[None]] = {}

    def start(self, name: str, work: Coroutine[Any, Any, None]) -> None:
        """Start a worker. Its work ends soon after `stopping` is set, finishing what it has begun."""
        task = asyncio.create_task(work, name=name)
        self._tasks[name] = task
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        if self.stopping.is_set() and (task.cancelled() or not task.exception()):
            return
        self.crashed.add(task.get_name())
        error = None if task.cancelled() else task.exception()
        _log.critical("worker.crashed", worker=task.get_name(), exc_info=error)

    async def stop(self, *, within: float) -> None:
        """Tell all workers to stop and wait for them; cancel those that take longer than `within` seconds."""
        self.stopping.set()
        if not self._tasks:
            return
        _, late = await asyncio.wait(self._tasks.values(), timeout=within)
        for task in late:
            _log.error("worker.late", worker=task.get_name())
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)


async def pause(seconds: float, *until: asyncio.Event) -> None:
    """Wait for a time, or until one of the events is set."""
    waits = [asyncio.create_task(event.wait()) for event in until]
    try:
        await asyncio.wait(waits, timeout=max(seconds, 0), return_when=asyncio.FIRST_COMPLETED)
    finally:
        for wait in waits:
            wait.cancel()
