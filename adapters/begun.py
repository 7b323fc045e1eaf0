"""What an adapter has begun and finishes before it hangs up."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class Begun:
    """Tasks in the middle of something that must not be cut off."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()

    @contextmanager
    def something(self) -> Iterator[None]:
        """Count the task that runs this among them until it leaves."""
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            yield
        finally:
            self._tasks.discard(task)

    async def finish(self, patience: float) -> None:
        """Wait for all but the task that asks, for so many seconds at most."""
        if others := self._tasks - {asyncio.current_task()}:
            await asyncio.wait(others, timeout=patience)
