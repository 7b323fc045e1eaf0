"""A desk that notes what it is handed and answers as a test says; a file store and a memory without a disk."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field

from dialogs.events import Event, File, FileProblem, Said
from dialogs.messages import Reply

LIMIT = 1 << 20


@dataclass
class Desk:
    """A sink. `answer` decides on a reply; an event counts as kept when it has not raised."""

    events: list[Event] = field(default_factory=list)
    answer: Callable[[Event], Reply | None] = lambda _: None
    before: Callable[[Event], Awaitable[None]] | None = None
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)
    _keys: set[str] = field(default_factory=set)

    async def __call__(self, event: Event) -> Reply | None:
        if self.before:
            await self.before(event)
        if event.key in self._keys:
            return None
        reply = self.answer(event)
        self._keys.add(event.key)
        async with self.changed:
            self.events.append(event)
            self.changed.notify_all()
        return reply

    async def until(self, number: int, *, seconds: float = 10.0) -> list[Event]:
        """Wait until so many events are kept."""
        async with asyncio.timeout(seconds), self.changed:
            await self.changed.wait_for(lambda: len(self.events) >= number)
        return self.events

    def said(self) -> list[str]:
        return [event.what.text for event in self.events if isinstance(event.what, Said)]


@dataclass
class Shelf:
    """A file store in memory; takes files of at most a megabyte."""

    contents: dict[str, bytes] = field(default_factory=dict)

    async def save(self, name: str, media_type: str, chunks: AsyncIterator[bytes]) -> File:
        content = b"".join([chunk async for chunk in chunks])
        number = f"file-{len(self.contents)}"
        if len(content) > LIMIT:
            return File(id=number, name=name, media_type=media_type, problem=FileProblem.TOO_LARGE)
        self.contents[number] = content
        return File(
            id=number,
            name=name,
            media_type=media_type,
            size=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
        )

    async def read(self, file: str) -> AsyncIterator[bytes]:
        yield self.contents[file]


@dataclass
class Notebook:
    """A memory."""

    kept: dict[str, str] = field(default_factory=dict)
    taken: frozenset[str] = frozenset()
    moved: list[tuple[str, str]] = field(default_factory=list)

    async def marks(self) -> Mapping[str, str]:
        return dict(self.kept)

    async def keep_marks(self, marks: Mapping[str, str]) -> None:
        self.kept |= marks

    async def known(self, keys: Sequence[str]) -> frozenset[str]:
        return self.taken & frozenset(keys)

    async def move_channel(self, old: str, new: str) -> None:
        self.moved.append((old, new))
