"""What the Teams adapter asks of whoever remembers for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """How a chat, a channel or a person is reached.

    `conversation` is the id to write to; a person nobody has written to yet has none, and `member` is then whom to
    open a chat with. `channels` are those known of a team, under the id of the team itself. `dead` says why nothing
    can be sent there any more. `installs` counts how often the assistant was taken out and put in again.
    """

    service_url: str
    tenant: str
    bot: str
    conversation: str = ""
    member: str = ""
    channels: tuple[str, ...] = ()
    dead: str = ""
    installs: int = 0


class Memory(Protocol):
    """How everybody is reached, kept through restarts. Names are ids of Teams: of chats, channels, people."""

    async def reference(self, name: str) -> Reference | None:
        """Return how something is reached, if it is known."""

    async def keep_references(self, references: Mapping[str, Reference]) -> None:
        """Keep these by their names, in place of what was known."""
