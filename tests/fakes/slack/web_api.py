"""The Web API of the fake Slack: the methods the app uses, with their errors, limits and faults."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from tests.fakes.slack.blocks_check import findings
from tests.fakes.slack.faults import Faults
from tests.fakes.slack.world import BOT, BOT_USER, TEAM, Channel, World

Json = dict[str, Any]
Changed = Callable[[str, Json], None]

_TEXT_LIMIT = 40_000


class SlackError(Exception):
    """Answered as `{"ok": false, "error": …}`."""


class WebApi:
    """Answers calls. `changed` is told what the bot did, for the events that follow from it."""

    def __init__(self, world: World, faults: Faults, *, post_every: float, changed: Changed) -> None:
        self.world = world
        self.faults = faults
        self.post_every = post_every
        self.changed = changed
        self.bot_token = "xoxb-fake-bot"
        self.app_token = "xapp-fake-app"
        self.base = ""
        self.calls: list[tuple[str, Json]] = []
        self.triggers: dict[str, float] = {}
        self.open_ticket: Callable[[], str] = lambda: ""
        self.auth_works = True
        self.headers: dict[str, str] = {}
        self._last_post: dict[str, float] = {}

    def trigger(self) -> str:
        """A new trigger: works once, for three seconds."""
        name = f"{self.world.new_id('trigger')}.1"
        self.triggers[name] = asyncio.get_running_loop().time() + 3.0
        return name

    async def handle(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        arguments = await _arguments(request)
        self.calls.append((method, arguments))
        fault = self.faults.take(method)
        kind, _, detail = fault.partition(":")
        if self.faults.down or kind == "cut":
            assert request.transport is not None
            request.transport.abort()
            return web.Response()
        if kind == "slow":
            await asyncio.sleep(float(detail))
        if kind == "status":
            return web.Response(status=int(detail), text="upstream error")
        if kind == "html":
            return web.Response(status=502, text="<html>Bad gateway</html>", content_type="text/html")
        if kind == "limit":
            return _limited(detail)
        answer = {"ok": False, "error": detail} if kind == "error" else await self._answer(method, arguments, request)
        if isinstance(answer, web.Response):
            return answer
        await self.world.tell()
        if kind == "lost":
            assert request.transport is not None
            request.transport.abort()
        return web.json_response(answer, headers=self.headers if method == "auth.test" else None)

    async def _answer(self, method: str, arguments: Json, request: web.Request) -> Json | web.Response:
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        expected = self.app_token if method == "apps.connections.open" else self.bot_token
        if token != expected or not self.auth_works:
            return {"ok": False, "error": "invalid_auth"}
        if method == "chat.postMessage" and (wait := self._too_soon(arguments["channel"])):
            return _limited(f"{wait:.3f}")
        handler: Callable[[Json], Awaitable[Json] | Json] | None = getattr(
            self, "do_" + method.replace(".", "_").lower(), None
        )
        if handler is None:
            return {"ok": False, "error": "unknown_method"}
        try:
            done = handler(arguments)
            return {"ok": True, **(await done if isinstance(done, Awaitable) else done)}
        except SlackError as error:
            return {"ok": False, "error": str(error)}

    def _too_soon(self, channel: str) -> float:
        now = asyncio.get_running_loop().time()
        wait = self._last_post.get(channel, 0.0) + self.post_every * 0.9 - now
        if wait > 0:
            return wait
        self._last_post[channel] = now
        return 0.0

    def _channel(self, name: str) -> Channel:
        channel = self.world.channels.get(name)
        if channel is None:
            raise SlackError("channel_not_found")
        return channel

    def _inside(self, name: str) -> Channel:
        channel = self._channel(name)
        if BOT_USER not in channel.members:
            raise SlackError("not_in_channel")
        if channel.archived:
            raise SlackError("is_archived")
        return channel

    def do_auth_test(self, _: Json) -> Json:
        return {
            "url": "https://ldtelecom.slack.com/",
            "team": "LDTelecom",
            "user": "soporte",
            "team_id": TEAM,
            "user_id": BOT_USER,
            "bot_id": BOT,
            "is_enterprise_install": False,
        }

    def do_apps_connections_open(self, _: Json) -> Json:
        return {"url": self.open_ticket()}

    def do_users_info(self, arguments: Json) -> Json:
        user = self.world.users.get(arguments["user"])
        if user is None:
            raise SlackError("user_not_found")
        return {"user": user.profile()}

    def do_users_conversations(self, _: Json) -> Json:
        mine = [c for c in self.world.channels.values() if BOT_USER in c.members and not c.archived]
        return {"channels": [{"id": channel.id, "name": channel.name} for channel in mine]}

    def do_conversations_members(self, arguments: Json) -> Json:
        return {"members": sorted(self._channel(arguments["channel"]).members)}

    def do_conversations_open(self, arguments: Json) -> Json:
        return {"channel": {"id": self.world.direct(arguments["users"]).id}}

    def do_conversations_history(self, arguments: Json) -> Json:
        channel = self._inside(arguments["channel"])
        roots = [m for m in channel.messages if m.get("thread_ts") in {None, m["ts"]}]
        return _page(list(reversed(_since(roots, arguments))), arguments)

    def do_conversations_replies(self, arguments: Json) -> Json:
        channel = self._inside(arguments["channel"])
        message = channel.find(arguments["ts"])
        if message is None:
            raise SlackError("thread_not_found")
        is_reply = message.get("thread_ts") not in {None, message["ts"]}
        found = [message] if is_reply else channel.thread(message["ts"])
        return _page([message, *_since(found[1:], arguments)], arguments)

    def do_chat_postmessage(self, arguments: Json) -> Json:
        channel = self._inside(arguments["channel"])
        blocks = _checked(arguments)
        ts = self.world.ts()
        message = {
            "type": "message",
            "user": BOT_USER,
            "bot_id": BOT,
            "team": TEAM,
            "ts": ts,
            "text": arguments["text"],
            "blocks": _with_ids(blocks),
            **{name: arguments[name] for name in ("thread_ts", "metadata") if name in arguments},
        }
        self.world.add_message(channel, message)
        self.changed("posted", {"channel": channel, "message": message})
        return {"channel": channel.id, "ts": ts, "message": message}

    def do_chat_update(self, arguments: Json) -> Json:
        channel = self._inside(arguments["channel"])
        message = channel.find(arguments["ts"])
        if message is None:
            raise SlackError("message_not_found")
        if message.get("user") != BOT_USER:
            raise SlackError("cant_update_message")
        message |= {"text": arguments["text"], "blocks": _with_ids(_checked(arguments))}
        return {"channel": channel.id, "ts": message["ts"]}

    def do_chat_postephemeral(self, arguments: Json) -> Json:
        channel = self._inside(arguments["channel"])
        if arguments["user"] not in channel.members:
            raise SlackError("user_not_in_channel")
        _checked(arguments)
        self.world.whispers.append(arguments)
        return {"message_ts": self.world.ts()}

    def do_reactions_add(self, arguments: Json) -> Json:
        reactions = self._reactions(arguments)
        if arguments["name"] in reactions:
            raise SlackError("already_reacted")
        reactions.append(arguments["name"])
        return {}

    def do_reactions_remove(self, arguments: Json) -> Json:
        reactions = self._reactions(arguments)
        if arguments["name"] not in reactions:
            raise SlackError("no_reaction")
        reactions.remove(arguments["name"])
        return {}

    def _reactions(self, arguments: Json) -> list[str]:
        message = self._inside(arguments["channel"]).find(arguments["timestamp"])
        if message is None:
            raise SlackError("message_not_found")
        found: list[str] = message.setdefault("my_reactions", [])
        return found

    def do_views_open(self, arguments: Json) -> Json:
        ends = self.triggers.pop(arguments["trigger_id"], None)
        if ends is None:
            raise SlackError("exchanged_trigger_id")
        if asyncio.get_running_loop().time() > ends:
            raise SlackError("expired_trigger_id")
        return {"view": self._keep_view(self.world.new_id("V"), arguments["view"])}

    def do_views_update(self, arguments: Json) -> Json:
        if arguments["view_id"] not in self.world.views:
            raise SlackError("not_found")
        return {"view": self._keep_view(arguments["view_id"], arguments["view"])}

    def do_views_publish(self, arguments: Json) -> Json:
        view = arguments["view"]
        if wrong := findings(view["blocks"], view=view):
            raise SlackError(f"invalid_arguments {wrong}")
        kept = {**view, "id": self.world.new_id("V"), "app_installed_team_id": TEAM}
        self.world.homes[arguments["user_id"]] = kept
        return {"view": kept}

    def _keep_view(self, name: str, view: Json) -> Json:
        if wrong := findings(view["blocks"], view=view):
            raise SlackError(f"invalid_arguments {wrong}")
        kept = {**view, "id": name, "hash": self.world.new_id("hash"), "app_installed_team_id": TEAM}
        self.world.views[name] = kept
        return kept

    def do_files_info(self, arguments: Json) -> Json:
        if arguments["file"] not in self.world.files:
            raise SlackError("file_not_found")
        return {"file": self.world.files[arguments["file"]]}

    def do_files_getuploadurlexternal(self, arguments: Json) -> Json:
        name = self.world.new_id("F")
        self.world.files[name] = {"id": name, "name": arguments["filename"], "size": int(arguments["length"])}
        return {"upload_url": f"{self.base}/upload/{name}", "file_id": name}

    def do_files_completeuploadexternal(self, arguments: Json) -> Json:
        channel = self._inside(arguments["channel_id"])
        files = [self.world.files[file["id"]] for file in arguments["files"]]
        if any(len(self.world.contents.get(file["id"], b"")) != file["size"] for file in files):
            raise SlackError("file_upload_size_mismatch")
        message = {
            "type": "message",
            "user": BOT_USER,
            "bot_id": BOT,
            "ts": self.world.ts(),
            "text": "",
            "files": files,
        }
        if arguments.get("thread_ts"):
            message["thread_ts"] = arguments["thread_ts"]
        self.world.add_message(channel, message)
        return {"files": files}


def _limited(seconds: str) -> web.Response:
    return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers={"Retry-After": seconds})


async def _arguments(request: web.Request) -> Json:
    if request.content_type == "application/json":
        body: Json = await request.json()
        return body
    return {**dict(request.query), **{name: str(value) for name, value in (await request.post()).items()}}


def _checked(arguments: Json) -> list[Json]:
    blocks = arguments.get("blocks") or []
    if not arguments.get("text") or len(arguments["text"]) > _TEXT_LIMIT:
        raise SlackError("no_text" if not arguments.get("text") else "msg_too_long")
    if wrong := findings(blocks):
        raise SlackError(f"invalid_blocks {json.dumps(wrong, ensure_ascii=False)}")
    return list(blocks)


def _with_ids(blocks: list[Json]) -> list[Json]:
    return [{"block_id": f"b{at}", **block} for at, block in enumerate(blocks)]


def _since(messages: list[Json], arguments: Json) -> list[Json]:
    oldest = float(arguments.get("oldest") or 0)
    return [message for message in messages if float(message["ts"]) > oldest]


def _page(messages: list[Json], arguments: Json) -> Json:
    start, limit = int(arguments.get("cursor") or 0), int(arguments.get("limit") or 100)
    more = str(start + limit) if start + limit < len(messages) else ""
    return {
        "messages": messages[start : start + limit],
        "has_more": bool(more),
        "response_metadata": {"next_cursor": more},
    }
