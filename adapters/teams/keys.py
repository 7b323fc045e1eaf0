"""The keys that the Bot Framework signs with, fetched beside the event loop's work and never in its way.

`botframework-connector` 4.17.1 fetches them with `requests` on the loop, and for up to a day refuses whatever is
signed with a key it has not seen. This takes the place of its key store; what it checks with the keys is its own.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from time import monotonic
from typing import Any

import aiohttp
import structlog
from jwt.algorithms import RSAAlgorithm

_log = structlog.get_logger(__name__)
_TIMEOUT = aiohttp.ClientTimeout(total=10, connect=3)
_FRESH = 12 * 3600.0
_AT_MOST_EVERY = 300.0
_AFTER_FAILURE = 10.0


class KeysUnavailableError(Exception):
    """There are no keys to check a signature with, and none can be had now."""


class UnknownKeyError(PermissionError):
    """A token is signed with a key that Microsoft does not publish."""


@dataclass(frozen=True, slots=True)
class Key:
    """One key, and the channels it may sign for."""

    public_key: Any
    endorsements: tuple[str, ...]


class SigningKeys:
    """Keeps the published keys: fetched anew every 12 hours and, for an unknown one, at most every 5 minutes."""

    def __init__(self, session: aiohttp.ClientSession, url: str, clock: Callable[[], float] = monotonic) -> None:
        self._session = session
        self._url = url
        self._clock = clock
        self._keys: Mapping[str, Key] = {}
        self._fetched = float("-inf")
        self._tried = float("-inf")
        self._fetching: asyncio.Task[None] | None = None

    async def get(self, key_id: str | None) -> Key:
        """Return the key of that name.

        Raises:
            UnknownKeyError: there is none.
            KeysUnavailableError: nobody can tell now.
        """
        if not self._keys or (key_id not in self._keys and self._clock() - self._tried >= _AT_MOST_EVERY):
            await self._fetch()
        elif self._clock() - self._fetched >= _FRESH:
            self._begin()
        key = self._keys.get(key_id or "")
        if key is None:
            raise UnknownKeyError("no such key")
        return key

    async def fetch(self) -> None:
        """Have the keys ready before they are asked for; it does not matter where that fails."""
        with suppress(KeysUnavailableError):
            await self._fetch()

    async def close(self) -> None:
        """Stop fetching."""
        if self._fetching:
            self._fetching.cancel()
            await asyncio.gather(self._fetching, return_exceptions=True)

    async def _fetch(self) -> None:
        try:
            await asyncio.shield(self._begin())
        except (aiohttp.ClientError, TimeoutError, ValueError, KeyError, TypeError) as error:
            if not self._keys:
                raise KeysUnavailableError(type(error).__name__) from error

    def _begin(self) -> asyncio.Task[None]:
        if self._fetching is None or self._fetching.done():
            self._fetching = asyncio.create_task(self._read())
            self._fetching.add_done_callback(_seen)
        return self._fetching

    async def _read(self) -> None:
        # After a failure the next token may ask again soon; an unknown key alone may not.
        self._tried = self._clock() - _AT_MOST_EVERY + _AFTER_FAILURE
        metadata = await self._json(self._url)
        published = await self._json(metadata["jwks_uri"])
        self._keys = {str(one["kid"]): _key(one) for one in published["keys"] if one.get("kty") == "RSA"}
        self._fetched = self._tried = self._clock()

    async def _json(self, url: str) -> Any:
        async with self._session.get(url, timeout=_TIMEOUT, raise_for_status=True) as answer:
            return await answer.json(content_type=None)


def _key(published: Mapping[str, Any]) -> Key:
    return Key(RSAAlgorithm.from_jwk(json.dumps(published)), tuple(published.get("endorsements") or ()))


def _seen(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (error := task.exception()):
        _log.warning("teams.keys_not_fetched", why=type(error).__name__)
