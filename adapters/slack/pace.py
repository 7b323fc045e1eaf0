"""How fast Slack may be called: a rate for each method, one for each channel, and a shared pause after a 429."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic

from dialogs.ports import TransientError

_PATIENCE = 10.0


@dataclass(frozen=True, slots=True)
class Rate:
    """So many calls a second on average, and so many at once after a silence."""

    per_second: float
    burst: int = 1


# docs.slack.dev/apis/web-api/rate-limits: tiers 2, 3 and 4 are 20, 50 and 100 calls a minute and method, bursts
# allowed; posting is one message a second and channel, and "several hundred" a minute and workspace.
_TIER_2, _TIER_3, _TIER_4 = Rate(20 / 60, 10), Rate(50 / 60, 25), Rate(100 / 60, 50)
_CHANNEL = Rate(1.0)
_METHODS = {
    "chat.postMessage": Rate(5.0, 40),
    "chat.update": _TIER_3,
    "conversations.history": _TIER_3,
    "conversations.replies": _TIER_3,
    "conversations.open": _TIER_3,
    "conversations.info": _TIER_3,
    "reactions.add": _TIER_3,
    "reactions.remove": _TIER_2,
    "users.conversations": _TIER_3,
}


@dataclass(slots=True)
class _Bucket:
    rate: Rate
    full_at: float = 0.0

    def wait(self, now: float) -> float:
        return max(0.0, self.full_at - (self.rate.burst - 1) / self.rate.per_second - now)

    def take(self, now: float) -> None:
        self.full_at = max(self.full_at, now) + 1 / self.rate.per_second


@dataclass(slots=True)
class Pace:
    """Lets calls through in the order they ask. `speed` multiplies every rate, for a server that allows more."""

    speed: float = 1.0
    clock: Callable[[], float] = monotonic
    _buckets: dict[str, _Bucket] = field(default_factory=dict)
    _paused: dict[str, float] = field(default_factory=dict)

    async def turn(self, method: str, channel: str | None = None) -> None:
        """Wait until this method may be called, for this channel where one message a second is the rule.

        Raises:
            TransientError: it would take longer than it is worth waiting; `retry_after` says how long.
        """
        now = self.clock()
        buckets = [self._bucket(method, _METHODS.get(method, _TIER_4))]
        if channel:
            buckets.append(self._bucket(f"{method} {channel}", _CHANNEL))
        wait = max(self._paused.get(method, 0.0) - now, *(bucket.wait(now) for bucket in buckets))
        if wait > _PATIENCE:
            raise TransientError(f"{method} has to wait", retry_after=wait)
        for bucket in buckets:
            bucket.take(now)
        if wait > 0:
            await asyncio.sleep(wait)
            await self._sit_out(method)

    def pause(self, method: str, seconds: float) -> None:
        """Let nobody call this method for so long: Slack said so."""
        self._paused[method] = max(self._paused.get(method, 0.0), self.clock() + seconds)

    async def _sit_out(self, method: str) -> None:
        left = self._paused.get(method, 0.0) - self.clock()
        if left > _PATIENCE:
            raise TransientError(f"{method} has to wait", retry_after=left)
        if left > 0:
            await asyncio.sleep(left)

    def _bucket(self, key: str, rate: Rate) -> _Bucket:
        if key not in self._buckets:
            self._buckets[key] = _Bucket(Rate(rate.per_second * self.speed, rate.burst))
        return self._buckets[key]
