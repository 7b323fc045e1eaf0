"""Kinds of values in the settings: each is read from what an operator writes, or refused with a reason."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated

from holidays.utils import list_supported_countries
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from bot.durations import Length, read_duration, read_length
from dialogs.reading.addresses import is_address
from dialogs.timezones import is_zone


def _duration(value: object) -> timedelta:
    try:
        return read_duration(value) if isinstance(value, str) else _not_a_duration()
    except ValueError:
        return _not_a_duration()


_NOTHING = re.compile(r"\s*0+\s*[^\W\d]*\s*")


def _pause(value: object) -> timedelta:
    return timedelta() if isinstance(value, str) and _NOTHING.fullmatch(value) else _duration(value)


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


def _email(value: object) -> object:
    if not (isinstance(value, str) and is_address(value)):
        raise PydanticCustomError("email", "not an e-mail address")
    return value


Flag = Annotated[bool, Field(strict=True)]
Text = Annotated[str, Field(min_length=1, max_length=200)]
WebAddress = Annotated[str, Field(pattern=r"^(https://\S+)?$", max_length=2048)]
Duration = Annotated[timedelta, BeforeValidator(_duration)]
Pause = Annotated[timedelta, BeforeValidator(_pause)]
ZoneName = Annotated[str, BeforeValidator(_zone)]
Goal = Annotated[Length, BeforeValidator(_length)]
Hours = Annotated[tuple[tuple[int, int], ...], BeforeValidator(_hours)]
Country = Annotated[str, BeforeValidator(_country)]
Email = Annotated[str, BeforeValidator(_email)]


class Section(BaseModel):
    """A part of the settings: fixed once read, and nothing in it that is not known."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)
