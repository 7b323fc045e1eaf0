"""Brings a database to the tables that this code needs, forward only.

Migrations are numbered in the order they are applied. Alembic, which applies them, is loaded only when there is
something to apply.
"""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import URL, Connection, inspect, text

from storage.engine import open_engine, translated
from storage.errors import StoreDamagedError, StoreOutdatedError, StoreTooNewError

if TYPE_CHECKING:
    from alembic.config import Config

FOLDER = Path(__file__).parent

_LOCK = 0x1D5C
"""The advisory lock of PostgreSQL under which one process at a time migrates."""


@cache
def revisions() -> tuple[str, ...]:
    """Return the numbers of all migrations, in order."""
    return tuple(sorted(path.name[:4] for path in FOLDER.glob("versions/[0-9]*.py")))


def check(connection: Connection) -> None:
    """See that the database has the tables that this code needs.

    Raises:
        StoreOutdatedError: it lacks migrations.
        StoreTooNewError: newer code has migrated it.
    """
    revision: str | None = None
    if inspect(connection).has_table("alembic_version"):
        revision = connection.scalar(text("SELECT version_num FROM alembic_version"))
    head = revisions()[-1]
    if revision is not None and revision not in revisions():
        raise StoreTooNewError(revision, head)
    if revision != head:
        raise StoreOutdatedError(revision, head)


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


def alembic_config(connection: Connection | None = None) -> Config:
    """Return how Alembic finds the migrations, working on a connection that is open already."""
    from alembic.config import Config

    config = Config(stdout=sys.stdout)  # the one of now, not of when Alembic was first imported
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes["connection"] = connection
    return config


def _upgrade(connection: Connection, revision: str) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    try:
        check(connection)
    except StoreOutdatedError:
        from alembic import command

        command.upgrade(alembic_config(connection), revision)
        if connection.dialect.name == "sqlite":
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
            if broken:
                raise StoreDamagedError(f"foreign keys: {broken[:5]}") from None
