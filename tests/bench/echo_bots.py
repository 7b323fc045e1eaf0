"""Two bots that answer each message with its own words, to be measured: `stock` is Microsoft's adapter, `ours` ours.

Run as `python -m tests.bench.echo_bots stock|ours PORT BASE`; BASE is where the fake Teams is.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

from aiohttp import web

from dialogs.events import Event, File, Said
from dialogs.messages import Message, Paragraph, Plain, Post
from tests.fakes.teams.world import APP, HOME


def stock(base: str) -> web.Application:
    import requests
    from botbuilder.core import ActivityHandler, TurnContext
    from botbuilder.integration.aiohttp import CloudAdapter, ConfigurationBotFrameworkAuthentication
    from botframework.connector.auth import ChannelValidation, microsoft_app_credentials

    class Msal:
        """Asks the fake for a token as MSAL asks Microsoft, which it does over HTTPS only."""

        def __init__(self, *_: Any, **__: Any) -> None:
            pass

        def acquire_token_silent(self, *_: Any, **__: Any) -> None:
            return None

        def acquire_token_for_client(self, **_: Any) -> Any:
            form = {"client_secret": "fake-password"}
            return requests.post(f"{base}/login/{HOME}/oauth2/v2.0/token", data=form, timeout=5).json()

    class Config:
        APP_ID = APP
        APP_PASSWORD = "fake-password"
        APP_TYPE = "SingleTenant"
        APP_TENANTID = HOME

    class Echo(ActivityHandler):
        async def on_message_activity(self, turn_context: TurnContext) -> None:
            await turn_context.send_activity(turn_context.activity.text)

    ChannelValidation.open_id_metadata_endpoint = f"{base}/openid"
    microsoft_app_credentials.ConfidentialClientApplication = Msal
    adapter, bot = CloudAdapter(ConfigurationBotFrameworkAuthentication(Config())), Echo()

    async def messages(request: web.Request) -> web.Response:
        answer: web.Response = await adapter.process(request, bot)
        return answer

    application = web.Application()
    application.router.add_post("/api/messages", messages)
    return application


class Nothing:
    """A memory and a file store for who needs neither."""

    async def reference(self, _name: str) -> None:
        return None

    async def keep_references(self, _references: object) -> None:
        pass

    async def save(self, name: str, _media_type: str, _chunks: AsyncIterator[bytes]) -> File:
        return File(id="none", name=name)

    async def read(self, _file: str) -> AsyncIterator[bytes]:
        yield b""


def ours(base: str) -> web.Application:
    from adapters.teams.adapter import TeamsAdapter
    from adapters.teams.pace import Pace

    adapter = TeamsAdapter(
        app_id=APP,
        password="fake-password",
        tenant=HOME,
        files=Nothing(),
        memory=Nothing(),
        now=lambda: datetime.now(UTC),
        hosts=frozenset({"127.0.0.1"}),
        keys_url=f"{base}/openid",
        login_url=f"{base}/login",
        pace=Pace(speed=1000),
    )
    sending: set[asyncio.Task[Any]] = set()

    async def echo(event: Event) -> None:
        assert isinstance(event.what, Said)
        message = Message(blocks=(Paragraph((Plain(event.what.text),)),))
        task = asyncio.create_task(adapter.send(Post(place=event.place, message=message), key=event.key, target=None))
        sending.add(task)
        task.add_done_callback(sending.discard)

    async def start(_application: web.Application) -> None:
        await adapter.start(echo)

    application = web.Application()
    application.add_routes(adapter.routes())
    application.on_startup.append(start)
    return application


if __name__ == "__main__":
    make = {"stock": stock, "ours": ours}[sys.argv[1]]
    web.run_app(make(sys.argv[3]), host="127.0.0.1", port=int(sys.argv[2]), print=None, access_log=None)
