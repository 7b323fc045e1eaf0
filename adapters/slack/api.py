"""Calls to Slack's Web API, paced, each failure told apart by what it means for the caller."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.pace import Pace
from dialogs.ports import DeliveryError, PermanentError, TransientError, UnknownOutcomeError

_TIMEOUT = aiohttp.ClientTimeout(total=20, connect=5)
_OPERATOR_PAUSE = 60.0
# docs.slack.dev/reference/methods: "some aspect of the operation may have succeeded".
_HALF_DONE = {"fatal_error", "internal_error", "request_timeout"}
_LATER = {"service_unavailable", "team_added_to_org", "update_failed"}
_OPERATOR = {
    "access_denied", "account_inactive", "app_missing_action_url", "ekm_access_denied", "invalid_auth",
    "missing_scope", "not_authed", "org_login_required", "team_access_not_granted", "token_expired", "token_revoked",
}  # fmt: skip


class RefusedError(PermanentError):
    """Slack said no. `code` is its word for why, such as ``channel_not_found``."""

    def __init__(self, method: str, code: str) -> None:
        super().__init__(f"{method}: {code}")
        self.code = code


class BrokenAppError(TransientError):
    """Slack does not accept the app as it stands: its token, its scopes. Nothing is wrong with the message."""


class Api:
    """One workspace's Web API, over one HTTP session."""

    def __init__(self, token: str, url: str, pace: Pace) -> None:
        self._session = aiohttp.ClientSession(timeout=_TIMEOUT)
        self._pace = pace
        # No handlers: a repeated post would be a second message. What failed goes back to the outbox.
        self.client = AsyncWebClient(token=token, base_url=url, session=self._session, retry_handlers=[])

    @property
    def session(self) -> aiohttp.ClientSession:
        """The one HTTP session, for what is not a method: files and `response_url`."""
        return self._session

    async def read(self, method: str, **arguments: Any) -> Mapping[str, Any]:
        """Ask for something. Nothing is changed, so any lost answer is transient."""
        params = {name: _plain(value) for name, value in arguments.items() if value is not None}
        return await self._call(method, None, {"http_verb": "GET", "params": params}, repeatable=True)

    async def write(
        self, method: str, *, repeatable: bool, channel_rate: bool = False, **arguments: Any
    ) -> Mapping[str, Any]:
        """Change something. `repeatable` tells that doing it twice is the same as doing it once.

        Raises:
            RefusedError, TransientError: nothing was changed.
            UnknownOutcomeError: it may have been changed, and it is not repeatable.
        """
        body = {name: value for name, value in arguments.items() if value is not None}
        channel = arguments.get("channel") if channel_rate else None
        return await self._call(method, channel, {"json": body}, repeatable=repeatable)

    async def open_socket(self, app_token: str) -> str:
        """Draw a ticket for one Socket Mode connection and return its address."""
        request = {"headers": {"Authorization": f"Bearer {app_token}"}}
        answer = await self._call("apps.connections.open", None, request, repeatable=True)
        return str(answer["url"])

    async def pages(self, method: str, field: str, *, most: int = 10, **arguments: Any) -> AsyncIterator[Any]:
        """Iterate over the items of a list that comes in pages, at most so many pages."""
        cursor: str | None = None
        for _ in range(most):
            page = await self.read(method, cursor=cursor, **arguments)
            for item in page.get(field) or ():
                yield item
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or None
            if cursor is None:
                return

    async def close(self) -> None:
        """Let go of the connections."""
        await self._session.close()

    async def _call(
        self, method: str, channel: str | None, request: dict[str, Any], *, repeatable: bool
    ) -> Mapping[str, Any]:
        await self._pace.turn(method, channel)
        lost: type[DeliveryError] = TransientError if repeatable else UnknownOutcomeError
        try:
            answer = await self.client.api_call(method, **request)
        except SlackApiError as error:
            raise self._meaning(method, error, lost) from error
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise TransientError(f"{method}: no connection") from error
        except (aiohttp.ClientError, TimeoutError) as error:
            raise lost(f"{method}: the answer was lost") from error
        return answer.data if isinstance(answer.data, dict) else {}

    def _meaning(self, method: str, error: SlackApiError, lost: type[DeliveryError]) -> DeliveryError:
        response = error.response
        status = int(getattr(response, "status_code", 0) or getattr(response, "status", 0))
        data = getattr(response, "data", None)
        code = data.get("error", "") if isinstance(data, dict) else ""
        if status == 429 or code in {"ratelimited", "rate_limited"}:
            seconds = float(response.headers.get("Retry-After") or 1)
            self._pace.pause(method, seconds)
            return TransientError(f"{method}: rate limit", retry_after=seconds)
        if not code or code in _HALF_DONE:
            return lost(f"{method}: status {status} {code}".rstrip())
        if code in _LATER or status >= 500:
            return TransientError(f"{method}: {code}")
        if code in _OPERATOR:
            return BrokenAppError(f"{method}: {code}", retry_after=_OPERATOR_PAUSE)
        return RefusedError(method, code)


def _plain(value: Any) -> str | int | float:
    match value:
        case bool():
            return "true" if value else "false"
        case str() | int() | float():
            return value
        case _:
            return json.dumps(value, ensure_ascii=False)
