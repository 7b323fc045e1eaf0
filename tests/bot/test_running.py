"""The assistant as a process: it starts with nothing set up, ends politely, and remembers."""

from __future__ import annotations

import asyncio
import signal
from pathlib import Path

import aiohttp
import pytest

from tests.conftest import NewDatabase
from tests.page import Assistant, Post, Visitor, running


def from_assistant(post: Post) -> bool:
    return post["message"] is not None


async def move_clock(client: aiohttp.ClientSession, assistant: Assistant, move: str) -> str:
    headers = {"Origin": assistant.url}
    async with client.post(f"{assistant.url}/api/clock", json={"move": move}, headers=headers) as response:
        told: dict[str, str] = await response.json()
        return told["clock"]


async def test_a_customer_is_answered_and_what_was_said_outlives_the_process(
    tmp_path: Path, new_database: NewDatabase
) -> None:
    address = new_database(False)
    async with aiohttp.ClientSession() as client:
        async with running(tmp_path, address) as assistant:
            ana = Visitor(assistant.url, "ana", client)
            said = await ana.says("hola", channel="acme")
            answer = await ana.sees(from_assistant)
            assert answer["thread"] == said["id"]
            await ana.close()
            assert await assistant.stop() == 0
        async with running(tmp_path, address) as assistant:
            ana = Visitor(assistant.url, "ana", client)
            await ana.catch_up()
            await ana.close()
    assert list(ana.posts) == [said["id"], answer["id"]]


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
async def test_told_to_stop_it_finishes_what_it_was_told_and_says_nothing_wrong(
    tmp_path: Path, new_sqlite: NewDatabase, how: signal.Signals
) -> None:
    address = new_sqlite(False)
    async with aiohttp.ClientSession() as client:
        async with running(tmp_path, address) as assistant:
            ana = Visitor(assistant.url, "ana", client)
            for _ in range(8):
                await ana.says("hola", channel="acme")
            assert await assistant.stop(how) == 0
            await ana.close()
            assert "error" not in assistant.log
            assert "Traceback" not in assistant.log
        async with running(tmp_path, address) as assistant:
            ana = Visitor(assistant.url, "ana", client)
            async with asyncio.timeout(60):
                while sum(map(from_assistant, ana.posts.values())) < 8:
                    await ana.catch_up()
            await ana.close()


async def test_the_moved_clock_stays_moved(tmp_path: Path, new_sqlite: NewDatabase) -> None:
    address = new_sqlite(False)
    async with aiohttp.ClientSession() as client:
        async with running(tmp_path, address) as assistant:
            moved = await move_clock(client, assistant, "morning")
        async with running(tmp_path, address) as assistant:
            again = await move_clock(client, assistant, "quarter")
    assert again > moved
