"""How the fake Slack brings payloads: signed over HTTP or over Socket Mode, again while nobody says "got it"."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import itertools
import json
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import aiohttp
from aiohttp import web

from tests.fakes.slack.faults import Faults

Json = dict[str, Any]


@dataclass(slots=True)
class Answer:
    """What came back. `ok` False: nothing in time, or not a success, and the person was shown an error."""

    ok: bool
    payload: Json = field(default_factory=dict)


class Delivery:
    """Brings payloads to a URL, or to any one of the open sockets."""

    def __init__(
        self, faults: Faults, signing_secret: str, retry_after: tuple[float, ...], tell: Callable[[], Awaitable[None]]
    ) -> None:
        self.faults = faults
        self.ack_within = 3.0
        self._tell = tell
        self.signing_secret = signing_secret
        self.retry_after = retry_after
        self.url: str | None = None
        self.clock_skew = 0.0
        self.sockets: list[web.WebSocketResponse] = []
        self.tickets: set[str] = set()
        self.tried: list[tuple[str, int]] = []
        self.given_up: list[Json] = []
        self.running: set[asyncio.Task[None]] = set()
        self.held: list[Json] = []
        self._numbers = itertools.count(1)
        self._waiting: dict[str, asyncio.Future[Json]] = {}
        self._transports: set[asyncio.WriteTransport] = set()
        self._random = random.Random(7)
        self._connections: aiohttp.ClientSession | None = None

    def send_event(self, body: Json) -> None:
        """Bring an event, and again by itself until it is acknowledged or given up."""
        if self.faults.hold:
            self.held.append(body)
            return
        task = asyncio.create_task(self._insist(body))
        self.running.add(task)
        task.add_done_callback(self.running.discard)

    def release(self, *, backwards: bool = False) -> None:
        """Bring what was held back."""
        self.faults.hold = False
        held, self.held = self.held, []
        for body in reversed(held) if backwards else held:
            self.send_event(body)

    async def _insist(self, body: Json) -> None:
        for attempt, wait in enumerate((0.0, *self.retry_after)):
            await asyncio.sleep(wait)
            self.tried.append((body["event_id"], attempt))
            if (await self.bring("events_api", body, attempt)).ok:
                return
        self.given_up.append(body)

    async def bring(self, kind: str, body: Json, attempt: int = 0) -> Answer:
        """Bring a payload once."""
        if self.faults.down:
            return Answer(ok=False)
        return await (self._by_http(kind, body, attempt) if self.url else self._by_socket(kind, body, attempt))

    async def _by_http(self, kind: str, body: Json, attempt: int) -> Answer:
        assert self.url is not None
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        if kind == "events_api":
            data, headers["Content-Type"] = json.dumps(body), "application/json"
        else:
            data = urlencode(body if kind == "slash_commands" else {"payload": json.dumps(body)})
        if attempt:
            headers |= {"X-Slack-Retry-Num": str(attempt), "X-Slack-Retry-Reason": "http_timeout"}
        try:
            async with self._session().post(
                self.url,
                data=data,
                headers={**headers, **self.signature(data)},
                timeout=aiohttp.ClientTimeout(total=self.ack_within),
            ) as answer:
                text = await answer.text()
                return Answer(answer.status == 200, json.loads(text) if text.startswith("{") else {})
        except (aiohttp.ClientError, TimeoutError):
            return Answer(ok=False)

    def _session(self) -> aiohttp.ClientSession:
        if self._connections is None:
            self._connections = aiohttp.ClientSession()
        return self._connections

    def signature(self, data: str) -> dict[str, str]:
        stamp = str(int(time.time() + self.clock_skew))
        digest = hmac.new(self.signing_secret.encode(), f"v0:{stamp}:{data}".encode(), hashlib.sha256).hexdigest()
        return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}

    async def _by_socket(self, kind: str, body: Json, attempt: int) -> Answer:
        if self.faults.mute:
            return Answer(ok=True)  # lost on the way, and believed to have arrived
        if not self.sockets:
            return Answer(ok=False)
        name = f"envelope-{next(self._numbers)}"
        envelope = {
            "envelope_id": name,
            "type": kind,
            "payload": body,
            "accepts_response_payload": kind != "events_api",
            **({"retry_attempt": attempt, "retry_reason": "timeout"} if kind == "events_api" else {}),
        }
        waiting = self._waiting[name] = asyncio.get_running_loop().create_future()
        try:
            if not self.faults.frozen:
                await self._random.choice(self.sockets).send_json(envelope)
            return Answer(ok=True, payload=await asyncio.wait_for(waiting, self.ack_within))
        except (TimeoutError, ConnectionError, aiohttp.ClientError):
            return Answer(ok=False)
        finally:
            self._waiting.pop(name)

    def ticket(self, base: str) -> str:
        """A new Socket Mode address; it opens one connection."""
        name = f"ticket-{next(self._numbers)}"
        self.tickets.add(name)
        return f"{base.replace('http', 'ws')}/link?ticket={name}"

    async def link(self, request: web.Request) -> web.StreamResponse:
        """The Socket Mode endpoint."""
        name = request.query.get("ticket", "")
        if self.faults.refused_tickets or self.faults.down or name not in self.tickets:
            self.faults.refused_tickets = max(0, self.faults.refused_tickets - 1)
            self.tickets.discard(name)
            return web.Response(status=408)
        self.tickets.discard(name)
        if self.faults.hung_links:
            self.faults.hung_links -= 1
            await asyncio.Event().wait()  # taken, and never answered
        socket = web.WebSocketResponse(autoping=False)
        await socket.prepare(request)
        assert request.transport is not None
        transport: asyncio.WriteTransport = request.transport
        self._transports.add(transport)
        self.sockets.append(socket)
        try:
            await socket.send_json({"type": "hello", "num_connections": len(self.sockets)})
            await self._tell()
            async for frame in socket:
                if frame.type is aiohttp.WSMsgType.PING and not self.faults.frozen:
                    await socket.pong(frame.data)
                elif frame.type is aiohttp.WSMsgType.TEXT and not self.faults.frozen:
                    self._acknowledged(json.loads(frame.data))
        finally:
            self.sockets.remove(socket)
            self._transports.discard(transport)
            await self._tell()
        return socket

    def _acknowledged(self, answer: Json) -> None:
        waiting = self._waiting.get(answer["envelope_id"])
        if waiting and not waiting.done():
            waiting.set_result(answer.get("payload") or {})

    async def disconnect(self, reason: str) -> None:
        """Ask every socket to connect anew, as Slack does about every hour."""
        for socket in list(self.sockets):
            await socket.send_json({"type": "disconnect", "reason": reason})

    def cut(self) -> None:
        """Drop every socket without a word."""
        for transport in list(self._transports):
            transport.abort()

    async def close(self) -> None:
        for task in list(self.running):
            task.cancel()
        await asyncio.gather(*self.running, return_exceptions=True)
        for socket in list(self.sockets):
            await socket.close()
        if self._connections is not None:
            await self._connections.close()
