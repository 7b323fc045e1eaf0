"""Works service levels out anew where the settings promise something else than when they were last worked out."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import structlog

from bot.clock import Clock
from bot.desk.levels.clocks import DONE
from bot.desk.levels.keeping import TIMER as SERVICE_LEVEL
from bot.desk.levels.policy import policies_of
from bot.routing import route
from bot.settings import Settings
from bot.turn import Turn
from bot.workers import pause
from dialogs.cases import CaseStatus
from dialogs.events import Event, Place, Platform, TimerFired
from storage.database import Database
from storage.errors import StoreError
from storage.timer_queue import CLOCK

BATCH = 50
"""Most cases to work out in one transaction: in between, whoever waits for the store gets their turn."""
AGAIN = timedelta(seconds=10)
"""How long to wait where the store failed."""

_VERSION, _DONE_UP_TO = "service_levels.version", "service_levels.done_up_to"

_log = structlog.get_logger()


async def recompute(database: Database, settings: Settings, clock: Clock) -> int:
    """Work the levels of every open case out if the promises have changed; return how many that were.

    How far it got is kept with each batch, so a process that is ended goes on there.
    """
    version, count = policies_of(settings).version, 0
    while True:
        async with database.unit() as unit:
            if await unit.values.get(_VERSION) == version:
                return count
            begun, _, reached = (await unit.values.get(_DONE_UP_TO) or "").partition(":")
            after = int(reached) if begun == version else 0
            numbers = await unit.cases.numbers(frozenset(CaseStatus) - DONE, after=after, limit=BATCH)
            for number in numbers:
                await route(Turn(unit, _event(number, version, clock), clock.now(), settings))
            if numbers:
                await unit.values.set(_DONE_UP_TO, f"{version}:{numbers[-1]}")
            else:
                await unit.values.set(_VERSION, version)
            await unit.commit()
        count += len(numbers)


def _event(number: int, version: str, clock: Clock) -> Event:
    return Event(
        key=f"recompute:{version}:{number}",
        actor=CLOCK,
        place=Place(platform=Platform.DESK, channel=""),
        at=clock.now(),
        what=TimerFired(timer=SERVICE_LEVEL, fence=version, subject=str(number)),
    )


async def keep_recomputed(database: Database, settings: Settings, clock: Clock, stopping: asyncio.Event) -> None:
    """Work the levels out once the process has started, then rest until it is told to stop."""
    while not stopping.is_set():
        try:
            count = await recompute(database, settings, clock)
        except StoreError as error:
            _log.warning("service_levels.store_failed", error=type(error).__name__, detail=error.detail)
            await pause(AGAIN.total_seconds(), stopping)
        else:
            if count:
                _log.info("service_levels.recomputed", cases=count)
            await stopping.wait()
