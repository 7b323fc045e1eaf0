"""Slack: from a signed event to its acknowledgement, beside bolt's bare dispatch; memory; recovery after a kill."""

from __future__ import annotations

import asyncio
import itertools
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.fakes.slack import FakeSlack, shapes
from tests.fakes.slack.world import BOT_USER, Channel, User
from tests.page import free_port
from tests.slack.process import Process

RATES = (50, 200)
SECONDS = 10
EVENTS = 10_000
WAITING = 1_000
CHANNELS = 30
PEOPLE = 300
AT_ONCE = 32

# Bolt with one listener for everything: what an event costs where nothing is kept.
_BARE = """
import re, sys
from aiohttp import web
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
async def authorize(**_):
    return AuthorizeResult(enterprise_id=None, team_id="T0DESK", bot_user_id="U0BOT", bot_id="B0BOT", bot_token="x")
app = AsyncApp(signing_secret=sys.argv[1], authorize=authorize)
@app.event(re.compile(".*"))
async def every():
    pass
web.run_app(app.web_app(), host="127.0.0.1", port=int(sys.argv[2]), print=None, access_log=None)
"""


class Crowd:
    """Messages of a few hundred people, as Slack brings them."""

    def __init__(self, slack: FakeSlack) -> None:
        self._slack = slack
        self._numbers = itertools.count()
        self.refused = 0
        self.channels = [f"C1{number:02}" for number in range(CHANNELS)]
        for name in self.channels:
            slack.world.channels[name] = Channel(name, name, {BOT_USER}, shared=True)

    def someone(self, *, new: bool = False) -> tuple[User, Channel]:
        number = next(self._numbers)
        number = PEOPLE + number if new else number % PEOPLE
        channel = self._slack.world.channels[self.channels[number % CHANNELS]]
        new = User(f"U1{number:06}", f"Persona {number}", team=f"T1{number % CHANNELS}")
        user = self._slack.world.users.setdefault(new.id, new)
        channel.members.add(user.id)
        return user, channel

    async def acknowledged(self, delay: float = 0.0) -> float:
        """Bring one message and return the milliseconds until it was acknowledged."""
        user, channel = self.someone()
        await asyncio.sleep(delay)
        ts = self._slack.world.ts()
        event = shapes.message(user, channel, ts=ts, text="hola", thread=None, files=[])
        self._slack.world.add_message(channel, {**event})
        body = shapes.callback(event, self._slack.world.new_id("Ev"), user, channel)
        begun = time.perf_counter()
        answer = await self._slack.delivery.bring("events_api", body)
        self.refused += not answer.ok
        return (time.perf_counter() - begun) * 1000


@asynccontextmanager
async def bare_bolt(slack: FakeSlack) -> AsyncIterator[None]:
    port = free_port()
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", _BARE, slack.signing_secret, str(port))
    slack.deliver_to(f"http://127.0.0.1:{port}/slack/events")
    try:
        while not (await slack.delivery.bring("events_api", {"type": "url_verification", "challenge": "1"})).ok:
            await asyncio.sleep(0.05)
        yield
    finally:
        process.kill()
        await process.wait()


async def at_rates(crowd: Crowd, name: str) -> None:
    for rate in RATES:
        times = await asyncio.gather(*(crowd.acknowledged(number / rate) for number in range(rate * SECONDS)))
        cuts = statistics.quantiles(times, n=100)
        late = f", {crowd.refused} not within Slack's three seconds" if crowd.refused else ""
        print(f"{name} at {rate} events/s: p50 {cuts[49]:.1f} ms, p99 {cuts[98]:.1f} ms{late}", flush=True)
        crowd.refused = 0


async def many(crowd: Crowd, number: int) -> None:
    gate = asyncio.Semaphore(AT_ONCE)

    async def one() -> None:
        async with gate:
            await crowd.acknowledged()

    await asyncio.gather(*(one() for _ in range(number)))


async def recovery(slack: FakeSlack, crowd: Crowd, process: Process) -> float:
    """Kill the process, let messages pile up, and return the seconds from its start until all are answered."""
    await process.kill()
    roots = []
    for _ in range(WAITING):
        user, channel = crowd.someone(new=True)
        ts = slack.world.ts()
        event = shapes.message(user, channel, ts=ts, text="hola", thread=None, files=[])
        slack.world.add_message(channel, {**event})
        roots.append((channel.id, ts))
    waiting = set(roots)
    begun = time.perf_counter()
    await process.start()
    while waiting:
        await asyncio.sleep(0.2)
        waiting -= {(name, post.get("thread_ts")) for name in crowd.channels for post in slack.posts(name)}
    return time.perf_counter() - begun


async def main() -> None:
    print("Slack")
    async with FakeSlack() as slack, bare_bolt(slack):
        await at_rates(Crowd(slack), "bolt's bare dispatch, acknowledged and forgotten,")
    with tempfile.TemporaryDirectory() as folder:
        async with FakeSlack() as slack:
            crowd = Crowd(slack)
            process = Process(Path(folder), slack, channels=crowd.channels, http=True)
            await process.prepare()
            await process.start()
            await at_rates(crowd, "event kept and acknowledged,")
            before = process.megabytes
            begun = time.perf_counter()
            await many(crowd, EVENTS)
            rate = EVENTS / (time.perf_counter() - begun)
            print(f"{EVENTS} events: {rate:.0f} a second, memory {before:.0f} → {process.megabytes:.0f} MB")
            seconds = await recovery(slack, crowd, process)
            print(f"killed with {WAITING} messages waiting: all answered {seconds:.1f} s after the start")
            await process.stop()


if __name__ == "__main__":
    asyncio.run(main())
