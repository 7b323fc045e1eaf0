"""The database: opened once, giving out units of work."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from pathlib import Path
from typing import Any

from sqlalchemy import URL, event, text
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker
from sqlalchemy.orm import Session

from storage import migrations
from storage.engine import database_url, open_engine, translated
from storage.errors import StoreUnreachableError
from storage.tables import Channel, Organisation, PersonRow
from storage.unit import UnitOfWork


class _UnitSession(Session):
    """Reads who and where only once: SQLAlchemy's own session lets go of a row that nobody holds."""


@event.listens_for(_UnitSession, "loaded_as_persistent")
def _hold(session: _UnitSession, row: Any) -> None:
    if isinstance(row, PersonRow | Organisation | Channel):
        session.info.setdefault("directory", []).append(row)


class Database:
    """One database, SQLite or PostgreSQL."""

    def __init__(self, url: URL) -> None:
        self.url = url
        self.engine = engine = open_engine(url)
        self._writing = async_sessionmaker(engine, expire_on_commit=False, sync_session_class=_UnitSession)
        self._reading = async_sessionmaker(engine.execution_options(reading=True), expire_on_commit=False)
        # SQLite has one writer at a time. Standing in line here is fair; its own waiting sleeps and polls.
        self._turnstile = asyncio.Lock() if engine.dialect.name == "sqlite" else nullcontext()

    @classmethod
    async def open(cls, url: str) -> Database:
        """Open a database and see that it answers. An SQLite file, and its folder, are made where missing.

        Raises:
            UnknownUrlError: the address is of no supported kind.
            StoreError: it cannot be opened, and why.
        """
        database = cls(database_url(url))
        try:
            async with database.reading() as session:
                await session.execute(text("SELECT 1"))
        except BaseException:
            await database.close()
            raise
        return database

    async def migrate(self) -> None:
        """Give the database the tables of this code; one that has them already stays as it is.

        Raises:
            StoreTooNewError: newer code has migrated it.
        """
        await migrations.migrate(self.url)

    async def check(self) -> None:
        """See that the database answers and has the tables of this code.

        Raises:
            StoreOutdatedError, StoreTooNewError: it has others.
            StoreError: it does not answer, and why.
        """
        self._find_file()
        async with self.reading() as session:
            await session.run_sync(lambda plain: migrations.check(plain.connection()))

    @asynccontextmanager
    async def unit(self) -> AsyncIterator[UnitOfWork]:
        """Give out a unit of work, alone in writing where the database has only one writer.

        Whatever was not committed is undone at the end. A unit must not be opened inside another.

        Raises:
            StoreError: the database could not do what was asked; nothing of the unit was kept.
        """
        with translated():
            async with self._turnstile, self._writing() as session:
                yield UnitOfWork(session)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        """Give out a session that only reads, and waits for nobody."""
        with translated():
            async with self._reading() as session:
                yield session

    def _find_file(self) -> None:
        """See that the file of SQLite is still there: what is open would go on, and nobody ever find it again."""
        file = self.url.database
        if self.engine.dialect.name == "sqlite" and file and not Path(file).exists():
            raise StoreUnreachableError(f"{file} is gone")

    async def close(self) -> None:
        """Let go of every connection."""
        await self.engine.dispose()
