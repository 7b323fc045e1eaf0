"""The running assistant as people meet it: ready how soon, answers how fast, in how much memory."""

from __future__ import annotations

import asyncio
import itertools
import statistics
import tempfile
import time
from pathlib import Path

import aiohttp

from tests.bench.dialog import SAID
from tests.page import Assistant, running

RATE = 50
SECONDS = 15
CASES = 1_000
AT_ONCE = 16
STARTS = 5
PHONE = 8
"""Which of the things said is the phone; asked of each person once."""
_nonces = itertools.count()


class Customer:
    """Somebody of the samples, writing as a browser does."""

    def __init__(self, client: aiohttp.ClientSession, desk: Assistant, person: str, channel: str) -> None:
        self._client = client
        self._url = f"{desk.url}/api/as/{person}"
        self._headers = {"Origin": desk.url}
        self._channel = channel

    async def says(self, text: str, thread: str | None = None) -> str:
        """Write, and return the id of what was written."""
        form = aiohttp.FormData(default_to_multipart=True)
        for name, value in (
            ("channel", self._channel),
            ("text", text),
            ("thread", thread),
            ("nonce", f"bench-{next(_nonces):08}"),
        ):
            if value is not None:
                form.add_field(name, value)
        url = f"{self._url}/posts?language=en"
        async with self._client.post(url, data=form, headers=self._headers) as response:
            said = await response.json()
            assert response.status == 200, said
            identity: str = said["post"]["id"]
            return identity

    async def watch(self, answers: Answers) -> None:
        """Note what the assistant says in each thread."""
        async with self._client.ws_connect(f"{self._url}/feed", headers=self._headers, max_msg_size=0) as feed:
            async for frame in feed:
                for post in frame.json().get("posts", ()):
                    if post["author"] == "" and post["thread"]:
                        answers.add(post["thread"], str(post["message"]))


class Answers:
    """What the assistant said, and when its first word in a thread was to be seen."""

    def __init__(self) -> None:
        self.seen: dict[str, float] = {}
        self._said: dict[str, list[str]] = {}
        self._news = asyncio.Event()

    def add(self, thread: str, message: str) -> None:
        self.seen.setdefault(thread, time.perf_counter())
        self._said.setdefault(thread, []).append(message)
        self._news.set()
        self._news = asyncio.Event()

    async def wait(self, thread: str, count: int) -> str:
        """Return what was said last, once that was so many messages."""
        async with asyncio.timeout(60):
            while len(self._said.get(thread, ())) < count:
                await self._news.wait()
        return self._said[thread][-1]


async def start_time() -> tuple[float, float]:
    """Return the seconds until ready with nothing there yet, and with everything there."""
    taken = []
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(2):
            begun = time.perf_counter()
            async with running(Path(folder), f"sqlite:///{folder}/support.db"):
                taken.append(time.perf_counter() - begun)
    return taken[0], taken[1]


async def reply_times(desk: Assistant, client: aiohttp.ClientSession) -> list[float]:
    """Return the milliseconds from a customer's message to the answer on their screen, at a steady rate."""
    ana, answers = Customer(client, desk, "ana", "acme"), Answers()
    watching = asyncio.create_task(ana.watch(answers))

    async def say(delay: float) -> float:
        await asyncio.sleep(delay)
        begun = time.perf_counter()
        thread = await ana.says(SAID[0])
        await answers.wait(thread, 1)
        return (answers.seen[thread] - begun) * 1000

    times = await asyncio.gather(*(say(number / RATE) for number in range(RATE * SECONDS)))
    watching.cancel()
    return times


async def file_cases(desk: Assistant, client: aiohttp.ClientSession) -> float:
    """File a thousand cases as customers do, message by message; return the cases a minute."""
    luis, answers = Customer(client, desk, "luis", "globex"), Answers()
    watching = asyncio.create_task(luis.watch(answers))
    gate = asyncio.Semaphore(AT_ONCE)

    async def file(*, first: bool) -> None:
        async with gate:
            thread: str | None = None
            told = ""
            for count, text in enumerate((*SAID[:PHONE], *SAID[PHONE + 1 - first :]), 1):
                said = await luis.says(text, thread)
                thread = thread or said
                told = await answers.wait(thread, count)
            assert "LD-" in told, told

    begun = time.perf_counter()
    await file(first=True)
    await asyncio.gather(*(file(first=False) for _ in range(CASES - 1)))
    watching.cancel()
    return CASES * 60 / (time.perf_counter() - begun)


async def main() -> None:
    """Print the table."""
    print("The running page, with SQLite")
    fresh, again = zip(*[await start_time() for _ in range(STARTS)], strict=True)
    print(f"  {'start to ready, first time':44} {statistics.median(fresh):7.2f} s")
    print(f"  {'start to ready, again':44} {statistics.median(again):7.2f} s")
    with tempfile.TemporaryDirectory() as folder:
        async with running(Path(folder), f"sqlite:///{folder}/support.db") as desk, aiohttp.ClientSession() as client:
            before = desk.megabytes
            times = statistics.quantiles(await reply_times(desk, client), n=100)
            line = f"message to visible reply, {RATE} a second"
            print(f"  {line:44} {times[49]:7.0f} ms  (p99 {times[98]:.0f})")
            rate = await file_cases(desk, client)
            print(f"  {'cases filed by ' + str(AT_ONCE) + ' at once':44} {rate:7.0f}/min")
            print(f"  {'memory when ready':44} {before:7.0f} MB")
            print(f"  {f'memory after {CASES} cases':44} {desk.megabytes:7.0f} MB")


if __name__ == "__main__":
    asyncio.run(main())
