"""What the phrases of a moment are put together from, before anybody knows when it is now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, StrEnum, auto

from dialogs.reading.moments.model import Grain


class Part(Enum):
    """A part of the day: the hour it begins, and the hour inside it that stands for it."""

    DAWN = (0, 3)
    EARLY = (5, 7)
    FIRST_HOUR = (6, 8)
    MORNING = (6, 9)
    DAYTIME = (7, 10)
    AFTERNOON = (12, 15)
    EVENING = (17, 19)
    NIGHT = (19, 21)

    @property
    def begins(self) -> int:
        return self.value[0]

    @property
    def inside(self) -> int:
        return self.value[1]


class Which(StrEnum):
    """Which of the days of a name is meant."""

    LAST = auto()
    THIS = auto()
    NEXT = auto()
    LAST_WEEK = auto()
    LAST_BUT_ONE = auto()


@dataclass(frozen=True, slots=True)
class Relative:
    """A day told by its distance from today."""

    days: int


@dataclass(frozen=True, slots=True)
class Weekday:
    """A day of the week, Monday = 0."""

    number: int
    which: Which = Which.LAST


@dataclass(frozen=True, slots=True)
class Date:
    """A date of which year, month or both may be missing; a weekday helps to find them."""

    day: int
    month: int | None = None
    year: int | None = None
    weekday: int | None = None


class Period(StrEnum):
    """A stretch of days that stands for its first one."""

    LAST_WEEK = auto()
    LAST_MONTH = auto()
    LAST_YEAR = auto()
    WEEKEND = auto()


Day = Relative | Weekday | Date | Period


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock time; ``full`` when the hour can only be meant on a 24-hour clock."""

    hour: int
    minute: int = 0
    second: int | None = None
    grain: Grain = Grain.HOUR
    full: bool = False
    afternoon: bool | None = None
    offset: int | None = None


@dataclass(frozen=True, slots=True)
class Distance:
    """A distance from now: months by the calendar, the rest by the clock; ``ahead`` when it lies in the future."""

    months: int
    length: timedelta
    grain: Grain
    ahead: bool = False


@dataclass(frozen=True, slots=True)
class Atom:
    """A piece of a phrase: tokens ``first`` to ``last`` (exclusive).

    ``weak`` pieces mean a moment only beside another piece or a word such as "desde"; ``never`` marks what
    happens again and again, and spoils the phrase it stands in; ``begins`` that something has lasted since.
    ``until`` is the second half of a range told in one breath ("de 3 a 5 pm").
    """

    first: int
    last: int
    day: Day | None = None
    part: Part | None = None
    clock: Clock | None = None
    distance: Distance | None = None
    weak: bool = False
    never: bool = False
    begins: bool = False
    until: Day | Clock | None = None
