"""What the assistant tells whoever watches over it: `/healthz` (alive) and `/readyz` (able to work)."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from aiohttp import web

from bot.clock import Clock
from bot.workers import Workers
from dialogs.events import Platform
from storage.backlog import read_backlog
from storage.database import Database
from storage.errors import StoreError

LATE = timedelta(minutes=10)
"""A message that should have left this long ago means that nobody can rely on this desk now."""
DEAF = timedelta(minutes=2)
"""Connections are renewed all the time; one that has been gone for so long is missed."""
_PATIENCE = 3
"""How long a check may take, in seconds."""


@dataclass(frozen=True, slots=True)
class Readiness:
    """Whether the assistant can do its work, and by each of its parts why not."""

    checks: dict[str, str]
    oldest_message_seconds: int

    @property
    def ready(self) -> bool:
        return all(state == "ok" for state in self.checks.values())


class Probe:
    """Finds out how ready the assistant is."""

    def __init__(self, database: Database, workers: Workers, clock: Clock) -> None:
        self._database = database
        self._workers = workers
        self._clock = clock
        self.ears: dict[Platform, Callable[[], datetime | None]] = {}
        """Of platforms that bring nothing by themselves: what tells since when they have not been heard."""
        self.parts: dict[str, Callable[[], str]] = {}
        """Of other parts, by name: what tells that they are `ok`, or what is wrong."""

    async def readiness(self) -> Readiness:
        """Look at the database, its migrations, the messages that wait, the workers and what platforms bring."""
        checks = {"workers": ", ".join(f"{name} crashed" for name in sorted(self._workers.crashed)) or "ok"}
        overdue = timedelta()
        try:
            async with asyncio.timeout(_PATIENCE):
                await self._database.check()
                overdue = (await read_backlog(self._database, self._clock.now())).overdue
        except (StoreError, TimeoutError) as error:
            checks["database"] = type(error).__name__
        else:
            checks["database"] = "ok"
            checks["outbox"] = "ok" if overdue < LATE else "late"
        checks |= {name: state() for name, state in self.parts.items()}
        checks |= {platform.value: self._heard(since()) for platform, since in self.ears.items()}
        return Readiness(checks, int(overdue.total_seconds()))

    def _heard(self, deaf_since: datetime | None) -> str:
        deaf = self._clock.now() - deaf_since if deaf_since else timedelta()
        return "ok" if deaf < DEAF else f"deaf for {deaf // timedelta(minutes=1)} min"


def health_routes(readiness: Callable[[], Awaitable[Readiness]]) -> web.RouteTableDef:
    """Return the two routes for watchers."""
    routes = web.RouteTableDef()

    @routes.get("/healthz")
    async def healthz(_request: web.Request) -> web.Response:
        return web.json_response({"alive": True})

    @routes.get("/readyz")
    async def readyz(_request: web.Request) -> web.Response:
        found = await readiness()
        body = {
            "ready": found.ready,
            "checks": found.checks,
            "oldest_message_seconds": found.oldest_message_seconds,
        }
        return web.json_response(body, status=200 if found.ready else 503)

    return routes
