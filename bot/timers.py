"""Brings back what is due: each timer becomes an event like any other."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import structlog

from bot.clock import Clock
from bot.workers import pause
from dialogs.ports import Sink
from storage.errors import StoreError
from storage.timer_queue import TimerQueue

POLL = 1.0
"""How long a due timer may go unnoticed, in seconds."""

PATIENCE = 3.0
"""How long time stands still for what is due, while it is moved forward, in seconds."""

_log = structlog.get_logger()


class TimerWorker:
    """Takes timers from the queue and hands them to the desk. One that fails comes back after its lease."""

    def __init__(self, queue: TimerQueue, sink: Sink, clock: Clock) -> None:
        self.news = asyncio.Event()
        """Set by whoever moved the clock."""
        self._queue = queue
        self._sink = sink
        self._clock = clock
        self._resting = asyncio.Event()

    async def run(self, stopping: asyncio.Event) -> None:
        """Hand over what comes due until told to stop."""
        while not stopping.is_set():
            self.news.clear()
            if not await self._fire():
                self._resting.set()
                await pause(POLL, self.news, stopping)

    async def pass_time(self, by: timedelta) -> None:
        """Move the clock forward, and stop wherever something is due on the way: all happens in its order.

        This worker has to be running.
        """
        at = self._clock.now()
        until = at + by
        while due := await self._queue.next_due(after=at, until=until):
            at = due
            self._advance(due)
            try:
                async with asyncio.timeout(PATIENCE):
                    while await self._queue.next_due(until=due):
                        self._resting.clear()
                        self.news.set()
                        await self._resting.wait()
            except TimeoutError:
                _log.warning("timers.slow", due_at=due.isoformat())
        self._advance(until)

    def _advance(self, until: datetime) -> None:
        self._clock.advance(max(until - self._clock.now(), timedelta()))
        self.news.set()

    async def _fire(self) -> int:
        """Hand over what is due; return how many were."""
        try:
            due = await self._queue.claim(self._clock.now())
        except StoreError as error:
            _log.warning("timers.store_failed", error=type(error).__name__, detail=error.detail)
            return 0
        except Exception:  # noqa: BLE001 - a row that cannot be read must not keep the others from firing
            _log.exception("timers.claim_failed")
            return 0
        for event in due:
            try:
                await self._sink(event)
            except Exception:  # noqa: BLE001 - one timer's trouble, not the others'
                _log.exception("timer.failed", key=event.key)
        return len(due)
