"""How the parts of a report are called."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from babel import Locale
from babel.dates import format_skeleton

from bot.desk.reports.figures import AGES, DAY
from dialogs.events import Language
from dialogs.phrases import Voice
from dialogs.timezones import get_zone
from dialogs.wording import length_text
from storage.reports import Scope


def title_of(scope: Scope, zone: str, name: str, speak: Voice) -> str:
    """Return the heading of a report: its days, on the clock of `zone`, and whose cases it is about."""
    clock = get_zone(zone)
    first, last = scope.since.astimezone(clock).date(), (scope.until - timedelta.resolution).astimezone(clock).date()
    days = speak("report.title", first=day_name(first, speak.language), last=day_name(last, speak.language))
    return f"{days} · {name}" if name else days


def day_name(day: date, language: Language) -> str:
    """Return a day as it stands under a column: `27 nov`."""
    text: str = format_skeleton("MMMd", day, locale=Locale(language.value, "US"))
    return text


def age_names(speak: Voice) -> list[str]:
    """Return what the ages of open cases are called, the youngest first."""
    limits = [age // DAY for age in AGES]
    first, last = (length_text(limit, timedelta(), speak.language) for limit in (limits[0], limits[-1]))
    middle = [speak("report.age.between", since=since, until=until) for since, until in pairwise(limits)]
    return [speak("report.age.under", age=first), *middle, speak("report.age.over", age=last)]


def time_text(time: timedelta, day: timedelta, speak: Voice) -> str:
    """Return a length of counted time in its two largest units; `day` is what counts as one."""
    days, rest = divmod(time, day)
    if days:
        rest -= rest % timedelta(hours=1)
    return length_text(days, rest, speak.language)
