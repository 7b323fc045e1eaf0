"""The numbers of a report, worked out from what the store counts."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.desk.levels.calendar import Pause, elapsed
from bot.desk.levels.clocks import DONE
from bot.desk.levels.policy import Policy
from dialogs.cases import BreachCause, CaseStatus, EventKind, LevelKind, Severity
from dialogs.timezones import get_zone
from storage.reports import Ended, Scope, Statistics
from storage.tables import EscalationStep

DAY = timedelta(days=1)
AGES = (DAY, 3 * DAY, 7 * DAY, 30 * DAY)
"""The limits between the ages of open cases: under a day, under three, under a week, under a month, and older."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Speed:
    """How fast a promise was kept for a severity: half of the cases within `half`, nine of ten within `most`.

    Time is counted as the promise counts it; `in_time` of the `count` ended by their due time.
    """

    kind: LevelKind
    severity: Severity
    count: int
    in_time: int
    half: timedelta
    most: timedelta
    target: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """How long third parties were waited for within the report's time: how many, half of them up to `half`, and all."""

    count: int
    half: timedelta
    total: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Alerted:
    """How often a level of the escalation list was alerted, and half of its acknowledgements came within `half`."""

    level: str
    count: int
    acknowledged: int
    half: timedelta | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """What somebody said of how a case was resolved. `name` is empty where nobody is to know it."""

    case_number: int
    score: int
    text: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinions:
    """How many were asked in the time of the report, and what came in in that time, the newest first."""

    asked: int
    answers: Sequence[Opinion]

    @property
    def mean(self) -> float | None:
        """The mean score, from 1 to 5, if anybody answered."""
        return sum(one.score for one in self.answers) / len(self.answers) if self.answers else None

    @property
    def scores(self) -> dict[int, int]:
        """How many gave each score, the best first."""
        counted = Counter(one.score for one in self.answers)
        return {score: counted[score] for score in (5, 4, 3, 2, 1)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What a report tells. `opened` and `resolved` are by local day; `backlog` follows `AGES`.

    `severities` counts cases by the severity that the facts proposed and the one that was confirmed.
    """

    opened: Mapping[date, int]
    resolved: Mapping[date, int]
    reopened: int
    backlog: Sequence[int]
    speeds: Sequence[Speed]
    breaches: Mapping[tuple[LevelKind, BreachCause], int]
    severities: Mapping[tuple[Severity, Severity], int]
    third_parties: Waiting | None = None
    escalations: Sequence[Alerted] = ()
    survey: Opinions = Opinions(asked=0, answers=())

    @property
    def differing(self) -> int:
        """How many confirmed severities differ from the proposed ones."""
        return sum(count for (before, after), count in self.severities.items() if before is not after)


async def figures_of(statistics: Statistics, scope: Scope, policy: Policy, zone: str, *, anonymous: bool) -> Figures:
    """Work a report's numbers out. `zone` is whose days they are by; `anonymous` keeps who answered a survey back."""
    now = scope.until
    resolutions = await statistics.levels_met(LevelKind.RESOLUTION)
    first = await statistics.levels_met(LevelKind.FIRST_RESPONSE)
    open_ones = frozenset(CaseStatus) - DONE
    levels = ((LevelKind.FIRST_RESPONSE, first), (LevelKind.RESOLUTION, resolutions))
    speeds = [await asyncio.to_thread(_speeds, kind, rows, policy) for kind, rows in levels]
    return Figures(
        opened=_by_day(await statistics.opened(), scope, zone),
        resolved=_by_day((row.met_at for row in resolutions), scope, zone),
        reopened=len(await statistics.events(EventKind.REOPENED)),
        backlog=await statistics.backlog(open_ones, [now - age for age in AGES]),
        speeds=[speed for of_kind in speeds for speed in of_kind],
        breaches=await statistics.breaches(),
        severities=await statistics.severities(),
        escalations=_alerted(await statistics.alerts()),
        survey=await _opinions(statistics, anonymous=anonymous),
        third_parties=_waiting(await statistics.third_parties(), scope),
    )


def _by_day(instants: Iterable[datetime], scope: Scope, zone: str) -> dict[date, int]:
    clock = get_zone(zone)
    first, last = scope.since.astimezone(clock).date(), (scope.until - timedelta.resolution).astimezone(clock).date()
    counted = Counter(instant.astimezone(clock).date() for instant in instants)
    return {first + DAY * number: counted[first + DAY * number] for number in range((last - first).days + 1)}


def _speeds(kind: LevelKind, rows: Iterable[Ended], policy: Policy) -> list[Speed]:
    by_severity: dict[Severity, list[Ended]] = {}
    for row in rows:
        by_severity.setdefault(row.severity, []).append(row)
    return [_speed(kind, severity, by_severity[severity], policy) for severity in sorted(by_severity)]


def _speed(kind: LevelKind, severity: Severity, rows: Sequence[Ended], policy: Policy) -> Speed:
    hours = policy.hours(severity)
    times = sorted(elapsed(hours, row.started_at, row.met_at, _pauses(row)) for row in rows)
    return Speed(
        kind=kind,
        severity=severity,
        count=len(times),
        in_time=sum(row.breached_at is None for row in rows),
        half=_percentile(times, 50),
        most=_percentile(times, 90),
        target=policy.target(severity, kind),
    )


def _alerted(steps: Iterable[EscalationStep]) -> list[Alerted]:
    by_level: dict[tuple[int, str], list[EscalationStep]] = {}
    for step in steps:
        by_level.setdefault((step.level, step.name), []).append(step)
    return [_alerts(name, of_level) for (_, name), of_level in sorted(by_level.items())]


def _alerts(name: str, steps: Sequence[EscalationStep]) -> Alerted:
    times = sorted(step.acknowledged_at - step.at for step in steps if step.acknowledged_at)
    half = _percentile(times, 50) if times else None
    return Alerted(level=name, count=len(steps), acknowledged=len(times), half=half)


async def _opinions(statistics: Statistics, *, anonymous: bool) -> Opinions:
    answers = tuple(
        Opinion(
            case_number=survey.case_number,
            score=survey.score or 0,
            text=" · ".join(filter(None, (survey.comment, survey.improvement))),
            name="" if anonymous else name,
        )
        for survey, name in await statistics.answers()
    )
    return Opinions(asked=await statistics.surveyed(), answers=answers)


def _waiting(waits: Iterable[tuple[datetime, datetime | None]], scope: Scope) -> Waiting | None:
    times = sorted(min(until or scope.until, scope.until) - max(since, scope.since) for since, until in waits)
    return Waiting(count=len(times), half=_percentile(times, 50), total=sum(times, timedelta())) if times else None


def _pauses(row: Ended) -> tuple[Pause, ...]:
    ends = [[datetime.fromisoformat(end) if end else None for end in pair] for pair in row.paused]
    return tuple(Pause(since, until) for since, until in ends if since)


def _percentile(times: Sequence[timedelta], percent: int) -> timedelta:
    """Return the smallest of the sorted times that so many percent of them do not exceed (nearest rank)."""
    return times[max(-(-len(times) * percent // 100) - 1, 0)]
