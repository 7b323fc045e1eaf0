"""Calls to the Bot Connector, paced, each failure told apart by what it means for the caller.

`ConnectorClient` of `botframework-connector` 4.17.1 opens a connection for every turn and takes eleven milliseconds
of processor time to be made; it drops fields of what it sends. This is the same interface over one session.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from typing import Any
from urllib.parse import quote

import aiohttp
from yarl import URL

from adapters.teams.pace import READS, WRITES, Limits, Pace
from adapters.teams.tokens import BrokenAppError, Tokens
from dialogs.ports import DeliveryError, PermanentError, TransientError, UnknownOutcomeError

Json = dict[str, Any]
_TIMEOUT = aiohttp.ClientTimeout(total=12, connect=4)
_AT_A_TIME = 500
_LATER = {412, 429}
_DEAD = {
    "BotDisabledByAdmin", "BotNotInConversationRoster", "ConversationBlockedByUser", "ConversationNotFound",
    "MessageWritesBlocked",
}  # fmt: skip


class RefusedError(PermanentError):
    """Teams said no. `code` is its word for why; `dead` tells that it will say so to whatever is sent there."""

    def __init__(self, status: int, code: str, *, dead: bool) -> None:
        super().__init__(f"Teams: {status} {code}".rstrip())
        self.status = status
        self.code = code
        self.dead = dead


class Connector:
    """The Bot Connector, over one HTTP session."""

    def __init__(self, session: aiohttp.ClientSession, tokens: Tokens, pace: Pace) -> None:
        self._session = session
        self._tokens = tokens
        self._pace = pace

    async def send(self, service: str, tenant: str, conversation: str, activity: Json) -> str:
        """Post into a conversation and return the id of the message.

        Raises:
            RefusedError, TransientError: nothing was posted.
            UnknownOutcomeError: it may have been.
        """
        address = _address(service, conversation, "activities")
        answer = await self._call("POST", address, conversation, tenant, json=activity, repeatable=False)
        return str(answer.get("id") or "")

    async def update(self, service: str, tenant: str, conversation: str, message: str, activity: Json) -> None:
        """Give a message a new content."""
        address = _address(service, conversation, "activities", message)
        await self._call("PUT", address, conversation, tenant, json=activity, repeatable=True)

    async def delete(self, service: str, tenant: str, conversation: str, message: str) -> None:
        """Take a message away."""
        address = _address(service, conversation, "activities", message)
        await self._call("DELETE", address, conversation, tenant, repeatable=True)

    async def create(self, service: str, tenant: str, where: str, body: Json) -> Json:
        """Begin a thread of a channel or a chat with a person, `where`; return its ids."""
        address = URL(f"{service.rstrip('/')}/v3/conversations", encoded=True)
        return await self._call("POST", address, where, tenant, json=body, repeatable="activity" not in body)

    async def member(self, service: str, tenant: str, conversation: str, member: str) -> Json:
        """Return what is known of somebody in a conversation."""
        address = _address(service, conversation, "members", member)
        return await self._call("GET", address, conversation, tenant, repeatable=True, limits=READS)

    async def members(self, service: str, tenant: str, conversation: str) -> AsyncIterator[Json]:
        """Iterate over everybody in a conversation."""
        token = ""
        while True:
            more = {"continuationToken": token} if token else {}
            address = _address(service, conversation, "pagedmembers").with_query(pageSize=_AT_A_TIME, **more)
            page = await self._call("GET", address, conversation, tenant, repeatable=True, limits=READS)
            for member in page.get("members") or ():
                yield member
            token = page.get("continuationToken") or ""
            if not token:
                return

    async def answers(self, service: str, tenant: str, conversation: str) -> None:
        """Ask for one member, only to see whether Teams answers about a conversation."""
        address = _address(service, conversation, "pagedmembers").with_query(pageSize=1)
        await self._call("GET", address, conversation, tenant, repeatable=True, limits=READS)

    async def _call(
        self,
        verb: str,
        address: URL,
        conversation: str,
        tenant: str,
        *,
        json: Json | None = None,
        repeatable: bool,
        limits: Limits = WRITES,
    ) -> Json:
        channel = conversation.partition(";")[0]
        await self._pace.turn(channel, tenant, limits)
        lost: type[DeliveryError] = TransientError if repeatable else UnknownOutcomeError
        for attempt in (1, 2):
            headers = await self._tokens.headers()
            try:
                async with self._session.request(verb, address, json=json, headers=headers, timeout=_TIMEOUT) as answer:
                    if answer.status == 401 and attempt == 1:
                        self._tokens.drop()
                        continue
                    if answer.status < 300:
                        return await _json(answer)
                    error = await self._meaning(answer, lost)
            except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as failed:
                raise TransientError("Teams: no connection") from failed
            except (aiohttp.ClientError, TimeoutError) as failed:
                raise lost("Teams: the answer was lost") from failed
            if isinstance(error, TransientError) and error.retry_after and answer.status in _LATER:
                self._pace.pause(channel, error.retry_after, limits)
            raise error
        raise BrokenAppError("Teams: the token is refused", retry_after=60)

    async def _meaning(self, answer: aiohttp.ClientResponse, lost: type[DeliveryError]) -> DeliveryError:
        if answer.status in _LATER:
            return TransientError(f"Teams: status {answer.status}", retry_after=_seconds(answer))
        if answer.status >= 500 or answer.status == 408:
            return lost(f"Teams: status {answer.status}")
        if answer.status == 401:
            return BrokenAppError("Teams: the token is refused", retry_after=60)
        told = (await _json(answer)).get("error")
        found: Mapping[str, Any] = told if isinstance(told, dict) else {}
        inner = found.get("innerHttpError")
        body = inner.get("body") if isinstance(inner, dict) else None
        codes = {str(found.get("code") or ""), str(found.get("subCode") or "")}
        codes |= {str(body.get("subCode") or "")} if isinstance(body, dict) else set()
        dead = answer.status in {403, 404} and bool(codes & _DEAD)
        return RefusedError(answer.status, " ".join(sorted(filter(None, codes))), dead=dead)


def _address(service: str, conversation: str, *path: str) -> URL:
    parts = "/".join(quote(part, safe="") for part in (conversation, *path))
    return URL(f"{service.rstrip('/')}/v3/conversations/{parts}", encoded=True)


async def _json(answer: aiohttp.ClientResponse) -> Json:
    try:
        found = await answer.json(content_type=None)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _seconds(answer: aiohttp.ClientResponse) -> float:
    try:
        return max(0.0, float(answer.headers.get("Retry-After") or 1))
    except ValueError:
        return 1.0
