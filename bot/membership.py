"""Keeps who is in the desk's channels as the platforms have it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import timedelta

import structlog

from bot.clock import Clock
from bot.workers import pause
from dialogs.cases import ChannelRole
from dialogs.events import Event, Joined, Person, Place, Platform
from dialogs.ports import Adapter, Sink
from storage.database import Database
from storage.directory import Channels
from storage.errors import StoreError
from storage.tables import Channel

LOOK = 2.0
"""How often to look whether a channel became the desk's, in seconds."""
AGAIN = timedelta(minutes=10)
"""How often to ask a platform anew; in between, its events tell who comes and goes."""

_log = structlog.get_logger()


class MembershipWorker:
    """Asks each platform who is in the desk's and the escalation channels: agents and managers are who is there."""

    def __init__(self, database: Database, adapters: Mapping[Platform, Adapter], sink: Sink, clock: Clock) -> None:
        self._database = database
        self._sink = sink
        self._adapters = adapters
        self._clock = clock
        self._asked: dict[str, float] = {}
        self._unknown: set[str] = set()
        self.news = asyncio.Event()
        """Set by whoever gave a channel its role, so that the platform is asked at once."""

    async def run(self, stopping: asyncio.Event) -> None:
        """Ask at the start, when a channel gets such a role, and every now and then."""
        while not stopping.is_set():
            try:
                due = await self._due()
            except StoreError as error:
                _log.warning("membership.store_failed", error=type(error).__name__, detail=error.detail)
                due = []
            for channel in due:
                try:
                    await self._refresh(channel)
                    self._unknown.discard(channel.key)
                except Exception as error:  # noqa: BLE001 - a platform out of reach is asked again soon
                    self._put_off(channel, error)
            await pause(LOOK, self.news, stopping)
            self.news.clear()

    def _put_off(self, channel: Channel, error: Exception) -> None:
        self._asked.pop(channel.key, None)
        if channel.key not in self._unknown:  # told once, however often it is asked
            self._unknown.add(channel.key)
            _log.warning("membership.unknown", channel=channel.key, error=str(error))

    async def _due(self) -> list[Channel]:
        now = asyncio.get_running_loop().time()
        async with self._database.reading() as session:
            known = Channels(session)
            roles = [await known.of_role(role) for role in (ChannelRole.DESK, ChannelRole.ESCALATIONS)]
        channels = [one for found in roles for one in found if one.platform in self._adapters]
        self._asked = {one.key: self._asked[one.key] for one in channels if one.key in self._asked}
        due = [one for one in channels if now - self._asked.get(one.key, -1e9) >= AGAIN.total_seconds()]
        self._asked |= dict.fromkeys((one.key for one in due), now)
        return due

    async def _refresh(self, channel: Channel) -> None:
        people = await self._adapters[channel.platform].members(channel.channel)
        ours = {person.key: person for person in people if _may_work(person)}
        async with self._database.unit() as unit:
            known = await unit.members.of(channel.key)
            for key, person in ours.items():
                await unit.people.get_or_add(person, self._clock.now())
                if key not in known:
                    await unit.members.add(channel.key, key)
            for key in known - ours.keys():
                await unit.members.remove(channel.key, key)
            outside = await unit.outsiders.of(channel.key)
            rows = [row for key in sorted(outside) if (row := await unit.people.get(key))]
            await unit.commit()
        if channel.role is not ChannelRole.DESK:
            return
        guests = {person.key: person for person in people if person.guest and not person.automatic}
        gone = (Person(platform=row.platform, tenant=row.tenant, id=row.id, name=row.name) for row in rows)
        for person in [one for key, one in guests.items() if key not in outside]:
            await self._happened(channel, person, left=False)
        for person in [one for one in gone if one.key not in guests]:
            await self._happened(channel, person, left=True)

    async def _happened(self, channel: Channel, person: Person, *, left: bool) -> None:
        """Let the desk hear of who came or left where no event told it."""
        now = self._clock.now()
        await self._sink(
            Event(
                key=f"membership:{channel.key}:{person.key}:{now.isoformat()}",
                actor=person,
                place=Place(platform=channel.platform, channel=channel.channel),
                at=now,
                what=Joined(left=left),
            )
        )


def _may_work(person: Person) -> bool:
    """Guests of a workspace sit in its channels, but are customers."""
    return not person.automatic and not person.guest
