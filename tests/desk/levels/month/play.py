"""The process that plays the month: the desk's own turns and timers on a real store, and a clock that is moved.

It can be killed at any moment. Started again, it is told where the platform was and what time it is: what nobody had
acknowledged comes a second time, and what came due in between happens now.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from multiprocessing.connection import Connection

from bot import desk
from bot.directory import introduce_channels
from bot.recompute import recompute
from bot.settings import read_settings
from bot.turn import Turn
from bot.turns import Turns
from dialogs.cases import Draft, Impact, ToldZone
from dialogs.events import Event, Invoked, Language, Person, Place, Platform, Said, What
from storage.database import Database
from storage.leases import release_leases
from storage.timer_queue import TimerQueue
from tests.desk.levels.month.plan import AGENTS, COMPANIES, END, Step, plan
from tests.stage import StillClock

SECOND = timedelta(seconds=1)
DESK = Place(platform=Platform.WEB, channel="desk")


class Month:
    """A desk in the middle of it."""

    def __init__(self, database: Database, source: str, now: datetime) -> None:
        self.clock = StillClock(now)
        self.settings = read_settings(source)
        self._database = database
        self._turns = Turns(database, self.settings, self.clock, lambda: None)
        self._timers = TimerQueue(database, f"month at {now}")
        self._numbers: dict[int, int] = {}

    async def open(self) -> None:
        """Begin as the assistant does: know the channels, let go of old leases, work the promises out anew."""
        await release_leases(self._database)
        async with self._database.unit() as unit:
            await introduce_channels(unit, self.settings.channels)
            for name in AGENTS:
                await unit.people.get_or_add(_agent(name), self.clock.now())
                await unit.members.add(DESK.channel_key, _agent(name).key)
            await unit.commit()
        await recompute(self._database, self.settings, self.clock)

    async def passes(self, until: datetime) -> None:
        """Let time pass up to an instant; what comes due before it happens at its own moment."""
        while due := await self._timers.next_due(until=until - SECOND / 1000):
            self._move(due)
            for event in await self._timers.claim(self.clock.now()):
                await self._turns.handle(event)
        self._move(until)

    def _move(self, until: datetime) -> None:
        self.clock.advance(max(until - self.clock.now(), timedelta()))

    async def takes(self, step: Step, number: int) -> None:
        """Handle what the platform delivers, be it for the second time."""
        await self.passes(max(step.at, self.clock.now() + SECOND))
        if step.severity is not None:
            await self._files(step, f"step:{number}")
        elif step.who in AGENTS:
            case = await self._number(step.case)
            if case is not None:
                text = step.text.replace("{case}", f"LD-{case}")
                await self._happens(_agent(step.who), DESK, Invoked(command="caso", text=text), number)
        else:
            said = Said(message=f"s{number}", text=step.text)
            await self._happens(_customer(step.company), _thread(step), said, number)

    async def _happens(self, actor: Person, place: Place, what: What, number: int) -> None:
        event = Event(key=f"step:{number}", actor=actor, place=place, at=self.clock.now(), what=what)
        await self._turns.handle(event)

    async def _files(self, step: Step, key: str) -> None:
        now, place, customer = self.clock.now(), _thread(step), _customer(step.company)
        assert step.severity is not None
        draft = Draft(
            description=step.text,
            language=Language.SPANISH,
            zone=ToldZone("America/Lima", assumed=False),
            severity_proposed=step.severity,
            severity_reason="severity.because.many_users.no_workaround",
            impact=Impact.MANY_USERS,
            workaround=False,
            expected_behaviour="Que haya tono",
            phone="+51987654321",
        )
        event = Event(key=key, actor=customer, place=place, at=now, what=Said(message=place.thread or "", text="."))
        async with self._database.unit() as unit:
            if await unit.inbox.accept(key, Platform.WEB, now):
                turn = Turn(unit, event, now, self.settings)
                await desk.file_case(turn, draft, await unit.conversations.lock(place, now))
                await desk.settle(turn)
            await unit.commit()

    async def _number(self, case: int) -> int | None:
        if case not in self._numbers:
            async with self._database.unit() as unit:
                for channel in COMPANIES:
                    key = Place(platform=Platform.WEB, channel=channel, thread=f"case{case}").key
                    found = await unit.cases.by_conversation(key)
                    if found is not None and found.number is not None:
                        self._numbers[case] = found.number
        return self._numbers.get(case)


def _agent(name: str) -> Person:
    return Person(platform=Platform.WEB, tenant="ld", id=name, name=name.title())


def _customer(company: str) -> Person:
    return Person(platform=Platform.WEB, tenant=company, id="ana", name="Ana")


def _thread(step: Step) -> Place:
    return Place(platform=Platform.WEB, channel=step.company, thread=f"case{step.case}")


@dataclass(frozen=True, slots=True)
class Part:
    """What one process plays: the steps from the first to before the last, by its settings, from an instant on."""

    address: str
    settings: str
    seed: int
    cases: int
    first: int
    last: int
    now: datetime


def play(part: Part, told: Connection) -> None:
    """Play a part, and tell each step that was taken in; -1 comes first, before the desk opens."""
    asyncio.run(_play(part, told))


async def _play(part: Part, told: Connection) -> None:
    database = await Database.open(part.address)
    month = Month(database, part.settings, part.now)
    told.send(-1)
    await month.open()
    await month.passes(month.clock.now() + SECOND)
    steps = plan(part.seed, part.cases)
    for number in range(part.first, part.last):
        await month.takes(steps[number], number)
        told.send(number)
    if part.last == len(steps):
        await month.passes(END)
    await database.close()
