"""What was committed outlives the process, however it ends."""

from __future__ import annotations

import sqlite3
import subprocess
import sys

import pytest

from dialogs.events import Platform
from storage.database import Database
from tests.conftest import NewDatabase
from tests.storage.samples import NOW, place

WORK = """
import asyncio, sys
from dialogs.events import Platform
from storage.database import Database
from tests.storage.samples import NOW, place, post

async def work():
    database = await Database.open(sys.argv[1])
    for n in range(100_000):
        async with database.unit() as unit:
            await unit.inbox.accept(str(n), Platform.WEB, NOW)
            (await unit.conversations.lock(place(), NOW)).state = str(n)
            unit.outbox.add(post(str(n)), "lane", NOW)
            await unit.commit()
        print(n, flush=True)

asyncio.run(work())
"""


@pytest.mark.parametrize("told_until_killed", [1, 40])
async def test_a_killed_process_keeps_every_turn_it_told_of(new_database: NewDatabase, told_until_killed: int) -> None:
    address = new_database(True)
    worker = subprocess.Popen([sys.executable, "-c", WORK, address], stdout=subprocess.PIPE, text=True)
    with worker:
        assert worker.stdout
        for _ in range(told_until_killed):
            told = int(worker.stdout.readline())
        worker.kill()
        told = max([told, *map(int, worker.stdout.read().split())])

    database = await Database.open(address)
    async with database.unit() as unit:
        for n in range(told + 1):
            assert not await unit.inbox.accept(str(n), Platform.WEB, NOW)
        conversation = await unit.conversations.lock(place(), NOW)
        assert int(conversation.state) in {told, told + 1}
        assert conversation.turns == int(conversation.state) + 2
    if database.url.get_backend_name() == "sqlite":
        with sqlite3.connect(database.url.database or "") as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        connection.close()
    await database.close()
