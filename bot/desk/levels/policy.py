"""What is promised: targets by kind and severity, in which hours they count, for whom."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property, lru_cache
from importlib.metadata import version

from bot.desk.levels.calendar import ALWAYS, Calendar, WorkingTime
from bot.settings import Settings
from bot.settings.levels import CalendarSection, LevelSection, LevelsSection, OwnLevels
from dialogs.cases import LevelKind, Severity


@dataclass(frozen=True)
class Policy:
    """The targets that hold for a case. `name` is whose they are: a channel's, a company's, or empty for all others.

    `third_party_pauses` tells that the resolution stands still while a third party is awaited.
    """

    name: str
    calendar: Calendar
    goals: Mapping[Severity, LevelSection]
    warn_at: tuple[int, ...]
    third_party_pauses: bool = False

    def hours(self, severity: Severity) -> WorkingTime:
        """Return when time counts for a severity."""
        return self.calendar if self.in_working_time(severity) else ALWAYS

    def in_working_time(self, severity: Severity) -> bool:
        """Tell whether only working time counts for a severity."""
        return self.goals[severity].hours == "working"

    def target(self, severity: Severity, kind: LevelKind) -> timedelta:
        """Return how much counted time may go by. A day of working time is the calendar's own working day."""
        goal = self.goals[severity].goal(kind)
        return goal.with_days_of(self.calendar.day) if self.in_working_time(severity) else goal.total

    @cached_property
    def version(self) -> str:
        """A short name that changes with anything a due time hangs on, the rules of holidays and zones included."""
        calendar = self.calendar
        parts = (
            self.name,
            sorted((severity, goal.model_dump_json()) for severity, goal in self.goals.items()),
            (calendar.name, calendar.zone, calendar.week, calendar.holidays, calendar.day),
            sorted(calendar.exceptions.items()),
            self.warn_at,
            self.third_party_pauses,
            *map(version, ("holidays", "tzdata")),
        )
        return hashlib.blake2s(repr(parts).encode()).hexdigest()[:8]


@dataclass(frozen=True)
class Policies:
    """Every policy of the desk."""

    usual: Policy
    of_channel: Mapping[str, Policy]
    of_company: Mapping[str, Policy]

    def of(self, channel: str, company: str) -> Policy:
        """Return the policy for a channel's key and a company's name; the channel's own comes first."""
        return self.of_channel.get(channel) or self.of_company.get(company) or self.usual

    @cached_property
    def version(self) -> str:
        """A short name that changes with any of the policies."""
        return hashlib.blake2s("".join(policy.version for policy in self._all()).encode()).hexdigest()[:8]

    def _all(self) -> Iterator[Policy]:
        yield self.usual
        for own in (self.of_channel, self.of_company):
            yield from (own[name] for name in sorted(own))


def policies_of(settings: Settings) -> Policies:
    """Return the policies that the settings make."""
    return _policies(settings.service_levels, settings.calendars)


@lru_cache(maxsize=8)
def _policies(levels: LevelsSection, sections: tuple[CalendarSection, ...]) -> Policies:
    calendars = calendars_of(sections)
    usual = {severity: getattr(levels, severity) for severity in Severity}

    def own(entry: OwnLevels) -> Policy:
        goals = {severity: _changed(usual[severity], entry, severity) for severity in Severity}
        name = entry.organisation or entry.channel or ""
        pauses = levels.third_party_pauses if entry.third_party_pauses is None else entry.third_party_pauses
        return Policy(name, calendars[entry.calendar or levels.calendar], goals, levels.warn_at, pauses)

    return Policies(
        usual=Policy("", calendars[levels.calendar], usual, levels.warn_at, levels.third_party_pauses),
        of_channel={entry.channel: own(entry) for entry in levels.own if entry.channel},
        of_company={entry.organisation: own(entry) for entry in levels.own if entry.organisation},
    )


@lru_cache(maxsize=8)
def calendars_of(sections: tuple[CalendarSection, ...]) -> Mapping[str, Calendar]:
    """Return the calendars that the settings make, by name."""
    return {section.name: _calendar(section) for section in sections}


def _changed(usual: LevelSection, entry: OwnLevels, severity: Severity) -> LevelSection:
    changed = getattr(entry, severity)
    return usual.model_copy(update={name: told for name, told in changed or () if told is not None})


def _calendar(section: CalendarSection) -> Calendar:
    return Calendar(
        name=section.name,
        zone=section.zone,
        week=section.week,
        holidays=section.holidays,
        exceptions={one.date: one.hours for one in section.exceptions},
        day=section.day,
    )
