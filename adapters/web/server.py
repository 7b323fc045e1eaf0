"""The HTTP face of the page."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from contextlib import aclosing, suppress
from dataclasses import dataclass, replace
from html import escape
from importlib import resources
from typing import Literal
from urllib.parse import quote

import structlog
from aiohttp import WSCloseCode, web
from pydantic import BaseModel, ValidationError

from adapters.web.acts import ACT, Answer, Delete, Edit, Invoke, Press, React, Submit
from adapters.web.clock import Move, distance
from adapters.web.feed import Feed, post_json, reply_json
from adapters.web.gate import Gate, secure
from adapters.web.page import Page, RefusedActError
from adapters.web.people import WebPerson
from adapters.web.uploads import read_message
from adapters.web.view import Surroundings, people_json, view_json
from dialogs.events import Language
from dialogs.messages import Reply
from dialogs.phrases import voice
from dialogs.ports import FileStore
from dialogs.timezones import get_zone

_STATIC = resources.files(__package__).joinpath("static")
_TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
_PICTURES = {"image/png", "image/jpeg", "image/gif", "image/webp"}
_HEARTBEAT = 25.0

_log = structlog.get_logger()

_Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class _Moved(BaseModel):
    move: Move


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """Answers the browser."""

    page: Page
    feed: Feed
    files: FileStore
    gate: Gate
    surroundings: Surroundings
    sockets: set[web.WebSocketResponse]

    def routes(self) -> list[web.RouteDef]:
        """Return the routes to put into an application."""
        guarded = self._guarded
        return [
            web.get("/", guarded(self._index)),
            web.get("/login", self._answering(self._login)),
            web.post("/login", self._answering(self._enter)),
            web.get("/static/{name}", self._answering(self._static)),
            web.get("/api/people", guarded(self._people)),
            web.get("/api/as/{person}", guarded(self._view)),
            web.get("/api/as/{person}/feed", guarded(self._feed)),
            web.post("/api/as/{person}/posts", guarded(self._say)),
            web.post("/api/as/{person}/acts", guarded(self._act)),
            web.get("/api/as/{person}/posts/{post}/files/{file}", guarded(self._file)),
            web.post("/api/clock", guarded(self._move_clock)),
        ]

    def _guarded(self, handler: _Handler) -> _Handler:
        async def guarded(request: web.Request) -> web.StreamResponse:
            if self.gate.knows(request):
                return await handler(request)
            if request.path == "/":
                raise web.HTTPSeeOther("/login")
            raise RefusedActError("token", 401)

        return self._answering(guarded)

    def _answering(self, handler: _Handler) -> _Handler:
        """Turn whatever goes wrong into an answer the page can show, and secure every answer."""

        async def answering(request: web.Request) -> web.StreamResponse:
            try:
                here = self.gate.from_here(request)
                response = await handler(request) if here else _error(request, "foreign", 403)
            except web.HTTPException as redirect:
                secure(redirect)
                raise
            except RefusedActError as refusal:
                response = _error(request, refusal.reason, refusal.status)
            except ValidationError:
                response = _error(request, "unreadable", 400)
            except Exception:  # noqa: BLE001  the store below may fail in ways that are not ours to know
                _log.exception("page.request_failed", path=request.path)
                response = _error(request, "not_kept", 503)
            if not response.prepared:
                secure(response)
            return response

        return answering

    def _person(self, request: web.Request) -> WebPerson:
        person = self.surroundings.people.get(request.match_info["person"])
        if person is None:
            raise RefusedActError("unknown", 404)
        return replace(person, language=_language(request, person.language))

    async def _index(self, request: web.Request) -> web.Response:
        return _html("index.html", request)

    async def _static(self, request: web.Request) -> web.Response:
        return _asset(request.match_info["name"])

    async def _login(self, request: web.Request) -> web.Response:
        return _html("login.html", request, notice="web.login.wrong" if "wrong" in request.query else None)

    async def _enter(self, request: web.Request) -> web.Response:
        token = (await request.post()).get("token")
        inside = web.HTTPSeeOther("/")
        https = request.headers.get("Origin", "").startswith("https:")
        if isinstance(token, str) and self.gate.admit(token, inside, secure=https):
            raise inside
        raise web.HTTPSeeOther("/login?wrong")

    async def _people(self, _request: web.Request) -> web.Response:
        return web.json_response(people_json(self.surroundings))

    async def _view(self, request: web.Request) -> web.Response:
        return web.json_response(view_json(self.surroundings, self._person(request)))

    async def _feed(self, request: web.Request) -> web.StreamResponse:
        person = self._person(request)
        after = request.query.get("after", "0")
        if not after.isdecimal() or len(after) > 18:
            raise RefusedActError("unreadable", 400)
        socket = web.WebSocketResponse(heartbeat=_HEARTBEAT, max_msg_size=2**16)
        await socket.prepare(request)
        self.sockets.add(socket)
        talking = asyncio.create_task(self._tell(socket, person, int(after)))
        try:
            async for _ in socket:
                pass  # acts come as requests; what is said here, broken or not, is not listened to
        finally:
            self.sockets.discard(socket)
            talking.cancel()
            with suppress(asyncio.CancelledError, ConnectionError):
                await talking
        return socket

    async def _tell(self, socket: web.WebSocketResponse, person: WebPerson, after: int) -> None:
        await socket.send_json({"clock": self.surroundings.now().isoformat()})
        try:
            async with aclosing(self.feed.listen(person, after)) as frames:
                async for frame in frames:
                    await socket.send_json(frame)
        except ConnectionError:
            return
        except Exception:  # noqa: BLE001  as above; the tab connects again and reads what it missed
            _log.exception("page.feed_failed", person=person.id)
            await socket.close(code=WSCloseCode.TRY_AGAIN_LATER)

    async def _say(self, request: web.Request) -> web.Response:
        person = self._person(request)
        say, files = await read_message(request, self.files)
        return web.json_response({"post": post_json(await self.page.say(person, say, files))})

    async def _act(self, request: web.Request) -> web.Response:
        person = self._person(request)
        taken, reply = await self._do(person, await _body(request))
        return web.json_response({"reply": reply_json(reply), "taken": taken}, status=200 if taken else 202)

    async def _do(self, person: WebPerson, body: bytes) -> tuple[bool, Reply | None]:
        match ACT.validate_json(body):
            case Press() as press:
                return await self.page.press(person, press)
            case Invoke() as invoke:
                return await self.page.invoke(person, invoke)
            case Submit() as submit:
                return await self.page.submit(person, submit)
            case Edit() as edit:
                return await self.page.edit(person, edit)
            case Delete() as delete:
                return await self.page.delete(person, delete)
            case React() as react:
                return await self.page.react(person, react)
            case Answer() as answer:
                return await self.page.answer(person, answer)

    async def _file(self, request: web.Request) -> web.StreamResponse:
        person, names = self._person(request), request.match_info
        file = await self.page.file(person, names["post"], names["file"])
        shown = file.media_type in _PICTURES
        response = web.StreamResponse()
        response.content_type = file.media_type if shown else "application/octet-stream"
        response.headers["Content-Disposition"] = _disposition("inline" if shown else "attachment", file.name)
        secure(response)
        chunks = self.files.read(file.id)
        try:
            first = await anext(chunks, b"")
        except FileNotFoundError:
            raise RefusedActError("unknown", 404) from None
        with suppress(ConnectionResetError):  # the browser may leave in the middle of it
            await response.prepare(request)
            await response.write(first)
            async for chunk in chunks:
                await response.write(chunk)
            await response.write_eof()
        return response

    async def _move_clock(self, request: web.Request) -> web.Response:
        moved = _Moved.model_validate_json(await _body(request))
        advance = self.surroundings.advance
        if advance is None:
            raise RefusedActError("unknown", 404)
        now = self.surroundings.now()
        await advance(distance(moved.move, now, get_zone(self.surroundings.zone)))
        clock = {"clock": self.surroundings.now().isoformat()}
        self.feed.tell(clock)
        return web.json_response(clock)


def _language(request: web.Request, default: Language) -> Language:
    told = request.query.get("language", "")
    return Language(told) if told in set(Language) else default


def _error(request: web.Request, reason: str, status: int) -> web.Response:
    text = voice(_language(request, Language.SPANISH))(f"web.error.{reason}")
    return web.json_response({"error": reason, "text": text}, status=status)


async def _body(request: web.Request) -> bytes:
    try:
        return await request.read()
    except web.HTTPRequestEntityTooLarge:
        raise RefusedActError("too_large", 413) from None


def _html(name: str, request: web.Request, *, notice: str | None = None) -> web.Response:
    """Return a page with its phrases filled in: `{{key}}` in its source."""
    told = request.headers.get("Accept-Language", "").lower()
    language = _language(request, Language.ENGLISH if told.startswith("en") else Language.SPANISH)
    speak = voice(language)
    values = {"language": language.value, "notice": speak(notice) if notice else ""}

    def filled(match: re.Match[str]) -> str:
        return escape(values[match[1]] if match[1] in values else speak(match[1]))

    text = re.sub(r"\{\{([\w.]+)\}\}", filled, _STATIC.joinpath(name).read_text("utf-8"))
    return web.Response(text=text, content_type="text/html", charset="utf-8")


def _asset(name: str) -> web.Response:
    file = _STATIC.joinpath(name)
    kind = _TYPES.get(name.rpartition(".")[2])
    if "/" in name or kind is None or not file.is_file():
        raise RefusedActError("unknown", 404)
    return web.Response(body=file.read_bytes(), content_type=kind, charset="utf-8")


def _disposition(kind: Literal["inline", "attachment"], name: str) -> str:
    return f"{kind}; filename*=UTF-8''{quote(name, safe='')}"
