"""Socket Mode: connections that this process makes to Slack, watched, and made anew where they stay down."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import structlog
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from adapters.begun import Begun

_log = structlog.get_logger(__name__)
_HANG_UP = 5.0
RENEWED_AFTER = timedelta(minutes=1)
"""How long a connection may stay down before everything about it is made anew."""


class _Handler(AsyncSocketModeHandler):
    """Knows what it is still answering."""

    def __init__(self, app: AsyncApp, app_token: str, ping_interval: float) -> None:
        super().__init__(app, app_token, ping_interval=ping_interval)
        self.begun = Begun()

    async def handle(self, client: AsyncBaseSocketModeClient, req: SocketModeRequest) -> None:
        with self.begun.something():
            await super().handle(client, req)  # type: ignore[arg-type]


class _Line:
    """One connection. The client behind it is thrown away where it does not find back by itself."""

    def __init__(self, make: Callable[[], _Handler]) -> None:
        self._make = make
        self.handler = make()
        self._connecting: asyncio.Task[None] | None = None

    def connect(self, url: str | None = None) -> None:
        """Begin to connect, with a ticket that was drawn already where there is one."""
        self.handler.client.wss_uri = url
        self._connecting = asyncio.create_task(self.handler.client.connect())  # type: ignore[no-untyped-call]

    async def make_anew(self) -> None:
        """Hang up and begin with nothing of what was."""
        await self.hang_up()
        self.handler = self._make()
        self.connect()

    async def hang_up(self) -> None:
        """End the connection and whatever the client does to get one."""
        if self._connecting is not None:
            self._connecting.cancel()
            await asyncio.gather(self._connecting, return_exceptions=True)
        closing = asyncio.ensure_future(self.handler.client.close())  # type: ignore[no-untyped-call]
        await asyncio.wait({closing}, timeout=_HANG_UP)
        if closing.done() and not closing.cancelled() and (error := closing.exception()):
            _log.info("slack.socket_not_closed", why=str(error))


class Sockets:
    """Socket Mode connections, watched. Two of them, so that one may be renewed while the other listens.

    `on_gap` is called when a connection is made: until then something may have been missed. `deaf_since` is since when
    none of them has been up.
    """

    def __init__(
        self,
        app: AsyncApp,
        app_token: str,
        *,
        now: Callable[[], datetime],
        on_gap: Callable[[], None],
        number: int = 2,
        check_every: float,
        ping_every: float,
        renewed_after: timedelta = RENEWED_AFTER,
    ) -> None:
        self._now = now
        self._on_gap = on_gap
        self._number = number
        self._check_every = check_every
        self._renewed_after = renewed_after
        self._lines = [_Line(lambda: self._handler(app, app_token, ping_every)) for _ in range(number)]
        self._up: set[_Line] = set()
        self._watching: list[asyncio.Task[None]] = []
        self.deaf_since: datetime | None = None

    def _handler(self, app: AsyncApp, app_token: str, ping_every: float) -> _Handler:
        handler = _Handler(app, app_token, ping_every)
        handler.client.message_listeners.append(self._greeted)
        return handler

    async def start(self, first_url: str) -> None:
        """Begin to connect. `first_url` is a ticket that was already drawn, for the first connection."""
        self.deaf_since = self._now()
        for line, url in zip(self._lines, (first_url, *[None] * self._number), strict=False):
            line.connect(url)
            self._watching.append(asyncio.create_task(self._watch(line)))

    async def renew(self) -> None:
        """Connect anew, one after the other: they look well but bring nothing."""
        for line in self._lines:
            await line.handler.client.connect_to_new_endpoint(force=True)

    async def close(self, patience: float) -> None:
        """Answer what is being answered, within so many seconds, and hang up."""
        await asyncio.gather(*(line.handler.begun.finish(patience) for line in self._lines))
        for task in self._watching:
            task.cancel()
        await asyncio.gather(*self._watching, return_exceptions=True)
        for line in self._lines:
            await line.hang_up()

    async def _watch(self, line: _Line) -> None:
        session: object = None
        down_since = self._now()
        while True:
            await asyncio.sleep(self._check_every)
            client = line.handler.client
            if await client.is_connected():
                down_since = self._now()
                self._is_up(line)
                if client.current_session is not session:
                    session = client.current_session
                    self._on_gap()
                continue
            self._is_down(line)
            if self._now() - down_since >= self._renewed_after:
                _log.warning("slack.socket_made_anew", deaf_since=self.deaf_since and self.deaf_since.isoformat())
                await line.make_anew()
                down_since = self._now()
            elif client.wss_uri is not None:
                # The client tries the same ticket for ever, and a ticket opens one connection only.
                _log.info("slack.socket_down")
                client.wss_uri = None

    def _is_up(self, line: _Line) -> None:
        self._up.add(line)
        if self.deaf_since is not None:
            _log.info("slack.hears", after_seconds=round((self._now() - self.deaf_since).total_seconds()))
        self.deaf_since = None

    def _is_down(self, line: _Line) -> None:
        self._up.discard(line)
        if not self._up and self.deaf_since is None:
            self.deaf_since = self._now()
            _log.warning("slack.deaf")

    async def _greeted(self, _client: AsyncBaseSocketModeClient, message: dict[str, Any], _raw: str | None) -> None:
        if message.get("type") != "hello":
            return
        connections = message.get("num_connections") or 0
        _log.info("slack.connected", connections=connections)
        if connections > self._number:
            # Each payload goes to one of them only: another process takes a share of what people say.
            _log.warning("slack.foreign_connections", ours=self._number, all=connections)
