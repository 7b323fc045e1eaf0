"""What is promised, and in whose hours."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from bot.durations import Length
from bot.settings.kinds import Country, Duration, Goal, Hours, Section, Text, ZoneName
from dialogs.cases import LevelKind


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
    third_party_pauses: bool | None = None
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
    third_party_pauses: bool
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
    holidays: Country = ""
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
