"""Tells the store who and where: the channels of the settings and the people of the try page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from adapters.web.people import WebChannel, WebPerson
from bot.settings.general import Channel
from bot.settings.teams import TenantSection
from dialogs.events import Place, Platform
from storage.tables import Channel as ChannelRow
from storage.unit import UnitOfWork


async def introduce_channels(unit: UnitOfWork, channels: Iterable[Channel]) -> None:
    """Keep the channels that the settings name, in place of what was known of them."""
    for channel in channels:
        organisation = await unit.organisations.get_or_add(channel.organisation) if channel.organisation else None
        key = Place(platform=channel.platform, channel=channel.id).channel_key
        known = await unit.channels.configured(key)
        row = ChannelRow(
            key=known.key if known else key,
            platform=channel.platform,
            channel=known.channel if known else channel.id,
            name=channel.name,
            role=channel.role,
            organisation_id=organisation.id if organisation else None,
            language=channel.language,
            settings_key=known.settings_key if known else "",
        )
        await unit.channels.put(row)


async def introduce_tenants(unit: UnitOfWork, tenants: Iterable[TenantSection]) -> None:
    """Keep which company each organisation of Teams is."""
    for tenant in tenants:
        organisation = await unit.organisations.get_or_add(tenant.organisation)
        await unit.organisations.set_tenant(Platform.TEAMS, tenant.id.lower(), organisation)


def page_channel(channel: WebChannel) -> Channel:
    """Return a channel of the page as the settings would name it."""
    return Channel(
        platform=Platform.WEB,
        id=channel.id,
        name=channel.name,
        role=channel.role,
        organisation=channel.organisation or None,
    )


async def introduce_people(unit: UnitOfWork, people: Iterable[WebPerson], now: datetime) -> None:
    """Keep the people of the page: their company, and which channels they are in."""
    for someone in people:
        organisation = await unit.organisations.get_or_add(someone.company)
        await unit.organisations.set_tenant(Platform.WEB, someone.tenant, organisation)
        person = someone.as_person()
        await unit.people.get_or_add(person, now)
        for channel in someone.channels:
            await unit.members.add(Place(platform=Platform.WEB, channel=channel).channel_key, person.key)
