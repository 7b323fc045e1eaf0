"""A store of many cases, a tenth of them open: how long people and the clock wait for it.

`python -m tests.bench.scale 1000000` takes a million, which needs a quarter of an hour and ten gigabytes.
"""

from __future__ import annotations

import asyncio
import random
import sys
import tempfile
import time
from collections import defaultdict
from datetime import timedelta
from functools import partial
from itertools import count
from pathlib import Path

from sqlalchemy import select
from sqlmodel import col

from bot.clock import Clock
from bot.desk.handlers import OPEN
from bot.desk.levels.keeping import TIMER as SERVICE_LEVEL
from bot.desk.levels.policy import policies_of
from bot.desk.replies.held import TIMER as REPLY
from bot.desk.reports.digest import post_digests
from bot.desk.reports.figures import figures_of
from bot.files import Files
from bot.reporter import Reporter
from bot.settings import read_settings
from bot.turn import Turn
from bot.turns import Turns
from dialogs.events import Event, HomeOpened, Invoked, Person, Place, Platform, Said, TimerFired, What
from storage.database import Database
from storage.reports import Scope, Statistics
from storage.tables import Case, Conversation, Timer
from storage.timer_queue import TimerQueue
from tests.bench.filling import AGENTS, COMPANIES, REQUESTERS, agent, channel_of, fill, requester
from tests.bench.lives import NOW
from tests.bench.store import measure, middle_and_high, postgres, show, timed
from tests.stage import StillClock

CASES = 50_000
FEW = 1_000
TIMES = 200
REPORTS = 20
DESK = Place(platform=Platform.WEB, channel="desk")


class Days:
    """What happens at the desk on a day, to random people and cases."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.clock = StillClock(NOW)
        self.settings = read_settings("")
        self.turns = Turns(database, self.settings, self.clock, lambda: None)
        files = Files(folder, max_bytes=10_000_000, forbidden=())
        self.reporter = Reporter(database, self.settings, files, self.clock)
        self._database = database
        self._chance = random.Random(1)
        self._numbers = count()
        self._open: list[tuple[int, str, Place]] = []

    async def prepare(self) -> None:
        """Look up which cases are open."""
        query = (
            select(col(Case.number), col(Case.requester_key), Conversation)
            .join(Conversation, col(Conversation.key) == col(Case.conversation_key))
            .where(col(Case.status).in_(OPEN))
            .order_by(col(Case.number))
        )
        async with self._database.reading() as session:
            rows = await session.execute(query)
            self._open = [
                (number, key, Place(platform=talk.platform, channel=talk.channel, thread=talk.thread))
                for number, key, talk in rows
            ]

    async def _happens(self, actor: Person, place: Place, what: What) -> None:
        event = Event(key=f"bench:{next(self._numbers)}", actor=actor, place=place, at=self.clock.now(), what=what)
        await self.turns.handle(event)

    def _agent(self) -> Person:
        return agent(self._chance.randrange(AGENTS))

    def _customer(self) -> tuple[Person, Place]:
        company = int(COMPANIES * self._chance.random() ** 3)
        return requester(company, self._chance.randrange(REQUESTERS)), channel_of(company)

    async def command(self, text: str) -> None:
        await self._happens(self._agent(), DESK, Invoked(command="case", text=text))

    async def my_cases(self) -> None:
        person, place = self._customer()
        await self._happens(person, place, Said(message=f"m{next(self._numbers)}", text="mis casos"))

    async def home(self, person: Person) -> None:
        place = Place(platform=Platform.WEB, channel=f"private-{person.id}", direct=True)
        await self._happens(person, place, HomeOpened())

    async def queue(self) -> None:
        await self.home(self._agent())

    async def own(self) -> None:
        await self.home(self._customer()[0])

    async def customer_writes(self) -> None:
        _, key, place = self._chance.choice(self._open)
        _, tenant, identity = key.split(":")
        person = Person(platform=Platform.WEB, tenant=tenant, id=identity)
        await self._happens(
            person, place, Said(message=f"m{next(self._numbers)}", text="Sigue igual, ahora también en la sede norte")
        )

    async def agent_replies(self) -> None:
        number, _, _ = self._chance.choice(self._open)
        await self.command(f"reply LD-{number} Seguimos probando con el operador, le aviso en cuanto sepa más")

    async def report(self) -> None:
        await self.command("report month")
        assert await self.reporter.make_next()

    async def figures(self) -> None:
        scope = Scope(since=NOW - timedelta(days=30), until=NOW)
        async with self._database.reading() as session:
            policy = policies_of(self.settings).usual
            await figures_of(Statistics(session, scope), scope, policy, self.settings.zone.default, anonymous=False)

    async def digest(self) -> None:
        """Make the digest and throw it away: it is made once a day."""
        event = Event(key="digest", actor=agent(0), place=DESK, at=NOW, what=HomeOpened())
        async with self._database.unit() as unit:
            await post_digests(Turn(unit, event, NOW, self.settings))


async def due(database: Database, turns: Turns, clock: Clock) -> None:
    """Measure finding the next promise that comes due, and the turns in which what is due is settled."""
    queue = TimerQueue(database, "bench")
    later = col(Timer.kind) == SERVICE_LEVEL, col(Timer.due_at) > clock.now()
    instants = select(col(Timer.due_at)).where(*later).order_by(col(Timer.due_at))
    async with database.reading() as session:
        coming = (await session.scalars(instants.limit(TIMES))).all()
    found, settled, events = [], defaultdict[str, list[float]](list), list[Event]()

    async def find() -> None:
        events.extend(await queue.claim(clock.now()))

    async def settle() -> None:
        await turns.handle(events.pop())

    for instant in coming:
        clock.advance(instant - clock.now())
        found.append(await timed(find))
        while events:
            what = events[-1].what
            assert isinstance(what, TimerFired)
            settled[what.timer].append(await timed(settle))
    show("what has come due is found", middle_and_high(found))
    for timer, what in ((SERVICE_LEVEL, "a promise comes due"), (REPLY, "a reply that was not taken back goes out")):
        if settled[timer]:
            show(what, middle_and_high(settled[timer]))


async def measure_all(name: str, address: str, cases: int) -> None:
    """Fill a store and print what it takes."""
    database = await Database.open(address)
    await database.migrate()
    begun = time.perf_counter()
    await fill(database, cases)
    print(f"{name} with {cases:,} cases, written in {time.perf_counter() - begun:.0f} s", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        days = Days(database, Path(folder))
        await days.prepare()
        for what, work, times in (
            ("/case list", partial(days.command, "list"), TIMES),
            ("/case list mine", partial(days.command, "list mine"), TIMES),
            ("/case list all", partial(days.command, "list all"), TIMES),
            ("a customer's cases", days.my_cases, TIMES),
            ("an agent's Home tab", days.queue, TIMES),
            ("a customer's Home tab", days.own, TIMES),
            ("a customer writes about an open case", days.customer_writes, TIMES),
            ("an agent replies to an open case", days.agent_replies, TIMES),
            ("/case report month, the figures", days.figures, REPORTS),
            ("/case report month, until it is posted", days.report, REPORTS),
            ("the daily digest", days.digest, REPORTS),
        ):
            show(what, await measure(work, times))
        await due(database, days.turns, days.clock)
        await days.turns.close()
    await database.close()


async def main() -> None:
    """Print the tables."""
    many = int(sys.argv[1]) if sys.argv[1:] else CASES
    for cases in (FEW, many):
        with tempfile.TemporaryDirectory() as folder:
            await measure_all("SQLite", f"sqlite:///{folder}/support.db", cases)
    for cases in (FEW, many):
        with tempfile.TemporaryDirectory() as folder, postgres(Path(folder)) as address:
            await measure_all("PostgreSQL", address, cases)


if __name__ == "__main__":
    asyncio.run(main())
