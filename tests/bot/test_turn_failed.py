"""A turn that fails on a defect of ours: the person is told, and the event is not met for ever."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.clock import Clock
from bot.settings import read_settings
from bot.turn import Turn
from bot.turns import Turns
from dialogs.events import Event, Person, Place, Platform, Said
from dialogs.messages import Post
from storage.database import Database
from storage.delivery_queue import DeliveryQueue


@pytest.mark.parametrize(("thread", "answered"), [(None, "m1"), ("m0", "m0")])
async def test_the_apology_is_in_the_thread_of_what_was_said(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch, thread: str | None, answered: str
) -> None:
    async def stumble(_: Turn) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("bot.turns.route", stumble)
    turns = Turns(sqlite_database, read_settings(""), Clock(), lambda: None)
    event = Event(
        key="slack:message:C1:m1",
        actor=Person(platform=Platform.SLACK, tenant="T1", id="U1"),
        place=Place(platform=Platform.SLACK, channel="C1", thread=thread),
        at=datetime(2026, 11, 22, 15, tzinfo=UTC),
        what=Said(message="m1", text="hola"),
    )
    assert await turns.handle(event) is None
    assert await turns.handle(event) is None
    await turns.close()
    claimed = await DeliveryQueue(sqlite_database, "test").claim(datetime.now(UTC) + timedelta(seconds=1), 10)
    (told,) = [one.delivery for one in claimed]
    assert isinstance(told, Post)
    assert told.place.thread == answered
