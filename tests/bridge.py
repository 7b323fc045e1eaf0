"""One case on two platforms: the customer on one, the desk on another, each of them real but for its servers."""

from __future__ import annotations

import asyncio
import html
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any, Protocol

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer

from adapters.slack.adapter import PATH as SLACK_PATH
from adapters.slack.adapter import SlackAdapter
from adapters.slack.pace import Pace as SlackPace
from adapters.slack.text import escape, unescape
from adapters.teams.adapter import PATH as TEAMS_PATH
from adapters.teams.adapter import TeamsAdapter
from adapters.teams.pace import Pace as TeamsPace
from adapters.web import WebAdapter
from bot.delivery import DeliveryWorker
from bot.directory import introduce_channels, introduce_people, page_channel
from bot.files import Files
from bot.membership import MembershipWorker
from bot.samples import CHANNELS, people
from bot.settings import read_settings
from bot.slack import StoredMemory as SlackMemory
from bot.teams import StoredMemory as TeamsMemory
from bot.timers import TimerWorker
from bot.turns import Turns
from dialogs.cases import ChannelRole
from dialogs.events import Platform
from dialogs.messages import message_text
from storage.database import Database
from storage.delivery_queue import DeliveryQueue
from storage.timer_queue import TimerQueue
from storage.workspace import StoredWorkspace
from tests.fakes.slack import MENTION as SLACK_MENTION
from tests.fakes.slack import FakeSlack
from tests.fakes.teams import MENTION, FakeTeams
from tests.fakes.teams.people import actions, card_of, name_of
from tests.page import MESSAGE, Visitor
from tests.stage import AT_ONCE, StillClock
from tests.teams_stage import text_of

Json = dict[str, Any]


class Side(Protocol):
    """A platform as the people on it see it. Channels are `acme` and `desk`."""

    async def says(self, who: str, text: str, channel: str, *, thread: str | None = None, file: str = "") -> str: ...

    async def presses(self, who: str, name: str, channel: str) -> None: ...

    async def commands(self, who: str, text: str, channel: str) -> None: ...

    async def edits(self, who: str, channel: str, message: str, text: str) -> None: ...

    async def texts(self, channel: str) -> list[str]:
        """What the assistant's messages in a channel say now."""

    def down(self, *, down: bool) -> None: ...


@dataclass
class TeamsSide:
    teams: FakeTeams

    async def says(self, who: str, text: str, channel: str, *, thread: str | None = None, file: str = "") -> str:
        added = (self.teams.file(file, b"content"),) if file else ()
        seen = html.escape(text, quote=False)
        written = seen if thread else f"{MENTION} {seen}"
        return self.teams.someone(who).says(channel, written, thread=thread, attachments=added)

    async def presses(self, who: str, name: str, channel: str) -> None:
        for post in reversed(self.teams.posts(channel)):
            for action in actions(card_of(post)):
                if name_of(action) == name:
                    answer = await self.teams.someone(who).acts(self.teams.chat(channel), post, action, {})
                    assert answer.status == 200
                    return
        raise AssertionError(f"no {name}")

    async def commands(self, who: str, text: str, channel: str) -> None:
        self.teams.someone(who).says(channel, f"{MENTION} caso {html.escape(text, quote=False)}")

    async def edits(self, who: str, channel: str, message: str, text: str) -> None:
        self.teams.someone(who).edits(channel, message, text)

    async def texts(self, channel: str) -> list[str]:
        return [text_of(post["activity"]) for post in self.teams.posts(channel)]

    def down(self, *, down: bool) -> None:
        self.teams.faults.down = down


@dataclass
class SlackSide:
    slack: FakeSlack

    async def says(self, who: str, text: str, channel: str, *, thread: str | None = None, file: str = "") -> str:
        added = [self.slack.add_file(file, b"content", "image/png")] if file else []
        written = escape(text) if thread else f"{SLACK_MENTION} {escape(text)}"
        return self.slack.customer(who).says(channel, written, thread=thread, files=added)

    async def presses(self, who: str, name: str, channel: str) -> None:
        for post in reversed(self.slack.posts(channel)):
            for block in post.get("blocks", ()):
                if any(one.get("action_id") == name for one in block.get("elements", ())):
                    assert (await self.slack.customer(who).presses(channel, post["ts"], name)).ok
                    return
        raise AssertionError(f"no {name}")

    async def commands(self, who: str, text: str, channel: str) -> None:
        assert (await self.slack.customer(who).commands(channel, "caso", escape(text))).ok

    async def edits(self, who: str, channel: str, message: str, text: str) -> None:
        self.slack.customer(who).edits(channel, message, text)

    async def texts(self, channel: str) -> list[str]:
        return [self._text(post) for post in self.slack.posts(channel)]

    def _text(self, post: Json) -> str:
        files = "\n".join(f"📎 {file['name']}" for file in post.get("files") or () if "name" in file)
        return "\n".join(filter(None, (unescape(post.get("text") or ""), files)))

    def down(self, *, down: bool) -> None:
        self.slack.faults.down = down


@dataclass
class PageSide:
    url: str
    session: aiohttp.ClientSession
    visitors: dict[str, Visitor]

    def _visitor(self, who: str) -> Visitor:
        if who not in self.visitors:
            self.visitors[who] = Visitor(self.url, who, self.session)
        return self.visitors[who]

    async def says(self, who: str, text: str, channel: str, *, thread: str | None = None, file: str = "") -> str:
        files = (file,) if file else ()
        return str((await self._visitor(who).says(text, channel=channel, thread=thread, files=files))["id"])

    async def presses(self, who: str, name: str, channel: str) -> None:
        for post in reversed(await self._posts(channel)):
            for control in (post["message"] or {}).get("controls", ()):
                if control["name"] == name:
                    place = {"channel": channel, "thread": post["thread"], "message": post["id"]}
                    await self._visitor(who).acts("pressed", name=name, value=control["value"], **place)
                    return
        raise AssertionError(f"no {name}")

    async def commands(self, who: str, text: str, channel: str) -> None:
        await self._visitor(who).acts("invoked", channel=channel, text=f"/caso {text}")

    async def edits(self, who: str, channel: str, message: str, text: str) -> None:
        await self._visitor(who).acts("edited", message=message, text=text)

    async def texts(self, channel: str) -> list[str]:
        said = [post["message"] for post in await self._posts(channel) if post["message"]]
        return [message_text(MESSAGE.validate_python(one)) for one in said]

    async def _posts(self, channel: str) -> list[Json]:
        who = self._visitor("ana" if channel == "acme" else "marta")
        await who.catch_up()
        return sorted((one for one in who.posts.values() if one["channel"] == channel), key=lambda one: one["number"])

    def down(self, *, down: bool) -> None:
        raise NotImplementedError("the page is as near as the assistant itself")


@dataclass
class Bridge:
    """The customer's side and the desk's, and the clock between them."""

    customer: Side
    desk: Side
    clock: StillClock
    _delivery: DeliveryWorker

    async def passes(self, time: timedelta) -> None:
        """Let time pass, a little at a time: what waits is tried as it comes due."""
        for _ in range(max(1, time // timedelta(minutes=1))):
            self.clock.advance(min(time, timedelta(minutes=1)))
            self._delivery.news.set()
            await asyncio.sleep(0.05)

    async def sees(self, side: Side, channel: str, text: str, *, seconds: float = 20.0) -> str:
        """Wait until the assistant said something, and return that message."""
        said: list[str] = []
        until = asyncio.get_running_loop().time() + seconds
        while asyncio.get_running_loop().time() < until:
            said = await side.texts(channel)
            if found := next((one for one in reversed(said) if text in one), None):
                return found
            await asyncio.sleep(0.05)
        raise AssertionError(f"«{text}» was not said in {channel}:\n" + "\n--\n".join(said))


@asynccontextmanager
async def bridge(database: Database, folder: Path, *, customer: Platform, desk: Platform) -> AsyncIterator[Bridge]:
    """Run the assistant with its customers on one platform and its desk on another."""
    settings, clock = read_settings(AT_ONCE), StillClock()
    async with AsyncExitStack() as stack:
        teams = await stack.enter_async_context(FakeTeams(clock=lambda: clock.now().timestamp()))
        slack = await stack.enter_async_context(FakeSlack(clock=lambda: clock.now().timestamp()))
        for sample in people(settings.organisation.name):
            teams.world.user(sample.id).name = slack.world.user(sample.id).name = sample.name
        async with database.unit() as unit:
            for sample_channel in CHANNELS:
                platform = customer if sample_channel.role is ChannelRole.CUSTOMER else desk
                ids = {Platform.TEAMS: teams.chat, Platform.SLACK: slack.channel}
                known = ids[platform](sample_channel.id).id if platform in ids else sample_channel.id
                named = page_channel(replace(sample_channel, id=known)).model_copy(update={"platform": platform})
                await introduce_channels(unit, [named])
            if Platform.WEB in {customer, desk}:
                await introduce_people(unit, people(settings.organisation.name), clock.now())
            await unit.commit()
        files = Files(folder, max_bytes=1_000_000, forbidden=frozenset({"exe"}))
        adapters: dict[Platform, Any] = {}
        delivery = DeliveryWorker(DeliveryQueue(database, "bridge"), adapters, clock)
        turns = Turns(database, settings, clock, delivery.news.set)
        timers = TimerWorker(TimerQueue(database, "bridge"), turns.handle, clock)
        if Platform.TEAMS in {customer, desk}:
            adapters[Platform.TEAMS] = TeamsAdapter(
                files=files,
                memory=TeamsMemory(database),
                now=clock.now,
                pace=TeamsPace(speed=1000),
                service_url=teams.service_url,
                **teams.credentials,
            )
        if Platform.SLACK in {customer, desk}:
            adapters[Platform.SLACK] = SlackAdapter(
                bot_token=slack.bot_token,
                signing_secret=slack.signing_secret,
                files=files,
                memory=SlackMemory(database),
                now=clock.now,
                api_url=slack.api_url,
                pace=SlackPace(speed=1000),
            )
        if Platform.WEB in {customer, desk}:
            adapters[Platform.WEB] = _page(database, files, clock)
        application = web.Application()
        for adapter in adapters.values():
            application.add_routes(adapter.routes())
            await adapter.start(turns.handle)
        stopping = asyncio.Event()
        working = (delivery, timers, MembershipWorker(database, adapters, turns.handle, clock))
        workers = [asyncio.create_task(one.run(stopping)) for one in working]
        server = await stack.enter_async_context(TestServer(application))
        session = await stack.enter_async_context(aiohttp.ClientSession())
        teams.url = str(server.make_url(TEAMS_PATH))
        slack.deliver_to(str(server.make_url(SLACK_PATH)))
        page = PageSide(str(server.make_url("")).rstrip("/"), session, {})
        sides: dict[Platform, Side] = {
            Platform.TEAMS: TeamsSide(teams),
            Platform.SLACK: SlackSide(slack),
            Platform.WEB: page,
        }
        try:
            await _staffed(database)
            yield Bridge(sides[customer], sides[desk], clock, delivery)
        finally:
            for visitor in page.visitors.values():
                await visitor.close()
            stopping.set()
            await asyncio.gather(*workers)
            for adapter in adapters.values():
                await adapter.close()
            await turns.close()


async def _staffed(database: Database) -> None:
    """Wait until the desk knows who works there."""
    while True:
        async with database.unit() as unit:
            if await unit.people.in_channels(ChannelRole.DESK):
                return
        await asyncio.sleep(0.01)


def _page(database: Database, files: Files, clock: StillClock) -> WebAdapter:
    async def advance(by: timedelta) -> None:
        clock.advance(by)

    return WebAdapter(
        StoredWorkspace(database),
        files,
        people=people("LDTelecom"),
        channels=CHANNELS,
        now=clock.now,
        advance=advance,
        zone="America/New_York",
        completions=(),
        assistant="LDTelecom",
        max_megabytes=1,
    )
