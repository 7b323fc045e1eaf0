"""Teams in front of the whole assistant: the same transcripts run through it, signed and over HTTP."""

from __future__ import annotations

import asyncio
import html
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

from adapters.mail.adapter import MailAdapter
from adapters.teams.adapter import PATH, TeamsAdapter
from adapters.teams.pace import Pace
from bot.delivery import DeliveryWorker
from bot.directory import introduce_channels, page_channel
from bot.files import Files
from bot.membership import MembershipWorker
from bot.samples import CHANNELS, people
from bot.settings import Settings, read_settings
from bot.teams import StoredMemory
from bot.timers import TimerWorker
from bot.turns import Turns
from dialogs.events import Platform
from storage.backlog import read_backlog
from storage.database import Database
from storage.delivery_queue import DeliveryQueue
from storage.timer_queue import TimerQueue
from tests.fakes.mailbox import Mailbox
from tests.fakes.teams import MENTION, FakeTeams
from tests.fakes.teams.people import actions, card_of, name_of, walk
from tests.fakes.teams.server import Answer
from tests.fakes.teams.world import ACME, GLOBEX
from tests.stage import AT_ONCE, StillClock, nothing_due

Json = dict[str, Any]

_REACTIONS = {"eyes": "1f440_eyes", "white_check_mark": "2705_whiteheavycheckmark", "ticket": "1f3ab_ticket"}
STAFF = {"desk", "escalations"}
_OFFSET = re.compile(r", UTC[+−]\d+(?::\d\d)?(?=\))| \(UTC[+−]\d+(?::\d\d)?\)")


class TeamsStage:
    """People with Teams open."""

    def __init__(
        self, teams: FakeTeams, database: Database, clock: StillClock, timers: TimerWorker, mailbox: Mailbox
    ) -> None:
        self._teams = teams
        self._mailbox = mailbox
        self._database = database
        self._clock = clock
        self._timers = timers
        self._threads: dict[tuple[str, str], str] = {}
        self._dialogs: dict[str, tuple[str, Json, Json]] = {}
        self._typed: dict[str, tuple[str, str]] = {}
        self._whispers: dict[str, list[str]] = {}
        self._heard: dict[str, int] = {}

    async def settle(self) -> None:
        """Wait until nothing is on its way: every activity taken, every message sent."""
        await self._teams.settled()
        while self._teams.running or (await read_backlog(self._database, self._clock.now())).waiting:
            await asyncio.sleep(0.01)

    async def says(
        self, who: str, text: str, *, channel: str, files: tuple[str, ...] = (), new: bool = False, below: bool = False
    ) -> None:
        self._clock.advance(timedelta(seconds=1))
        thread = self._begun(channel) if below else None if new else self._thread(who, channel)
        written = html.escape(text, quote=False).replace("@LDTelecom", MENTION)
        added = tuple(self._teams.file(name, f"content of {name}".encode()) for name in files)
        name = self._teams.someone(who).says(channel, written, thread=thread, attachments=added)
        if thread is None and channel not in STAFF:
            self._threads[channel, who] = name
        await self.settle()

    def _thread(self, who: str, channel: str) -> str | None:
        if channel in STAFF:
            return self._begun(channel)
        threads = [thread for (where, _), thread in self._threads.items() if where == channel]
        return self._threads.get((channel, who)) or (threads[-1] if threads else None)

    def _begun(self, channel: str) -> str | None:
        begun = [post["id"] for post in self._teams.posts(channel) if not post["thread"]]
        return begun[-1] if begun else None

    async def presses(self, who: str, name: str, *, channel: str) -> None:
        self._clock.advance(timedelta(seconds=1))
        for post in reversed(self._teams.posts(channel)):
            for action in actions(card_of(post)):
                if name_of(action) == name:
                    answer = await self._teams.someone(who).acts(self._teams.chat(channel), post, action, {})
                    await self._answered(who, answer, channel, post)
                    return
        raise AssertionError(f"no button {name} in {channel}")

    async def commands(self, who: str, text: str, *, channel: str) -> None:
        """Teams has no slash commands: they are typed to the assistant, and answered in their thread."""
        self._clock.advance(timedelta(seconds=1))
        self._typed[who] = (channel, text)
        posted = {where: len(self._teams.posts(where)) for where in (channel, "desk")}
        written = html.escape(text.removeprefix("/"), quote=False)
        name = self._teams.someone(who).says(channel, f"{MENTION} {written}")
        await self.settle()
        for where, before in posted.items():
            for post in self._teams.posts(where)[before:]:
                if where == "desk" or post["thread"] == name:
                    self._whispers.setdefault(who, []).append(text_of(post["activity"]))

    async def fills(self, who: str, values: dict[str, str]) -> None:
        if who not in self._dialogs:
            # Typed commands open no forms in Teams: the words are typed with them.
            channel, typed = self._typed[who]
            await self.commands(who, " ".join([*typed.split()[:-1], *values.values()]), channel=channel)
            return
        channel, card, post = self._dialogs[who]
        answer = await self._teams.someone(who).sends_dialog(channel, card, post, **values)
        await self._answered(who, answer, channel, post)

    async def _answered(self, who: str, answer: Answer, channel: str, post: Json) -> None:
        assert answer.status == 200, "Teams would show an error"
        task = (answer.body.get("task") or {}).get("value") or {}
        told = ""
        if isinstance(task, dict) and "card" in task:
            card = task["card"]["content"]
            if any(walk(card, kind) for kind in ("Input.Text", "Input.ChoiceSet")) and "actions" in card:
                self._dialogs[who] = (channel, card, post)
            told = text_of_card(card)
        elif isinstance(value := answer.body.get("value"), str):
            told = value
        elif isinstance(value, dict):
            told = text_of_card(value) if value.get("type") == "AdaptiveCard" else value.get("message", "")
        self._whispers.setdefault(who, []).append(_OFFSET.sub("", told))
        await self.settle()

    async def reacts(self, who: str, emoji: str, *, channel: str) -> None:
        self._clock.advance(timedelta(seconds=1))
        self._teams.someone(who).reacts(channel, self._teams.posts(channel)[-1]["id"], _REACTIONS.get(emoji, emoji))
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
        where = self._teams.chat(channel).id
        said = [_said(call) for name, call in self._teams.connector.calls if _where(name, call) == where]
        since, self._heard[channel] = self._heard.get(channel, 0), len(said)
        return "\n".join(said[since:])

    async def whispered(self, who: str) -> str:
        return "\n".join(self._whispers.pop(who, []))


def _where(name: str, call: Json) -> str:
    if name in {"send", "update"}:
        return str(call["conversation"]).partition(";")[0]
    if name == "create" and "activity" in call["body"]:
        return str(call["body"]["channelData"]["channel"]["id"])
    return ""


def _said(call: Json) -> str:
    return text_of(call["body"].get("activity") or call["body"])


def text_of(activity: Json) -> str:
    """Return what a message of the bot says, as people read it."""
    cards = [text_of_card(one["content"]) for one in activity.get("attachments") or () if "content" in one]
    text = str(activity.get("text") or "").replace("<blockquote>", "\n«").replace("</blockquote>", "»\n")
    text = re.sub(r"<code>(?=cas[eo] )", "/", text)
    told = html.unescape(re.sub(r"<[^>]+>", "", text.replace("<br/>", "\n").replace("<at>", "@")))
    return _OFFSET.sub("", "\n".join([told.strip(), *cards]).strip())


def text_of_card(card: Json) -> str:
    """Return what a card says, as people read it."""
    lines = []
    for block in card["body"]:
        lines += ["".join(map(_of_run, line["inlines"])) for line in walk(block, "RichTextBlock")]
        lines += [_of_markdown(line["text"]) for line in walk(block, "TextBlock")]
        lines += [
            one["label"] for kind in ("Input.Text", "Input.ChoiceSet") for one in walk(block, kind) if "label" in one
        ]
    return _OFFSET.sub("", "\n".join(lines))


def _of_run(run: Json) -> str:
    """Return the words of a run; commands with the slash that they have in the stories, and not in Teams."""
    text = str(run["text"])
    return f"/{text}" if run.get("fontType") == "monospace" and text.startswith(("caso ", "case ")) else text


def _of_markdown(text: str) -> str:
    seen = re.sub(r"(?<!\\)\*\*", "", re.sub(r"<at>(.*?)</at>", r"@\1", text))
    return re.sub(r"\\(.)", r"\1", seen)


def _cast(teams: FakeTeams, organisation: str) -> None:
    """Give the people of Teams the names, zones and languages that the stories know them by."""
    for sample in people(organisation):
        user = teams.world.user(sample.id)
        user.name, user.zone, user.locale = sample.name, sample.zone, f"{sample.language}-US"


async def _known(database: Database, channel_key: str) -> None:
    """Wait until the desk knows who is in a channel."""
    members: frozenset[str] = frozenset()
    while not members:
        await asyncio.sleep(0.01)
        async with database.unit() as unit:
            members = await unit.members.of(channel_key)


@asynccontextmanager
async def teams_stage(database: Database, folder: Path, settings: Settings | None = None) -> AsyncIterator[TeamsStage]:
    """Run the assistant on Teams, on a clock that moves only when told to."""
    settings, clock = settings or read_settings(AT_ONCE), StillClock()
    async with FakeTeams(clock=lambda: clock.now().timestamp()) as teams:
        _cast(teams, settings.organisation.name)
        here = [replace(one, id=teams.chat(one.id).id) for one in CHANNELS]
        async with database.unit() as unit:
            channels = [page_channel(one).model_copy(update={"platform": Platform.TEAMS}) for one in here]
            await introduce_channels(unit, channels)
            await unit.commit()
        adapters: dict[Platform, Any] = {}
        delivery = DeliveryWorker(DeliveryQueue(database, "stage"), adapters, clock)
        turns = Turns(database, settings, clock, delivery.news.set)
        timers = TimerWorker(TimerQueue(database, "stage"), turns.handle, clock)
        adapter = TeamsAdapter(
            files=Files(folder, max_bytes=1_000_000, forbidden=frozenset({"exe"})),
            memory=StoredMemory(database),
            now=clock.now,
            pace=Pace(speed=1000),
            tenants=frozenset({teams.credentials["tenant"], ACME, GLOBEX}),
            service_url=teams.service_url,
            **teams.credentials,
        )
        adapters[Platform.TEAMS] = adapter
        mailbox = Mailbox(turns.handle, folder)
        adapters[Platform.MAIL] = MailAdapter(mailbox, mailbox.files, sender="soporte@ld.example", now=clock.now)
        application = web.Application()
        application.add_routes(adapter.routes())
        await adapter.start(turns.handle)
        members = MembershipWorker(database, adapters, turns.handle, clock)
        stopping = asyncio.Event()
        workers = [asyncio.create_task(one.run(stopping)) for one in (delivery, timers, members)]
        async with TestServer(application) as server:
            teams.url = str(server.make_url(PATH))
            try:
                await _known(database, f"teams:{teams.chat('escalations').id}")
                yield TeamsStage(teams, database, clock, timers, mailbox)
            finally:
                stopping.set()
                await asyncio.gather(*workers)
                await adapter.close()
                await turns.close()
