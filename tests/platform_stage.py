"""What the stages of the platforms have in common: the whole assistant behind a fake one, on a still clock."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

from adapters.mail.adapter import MailAdapter
from bot.delivery import DeliveryWorker
from bot.directory import introduce_channels, page_channel
from bot.files import Files
from bot.membership import MembershipWorker
from bot.samples import CHANNELS
from bot.settings import Settings
from bot.timers import TimerWorker
from bot.turns import Turns
from dialogs.events import Platform
from storage.backlog import read_backlog
from storage.database import Database
from storage.delivery_queue import DeliveryQueue
from storage.timer_queue import TimerQueue
from tests.fakes.mailbox import Mailbox
from tests.stage import StillClock, nothing_due

STAFF = {"desk", "escalations"}


@dataclass(frozen=True)
class House:
    """The assistant without its platform, and where that brings what happens."""

    database: Database
    clock: StillClock
    timers: TimerWorker
    mailbox: Mailbox
    server: TestServer


class PlatformStage(ABC):
    """People with a platform open: what they do there besides writing, and what they hear."""

    def __init__(self, house: House) -> None:
        self._database = house.database
        self._clock = house.clock
        self._timers = house.timers
        self._mailbox = house.mailbox
        self._threads: dict[tuple[str, str], str] = {}
        self._whispers: dict[str, list[str]] = {}
        self._heard: dict[str, int] = {}

    @abstractmethod
    async def _arrived(self) -> bool:
        """Wait until what happened was taken in; return whether more has happened meanwhile."""

    @abstractmethod
    def _begun(self, channel: str) -> str | None:
        """Return the thread that the assistant began last in a channel."""

    @abstractmethod
    def _said(self, channel: str) -> list[str]:
        """Return all that the assistant said in a channel, or changed there, in order."""

    async def settle(self) -> None:
        """Wait until nothing is on its way: every event taken, every message sent."""
        while await self._arrived() or (await read_backlog(self._database, self._clock.now())).waiting:
            await asyncio.sleep(0.01)

    def _next(self) -> None:
        """A second passes between two things that people do."""
        self._clock.advance(timedelta(seconds=1))

    def _thread(self, who: str, channel: str, *, new: bool, below: bool) -> str | None:
        """Return where somebody writes: below what the assistant began, at the top, in their own thread or the last."""
        if below or (channel in STAFF and not new):
            return self._begun(channel)
        threads = [thread for (where, _), thread in self._threads.items() if where == channel]
        return None if new else self._threads.get((channel, who)) or (threads[-1] if threads else None)

    async def _wrote(self, who: str, channel: str, message: str, thread: str | None) -> None:
        if thread is None and channel not in STAFF:
            self._threads[channel, who] = message
        await self.settle()

    async def answers(self, text: str) -> None:
        self._next()
        await self._mailbox.answers(text, self._clock.now())
        await self.settle()

    async def waits(self, time: timedelta) -> None:
        await self._timers.pass_time(time)
        await nothing_due(self._database, self._clock)
        await self.settle()

    async def heard(self, channel: str) -> str:
        if channel == "mail":
            return self._mailbox.news()
        said = self._said(channel)
        since, self._heard[channel] = self._heard.get(channel, 0), len(said)
        return "\n".join(said[since:])

    async def whispered(self, who: str) -> str:
        return "\n".join(self._whispers.pop(who, []))


@asynccontextmanager
async def housed(
    adapter: Callable[[Files], Any],
    *,
    platform: Platform,
    id_of: Callable[[str], str],
    database: Database,
    folder: Path,
    settings: Settings,
    clock: StillClock,
) -> AsyncIterator[House]:
    """Run the assistant behind an adapter. `id_of` gives the platform's id of a channel of the samples."""
    here = [replace(one, id=id_of(one.id)) for one in CHANNELS]
    async with database.unit() as unit:
        await introduce_channels(unit, [page_channel(one).model_copy(update={"platform": platform}) for one in here])
        await unit.commit()
    adapters: dict[Platform, Any] = {}
    delivery = DeliveryWorker(DeliveryQueue(database, "stage"), adapters, clock)
    turns = Turns(database, settings, clock, delivery.news.set)
    timers = TimerWorker(TimerQueue(database, "stage"), turns.handle, clock)
    front = adapters[platform] = adapter(Files(folder, max_bytes=1_000_000, forbidden=frozenset({"exe"})))
    mailbox = Mailbox(turns.handle, folder)
    adapters[Platform.MAIL] = MailAdapter(mailbox, mailbox.files, sender="soporte@ld.example", now=clock.now)
    application = web.Application()
    application.add_routes(front.routes())
    await front.start(turns.handle)
    stopping = asyncio.Event()
    working = (delivery, timers, MembershipWorker(database, adapters, turns.handle, clock))
    workers = [asyncio.create_task(one.run(stopping)) for one in working]
    async with TestServer(application) as server:
        try:
            await _known(database, f"{platform}:{id_of('escalations')}")
            yield House(database, clock, timers, mailbox, server)
        finally:
            stopping.set()
            await asyncio.gather(*workers)
            await front.close()
            await turns.close()


async def _known(database: Database, channel_key: str) -> None:
    """Wait until the desk knows who is in a channel."""
    members: frozenset[str] = frozenset()
    while not members:
        await asyncio.sleep(0.01)
        async with database.unit() as unit:
            members = await unit.members.of(channel_key)
