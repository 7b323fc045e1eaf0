"""Where Slack's payloads come in: bolt checks who sent them, we answer.

Bolt acknowledges events before its listeners run and drops what no listener wants. So there are no listeners: one
global middleware takes every payload, and what it returns is the acknowledgement.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.identity import Workspace

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
