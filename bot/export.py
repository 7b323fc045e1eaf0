"""Cases, and what was misread in them, as lines of JSON: one at a time however many there are."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator

from sqlalchemy import select
from sqlmodel import col

from bot.desk.closing.decisions import Decision, decisions_of
from bot.desk.export import export_case
from dialogs.cases import EventKind
from dialogs.reading.closings import ClosingLabel
from storage.database import Database
from storage.tables import Case, CaseEvent
from storage.unit import UnitOfWork

BATCH = 100


async def export_lines(database: Database, prefix: str, *, named: bool = True) -> AsyncGenerator[str]:
    """Yield the cases by number, as they stood when the first was read. `named` tells who answered surveys."""
    last = 0
    async with database.reading() as session:
        unit = UnitOfWork(session)
        while True:
            query = select(Case).where(col(Case.number) > last).order_by(col(Case.number)).limit(BATCH)
            cases = (await session.scalars(query)).all()
            if not cases:
                return
            for case in cases:
                yield json.dumps(await export_case(unit, case, prefix, named=named), ensure_ascii=False)
            last = cases[-1].number or 0
            session.expunge_all()


async def counter_example_lines(database: Database, prefix: str) -> AsyncGenerator[str]:
    """Yield what customers wrote after a resolution and an agent found misread, by case.

    Each line is a row of a corpus of closing messages: what was read, and what it means. Where the case was reopened
    for it, nobody said what it is instead of a problem: its label is left open.
    """
    async with database.reading() as session:
        unit = UnitOfWork(session)
        undone = select(col(CaseEvent.case_number)).where(col(CaseEvent.kind) == EventKind.CLOSING_UNDONE)
        for number in (await session.scalars(undone.distinct().order_by(col(CaseEvent.case_number)))).all():
            case = await unit.cases.get(number)
            assert case is not None, "a history belongs to a case"
            for weighed in decisions_of(await unit.cases.history(number)).all:
                if weighed.undone and weighed.text:
                    reopened = weighed.decision is Decision.REOPENED
                    example = {
                        "id": f"{prefix}-{number}:{weighed.number}",
                        "text": weighed.text,
                        "language": case.language,
                        "label": None if reopened else ClosingLabel.STILL_BROKEN,
                        "reopen": not reopened,
                        "read_as": weighed.label,
                        "reason": weighed.reason,
                    }
                    yield json.dumps(example, ensure_ascii=False)
            session.expunge_all()
