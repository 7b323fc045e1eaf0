"""What the desk and its managers are told at regular times."""

from __future__ import annotations

import re
from datetime import time
from typing import Annotated

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from bot.settings.kinds import Section, Text


def _time_of_day(value: object) -> time:
    told = re.fullmatch(r"([01]?\d|2[0-3]):([0-5]\d)", str(value).strip())
    if told is None:
        raise PydanticCustomError("time_of_day", "not a time of day")
    return time(int(told[1]), int(told[2]))


TimeOfDay = Annotated[time, BeforeValidator(_time_of_day)]


class DigestsSection(Section):
    """Whether there is a digest each working day and each Monday, when on the desk's clock, and for whom not.

    `off` are the channels that get none, by their key (`slack:C0123456`).
    """

    at: TimeOfDay
    daily: bool
    weekly: bool
    off: frozenset[Text]
