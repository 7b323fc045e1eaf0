"""Whole turns that last: event in, dialog, case, messages and timers decided, commit on disk."""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from itertools import count
from pathlib import Path

from sqlalchemy import func, select

from bot.directory import introduce_channels, page_channel
from bot.samples import CHANNELS
from bot.settings import read_settings
from bot.turns import Turns
from storage.database import Database
from storage.tables import Case
from tests.bench.dialog import SAID, START, event
from tests.bench.store import postgres
from tests.stage import StillClock

ROUNDS = 5
CONVERSATIONS = 32
_conversations = count()


async def converse(turns: Turns, conversation: int) -> None:
    """Have one dialog from greeting to case."""
    for step in range(len(SAID)):
        await turns.handle(event(conversation, step))


async def one_by_one(turns: Turns) -> None:
    for _ in range(CONVERSATIONS):
        await converse(turns, next(_conversations))


async def side_by_side(turns: Turns) -> None:
    await asyncio.gather(*(converse(turns, next(_conversations)) for _ in range(CONVERSATIONS)))


async def measure(name: str, address: str) -> None:
    """Print what one kind of database reaches."""
    database = await Database.open(address)
    await database.migrate()
    async with database.unit() as unit:
        await introduce_channels(unit, map(page_channel, CHANNELS))
        await unit.commit()
    before = next(_conversations) + 1
    turns = Turns(database, read_settings(""), StillClock(START), lambda: None)
    for what, work in (("one after another", one_by_one), (f"{CONVERSATIONS} side by side", side_by_side)):
        await work(turns)
        rounds = []
        for _ in range(ROUNDS):
            begun = time.perf_counter()
            await work(turns)
            rounds.append(CONVERSATIONS * len(SAID) / (time.perf_counter() - begun))
        line = f"{name}: conversations {what}"
        print(f"  {line:44} {statistics.median(rounds):7.0f}/s  (of {min(rounds):.0f} to {max(rounds):.0f})")
    await turns.close()
    async with database.reading() as session:
        filed = await session.scalar(select(func.count()).select_from(Case))
    assert filed == next(_conversations) - before, "every conversation ends in a case"
    await database.close()


async def main() -> None:
    """Print the table."""
    print("Turns on disk: the same dialog, each answer committed before it is acknowledged")
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as data:
        await measure("SQLite", f"sqlite:///{Path(folder) / 'support.db'}")
        with postgres(Path(data)) as address:
            await measure("PostgreSQL", address)


if __name__ == "__main__":
    asyncio.run(main())
