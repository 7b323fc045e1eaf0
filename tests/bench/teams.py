"""Teams: from an activity to its acknowledgement and to the answer, beside Microsoft's stock adapter; memory."""

from __future__ import annotations

import asyncio
import os
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp

from tests.fakes.teams import FakeTeams, shapes
from tests.fakes.teams.world import APP, HOME, Chat, User
from tests.page import free_port

TURNS = 600
EVENTS = 10_000
STEPS = 4
AT_ONCE = 8
PEOPLE = 300
_TICKS = os.sysconf("SC_CLK_TCK")


class Crowd:
    """People who write in their private chats, and wait for the answer."""

    def __init__(self, teams: FakeTeams) -> None:
        self._teams = teams
        self._answered: dict[str, asyncio.Event] = {}
        self.refused = 0
        for number in range(PEOPLE):
            user = User(f"p{number}", f"Persona {number}", tenant=HOME)
            teams.world.users[user.id] = user
            teams.world.chats[f"a:{user.id}"] = Chat(f"a:{user.id}", user.id, "personal", {user.id}, tenant=HOME)
        teams.connector.posted = self._posted

    def _posted(self, chat: Chat) -> None:
        chat.messages.clear()
        if chat.id in self._answered:
            self._answered[chat.id].set()

    async def turn(self, number: int) -> tuple[float, float]:
        """Write once; return the milliseconds to the acknowledgement and to the answer."""
        user = self._teams.world.users[f"p{number % PEOPLE}"]
        chat = self._teams.world.chats[f"a:{user.id}"]
        answered = self._answered[chat.id] = asyncio.Event()
        name = f"{number}-{self._teams.world.new_id()}"
        base = shapes.activity(
            "message", user, chat, name=name, at=time.time(), thread=None, url=self._teams.service_url
        )
        begun = time.perf_counter()
        answer = await self._teams.bring(shapes.message(base, "hola"))
        acknowledged = time.perf_counter()
        self.refused += answer.status >= 300
        await asyncio.wait_for(answered.wait(), 30)
        return (acknowledged - begun) * 1000, (time.perf_counter() - begun) * 1000


def processor_time(process: int) -> float:
    """The seconds of processor time that a process has used."""
    fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def megabytes(process: int) -> float:
    return int(Path(f"/proc/{process}/status").read_text().split("VmRSS:")[1].split()[0]) / 1000


async def many(crowd: Crowd, number: int, begin: int = 0) -> list[tuple[float, float]]:
    gate = asyncio.Semaphore(AT_ONCE)

    async def one(turn: int) -> tuple[float, float]:
        async with gate:
            return await crowd.turn(turn)

    return list(await asyncio.gather(*(one(begin + turn) for turn in range(number))))


async def measured(name: str, crowd: Crowd, process: int, turns: int = TURNS) -> float:
    """Print what turns take, and return the milliseconds of processor time of one."""
    await many(crowd, 50)
    before = processor_time(process)
    times = await many(crowd, turns, 50)
    cost = (processor_time(process) - before) / turns * 1000
    acks, answers = ([one[at] for one in times] for at in (0, 1))
    ack, answer = (statistics.quantiles(some, n=100) for some in (acks, answers))
    refused = f", {crowd.refused} refused" if crowd.refused else ""
    print(
        f"{name}: acknowledged p50 {ack[49]:.1f} ms, p99 {ack[98]:.1f} ms; answered p50 {answer[49]:.1f} ms,"
        f" p99 {answer[98]:.1f} ms; {cost:.2f} ms of processor time per turn{refused}",
        flush=True,
    )
    return cost


@asynccontextmanager
async def bot(kind: str, teams: FakeTeams) -> AsyncIterator[int]:
    port = free_port()
    command = (sys.executable, "-m", "tests.bench.echo_bots", kind, str(port), teams.base)
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.DEVNULL)
    teams.url = f"http://127.0.0.1:{port}/api/messages"
    try:
        await _listening(teams.url)
        yield process.pid
    finally:
        process.kill()
        await process.wait()


async def _listening(url: str) -> None:
    async with aiohttp.ClientSession() as session:
        while True:
            try:
                async with session.get(url):
                    return
            except aiohttp.ClientError:
                await asyncio.sleep(0.05)


@asynccontextmanager
async def assistant(folder: Path, teams: FakeTeams) -> AsyncIterator[int]:
    """The whole assistant, with its store."""
    port = free_port()
    (folder / "support.toml").write_text('[teams]\nhosts = ["127.0.0.1"]\n')
    environment = os.environ | {
        "DATABASE_URL": f"sqlite+aiosqlite:///{folder}/support.db",
        "PORT": str(port),
        "SUPPORT_SETTINGS": str(folder / "support.toml"),
        "TEAMS_APP_ID": APP,
        "TEAMS_APP_PASSWORD": "fake-password",
        "TEAMS_APP_TENANT_ID": HOME,
        "TEAMS_KEYS_URL": f"{teams.base}/openid",
        "TEAMS_LOGIN_URL": f"{teams.base}/login",
        "PYTHONPATH": str(Path(__file__).parent.parent.parent),
    }
    command = (sys.executable, "-c", "import sys; from bot.cli import main; sys.exit(main())", "run")
    with (folder / "log.txt").open("ab") as log:
        process = await asyncio.create_subprocess_exec(*command, cwd=folder, env=environment, stdout=log, stderr=log)
    teams.url = f"http://127.0.0.1:{port}/api/messages"
    try:
        await _listening(teams.url)
        yield process.pid
    finally:
        process.kill()
        await process.wait()


def open_teams() -> FakeTeams:
    """A Teams that takes any token: the stock adapter draws a new one with every turn."""
    teams = FakeTeams()
    teams.connector.token = lambda: None
    return teams


async def main() -> None:
    print("Teams")
    costs = {}
    for kind, name in (("stock", "CloudAdapter's echo bot"), ("ours", "our adapter as an echo bot")):
        async with open_teams() as teams, bot(kind, teams) as process:
            costs[kind] = await measured(name, Crowd(teams), process)
    print(f"our adapter costs {costs['stock'] / costs['ours']:.1f} times less per turn")
    with tempfile.TemporaryDirectory() as folder:
        async with open_teams() as teams, assistant(Path(folder), teams) as process:
            crowd = Crowd(teams)
            await measured("the whole assistant, each event kept", crowd, process)
            memory, begun = [megabytes(process)], time.perf_counter()
            for begin in range(0, EVENTS, EVENTS // STEPS):
                await many(crowd, EVENTS // STEPS, TURNS + 50 + begin)
                memory.append(megabytes(process))
            rate = EVENTS / (time.perf_counter() - begun)
            told = " → ".join(f"{one:.0f}" for one in memory)
            print(f"{EVENTS} turns: {rate:.0f} a second, memory {told} MB")


if __name__ == "__main__":
    asyncio.run(main())
