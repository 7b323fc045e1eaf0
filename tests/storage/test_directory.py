"""Who is who, and where."""

from __future__ import annotations

from dataclasses import replace

from dialogs.cases import ChannelRole
from dialogs.events import Language, Platform
from storage.database import Database
from storage.tables import Channel
from tests.storage.samples import ANA, NOW, after


async def test_somebody_is_met_once_and_their_new_name_is_taken_over(database: Database) -> None:
    async with database.unit() as unit:
        first = await unit.people.get_or_add(ANA, NOW)
        first.phone = "+13055550100"
        await unit.commit()
    async with database.unit() as unit:
        again = await unit.people.get_or_add(replace(ANA, name="Ana R. de la Vega"), after(60))
        assert (again.name, again.phone, again.first_seen_at) == ("Ana R. de la Vega", "+13055550100", NOW)
        nameless = await unit.people.get_or_add(replace(ANA, name=""), after(60))
        assert nameless.name == "Ana R. de la Vega"


async def test_what_a_platform_supposes_is_not_kept_as_an_answer(database: Database) -> None:
    async with database.unit() as unit:
        row = await unit.people.get_or_add(replace(ANA, language=Language.ENGLISH, zone="Europe/Madrid"), NOW)
        assert (row.language, row.zone) == (None, None)


async def test_people_of_two_tenants_with_the_same_id_are_two(database: Database) -> None:
    async with database.unit() as unit:
        await unit.people.get_or_add(ANA, NOW)
        other = await unit.people.get_or_add(replace(ANA, tenant="globex", name="Anabel"), NOW)
        assert other.name == "Anabel"
        assert (await unit.people.get_or_add(ANA, NOW)).name == "Ana Ruiz"


async def test_a_company_is_known_by_name_and_by_its_tenants(database: Database) -> None:
    async with database.unit() as unit:
        acme = await unit.organisations.get_or_add("ACME")
        assert (await unit.organisations.get_or_add("ACME")).id == acme.id
        globex = await unit.organisations.get_or_add("Globex")
        await unit.organisations.set_tenant(Platform.SLACK, "T1", acme)
        await unit.organisations.set_tenant(Platform.SLACK, "T1", globex)
        await unit.commit()
    async with database.unit() as unit:
        found = await unit.organisations.of_tenant(Platform.SLACK, "T1")
        assert found is not None
        assert found.name == "Globex"
        assert await unit.organisations.of_tenant(Platform.TEAMS, "T1") is None
        assert found.id is not None
        kept = await unit.organisations.get(found.id)
        assert kept is not None
        assert kept.name == "Globex"


async def test_channels_are_found_by_what_they_are_for(database: Database) -> None:
    def channel(name: str, role: ChannelRole) -> Channel:
        return Channel(key=f"web:{name}", platform=Platform.WEB, channel=name, role=role)

    async with database.unit() as unit:
        await unit.channels.put(channel("acme", ChannelRole.CUSTOMER))
        await unit.channels.put(channel("desk", ChannelRole.CUSTOMER))
        await unit.channels.put(channel("desk", ChannelRole.DESK))
        await unit.commit()
    async with database.unit() as unit:
        assert [found.key for found in await unit.channels.of_role(ChannelRole.DESK)] == ["web:desk"]
        assert await unit.channels.get("web:nowhere") is None


async def test_members_come_and_go(database: Database) -> None:
    async with database.unit() as unit:
        for name in ("desk", "escalations"):
            await unit.channels.put(Channel(key=f"web:{name}", platform=Platform.WEB, channel=name))
            await unit.members.add(f"web:{name}", ANA.key)
        await unit.members.add("web:desk", ANA.key)
        await unit.members.add("web:desk", "web:home:marta")

        assert await unit.members.of("web:desk") == {ANA.key, "web:home:marta"}
        assert [each.key for each in await unit.members.channels_of(ANA.key)] == ["web:desk", "web:escalations"]

        await unit.members.remove("web:desk", ANA.key)
        assert await unit.members.of("web:desk") == {"web:home:marta"}
        assert [each.key for each in await unit.members.channels_of(ANA.key)] == ["web:escalations"]


async def test_a_channel_that_is_left_is_forgotten_with_its_members(database: Database) -> None:
    async with database.unit() as unit:
        for name in ("desk", "escalations"):
            await unit.channels.put(Channel(key=f"web:{name}", platform=Platform.WEB, channel=name))
            await unit.members.add(f"web:{name}", ANA.key)

        await unit.channels.remove("web:desk")

        assert await unit.channels.get("web:desk") is None
        assert await unit.members.of("web:desk") == frozenset()
        assert [each.key for each in await unit.members.channels_of(ANA.key)] == ["web:escalations"]
