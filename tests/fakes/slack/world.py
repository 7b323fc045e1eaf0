"""What the fake Slack holds: workspaces, people, channels, messages, files and views."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

TEAM, BOT_USER, BOT = "T0DESK", "U0BOT", "B0BOT"
APP = "A0APP"


@dataclass(slots=True)
class User:
    id: str
    name: str
    team: str = TEAM
    enterprise: str = ""
    locale: str = "es-LA"
    zone: str = "America/New_York"
    guest: bool = False
    bot: bool = False
    open: bool = False

    @property
    def external(self) -> bool:
        return self.team != TEAM

    def profile(self) -> Json:
        """The `users.info` object: no locale and zone of people of other companies, unless they are `open`."""
        shown: Json = {
            "id": self.id,
            "team_id": self.team,
            "name": self.name.lower(),
            "real_name": self.name,
            "is_bot": self.bot,
            "is_restricted": self.guest,
            "is_ultra_restricted": False,
            "profile": {"display_name": self.name, "real_name": self.name, "team": self.team},
        }
        if self.enterprise:
            shown["enterprise_user"] = {"enterprise_id": self.enterprise, "id": self.id, "teams": [self.team]}
        if self.external:
            shown["is_stranger"] = False
        if self.open or not self.external:
            shown |= {"locale": self.locale, "tz": self.zone}
        return shown


@dataclass(slots=True)
class Channel:
    id: str
    name: str
    members: set[str]
    shared: bool = False
    private: bool = False
    archived: bool = False
    messages: list[Json] = field(default_factory=list)

    @property
    def direct(self) -> bool:
        return self.id.startswith("D")

    def find(self, ts: str) -> Json | None:
        return next((message for message in self.messages if message["ts"] == ts), None)

    def thread(self, ts: str) -> list[Json]:
        return [m for m in self.messages if m["ts"] == ts or m.get("thread_ts") == ts]


def _people() -> dict[str, User]:
    return {
        user.id: user
        for user in (
            User(BOT_USER, "Soporte", bot=True),
            User("U0MARTA", "Marta"),
            User("U0DIEGO", "Diego", locale="en-US"),
            User("U0CARMEN", "Carmen"),
            User("U0GIL", "Gil", guest=True),
            User("U0ANA", "Ana", team="T0ACME"),
            User("U0ROSA", "Rosa", team="T0ACME"),
            User("U0LUIS", "Luis", team="T0GLOBEX", enterprise="E0GLOBEX"),
            User("U0KIM", "Kim", team="T0GLOBEX", enterprise="E0GLOBEX"),
        )
    }


def _channels() -> dict[str, Channel]:
    own = {"U0MARTA", "U0DIEGO", "U0CARMEN", BOT_USER}
    return {
        channel.id: channel
        for channel in (
            Channel("C0ACME", "acme", {*own, "U0GIL", "U0ANA", "U0ROSA"}, shared=True),
            Channel("C0GLOBEX", "globex", {*own, "U0LUIS", "U0KIM"}, shared=True),
            Channel("C0DESK", "desk", own, private=True),
            Channel("C0ESCALATIONS", "escalations", {"U0CARMEN", BOT_USER}, private=True),
        )
    }


@dataclass(slots=True)
class World:
    """Everything that is there, and a condition that tells when it changed."""

    users: dict[str, User] = field(default_factory=_people)
    channels: dict[str, Channel] = field(default_factory=_channels)
    files: dict[str, Json] = field(default_factory=dict)
    contents: dict[str, bytes] = field(default_factory=dict)
    views: dict[str, Json] = field(default_factory=dict)
    homes: dict[str, Json] = field(default_factory=dict)
    whispers: list[Json] = field(default_factory=list)
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)
    clock: Callable[[], float] = time.time
    last_ts: float = 0.0
    numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    def user(self, name: str) -> User:
        return self.users.get(name) or next(one for one in self.users.values() if one.name.split()[0].lower() == name)

    def channel(self, name: str) -> Channel:
        return next(channel for channel in self.channels.values() if name in {channel.name, channel.id})

    def ts(self) -> str:
        self.last_ts = max(self.clock(), self.last_ts + 0.000_01)
        return f"{self.last_ts:.6f}"

    def new_id(self, letter: str) -> str:
        return f"{letter}{next(self.numbers):08d}"

    def direct(self, user: str) -> Channel:
        """The private chat of somebody with the bot."""
        name = f"D{user}"
        return self.channels.setdefault(name, Channel(name, name, {user, BOT_USER}))

    def add_message(self, channel: Channel, message: Json) -> Json:
        channel.messages.append(message)
        root = message.get("thread_ts") and channel.find(message["thread_ts"])
        if root and root is not message:
            root.setdefault("thread_ts", root["ts"])
            root["latest_reply"] = message["ts"]
            root["reply_count"] = root.get("reply_count", 0) + 1
            root["reply_users"] = sorted({*root.get("reply_users", ()), message["user"]})
            root["reply_users_count"] = len(root["reply_users"])
        return message

    async def tell(self) -> None:
        """Wake up who waits for a change."""
        async with self.changed:
            self.changed.notify_all()
