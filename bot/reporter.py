"""Makes the reports that were asked for: outside of any turn, because counting and drawing take their time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import structlog

from bot.clock import Clock
from bot.desk.levels.policy import Policy, policies_of
from bot.desk.places import plainly
from bot.desk.reports.figures import Figures, figures_of
from bot.desk.reports.message import sheet, told
from bot.desk.reports.wording import title_of
from bot.settings import Settings
from bot.turn import Turn
from bot.workers import pause
from dialogs.events import Event, File, TimerFired
from dialogs.messages import Message
from dialogs.phrases import voice
from dialogs.ports import FileStore
from dialogs.timezones import get_zone
from storage.database import Database
from storage.errors import StoreError
from storage.reports import Statistics, Wanted
from storage.tables import Organisation, PersonRow
from storage.timer_queue import CLOCK

POLL = 1.0
"""How long a report may wait unnoticed, in seconds."""

_log = structlog.get_logger()


class Reporter:
    """Takes what was asked for, one report after another. Any number of processes may share a database."""

    def __init__(self, database: Database, settings: Settings, files: FileStore, clock: Clock) -> None:
        self._database = database
        self._settings = settings
        self._files = files
        self._clock = clock

    async def run(self, stopping: asyncio.Event) -> None:
        """Make reports until told to stop. One that cannot be made is answered with an apology."""
        while not stopping.is_set():
            try:
                made = await self.make_next()
            except StoreError as error:
                _log.warning("reports.store_failed", error=type(error).__name__, detail=error.detail)
                made = False
            if not made:
                await pause(POLL, stopping)

    async def make_next(self) -> bool:
        """Make the report that has waited longest. False: none did."""
        async with self._database.unit() as unit:
            wanted = await unit.reports.first()
        if wanted is None:
            return False
        files: tuple[File, ...] = ()
        try:
            message, files = await self._make(wanted)
        except StoreError:
            raise
        except Exception:  # noqa: BLE001 - whoever asked must hear of it, and the next report must not wait for ever
            _log.exception("report.failed", request=wanted.id)
            message = plainly(voice(wanted.language), "report.failed")
        await self._post(wanted, message, files)
        return True

    async def _make(self, wanted: Wanted) -> tuple[Message, tuple[File, ...]]:
        speak, scope, zone = voice(wanted.language), wanted.scope, self._settings.zone.default
        async with self._database.reading() as session:
            company = await session.get(Organisation, scope.organisation_id) if scope.organisation_id else None
            agent = await session.get(PersonRow, scope.person_key) if scope.person_key else None
            policy = policies_of(self._settings).of("", company.name if company else "")
            anonymous = self._settings.survey.anonymous
            figures = await figures_of(Statistics(session, scope), scope, policy, zone, anonymous=anonymous)
        title = title_of(scope, zone, company.name if company else agent.name if agent else "", speak)
        return await self._told(figures, policy, title, wanted)

    async def _told(
        self, figures: Figures, policy: Policy, title: str, wanted: Wanted
    ) -> tuple[Message, tuple[File, ...]]:
        from bot.desk.reports.picture import draw  # the drawing library is large, and most days nobody needs it

        speak, prefix = voice(wanted.language), self._settings.cases.prefix
        picture = await asyncio.to_thread(draw, figures, title, speak)
        name = f"{speak('report.file')}-{wanted.scope.until.astimezone(get_zone(self._settings.zone.default)).date()}"
        files = (
            await self._files.save(f"{name}.png", "image/png", _chunks(picture)),
            await self._files.save(f"{name}.csv", "text/csv", _chunks(sheet(figures, prefix))),
        )
        return told(figures, policy, title, files, prefix=prefix, speak=speak), files

    async def _post(self, wanted: Wanted, message: Message, files: tuple[File, ...]) -> None:
        now = self._clock.now()
        event = Event(
            key=f"report:{wanted.id}",
            actor=CLOCK,
            place=wanted.place,
            at=now,
            what=TimerFired(timer="report", fence="", subject=str(wanted.id)),
        )
        async with self._database.unit() as unit:
            if await unit.reports.finish(wanted.id):
                for file in files:
                    await unit.files.add(file, now)
                Turn(unit, event, now, self._settings).post(wanted.place, message)
                await unit.commit()


async def _chunks(content: bytes) -> AsyncIterator[bytes]:
    yield content
