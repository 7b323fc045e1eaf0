"""What service levels cost: the due times of a case from its history, and working cases out anew after a change."""

from __future__ import annotations

import asyncio
import tempfile
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.desk.levels.clocks import clocks_of
from bot.desk.levels.policy import policies_of
from bot.directory import introduce_channels, page_channel
from bot.recompute import recompute
from bot.samples import CHANNELS, people
from bot.settings import read_settings
from dialogs.cases import CaseStatus, EventKind, Severity
from dialogs.events import Language, Place, Platform
from storage.database import Database
from storage.tables import Case
from tests.bench.store import measure, show
from tests.stage import StillClock

START = datetime(2026, 3, 4, 14, 0, tzinfo=UTC)
CASES = 10_000


@dataclass
class Entry:
    at: datetime
    kind: EventKind
    data: dict[str, Any] = field(default_factory=dict)
    platform: Platform = Platform.WEB


def history(exchanges: int) -> list[Entry]:
    """Return a case in which customer and agent wrote to each other so many times."""
    found = [Entry(START, EventKind.FILED)]
    for number in range(exchanges):
        at = START + timedelta(hours=number + 1)
        found += [Entry(at, EventKind.REPLIED), Entry(at + timedelta(minutes=9), EventKind.CUSTOMER_WROTE)]
    return found


async def fill(database: Database) -> None:
    """File the cases, each with a short history."""
    someone = people("LDTelecom")[0].as_person()
    async with database.unit() as unit:
        await introduce_channels(unit, map(page_channel, CHANNELS))
        await unit.people.get_or_add(someone, START)
        for number in range(CASES):
            place = Place(platform=Platform.WEB, channel="acme", thread=str(number))
            await unit.conversations.lock(place, START)
            case = Case(
                requester_key=someone.key,
                conversation_key=place.key,
                status=CaseStatus.WORKING,
                language=Language.SPANISH,
                description="Sin tono",
                severity_proposed=Severity.S3,
                severity_reason="severity.because.untold",
                zone_name="America/Lima",
                zone_assumed=False,
                created_at=START,
                updated_at=START,
            )
            await unit.cases.add(case)
            for kind in (EventKind.FILED, EventKind.REPLIED):
                unit.cases.record(case, kind, actor=someone.key, at=START, platform=Platform.WEB)
        await unit.commit()


async def main() -> None:
    """Print the table."""
    print("Service levels")
    policy = policies_of(read_settings("")).usual
    for exchanges in (1, 10, 100):
        told = history(exchanges)

        async def compute(told: list[Entry] = told) -> None:
            clocks_of(told, policy, Severity.S3)

        show(f"all clocks of a case, {len(told)} entries", await measure(compute, 200))
    with tempfile.TemporaryDirectory() as folder:
        database = await Database.open(f"sqlite:///{Path(folder) / 'support.db'}")
        await database.migrate()
        await fill(database)
        begun = time.perf_counter()
        count = await recompute(database, read_settings(""), StillClock(START))
        taken = time.perf_counter() - begun
        print(f"  {count} open cases worked out anew: {taken:.1f} s, {taken / count * 1000:.2f} ms each")
        await database.close()


if __name__ == "__main__":
    asyncio.run(main())
