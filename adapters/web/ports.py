"""What the page asks of whoever keeps it through restarts."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Protocol

from dialogs.events import Event


class Record(Protocol):
    """Something kept: `body` is JSON text that only the page reads.

    `room` is the channel it is in. `key` is unique, so that nothing is kept twice. `number` orders records as
    they came, and `change` counts every change on the page; both are given by the workspace.
    """

    @property
    def id(self) -> str: ...
    @property
    def key(self) -> str: ...
    @property
    def room(self) -> str: ...
    @property
    def body(self) -> str: ...
    @property
    def number(self) -> int: ...
    @property
    def change(self) -> int: ...


class Workspace(Protocol):
    """Keeps what is on the page, and the events that the desk has not taken yet.

    Each call is one transaction; an event given with a change is kept in the same one.
    """

    async def add(self, record: str, *, key: str, room: str, body: str, event: Event | None = None) -> Record:
        """Keep a new record under an id of the page's making.

        Where its key is known already, change nothing and return the record kept then.
        """

    async def change(self, record: str, edit: Callable[[str], str], event: Event | None = None) -> Record | None:
        """Replace the body of a record by what `edit` makes of it; None where there is no such record.

        Where `edit` returns its argument nothing has changed, and neither a change nor the event is kept.
        """

    async def get(self, record: str) -> Record | None:
        """Return the record of this id."""

    async def find(self, key: str) -> Record | None:
        """Return the record kept under this key."""

    async def records(self, rooms: Collection[str], *, after: int = 0) -> Sequence[Record]:
        """Return the records of these rooms that changed after the change of this number, as they came."""

    async def expect(self, event: Event) -> bool:
        """Keep an event that changes nothing on the page; False where its key waits already."""

    async def acknowledge(self, key: str) -> None:
        """Let go of an event that the desk has taken."""

    async def unacknowledged(self) -> Sequence[Event]:
        """Return the events that the desk has not taken, as they came."""
