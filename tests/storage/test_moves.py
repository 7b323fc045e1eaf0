"""A channel gets a new id."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select
from sqlmodel import col

from bot.directory import introduce_channels
from bot.settings import read_settings
from dialogs.cases import ChannelRole
from dialogs.events import Place, Platform
from dialogs.messages import Post
from storage.database import Database
from storage.moves import move_channel
from storage.tables import Channel, Conversation, OutboxRow, Posting, Timer
from tests.storage.samples import NOW, message, new_case

OLD = Place(platform=Platform.SLACK, channel="C_1", thread="1.5")
NEW = Place(platform=Platform.SLACK, channel="C_2", thread="1.5")
NEIGHBOUR = Place(platform=Platform.SLACK, channel="CX1", thread="1.5")
LONGER = Place(platform=Platform.SLACK, channel="C_11", thread="1.5")
SETTINGS = """
[[channels]]
platform = "slack"
id = "C_1"
name = "acme"
role = "customer"
organisation = "ACME"
"""


async def move(database: Database) -> None:
    async with database.unit() as unit:
        await move_channel(unit, Platform.SLACK, "C_1", "C_2")
        await unit.commit()


async def keys(database: Database) -> list[str]:
    async with database.unit() as unit:
        return list(await unit.session.scalars(select(col(Conversation.key)).order_by(col(Conversation.key))))


async def test_everything_of_the_channel_moves_and_nothing_of_its_neighbours(database: Database) -> None:
    places = (OLD, NEIGHBOUR, LONGER)
    async with database.unit() as unit:
        for place in places:
            await unit.channels.put(
                Channel(key=place.channel_key, platform=place.platform, channel=place.channel, role=ChannelRole.DESK)
            )
            await unit.conversations.lock(place, NOW)
            await new_case(unit, conversation_key=place.key)
            unit.timers.set("silence", place.key, fence="1", due_at=NOW, place=place, now=NOW)
            ref = f"copy:{place.channel_key}:1.5"
            unit.session.add(Posting(ref=ref, platform=place.platform, channel=place.channel, message="1.5"))
        await unit.commit()
    await move(database)
    assert await keys(database) == sorted((NEW.key, NEIGHBOUR.key, LONGER.key))
    async with database.unit() as unit:
        refs = await unit.session.scalars(select(col(Posting.ref)))
        assert set(refs) == {f"copy:{place.channel_key}:1.5" for place in (NEW, NEIGHBOUR, LONGER)}
        subjects = set(await unit.session.scalars(select(col(Timer.subject))))
        assert subjects == {NEW.key, NEIGHBOUR.key, LONGER.key}
        first = await unit.cases.get(1)
        assert first is not None
        assert first.conversation_key == NEW.key
        channel = await unit.channels.get(NEW.channel_key)
        assert channel is not None
        assert (channel.channel, channel.settings_key) == ("C_2", OLD.channel_key)


async def test_what_waits_to_be_sent_goes_to_the_new_id(database: Database) -> None:
    async with database.unit() as unit:
        unit.outbox.add(Post(place=OLD, message=message("hola")), OLD.key, NOW)
        await unit.commit()
    await move(database)
    async with database.unit() as unit:
        (row,) = (await unit.session.scalars(select(OutboxRow))).all()
        assert row.lane == NEW.key
        assert '"channel":"C_2"' in row.payload


async def test_what_came_in_under_the_new_id_first_gives_way(database: Database) -> None:
    async with database.unit() as unit:
        for place, role in ((OLD, ChannelRole.CUSTOMER), (NEW, ChannelRole.DIRECT)):
            await unit.channels.put(
                Channel(key=place.channel_key, platform=place.platform, channel=place.channel, role=role)
            )
            conversation = await unit.conversations.lock(place, NOW)
            conversation.state = role
            later = NOW + timedelta(hours=1)
            unit.timers.set("silence", place.key, fence=role, due_at=later, place=place, now=NOW)
        await unit.inbox.accept("slack:message:C_1:1.5", Platform.SLACK, NOW)
        await unit.inbox.accept("slack:message:C_2:1.6", Platform.SLACK, NOW)
        await unit.commit()
    await move(database)
    async with database.unit() as unit:
        kept = await unit.conversations.get(NEW.key)
        assert kept is not None
        assert kept.state == ChannelRole.CUSTOMER
        timer = await unit.timers.find("silence", NEW.key)
        assert timer is not None
        assert timer.fence == ChannelRole.CUSTOMER
        for channel in ("C_1", "C_2"):
            assert not await unit.inbox.accept(f"slack:message:{channel}:1.5", Platform.SLACK, NOW)
    assert await keys(database) == [NEW.key]


async def test_the_settings_still_know_it_by_its_old_id(database: Database) -> None:
    settings = read_settings(SETTINGS)

    async def start() -> list[tuple[str, str]]:
        async with database.unit() as unit:
            await introduce_channels(unit, settings.channels)
            await unit.commit()
        async with database.unit() as unit:
            return [(one.key, one.name) for one in await unit.channels.of_role(ChannelRole.CUSTOMER)]

    assert await start() == [("slack:C_1", "acme")]
    await move(database)
    assert await start() == [("slack:C_2", "acme")]
    async with database.unit() as unit:
        await move_channel(unit, Platform.SLACK, "C_2", "C_3")
        await unit.commit()
    assert await start() == [("slack:C_3", "acme")]
