"""Every case as a line of JSON, one at a time however many there are."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator

from sqlalchemy import select
from sqlmodel import col

from bot.desk.export import export_case
from storage.database import Database
from storage.tables import Case
from storage.unit import UnitOfWork

BATCH = 100


async def export_lines(database: Database, prefix: str) -> AsyncIterator[str]:
    """Yield the cases by number, as they stood when the first was read."""
    last = 0
    async with database.reading() as session:
        unit = UnitOfWork(session)
        while True:
            query = select(Case).where(col(Case.number) > last).order_by(col(Case.number)).limit(BATCH)
            cases = (await session.scalars(query)).all()
            if not cases:
                return
            for case in cases:
                yield json.dumps(await export_case(unit, case, prefix), ensure_ascii=False)
            last = cases[-1].number or 0
            session.expunge_all()
