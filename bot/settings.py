"""What an operator decides in `support.toml`, over the defaults of the package (`defaults.toml`)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from holidays.utils import list_supported_countries
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from bot.durations import Length, read_duration, read_length
from bot.mistakes import Mistake, SettingsError, line_of, mistake_of, syntax_mistake
from dialogs.cases import ChannelRole, LevelKind
from dialogs.events import Language, Platform
from dialogs.timezones import is_zone


def _duration(value: object) -> timedelta:
    try:
        return read_duration(value) if isinstance(value, str) else _not_a_duration()
    except ValueError:
        return _not_a_duration()


def _not_a_duration() -> timedelta:
    raise PydanticCustomError("duration", "not a length of time")


def _zone(value: object) -> object:
    if isinstance(value, str) and not is_zone(value):
        raise PydanticCustomError("zone", "not a time zone")
    return value


def _length(value: object) -> Length:
    _duration(value)
    return read_length(str(value))


_INTERVAL = re.compile(r"([01]?\d|2[0-4]):([0-5]\d)\s*[-–]\s*([01]?\d|2[0-4]):([0-5]\d)")


def _hours(value: object) -> tuple[tuple[int, int], ...]:
    """Return the intervals of a day, in order, in minutes since midnight."""
    told = value if isinstance(value, list | tuple) else [value]
    matches = [_INTERVAL.fullmatch(str(one).strip()) for one in told]
    read = sorted((int(m[1]) * 60 + int(m[2]), int(m[3]) * 60 + int(m[4])) for m in matches if m)
    ends = [0, *(last for _, last in read)]
    in_order = all(end <= first < last <= 1440 for end, (first, last) in zip(ends, read, strict=False))
    if len(read) < len(matches) or not in_order:
        raise PydanticCustomError("hours", "not intervals of a day")
    return tuple(read)


def _country(value: object) -> object:
    country, _, region = str(value).partition("-")
    regions = list_supported_countries().get(country)
    if value and (regions is None or (region and region not in regions)):
        raise PydanticCustomError("holidays", "no country or region with holidays")
    return value


Text = Annotated[str, Field(min_length=1, max_length=200)]
Duration = Annotated[timedelta, BeforeValidator(_duration)]
ZoneName = Annotated[str, BeforeValidator(_zone)]
Goal = Annotated[Length, BeforeValidator(_length)]
Hours = Annotated[tuple[tuple[int, int], ...], BeforeValidator(_hours)]


class Section(BaseModel):
    """A part of the settings: fixed once read, and nothing in it that is not known."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class OrganisationSection(Section):
    """Who gives the support."""

    name: Text


class ZoneSection(Section):
    """The desk's own time zone, as an IANA name, and the city that people know it by."""

    default: ZoneName
    city: Text


class CasesSection(Section):
    """How cases are numbered: prefix `LD` gives `LD-12`."""

    prefix: Annotated[str, Field(pattern=r"^[A-Z]{2,6}$")]


class LanguagesSection(Section):
    """The language of who has not shown another."""

    default: Language


class TimesSection(Section):
    """How long the conversation, and a case, waits for what."""

    grouping: Duration
    reminder_after: Duration
    draft_kept: Duration
    phone_fresh: Duration
    answer_reminder: Duration
    answer_awaited: Duration
    resolved_kept: Duration


class FilesSection(Section):
    """Where files are kept, the largest one taken, and the name endings that are refused."""

    folder: Path
    max_megabytes: Annotated[int, Field(ge=1, le=2000)]
    forbidden: frozenset[Annotated[str, Field(pattern=r"^[a-z0-9]{1,10}$")]]


class Entry(Section):
    """Something of a platform, by the id that it has there."""

    platform: Platform
    id: Text


class Channel(Entry):
    """A channel the assistant works in. A customer's channel names the customer's organisation."""

    name: Text
    role: ChannelRole
    organisation: Text | None = None
    language: Language | None = None

    @model_validator(mode="after")
    def _customers_have_an_organisation(self) -> Self:
        if self.role is ChannelRole.CUSTOMER and self.organisation is None:
            raise PydanticCustomError("organisation", "a customer's channel names an organisation")
        return self


class Member(Entry):
    """Somebody who is an agent or a manager, or is not (`none`), whatever channels they are in."""

    name: str = ""
    role: Literal["agent", "manager", "none"]


class LevelSection(Section):
    """What is promised for one severity, and whether all of the time counts or only that of the calendar."""

    first_response: Goal
    next_response: Goal
    update_every: Goal
    resolution: Goal
    hours: Literal["always", "working"]

    def goal(self, kind: LevelKind) -> Length:
        """Return the target of a kind."""
        target: Length = getattr(self, kind)
        return target


class OwnLevel(Section):
    """What is promised otherwise for one severity."""

    first_response: Goal | None = None
    next_response: Goal | None = None
    update_every: Goal | None = None
    resolution: Goal | None = None
    hours: Literal["always", "working"] | None = None


class OwnLevels(Section):
    """What differs for a company, or for a channel by its key (`slack:C123`)."""

    organisation: Text | None = None
    channel: Text | None = None
    calendar: Text | None = None
    S1: OwnLevel | None = None
    S2: OwnLevel | None = None
    S3: OwnLevel | None = None
    S4: OwnLevel | None = None

    @model_validator(mode="after")
    def _somebodys(self) -> Self:
        if (self.organisation is None) == (self.channel is None):
            raise PydanticCustomError("own_levels", "either a company or a channel")
        return self


class LevelsSection(Section):
    """What is promised by severity, in whose hours, and at which percents of the time a warning is due."""

    calendar: Text
    warn_at: tuple[Annotated[int, Field(ge=1, le=99)], ...]
    S1: LevelSection
    S2: LevelSection
    S3: LevelSection
    S4: LevelSection
    own: tuple[OwnLevels, ...] = ()


class ExceptionSection(Section):
    """A date with hours of its own; none means closed. It comes before any holiday."""

    date: date
    hours: Hours


class CalendarSection(Section):
    """The hours of a desk: a zone, intervals by weekday, holidays of a country (`PE`) or region (`US-FL`), exceptions.

    `day` is what a day of a target counts as in working time.
    """

    name: Text
    zone: ZoneName
    day: Duration
    monday: Hours = ()
    tuesday: Hours = ()
    wednesday: Hours = ()
    thursday: Hours = ()
    friday: Hours = ()
    saturday: Hours = ()
    sunday: Hours = ()
    holidays: Annotated[str, BeforeValidator(_country)] = ""
    exceptions: tuple[ExceptionSection, ...] = ()

    @property
    def week(self) -> tuple[Hours, ...]:
        """The hours of each weekday, Monday first."""
        days = (self.monday, self.tuesday, self.wednesday, self.thursday, self.friday, self.saturday, self.sunday)
        return tuple(days)

    @model_validator(mode="after")
    def _somebody_works(self) -> Self:
        if not any(self.week):
            raise PydanticCustomError("empty_calendar", "a calendar without working hours")
        return self


class Settings(Section):
    """All that an operator decides, but secrets and addresses: those are in the environment."""

    organisation: OrganisationSection
    zone: ZoneSection
    cases: CasesSection
    languages: LanguagesSection
    times: TimesSection
    files: FilesSection
    service_levels: LevelsSection
    calendars: tuple[CalendarSection, ...]
    channels: tuple[Channel, ...]
    people: tuple[Member, ...]


@cache
def _defaults() -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath("defaults.toml").read_text("utf-8"))


def _merged(under: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    both = {key: _merged(under[key], over[key]) for key in under.keys() & over.keys() if _tables(under, over, key)}
    return under | over | both


def _tables(under: dict[str, Any], over: dict[str, Any], key: str) -> bool:
    return isinstance(under[key], dict) and isinstance(over[key], dict)


def read_settings(source: str, *, name: str = "support.toml") -> Settings:
    """Return the settings that a text in TOML makes over the defaults.

    Raises:
        SettingsError: the text has mistakes; it names them all, each with its line.
    """
    try:
        told = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(name, (syntax_mistake(error),)) from None
    try:
        settings = Settings.model_validate(_merged(_defaults(), told))
    except ValidationError as error:
        mistakes = [mistake_of(problem, source, Settings) for problem in error.errors(include_url=False)]
        raise SettingsError(name, tuple(sorted(mistakes, key=lambda mistake: mistake.line))) from None
    if wrong := (*_twice(settings, source), *_unknown_calendars(settings, source)):
        raise SettingsError(name, wrong)
    return settings


def _twice(settings: Settings, source: str) -> Iterator[Mistake]:
    sections: dict[str, tuple[Entry, ...]] = {"channels": settings.channels, "people": settings.people}
    for section, entries in sections.items():
        seen = set[str]()
        for number, entry in enumerate(entries):
            if (name := f"{entry.platform} {entry.id}") in seen:
                values = {"where": f"{section}[{number}]", "value": name}
                yield Mistake(line_of((section, number), source), "bot.settings.twice", values)
            seen.add(name)


def _unknown_calendars(settings: Settings, source: str) -> Iterator[Mistake]:
    known = ", ".join(one.name for one in settings.calendars)
    levels = settings.service_levels
    named: dict[tuple[str | int, ...], str | None] = {("service_levels", "calendar"): levels.calendar}
    named |= {("service_levels", "own", number, "calendar"): one.calendar for number, one in enumerate(levels.own)}
    for path, name in named.items():
        if name is not None and name not in {one.name for one in settings.calendars}:
            yield Mistake(line_of(path, source), "bot.settings.calendar", {"value": name, "choices": known})


def load_settings(path: Path) -> Settings:
    """Return the settings of a file, or the defaults where there is no such file.

    Raises:
        SettingsError: the file has mistakes, or cannot be read.
    """
    try:
        source = path.read_text("utf-8")
    except FileNotFoundError:
        source = ""
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(str(path), (Mistake(0, "bot.settings.unreadable", {"why": str(error)}),)) from error
    return read_settings(source, name=str(path))
