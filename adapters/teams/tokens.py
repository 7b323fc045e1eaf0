"""The bot's own token, by which Teams knows it: asked for once an hour, and never in the loop's way.

`botbuilder-core` 4.17.1 asks for one with every turn, and holds up everything else meanwhile.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from time import monotonic
from typing import Any

import aiohttp

from dialogs.ports import TransientError

LOGIN_URL = "https://login.microsoftonline.com"
_SCOPE = "https://api.botframework.com/.default"
_TIMEOUT = aiohttp.ClientTimeout(total=10, connect=3)
_AHEAD = 300.0
_OPERATOR_PAUSE = 60.0


class BrokenAppError(TransientError):
    """Microsoft does not accept the app as it stands: its id, its password. Nothing is wrong with the message."""


class Tokens:
    """Keeps the token. Without `app_id` there is none, and none is needed."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        *,
        app_id: str,
        password: str,
        tenant: str,
        login_url: str = LOGIN_URL,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._session = session
        self._url = f"{login_url.rstrip('/')}/{tenant}/oauth2/v2.0/token"
        self._form = {
            "grant_type": "client_credentials",
            "client_id": app_id,
            "client_secret": password,
            "scope": _SCOPE,
        }
        self._app_id = app_id
        self._clock = clock
        self._token = ""
        self._until = float("-inf")
        self._asking: asyncio.Task[None] | None = None

    async def headers(self) -> dict[str, str]:
        """Return what a request has to carry.

        Raises:
            TransientError: no token can be had now.
        """
        if not self._app_id:
            return {}
        if self._clock() >= self._until:
            if self._asking is None or self._asking.done():
                self._asking = asyncio.create_task(self._ask())
            await asyncio.shield(self._asking)
        return {"Authorization": f"Bearer {self._token}"}

    def drop(self) -> None:
        """Do not use the token again: it was refused."""
        self._until = float("-inf")

    async def _ask(self) -> None:
        try:
            async with self._session.post(self._url, data=self._form, timeout=_TIMEOUT) as answer:
                found: Any = await answer.json(content_type=None)
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            raise TransientError(f"no token: {type(error).__name__}") from error
        if not isinstance(found, dict) or "access_token" not in found:
            why = found.get("error") if isinstance(found, dict) else None
            if answer.status >= 500 or answer.status == 429:
                raise TransientError(f"no token: status {answer.status}")
            raise BrokenAppError(f"no token: {why or answer.status}", retry_after=_OPERATOR_PAUSE)
        self._token = str(found["access_token"])
        self._until = self._clock() + max(60.0, float(found.get("expires_in") or 3600) - _AHEAD)
