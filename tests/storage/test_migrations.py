"""A database of any age comes up to the tables of this code, and never down."""

from __future__ import annotations

import asyncio
import io
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from storage.database import Database
from storage.engine import database_url
from storage.errors import StoreOutdatedError, StoreTooNewError
from storage.migrations import alembic_config, migrate, revisions
from storage.tables import METADATA
from tests.conftest import NewDatabase
from tests.storage.samples import NOW, new_case, place


async def looked_at(address: str, look: Any) -> Any:
    database = await Database.open(address)
    try:
        async with database.engine.connect() as connection:
            return await connection.run_sync(look)
    finally:
        await database.close()


def differences(connection: Connection) -> list[Any]:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return compare_metadata(context, METADATA)


async def test_an_empty_database_gets_the_tables_of_the_code(new_database: NewDatabase) -> None:
    address = new_database(False)
    await migrate(database_url(address))

    assert await looked_at(address, differences) == []


async def test_alembic_finds_nothing_to_add(new_database: NewDatabase) -> None:
    await looked_at(new_database(True), lambda connection: command.check(alembic_config(connection)))


def test_migrations_follow_each_other_in_the_order_of_their_numbers() -> None:
    scripts = ScriptDirectory.from_config(alembic_config())
    assert [script.revision for script in scripts.walk_revisions()] == list(reversed(revisions()))


@pytest.mark.parametrize("revision", revisions())
async def test_a_database_of_every_age_comes_up(new_database: NewDatabase, revision: str) -> None:
    address = new_database(False)
    await migrate(database_url(address), revision)
    await migrate(database_url(address))

    assert await looked_at(address, differences) == []


async def test_migrating_again_changes_nothing(database: Database) -> None:
    async with database.unit() as unit:
        await unit.conversations.lock(place(), NOW)
        await new_case(unit)
        await unit.commit()

    await database.migrate()

    await database.check()
    async with database.unit() as unit:
        assert await unit.cases.get(1) is not None


async def test_several_processes_may_migrate_at_once(new_database: NewDatabase) -> None:
    url = database_url(new_database(False))
    await asyncio.gather(*(migrate(url) for _ in range(6)))
    database = await Database.open(url.render_as_string(hide_password=False))
    await database.check()
    await database.close()


async def test_a_database_that_lacks_migrations_is_told_from_one_that_is_ready(new_database: NewDatabase) -> None:
    database = await Database.open(new_database(False))
    with pytest.raises(StoreOutdatedError) as raised:
        await database.check()
    assert (raised.value.revision, raised.value.expected) == (None, revisions()[-1])
    await database.close()


async def test_a_database_of_newer_code_is_left_alone(new_database: NewDatabase) -> None:
    database = await Database.open(new_database(False))
    await database.migrate()
    async with database.unit() as unit:
        await unit.session.execute(text("UPDATE alembic_version SET version_num = 'from_the_future'"))
        await unit.commit()

    with pytest.raises(StoreTooNewError):
        await database.check()
    with pytest.raises(StoreTooNewError) as raised:
        await database.migrate()
    assert raised.value.revision == "from_the_future"
    await database.close()


@pytest.mark.parametrize("address", ["sqlite:///unused.db", "postgresql://nobody@nowhere/none"])
def test_the_statements_can_be_printed_for_somebody_else_to_run(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", address)
    config = alembic_config()
    config.output_buffer = io.StringIO()
    command.upgrade(config, "head", sql=True)
    printed = config.output_buffer.getvalue()
    assert all(f"CREATE TABLE {table}" in printed for table in METADATA.tables)


async def test_constraints_have_names(new_postgres: NewDatabase) -> None:
    def names(connection: Connection) -> list[str | None]:
        return [key["name"] for key in inspect(connection).get_foreign_keys("cases")]

    assert sorted(await looked_at(new_postgres(True), names)) == [
        "fk_cases_assignee_key_people",
        "fk_cases_organisation_id_organisations",
        "fk_cases_requester_key_people",
    ]
