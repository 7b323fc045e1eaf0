"""What the assistant asks of a platform, and what a platform may ask of the assistant."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Protocol

from dialogs.events import Event, File, Person, Platform
from dialogs.messages import Delivery, Reply

Sink = Callable[[Event], Awaitable[Reply | None]]
"""Takes an event. When it returns, the event is committed (or was a duplicate): now the platform may be told.

It raises when nothing was kept; then the platform must not be told, and delivers again.
"""


class DeliveryError(Exception):
    """A message could not be delivered."""


class TransientError(DeliveryError):
    """Nothing was sent; a later try may work. `retry_after` is in seconds where the platform said so."""

    def __init__(self, reason: str, *, retry_after: float | None = None) -> None:
        super().__init__(reason)
        self.retry_after = retry_after


class PermanentError(DeliveryError):
    """Nothing was sent, and the same message will never be taken."""


class UnknownOutcomeError(DeliveryError):
    """It may have been sent: the answer was lost. `find` is asked before it is sent again."""


class Adapter(Protocol):
    """One platform. Knows payloads and limits, and no rule of support."""

    platform: Platform

    async def start(self, sink: Sink) -> None:
        """Begin to hand events to the sink."""

    async def send(self, delivery: Delivery, *, key: str, target: str | None) -> str | None:
        """Do one delivery and return the id of the message on the platform, if it made one.

        `key` is the idempotency key of the delivery. `target` is the platform's id of the message that
        `Post.under` or `Revise.ref` names.

        Raises:
            TransientError, PermanentError, UnknownOutcomeError: what they say.
        """

    async def find(self, delivery: Delivery, *, key: str, target: str | None) -> str | None:
        """Return the id of the message that an earlier `send` with this key made after all, if it did."""

    async def members(self, channel: str) -> tuple[Person, ...]:
        """Return who is in a channel now."""

    async def close(self) -> None:
        """Stop taking events, finish those begun, and let go of what is held."""


class FileStore(Protocol):
    """Where files are kept, whichever platform they came from."""

    async def save(self, name: str, media_type: str, chunks: AsyncIterator[bytes]) -> File:
        """Keep a file as it streams in. One that is not taken comes back with its `problem`; nothing is raised."""

    def read(self, file: str) -> AsyncIterator[bytes]:
        """Stream the content of the file with this id.

        Raises:
            FileNotFoundError: there is none, on the first chunk.
        """
