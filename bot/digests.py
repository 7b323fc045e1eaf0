"""Wakes the digests: once a day, at the time that the settings name on the desk's clock."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import structlog

from bot.clock import Clock
from bot.desk.reports.digest import post_digests
from bot.settings import Settings
from bot.turn import Turn
from bot.workers import pause
from dialogs.events import Event, Place, Platform, TimerFired
from dialogs.timezones import get_zone
from storage.database import Database
from storage.errors import StoreError
from storage.timer_queue import CLOCK

POLL = 5.0
"""How late a digest may come, in seconds."""

LATE = timedelta(hours=4)
"""How long after its time a digest is still worth sending, where the process was not running then."""

_log = structlog.get_logger()


class DigestWorker:
    """Sends each day's digests once, whichever of the processes that share a database comes first."""

    def __init__(self, database: Database, settings: Settings, clock: Clock) -> None:
        self._database = database
        self._settings = settings
        self._clock = clock
        self._sent: datetime | None = None

    async def run(self, stopping: asyncio.Event) -> None:
        """Send what is due until told to stop."""
        while not stopping.is_set():
            try:
                await self.send_due()
            except StoreError as error:
                _log.warning("digests.store_failed", error=type(error).__name__, detail=error.detail)
            except Exception:  # noqa: BLE001 - a digest that fails must not keep the next day's from coming
                _log.exception("digests.failed")
            await pause(POLL, stopping)

    async def send_due(self) -> bool:
        """Send today's digests if it is time and they were not sent. False: there was nothing to do."""
        now = self._clock.now()
        local = now.astimezone(get_zone(self._settings.zone.default))
        due = datetime.combine(local.date(), self._settings.digests.at, local.tzinfo)
        if not due <= local < due + LATE or self._sent == due:
            return False
        key = f"digest:{due.date()}"
        async with self._database.unit() as unit:
            first = await unit.inbox.accept(key, Platform.DESK, now)
            if first:
                what = TimerFired(timer="digest", fence="", subject=key)
                place = Place(platform=Platform.DESK, channel="")
                event = Event(key=key, actor=CLOCK, place=place, at=now, what=what)
                await post_digests(Turn(unit, event, now, self._settings))
                await unit.commit()
        self._sent = due
        return first
