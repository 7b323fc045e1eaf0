"""Teams in front of the whole assistant: the same transcripts run through it, signed and over HTTP."""

from __future__ import annotations

import html
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from adapters.teams.adapter import PATH, TeamsAdapter
from adapters.teams.pace import Pace
from bot.files import Files
from bot.samples import people
from bot.settings import Settings, read_settings
from bot.teams import StoredMemory
from dialogs.events import Platform
from storage.database import Database
from tests.fakes.teams import MENTION, FakeTeams
from tests.fakes.teams.people import actions, card_of, name_of, walk
from tests.fakes.teams.server import Answer
from tests.fakes.teams.world import ACME, GLOBEX
from tests.platform_stage import House, PlatformStage, housed
from tests.stage import AT_ONCE, StillClock

Json = dict[str, Any]

_REACTIONS = {"eyes": "1f440_eyes", "white_check_mark": "2705_whiteheavycheckmark", "ticket": "1f3ab_ticket"}
_OFFSET = re.compile(r", UTC[+−]\d+(?::\d\d)?(?=\))| \(UTC[+−]\d+(?::\d\d)?\)")


class TeamsStage(PlatformStage):
    """People with Teams open."""

    def __init__(self, teams: FakeTeams, house: House) -> None:
        super().__init__(house)
        self._teams = teams
        self._dialogs: dict[str, tuple[str, Json, Json]] = {}
        self._typed: dict[str, tuple[str, str]] = {}

    async def _arrived(self) -> bool:
        await self._teams.settled()
        return bool(self._teams.running)

    def _begun(self, channel: str) -> str | None:
        begun = [post["id"] for post in self._teams.posts(channel) if not post["thread"]]
        return begun[-1] if begun else None

    def _said(self, channel: str) -> list[str]:
        where = self._teams.chat(channel).id
        return [_said(call) for name, call in self._teams.connector.calls if _where(name, call) == where]

    async def says(
        self, who: str, text: str, *, channel: str, files: tuple[str, ...] = (), new: bool = False, below: bool = False
    ) -> None:
        self._next()
        thread = self._thread(who, channel, new=new, below=below)
        written = html.escape(text, quote=False).replace("@LDTelecom", MENTION)
        added = tuple(self._teams.file(name, f"content of {name}".encode()) for name in files)
        name = self._teams.someone(who).says(channel, written, thread=thread, attachments=added)
        await self._wrote(who, channel, name, thread)

    async def presses(self, who: str, name: str, *, channel: str) -> None:
        self._next()
        for post in reversed(self._teams.posts(channel)):
            for action in actions(card_of(post)):
                if name_of(action) == name:
                    answer = await self._teams.someone(who).acts(self._teams.chat(channel), post, action, {})
                    await self._answered(who, answer, channel, post)
                    return
        raise AssertionError(f"no button {name} in {channel}")

    async def commands(self, who: str, text: str, *, channel: str) -> None:
        """Teams has no slash commands: they are typed to the assistant, and answered in their thread."""
        self._next()
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
        self._next()
        self._teams.someone(who).reacts(channel, self._teams.posts(channel)[-1]["id"], _REACTIONS.get(emoji, emoji))
        await self.settle()


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


@asynccontextmanager
async def teams_stage(database: Database, folder: Path, settings: Settings | None = None) -> AsyncIterator[TeamsStage]:
    """Run the assistant on Teams, on a clock that moves only when told to."""
    settings, clock = settings or read_settings(AT_ONCE), StillClock()
    async with FakeTeams(clock=lambda: clock.now().timestamp()) as teams:
        _cast(teams, settings.organisation.name)

        def adapter(files: Files) -> TeamsAdapter:
            return TeamsAdapter(
                files=files,
                memory=StoredMemory(database),
                now=clock.now,
                pace=Pace(speed=1000),
                tenants=frozenset({teams.credentials["tenant"], ACME, GLOBEX}),
                service_url=teams.service_url,
                **teams.credentials,
            )

        async with housed(
            adapter,
            platform=Platform.TEAMS,
            id_of=lambda name: teams.chat(name).id,
            database=database,
            folder=folder,
            settings=settings,
            clock=clock,
        ) as house:
            teams.url = str(house.server.make_url(PATH))
            yield TeamsStage(teams, house)
