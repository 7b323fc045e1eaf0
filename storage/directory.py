"""Companies, channels and people."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dialogs.cases import ChannelRole
from dialogs.events import Person, Platform
from storage.statements import insert_into
from storage.tables import Channel, Member, Organisation, Outsider, PersonRow, Tenant

_ORGANISATIONS = select(Organisation).where(col(Organisation.id).in_(bindparam("ids", expanding=True)))
_PEOPLE = select(PersonRow).where(col(PersonRow.key).in_(bindparam("keys", expanding=True)))
_CHANNELS_OF = (
    select(PersonRow, Channel, Organisation)
    .outerjoin(Member, col(Member.person_key) == col(PersonRow.key))
    .outerjoin(Channel, col(Channel.key) == col(Member.channel_key))
    .outerjoin(Organisation, col(Organisation.id) == col(Channel.organisation_id))
    .where(col(PersonRow.key).in_(bindparam("keys", expanding=True)))
    .order_by(col(Channel.key))
)


class Organisations:
    """The companies, and the platforms' own ids of them."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def get(self, organisation_id: int) -> Organisation | None:
        """Return a company by its id."""
        with self._session.no_autoflush:
            return await self._session.get(Organisation, organisation_id)

    async def load(self, ids: Collection[int]) -> None:
        """Read many companies in one statement, so that asking for each of them costs nothing more."""
        await self._session.scalars(_ORGANISATIONS, {"ids": sorted(ids)})

    async def all(self) -> Sequence[Organisation]:
        """Return every company, by name."""
        return (await self._session.scalars(select(Organisation).order_by(col(Organisation.name)))).all()

    async def get_or_add(self, name: str) -> Organisation:
        """Return the company of that name, new where there was none."""
        await self._session.execute(insert_into(Organisation).on_conflict_do_nothing(), {"name": name})
        return (await self._session.scalars(select(Organisation).where(col(Organisation.name) == name))).one()

    async def of_tenant(self, platform: Platform, tenant: str) -> Organisation | None:
        """Return the company that a platform's own id stands for, where it is known."""
        query = (
            select(Organisation)
            .join(Tenant, col(Tenant.organisation_id) == col(Organisation.id))
            .where(col(Tenant.platform) == platform, col(Tenant.tenant) == tenant)
        )
        return (await self._session.scalars(query)).one_or_none()

    async def set_tenant(self, platform: Platform, tenant: str, organisation: Organisation) -> None:
        """Say which company a platform's own id stands for."""
        row = Tenant(platform=platform, tenant=tenant, organisation_id=_known(organisation.id))
        await self._session.merge(row)


class Channels:
    """The channels the assistant is in."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session
        self._of_role: dict[ChannelRole, Sequence[Channel]] = {}

    async def get(self, key: str) -> Channel | None:
        """Return a channel by `Place.channel_key`."""
        with self._session.no_autoflush:  # what this turn changed has no part in it, and is written in one go later
            return await self._session.get(Channel, key)

    async def configured(self, key: str) -> Channel | None:
        """Return the channel that the settings know by that key, which may have another by now."""
        query = select(Channel).where(col(Channel.settings_key) == key)
        return (await self._session.scalars(query)).first() or await self.get(key)

    async def put(self, channel: Channel) -> Channel:
        """Keep a channel, in place of what was known under its key."""
        self._of_role.clear()
        kept = await self._session.merge(channel)
        await self._session.flush()
        return kept

    async def remove(self, key: str) -> None:
        """Forget a channel, and who is in it."""
        self._of_role.clear()
        await self._session.execute(delete(Member).where(col(Member.channel_key) == key))
        await self._session.execute(delete(Outsider).where(col(Outsider.channel_key) == key))
        await self._session.execute(delete(Channel).where(col(Channel.key) == key))

    async def of_role(self, role: ChannelRole) -> Sequence[Channel]:
        """Return the channels that serve one purpose, by key."""
        if role not in self._of_role:
            query = select(Channel).where(col(Channel.role) == role).order_by(col(Channel.key))
            self._of_role[role] = (await self._session.scalars(query)).all()
        return self._of_role[role]


class People:
    """Everybody who was ever met."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def get(self, key: str) -> PersonRow | None:
        """Return somebody by `Person.key`."""
        with self._session.no_autoflush:
            return await self._session.get(PersonRow, key)

    async def load(self, keys: Collection[str]) -> None:
        """Read many people in one statement, so that asking for each of them costs nothing more."""
        await self._session.scalars(_PEOPLE, {"keys": sorted(keys)})

    async def get_or_add(self, person: Person, now: datetime) -> PersonRow:
        """Return what is kept of a person, new where they were not known.

        A changed name is taken over, unless they told another themselves.
        """
        row = await self.get(person.key)
        if row is None:
            values = {
                "key": person.key,
                "platform": person.platform,
                "tenant": person.tenant,
                "id": person.id,
                "name": person.name,
                "first_seen_at": now,
            }
            await self._session.execute(insert_into(PersonRow).on_conflict_do_nothing(), values)
            row = await self._session.get_one(PersonRow, person.key)
        if person.name and row.name != person.name and not row.named:
            row.name = person.name
        return row

    async def all(self) -> Sequence[PersonRow]:
        """Return everybody, by key."""
        return (await self._session.scalars(select(PersonRow).order_by(col(PersonRow.key)))).all()

    async def of_id(self, platform: Platform, person_id: str) -> Sequence[PersonRow]:
        """Return who has an id on a platform, in whatever tenant."""
        query = select(PersonRow).where(col(PersonRow.platform) == platform, col(PersonRow.id) == person_id)
        return (await self._session.scalars(query)).all()

    async def in_channels(self, *roles: ChannelRole) -> Sequence[PersonRow]:
        """Return who is in channels that serve these purposes, by key."""
        query = (
            select(PersonRow)
            .join(Member, col(Member.person_key) == col(PersonRow.key))
            .join(Channel, col(Channel.key) == col(Member.channel_key))
            .where(col(Channel.role).in_(roles))
            .distinct()
            .order_by(col(PersonRow.key))
        )
        return (await self._session.scalars(query)).all()


class Outsiders:
    """Who is in a channel of the desk without being of it."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, channel_key: str, person_key: str) -> None:
        """Somebody from outside is in a channel. Saying it twice changes nothing."""
        values = {"channel_key": channel_key, "person_key": person_key}
        await self._session.execute(insert_into(Outsider).on_conflict_do_nothing(), values)

    async def remove(self, channel_key: str, person_key: str) -> None:
        """Somebody from outside is in a channel no more."""
        await self._session.execute(
            delete(Outsider).where(col(Outsider.channel_key) == channel_key, col(Outsider.person_key) == person_key)
        )

    async def of(self, channel_key: str) -> frozenset[str]:
        """Return the keys of who from outside is in a channel."""
        query = select(col(Outsider.person_key)).where(col(Outsider.channel_key) == channel_key)
        return frozenset(await self._session.scalars(query))


class Members:
    """Who is in which channel."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session
        self._loaded: dict[str, list[Channel]] = {}

    async def load(self, people: Collection[str]) -> None:
        """Read in one statement many people, in which channels they are, and whose those are.

        Asking for each of them costs nothing more then.
        """
        self._loaded = {person: [] for person in people}
        for person, channel, _ in await self._session.execute(_CHANNELS_OF, {"keys": sorted(people)}):
            if channel is not None:
                self._loaded[person.key].append(channel)

    async def add(self, channel_key: str, person_key: str) -> None:
        """Somebody is in a channel."""
        self._loaded.pop(person_key, None)
        values = {"channel_key": channel_key, "person_key": person_key}
        await self._session.execute(insert_into(Member).on_conflict_do_nothing(), values)

    async def remove(self, channel_key: str, person_key: str) -> None:
        """Somebody is in a channel no more."""
        self._loaded.pop(person_key, None)
        await self._session.execute(
            delete(Member).where(col(Member.channel_key) == channel_key, col(Member.person_key) == person_key)
        )

    async def of(self, channel_key: str) -> frozenset[str]:
        """Return the keys of who is in a channel."""
        query = select(col(Member.person_key)).where(col(Member.channel_key) == channel_key)
        return frozenset(await self._session.scalars(query))

    async def channels_of(self, person_key: str) -> Sequence[Channel]:
        """Return the channels that somebody is in, by key."""
        if person_key in self._loaded:
            return self._loaded[person_key]
        query = (
            select(Channel)
            .join(Member, col(Member.channel_key) == col(Channel.key))
            .where(col(Member.person_key) == person_key)
            .order_by(col(Channel.key))
        )
        with self._session.no_autoflush:
            return (await self._session.scalars(query)).all()


def _known(identity: int | None) -> int:
    assert identity is not None, "a row that was flushed has its key"
    return identity
