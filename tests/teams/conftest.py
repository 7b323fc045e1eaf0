from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest
from aiohttp import web

from adapters.teams.adapter import PATH, TeamsAdapter
from adapters.teams.pace import Pace
from adapters.teams.ports import Reference
from tests.fakes.teams import FakeTeams
from tests.slack.desk import Desk, Shelf

FAST = 1000.0
Connect = Callable[..., Awaitable[TeamsAdapter]]


@dataclass
class Notebook:
    """A memory."""

    kept: dict[str, Reference] = field(default_factory=dict)

    async def reference(self, name: str) -> Reference | None:
        return self.kept.get(name)

    async def keep_references(self, references: Mapping[str, Reference]) -> None:
        self.kept |= references


@pytest.fixture
async def teams() -> AsyncIterator[FakeTeams]:
    async with FakeTeams() as fake:
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
async def serving(adapter: TeamsAdapter) -> AsyncIterator[str]:
    """Mount the adapter's routes on a real server; the address Teams should send to."""
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
async def connect(desk: Desk, shelf: Shelf, notebook: Notebook) -> AsyncIterator[Connect]:
    """Connect an adapter to a fake Teams."""
    async with AsyncExitStack() as open_things:

        async def connected(teams: FakeTeams, **changes: Any) -> TeamsAdapter:
            settings: dict[str, Any] = {
                "files": shelf,
                "memory": notebook,
                "now": lambda: datetime.now(UTC),
                "pace": Pace(speed=FAST),
                "patience": 0.2,
                "service_url": teams.service_url,
                **teams.credentials,
                **changes,
            }
            adapter = TeamsAdapter(**settings)
            await adapter.start(desk)
            open_things.push_async_callback(adapter.close)
            teams.url = await open_things.enter_async_context(serving(adapter))
            return adapter

        yield connected


@pytest.fixture
async def adapter(connect: Connect, teams: FakeTeams) -> TeamsAdapter:
    return await connect(teams)
