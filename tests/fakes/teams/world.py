"""What the fake Teams holds: organisations, people, teams with channels, chats and messages."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import NAMESPACE_URL, uuid5

Json = dict[str, Any]


def directory_id(name: str) -> str:
    """The id that something of that name has in Entra."""
    return str(uuid5(NAMESPACE_URL, name))


HOME, ACME, GLOBEX = directory_id("desk"), directory_id("acme"), directory_id("globex")
APP = directory_id("app")
BOT = f"28:{APP}"
BOT_NAME = "Soporte"


@dataclass(slots=True)
class User:
    id: str
    name: str
    tenant: str = HOME
    locale: str = "es-PE"
    zone: str = "America/New_York"
    guest: bool = False
    has_app: bool = True

    @property
    def object(self) -> str:
        return directory_id(self.id)

    @property
    def mri(self) -> str:
        return f"29:{self.id}"

    def account(self) -> Json:
        return {"id": self.mri, "name": self.name, "aadObjectId": self.object}

    def member(self) -> Json:
        """What the list of members tells."""
        mail = f"{self.id}@example.com"
        return {
            **self.account(),
            "tenantId": self.tenant,
            "userPrincipalName": f"{mail.replace('@', '_')}#EXT#@desk.example.com" if self.guest else mail,
            "email": mail,
            "userRole": "guest" if self.guest else "user",
        }


@dataclass(slots=True)
class Chat:
    """A channel of a team, a group chat or a private one. `tenant` owns it; a private one has one member."""

    id: str
    name: str
    kind: str
    members: set[str]
    tenant: str = HOME
    team: str = ""
    messages: list[Json] = field(default_factory=list)
    gone: str = ""

    def find(self, message: str) -> Json | None:
        return next((one for one in self.messages if one["id"] == message), None)


def _people() -> dict[str, User]:
    return {
        user.id: user
        for user in (
            User("marta", "Marta Rivas"),
            User("diego", "Diego Salas", zone="America/Bogota"),
            User("carmen", "Carmen Ortiz"),
            User("gil", "Gil", guest=True),
            User("ana", "Ana Quispe", tenant=ACME, zone="America/Lima"),
            User("rosa", "Rosa Huamán", tenant=ACME, zone="America/Lima"),
            User("luis", "Luis Ferrer", tenant=GLOBEX, locale="en-US", zone="America/Chicago"),
            User("kim", "Kim Lee", tenant=GLOBEX, locale="en-US", zone="America/Chicago"),
        )
    }


TEAM = "19:general@thread.tacv2"


def _chats() -> dict[str, Chat]:
    own = {"marta", "diego", "carmen"}
    return {
        chat.id: chat
        for chat in (
            Chat(TEAM, "General", "channel", {*own, "gil"}, team=TEAM),
            Chat("19:acme@thread.tacv2", "acme", "channel", {*own, "ana", "rosa"}, team=TEAM),
            Chat("19:globex@thread.tacv2", "globex", "channel", {*own, "luis", "kim"}, team=TEAM),
            Chat("19:desk@thread.tacv2", "desk", "channel", own, team=TEAM),
            Chat("19:escalations@thread.tacv2", "escalations", "channel", {"carmen"}, team=TEAM),
            Chat("19:group@thread.v2", "group", "groupChat", {*own, "ana"}),
        )
    }


@dataclass(slots=True)
class World:
    """Everything that is there, and a condition that tells when it changed."""

    users: dict[str, User] = field(default_factory=_people)
    chats: dict[str, Chat] = field(default_factory=_chats)
    contents: dict[str, bytes] = field(default_factory=dict)
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)
    clock: Callable[[], float] = time.time
    numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))
    last: int = 0

    def user(self, name: str) -> User:
        return self.users.get(name) or next(one for one in self.users.values() if name in {one.mri, one.object})

    def chat(self, name: str) -> Chat:
        return next(chat for chat in self.chats.values() if name in {chat.name, chat.id})

    def direct(self, user: User) -> Chat:
        """The private chat of somebody with the bot."""
        name = f"a:{user.id}"
        return self.chats.setdefault(name, Chat(name, name, "personal", {user.id}, tenant=user.tenant))

    def new_id(self) -> str:
        """The id of a message: the milliseconds of its time."""
        self.last = max(int(self.clock() * 1000), self.last + 1)
        return str(self.last)

    async def tell(self) -> None:
        """Wake up who waits for a change."""
        async with self.changed:
            self.changed.notify_all()
