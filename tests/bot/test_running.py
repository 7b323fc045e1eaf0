"""The assistant as a process: it starts with nothing set up, ends politely, and remembers."""

from __future__ import annotations

import asyncio
import signal
from pathlib import Path
from typing import Any

import aiohttp

from tests.running import RunningDesk, running_desk


class Visitor:
    """Somebody at the page."""

    def __init__(self, client: aiohttp.ClientSession, desk: RunningDesk, person: str) -> None:
        self._client = client
        self._url = f"{desk.url}/api/as/{person}"
        self._headers = {"Origin": desk.url}

    async def says(self, channel: str, text: str, nonce: str) -> None:
        form = aiohttp.FormData(default_to_multipart=True)
        for name, value in (("channel", channel), ("text", text), ("nonce", nonce)):
            form.add_field(name, value)
        async with self._client.post(f"{self._url}/posts", data=form, headers=self._headers) as response:
            assert response.status == 200, await response.text()

    async def moves_clock(self, move: str) -> str:
        url = self._url.split("/api/")[0] + "/api/clock"
        async with self._client.post(url, json={"move": move}, headers=self._headers) as response:
            answer: dict[str, str] = await response.json()
            return answer["clock"]

    async def until_reads(self, count: int) -> list[dict[str, Any]]:
        """Return what is to be read, once it is so many posts."""
        async with (
            asyncio.timeout(20),
            self._client.ws_connect(f"{self._url}/feed", headers=self._headers) as feed,
        ):
            posts: dict[str, dict[str, Any]] = {}
            async for frame in feed:
                posts |= {post["id"]: post for post in frame.json().get("posts", ())}
                if len(posts) >= count:
                    return list(posts.values())
        raise AssertionError("the desk closed the feed")


async def test_a_customer_is_answered_and_what_was_said_outlives_the_process(tmp_path: Path) -> None:
    async with aiohttp.ClientSession() as client:
        async with running_desk(tmp_path) as desk:
            ana = Visitor(client, desk, "ana")
            await ana.says("acme", "hola", "nonce-0001")
            said, answered = await ana.until_reads(2)
            assert said["text"] == "hola"
            assert answered["thread"] == said["id"]
            assert await desk.stop() == 0
        async with running_desk(tmp_path) as desk:
            posts = await Visitor(client, desk, "ana").until_reads(2)
            assert [post["id"] for post in posts] == [said["id"], answered["id"]]


async def test_told_to_stop_it_finishes_and_says_nothing_wrong(tmp_path: Path) -> None:
    for number in (signal.SIGTERM, signal.SIGINT):
        async with running_desk(tmp_path) as desk, aiohttp.ClientSession() as client:
            ana = Visitor(client, desk, "ana")
            async with client.ws_connect(f"{desk.url}/api/as/ana/feed", headers={"Origin": desk.url}):
                await ana.says("acme", "hola", f"nonce-{number:04}")
                desk.process.send_signal(number)
                assert await desk.ended() == 0
            assert "error" not in desk.log
            assert "Traceback" not in desk.log


async def test_the_moved_clock_stays_moved(tmp_path: Path) -> None:
    async with aiohttp.ClientSession() as client:
        async with running_desk(tmp_path) as desk:
            moved = await Visitor(client, desk, "ana").moves_clock("morning")
        async with running_desk(tmp_path) as desk:
            again = await Visitor(client, desk, "ana").moves_clock("quarter")
    assert again > moved


async def test_a_killed_assistant_starts_again_where_it_was(tmp_path: Path) -> None:
    async with aiohttp.ClientSession() as client:
        async with running_desk(tmp_path) as desk:
            await Visitor(client, desk, "ana").says("acme", "hola", "nonce-0001")
            desk.kill()
            await desk.ended()
        async with running_desk(tmp_path) as desk:
            posts = await Visitor(client, desk, "ana").until_reads(2)
    assert posts[0]["text"] == "hola"
    assert posts[1]["thread"] == posts[0]["id"]
