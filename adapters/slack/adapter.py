"""Slack: payloads in as events, messages out. Knows ids, shapes and limits, and no rule of support."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

import structlog
from aiohttp import web
from slack_bolt.async_app import AsyncApp

from adapters.begun import Begun
from adapters.slack.api import Api, BrokenAppError, RefusedError
from adapters.slack.backfill import Backfill
from adapters.slack.doors import build_app, http_route
from adapters.slack.files import Files
from adapters.slack.happenings import Moved
from adapters.slack.identity import Directory, Workspace, read_workspace
from adapters.slack.intake import Intake
from adapters.slack.pace import Pace
from adapters.slack.payloads import happening
from adapters.slack.ports import Memory
from adapters.slack.replies import Ack, Replies
from adapters.slack.sending import Sender
from adapters.slack.sockets import RENEWED_AFTER, Sockets
from dialogs.events import Joined, Person, Platform, Shared
from dialogs.messages import Delivery
from dialogs.ports import FileStore, Sink, TransientError

_log = structlog.get_logger(__name__)
PATH = "/slack/events"
API_URL = "https://slack.com/api/"
_SWEEP = 600.0
_PATIENCE = 10.0


class SlackStartError(Exception):
    """Slack cannot be used. `phrase` says why and what to do; `why` is Slack's own word for it."""

    def __init__(self, phrase: str, why: str) -> None:
        super().__init__(f"{phrase}: {why}")
        self.phrase = phrase
        self.why = why


class SlackAdapter:
    """One workspace's app.

    Socket Mode is used when there is an `app_token`, signed HTTP when there is a `signing_secret`; both may be.
    `asks` are the emojis that hand a message to the assistant. In seconds: `ping_every` is how often a connection is
    tried out and `check_every` looked at, `sweep_every` how often channels are read for what was missed. A connection
    that stays down is made anew from scratch `renewed_after` a while.
    """

    platform = Platform.SLACK

    def __init__(
        self,
        *,
        bot_token: str,
        files: FileStore,
        memory: Memory,
        now: Callable[[], datetime],
        app_token: str | None = None,
        signing_secret: str | None = None,
        api_url: str = API_URL,
        asks: frozenset[str] = frozenset({"ticket", "admission_tickets"}),
        pace: Pace | None = None,
        check_every: float = 5.0,
        ping_every: float = 10.0,
        sweep_every: float = _SWEEP,
        renewed_after: timedelta = RENEWED_AFTER,
    ) -> None:
        self._bot_token = bot_token
        self._app_token = app_token
        self._signing_secret = signing_secret
        self._api_url = api_url if api_url.endswith("/") else f"{api_url}/"
        self._store = files
        self._memory = memory
        self._now = now
        self._asks = asks
        self._pace = pace or Pace()
        self._check_every = check_every
        self._ping_every = ping_every
        self._sweep_every = sweep_every
        self._renewed_after = renewed_after
        self._app: AsyncApp | None = None
        self._sender: Sender | None = None
        self._begun = Begun()
        self._sockets: Sockets | None = None
        self._sweeper: asyncio.Task[None] | None = None
        self._sweep_now = asyncio.Event()
        self._suspicious = False
        self._silent_since: datetime | None = None

    @property
    def deaf_since(self) -> datetime | None:
        """Since when nothing that people do arrives over Socket Mode; None while it does, and where it is not used."""
        down = self._sockets.deaf_since if self._sockets else None
        return min(filter(None, (down, self._silent_since)), default=None)

    async def start(self, sink: Sink) -> None:
        """Check the tokens, then begin to hand events to the sink.

        Raises:
            SlackStartError: a token is wrong, or Slack cannot be reached.
        """
        self._api = Api(self._bot_token, self._api_url, self._pace)
        try:
            await self._begin(sink)
        except BaseException:
            await self._api.close()
            raise

    async def _begin(self, sink: Sink) -> None:
        self._workspace = await self._checked_workspace()
        ticket = await self._checked_ticket(self._app_token) if self._app_token else None
        self._directory = Directory(self._api, self._workspace)
        files = Files(self._api, self._store, self._bot_token, self._api_url)
        self._sender = Sender(self._api, self._workspace, files)
        self._intake = Intake(
            api=self._api,
            workspace=self._workspace,
            directory=self._directory,
            files=files,
            sink=sink,
            asks=self._asks,
        )
        self._replies = Replies(self._api, self._workspace, self._directory)
        self._backfill = Backfill(
            api=self._api, workspace=self._workspace, intake=self._intake, memory=self._memory, now=self._now
        )
        self._app = build_app(self._api.client, self._workspace, self._signing_secret, self._receive)
        self._sweep_now.set()
        self._sweeper = asyncio.create_task(self._keep_sweeping())
        if self._app_token and ticket:
            self._sockets = Sockets(
                self._app,
                self._app_token,
                now=self._now,
                on_gap=self._sweep_now.set,
                check_every=self._check_every,
                ping_every=self._ping_every,
                renewed_after=self._renewed_after,
            )
            await self._sockets.start(ticket)
        _log.info("slack.started", workspace=self._workspace.team, socket_mode=bool(ticket))

    def routes(self) -> list[web.RouteDef]:
        """Return what to mount on the HTTP server."""
        return [http_route(lambda: self._app, PATH)] if self._signing_secret else []

    async def send(self, delivery: Delivery, *, key: str, target: str | None) -> str | None:
        """Do one delivery; see `dialogs.ports.Adapter`."""
        with self._begun.something():
            return await self._started().send(delivery, key=key, target=target)

    async def find(self, delivery: Delivery, *, key: str, target: str | None) -> str | None:
        """Look for what an earlier `send` made; see `dialogs.ports.Adapter`."""
        with self._begun.something():
            return await self._started().find(delivery, key=key, target=target)

    async def members(self, channel: str) -> tuple[Person, ...]:
        """Return the people who are in a channel now; apps are left out."""
        self._started()
        found = self._api.pages("conversations.members", "members", channel=channel, limit=200, most=50)
        people = [await self._directory.person(user) async for user in found]
        return tuple(person for person in people if not person.automatic)

    async def close(self) -> None:
        """Take nothing more, finish what was begun, and hang up."""
        if self._app is None:
            return
        await self._intake.close(_PATIENCE)
        if self._sockets:
            await self._sockets.close(_PATIENCE)
        if self._sweeper:
            self._sweeper.cancel()
            await asyncio.gather(self._sweeper, return_exceptions=True)
        self._sender = None
        await self._begun.finish(_PATIENCE)
        await self._api.close()
        self._app = None

    def _started(self) -> Sender:
        if self._sender is None:
            raise TransientError("Slack is not connected yet", retry_after=1)
        return self._sender

    async def _receive(self, body: Mapping[str, Any]) -> Ack:
        """Take one payload in; the answer is what to acknowledge it with, and an error means not at all."""
        self._silent_since, self._suspicious = None, False
        if body.get("type") == "app_rate_limited":  # Slack has dropped events, and says so once a minute
            _log.warning("slack.events_dropped")
            self._sweep_now.set()
        told = happening(body, self._now(), self._workspace.bot_user)
        if told is None:
            return None
        if isinstance(told, Moved):
            await self._memory.move_channel(told.old, told.new)
            self._sweep_now.set()
            return None
        if isinstance(told.what, Shared):
            self._sweep_now.set()  # what was said while the channel changed hands may have been missed
        if isinstance(told.what, Joined) and told.what.me and not told.what.left:
            await self._backfill.begin(told.channel, f"{told.at.timestamp():.6f}")
        return await self._replies.answer(told, self._intake.take(told))

    async def _keep_sweeping(self) -> None:
        while True:
            try:
                await asyncio.wait_for(self._sweep_now.wait(), self._sweep_every)
                canary = False
            except TimeoutError:
                canary = True
            self._sweep_now.clear()
            try:
                missed = await self._backfill.sweep()
            except Exception as error:  # noqa: BLE001 - a sweep that fails must not be the last one
                _log.warning("slack.sweep_failed", why=str(error))
                await asyncio.sleep(getattr(error, "retry_after", None) or self._check_every)
                self._sweep_now.set()
                continue
            if canary and self._sockets:
                await self._judge(self._sockets, missed)

    async def _judge(self, sockets: Sockets, missed: int) -> None:
        """Connect anew where the sockets bring less than there is; where that does not help, they count as deaf."""
        if missed:
            _log.warning("slack.silent_socket", missed=missed)
            if self._suspicious:
                self._silent_since = self._silent_since or self._now()
            self._suspicious = True
            await sockets.renew()

    async def _checked_workspace(self) -> Workspace:
        try:
            return await read_workspace(self._api)
        except (RefusedError, BrokenAppError) as error:
            raise SlackStartError("slack.start.bot_token", str(error)) from error
        except TransientError as error:
            raise SlackStartError("slack.start.unreachable", str(error)) from error

    async def _checked_ticket(self, app_token: str) -> str:
        try:
            return await self._api.open_socket(app_token)
        except (RefusedError, BrokenAppError) as error:
            raise SlackStartError("slack.start.app_token", str(error)) from error
        except TransientError as error:
            raise SlackStartError("slack.start.unreachable", str(error)) from error
