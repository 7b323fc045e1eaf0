"""What Alembic runs: on the connection it is given or, called by hand, on the database of DATABASE_URL."""

from __future__ import annotations

import asyncio
import os
from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection, TypeDecorator

from storage.engine import database_url, open_engine
from storage.tables import METADATA


def _plain_type(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    # A migration stays as it was written, whatever becomes of our own column types.
    return f"sa.{item.impl!r}" if kind == "type" and isinstance(item, TypeDecorator) else False


def _run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=METADATA,
        render_as_batch=True,
        render_item=_plain_type,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()


async def _run_by_hand() -> None:
    engine = open_engine(database_url(os.environ["DATABASE_URL"]), foreign_keys=False)
    async with engine.begin() as connection:
        await connection.run_sync(_run)
    await engine.dispose()


def _print() -> None:
    context.configure(
        url=database_url(os.environ["DATABASE_URL"]),
        target_metadata=METADATA,
        literal_binds=True,
        render_as_batch=True,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if context.is_offline_mode():
    _print()
elif given is not None:
    _run(given)
else:
    asyncio.run(_run_by_hand())
