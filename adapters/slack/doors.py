"""Where Slack's payloads come in: over HTTP, signed, and over Socket Mode. Bolt checks, we answer.

Bolt acknowledges events before its listeners run and drops what no listener wants. So there are no listeners: one
global middleware takes every payload, and what it returns is the acknowledgement.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import structlog
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.identity import Workspace

_log = structlog.get_logger(__name__)

Receive = Callable[[Mapping[str, Any]], Awaitable[dict[str, Any] | None]]


def build_app(client: AsyncWebClient, workspace: Workspace, signing_secret: str | None, receive: Receive) -> AsyncApp:
    """Return the Bolt app around `receive`, whose answer is the acknowledgement and whose error is none."""
    known = AuthorizeResult(
        enterprise_id=workspace.enterprise or None,
        team_id=workspace.team,
        bot_user_id=workspace.bot_user,
        bot_id=workspace.bot,
        bot_token=client.token,
    )

    # With a function of our own, Bolt neither asks Slack about the token in the middle of a request (and drops the
    # request when Slack does not answer), nor lets SLACK_CLIENT_ID in the environment replace the token by OAuth.
    async def authorize(**_context: Any) -> AuthorizeResult:
        return known

    app = AsyncApp(
        name="ldsupport",
        client=AsyncWebClient(base_url=client.base_url, session=client.session, retry_handlers=[]),
        authorize=authorize,
        signing_secret=signing_secret or "",
        request_verification_enabled=bool(signing_secret),
    )

    async def take(req: AsyncBoltRequest) -> BoltResponse:
        ack = await receive(req.body)
        return BoltResponse(status=200, body=ack or "")

    app.middleware(take)
    return app


def http_route(app: Callable[[], AsyncApp | None], path: str) -> web.RouteDef:
    """Return the route that takes signed requests, once there is an app to take them."""

    async def handle(request: web.Request) -> web.Response:
        bolt = app()
        if bolt is None:
            return web.Response(status=503)
        try:
            asked = await to_bolt_request(request)
        except ValueError:  # neither JSON nor a form, or not UTF-8
            return web.Response(status=400)
        return await to_aiohttp_response(await bolt.async_dispatch(asked))

    return web.post(path, handle)


class _Handler(AsyncSocketModeHandler):
    """Knows which requests it is still answering."""

    def __init__(self, app: AsyncApp, app_token: str, ping_interval: float) -> None:
        super().__init__(app, app_token, ping_interval=ping_interval)
        self.busy: set[asyncio.Task[Any]] = set()

    async def handle(self, client: AsyncBaseSocketModeClient, req: SocketModeRequest) -> None:
        task = asyncio.current_task()
        assert task is not None
        self.busy.add(task)
        try:
            await super().handle(client, req)  # type: ignore[arg-type]
        finally:
            self.busy.discard(task)


class Sockets:
    """Socket Mode connections, watched. Two of them, so that one may be renewed while the other listens.

    `on_gap` is called when a connection is made: until then something may have been missed.
    """

    def __init__(
        self,
        app: AsyncApp,
        app_token: str,
        *,
        on_gap: Callable[[], None],
        number: int = 2,
        check_every: float,
        ping_every: float,
    ) -> None:
        self._app = app
        self._token = app_token
        self._on_gap = on_gap
        self._number = number
        self._check_every = check_every
        self._ping_every = ping_every
        self._handlers: list[_Handler] = []
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self, first_url: str) -> None:
        """Begin to connect. `first_url` is a ticket that was already drawn, for the first connection."""
        self._handlers = [_Handler(self._app, self._token, self._ping_every) for _ in range(self._number)]
        self._handlers[0].client.wss_uri = first_url
        for handler in self._handlers:
            handler.client.message_listeners.append(self._greeted)
            self._tasks.append(asyncio.create_task(handler.client.connect()))  # type: ignore[no-untyped-call]
            self._tasks.append(asyncio.create_task(self._watch(handler.client)))

    async def renew(self) -> None:
        """Connect anew, one after the other: they look well but bring nothing."""
        for handler in self._handlers:
            await handler.client.connect_to_new_endpoint(force=True)

    async def close(self, patience: float) -> None:
        """Answer what is being answered, within so many seconds, and hang up."""
        busy = [task for handler in self._handlers for task in handler.busy]
        if busy:
            await asyncio.wait(busy, timeout=patience)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for handler in self._handlers:
            await handler.client.close()  # type: ignore[no-untyped-call]

    async def _watch(self, client: SocketModeClient) -> None:
        session: object = None
        while True:
            await asyncio.sleep(self._check_every)
            if await client.is_connected():
                if client.current_session is not session:
                    session = client.current_session
                    self._on_gap()
            elif client.wss_uri is not None:
                # The client tries the same ticket for ever, and a ticket opens one connection only.
                _log.info("slack.socket_down")
                client.wss_uri = None

    async def _greeted(self, _client: AsyncBaseSocketModeClient, message: dict[str, Any], _raw: str | None) -> None:
        if message.get("type") != "hello":
            return
        connections = message.get("num_connections") or 0
        _log.info("slack.connected", connections=connections)
        if connections > self._number:
            # Each payload goes to one of them only: another process takes a share of what people say.
            _log.warning("slack.foreign_connections", ours=self._number, all=connections)
