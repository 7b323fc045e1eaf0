"""What people do on the page reaches the desk, and what the desk says reaches them."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from dialogs.events import Deleted, Edited, Invoked, Language, Pressed, Reacted, Said, Submitted
from tests.fakes.room import Room


async def test_a_message_opens_a_thread_and_is_answered_in_it(room: Room) -> None:
    async with room["ana"].listening() as feed:
        post = await room["ana"].says("No entran llamadas")
        answer = await feed.post(lambda other: other["author"] == "")
    [event] = room.desk.events
    assert event.what == Said(message=post["id"], text="No entran llamadas")
    assert event.place.key == f"web:acme:{post['id']}"
    assert event.actor.key == "web:acme:ana"
    assert answer["thread"] == post["id"]


async def test_a_reply_stays_in_its_thread(room: Room) -> None:
    post = await room["ana"].says("Hola")
    reply = await room["ana"].says("y otra cosa", thread=post["id"])
    deeper = await room["marta"].says("Le ayudo", thread=reply["id"])
    assert deeper["thread"] == post["id"]
    events = await room.desk.heard(3)
    assert {event.place.key for event in events} == {f"web:acme:{post['id']}"}


async def test_a_burst_is_taken_in_the_order_it_was_written(room: Room) -> None:
    post = await room["ana"].says("uno")
    for text in ("dos", "tres", "cuatro"):
        await room["ana"].says(text, thread=post["id"])
    events = await room.desk.heard(4)
    assert [event.what.text for event in events if isinstance(event.what, Said)] == ["uno", "dos", "tres", "cuatro"]


@pytest.mark.parametrize(("waited", "ago"), [("0", 0), ("20000", 20), ("9" * 40, 60)])
async def test_words_count_from_when_they_were_begun(room: Room, waited: str, ago: int) -> None:
    post = await room["ana"].says("desde las 8", waited=waited)
    [event] = await room.desk.heard(1)
    assert event.at == room.clock[0] - timedelta(seconds=ago)
    assert datetime.fromisoformat(post["at"]) == event.at


async def test_nothing_was_written_in_the_future(room: Room) -> None:
    assert (await room["ana"].send("desde las 8", waited="-1")).status == 400
    assert room.desk.events == []


async def test_the_assistant_knows_when_it_is_meant(room: Room) -> None:
    await room["ana"].says("@soporte ¿están?")
    [event] = await room.desk.heard(1)
    assert isinstance(event.what, Said)
    assert event.what.addressed


async def test_people_are_mentioned_by_their_names_and_in_commands_by_their_address(room: Room) -> None:
    await room["marta"].says("@Ana y @Anabel: vean marta@example.com")
    text = "/caso nuevo ANA@example.com sin tono, @Marta lo vio"
    await room["marta"].reply("invoked", channel="desk", text=text)
    said, command = (event.what for event in await room.desk.heard(2))
    assert isinstance(said, Said)
    assert isinstance(command, Invoked)
    assert said.text == "@Ana y @Anabel: vean marta@example.com"
    assert [one.key for one in said.mentioned] == ["web:acme:ana"]
    assert command.text == "nuevo @Ana sin tono, @Marta lo vio"
    assert [one.id for one in command.mentioned] == ["ana", "marta"]


async def test_the_language_of_the_tab_is_the_hint(room: Room) -> None:
    ana = room["ana"]
    response = await ana.post(
        "/acts?language=en",
        json={"kind": "invoked", "nonce": "12345678", "channel": "acme", "text": "/case list"},
    )
    assert response.status == 200
    [event] = await room.desk.heard(1)
    assert event.actor.language is Language.ENGLISH


async def test_a_button_says_what_it_carries_and_where_it_stands(room: Room) -> None:
    async with room["ana"].listening() as feed:
        post = await room["ana"].says("Hola")
        question = await feed.post(lambda other: bool(other["message"]))
        reply = await room["ana"].reply(
            "pressed", channel="acme", message=question["id"], name="zone.default", value="America/New_York"
        )
        noted = await feed.post(lambda other: other["number"] > question["number"])
    assert reply is None
    assert noted["message"]["blocks"][0]["spans"][0]["text"] == "Anotado: America/New_York"
    event = room.desk.events[-1]
    assert event.what == Pressed(name="zone.default", value="America/New_York", message=question["id"])
    assert event.place.thread == post["id"]


@pytest.mark.parametrize(
    ("name", "value"), [("zone.default", "Mars/Olympus"), ("zone.other", "UTC"), ("case.take", "LD-1")]
)
async def test_a_choice_that_was_never_offered_is_refused(room: Room, name: str, value: str) -> None:
    async with room["ana"].listening() as feed:
        await room["ana"].says("Hola")
        question = await feed.post(lambda other: bool(other["message"]))
    response = await room["ana"].does("pressed", channel="acme", message=question["id"], name=name, value=value)
    assert response.status == 409
    assert "ya no está disponible" in (await response.json())["text"]
    assert len(room.desk.events) == 1


async def test_a_form_opens_and_stays_open_until_it_is_right(room: Room) -> None:
    marta = room["marta"]
    opened = await marta.reply("invoked", channel="desk", text="/caso nota")
    assert (opened["kind"], opened["view"]["token"]) == ("open_form", "LD-1:7")
    form = {"channel": "desk", "form": "case.note", "token": "LD-1:7"}
    errors = await marta.reply("submitted", **form, values={"text": "mal"})
    assert errors == {"kind": "form_errors", "errors": {"text": "Diga algo más, por favor."}}
    assert await marta.reply("submitted", **form, values={"text": "Revisé la troncal"}) is None
    assert room.desk.events[-1].what == Submitted(
        form="case.note", token="LD-1:7", values={"text": "Revisé la troncal"}
    )


async def test_a_form_sent_twice_is_handed_over_once(room: Room) -> None:
    marta = room["marta"]
    form = {"channel": "desk", "form": "case.note", "values": {"text": "Una vez"}, "nonce": "the-same-attempt"}
    for _ in range(2):
        await marta.reply("submitted", **form)
    assert len(room.desk.events) == 1


async def test_a_message_sent_twice_is_one_message(room: Room) -> None:
    first = await room["ana"].says("Hola", nonce="the-same-message")
    second = await room["ana"].says("Hola", nonce="the-same-message")
    assert first["id"] == second["id"]
    assert room.desk.attempts == 1


async def test_a_command_is_whispered_to_who_gave_it(room: Room) -> None:
    reply = await room["ana"].reply("invoked", channel="acme", text="/Caso  estado LD-1")
    assert reply["kind"] == "whisper"
    assert room.desk.events[0].what == Invoked(command="caso", text="estado LD-1")
    assert await room.workspace.records(["acme"]) == []


async def test_people_change_and_take_back_only_what_they_wrote(room: Room) -> None:
    ana, marta = room["ana"], room["marta"]
    post = await ana.says("Ola")
    await room.desk.heard(1)
    assert (await marta.does("edited", message=post["id"], text="Hola")).status == 403
    assert (await marta.does("deleted", message=post["id"])).status == 403
    await ana.reply("edited", message=post["id"], text="Hola")
    async with ana.listening() as feed:
        edited = await feed.post(lambda other: other["id"] == post["id"])
    assert (edited["text"], bool(edited["edited_at"])) == ("Hola", True)
    await ana.reply("deleted", message=post["id"])
    assert (await ana.does("edited", message=post["id"], text="No")).status == 409
    assert [event.what for event in room.desk.events[1:]] == [
        Edited(message=post["id"], text="Hola"),
        Deleted(message=post["id"]),
    ]
    async with ana.listening() as feed:
        gone = await feed.post(lambda other: other["id"] == post["id"])
    assert (gone["text"], gone["deleted"]) == ("", True)


async def test_reactions_count_once_a_person(room: Room) -> None:
    post = await room["ana"].says("Hola")
    await room.desk.heard(1)
    for who in ("ana", "marta", "marta"):
        await room[who].reply("reacted", message=post["id"], emoji="eyes", added=True)
    await room["ana"].reply("reacted", message=post["id"], emoji="eyes", added=False)
    async with room["ana"].listening() as feed:
        seen = await feed.post(lambda other: other["id"] == post["id"])
    assert seen["reactions"] == [{"emoji": "eyes", "person": "marta"}]
    assert [event.what for event in room.desk.events[1:]] == [
        Reacted(message=post["id"], emoji="eyes"),
        Reacted(message=post["id"], emoji="eyes"),
        Reacted(message=post["id"], emoji="eyes", added=False),
    ]
