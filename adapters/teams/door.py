"""Where activities come in. What is not from Teams, not for us or not readable is refused; nothing makes an error."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import structlog
from aiohttp import web

from adapters.teams.activities import MalformedError
from adapters.teams.gate import Gate, RefusedError

_log = structlog.get_logger(__name__)

Receive = Callable[[Mapping[str, Any]], Awaitable[Mapping[str, Any] | None]]
_PROXIED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host")


def http_route(gate: Callable[[], Gate | None], receive: Receive, path: str, *, anonymous: bool) -> web.RouteDef:
    """Return the route that takes activities, once there is a gate to check them.

    Where nobody has to prove who they are, what came through another machine is refused.
    """

    async def handle(request: web.Request) -> web.Response:
        checking = gate()
        if checking is None:
            return web.Response(status=503)
        if anonymous and any(name in request.headers for name in _PROXIED):
            return web.Response(status=403)
        if request.content_type != "application/json":
            return web.Response(status=415)
        try:
            activity = _activity(await request.read())
            await checking.check(request.headers.get("Authorization", ""), activity)
            body = await receive(activity)
        except RefusedError as error:
            _log.info("teams.refused", status=error.status, why=str(error))
            return web.Response(status=error.status)
        except MalformedError as error:
            _log.info("teams.malformed", why=str(error))
            return web.Response(status=400)
        except Exception:  # noqa: BLE001 - nothing was kept; Teams may bring it again
            _log.exception("teams.not_taken")
            return web.Response(status=503, headers={"Retry-After": "5"})
        return web.Response(status=200) if body is None else web.json_response(body)

    return web.post(path, handle)


def _activity(body: bytes) -> Mapping[str, Any]:
    try:
        activity = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise MalformedError("not JSON") from error
    if not isinstance(activity, dict) or not isinstance(activity.get("type"), str):
        raise MalformedError("not an activity")
    return _encodable(activity) if b"\\ud" in body.lower() else activity


def _encodable(value: Any) -> Any:
    """Return a value without halves of characters, which JSON may spell and nobody can write down."""
    match value:
        case str():
            return value.encode("utf-8", "replace").decode("utf-8")
        case dict():
            return {_encodable(name): _encodable(one) for name, one in value.items()}
        case list():
            return [_encodable(one) for one in value]
        case _:
            return value
