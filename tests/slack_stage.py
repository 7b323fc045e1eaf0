"""Slack in front of the whole assistant: the same transcripts run through it, over signed HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from adapters.slack.adapter import PATH, SlackAdapter
from adapters.slack.pace import Pace
from adapters.slack.text import escape, unescape
from bot.files import Files
from bot.samples import people
from bot.settings import Settings, read_settings
from bot.slack import StoredMemory
from dialogs.events import Platform
from storage.database import Database
from tests.fakes.slack import MENTION, FakeSlack
from tests.fakes.slack.delivery import Answer
from tests.platform_stage import House, PlatformStage, housed
from tests.stage import AT_ONCE, StillClock

Json = dict[str, Any]


class SlackStage(PlatformStage):
    """People with Slack open."""

    def __init__(self, slack: FakeSlack, house: House) -> None:
        super().__init__(house)
        self.slack = slack
        self._forms: dict[str, str] = {}

    async def _arrived(self) -> bool:
        await self.slack.settled()
        return bool(self.slack.delivery.running)

    def _begun(self, channel: str) -> str | None:
        begun = [post["ts"] for post in self.slack.posts(channel) if post.get("thread_ts") in {None, post["ts"]}]
        return begun[-1] if begun else None

    def _said(self, channel: str) -> list[str]:
        where = self.slack.channel(channel).id
        return [
            unescape(arguments["text"])
            for method, arguments in self.slack.web.calls
            if method in {"chat.postMessage", "chat.update"} and arguments["channel"] == where
        ]

    async def says(
        self, who: str, text: str, *, channel: str, files: tuple[str, ...] = (), new: bool = False, below: bool = False
    ) -> None:
        self._next()
        thread = self._thread(who, channel, new=new, below=below)
        added = [self._file(name) for name in files]
        ts = self.slack.customer(who).says(channel, self._written(text), thread=thread, files=added)
        await self._wrote(who, channel, ts, thread)

    def _file(self, name: str) -> Json:
        kind = "image/png" if name.endswith("png") else "text/plain"
        return self.slack.add_file(name, f"content of {name}".encode(), kind)

    async def presses(self, who: str, name: str, *, channel: str) -> None:
        self._next()
        for post in reversed(self.slack.posts(channel)):
            for block in post.get("blocks", ()):
                if any(one.get("action_id") == name for one in block.get("elements", ())):
                    await self.acts(who, self.slack.customer(who).presses(channel, post["ts"], name))
                    return
        raise AssertionError(f"no button {name} in {channel}")

    async def commands(self, who: str, text: str, *, channel: str) -> None:
        self._next()
        name, _, rest = text.removeprefix("/").partition(" ")
        # Slack keeps commands to our own workspace; there a customer may be a guest.
        await self.acts(who, self.slack.customer(who).commands(channel, name, self._written(rest), as_guest=True))

    def _written(self, text: str) -> str:
        """Return a text as Slack's composer sends it: whom it names with an @ is mentioned by their id."""
        written = escape(text).replace("@LDTelecom", MENTION)
        for one in self.slack.world.users.values():
            written = written.replace(f"@{one.name}", f"<@{one.id}>")
        return written

    async def fills(self, who: str, values: dict[str, str]) -> None:
        await self.acts(who, self.slack.customer(who).submits(self._forms[who], **values))

    async def reacts(self, who: str, emoji: str, *, channel: str) -> None:
        self._next()
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


@asynccontextmanager
async def slack_stage(database: Database, folder: Path, settings: Settings | None = None) -> AsyncIterator[SlackStage]:
    """Run the assistant on Slack, on a clock that moves only when told to."""
    settings, clock = settings or read_settings(AT_ONCE), StillClock()
    async with FakeSlack(clock=lambda: clock.now().timestamp()) as slack:
        slack.delivery.ack_within = 60.0  # a story is about what is said; what is late has tests of its own
        _cast(slack, settings.organisation.name)

        def adapter(files: Files) -> SlackAdapter:
            return SlackAdapter(
                bot_token=slack.bot_token,
                signing_secret=slack.signing_secret,
                files=files,
                memory=StoredMemory(database),
                now=clock.now,
                api_url=slack.api_url,
                pace=Pace(speed=1000),
            )

        async with housed(
            adapter,
            platform=Platform.SLACK,
            id_of=lambda name: slack.channel(name).id,
            database=database,
            folder=folder,
            settings=settings,
            clock=clock,
        ) as house:
            slack.deliver_to(str(house.server.make_url(PATH)))
            yield SlackStage(slack, house)
