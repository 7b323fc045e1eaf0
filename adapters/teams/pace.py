"""How fast Teams may be called: so many calls to one chat or channel within several spans, and a pause after a 429."""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic

from dialogs.ports import TransientError

_PATIENCE = 10.0
_KEPT = 5_000

Limits = tuple[tuple[float, int], ...]
"""Spans in seconds, and how many calls there may be within each."""

# learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit. A channel with all its threads counts as one.
WRITES: Limits = ((1.0, 7), (30.0, 60), (3600.0, 1800))
READS: Limits = ((1.0, 14), (30.0, 120), (3600.0, 3600))
_TENANT: Limits = ((1.0, 50),)


@dataclass(slots=True)
class _Window:
    """When the last calls were, or will be: a call that has to wait keeps its place."""

    limits: Limits
    at: deque[float] = field(default_factory=deque)
    paused: float = 0.0

    def next(self, now: float) -> float:
        """Return when the next call may be."""
        while self.at and self.at[0] <= now - self.limits[-1][0]:
            self.at.popleft()
        free = (self.at[-most] + span for span, most in self.limits if len(self.at) >= most)
        return max(now, self.paused, *free, self.at[-1] if self.at else now)


@dataclass(slots=True)
class Pace:
    """Lets calls through in the order they ask. `speed` divides every span, for a server that allows more."""

    speed: float = 1.0
    clock: Callable[[], float] = monotonic
    _windows: OrderedDict[str, _Window] = field(default_factory=OrderedDict)

    async def turn(self, channel: str, tenant: str, limits: Limits = WRITES) -> None:
        """Wait until this chat or channel may be called.

        Raises:
            TransientError: it would take longer than it is worth waiting; `retry_after` says how long.
        """
        now = self.clock()
        windows = (self._window(_name(channel, limits), limits), self._window(f"tenant {tenant}", _TENANT))
        at = max(window.next(now) for window in windows)
        if at - now > _PATIENCE:
            raise TransientError(f"{channel} has to wait", retry_after=at - now)
        for window in windows:
            window.at.append(at)
        if at > now:
            await asyncio.sleep(at - now)
            if windows[0].paused > self.clock():
                raise TransientError(f"{channel} has to wait", retry_after=windows[0].paused - self.clock())

    def pause(self, channel: str, seconds: float, limits: Limits = WRITES) -> None:
        """Let nobody call this chat or channel for so long: Teams said so."""
        window = self._window(_name(channel, limits), limits)
        window.paused = max(window.paused, self.clock() + seconds)

    def _window(self, name: str, limits: Limits) -> _Window:
        window = self._windows.get(name)
        if window is None:
            window = self._windows[name] = _Window(tuple((span / self.speed, most) for span, most in limits))
            while len(self._windows) > _KEPT:
                self._windows.popitem(last=False)
        self._windows.move_to_end(name)
        return window


def _name(channel: str, limits: Limits) -> str:
    return f"read {channel}" if limits is READS else channel
