"""One turn, one transaction."""

from __future__ import annotations

from datetime import UTC, datetime

from dialogs.events import Platform
from storage.database import Database

NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)


async def test_what_was_not_committed_never_happened(database: Database) -> None:
    async with database.unit() as unit:
        assert await unit.inbox.accept("k", Platform.WEB, NOW)
    async with database.unit() as unit:
        assert await unit.inbox.accept("k", Platform.WEB, NOW)
        await unit.commit()
    async with database.unit() as unit:
        assert not await unit.inbox.accept("k", Platform.WEB, NOW)
