"""Who is in the desk's channels is asked of the platform, again soon where it could not be told."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.clock import Clock
from bot.membership import MembershipWorker
from dialogs.cases import ChannelRole
from dialogs.events import Event, Joined, Person, Platform
from dialogs.ports import TransientError
from storage.database import Database
from storage.tables import Channel


async def test_a_platform_that_is_not_there_yet_is_asked_again_soon(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.membership.LOOK", 0.01)
    async with sqlite_database.unit() as unit:
        await unit.channels.put(
            Channel(key="slack:C1", platform=Platform.SLACK, channel="C1", name="desk", role=ChannelRole.DESK)
        )
        await unit.commit()
    asked = 0

    async def members(_: str) -> tuple[Person, ...]:
        nonlocal asked
        asked += 1
        if asked < 4:
            raise TransientError("Slack is not connected yet")
        return (
            Person(platform=Platform.SLACK, tenant="T1", id="U1", name="Marta"),
            Person(platform=Platform.SLACK, tenant="T1", id="U2", name="Gil", guest=True),
            Person(platform=Platform.SLACK, tenant="T1", id="U3", name="Recordatorios", automatic=True),
        )

    adapters: dict[Platform, Any] = {Platform.SLACK: SimpleNamespace(members=members)}
    stopping = asyncio.Event()
    happened: list[Event] = []

    async def sink(event: Event) -> None:
        happened.append(event)

    known: frozenset[str] = frozenset()
    with capture_logs() as logs:
        working = asyncio.create_task(MembershipWorker(sqlite_database, adapters, sink, Clock()).run(stopping))
        async with asyncio.timeout(5):
            while not known:
                await asyncio.sleep(0.01)
                async with sqlite_database.unit() as unit:
                    known = await unit.members.of("slack:C1")
        stopping.set()
        await working
    assert (known, asked) == (frozenset({"slack:T1:U1"}), 4)
    assert [(event.actor.id, event.what) for event in happened] == [("U2", Joined())], "a guest is from outside"
    assert [entry["event"] for entry in logs] == ["membership.unknown"], "it is told once, however often it is asked"
