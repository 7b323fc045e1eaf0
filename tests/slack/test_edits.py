"""The card of a case is one message that is kept up to date, within what Slack allows for edits."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest
from sqlalchemy import select

from bot.delivery import REVISE_EVERY, DeliveryWorker
from dialogs.events import Place, Platform
from dialogs.messages import Message, Paragraph, Plain, Post, Revise
from storage.database import Database
from storage.delivery_queue import DeliveryQueue
from storage.tables import OutboxRow
from tests.fakes.slack import FakeSlack
from tests.slack.conftest import Connect
from tests.stage import StillClock

DESK = Place(platform=Platform.SLACK, channel="C0DESK")
CARDS = 5


def showing(text: str) -> Message:
    return Message(blocks=(Paragraph((Plain(text),)),))


class Outbox:
    """Messages decided, and a worker that sends them on a clock that is moved by hand."""

    def __init__(self, database: Database, worker: DeliveryWorker, clock: StillClock) -> None:
        self._database = database
        self._worker = worker
        self._clock = clock

    async def decide(self, *deliveries: Post | Revise) -> None:
        async with self._database.unit() as unit:
            for delivery in deliveries:
                unit.outbox.add(delivery, delivery.ref or "", self._clock.now())
            await unit.commit()
        self._worker.news.set()

    async def until(self, done: Callable[[], bool]) -> None:
        """Wait until that is so, and nothing is being sent."""
        async with asyncio.timeout(10):
            while not done() or any(row.lease_by for row in await self._rows()):
                await asyncio.sleep(0.01)

    async def waiting(self) -> int:
        return sum(row.state == "pending" for row in await self._rows())

    async def _rows(self) -> list[OutboxRow]:
        async with self._database.reading() as session:
            return list(await session.scalars(select(OutboxRow)))

    async def run_out(self) -> None:
        """Let time pass until nothing waits any more."""
        async with asyncio.timeout(10):
            while await self.waiting():
                self._clock.advance(REVISE_EVERY)
                self._worker.news.set()
                await asyncio.sleep(0.01)


@pytest.fixture
async def outbox(connect: Connect, sqlite_database: Database) -> AsyncIterator[Outbox]:
    adapter = await connect(http=True)
    clock, stopping = StillClock(), asyncio.Event()
    queue = DeliveryQueue(sqlite_database, "me", revise_every=REVISE_EVERY)
    worker = DeliveryWorker(queue, {Platform.SLACK: adapter}, clock)
    running = asyncio.create_task(worker.run(stopping))
    yield Outbox(sqlite_database, worker, clock)
    stopping.set()
    await running


async def test_a_flood_of_changes_takes_few_edits_and_ends_with_the_newest(outbox: Outbox, slack: FakeSlack) -> None:
    cards = [f"card:LD-{number}" for number in range(CARDS)]

    def edits() -> int:
        return len(slack.calls("chat.update"))

    await outbox.decide(*(Post(place=DESK, message=showing("LD"), ref=card) for card in cards))
    await outbox.until(lambda: len(slack.posts("desk")) == CARDS)
    for number in range(100):
        await outbox.decide(*(Revise(place=DESK, ref=card, message=showing(f"{card} {number}")) for card in cards))
    await outbox.until(lambda: edits() >= CARDS)
    assert edits() == CARDS, "one edit of each at once"
    assert await outbox.waiting() == CARDS, "and one of each waits, with the newest content"
    slack.faults.next("chat.update", "limit:0", "lost", "status:500")
    await outbox.run_out()
    assert edits() == 2 * CARDS + 3, "asked again only for what Slack refused or left unknown"
    assert sorted(post["text"] for post in slack.posts("desk")) == [f"{card} 99" for card in cards]
