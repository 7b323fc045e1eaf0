"""How days, hours and zones read in each language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from babel import Locale
from babel.dates import format_skeleton, format_time, get_timezone_location

from dialogs.events import Language
from dialogs.messages import Grain, When
from dialogs.phrases import voice
from dialogs.timezones import get_zone

_LOCALES = {Language.SPANISH: Locale("es", "US"), Language.ENGLISH: Locale("en", "US")}


@dataclass(frozen=True, slots=True)
class Home:
    """The desk's own zone, and the city people know it by."""

    zone: str = "America/New_York"
    city: str = "Miami"


@lru_cache(maxsize=1024)
def zone_city(name: str, language: Language, home: Home) -> str:
    """Return how people call a zone: its best known city, or its distance from UTC."""
    if name == home.zone:
        return home.city
    if name.startswith("UTC"):
        return name
    if name.startswith("Etc/"):
        return "UTC"
    return get_timezone_location(get_zone(name), _LOCALES[language], return_city=True)


def hour_text(instant: datetime, zone: str, language: Language) -> str:
    """Return the wall clock of an instant in a zone: `9:15` or `9:15 AM`."""
    local = instant.astimezone(get_zone(zone))
    text: str = format_time(local, "H:mm" if language is Language.SPANISH else "h:mm a", locale=_LOCALES[language])
    return text


def day_text(instant: datetime, zone: str, language: Language, now: datetime | None) -> str:
    """Return the day of an instant in a zone: today, yesterday, or its date.

    Without `now` it is always the date, for what is still read when today is long ago.
    """
    clock = get_zone(zone)
    if now is None:
        return _date("yMMMEd", instant.astimezone(clock), language)
    day, today = instant.astimezone(clock).date(), now.astimezone(clock).date()
    speak = voice(language)
    if day == today:
        return speak("wording.today")
    if day == today - timedelta(days=1):
        return speak("wording.yesterday")
    if day == today + timedelta(days=1):
        return speak("wording.tomorrow")
    skeleton = "MMMEd" if day.year == today.year else "yMMMEd"
    return _date(skeleton, instant.astimezone(clock), language)


def _date(skeleton: str, local: datetime, language: Language) -> str:
    text: str = format_skeleton(skeleton, local, locale=_LOCALES[language])
    return text


def when(
    instant: datetime,
    zone: str,
    language: Language,
    *,
    now: datetime | None,
    home: Home,
    grain: Grain = Grain.MINUTE,
    assumed: bool = False,
) -> When:
    """Return an instant as it reads in a zone: `hoy 9:15 (Bogotá)`, or `(supuesta: Miami)` where nobody told it."""
    words = day_text(instant, zone, language, now)
    if grain not in {Grain.DAY, Grain.PART}:
        words = f"{words} {hour_text(instant, zone, language)}"
    city = zone_city(zone, language, home)
    named = voice(language)("wording.assumed", city=city) if assumed else city
    return When(instant, zone, f"{words} ({named})", grain)


def length_text(days: int, rest: timedelta, language: Language) -> str:
    """Return a length of time in words: `2 días`, `1 h 30 min`. Seconds are left out."""
    hours, minutes = divmod(rest // timedelta(minutes=1), 60)
    parts = {"days": days, "hours": hours, "minutes": minutes}
    told = [voice(language)(f"wording.{unit}", n=number) for unit, number in parts.items() if number]
    return " ".join(told) or voice(language)("wording.minutes", n=0)
