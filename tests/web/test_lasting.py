"""Nothing that a person did is lost, whatever goes away and comes back, and nothing is doubled."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest

from adapters.web import handover
from dialogs.events import File, Place, Platform, Said
from dialogs.messages import Attachments, Mail, Message, Paragraph, Plain, Post, React, Revise
from dialogs.ports import PermanentError
from tests.fakes.desk import QUESTION
from tests.fakes.room import Opened, Room

ACME = Place(platform=Platform.WEB, channel="acme")


def line(text: str) -> Message:
    return Message(blocks=(Paragraph((Plain(text),)),))


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handover, "PAUSES", (0.01, 0.01))
    monkeypatch.setattr(handover, "LATER", 0.05)


@pytest.mark.usefixtures("impatient")
async def test_what_a_desk_that_was_away_missed_reaches_it_in_order(room: Room) -> None:
    room.desk.down = True
    post = await room["ana"].says("uno")
    await room["ana"].says("dos", thread=post["id"])
    while room.desk.attempts < 3:
        await asyncio.sleep(0.01)
    room.desk.down = False
    events = await room.desk.heard(2)
    assert sorted(event.what.text for event in events if isinstance(event.what, Said)) == ["dos", "uno"]
    while await room.workspace.unacknowledged():
        await asyncio.sleep(0.01)


async def test_what_was_not_taken_is_handed_over_at_the_next_start(open_room: Opened) -> None:
    before = await open_room()
    before.desk.down = True
    post = await before["ana"].says("uno")
    await before["ana"].says("dos", thread=post["id"])
    await before.adapter.close()
    after = await open_room(before.workspace)
    events = await after.desk.heard(2)
    assert [event.what.text for event in events if isinstance(event.what, Said)] == ["uno", "dos"]


async def test_a_restart_shows_what_was_there(open_room: Opened) -> None:
    before = await open_room()
    async with before["ana"].listening() as feed:
        await before["ana"].says("Hola")
        await feed.post(lambda post: bool(post["message"]))
    async with before["ana"].listening() as feed:
        shown = await feed.until("posts")
    after = await open_room(before.workspace)
    async with after["ana"].listening() as feed:
        assert await feed.until("posts") == shown


@pytest.mark.usefixtures("impatient")
async def test_an_act_the_desk_is_late_for_is_answered_when_it_is_back(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.web.page.REPLY_WITHIN", 0.01)
    room.desk.down = True
    async with room["ana"].listening() as feed:
        await feed.until("clock")
        response = await room["ana"].does("invoked", channel="acme", text="/caso estado")
        assert (response.status, await response.json()) == (202, {"reply": None, "taken": False})
        room.desk.down = False
        assert (await feed.until("reply"))["kind"] == "whisper"


async def test_a_tab_that_comes_back_hears_only_what_it_missed(room: Room) -> None:
    async with room["ana"].listening() as feed:
        first = await room["ana"].says("uno")
        await feed.post(lambda post: bool(post["message"]))
    async with room["ana"].listening() as feed:
        change = await feed.until("change")
    await room["ana"].says("dos", thread=first["id"])
    await room.desk.heard(2)
    async with room["ana"].listening(change) as feed:
        missed = await feed.post(lambda _: True)
    assert missed["text"] == "dos"


async def test_a_tab_that_knows_more_than_a_page_begun_anew_is_told_so(open_room: Opened) -> None:
    before = await open_room()
    async with before["ana"].listening() as feed:
        await before["ana"].says("Hola")
        change = (await feed.post(lambda post: bool(post["message"])))["change"]
    anew = await open_room()
    async with anew["ana"].listening(change) as feed:
        assert await feed.until("anew")
    async with before["ana"].listening(change) as feed:
        await before["ana"].says("Otra cosa")
        assert (await feed.post(lambda _: True))["text"] == "Otra cosa"


async def test_two_tabs_hear_the_same(room: Room) -> None:
    async with room["ana"].listening() as one, room["marta"].listening() as other:
        await room["ana"].says("Hola")
        assert await one.post(lambda post: post["author"] == "ana") == await other.post(
            lambda post: post["author"] == "ana"
        )


async def test_a_delivery_sent_again_is_on_the_page_once(room: Room) -> None:
    delivery = Post(place=ACME, message=line("Buenas"))
    first = await room.adapter.send(delivery, key="d1", target=None)
    assert await room.adapter.find(delivery, key="d1", target=None) == first
    assert await room.adapter.send(delivery, key="d1", target=None) == first
    mail = Mail(to="ana@example.com", subject="Su caso", message=line("Listo"))
    letter = await room.adapter.send(mail, key="d2", target=None)
    assert await room.adapter.send(mail, key="d2", target=None) == letter
    async with room["ana"].listening() as feed:
        assert len(await feed.until("posts")) == 1
    async with room["ana"].listening() as feed:
        assert len(await feed.until("letters")) == 1


async def test_find_knows_nothing_of_what_was_never_sent(room: Room) -> None:
    assert await room.adapter.find(Post(place=ACME, message=line("Buenas")), key="d9", target=None) is None


async def test_posting_under_a_card_goes_into_its_thread_and_revising_replaces_it(room: Room) -> None:
    desk = Place(platform=Platform.WEB, channel="desk")
    card = await room.adapter.send(Post(place=desk, message=line("LD-1"), ref="card:LD-1"), key="1", target=None)
    note = await room.adapter.send(Post(place=desk, message=line("nota"), under="card:LD-1"), key="2", target=card)
    await room.adapter.send(Revise(place=desk, ref="card:LD-1", message=QUESTION), key="3", target=card)
    await room.adapter.send(React(place=desk, message=note or "", emoji="eyes"), key="4", target=None)
    await room.adapter.send(React(place=desk, message=note or "", emoji="eyes"), key="4", target=None)
    async with room["marta"].listening() as feed:
        posts = {post["id"]: post for post in await feed.until("posts")}
    assert posts[note]["thread"] == card
    assert posts[note]["reactions"] == [{"emoji": "eyes", "person": ""}]
    assert posts[card]["message"]["controls"][0]["name"] == "zone.default"


@pytest.mark.parametrize(
    ("delivery", "target"),
    [
        (Post(place=Place(platform=Platform.WEB, channel="nowhere"), message=line("x")), None),
        (Post(place=Place(platform=Platform.WEB, channel="acme", thread="none"), message=line("x")), None),
        (Post(place=ACME, message=line("x"), under="card:LD-1"), None),
        (Revise(place=ACME, ref="card:LD-1", message=line("x")), None),
        (React(place=ACME, message="none", emoji="eyes"), None),
    ],
)
async def test_what_has_no_place_on_the_page_never_will(room: Room, delivery: Post, target: str | None) -> None:
    with pytest.raises(PermanentError):
        await room.adapter.send(delivery, key="1", target=target)


async def test_files_that_the_assistant_shows_can_be_opened(room: Room) -> None:
    own = await room["marta"].says("", "desk", files={"plan.txt": b"contenido"})
    file = File(id=own["files"][0]["id"], name="plan.txt")
    message = Message(blocks=(Attachments((file,)),))
    shown = await room.adapter.send(Post(place=ACME, message=message), key="1", target=None)
    response = await room["ana"].get(f"/posts/{shown}/files/{file.id}")
    assert await response.read() == b"contenido"


@pytest.mark.parametrize(
    ("move", "then"),
    [
        ("quarter", datetime(2026, 11, 20, 21, 5, tzinfo=UTC)),
        ("hour", datetime(2026, 11, 20, 21, 50, tzinfo=UTC)),
        ("morning", datetime(2026, 11, 23, 14, 0, tzinfo=UTC)),  # Friday afternoon to Monday, nine in Miami
    ],
)
async def test_the_clock_is_moved_for_everybody(room: Room, move: str, then: datetime) -> None:
    async with room["luis"].listening() as feed:
        assert await feed.until("clock") == "2026-11-20T20:50:00+00:00"
        response = await room.client.post("/api/clock", json={"move": move}, headers={"Origin": room["ana"].origin})
        assert response.status == 200
        assert datetime.fromisoformat(await feed.until("clock")) == then
    assert room.clock[0] == then
