"""The Bot Connector of the fake Teams: what a bot may ask of it, and what it is refused."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from tests.fakes.teams.cards_check import findings
from tests.fakes.teams.faults import Faults
from tests.fakes.teams.world import BOT, Chat, World

Json = dict[str, Any]
_PAGE = 3


class RefusedError(Exception):
    def __init__(self, status: int, code: str, *, sub: str = "") -> None:
        super().__init__(code)
        self.body = {"error": {"code": code, "message": code, **({"subCode": sub} if sub else {})}}
        self.status = status


class Connector:
    """Answers calls, and keeps them and the connections they came by. `posted` is called with where a message went."""

    def __init__(self, world: World, faults: Faults, *, token: Callable[[], str | None]) -> None:
        self.world = world
        self.faults = faults
        self.calls: list[tuple[str, Json]] = []
        self.connections: set[object] = set()
        self.token = token
        self.posted: Callable[[Chat], None] = lambda _chat: None

    def routes(self) -> list[web.RouteDef]:
        base = "/connector/v3/conversations"
        return [
            web.post(base, self._wrapped("create", self._create)),
            web.post(f"{base}/{{conversation}}/activities", self._wrapped("send", self._send)),
            web.post(f"{base}/{{conversation}}/activities/{{message}}", self._wrapped("send", self._send)),
            web.put(f"{base}/{{conversation}}/activities/{{message}}", self._wrapped("update", self._update)),
            web.delete(f"{base}/{{conversation}}/activities/{{message}}", self._wrapped("delete", self._delete)),
            web.get(f"{base}/{{conversation}}/members/{{member}}", self._wrapped("member", self._member)),
            web.get(f"{base}/{{conversation}}/pagedmembers", self._wrapped("members", self._members)),
        ]

    def _wrapped(
        self, name: str, work: Callable[[web.Request, Json], Awaitable[Json]]
    ) -> Callable[[web.Request], Awaitable[web.Response]]:
        async def handle(request: web.Request) -> web.Response:
            body = await request.json() if request.can_read_body else {}
            self.calls.append((name, {**request.match_info, **dict(request.query), "body": body}))
            assert request.transport is not None
            self.connections.add(request.transport.get_extra_info("peername"))
            token = self.token()
            if token is not None and request.headers.get("Authorization") != f"Bearer {token}":
                return web.json_response({"error": {"code": "Unauthorized"}}, status=401)
            fault = self.faults.take(name)
            if fault and (answer := _failed(request, fault)):
                return answer
            try:
                found = await work(request, body)
            except RefusedError as refused:
                return web.json_response(refused.body, status=refused.status)
            await self.world.tell()
            if fault == "lost":
                assert request.transport is not None
                request.transport.abort()
            return web.json_response(found, status=201 if request.method == "POST" else 200)

        return handle

    def _chat(self, request: web.Request) -> tuple[Chat, str | None]:
        name, _, thread = request.match_info["conversation"].partition(";messageid=")
        chat = self.world.chats.get(name)
        if chat is None:
            raise RefusedError(404, "ConversationNotFound")
        if chat.gone:
            raise RefusedError(403, "ForbiddenOperationException", sub=chat.gone)
        if thread and not chat.find(thread):
            raise RefusedError(404, "ConversationNotFound")
        return chat, thread or None

    async def _send(self, request: web.Request, body: Json) -> Json:
        chat, thread = self._chat(request)
        if chat.kind == "channel" and thread is None:
            raise RefusedError(400, "BadSyntax")
        return {"id": self._post(chat, thread, body)}

    def _post(self, chat: Chat, thread: str | None, body: Json) -> str:
        """Keep a message. Text and a card in one are split, and then nobody learns their ids."""
        if len(str(body).encode("utf-16-le")) > 100_000 and "data:image" not in str(body):
            raise RefusedError(413, "MessageSizeTooBig")
        _check_cards(body)
        name = self.world.new_id()
        chat.messages.append({"id": name, "thread": thread, "from": BOT, "activity": body})
        self.posted(chat)
        return "" if body.get("text") and body.get("attachments") else name

    async def _create(self, _request: web.Request, body: Json) -> Json:
        if body.get("isGroup"):
            chat = self.world.chats.get(body["channelData"]["channel"]["id"])
            if chat is None:
                raise RefusedError(404, "ConversationNotFound")
            if chat.gone:
                raise RefusedError(403, "ForbiddenOperationException", sub=chat.gone)
            name = self._post(chat, None, body["activity"])
            return {"id": f"{chat.id};messageid={name}", "activityId": name}
        (member,) = body["members"]
        user = self.world.user(member["id"])
        if not user.has_app:
            raise RefusedError(403, "ForbiddenOperationException", sub="BotNotInConversationRoster")
        if body.get("tenantId") != user.tenant:
            raise RefusedError(400, "BadSyntax")
        return {"id": self.world.direct(user).id}

    async def _update(self, request: web.Request, body: Json) -> Json:
        chat, thread = self._chat(request)
        message = chat.find(request.match_info["message"])
        if message is None or (message["thread"] or (chat.kind == "channel" and message["id"]) or None) != thread:
            raise RefusedError(404, "ActivityNotFoundInConversation")
        _check_cards(body)
        message["activity"] = body
        message["updates"] = message.get("updates", 0) + 1
        return {"id": message["id"]}

    async def _delete(self, request: web.Request, _body: Json) -> Json:
        chat, _ = self._chat(request)
        message = chat.find(request.match_info["message"])
        if message is None:
            raise RefusedError(404, "ActivityNotFoundInConversation")
        chat.messages.remove(message)
        return {}

    async def _member(self, request: web.Request, _body: Json) -> Json:
        chat, _ = self._chat(request)
        asked = request.match_info["member"]
        found = [user for user in self.world.users.values() if asked in {user.mri, user.object}]
        if not found or found[0].id not in chat.members:
            raise RefusedError(404, "MemberNotFoundInConversation")
        return found[0].member()

    async def _members(self, request: web.Request, _body: Json) -> Json:
        chat, _ = self._chat(request)
        people = sorted(chat.members)
        begin = int(request.query.get("continuationToken") or 0)
        end = begin + _PAGE
        page: Json = {"members": [self.world.users[one].member() for one in people[begin:end]]}
        return page | ({"continuationToken": str(end)} if end < len(people) else {})


def _check_cards(body: Json) -> None:
    """Refuse cards that Teams could not show."""
    for attachment in body.get("attachments") or ():
        if attachment["contentType"] == "application/vnd.microsoft.card.adaptive":
            wrong = findings(attachment["content"])
            if wrong:
                raise RefusedError(400, f"BadCard: {'; '.join(wrong)}")


def _failed(request: web.Request, fault: str) -> web.Response | None:
    kind, _, rest = fault.partition(":")
    match kind:
        case "cut":
            assert request.transport is not None
            request.transport.abort()
            return web.Response(status=500)
        case "status":
            return web.json_response({"error": {"code": "ServiceError"}}, status=int(rest))
        case "limit":
            return web.json_response({}, status=429, headers={"Retry-After": rest})
        case "busy":
            return web.json_response({}, status=412)
        case "code":
            status, _, word = rest.partition(":")
            error = {"code": "ForbiddenOperationException", "subCode": word}
            return web.json_response({"error": error}, status=int(status))
        case _:
            return None
