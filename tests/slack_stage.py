"""Slack in front of the whole assistant: the same transcripts run through it, over signed HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

from adapters.mail.adapter import MailAdapter
from adapters.slack.adapter import PATH, SlackAdapter
from adapters.slack.pace import Pace
from adapters.slack.text import escape, unescape
from bot.delivery import DeliveryWorker
from bot.directory import introduce_channels, page_channel
from bot.files import Files
from bot.membership import MembershipWorker
from bot.samples import CHANNELS, people
from bot.settings import Settings, read_settings
from bot.slack import StoredMemory
from bot.timers import TimerWorker
from bot.turns import Turns
from dialogs.events import Platform
from storage.backlog import read_backlog
from storage.database import Database
from storage.delivery_queue import DeliveryQueue
from storage.timer_queue import TimerQueue
from tests.fakes.mailbox import Mailbox
from tests.fakes.slack import MENTION, FakeSlack
from tests.fakes.slack.delivery import Answer
from tests.stage import AT_ONCE, StillClock, nothing_due

Json = dict[str, Any]

STAFF = {"desk", "escalations"}


class SlackStage:
    """People with Slack open."""

    def __init__(
        self, slack: FakeSlack, database: Database, clock: StillClock, timers: TimerWorker, mailbox: Mailbox
    ) -> None:
        self.slack = slack
        self._mailbox = mailbox
        self._database = database
        self._clock = clock
        self._timers = timers
        self._threads: dict[tuple[str, str], str] = {}
        self._forms: dict[str, str] = {}
        self._whispers: dict[str, list[str]] = {}
        self._heard: dict[str, int] = {}

    async def settle(self) -> None:
        """Wait until nothing is on its way: every event taken, every message sent."""
        await self.slack.settled()
        while self.slack.delivery.running or (await read_backlog(self._database, self._clock.now())).waiting:
            await asyncio.sleep(0.01)

    async def says(
        self, who: str, text: str, *, channel: str, files: tuple[str, ...] = (), new: bool = False, below: bool = False
    ) -> None:
        self._clock.advance(timedelta(seconds=1))
        thread = self._begun(channel) if below else None if new else self._thread(who, channel)
        added = [self._file(name) for name in files]
        written = escape(text).replace("@LDTelecom", MENTION)
        ts = self.slack.customer(who).says(channel, written, thread=thread, files=added)
        if thread is None and channel not in STAFF:
            self._threads[channel, who] = ts
        await self.settle()

    def _file(self, name: str) -> Json:
        kind = "image/png" if name.endswith("png") else "text/plain"
        return self.slack.add_file(name, f"content of {name}".encode(), kind)

    def _thread(self, who: str, channel: str) -> str | None:
        if channel in STAFF:
            return self._begun(channel)
        threads = [thread for (where, _), thread in self._threads.items() if where == channel]
        return self._threads.get((channel, who)) or (threads[-1] if threads else None)

    def _begun(self, channel: str) -> str | None:
        begun = [post["ts"] for post in self.slack.posts(channel) if post.get("thread_ts") in {None, post["ts"]}]
        return begun[-1] if begun else None

    async def presses(self, who: str, name: str, *, channel: str) -> None:
        self._clock.advance(timedelta(seconds=1))
        for post in reversed(self.slack.posts(channel)):
            for block in post.get("blocks", ()):
                if any(one.get("action_id") == name for one in block.get("elements", ())):
                    await self.acts(who, self.slack.customer(who).presses(channel, post["ts"], name))
                    return
        raise AssertionError(f"no button {name} in {channel}")

    async def commands(self, who: str, text: str, *, channel: str) -> None:
        self._clock.advance(timedelta(seconds=1))
        name, _, rest = text.removeprefix("/").partition(" ")
        # Slack keeps commands to our own workspace; there a customer may be a guest.
        await self.acts(who, self.slack.customer(who).commands(channel, name, escape(rest), as_guest=True))

    async def fills(self, who: str, values: dict[str, str]) -> None:
        await self.acts(who, self.slack.customer(who).submits(self._forms[who], **values))

    async def reacts(self, who: str, emoji: str, *, channel: str) -> None:
        self._clock.advance(timedelta(seconds=1))
        self.slack.customer(who).reacts(channel, self.slack.posts(channel)[-1]["ts"], emoji)
        await self.settle()

    async def acts(self, who: str, doing: Any) -> None:
        """Somebody does something that Slack waits for; note what is opened for them and told to them alone."""
        before, whispered = set(self.slack.world.views), len(self.slack.world.whispers)
        answer: Answer = await doing
        assert answer.ok, "Slack would show an error"
        told = [answer.payload["text"]] if "text" in answer.payload else []
        for name in set(self.slack.world.views) - before:
            self._forms[who] = name
            if "submit" not in (view := self.slack.world.views[name]):  # what took its time is told in a modal
                told.append(texts(view["blocks"]))
        told += answer.payload.get("errors", {}).values()
        told += [whisper["text"] for whisper in self.slack.world.whispers[whispered:]]
        self._whispers.setdefault(who, []).extend(map(unescape, told))
        await self.settle()

    async def answers(self, text: str) -> None:
        self._clock.advance(timedelta(seconds=1))
        await self._mailbox.answers(text, self._clock.now())
        await self.settle()

    async def waits(self, time: timedelta) -> None:
        await self._timers.pass_time(time)
        await nothing_due(self._database, self._clock)
        await self.settle()

    async def heard(self, channel: str) -> str:
        if channel == "mail":
            return self._mailbox.news()
        where = self.slack.channel(channel).id
        said = [
            unescape(arguments["text"])
            for method, arguments in self.slack.web.calls
            if method in {"chat.postMessage", "chat.update"} and arguments["channel"] == where
        ]
        since, self._heard[channel] = self._heard.get(channel, 0), len(said)
        return "\n".join(said[since:])

    async def whispered(self, who: str) -> str:
        return "\n".join(self._whispers.pop(who, []))


def texts(value: Any) -> str:
    """Return all words of blocks in order."""
    match value:
        case {"type": "text" | "plain_text", "text": str(text)}:
            return text
        case dict():
            return "".join(texts(item) for item in value.values())
        case list() | tuple():
            return "".join(texts(item) for item in value)
        case _:
            return ""


def _cast(slack: FakeSlack, organisation: str) -> None:
    """Give the people of Slack the names and zones that the stories know them by."""
    for sample in people(organisation):
        user = slack.world.user(sample.id)
        user.name, user.zone, user.open = sample.name, sample.zone, True
        user.locale = f"{sample.language}-US"


async def _known(database: Database, channel_key: str) -> None:
    """Wait until the desk knows who is in a channel."""
    members: frozenset[str] = frozenset()
    while not members:
        await asyncio.sleep(0.01)
        async with database.unit() as unit:
            members = await unit.members.of(channel_key)


@asynccontextmanager
async def slack_stage(database: Database, folder: Path, settings: Settings | None = None) -> AsyncIterator[SlackStage]:
    """Run the assistant on Slack, on a clock that moves only when told to."""
    settings, clock = settings or read_settings(AT_ONCE), StillClock()
    async with FakeSlack(clock=lambda: clock.now().timestamp()) as slack:
        slack.delivery.ack_within = 60.0  # a story is about what is said; what is late has tests of its own
        _cast(slack, settings.organisation.name)
        here = [replace(one, id=slack.channel(one.id).id) for one in CHANNELS]
        async with database.unit() as unit:
            channels = [page_channel(one).model_copy(update={"platform": Platform.SLACK}) for one in here]
            await introduce_channels(unit, channels)
            await unit.commit()
        adapters: dict[Platform, Any] = {}
        delivery = DeliveryWorker(DeliveryQueue(database, "stage"), adapters, clock)
        turns = Turns(database, settings, clock, delivery.news.set)
        timers = TimerWorker(TimerQueue(database, "stage"), turns.handle, clock)
        adapter = SlackAdapter(
            bot_token=slack.bot_token,
            signing_secret=slack.signing_secret,
            files=Files(folder, max_bytes=1_000_000, forbidden=frozenset({"exe"})),
            memory=StoredMemory(database),
            now=clock.now,
            api_url=slack.api_url,
            pace=Pace(speed=1000),
        )
        adapters[Platform.SLACK] = adapter
        mailbox = Mailbox(turns.handle, folder)
        adapters[Platform.MAIL] = MailAdapter(mailbox, mailbox.files, sender="soporte@ld.example", now=clock.now)
        application = web.Application()
        application.add_routes(adapter.routes())
        await adapter.start(turns.handle)
        members = MembershipWorker(database, adapters, turns.handle, clock)
        stopping = asyncio.Event()
        workers = [asyncio.create_task(one.run(stopping)) for one in (delivery, timers, members)]
        async with TestServer(application) as server:
            slack.deliver_to(str(server.make_url(PATH)))
            try:
                await _known(database, f"slack:{slack.channel('escalations').id}")
                yield SlackStage(slack, database, clock, timers, mailbox)
            finally:
                stopping.set()
                await asyncio.gather(*workers)
                await adapter.close()
                await turns.close()
