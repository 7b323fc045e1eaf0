"""Somebody from outside in the desk's channel: nothing of any case is posted there until they have left."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest
from sqlalchemy import select
from sqlmodel import col

from bot.settings import read_settings
from dialogs.events import Joined, Person, Platform
from dialogs.messages import Post, Revise, message_text
from storage.database import Database
from storage.outbox import DELIVERY, HELD
from storage.tables import OutboxRow, OutboxState
from tests.desk.conftest import ACME, ANA, DESK, ESCALATIONS, LUIS, MARTA, Office
from tests.stage import AT_ONCE

GIL = Person(platform=Platform.WEB, tenant="elsewhere", id="gil", name="Gil Afuera", guest=True)
KIM = replace(GIL, id="kim", name="Kim Lejos")


@dataclass
class Guarded(Office):
    """A desk where nothing is delivered before somebody looks, and what is held stays in the outbox."""

    async def deliver(self) -> None:
        return

    async def reaching(self, channel: str) -> list[str]:
        """Let what is due be sent; return what reached a channel."""
        told = []
        async with self.database.unit() as unit:
            due = col(OutboxRow.state) == OutboxState.PENDING, col(OutboxRow.due_at) <= self.now
            order = select(OutboxRow).where(*due).order_by(col(OutboxRow.due_at), col(OutboxRow.id))
            for row in (await unit.session.scalars(order)).all():
                delivery = DELIVERY.validate_json(row.payload)
                row.state = OutboxState.DONE
                if isinstance(delivery, Post | Revise) and delivery.place.channel == channel:
                    told.append(message_text(delivery.message))
            await unit.commit()
        return told


@pytest.fixture
async def guarded(database: Database) -> Guarded:
    office = Guarded(database, read_settings(AT_ONCE))
    await office.open()
    return office


async def test_cases_wait_until_the_stranger_has_left(guarded: Guarded) -> None:
    await guarded.does(GIL, DESK, Joined())
    (told,) = await guarded.reaching("desk")
    assert told.startswith("Gil Afuera es de fuera y está en desk.")
    await guarded.files(ANA, ACME, "Sin tono")
    assert await guarded.reaching("desk") == []
    await guarded.does(GIL, DESK, Joined(left=True))
    told = "\n".join(await guarded.reaching("desk"))
    assert "Gil Afuera ya no está en desk." in told
    assert "LD-1 · ACME" in told


async def test_customers_and_managers_are_served_all_the_while(guarded: Guarded) -> None:
    await guarded.does(GIL, DESK, Joined())
    assert "es de fuera" in (await guarded.reaching("escalations"))[0]
    await guarded.files(ANA, ACME, "Sin tono")
    assert "LD-1" in (await guarded.reaching("acme"))[0]


async def test_what_was_on_its_way_when_they_came_in_waits_too(guarded: Guarded) -> None:
    await guarded.files(ANA, ACME, "Sin tono")
    await guarded.does(GIL, DESK, Joined())
    (told,) = await guarded.reaching("desk")
    assert "es de fuera" in told
    async with guarded.database.unit() as unit:
        assert (await unit.session.scalars(select(OutboxRow).where(col(OutboxRow.due_at) == HELD))).all()


async def test_with_two_of_them_it_takes_until_the_second_has_left(guarded: Guarded) -> None:
    for one in (GIL, KIM, GIL):
        await guarded.does(one, DESK, Joined())
    assert len(await guarded.reaching("desk")) == 2, "somebody who is known there is not told of again"
    await guarded.files(ANA, ACME, "Sin tono")
    await guarded.does(GIL, DESK, Joined(left=True))
    assert await guarded.reaching("desk") == []
    await guarded.does(KIM, DESK, Joined(left=True))
    assert "LD-1 · ACME" in "\n".join(await guarded.reaching("desk"))


async def test_our_own_people_and_guests_who_work_here_hold_nothing_back(guarded: Guarded) -> None:
    guarded.settings = read_settings(f'{AT_ONCE}\n[[people]]\nplatform = "web"\nid = "gil"\nrole = "agent"')
    await guarded.does(GIL, DESK, Joined())
    await guarded.does(MARTA, DESK, Joined())
    await guarded.does(LUIS, ESCALATIONS, Joined())
    await guarded.files(ANA, ACME, "Sin tono")
    assert (await guarded.reaching("desk"))[0].startswith("LD-1 · ACME")
