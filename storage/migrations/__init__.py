"""Brings a database to the tables that this code needs, forward only."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import URL, Connection, text

from storage.engine import open_engine, translated
from storage.errors import StoreDamagedError, StoreOutdatedError, StoreTooNewError

_LOCK = 0x1D5C
"""The advisory lock of PostgreSQL under which one process at a time migrates."""


def alembic_config(connection: Connection | None = None) -> Config:
    """Return how Alembic finds the migrations, working on a connection that is open already."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("file_template", "%%(year)d%%(month).2d%%(day).2d_%%(slug)s")
    config.attributes["connection"] = connection
    return config


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(alembic_config())


def check(connection: Connection) -> None:
    """See that the database has the tables that this code needs.

    Raises:
        StoreOutdatedError: it lacks migrations.
        StoreTooNewError: newer code has migrated it.
    """
    revision = MigrationContext.configure(connection).get_current_revision()
    head = _scripts().get_current_head()
    assert head is not None
    if revision == head:
        return
    if revision is not None:
        _known(revision, head)
    raise StoreOutdatedError(revision, head)


def _known(revision: str, head: str) -> None:
    try:
        _scripts().get_revision(revision)
    except CommandError as error:
        raise StoreTooNewError(revision, head) from error


async def migrate(url: URL, revision: str = "head") -> None:
    """Bring a database up to a revision; an empty one gets everything. Several processes may try at once.

    Raises:
        StoreTooNewError: newer code has migrated it.
        StoreError: the database cannot be reached or written.
    """
    engine = open_engine(url, foreign_keys=False)
    try:
        with translated():
            async with engine.begin() as connection:
                await connection.run_sync(_upgrade, revision)
    finally:
        await engine.dispose()


def _upgrade(connection: Connection, revision: str) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    current = MigrationContext.configure(connection).get_current_revision()
    head = _scripts().get_current_head()
    if current is not None and head is not None:
        _known(current, head)
    command.upgrade(alembic_config(connection), revision)
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if broken:
            raise StoreDamagedError(f"foreign keys: {broken[:5]}")
