"""The page's workspace and files in memory, held to what the real ones are held to."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Callable, Collection, Sequence
from dataclasses import dataclass, replace

from dialogs.events import Event, File, FileProblem


@dataclass(frozen=True)
class MemoryRecord:
    id: str
    key: str
    room: str
    body: str
    number: int
    change: int


class MemoryWorkspace:
    """Keeps the page as long as the test keeps it."""

    def __init__(self) -> None:
        self._records: dict[str, MemoryRecord] = {}
        self._events: dict[str, Event] = {}
        self._count = 0

    def _next(self) -> int:
        self._count += 1
        return self._count

    def _keep(self, event: Event | None) -> None:
        if event is not None:
            self._events[event.key] = event

    async def add(self, record: str, *, key: str, room: str, body: str, event: Event | None = None) -> MemoryRecord:
        known = await self.find(key)
        if known is not None:
            return known
        number = self._next()
        kept = MemoryRecord(record, key, room, body, number, number)
        self._records[record] = kept
        self._keep(event)
        return kept

    async def change(self, record: str, edit: Callable[[str], str], event: Event | None = None) -> MemoryRecord | None:
        old = self._records.get(record)
        if old is None or (body := edit(old.body)) == old.body:
            return old
        self._records[record] = replace(old, body=body, change=self._next())
        self._keep(event)
        return self._records[record]

    async def get(self, record: str) -> MemoryRecord | None:
        return self._records.get(record)

    async def find(self, key: str) -> MemoryRecord | None:
        return next((record for record in self._records.values() if record.key == key), None)

    async def records(self, rooms: Collection[str], *, after: int = 0) -> Sequence[MemoryRecord]:
        return [record for record in self._records.values() if record.room in rooms and record.change > after]

    async def expect(self, event: Event) -> bool:
        if event.key in self._events:
            return False
        self._keep(event)
        return True

    async def acknowledge(self, key: str) -> None:
        self._events.pop(key, None)

    async def unacknowledged(self) -> Sequence[Event]:
        return list(self._events.values())


class MemoryFiles:
    """Keeps files in memory: none over `limit` bytes, and no `.exe`."""

    def __init__(self, limit: int = 1000) -> None:
        self.limit = limit
        self._kept: dict[str, bytes] = {}

    async def save(self, name: str, media_type: str, chunks: AsyncIterator[bytes]) -> File:
        if name.endswith(".exe"):
            return File(id="", name=name, problem=FileProblem.FORBIDDEN_TYPE)
        content = b""
        async for chunk in chunks:
            content += chunk
            if len(content) > self.limit:
                return File(id="", name=name, size=len(content), problem=FileProblem.TOO_LARGE)
        sha256 = hashlib.sha256(content).hexdigest()
        self._kept[sha256] = content
        return File(id=sha256, name=name, media_type=media_type, size=len(content), sha256=sha256, excerpt="…")

    async def read(self, file: str) -> AsyncIterator[bytes]:
        if file not in self._kept:
            raise FileNotFoundError(file)
        yield self._kept[file]
