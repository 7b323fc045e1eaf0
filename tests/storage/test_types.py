"""What columns take and give back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import text
from sqlalchemy.exc import StatementError

from dialogs.events import Platform
from dialogs.timezones import get_zone
from storage.database import Database
from storage.errors import NaiveInstantError
from tests.storage.samples import place


async def test_an_instant_without_a_zone_is_refused(database: Database) -> None:
    async with database.unit() as unit:
        with pytest.raises(StatementError) as raised:
            await unit.inbox.accept("k", Platform.WEB, datetime(2026, 3, 2, 15, 0))  # noqa: DTZ001
    assert isinstance(raised.value.orig, NaiveInstantError)


@pytest.mark.parametrize(
    "instant",
    [
        datetime(2026, 3, 2, 12, 0, tzinfo=timezone(timedelta(hours=5))),
        datetime(2026, 11, 1, 1, 30, fold=1, tzinfo=get_zone("America/New_York")),
        datetime(1999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
    ],
)
async def test_an_instant_comes_back_the_same_and_in_utc(database: Database, instant: datetime) -> None:
    async with database.unit() as unit:
        await unit.conversations.lock(place(), instant)
        await unit.commit()
    async with database.unit() as unit:
        kept = (await unit.conversations.lock(place(), instant)).created_at
    assert kept.timestamp() == instant.timestamp()
    assert kept.utcoffset() == timedelta(0)


async def test_a_word_that_the_code_does_not_know_is_refused(database: Database) -> None:
    async with database.unit() as unit:
        with pytest.raises(StatementError, match="carrier-pigeon"):
            await unit.inbox.accept("k", "carrier-pigeon", datetime.now(UTC))  # type: ignore[arg-type]


async def test_a_word_is_kept_as_its_text(database: Database) -> None:
    async with database.unit() as unit:
        await unit.inbox.accept("k", Platform.TEAMS, datetime.now(UTC))
        assert await unit.session.scalar(text("SELECT platform FROM inbox")) == "teams"
