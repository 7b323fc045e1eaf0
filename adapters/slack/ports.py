"""What the Slack adapter asks of whoever remembers for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol


class Memory(Protocol):
    """What was taken in, and how far each channel was read, kept through restarts. A mark is a message id (`ts`)."""

    async def marks(self) -> Mapping[str, str]:
        """Return the newest message handled, by channel."""

    async def keep_marks(self, marks: Mapping[str, str]) -> None:
        """Keep these marks in place of the earlier ones of the same channels."""

    async def known(self, keys: Sequence[str]) -> frozenset[str]:
        """Return which of these happenings were taken in, by their keys."""

    async def move_channel(self, old: str, new: str) -> None:
        """Slack gave a channel a new id: everything kept under the old one now belongs to the new one."""
