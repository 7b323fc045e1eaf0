"""What the page may expect of its workspace, whoever keeps it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from adapters.web import Workspace
from dialogs.events import Event, Invoked, Person, Place, Platform
from storage.database import Database
from storage.workspace import StoredWorkspace
from tests.conftest import NewDatabase
from tests.fakes.workspace import MemoryWorkspace


@pytest.fixture(params=["memory", "sqlite", "postgres"])
def address(request: pytest.FixtureRequest) -> str | None:
    if request.param == "memory":
        return None
    new: NewDatabase = request.getfixturevalue(f"new_{request.param}")
    return new(True)


@pytest.fixture
async def workspace(address: str | None) -> AsyncIterator[Workspace]:
    if address is None:
        yield MemoryWorkspace()
        return
    database = await Database.open(address)
    yield StoredWorkspace(database)
    await database.close()


def event(key: str) -> Event:
    return Event(
        key=key,
        actor=Person(platform=Platform.WEB, tenant="acme", id="ana"),
        place=Place(platform=Platform.WEB, channel="acme"),
        at=datetime(2026, 11, 22, 15, tzinfo=UTC),
        what=Invoked(command="caso", text="lista"),
    )


async def test_a_record_is_kept_as_it_was_given(workspace: Workspace) -> None:
    kept = await workspace.add("p1", key="k1", room="acme", body='{"text": "señal ☎ \\u0000"}')
    assert (kept.id, kept.key, kept.room, kept.body) == ("p1", "k1", "acme", '{"text": "señal ☎ \\u0000"}')
    again = await workspace.get("p1")
    assert again is not None
    assert (again.body, again.number, again.change) == (kept.body, kept.number, kept.change)
    assert await workspace.get("p2") is None


async def test_the_same_key_is_kept_once_and_answers_with_the_first(workspace: Workspace) -> None:
    first = await workspace.add("p1", key="k1", room="acme", body="1", event=event("e1"))
    second = await workspace.add("p2", key="k1", room="acme", body="2", event=event("e2"))
    assert second.id == first.id
    assert [record.body for record in await workspace.records(["acme"])] == ["1"]
    assert [waiting.key for waiting in await workspace.unacknowledged()] == ["e1"]
    found = await workspace.find("k1")
    assert found is not None
    assert found.id == "p1"
    assert await workspace.find("k2") is None


async def test_a_reader_who_comes_back_gets_what_changed_since_and_nothing_else(workspace: Workspace) -> None:
    await workspace.add("p1", key="k1", room="acme", body="1")
    second = await workspace.add("p2", key="k2", room="acme", body="2")
    await workspace.add("p3", key="k3", room="desk", body="3")
    changed = await workspace.change("p1", lambda body: body + "!")
    assert changed is not None
    assert changed.change > second.change
    assert [(r.id, r.body) for r in await workspace.records(["acme"], after=second.change)] == [("p1", "1!")]
    assert [r.id for r in await workspace.records(["acme", "desk"])] == ["p1", "p2", "p3"]
    assert list(await workspace.records(["acme"], after=changed.change)) == []


async def test_a_change_that_changes_nothing_is_none(workspace: Workspace) -> None:
    first = await workspace.add("p1", key="k1", room="acme", body="1")
    same = await workspace.change("p1", lambda body: body, event("e1"))
    assert same is not None
    assert same.change == first.change
    assert await workspace.change("p9", lambda body: body + "!", event("e1")) is None
    assert list(await workspace.unacknowledged()) == []


async def test_changes_at_once_are_all_kept(workspace: Workspace) -> None:
    await workspace.add("p1", key="k1", room="acme", body="")
    await asyncio.gather(*(workspace.change("p1", lambda body, sign=sign: body + sign) for sign in "abcdefgh"))
    kept = await workspace.get("p1")
    assert kept is not None
    assert sorted(kept.body) == list("abcdefgh")


async def test_an_event_waits_until_it_is_acknowledged(workspace: Workspace) -> None:
    await workspace.add("p1", key="k1", room="acme", body="1", event=event("e1"))
    assert await workspace.expect(event("e2"))
    assert not await workspace.expect(event("e2"))
    await workspace.change("p1", lambda body: body + "!", event("e3"))
    assert list(await workspace.unacknowledged()) == [event("e1"), event("e2"), event("e3")]
    await workspace.acknowledge("e2")
    await workspace.acknowledge("e2")
    assert [waiting.key for waiting in await workspace.unacknowledged()] == ["e1", "e3"]
