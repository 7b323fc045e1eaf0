"""Whatever a browser sends, the page answers in words and nothing is lost."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from dialogs.events import FileProblem, Said
from tests.fakes.room import Room


@pytest.mark.parametrize("text", ["", "   \n\t ", "\x00\x07"])
async def test_an_empty_message_is_refused_in_words(room: Room, text: str) -> None:
    response = await room["ana"].send(text)
    assert response.status == 400
    assert await response.json() == {
        "error": "empty",
        "text": "El mensaje está vacío. Escriba algo o adjunte un archivo.",
    }
    assert room.desk.attempts == 0


@pytest.mark.parametrize("text", ["á" * 40_000, "🙏🎫", "لا توجد مكالمات", "línea\r\nsiguiente\ttab"])
async def test_every_other_text_is_kept_whole(room: Room, text: str) -> None:
    post = await room["ana"].says(text)
    [event] = await room.desk.heard(1)
    assert isinstance(event.what, Said)
    assert event.what.text == post["text"] == text.replace("\r\n", "\n")


async def test_signs_that_nobody_can_see_are_left_out(room: Room) -> None:
    post = await room["ana"].says("a\x00b\x1b[31mc\u202ed")
    assert post["text"] == "ab[31mcd"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"\xff\xfe",
        b'{"kind":"invoked","nonce":"12345678","channel":"acme","text":"/caso \\ud83d"}',
        b'{"kind": "unheard_of", "nonce": "12345678"}',
        b'{"kind": "invoked", "nonce": "x", "channel": "acme", "text": "/caso"}',
        b'{"kind": "invoked", "nonce": "12345678", "channel": "acme", "text": "caso"}',
        b'{"kind": "deleted", "nonce": "12345678", "message": "1", "surprise": true}',
        b'{"kind": "reacted", "nonce": "12345678", "message": "1", "emoji": "bomb", "added": true}',
        b'{"kind": "submitted", "nonce": "12345678", "channel": "acme", "form": "f", "values": {"a": 7}}',
    ],
)
async def test_broken_json_gets_a_clear_answer(room: Room, body: bytes) -> None:
    response = await room["ana"].post("/acts", data=body)
    assert response.status == 400
    assert (await response.json())["error"] == "unreadable"
    assert room.desk.attempts == 0


async def test_a_broken_upload_gets_a_clear_answer(room: Room) -> None:
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    for body in (
        b"nonsense",
        b"--x\r\n\r\nno name\r\n--x--\r\n",
        b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\nHol',
    ):
        response = await room.client.post(
            room["ana"].path("/posts"), data=body, headers={**headers, "Origin": room["ana"].origin}
        )
        assert response.status == 400, body
    response = await room["ana"].post("/posts", json={"text": "Hola"})
    assert response.status == 400


@pytest.mark.filterwarnings("ignore:Sending a large body")
async def test_what_is_larger_than_any_message_is_refused(room: Room) -> None:
    assert (await room["ana"].send("a" * 200_001)).status == 400
    assert (await room["ana"].send("a" * 2_000_000)).status == 413
    assert (await room["ana"].post("/acts", data=io.BytesIO(b" " * 2_000_000))).status == 413
    assert room.desk.attempts == 0


async def test_refused_files_leave_the_message_its_words(room: Room) -> None:
    post = await room["ana"].says(
        "Adjunto", files={"grande.log": b"x" * 300_000, "virus.exe": b"MZ", "bien.txt": b"ok"}
    )
    assert [(file["name"], file["problem"]) for file in post["files"]] == [
        ("grande.log", FileProblem.TOO_LARGE),
        ("virus.exe", FileProblem.FORBIDDEN_TYPE),
        ("bien.txt", None),
    ]
    [event] = await room.desk.heard(1)
    assert isinstance(event.what, Said)
    assert event.what.text == "Adjunto"
    assert [file.problem is None for file in event.what.files] == [False, False, True]


async def test_two_hundred_megabytes_are_heard_out_and_refused(room: Room, tmp_path: Path) -> None:
    with (tmp_path / "todo.log").open("w+b") as file:
        file.truncate(200_000_000)
        post = await room["ana"].says("El registro", files={"todo.log": file})
    assert post["files"][0]["problem"] == FileProblem.TOO_LARGE


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("get", "/api/as/nobody"),
        ("get", "/api/as/nobody/feed"),
        ("post", "/api/as/nobody/acts"),
        ("get", "/api/as/ana/posts/none/files/none"),
        ("get", "/static/none.js"),
        ("get", "/static/..%2fserver.py"),
        ("get", "/static/..%2f..%2fports.py"),
    ],
)
async def test_what_is_not_there_is_said_not_to_be(room: Room, method: str, path: str) -> None:
    response = await room.client.request(method, path, headers={"Origin": room["ana"].origin})
    assert response.status == 404
    assert (await response.json())["error"] == "unknown"


async def test_errors_are_told_in_the_language_of_the_tab(room: Room) -> None:
    response = await room["ana"].post("/acts?language=en", data=b"{")
    assert "cannot be read" in (await response.json())["text"]


async def test_a_frame_that_nobody_understands_is_let_pass(room: Room) -> None:
    async with room["ana"].listening() as feed:
        await feed.until("clock")
        await feed.socket.send_str("{broken")
        await feed.socket.send_bytes(b"\xff")
        await room["ana"].says("Hola")
        assert await feed.post(lambda post: post["text"] == "Hola")


async def test_a_store_that_fails_is_told_and_nothing_reaches_the_desk(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(*_: object, **__: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(room.workspace, "add", full)
    response = await room["ana"].send("Hola")
    assert response.status == 503
    assert (await response.json())["text"] == "No se pudo guardar. Nada cambió; intente de nuevo en un momento."
    assert room.desk.attempts == 0
