"""Sends what was decided: in order within each lane, and as often as it takes."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Mapping
from datetime import timedelta

import structlog

from bot.clock import Clock
from bot.workers import pause
from dialogs.events import Platform
from dialogs.messages import Delivery, Mail, Revise
from dialogs.ports import Adapter, PermanentError, TransientError, UnknownOutcomeError
from storage.delivery_queue import Claimed, DeliveryQueue
from storage.errors import StoreError

AT_ONCE = 32
"""How many lanes are served at the same time."""
POLL = 1.0
"""How long to wait for a word that there is something to send, before looking anyway, in seconds."""
PATIENCE = 15.0
"""How long a platform may take over one message, in seconds; shorter than the lease of the queue."""
LONGEST_WAIT = 300.0
"""The longest wait between two tries, in seconds."""
REVISE_EVERY = timedelta(seconds=2)
"""The least time between two new contents of one message; what changes in between is shown with the next.

Slack counts every edit (about fifty a minute in a workspace), Teams every call of a conversation.
"""
TRIES = 300
"""Tries before a message is given up: at the longest wait, about a day."""
TRIES_AT_DEFECT = 10
"""Tries before a message that an adapter stumbles over is given up: about ten minutes."""

_log = structlog.get_logger()


class DeliveryWorker:
    """Takes messages from the queue and has the adapters send them."""

    def __init__(self, queue: DeliveryQueue, adapters: Mapping[Platform, Adapter], clock: Clock) -> None:
        self.news = asyncio.Event()
        """Set by whoever committed a message, so that it leaves at once."""
        self._queue = queue
        self._adapters = adapters
        self._clock = clock
        self._sending: set[asyncio.Task[None]] = set()

    async def run(self, stopping: asyncio.Event) -> None:
        """Send until told to stop, then finish what is being sent."""
        while not stopping.is_set():
            self.news.clear()
            if free := AT_ONCE - len(self._sending):
                await self._begin(free)
            await pause(POLL, self.news, stopping)
        if self._sending:
            await asyncio.wait(self._sending)

    async def _begin(self, limit: int) -> None:
        try:
            claimed = await self._queue.claim(self._clock.now(), limit)
        except StoreError as error:
            _log.warning("delivery.store_failed", error=type(error).__name__, detail=error.detail)
            return
        except Exception:  # noqa: BLE001 - a row that cannot be read loses its lease often enough to be given up
            _log.exception("delivery.claim_failed")
            return
        for message in claimed:
            task = asyncio.create_task(self._deliver(message), name=f"delivery {message.id}")
            self._sending.add(task)
            task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._sending.discard(task)
        self.news.set()
        if not task.cancelled() and (error := task.exception()):
            # The lease ends, and the message is looked at again.
            _log.error("delivery.not_settled", delivery=task.get_name(), exc_info=error)

    async def _deliver(self, claimed: Claimed) -> None:
        sent = False  # whether this try may have sent something
        try:
            async with asyncio.timeout(PATIENCE):
                adapter = self._adapter(claimed)
                key, target = claimed.key, claimed.target
                message: str | None = None
                if claimed.unsure:
                    message = await adapter.find(claimed.delivery, key=key, target=target)
                if message is None:
                    sent = True
                    message = await adapter.send(claimed.delivery, key=key, target=target)
        except PermanentError as error:
            await self._give_up(claimed, str(error))
        except TransientError as error:
            await self._again(claimed, error, wait=error.retry_after, sent=False)
        except (UnknownOutcomeError, TimeoutError) as error:
            await self._again(claimed, error, sent=sent)
        except Exception as error:  # noqa: BLE001 - an adapter's defect is one message's trouble
            _log.exception("delivery.adapter_failed", delivery=claimed.id, lane=claimed.lane)
            await self._again(claimed, error, sent=sent, tries=TRIES_AT_DEFECT)
        else:
            if not await self._queue.finish(claimed, message, self._clock.now()):
                _log.warning("delivery.lease_lost", delivery=claimed.id, lane=claimed.lane)

    def _adapter(self, claimed: Claimed) -> Adapter:
        platform = _platform(claimed.delivery)
        if platform not in self._adapters:
            raise TransientError(f"{platform} is not configured here", retry_after=60)
        if isinstance(claimed.delivery, Revise) and claimed.target is None:
            raise PermanentError(f"there is no message {claimed.delivery.ref} to revise")
        return self._adapters[platform]

    async def _again(
        self, claimed: Claimed, error: Exception, *, sent: bool, wait: float | None = None, tries: int = TRIES
    ) -> None:
        told = f"{type(error).__name__}: {error}"
        if claimed.attempts >= tries:
            await self._give_up(claimed, told)
            return
        seconds = wait if wait is not None else _wait(claimed.attempts)
        _log.warning("delivery.again", delivery=claimed.id, lane=claimed.lane, seconds=round(seconds, 1), error=told)
        due_at = self._clock.now() + timedelta(seconds=seconds)
        await self._queue.retry(claimed, due_at=due_at, error=told, refused=not sent)

    async def _give_up(self, claimed: Claimed, error: str) -> None:
        _log.error("delivery.given_up", delivery=claimed.id, lane=claimed.lane, error=error)
        await self._queue.bury(claimed, error=error, now=self._clock.now())


def _platform(delivery: Delivery) -> Platform:
    return Platform.MAIL if isinstance(delivery, Mail) else delivery.place.platform


def _wait(attempts: int) -> float:
    """Return the seconds until the next try: twice as long each time, and never all at the same moment."""
    return min(LONGEST_WAIT, 2.0 ** min(attempts - 1, 10)) * random.uniform(0.5, 1.0)  # noqa: S311 - spreads load
