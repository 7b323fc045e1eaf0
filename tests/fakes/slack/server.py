"""A Slack of our own on loopback: a real server, and people who write, press, fill in and react."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any, Self

from aiohttp import web

from tests.fakes.slack import shapes
from tests.fakes.slack.delivery import Delivery
from tests.fakes.slack.faults import Faults
from tests.fakes.slack.people import Someone
from tests.fakes.slack.web_api import WebApi
from tests.fakes.slack.world import BOT_USER, Channel, User, World

Json = dict[str, Any]


class FakeSlack:
    """Use as `async with FakeSlack() as slack:`.

    `post_every` are the seconds between two posts of one channel, `retry_after` the waits before an event that was
    not acknowledged comes again (Slack's own: at once, one minute, five minutes). `clock` is what ids of messages tell.
    """

    def __init__(
        self,
        *,
        post_every: float = 0.0,
        retry_after: tuple[float, ...] = (0.0, 0.2, 1.0),
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.signing_secret = "fake-signing-secret"
        self.faults = Faults()
        self.world = World(clock=clock)
        self.delivery = Delivery(self.faults, self.signing_secret, retry_after, self.world.tell)
        self.web = WebApi(self.world, self.faults, post_every=post_every, changed=self._changed)
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=1 << 28)
        app.router.add_route("*", "/api/{method}", self.web.handle)
        app.router.add_get("/link", self.delivery.link)
        app.router.add_get("/files/{file}/{name}", self._download)
        app.router.add_post("/upload/{file}", self._upload)
        app.router.add_post("/response/{channel}/{user}", self._response)
        self._runner = web.AppRunner(app, shutdown_timeout=0.2)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.base = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        self.web.base = self.base
        self.web.open_ticket = lambda: self.delivery.ticket(self.base)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.delivery.close()
        assert self._runner is not None
        await self._runner.cleanup()

    @property
    def api_url(self) -> str:
        return f"{self.base}/api/"

    @property
    def bot_token(self) -> str:
        return self.web.bot_token

    @property
    def app_token(self) -> str:
        return self.web.app_token

    def deliver_to(self, url: str | None) -> None:
        """Bring payloads to this URL; None: over Socket Mode."""
        self.delivery.url = url

    def customer(self, name: str) -> Someone:
        """Somebody of another company: ana and rosa of ACME, luis and kim of Globex, which is a Grid organisation."""
        return Someone(self, self.world.user(name))

    agent = manager = guest = customer

    def channel(self, name: str) -> Channel:
        return self.world.channel(name)

    def posts(self, channel: str) -> list[Json]:
        """What the bot posted in a channel, threads included."""
        return [message for message in self.channel(channel).messages if message["user"] == BOT_USER]

    def thread(self, channel: str, ts: str) -> list[Json]:
        """A message and its replies."""
        return self.channel(channel).thread(ts)

    def calls(self, method: str) -> list[Json]:
        """The arguments of every call of a method, in order."""
        return [arguments for called, arguments in self.web.calls if called == method]

    async def until(self, condition: Callable[[], object], *, seconds: float = 10.0) -> None:
        """Wait until something is true of what Slack holds."""
        async with asyncio.timeout(seconds), self.world.changed:
            await self.world.changed.wait_for(lambda: bool(condition()))

    async def settled(self) -> None:
        """Wait until every event was acknowledged or given up."""
        while self.delivery.running:
            await asyncio.wait(list(self.delivery.running))
        await self.world.tell()

    def happened(self, event: Json, actor: User | None, channel: Channel | None) -> None:
        """Bring an event; where the fault is set, also twins of it with other event ids."""
        for _ in range(1 + self.faults.twins):
            self.delivery.send_event(shapes.callback(event, self.world.new_id("Ev"), actor, channel))

    def moves(self, channel: str, new: str) -> None:
        """Give a channel a new id, as Slack does when a private one is shared."""
        where = self.channel(channel)
        old = where.id
        del self.world.channels[old]
        where.id = new
        self.world.channels[new] = where
        event = {"type": "channel_id_changed", "old_channel_id": old, "new_channel_id": new}
        self.happened({**event, "event_ts": self.world.ts()}, None, where)

    def shares(self, channel: str, team: str) -> None:
        """Let another company into a channel."""
        where = self.channel(channel)
        where.shared = True
        event = {"type": "channel_shared", "connected_team_id": team, "channel": where.id}
        self.happened({**event, "event_ts": self.world.ts()}, None, where)

    def unshares(self, channel: str, team: str, *, still_shared: bool = False) -> None:
        """Take a company out of a channel, and its people with it."""
        where = self.channel(channel)
        where.shared = still_shared
        where.members -= {user.id for user in self.world.users.values() if team in {user.team, user.enterprise}}
        event = {"type": "channel_unshared", "previously_connected_team_id": team, "channel": where.id}
        self.happened({**event, "is_ext_shared": still_shared, "event_ts": self.world.ts()}, None, where)

    def archives(self, channel: str) -> None:
        """Archive a channel."""
        where = self.channel(channel)
        where.archived = True
        event = {"type": "group_archive" if where.private else "channel_archive", "channel": where.id}
        self.happened({**event, "event_ts": self.world.ts()}, None, where)

    def invites_the_bot(self, channel: str, *, left: bool = False) -> None:
        """Let the bot into a channel, or take it out."""
        someone = Someone(self, self.world.users[BOT_USER])
        someone.leaves(channel) if left else someone.joins(channel)

    def response_url(self, channel: Channel, user: User) -> str:
        return f"{self.base}/response/{channel.id}/{user.id}"

    def add_file(self, name: str, content: bytes, media_type: str, **changes: Any) -> Json:
        """Keep a file that somebody uploads."""
        number = self.world.new_id("F")
        url = f"{self.base}/files/{number}/{name}"
        file = {"id": number, "name": name, "title": name, "mimetype": media_type, "size": len(content)}
        file |= {"mode": "hosted", "url_private": url, "url_private_download": url, **changes}
        self.world.files[number] = file
        self.world.contents[number] = content
        return file

    async def _download(self, request: web.Request) -> web.Response:
        kind, _, detail = self.faults.take("files").partition(":")
        if kind == "redirect":
            raise web.HTTPFound(detail)
        if request.headers.get("Authorization") != f"Bearer {self.bot_token}" or kind == "html":
            return web.Response(text="<html>Sign in to Slack</html>", content_type="text/html")
        file = request.match_info["file"]
        return web.Response(
            body=self.world.contents[file], content_type=self.world.files[file].get("mimetype", "text/plain")
        )

    async def _upload(self, request: web.Request) -> web.Response:
        self.world.contents[request.match_info["file"]] = await request.read()
        return web.Response(text="OK")

    async def _response(self, request: web.Request) -> web.Response:
        if self.faults.take("response_url"):
            return web.Response(status=404)
        body = await request.json()
        self.world.whispers.append({**body, **request.match_info})
        await self.world.tell()
        return web.Response(text="ok")

    def _changed(self, what: str, detail: Json) -> None:
        """The bot's own posts come back to it as events, as they do in Slack."""
        if what == "posted":
            event = {**detail["message"], "channel": detail["channel"].id, "event_ts": detail["message"]["ts"]}
            self.happened(event, self.world.users[BOT_USER], detail["channel"])
