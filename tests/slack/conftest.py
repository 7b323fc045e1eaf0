from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from aiohttp import web

from adapters.slack.adapter import PATH, SlackAdapter
from adapters.slack.pace import Pace
from tests.fakes.slack import FakeSlack
from tests.slack.desk import Desk, Notebook, Shelf

FAST = 1000.0
Connect = Callable[..., Awaitable[SlackAdapter]]


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with FakeSlack() as fake:
        yield fake


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def notebook() -> Notebook:
    return Notebook()


@asynccontextmanager
async def serving(adapter: SlackAdapter) -> AsyncIterator[str]:
    """Mount the adapter's routes on a real server; the address Slack should send to."""
    app = web.Application()
    app.add_routes(adapter.routes())
    runner = web.AppRunner(app, shutdown_timeout=0.2)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}{PATH}"
    finally:
        await runner.cleanup()


@pytest.fixture
async def connect(slack: FakeSlack, desk: Desk, shelf: Shelf, notebook: Notebook) -> AsyncIterator[Connect]:
    """Connect an adapter to the fake Slack, over Socket Mode or, with `http=True`, over signed HTTP."""
    async with AsyncExitStack() as open_things:

        async def connected(*, http: bool = False, **changes: Any) -> SlackAdapter:
            door = {"signing_secret": slack.signing_secret} if http else {"app_token": slack.app_token}
            settings: dict[str, Any] = {
                "bot_token": slack.bot_token,
                "files": shelf,
                "memory": notebook,
                "now": lambda: datetime.now(UTC),
                "api_url": slack.api_url,
                "pace": Pace(speed=FAST),
                "check_every": 0.05,
                "ping_every": 0.3,
                **door,
                **changes,
            }
            adapter = SlackAdapter(**settings)
            others = len(slack.delivery.sockets)
            await adapter.start(desk)
            open_things.push_async_callback(adapter.close)
            if http:
                slack.deliver_to(await open_things.enter_async_context(serving(adapter)))
            else:
                await slack.until(lambda: len(slack.delivery.sockets) == others + 2)
            return adapter

        yield connected


@pytest.fixture(params=["socket", "http"])
async def adapter(request: pytest.FixtureRequest, connect: Connect) -> SlackAdapter:
    """An adapter connected in each of the two ways."""
    return await connect(http=request.param == "http")
