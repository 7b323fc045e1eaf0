"""The levels that a case climbs: a copy of its own, so that no later change of the list touches it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from pydantic import TypeAdapter

from bot.desk.levels.calendar import Calendar
from bot.desk.levels.policy import calendars_of
from bot.settings import Settings
from bot.settings.escalation import ContactSection, LevelSection
from dialogs.events import Language, Platform


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Somebody of a level. `person` is their id on the platform; what is not known is empty."""

    name: str
    email: str = ""
    platform: Platform | None = None
    person: str = ""
    language: Language | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """Who is told, where, in whose hours, and how long they have. No hours: at all times. No channel: the managers'."""

    names: Mapping[Language, str]
    within: timedelta
    contacts: tuple[Contact, ...] = ()
    channel: str = ""
    hours: Calendar | None = None
    customers: bool = True

    def opens_at(self, now: datetime) -> datetime:
        """Return from when on somebody is on duty: now, or later."""
        return next(self.hours.open_from(now))[0] if self.hours else now

    def on_duty(self, now: datetime) -> bool:
        """Tell whether somebody is on duty."""
        return self.opens_at(now) <= now


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """The levels from the first to the last, and how often and how patiently they are gone through.

    `repeats` is how often they are begun anew. `held` is how long an acknowledgement holds, `reminded` how long
    before its end who gave it is reminded.
    """

    levels: tuple[Level, ...]
    repeats: int
    snooze: timedelta
    held: timedelta
    reminded: timedelta

    def dump(self) -> str:
        """Return it as JSON."""
        return _LADDER.dump_json(self, exclude={"levels": {"__all__": {"hours": {"_known"}}}}).decode()

    @property
    def contacts(self) -> tuple[Contact, ...]:
        """Everybody of every level, each once."""
        return tuple(dict.fromkeys(contact for level in self.levels for contact in level.contacts))

    def for_customers(self, after: int = -1) -> int | None:
        """Return the first level after one that a customer may ask for."""
        return next((at for at, one in enumerate(self.levels) if at > after and one.customers), None)


_LADDER: TypeAdapter[Ladder] = TypeAdapter(Ladder)


def read_ladder(text: str) -> Ladder:
    """Return the ladder that `dump` wrote."""
    return _LADDER.validate_json(text)


def ladders_of(settings: Settings) -> tuple[Ladder, ...]:
    """Return the list for everybody, and those of companies that have their own."""
    return (ladder_for(settings, ""), *(ladder_for(settings, own.organisation) for own in settings.escalation.own))


def ladder_for(settings: Settings, organisation: str) -> Ladder:
    """Return the ladder that the cases of a company climb now."""
    told = settings.escalation
    calendars = calendars_of(settings.calendars)
    return Ladder(
        levels=tuple(_level(level, calendars) for level in told.of(organisation)),
        repeats=told.repeats,
        snooze=told.snooze,
        held=told.acknowledged_for,
        reminded=told.remind_before,
    )


def _level(section: LevelSection, calendars: Mapping[str, Calendar]) -> Level:
    return Level(
        names=section.name,
        within=section.acknowledge_within,
        contacts=tuple(map(_contact, section.contacts)),
        channel=section.channel or "",
        hours=calendars[section.calendar] if section.calendar else None,
        customers=section.customers,
    )


def _contact(section: ContactSection) -> Contact:
    return Contact(
        name=section.name,
        email=section.email or "",
        platform=section.platform,
        person=section.id or "",
        language=section.language,
    )
