"""A page with a scripted desk behind it, and people who use it through HTTP."""

from __future__ import annotations

import io
import itertools
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, BinaryIO

import pytest
from aiohttp import ClientResponse, ClientWebSocketResponse, FormData, web
from aiohttp.test_utils import TestClient, TestServer

from adapters.web import Completion, WebAdapter, WebChannel, WebPerson
from dialogs.cases import ChannelRole
from dialogs.events import Language
from tests.fakes.desk import ScriptedDesk
from tests.fakes.workspace import MemoryFiles, MemoryWorkspace

CHANNELS = (
    WebChannel(id="acme", name="acme-soporte", role=ChannelRole.CUSTOMER, organisation="ACME"),
    WebChannel(id="globex", name="globex-support", role=ChannelRole.CUSTOMER, organisation="Globex"),
    WebChannel(id="desk", name="mesa", role=ChannelRole.DESK),
)


def person(who: str, *channels: str, staff: bool = False) -> WebPerson:
    return WebPerson(
        id=who,
        name=who.title(),
        tenant=channels[0],
        company=channels[0].upper(),
        channels=channels,
        language=Language.SPANISH,
        zone="America/Lima",
        email=f"{who}@example.com",
        staff=staff,
    )


PEOPLE = (person("ana", "acme"), person("luis", "globex"), person("marta", "desk", "acme", "globex", staff=True))


@dataclass
class Somebody:
    """A person at their browser."""

    who: str
    client: TestClient[Any, Any]
    origin: str
    count: itertools.count[int] = field(default_factory=lambda: itertools.count(10_000_000))

    def nonce(self) -> str:
        return f"{self.who}-{next(self.count)}"

    def path(self, rest: str = "") -> str:
        return f"/api/as/{self.who}{rest}"

    async def get(self, rest: str) -> ClientResponse:
        return await self.client.get(self.path(rest))

    async def post(self, rest: str, **request: Any) -> ClientResponse:
        return await self.client.post(self.path(rest), headers={"Origin": self.origin}, **request)

    async def send(
        self, text: str, channel: str = "acme", *, files: dict[str, bytes | BinaryIO] | None = None, **fields: str
    ) -> ClientResponse:
        form = FormData({"channel": channel, "text": text, "nonce": self.nonce()} | fields, default_to_multipart=True)
        for name, content in (files or {}).items():
            stream = io.BytesIO(content) if isinstance(content, bytes) else content
            form.add_field("file", stream, filename=name, content_type="text/plain")
        return await self.post("/posts", data=form)

    async def says(self, text: str, channel: str = "acme", **more: Any) -> dict[str, Any]:
        response = await self.send(text, channel, **more)
        assert response.status == 200, await response.text()
        post: dict[str, Any] = (await response.json())["post"]
        return post

    async def does(self, kind: str, **fields: Any) -> ClientResponse:
        return await self.post("/acts", json={"kind": kind, "nonce": self.nonce()} | fields)

    async def reply(self, kind: str, **fields: Any) -> Any:
        response = await self.does(kind, **fields)
        assert response.status == 200, await response.text()
        return (await response.json())["reply"]

    @asynccontextmanager
    async def listening(self, after: int = 0) -> AsyncIterator[Feed]:
        async with self.client.ws_connect(self.path(f"/feed?after={after}"), headers={"Origin": self.origin}) as socket:
            yield Feed(socket)


@dataclass
class Feed:
    """What a tab hears."""

    socket: ClientWebSocketResponse

    async def until(self, name: str) -> Any:
        """Wait for the next frame that carries something of this name, and return that."""
        while True:
            frame = await self.socket.receive_json(timeout=10)
            if name in frame:
                return frame[name]

    async def post(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Wait for a post that is as wanted."""
        while True:
            for post in await self.until("posts"):
                if wanted(post):
                    found: dict[str, Any] = post
                    return found


@dataclass
class Room:
    """The page and all that is around it."""

    workspace: MemoryWorkspace
    desk: ScriptedDesk
    adapter: WebAdapter
    client: TestClient[Any, Any]
    clock: list[datetime]
    _people: dict[str, Somebody] = field(default_factory=dict)

    def __getitem__(self, who: str) -> Somebody:
        return self._people.setdefault(who, Somebody(who, self.client, str(self.client.make_url("/"))[:-1]))


Opened = Callable[..., Awaitable[Room]]


@pytest.fixture
async def open_room() -> AsyncIterator[Opened]:
    """Open pages; a second one on the same workspace is the page after a restart."""
    rooms: list[Room] = []

    async def opened(workspace: MemoryWorkspace | None = None, *, token: str | None = None) -> Room:
        desk, clock = ScriptedDesk(), [datetime(2026, 11, 20, 20, 50, tzinfo=UTC)]
        workspace = workspace or MemoryWorkspace()

        async def advance(by: timedelta) -> None:
            clock[0] += by

        adapter = WebAdapter(
            workspace,
            MemoryFiles(),
            now=lambda: clock[0],
            advance=advance,
            zone="America/New_York",
            people=PEOPLE,
            channels=CHANNELS,
            completions=lambda person, _: [Completion("/caso nota", "LD-…", "Anotar")] * person.staff,
            assistant="Soporte",
            max_megabytes=50,
            token=token,
        )
        desk.adapter = adapter
        application = web.Application()
        application.add_routes(adapter.routes())
        client = TestClient(TestServer(application))
        await client.start_server()
        room = Room(workspace, desk, adapter, client, clock)
        rooms.append(room)
        await adapter.start(desk)
        return room

    yield opened
    for room in rooms:
        await room.adapter.close()
        await room.client.close()


@pytest.fixture
async def room(open_room: Opened) -> Room:
    return await open_room()
