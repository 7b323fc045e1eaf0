"""Teams as the operator configured it, with a memory that outlives the process."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from pydantic import TypeAdapter

from adapters.teams.adapter import TeamsAdapter
from adapters.teams.ports import Reference
from bot.environment import Environment
from bot.files import Files
from bot.settings import Settings
from storage.database import Database
from storage.unit import UnitOfWork

_REFERENCE: TypeAdapter[Reference] = TypeAdapter(Reference)


class StoredMemory:
    """What the Teams adapter remembers, in the store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def reference(self, name: str) -> Reference | None:
        """Return how something is reached, if it is known."""
        async with self._database.unit() as unit:
            kept = await unit.values.get(_key(name))
        return _REFERENCE.validate_json(kept) if kept else None

    async def keep_references(self, references: Mapping[str, Reference]) -> None:
        """Keep these by their names, in place of what was known."""
        async with self._database.unit() as unit:
            for name, reference in references.items():
                await unit.values.set(_key(name), _REFERENCE.dump_json(reference).decode())
            await unit.commit()


def _key(name: str) -> str:
    return f"teams.reference:{name}"


async def forget_person(unit: UnitOfWork, person: str) -> None:
    """Forget how somebody is reached; `person` is their id."""
    kept = await unit.values.get(_key(person))
    if kept:
        await unit.values.remove(_key(_REFERENCE.validate_json(kept).conversation))
    await unit.values.remove(_key(person))


def teams_adapter(
    environment: Environment, settings: Settings, database: Database, files: Files, now: Callable[[], datetime]
) -> TeamsAdapter:
    """Return the adapter for Teams."""
    home = environment.teams_app_tenant_id.lower()
    known = {home, *(one.id.lower() for one in settings.teams.tenants)}
    return TeamsAdapter(
        app_id=environment.teams_app_id,
        password=environment.teams_app_password,
        tenant=home,
        files=files,
        memory=StoredMemory(database),
        now=now,
        tenants=frozenset(known) if environment.teams_app_id else None,
        hosts=settings.teams.hosts,
        keys_url=environment.teams_keys_url,
        login_url=environment.teams_login_url,
    )
