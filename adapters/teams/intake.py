"""From what happened in Teams to an event that is kept: once, and in the order of each conversation."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import replace
from time import monotonic
from weakref import WeakValueDictionary

import structlog

from adapters.teams.activities import is_channel
from adapters.teams.files import Files
from adapters.teams.happenings import Answer, Happening
from adapters.teams.identity import Directory
from adapters.teams.references import REMOVED, References
from dialogs.events import Event, Joined, Language, Person, Place, Platform, Said
from dialogs.messages import Reply
from dialogs.phrases import voice
from dialogs.ports import Sink

_log = structlog.get_logger(__name__)
_REMEMBERED = 20_000
_IN_LINE = 2.0


class ClosingError(Exception):
    """The process is about to stop and takes nothing more."""


class Intake:
    """Makes an event of what happened and hands it to the sink.

    Teams brings what is not answered in time again: deliveries of the same happening share one hand-over. For as
    many seconds as `patience` it is tried again where nothing could be kept, for Teams may not.
    """

    def __init__(
        self,
        *,
        directory: Directory,
        references: References,
        files: Files,
        sink: Sink,
        patience: float = 8.0,
        member_of: Callable[[str, Happening], Awaitable[bool]],
    ) -> None:
        self._directory = directory
        self._references = references
        self._files = files
        self._sink = sink
        self._patience = patience
        self._member_of = member_of
        self._running: dict[str, asyncio.Task[Reply | None]] = {}
        self._kept: OrderedDict[str, Reply | None] = OrderedDict()
        self._lanes: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._closing = False

    async def take(self, happening: Happening) -> Reply | None:
        """Hand a happening over; when this returns it is kept. One that comes again has the same answer.

        Raises:
            Exception: it is not kept, and Teams must not be told that it is.
        """
        key = happening.key
        if key in self._kept:
            return self._kept[key]
        task = self._running.get(key)
        if task is None:
            if self._closing:
                raise ClosingError
            task = self._running[key] = asyncio.create_task(self._hand_over(happening))
            task.add_done_callback(lambda done: self._settle(key, done))
        return await asyncio.shield(task)

    async def close(self, patience: float) -> None:
        """Take nothing more, and finish what was begun within so many seconds."""
        self._closing = True
        if self._running:
            await asyncio.wait(list(self._running.values()), timeout=patience)

    def _settle(self, key: str, done: asyncio.Task[Reply | None]) -> None:
        self._running.pop(key, None)
        if done.cancelled() or done.exception():
            return
        self._kept[key] = done.result()
        while len(self._kept) > _REMEMBERED:
            self._kept.popitem(last=False)

    async def _hand_over(self, happening: Happening) -> Reply | None:
        if happening.answer is not Answer.NOTHING:
            return await self._give(happening)
        lane = self._lanes.setdefault(happening.place.key, asyncio.Lock())
        waiting = asyncio.ensure_future(lane.acquire())
        # The order is worth a little waiting, but a large file must not hold up the next words.
        await asyncio.wait({waiting}, timeout=_IN_LINE)
        if not waiting.done():
            waiting.cancel()
            return await self._give(happening)
        try:
            return await self._give(happening)
        finally:
            lane.release()

    async def _give(self, happening: Happening) -> Reply | None:
        if isinstance(happening.what, Joined):
            await self._moved(happening, happening.what)
            return None
        actor = await self._directory.person(happening.sender, happening.origin, happening.place)
        await self._persist(
            lambda: self._references.heard(happening.origin, happening.sender, happening.place, actor.tenant)
        )
        what = happening.what
        if isinstance(what, Said) and happening.files:
            unnamed = voice(actor.language or Language.SPANISH)("teams.file.unnamed")
            what = replace(what, files=await self._files.fetch(happening.files, unnamed))
        if isinstance(what, Said) and happening.mentioned:
            named = (self._directory.person(one, happening.origin, happening.place) for one in happening.mentioned)
            what = replace(what, mentioned=tuple(await asyncio.gather(*named)))
        return await self._sunk(_event(happening, actor, replace(happening, what=what)))

    async def _moved(self, happening: Happening, what: Joined) -> None:
        """Follow who comes and goes. Two activities tell that the assistant itself came: they are one event."""
        place, origin = happening.place, happening.origin
        if not what.me:
            await self._members_moved(happening, what)
            return
        known = await self._references.get(place.channel)
        if what.left and known.dead == REMOVED:
            return
        key = f"teams:{origin.tenant}:{place.channel}:{'left' if what.left else 'here'}:{known.installs}"
        bot = Person(platform=Platform.TEAMS, tenant=origin.tenant, id=origin.bot)
        actor = await self._directory.person(happening.sender, origin, place) if place.direct else bot
        if not what.left:
            await self._persist(lambda: self._references.heard(origin, happening.sender, place, origin.tenant))
        await self._sunk(replace(_event(happening, actor, happening), key=key))
        if what.left:
            await self._persist(lambda: self._references.removed(place.channel))

    async def _members_moved(self, happening: Happening, what: Joined) -> None:
        """Tell of somebody's coming or going in each channel that is known of the team."""
        here = happening.place
        channels = {here.channel}
        if is_channel(here.channel):
            channels |= set((await self._references.get(happening.origin.team or here.channel)).channels)
        for channel in sorted(channels):
            place = Place(platform=Platform.TEAMS, channel=channel)
            moved = replace(happening, key=f"{happening.key}:{channel}", place=here if here.direct else place)
            # Not everybody of a team is in each of its channels.
            if what.left or channel == here.channel or await self._member_of(channel, moved):
                actor = await self._directory.person(moved.sender, moved.origin, moved.place)
                await self._sunk(_event(moved, actor, moved))

    async def _sunk(self, event: Event) -> Reply | None:
        return await self._persist(lambda: self._sink(event))

    async def _persist(self, work: Callable[[], Awaitable[Reply | None]]) -> Reply | None:
        until = monotonic() + self._patience
        while True:
            try:
                return await work()
            except Exception as error:
                if monotonic() >= until or self._closing:
                    raise
                _log.warning("teams.not_kept_yet", why=type(error).__name__)
                await asyncio.sleep(0.5)


def _event(happening: Happening, actor: Person, told: Happening) -> Event:
    return Event(key=happening.key, actor=actor, place=happening.place, at=happening.at, what=told.what)
