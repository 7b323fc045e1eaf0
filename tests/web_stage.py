"""The page in front of the whole assistant, used over HTTP: the same transcripts run through it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer
from pydantic import TypeAdapter

from adapters.web import WebAdapter
from bot.completions import completions
from bot.delivery import DeliveryWorker
from bot.directory import introduce_channels, introduce_people, page_channel
from bot.files import Files
from bot.samples import CHANNELS, people
from bot.settings import Settings, read_settings
from bot.timers import TimerWorker
from bot.turns import Turns
from dialogs.events import Platform
from dialogs.messages import Mail, message_text
from storage.backlog import read_backlog
from storage.database import Database
from storage.delivery_queue import DeliveryQueue
from storage.timer_queue import TimerQueue
from storage.workspace import StoredWorkspace
from tests.page import MESSAGE, Post, Visitor
from tests.stage import AT_ONCE, StillClock, mail_text, nothing_due

MAIL: TypeAdapter[Mail] = TypeAdapter(Mail)
CUSTOMERS = {"ana", "rosa", "luis", "kim"}
STEP = timedelta(hours=1)


class WebStage:
    """People with the page open in their browsers."""

    def __init__(self, database: Database, clock: StillClock, url: str, session: aiohttp.ClientSession) -> None:
        self._database = database
        self._workspace = StoredWorkspace(database)
        self._clock = clock
        self._url = url
        self._session = session
        self._visitors: dict[str, Visitor] = {}
        self._threads: dict[tuple[str, str], str] = {}
        self._heard: dict[str, tuple[int, int]] = {}
        self._seen: dict[str, int] = {}
        self._whispers: dict[str, list[str]] = {}
        self._forms: dict[str, dict[str, Any]] = {}

    def visitor(self, who: str) -> Visitor:
        if who not in self._visitors:
            self._visitors[who] = Visitor(self._url, who, self._session)
        return self._visitors[who]

    async def close(self) -> None:
        for visitor in self._visitors.values():
            await visitor.close()

    async def settle(self) -> None:
        """Wait until nothing is on its way: every event taken, every message sent, every tab up to date."""
        while await self._workspace.unacknowledged() or (await read_backlog(self._database, self._clock.now())).waiting:
            await asyncio.sleep(0.01)
        await self.visitor("carmen").catch_up()
        for visitor in list(self._visitors.values()):
            await visitor.catch_up()

    async def says(
        self, who: str, text: str, *, channel: str, files: tuple[str, ...] = (), new: bool = False, below: bool = False
    ) -> None:
        self._clock.advance(timedelta(seconds=1))
        thread = self._begun(channel) if below else None if new else self._thread(who, channel)
        post = await self.visitor(who).says(text, channel=channel, thread=thread, files=files)
        if thread is None:
            self._threads[channel, who] = post["id"]
        await self.settle()

    def _thread(self, who: str, channel: str) -> str | None:
        if who in CUSTOMERS or channel not in {"desk", "escalations"}:
            threads = [thread for (where, _), thread in self._threads.items() if where == channel]
            return self._threads.get((channel, who)) or (threads[-1] if threads else None)
        return self._begun(channel)

    def _begun(self, channel: str) -> str | None:
        begun = [post["id"] for post in self._posts(channel) if post["message"] and not post["thread"]]
        return begun[-1] if begun else None

    def _posts(self, channel: str) -> list[Post]:
        every = {post["id"]: post for visitor in self._visitors.values() for post in visitor.posts.values()}
        return sorted((one for one in every.values() if one["channel"] == channel), key=lambda one: one["number"])

    async def presses(self, who: str, name: str, *, channel: str) -> None:
        self._clock.advance(timedelta(seconds=1))
        for post in reversed(self._posts(channel)):
            for control in (post["message"] or {}).get("controls", ()):
                if control["name"] == name:
                    place = {"channel": channel, "thread": post["thread"], "message": post["id"]}
                    await self._acts(who, "pressed", name=name, value=control["value"], **place)
                    return
        raise AssertionError(f"no button {name} in {channel}")

    async def commands(self, who: str, text: str, *, channel: str) -> None:
        self._clock.advance(timedelta(seconds=1))
        await self._acts(who, "invoked", channel=channel, text=text)

    async def fills(self, who: str, values: dict[str, str]) -> None:
        view = self._forms[who]
        known = {one["name"]: one["value"] for one in view["inputs"]}
        channel = next((where for where, person in self._threads if person == who), "desk")
        form = {"form": view["form"], "token": view["token"], "values": known | values}
        await self._acts(who, "submitted", channel=channel, thread=self._thread(who, channel), **form)

    async def reacts(self, who: str, emoji: str, *, channel: str) -> None:
        self._clock.advance(timedelta(seconds=1))
        told = [post["id"] for post in self._posts(channel) if post["message"]]
        await self._acts(who, "reacted", message=told[-1], emoji=emoji, added=True)

    async def _acts(self, who: str, kind: str, **what: str | bool | dict[str, str] | None) -> None:
        reply = (await self.visitor(who).acts(kind, **what))["reply"]
        match reply:
            case {"kind": "whisper", "message": message}:
                self._whispers.setdefault(who, []).append(message_text(MESSAGE.validate_python(message)))
            case {"kind": "open_form", "view": view}:
                self._forms[who] = view
            case {"kind": "form_errors", "errors": errors}:
                self._whispers.setdefault(who, []).extend(errors.values())
        await self.settle()

    def _letters(self) -> list[Post]:
        return sorted(self.visitor("carmen").letters.values(), key=lambda one: one["number"])

    async def answers(self, text: str) -> None:
        self._clock.advance(timedelta(seconds=1))
        await self._acts("marta", "answered", letter=self._letters()[-1]["id"], text=text)

    async def waits(self, time: timedelta) -> None:
        move = "hour" if time >= STEP else "quarter"
        for _ in range(max(1, time // STEP)):
            address = f"{self._url}/api/clock"
            async with self._session.post(address, json={"move": move}, headers={"Origin": self._url}) as response:
                assert response.status == 200
        await nothing_due(self._database, self._clock)
        await self.settle()

    async def heard(self, channel: str) -> str:
        since = self._seen.get(channel, 0)
        if channel == "mail":
            letters = [one for one in self._letters() if one["number"] > since]
            self._seen[channel] = max([since, *(one["number"] for one in letters)])
            return "\n".join(mail_text(MAIL.validate_python(one["mail"])) for one in letters)
        news = [post for post in self._posts(channel) if post["change"] > since]
        self._seen[channel] = max([since, *(post["change"] for post in news)])
        said = [post["message"] for post in news if post["message"]]
        return "\n".join(message_text(MESSAGE.validate_python(one)) for one in said)

    async def whispered(self, who: str) -> str:
        return "\n".join(self._whispers.pop(who, []))


@asynccontextmanager
async def web_stage(database: Database, folder: Path, settings: Settings | None = None) -> AsyncIterator[WebStage]:
    """Run the assistant with its page, on a clock that moves only when told to."""
    settings, clock = settings or read_settings(AT_ONCE), StillClock()
    async with database.unit() as unit:
        await introduce_channels(unit, map(page_channel, CHANNELS))
        await introduce_people(unit, people(settings.organisation.name), clock.now())
        await unit.commit()
    adapters: dict[Platform, Any] = {}
    delivery = DeliveryWorker(DeliveryQueue(database, "stage"), adapters, clock)
    turns = Turns(database, settings, clock, delivery.news.set)
    timers = TimerWorker(TimerQueue(database, "stage"), turns.handle, clock)
    page = WebAdapter(
        StoredWorkspace(database),
        Files(folder, max_bytes=1_000_000, forbidden=frozenset({"exe"})),
        people=people(settings.organisation.name),
        channels=CHANNELS,
        now=clock.now,
        advance=timers.pass_time,
        zone=settings.zone.default,
        completions=completions(settings.cases.prefix),
        assistant=settings.organisation.name,
        max_megabytes=1,
    )
    adapters[Platform.WEB] = adapters[Platform.MAIL] = page
    application = web.Application()
    application.add_routes(page.routes())
    stopping = asyncio.Event()
    workers = [asyncio.create_task(delivery.run(stopping)), asyncio.create_task(timers.run(stopping))]
    await page.start(turns.handle)
    async with TestServer(application) as server, aiohttp.ClientSession() as session:
        url = str(server.make_url("")).rstrip("/")
        stage = WebStage(database, clock, url, session)
        try:
            yield stage
        finally:
            await stage.close()
            stopping.set()
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.gather(*workers)
            await page.close()
            await turns.close()
