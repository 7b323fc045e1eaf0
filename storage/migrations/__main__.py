"""Writes a new migration: what the tables in the code have that the migrations have not.

Usage: python -m storage.migrations "What it changes"
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path

from alembic import command

from storage.engine import database_url, open_engine
from storage.migrations import alembic_config, migrate, revisions


async def write(message: str) -> None:
    """Bring an empty database up to the newest migration, and write down what is still missing."""
    number = f"{len(revisions()) + 1:04}"
    with tempfile.TemporaryDirectory() as folder:
        url = database_url(f"sqlite:///{Path(folder) / 'empty.db'}")
        if revisions():
            await migrate(url)
        engine = open_engine(url)
        async with engine.connect() as connection:
            await connection.run_sync(
                lambda plain: command.revision(alembic_config(plain), message, autogenerate=True, rev_id=number)
            )
        await engine.dispose()


if __name__ == "__main__":
    asyncio.run(write(" ".join(sys.argv[1:]) or sys.exit(__doc__)))
