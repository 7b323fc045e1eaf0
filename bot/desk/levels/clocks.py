"""The clocks of a case: a pure function of its history and its policy.

- `first_response` runs from filing to the first answer of a person.
- `next_response` runs from the first thing the customer writes after an answer to the next answer; and from a third
  party's answer that the customer is still to be told of, unless the case moves on without telling them.
- `update_every` runs from each answer or news to the next, while the case is open. News are what the assistant tells:
  that a third party was asked, and that it is still awaited.
- `resolution` runs from filing, and again from each reopening, until the case is resolved.

While a case waits for its customer, `update_every` and `resolution` stand still: both hang on the customer. Waiting
for a third party pauses nothing, or `resolution` where the policy says so. A clock is judged by the severity in force
when it ended, one that runs by the severity of now: a change replays all that happened under the new target.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, Protocol

from bot.desk.levels.calendar import Pause, WorkingTime, add
from bot.desk.levels.policy import Policy
from dialogs.cases import CaseStatus, EventKind, LevelKind, Severity
from dialogs.events import Platform

BREACH = 100
"""The stage of a clock whose whole target has gone by; warnings are stages below."""

NEWS_AT = (75,)
"""At which percents due news are reminded of where a policy warns of nothing: the text that is ready comes with it."""

DONE = frozenset({CaseStatus.RESOLVED, CaseStatus.CLOSED})

_ANSWERS = frozenset({LevelKind.FIRST_RESPONSE, LevelKind.NEXT_RESPONSE})
_WAITS = frozenset({CaseStatus.WAITING_CUSTOMER, CaseStatus.WAITING_THIRD_PARTY})


class Happened(Protocol):
    """An entry in the history of a case, as the store keeps it."""

    @property
    def at(self) -> datetime: ...
    @property
    def kind(self) -> EventKind: ...
    @property
    def platform(self) -> Platform: ...
    @property
    def data(self) -> Mapping[str, Any]: ...


@dataclass(frozen=True, kw_only=True)
class Clock:
    """One promise: the `number`-th of its kind in the case.

    `met_at` is when it was kept, `dropped_at` when it no longer mattered (resolved without an answer).
    """

    kind: LevelKind
    number: int
    started_at: datetime
    severity: Severity
    policy: Policy
    pauses: tuple[Pause, ...] = ()
    met_at: datetime | None = None
    dropped_at: datetime | None = None

    @cached_property
    def due_at(self) -> datetime | None:
        """When the target has gone by, unless a pause lasts. Of most clocks that have ended, nobody asks again."""
        return add(self.hours, self.started_at, self.target, self.pauses)

    @property
    def ended_at(self) -> datetime | None:
        """When it stopped, kept or not."""
        return self.met_at or self.dropped_at

    @property
    def target(self) -> timedelta:
        """How much counted time may go by."""
        return self.policy.target(self.severity, self.kind)

    @property
    def hours(self) -> WorkingTime:
        """When time counts."""
        return self.policy.hours(self.severity)

    @property
    def paused(self) -> bool:
        """Tell whether it stands still."""
        return self.ended_at is None and bool(self.pauses) and self.pauses[-1].until is None

    def breached_at(self, now: datetime) -> datetime | None:
        """Return when the promise was broken, if it was by now. What is kept to the second is kept."""
        if self.due_at is None:
            return None
        broken = self.due_at < self.ended_at if self.ended_at else self.due_at <= now
        return self.due_at if broken else None

    def stages(self) -> tuple[tuple[int, datetime], ...]:
        """Return the warnings in percent of the target and the breach, each with its instant unless a pause bars it."""
        news = NEWS_AT if self.kind is LevelKind.UPDATE_EVERY else ()
        percents = (*sorted(self.policy.warn_at or news), BREACH)
        found = ((one, add(self.hours, self.started_at, self.target * one / 100, self.pauses)) for one in percents)
        return tuple((stage, at) for stage, at in found if at is not None)

    def stage(self, now: datetime) -> int:
        """Return the highest stage reached: 0 for none. Of an ended clock only the breach remains."""
        if self.ended_at:
            return BREACH if self.breached_at(now) else 0
        return max((stage for stage, at in self.stages() if at <= now), default=0)

    def next_at(self, now: datetime) -> datetime | None:
        """Return when its next stage comes, if it is still to come."""
        if self.ended_at:
            return None
        return min((at for _, at in self.stages() if at > now), default=None)

    @property
    def fingerprint(self) -> str:
        """A short name of everything that its due time was made from."""
        parts = (
            (self.kind.value, self.number, self.severity.value, self.policy.version),
            (self.started_at, self.met_at, self.dropped_at),
            [(pause.since, pause.until) for pause in self.pauses],
        )
        return hashlib.blake2s(repr(parts).encode()).hexdigest()[:16]


def clocks_of(history: Iterable[Happened], policy: Policy, proposed: Severity) -> tuple[Clock, ...]:
    """Return every clock of a case in the order they began. `proposed` is its severity until somebody confirms one."""
    replay = _Replay(policy, proposed)
    for happened in history:
        replay.take(happened)
    return replay.finished()


def running(clocks: Iterable[Clock]) -> tuple[Clock, ...]:
    """Return the clocks that have not ended, the one due first at the front and the paused ones last."""
    still = [clock for clock in clocks if clock.ended_at is None]
    return tuple(sorted(still, key=lambda clock: (clock.due_at is None, clock.due_at or clock.started_at)))


class _Replay:
    """Goes through a history once."""

    def __init__(self, policy: Policy, proposed: Severity) -> None:
        self._policy = policy
        self._severity = proposed
        self._clocks: list[Clock] = []
        self._open: dict[LevelKind, int] = {}
        self._begun = Counter[LevelKind]()
        self._pauses: list[Pause] = []
        self._done = False
        self._told = False
        self._wrote_since_done = False
        self._loop_alone = False  # the next answer is due only because a third party answered

    def take(self, happened: Happened) -> None:
        at, data = happened.at, happened.data
        match happened.kind:
            case EventKind.FILED:
                self._start(LevelKind.FIRST_RESPONSE, at)
                self._start(LevelKind.RESOLUTION, at)
            case EventKind.SEVERITY_CONFIRMED:
                self._severity = Severity(data["severity"])
            case EventKind.REPLIED if happened.platform is not Platform.DESK:
                self._answer(at)
                self._promise_news(at)
            case EventKind.RESOLVED if happened.platform is not Platform.DESK and data.get("text"):
                self._answer(at)
            case EventKind.DERIVED | EventKind.UPDATED:
                self._news(at)
                self._promise_news(at)
            case EventKind.CUSTOMER_WROTE:
                self._customer_wrote(at)
            case EventKind.STATUS_CHANGED:
                self._move(CaseStatus(data["from"]), CaseStatus(data["to"]), at)
            case _:
                pass

    def _answer(self, at: datetime) -> None:
        self._loop_alone = self._wrote_since_done = False
        for kind in (LevelKind.FIRST_RESPONSE, LevelKind.NEXT_RESPONSE):
            self._end(kind, met_at=at)
        self._news(at)

    def _news(self, at: datetime) -> None:
        self._told = True
        self._end(LevelKind.UPDATE_EVERY, met_at=at)

    def _promise_news(self, at: datetime) -> None:
        if not self._done:
            self._start(LevelKind.UPDATE_EVERY, at)

    def _customer_wrote(self, at: datetime) -> None:
        self._loop_alone = False
        self._wrote_since_done = self._done
        if not self._done and LevelKind.FIRST_RESPONSE not in self._open:
            self._start(LevelKind.NEXT_RESPONSE, at)

    def _move(self, before: CaseStatus, after: CaseStatus, at: datetime) -> None:
        if self._pauses and self._pauses[-1].until is None:
            self._pauses[-1] = replace(self._pauses[-1], until=at)
        if after in _WAITS:
            self._pauses.append(Pause(at, third_party=after is CaseStatus.WAITING_THIRD_PARTY))
        if after in DONE and not self._done:
            self._done, self._wrote_since_done = True, False
            self._end(LevelKind.RESOLUTION, met_at=at)
            for kind in tuple(self._open):
                self._end(kind, dropped_at=at)
        elif self._done and after not in DONE:
            self._done = False
            self._start(LevelKind.RESOLUTION, at)
            if self._wrote_since_done:
                self._start(LevelKind.NEXT_RESPONSE, at)
            if self._told:
                self._start(LevelKind.UPDATE_EVERY, at)
        self._close_the_loop(before, after, at)

    def _close_the_loop(self, before: CaseStatus, after: CaseStatus, at: datetime) -> None:
        if after is CaseStatus.CLOSE_THE_LOOP and not self._open.keys() & _ANSWERS:
            self._start(LevelKind.NEXT_RESPONSE, at)
            self._loop_alone = True
        elif before is CaseStatus.CLOSE_THE_LOOP and self._loop_alone:
            self._end(LevelKind.NEXT_RESPONSE, dropped_at=at)
            self._loop_alone = False

    def _start(self, kind: LevelKind, at: datetime) -> None:
        if kind in self._open:
            return
        self._begun[kind] += 1
        self._open[kind] = len(self._clocks)
        self._clocks.append(
            Clock(kind=kind, number=self._begun[kind], started_at=at, severity=self._severity, policy=self._policy)
        )

    def _end(self, kind: LevelKind, *, met_at: datetime | None = None, dropped_at: datetime | None = None) -> None:
        position = self._open.pop(kind, None)
        if position is not None:
            ended = replace(self._clocks[position], severity=self._severity, met_at=met_at, dropped_at=dropped_at)
            self._clocks[position] = self._judged(ended)

    def _judged(self, clock: Clock) -> Clock:
        return replace(clock, pauses=_within([one for one in self._pauses if self._pausing(clock.kind, one)], clock))

    def _pausing(self, kind: LevelKind, pause: Pause) -> bool:
        if pause.third_party:
            return kind is LevelKind.RESOLUTION and self._policy.third_party_pauses
        return kind in {LevelKind.UPDATE_EVERY, LevelKind.RESOLUTION}

    def finished(self) -> tuple[Clock, ...]:
        for position in self._open.values():
            self._clocks[position] = self._judged(replace(self._clocks[position], severity=self._severity))
        return tuple(self._clocks)


def _within(pauses: list[Pause], clock: Clock) -> tuple[Pause, ...]:
    """Return the pauses, or parts of them, that lie between a clock's start and its end."""
    found = []
    for pause in pauses:
        since = max(pause.since, clock.started_at)
        until = min(filter(None, (pause.until, clock.ended_at)), default=None)
        if until is None or since < until:
            found.append(replace(pause, since=since, until=until))
    return tuple(found)
