"""Turns: every event is handled once, inside a transaction that commits before the platform is told."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace

import structlog
from pydantic import TypeAdapter

from bot.clock import Clock
from bot.desk.places import channel_place, desk_channel
from bot.links import Links
from bot.routing import route
from bot.settings import Settings
from bot.turn import Turn
from dialogs.events import Deleted, Edited, Event, Invoked, Mailed, Place, Said, Submitted, TimerFired
from dialogs.messages import Message, Paragraph, Reply
from dialogs.phrases import voice
from dialogs.reading.text import clean
from storage.database import Database
from storage.errors import StoreError
from storage.unit import UnitOfWork

BATCH = 32
"""Most events to commit together; more would make the first of them wait without saving much."""

_EVENT: TypeAdapter[Event] = TypeAdapter(Event)

log = structlog.get_logger()


@dataclass(slots=True)
class _Waiting:
    event: Event
    answer: asyncio.Future[Reply | None]


class Turns:
    """Takes events and answers when they are kept.

    Events that arrive while a transaction is being committed go together into the next one: a busy desk pays
    for one commit, not for thirty. `committed` is called after each commit, to wake whoever delivers.
    """

    def __init__(
        self,
        database: Database,
        settings: Settings,
        clock: Clock,
        committed: Callable[[], None],
        links: Links | None = None,
    ) -> None:
        self._database = database
        self._settings = settings
        self._clock = clock
        self._committed = committed
        self._links = links
        self._queue: deque[_Waiting] = deque()
        self._worker: asyncio.Task[None] | None = None

    async def handle(self, event: Event) -> Reply | None:
        """Handle an event and return what the platform is owed at once.

        When this returns the event is kept, or had been before. It may have been handled together with others.

        Raises:
            StoreError: nothing was kept; the event has to come again.
        """
        waiting = _Waiting(event, asyncio.get_running_loop().create_future())
        self._queue.append(waiting)
        if self._worker is None or self._worker.done():
            self._worker = asyncio.create_task(self._work())
        return await waiting.answer

    async def close(self) -> None:
        """Finish what was begun."""
        if self._worker is not None:
            await self._worker

    async def _work(self) -> None:
        while self._queue:
            batch = [self._queue.popleft() for _ in range(min(BATCH, len(self._queue)))]
            try:
                await self._settle(batch)
            except BaseException as error:
                for waiting in batch:
                    if not waiting.answer.done():
                        waiting.answer.set_exception(error)
                if not isinstance(error, Exception):
                    raise

    async def _settle(self, batch: list[_Waiting]) -> None:
        try:
            replies = await self._commit([waiting.event for waiting in batch])
        except Exception as error:
            if len(batch) > 1:
                # One bad event must not take the others with it.
                for waiting in batch:
                    await self._settle([waiting])
                return
            if isinstance(error, StoreError):
                raise
            log.exception("turn_failed", event_key=batch[0].event.key, conversation=batch[0].event.place.key)
            await self._apologise(batch[0].event)
            replies = [None]
        for waiting, reply in zip(batch, replies, strict=True):
            if not waiting.answer.done():
                waiting.answer.set_result(reply)

    async def _commit(self, events: list[Event]) -> list[Reply | None]:
        async with self._database.unit() as unit:
            fresh = await self._begin(unit, events)
            replies = [await self._turn(unit, event, fresh) for event in events]
            await unit.commit()
        self._committed()
        return replies

    async def _begin(self, unit: UnitOfWork, events: list[Event]) -> set[str]:
        """Take the events in, and read what their turns will ask for; return the keys that are new."""
        arrived = [event for event in events if not isinstance(event.what, TimerFired)]
        fresh = await unit.inbox.accept_all([(one.key, one.actor.platform) for one in arrived], self._clock.now())
        new = [event for event in arrived if event.key in fresh]
        if not new:
            return fresh
        await unit.conversations.hold({_place_of(event).key for event in new})
        await unit.members.load({event.actor.key for event in new})
        return fresh

    async def _turn(self, unit: UnitOfWork, event: Event, fresh: set[str]) -> Reply | None:
        turn = Turn(unit, _cleaned(event), self._clock.now(), self._settings, self._links)
        if isinstance(event.what, TimerFired):
            new = await unit.timers.finish(event.key)
        else:
            new = event.key in fresh
            fresh.discard(event.key)  # the same event may be twice in one batch
        if new:
            await route(turn)
        return turn.reply

    async def _apologise(self, event: Event) -> None:
        """Keep an event that could not be handled, and say so, rather than meet it again for ever."""
        language = event.actor.language or self._settings.languages.default
        key = "bot.mail_failed" if isinstance(event.what, Mailed) else "bot.turn_failed"
        apology = Message(blocks=(Paragraph(voice(language).spans(key)),), language=language)
        async with self._database.unit() as unit:
            turn = Turn(unit, event, self._clock.now(), self._settings)
            if isinstance(event.what, TimerFired):
                await unit.timers.finish(event.key)
            payload = _EVENT.dump_json(event).decode()
            await unit.inbox.accept(event.key, event.actor.platform, turn.now, payload)
            if place := await _answered_in(turn):
                turn.post(place, apology)
            await unit.commit()
        self._committed()


def _place_of(event: Event) -> Place:
    """Return the conversation of an event: what is said at the top of a channel begins one, or began it."""
    place = event.place
    match event.what:
        case Said(message=message) | Edited(message=message) | Deleted(message=message) if place.thread is None:
            return place if place.direct else replace(place, thread=message)
        case _:
            return place


async def _answered_in(turn: Turn) -> Place | None:
    """Return where an answer belongs: in the conversation of what happened; of mail, at the desk."""
    if not isinstance(turn.event.what, Mailed):
        return _place_of(turn.event)
    desk = await desk_channel(turn, turn.event.place.platform)
    return channel_place(desk) if desk else None


def _cleaned(event: Event) -> Event:
    match event.what:
        case Said() | Edited() | Invoked() as what:
            return replace(event, what=replace(what, text=clean(what.text)))
        case Mailed() as what:
            return replace(event, what=replace(what, text=clean(what.text), subject=clean(what.subject)))
        case Submitted(values=values) as what:
            return replace(event, what=replace(what, values={name: clean(text) for name, text in values.items()}))
        case _:
            return event
