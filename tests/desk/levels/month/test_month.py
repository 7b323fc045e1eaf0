"""A month of a desk, killed and started again: somebody slow finds the same due times, breaches and warnings.

What the desk keeps (service levels, breaches) and what it said (warnings to the desk, breaches to the managers) is
held against what `judge` makes of the exported histories and the numbers of the settings alone.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import multiprocessing
import random
import signal
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlmodel import col

from bot.export import export_lines
from dialogs.messages import Bullets, Post, spans_text
from storage.database import Database
from storage.outbox import DELIVERY
from storage.tables import Case, CaseEvent, OutboxRow
from tests.conftest import NewDatabase
from tests.desk.levels.judge import Era, Verdict, follow, seconds_of
from tests.desk.levels.month.plan import BEGIN, END, SETTINGS, plan
from tests.desk.levels.month.play import Part, play

PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload([play.__module__, "holidays.countries"])
"""Where the processes of the month come from: they need not read the whole program again each time."""
SPOKEN = {
    "primera respuesta": "first_response",
    "siguiente respuesta": "next_response",
    "novedades": "update_every",
    "solución": "resolution",
}


@dataclass
class Killed:
    """The month as its processes live through it: killed at random, and wherever the settings change."""

    address: str
    seed: int
    cases: int
    eras: list[Era] = field(default_factory=list)
    killed: int = 0

    async def live(self, kills: int) -> None:
        """Play all of it."""
        chance, many = random.Random(self.seed), len(plan(self.seed, self.cases))
        changes = [many * part // len(SETTINGS) for part in range(1, len(SETTINGS))]
        stops = sorted({*changes, *chance.sample(range(1, many), kills)})
        done = 0
        while done < many:
            now = await self._comes_back(done, chance)
            if done in changes:
                changes.remove(done)  # this time it is killed while it works the promises out anew
                done = await self._run(done, many, now, after=chance.uniform(0.02, 0.3))
            else:
                stop = next((stop for stop in stops if stop > done), many)
                done = await self._run(done, stop, now)

    async def _comes_back(self, done: int, chance: random.Random) -> datetime:
        """Return what time it is when the next process begins; its settings are those of that part of the month."""
        many = len(plan(self.seed, self.cases))
        last = await self._last_word()
        if self.eras and last.timestamp() <= self.eras[-1].since:
            return datetime.fromtimestamp(self.eras[-1].since, UTC)  # the last one did not get beyond its beginning
        down = int(last.timestamp()) + 1
        since = down + (chance.choice([0, chance.randrange(60, 20_000)]) if self.eras else 0)
        source = SETTINGS[min(done * len(SETTINGS) // many, len(SETTINGS) - 1)]
        self.eras.append(Era(since, source, down))
        return datetime.fromtimestamp(since, UTC)

    async def _last_word(self) -> datetime:
        """Return the instant of the last thing that the dead process did."""
        database = await Database.open(self.address)
        async with database.reading() as session:
            said = await session.scalar(select(func.max(col(OutboxRow.created_at))))
            written = await session.scalar(select(func.max(col(CaseEvent.at))))
        await database.close()
        return max(filter(None, (said, written)), default=BEGIN)

    async def _run(self, first: int, last: int, now: datetime, *, after: float | None = None) -> int:
        """Let a process play and kill it, after so many seconds or when it comes to the last step.

        Return how many steps it had acknowledged. At the end of the month it ends by itself.
        """
        many = len(plan(self.seed, self.cases))
        part = Part(self.address, self.eras[-1].source, self.seed, self.cases, first, min(last + 3, many), now)
        ear, mouth = PROCESSES.Pipe(duplex=False)
        process = PROCESSES.Process(target=play, args=(part, mouth), daemon=True)
        process.start()
        mouth.close()
        done = first
        with contextlib.suppress(EOFError):
            await asyncio.to_thread(ear.recv)
            if after is not None:
                await asyncio.sleep(after)
                process.kill()
            while True:
                done = await asyncio.to_thread(ear.recv) + 1
                if done >= last and last < many:
                    process.kill()
        await asyncio.to_thread(process.join)
        self.killed += process.exitcode == -signal.SIGKILL
        assert process.exitcode in ({0} if last == many and after is None else {0, -signal.SIGKILL})
        return done


async def exported(address: str) -> list[dict[str, Any]]:
    database = await Database.open(address)
    cases = [json.loads(line) async for line in export_lines(database, "LD")]
    await database.close()
    return cases


async def said(address: str) -> dict[str, Counter[tuple[str, int, int]]]:
    """Return of every case which promises were told of at which stage and when: (kind, percent, instant)."""
    found: dict[str, Counter[tuple[str, int, int]]] = {}
    database = await Database.open(address)
    async with database.reading() as session:
        query = select(OutboxRow).where(col(OutboxRow.ref).like("warning:%") | col(OutboxRow.ref).like("breach:%"))
        for row in await session.scalars(query):
            post = DELIVERY.validate_json(row.payload)
            assert isinstance(post, Post)
            kind, case = (row.ref or "").split(":")[:2]
            (lines,) = [block for block in post.message.blocks if isinstance(block, Bullets)]
            for line in lines.items:
                promise, _, rest = spans_text(line).partition(": ")
                percent = 100 if kind == "breach" else int(rest.split()[2])
                told = SPOKEN[promise], percent, int(row.created_at.timestamp())
                found.setdefault(case, Counter())[told] += 1
    await database.close()
    return found


async def next_due(address: str) -> dict[str, int | None]:
    database = await Database.open(address)
    async with database.reading() as session:
        rows = (await session.execute(select(col(Case.number), col(Case.next_due_at)))).all()
    await database.close()
    return {f"LD-{number}": int(due.timestamp()) if due else None for number, due in rows}


def kept(case: dict[str, Any]) -> list[tuple[Any, ...]]:
    def maybe(text: str | None) -> int | None:
        return seconds_of(text) if text else None

    return sorted(
        (
            *(level["kind"], seconds_of(level["started_at"]), level["severity"], maybe(level["due_at"])),
            *(maybe(level["met_at"]), maybe(level["dropped_at"]), maybe(level["breached_at"])),
            [(maybe(since), maybe(until)) for since, until in level["paused"]],
        )
        for level in case["service_levels"]
    )


def judged(verdict: Verdict) -> list[tuple[Any, ...]]:
    return sorted(
        (
            *(one.kind, one.started, one.severity, one.due),
            *(one.met, one.dropped, one.due if verdict.broken[key] else None, one.pauses),
        )
        for key, one in verdict.levels.items()
    )


def breaches(case: dict[str, Any]) -> list[tuple[str, int, int, int]]:
    return sorted(
        (entry["level"], entry["number"], seconds_of(entry["due_at"]), seconds_of(entry["at"]))
        for entry in case["history"]
        if entry["kind"] == "breached"
    )


async def judge_the_month(month: Killed) -> Counter[str]:
    """Hold every case against the verdict; return how much was compared."""
    compared, end = Counter[str](), int(END.timestamp())
    told, due = await said(month.address), await next_due(month.address)
    for case in await exported(month.address):
        verdict = follow(case, month.eras, end)
        name = case["number"]
        assert kept(case) == judged(verdict), name
        assert breaches(case) == sorted(verdict.breaches), name
        assert told.get(name, Counter()) == Counter(verdict.told), name
        ahead = [one.due for one in verdict.levels.values() if one.ended is None and one.due is not None]
        assert due[name] == min(ahead, default=None), name
        compared += Counter(
            cases=1, levels=len(verdict.levels), breaches=len(verdict.breaches), warnings=len(verdict.told)
        )
    return compared


@pytest.mark.timeout(240)
async def test_a_month_of_a_small_desk(new_sqlite: NewDatabase) -> None:
    month = Killed(new_sqlite(True), seed=1, cases=30)
    await month.live(kills=2)
    compared = await judge_the_month(month)
    assert compared["cases"] == 30
    assert month.killed >= 4
    assert min(compared["breaches"], compared["warnings"], compared["levels"]) > 30


@pytest.mark.soak
@pytest.mark.timeout(7200)
async def test_a_month_of_two_thousand_cases(new_sqlite: NewDatabase) -> None:
    month = Killed(new_sqlite(True), seed=2026, cases=2_000)
    await month.live(kills=12)
    compared = await judge_the_month(month)
    assert compared["cases"] == 2_000
    print(dict(compared))
