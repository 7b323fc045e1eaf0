"""A Teams of our own on loopback: a Bot Connector, the Bot Framework's keys and tokens, and people who use it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Self

import aiohttp
from aiohttp import web

from tests.fakes.teams.connector import Connector
from tests.fakes.teams.faults import Faults
from tests.fakes.teams.people import Someone
from tests.fakes.teams.signing import Signing
from tests.fakes.teams.world import APP, BOT, HOME, Chat, World

Json = dict[str, Any]


@dataclass(slots=True)
class Answer:
    """What came back."""

    status: int
    body: Json = field(default_factory=dict)


class FakeTeams:
    """Use as `async with FakeTeams() as teams:`.

    `retry_after` are the waits before an activity that was not answered comes again. `anonymous` is the Agents
    Playground: nothing is signed, and no token asked for.
    """

    def __init__(
        self,
        *,
        retry_after: tuple[float, ...] = (0.1, 0.5),
        clock: Callable[[], float] = time.time,
        anonymous: bool = False,
    ) -> None:
        self.faults = Faults()
        self.world = World(clock=clock)
        self.signing = Signing()
        self.anonymous = anonymous
        self.tokens = 0
        self.token_lasts = 3600
        self.token_takes = 0.0
        self.keys_fetched = 0
        self.keys_take = 0.0
        self.connector = Connector(self.world, self.faults, token=lambda: None if anonymous else self._token())
        self.retry_after = retry_after
        self.answer_within = 15.0
        self.url: str | None = None
        self.running: set[asyncio.Task[None]] = set()
        self.tried: list[tuple[str, int]] = []
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=1 << 28)
        app.add_routes(self.connector.routes())
        app.router.add_get("/openid", self._openid)
        app.router.add_get("/jwks", self._jwks)
        app.router.add_post("/login/{tenant}/oauth2/v2.0/token", self._login)
        app.router.add_get("/files/{name}", self._download)
        app.router.add_put("/upload/{name}", self._upload)
        self._runner = web.AppRunner(app, shutdown_timeout=0.2)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.base = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        self._session = aiohttp.ClientSession()
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in list(self.running):
            task.cancel()
        await asyncio.gather(*self.running, return_exceptions=True)
        await self._session.close()
        assert self._runner is not None
        await self._runner.cleanup()

    @property
    def service_url(self) -> str:
        return f"{self.base}/connector/"

    @property
    def credentials(self) -> dict[str, Any]:
        """What the adapter is given to get along with this Teams."""
        if self.anonymous:
            return {"app_id": "", "password": "", "tenant": ""}
        return {
            "app_id": APP,
            "password": "fake-password",
            "tenant": HOME,
            "hosts": frozenset({"127.0.0.1"}),
            "keys_url": f"{self.base}/openid",
            "login_url": f"{self.base}/login",
        }

    def someone(self, name: str) -> Someone:
        """Marta and Diego of the desk, Carmen who manages it, Gil its guest; Ana and Rosa of ACME, Luis and Kim."""
        return Someone(self, self.world.user(name))

    def file(self, name: str, content: bytes) -> Json:
        """Keep what somebody sends, and return how a message lists it."""
        self.world.contents[name] = content
        url = f"{self.base}/files/{name}"
        if name.endswith((".png", ".jpg")):
            return {"contentType": "image/*", "contentUrl": url, "name": name}
        told = {"downloadUrl": url, "uniqueId": name, "fileType": name.rpartition(".")[2]}
        return {"contentType": "application/vnd.microsoft.teams.file.download.info", "content": told, "name": name}

    def chat(self, name: str) -> Chat:
        return self.world.chat(name)

    def posts(self, chat: str) -> list[Json]:
        """What the bot posted in a chat or channel, threads included."""
        return [message for message in self.chat(chat).messages if message["from"] == BOT]

    def calls(self, name: str) -> list[Json]:
        """Every call of that name, in order."""
        return [call for called, call in self.connector.calls if called == name]

    async def until(self, condition: Callable[[], object], *, seconds: float = 10.0) -> None:
        """Wait until something is true of what Teams holds."""
        async with asyncio.timeout(seconds), self.world.changed:
            await self.world.changed.wait_for(lambda: bool(condition()))

    async def settled(self) -> None:
        """Wait until every activity was answered or given up."""
        while self.running:
            await asyncio.wait(list(self.running))
        await self.world.tell()

    def happened(self, activity: Json) -> None:
        """Bring an activity, and again by itself until it is answered or given up."""
        task = asyncio.create_task(self._insist(activity))
        self.running.add(task)
        task.add_done_callback(self.running.discard)

    async def _insist(self, activity: Json) -> None:
        for attempt, wait in enumerate((0.0, *self.retry_after)):
            await asyncio.sleep(wait)
            self.tried.append((activity["id"], attempt))
            if (await self.bring(activity)).status < 500:
                return

    async def bring(self, activity: Any, *, headers: dict[str, str] | None = None, **claims: Any) -> Answer:
        """Bring an activity once. `claims` change its token; status 599 is no answer in time."""
        assert self.url is not None
        if headers is None:
            headers = {} if self.anonymous else {"Authorization": f"Bearer {self.token(**claims)}"}
        try:
            async with self._session.post(
                self.url, json=activity, headers=headers, timeout=aiohttp.ClientTimeout(total=self.answer_within)
            ) as answer:
                told = await answer.json() if answer.content_type == "application/json" else {}
                return Answer(answer.status, told)
        except (aiohttp.ClientError, TimeoutError):
            return Answer(599)

    def token(self, **claims: Any) -> str:
        """A token for the bot as the Bot Framework signs them."""
        return self.signing.token(**{"audience": APP, "service_url": self.service_url, **claims})

    def _token(self) -> str:
        return f"token-{self.tokens}"

    async def _openid(self, _request: web.Request) -> web.Response:
        if self.faults.take("keys"):
            return web.Response(status=503)
        return web.json_response({"jwks_uri": f"{self.base}/jwks", "issuer": "https://api.botframework.com"})

    async def _jwks(self, _request: web.Request) -> web.Response:
        self.keys_fetched += 1
        await asyncio.sleep(self.keys_take)
        return web.json_response(self.signing.jwks())

    async def _login(self, request: web.Request) -> web.Response:
        form = await request.post()
        await asyncio.sleep(self.token_takes)
        if self.faults.take("login") or form.get("client_secret") != "fake-password":
            return web.json_response({"error": "invalid_client", "error_codes": [7000215]}, status=401)
        self.tokens += 1
        return web.json_response({"access_token": self._token(), "expires_in": self.token_lasts})

    async def _download(self, request: web.Request) -> web.Response:
        content = self.world.contents.get(request.match_info["name"])
        return web.Response(body=content) if content is not None else web.Response(status=404)

    async def _upload(self, request: web.Request) -> web.Response:
        self.world.contents[request.match_info["name"]] = await request.read()
        await self.world.tell()
        return web.json_response({}, status=201)
