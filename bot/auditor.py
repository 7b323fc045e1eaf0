"""Watches over escalations from beside the timers: a step that does not come is noticed, told, and set again."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import structlog

from bot.clock import Clock
from bot.desk.escalation.climb import Climb
from bot.desk.escalation.climbing import TIMER
from bot.desk.escalation.outage import mark_outage, still_alive
from bot.desk.levels.wording import moment
from bot.desk.places import channel_place, channel_voice, managers_channel, plainly
from bot.settings import Settings
from bot.turn import Turn
from bot.workers import pause
from dialogs.events import Event, Place, Platform, TimerFired
from dialogs.messages import Code
from storage.database import Database
from storage.errors import StoreError
from storage.tables import Escalation
from storage.timer_queue import CLOCK

EVERY = 30.0
"""How often to look, in seconds."""
LATE = timedelta(minutes=2)
"""A step that has been due for this long, at two looks, does not come by itself."""

_log = structlog.get_logger()


class Auditor:
    """Looks every now and then whether each step came when it was due. `overdue` is how many did not."""

    def __init__(self, database: Database, settings: Settings, clock: Clock) -> None:
        self.overdue = 0
        self._database = database
        self._settings = settings
        self._clock = clock
        self._seen = set[tuple[int, int]]()

    async def begin(self) -> None:
        """Note how long no process was running, before any timer fires: what was due then comes late."""
        await mark_outage(self._database, self._clock.now(), longer_than=LATE)

    async def run(self, stopping: asyncio.Event) -> None:
        """Look until told to stop."""
        while not stopping.is_set():
            try:
                await still_alive(self._database, self._clock.now())
                await self.look()
            except StoreError as error:
                _log.warning("auditor.store_failed", error=type(error).__name__, detail=error.detail)
            except Exception:  # noqa: BLE001 - who watches must not be the first to go
                _log.exception("auditor.failed")
            await pause(EVERY, stopping)

    async def look(self) -> None:
        """Look once; tell of each step that is missing for the second time, and set its timer again.

        One look is not enough: the desk's clock may just have been moved, or the process just begun.
        """
        async with self._database.unit() as unit:
            rows = await unit.escalations.overdue(self._clock.now() - LATE)
        late = {(row.id or 0, row.fence): row for row in rows}
        missing = {key: row for key, row in late.items() if key in self._seen}
        self._seen = set(late)
        self.overdue = len(missing)
        for identity, fence in missing:
            _log.error("escalation.overdue", escalation=identity)
            await self._tell(identity, fence)

    def state(self) -> str:
        """Return what `/readyz` says: ok, or how many steps are overdue."""
        return f"{self.overdue} overdue" if self.overdue else "ok"

    async def _tell(self, identity: int, fence: int) -> None:
        now, key = self._clock.now(), f"overdue:{identity}:{fence}"
        what = TimerFired(timer=TIMER, fence=str(fence), subject=str(identity))
        place = Place(platform=Platform.DESK, channel="")
        async with self._database.unit() as unit:
            row = await unit.escalations.lock(identity)
            if row is None or row.fence != fence or row.due_at is None:
                return
            unit.timers.set(TIMER, str(identity), fence=str(fence), due_at=now, place=place, now=now)
            if await unit.inbox.accept(key, Platform.DESK, now):
                event = Event(key=key, actor=CLOCK, place=place, at=now, what=what)
                await self._post(Turn(unit, event, now, self._settings), row, row.due_at)
            await unit.commit()

    async def _post(self, turn: Turn, row: Escalation, due_at: datetime) -> None:
        """Say in the managers' channel that a step did not come."""
        case = await turn.unit.cases.get(row.case_number) if row.case_number is not None else None
        conversation = await turn.unit.conversations.get(case.conversation_key) if case else None
        platform = conversation.platform if conversation else turn.event.place.platform
        if channel := await managers_channel(turn, platform):
            speak = channel_voice(turn, channel)
            name = Code(Climb(turn, row, case).name(speak))
            told = plainly(speak, "escalation.overdue", case=name, at=moment(turn, due_at, speak))
            turn.post(channel_place(channel), told, lane=f"overdue:{row.id}")
