"""Who sees what is decided by the server, for every way to ask."""

from __future__ import annotations

import pytest

from dialogs.events import Mailed, Platform
from dialogs.messages import Mail, Message, Paragraph, Plain
from tests.fakes.room import Opened, Room


def line(text: str) -> Message:
    return Message(blocks=(Paragraph((Plain(text),)),))


async def test_a_tab_hears_only_of_its_own_channels(room: Room) -> None:
    await room["marta"].says("Nota interna", "desk")
    await room["luis"].says("Cosa de Globex", "globex")
    await room["ana"].says("Cosa de ACME", "acme")
    await room.desk.heard(3)
    for who, channels in {"ana": {"acme"}, "luis": {"globex"}, "marta": {"desk", "acme", "globex"}}.items():
        async with room[who].listening() as feed:
            assert {post["channel"] for post in await feed.until("posts")} == channels


async def test_nothing_of_a_foreign_channel_can_be_touched(room: Room) -> None:
    secret = await room["marta"].says("Nota interna", "desk", files={"plan.txt": b"secreto"})
    file = secret["files"][0]["id"]
    ana = room["ana"]
    answers = [
        await ana.send("Hola", "desk"),
        await ana.send("Hola", "acme", thread=secret["id"]),
        await ana.does("pressed", channel="desk", name="case.take", value="LD-1"),
        await ana.does("pressed", channel="acme", message=secret["id"], name="case.take", value="LD-1"),
        await ana.does("invoked", channel="desk", text="/caso lista"),
        await ana.does("submitted", channel="globex", form="case.note", values={}),
        await ana.does("edited", message=secret["id"], text="ja"),
        await ana.does("deleted", message=secret["id"]),
        await ana.does("reacted", message=secret["id"], emoji="eyes", added=True),
        await ana.get(f"/posts/{secret['id']}/files/{file}"),
    ]
    assert [answer.status for answer in answers] == [404] * len(answers)
    assert (await (await room["marta"].get(f"/posts/{secret['id']}/files/{file}")).read()) == b"secreto"
    assert len(await room.desk.heard(1)) == 1


async def test_a_file_goes_with_the_post_it_came_with(room: Room) -> None:
    own = await room["ana"].says("Hola")
    secret = await room["marta"].says("Nota", "desk", files={"plan.txt": b"secreto"})
    response = await room["ana"].get(f"/posts/{own['id']}/files/{secret['files'][0]['id']}")
    assert response.status == 404


async def test_files_are_handed_out_as_downloads_that_nothing_runs(room: Room) -> None:
    post = await room["ana"].says("", files={'<svg onload="x">.html': b"<script>alert(1)</script>"})
    response = await room["ana"].get(f"/posts/{post['id']}/files/{post['files'][0]['id']}")
    assert response.headers["Content-Type"] == "application/octet-stream"
    assert response.headers["Content-Disposition"].startswith("attachment;")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "script-src 'self'" in response.headers["Content-Security-Policy"]


async def test_what_the_reader_of_files_sees_is_not_sent_to_browsers(room: Room) -> None:
    post = await room["ana"].says("", files={"registro.log": b"09:15 error"})
    assert post["files"][0]["excerpt"] == ""


async def test_letters_are_read_by_the_desk_and_by_whom_they_were_sent_to(room: Room) -> None:
    mail = Mail(to="luis@example.com", subject="Su caso", message=line("Resuelto"))
    await room.adapter.send(mail, key="m1", target=None)
    await room["ana"].says("Hola")
    for who, subjects in {"ana": [], "luis": ["Su caso"], "marta": ["Su caso"]}.items():
        async with room[who].listening() as feed:
            assert [letter["mail"]["subject"] for letter in await feed.until("letters")] == subjects


async def test_a_letter_is_answered_once_and_by_nobody_who_does_not_see_it(room: Room) -> None:
    mail = Mail(to="noc@carrierx.example", subject="[LD-1 · x] troncal", message=line("¿Pueden?"), about="LD-1.x")
    letter = await room.adapter.send(mail, key="m1", target=None)
    assert (await room["ana"].does("answered", letter=letter, text="Listo.")).status == 404
    assert (await room["marta"].does("answered", letter=letter, text=" ")).status == 400
    assert (await room["marta"].does("answered", letter="nada", text="Listo.")).status == 404
    act = {"kind": "answered", "nonce": "same-answer", "letter": letter, "text": "Listo."}
    for _ in range(2):
        assert (await room["marta"].post("/acts", json=act)).status == 200
    (event,) = await room.desk.heard(1)
    assert (event.actor.key, event.place.platform) == ("mail:carrierx.example:noc@carrierx.example", Platform.MAIL)
    assert isinstance(event.what, Mailed)
    assert (event.what.subject, event.what.text) == ("Re: [LD-1 · x] troncal", "Listo.")
    assert "LD-1.x" in event.what.answers
    async with room["marta"].listening() as feed:
        (shown,) = await feed.until("letters")
    assert [answer["text"] for answer in shown["answers"]] == ["Listo."]


async def test_a_tab_is_told_of_nobody_it_shares_no_channel_with(room: Room) -> None:
    view = await (await room["ana"].get("")).json()
    assert set(view["names"]) == {"ana", "marta"}
    assert [channel["id"] for channel in view["channels"]] == ["acme"]
    assert view["completions"] == []


async def test_a_whisper_reaches_only_its_tab(room: Room) -> None:
    async with room["marta"].listening() as feed:
        await room["ana"].reply("invoked", channel="acme", text="/caso estado")
        await room["marta"].says("fin")
        frames = [await feed.socket.receive_json(timeout=5) for _ in range(3)]
    assert not any("reply" in frame for frame in frames)


async def test_members_are_those_in_the_channel(room: Room) -> None:
    assert {member.key for member in await room.adapter.members("acme")} == {
        f"{Platform.WEB}:acme:ana",
        f"{Platform.WEB}:desk:marta",
    }


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Host": "evil.example", "Origin": "http://evil.example"},
    ],
)
async def test_another_site_can_make_nobody_here_do_anything(room: Room, headers: dict[str, str]) -> None:
    ana = room["ana"]
    body = b'{"kind":"invoked","nonce":"12345678","channel":"acme","text":"/caso"}'
    for path in (ana.path("/acts"), ana.path("/posts"), "/api/clock", "/login"):
        response = await room.client.post(path, data=body, headers=headers)
        assert response.status == 403, path
    upgrade = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": "x"}
    assert (await room.client.get(ana.path("/feed"), headers=upgrade | headers)).status == 403
    assert room.desk.attempts == 0


async def test_a_foreign_name_for_this_machine_reads_nothing(room: Room) -> None:
    for path in ("/", "/api/people", "/api/as/ana", "/static/app.js"):
        assert (await room.client.get(path, headers={"Host": "evil.example"})).status == 403, path


async def test_with_a_token_only_who_knows_it_comes_in(open_room: Opened) -> None:
    room = await open_room(token="abra-cadabra")
    origin = room["ana"].origin
    assert (await room.client.get("/api/people")).status == 401
    assert (await room["ana"].send("Hola")).status == 401
    wrong = await room.client.post("/login", data={"token": "abra"}, headers={"Origin": origin})
    assert "no es correcta" in await wrong.text()
    assert (await room.client.get("/api/people")).status == 401
    inside = await room.client.post("/login", data={"token": "abra-cadabra"}, headers={"Origin": origin})
    assert inside.url.path == "/"
    assert (await room.client.get("/api/people")).status == 200
    await room["ana"].says("Hola")


async def test_without_the_token_the_page_asks_for_it(open_room: Opened) -> None:
    room = await open_room(token="abra-cadabra")
    response = await room.client.get("/", headers={"Accept-Language": "en-US,en"})
    assert response.url.path == "/login"
    assert "Access key" in await response.text()


async def test_with_a_token_the_page_may_be_called_by_another_name(open_room: Opened) -> None:
    room = await open_room(token="abra-cadabra")
    response = await room.client.get("/login", headers={"Host": "soporte.example"})
    assert response.status == 200
