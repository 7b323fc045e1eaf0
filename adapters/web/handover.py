"""Hands what people did to the desk: in order per conversation, again and again until the desk has it."""

from __future__ import annotations

import asyncio
from collections import deque

import structlog

from adapters.web.ports import Workspace
from dialogs.events import Event
from dialogs.messages import Reply
from dialogs.ports import Sink

PAUSES = (0.2, 1.0, 3.0)
"""How long to wait before each further try, in seconds; then the rest of the conversation goes first."""
LATER = 30.0
"""When to come back to an event that failed all its tries, in seconds."""

_log = structlog.get_logger()


class Handover:
    """The way from the page to the desk. An event waits in the workspace until the desk has taken it."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._sink: Sink | None = None
        self._lanes: dict[str, deque[tuple[Event, asyncio.Future[Reply | None]]]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._closing = asyncio.Event()

    async def start(self, sink: Sink) -> None:
        """Begin, with what was left over from the last time."""
        self._sink = sink
        waiting = await self._workspace.unacknowledged()
        for event in waiting:
            if event.key not in self._begun():
                self.hand(event)

    def _begun(self) -> set[str]:
        return {event.key for lane in self._lanes.values() for event, _ in lane}

    def hand(self, event: Event) -> asyncio.Future[Reply | None]:
        """Line an event up; the future gives the desk's reply, or is cancelled when the page closes first."""
        future: asyncio.Future[Reply | None] = asyncio.get_running_loop().create_future()
        lane = self._lanes.get(event.place.key)
        if lane is not None:
            lane.append((event, future))
            return future
        self._lanes[event.place.key] = deque([(event, future)])
        self._spawn(event.place.key)
        return future

    def _spawn(self, lane: str) -> None:
        task = asyncio.create_task(self._run(lane))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _run(self, key: str) -> None:
        lane = self._lanes[key]
        while lane and not self._closing.is_set():
            event, future = lane[0]
            taken, reply = await self._deliver(event)
            lane.popleft()
            if taken and not future.done():
                future.set_result(reply)
            elif not taken:
                asyncio.get_running_loop().call_later(LATER, self._again, event, future)
        del self._lanes[key]
        for _, future in lane:
            future.cancel()

    def _again(self, event: Event, future: asyncio.Future[Reply | None]) -> None:
        if not self._closing.is_set():
            self.hand(event).add_done_callback(lambda done: _pass_on(done, future))

    async def _deliver(self, event: Event) -> tuple[bool, Reply | None]:
        reply: Reply | None = None
        for pause in (*PAUSES, None):
            try:
                assert self._sink is not None, "the page takes nothing before it is started"
                reply = await self._sink(event) or reply
                await self._workspace.acknowledge(event.key)
            except Exception:  # noqa: BLE001  whatever went wrong at the desk, the event is still ours
                _log.exception("page.event_not_taken", event_key=event.key)
                if pause is None or await self._closed_within(pause):
                    return False, None
            else:
                return True, reply
        raise AssertionError  # the last pause is None

    async def _closed_within(self, seconds: float) -> bool:
        try:
            await asyncio.wait_for(self._closing.wait(), seconds)
        except TimeoutError:
            return False
        return True

    async def close(self) -> None:
        """Finish the events that the desk is at; the others wait for the next start."""
        self._closing.set()
        await asyncio.gather(*self._tasks)


def _pass_on(done: asyncio.Future[Reply | None], future: asyncio.Future[Reply | None]) -> None:
    if future.done():
        return
    if done.cancelled():
        future.cancel()
    else:
        future.set_result(done.result())
