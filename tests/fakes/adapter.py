"""A platform that does what a test scripts, and remembers what reached its people."""

from __future__ import annotations

import asyncio
from collections import deque

from dialogs.events import Person, Platform
from dialogs.messages import Delivery
from dialogs.ports import Sink


class FakeAdapter:
    """Sends to a list. `trouble` holds what the next sends raise; after a `SentButLost` the message is there."""

    platform = Platform.WEB

    def __init__(self) -> None:
        self.sent: list[tuple[str, Delivery, str | None]] = []
        self.trouble: deque[BaseException | None] = deque()
        self.finding: deque[BaseException | None] = deque()
        self.asked: list[str] = []
        self.arrived = asyncio.Condition()
        self.gate = asyncio.Event()
        self.gate.set()
        self.at_once = 0
        self.most_at_once = 0
        self.begun = 0

    async def start(self, sink: Sink) -> None:
        self.sink = sink

    async def send(self, delivery: Delivery, *, key: str, target: str | None) -> str | None:
        self.begun += 1
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        async with self.arrived:
            self.arrived.notify_all()
        try:
            await self.gate.wait()
        finally:
            self.at_once -= 1
        trouble = self.trouble.popleft() if self.trouble else None
        if trouble is not None and not isinstance(trouble.__cause__, SentButLostError):
            raise trouble
        self.sent.append((key, delivery, target))
        async with self.arrived:
            self.arrived.notify_all()
        if trouble is not None:
            raise trouble
        return self._id(key)

    async def find(self, delivery: Delivery, *, key: str, target: str | None) -> str | None:
        self.asked.append(key)
        if self.finding and (trouble := self.finding.popleft()):
            raise trouble
        return next((self._id(known) for known, _, _ in self.sent if known == key), None)

    def _id(self, key: str) -> str:
        return f"message {next(n for n, (known, _, _) in enumerate(self.sent, 1) if known == key)}"

    async def members(self, channel: str) -> tuple[Person, ...]:
        return ()

    async def close(self) -> None:
        pass

    async def until_sent(self, count: int) -> None:
        """Wait until so many messages have reached their people."""
        async with self.arrived:
            await asyncio.wait_for(self.arrived.wait_for(lambda: len(self.sent) >= count), 10)

    async def until_begun(self, count: int) -> None:
        """Wait until so many sends have begun."""
        async with self.arrived:
            await asyncio.wait_for(self.arrived.wait_for(lambda: self.begun >= count), 10)


class SentButLostError(Exception):
    """As the cause of an error: the message was sent before the answer was lost."""


def sent_but(error: Exception) -> Exception:
    """Return the error as one that comes after the message was sent."""
    error.__cause__ = SentButLostError()
    return error
