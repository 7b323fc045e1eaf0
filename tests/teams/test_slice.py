"""There and back: what people write comes in, what the assistant says goes out."""

from __future__ import annotations

import pytest

from dialogs.events import Place, Platform, Said
from dialogs.messages import Message, Paragraph, Plain, Post
from tests.fakes.teams import MENTION, FakeTeams
from tests.slack.desk import Desk
from tests.teams.conftest import Connect


def post(place: Place, text: str) -> Post:
    return Post(place=place, message=Message(blocks=(Paragraph((Plain(text),)),)))


@pytest.mark.parametrize("anonymous", [False, True])
async def test_a_private_chat(connect: Connect, desk: Desk, *, anonymous: bool) -> None:
    async with FakeTeams(anonymous=anonymous) as teams:
        adapter = await connect(teams)
        ana = teams.someone("ana")
        ana.writes_to_the_bot("no hay tono")
        (event,) = await desk.until(1)
        assert event.actor.key == f"teams:{ana.user.tenant}:{ana.user.object}"
        assert (event.actor.name, event.actor.zone, event.actor.language) == ("Ana Quispe", "America/Lima", "es")
        assert event.place.direct
        assert isinstance(event.what, Said)
        assert (event.what.text, event.what.addressed) == ("no hay tono", True)
        await adapter.send(post(event.place, "¿Desde cuándo?"), key="o1", target=None)
        assert [one["activity"]["text"] for one in teams.posts("a:ana")] == ["¿Desde cuándo?"]


@pytest.mark.parametrize("anonymous", [False, True])
async def test_a_thread_of_a_channel(connect: Connect, desk: Desk, *, anonymous: bool) -> None:
    async with FakeTeams(anonymous=anonymous) as teams:
        adapter = await connect(teams)
        root = teams.someone("ana").says("acme", f"{MENTION} no hay tono")
        reply = teams.someone("ana").says("acme", "sigue igual", thread=root)
        one, two = sorted(await desk.until(2), key=lambda event: event.what.message)  # type: ignore[union-attr]
        place = Place(platform=Platform.TEAMS, channel="19:acme@thread.tacv2", thread=root)
        assert (one.place, two.place) == (place, place)
        assert one.what == Said(message=root, text="no hay tono", addressed=True)
        assert two.what == Said(message=f"{root}/{reply}", text="sigue igual")
        await adapter.send(post(place, "¿Desde cuándo?"), key="o1", target=None)
        (answered,) = teams.posts("acme")
        assert (answered["thread"], answered["activity"]["text"]) == (root, "¿Desde cuándo?")


async def test_a_new_thread_and_what_goes_under_it(connect: Connect, teams: FakeTeams) -> None:
    adapter = await connect(teams)
    teams.someone("marta").says("desk", f"{MENTION} hola")
    await teams.settled()
    place = Place(platform=Platform.TEAMS, channel="19:desk@thread.tacv2")
    card = await adapter.send(post(place, "LD-1"), key="o1", target=None)
    await adapter.send(Post(place=place, message=post(place, "nota").message, under="card:LD-1"), key="o2", target=card)
    first, second = teams.posts("desk")
    assert (first["id"], second["thread"]) == (card, card)
